//! Making a key and a certificate request for it.

use super::authority::{algorithm, refuse};
use super::{JobFailure, Outcome, RequestOrder};
use crate::id::{KeyId, hex};
use certwright_pki::general_name::GeneralName;
use certwright_pki::request::RequestPlan;
use certwright_pki::{DistinguishedName, Engine, Error, PrivateKey};

/// Makes the key, the request, and checks the request's own signature before anyone sees it.
pub(super) async fn make<E: Engine>(
    engine: &E,
    order: &RequestOrder,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let made = async {
        let names =
            order.names.iter().map(|name| GeneralName::from_typed(name)).collect::<Result<Vec<_>, _>>()?;
        let key = engine.generate(order.key).await?;
        let plan = RequestPlan {
            subject: DistinguishedName::from_der(&order.subject)?,
            names,
            public_key: key.public().clone(),
            algorithm: algorithm(key.public(), order.hash),
        };
        let der = plan.prepare()?.sign(engine, &key).await?;
        certwright_pki::Request::parse(&der)?.verify(engine).await?;
        Ok::<_, Error>((der, key))
    };
    let (request, key) = made.await.map_err(refuse)?;
    let id = KeyId(hex(&key.public().sha256()));
    Ok((Outcome::RequestMade { request, key: id }, vec![key]))
}
