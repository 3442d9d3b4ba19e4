//! Issuing certificates for requests, and previewing them unsigned.

use super::authority::{algorithm, refuse, serial};
use super::run::Progress;
use super::{IssueLine, IssueOrder, JobFailure, Outcome};
use crate::explain::{self, Advice};
use certwright_pki::certificate::Validity;
use certwright_pki::general_name::GeneralName;
use certwright_pki::issue::CertificatePlan;
use certwright_pki::profile::Profile;
use certwright_pki::{Certificate, Engine, Error, PrivateKey, Request};

/// Issues line by line; a line that is refused does not stop the others.
pub(super) async fn issue<E: Engine>(
    engine: &E,
    order: &IssueOrder,
    keys: &[PrivateKey],
    progress: &dyn Progress,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let authority = Certificate::parse(&order.authority).map_err(refuse)?;
    let key = keys.first();
    if key.is_none() && !order.preview {
        return Err(JobFailure::MissingKey(crate::vault::VaultFault::MissingKey));
    }
    let mut issued = Vec::with_capacity(order.requests.len());
    for (done, line) in order.requests.iter().enumerate() {
        progress.at(done, order.requests.len());
        issued.push(one(engine, order, &authority, key, line).await);
    }
    Ok((Outcome::Issued(issued), Vec::new()))
}

async fn one<E: Engine>(
    engine: &E,
    order: &IssueOrder,
    authority: &Certificate,
    key: Option<&PrivateKey>,
    line: &IssueLine,
) -> Result<Vec<u8>, Advice> {
    let request = Request::parse(&line.request).map_err(|error| explain::error(&error))?;
    request.verify(engine).await.map_err(|error| explain::request_signature(&error))?;
    refuse_ambiguous(authority, &request)?;
    let made = async {
        let names =
            line.names.iter().map(|name| GeneralName::from_typed(name)).collect::<Result<Vec<_>, Error>>()?;
        let profile = Profile::with_id(&line.profile).unwrap_or_else(Profile::web_server);
        let plan = CertificatePlan::from_request(
            authority,
            &request,
            &profile,
            &names,
            serial(engine),
            Validity { not_before: line.validity.from, not_after: line.validity.to },
            algorithm(authority.public_key(), order.hash),
        )?;
        let prepared = plan.prepare()?;
        match key {
            Some(key) if !order.preview => {
                let der = prepared.sign(engine, key).await?;
                Certificate::parse(&der)?;
                Ok(der)
            }
            // A preview carries a signature of zero octets: it can be decoded, and used for nothing.
            _ => Ok(prepared.assemble(&[])),
        }
    };
    made.await.map_err(|error| explain::error(&error))
}

/// The authority's name must not be the subject's: such a certificate looks as if it had issued itself.
fn refuse_ambiguous(authority: &Certificate, request: &Request) -> Result<(), Advice> {
    let own = authority.subject();
    let same_cn = match (own.common_name(), request.subject().common_name()) {
        (Some(own), Some(asked)) => own.trim().eq_ignore_ascii_case(asked.trim()),
        _ => false,
    };
    if same_cn || own.matches(request.subject()) { Err(explain::subject_is_authority(own)) } else { Ok(()) }
}
