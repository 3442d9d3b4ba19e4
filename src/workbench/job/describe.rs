//! Everything that one object says, and which of its namesakes really signed it.

use super::{Bond, DescribeOrder, Described, JobFailure, Outcome};
use crate::explain;
use certwright_pki::{
    Certificate, Crl, Engine, ErrorKind, Kind, PrivateKey, PublicKey, SignatureAlgorithm, describe,
};

/// Describes the object and proves its bonds.
pub(super) async fn describe<E: Engine>(
    engine: &E,
    order: &DescribeOrder,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let description = describe::describe(order.kind, &order.bytes)
        .map_err(|error| JobFailure::Refused(explain::error(&error)))?;
    let (mut issuers, mut issued) = (Vec::new(), Vec::new());
    for (id, der) in &order.issuers {
        issuers.push((id.clone(), bond(engine, order.kind, &order.bytes, der).await));
    }
    for (id, kind, der) in &order.issued {
        issued.push((id.clone(), bond(engine, *kind, der, &order.bytes).await));
    }
    Ok((Outcome::Described(Box::new(Described { description, issuers, issued })), Vec::new()))
}

/// What the outside of a signed object holds.
struct Signed {
    tbs: Vec<u8>,
    algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
}

fn signed(kind: Kind, der: &[u8]) -> Option<Signed> {
    match kind {
        Kind::Certificate => Certificate::parse(der).ok().map(|one| Signed {
            tbs: one.tbs().to_vec(),
            algorithm: one.signature_algorithm().clone(),
            signature: one.signature().to_vec(),
        }),
        Kind::Crl => Crl::parse(der).ok().map(|one| Signed {
            tbs: one.tbs().to_vec(),
            algorithm: one.signature_algorithm().clone(),
            signature: one.signature().to_vec(),
        }),
        _ => None,
    }
}

async fn bond<E: Engine>(engine: &E, kind: Kind, child: &[u8], issuer: &[u8]) -> Bond {
    let (Some(signed), Ok(issuer)) = (signed(kind, child), Certificate::parse(issuer)) else {
        return Bond::Unproven;
    };
    verified(engine, &signed, issuer.public_key()).await
}

async fn verified<E: Engine>(engine: &E, signed: &Signed, key: &PublicKey) -> Bond {
    match engine.verify(key, &signed.algorithm, &signed.tbs, &signed.signature).await {
        Ok(()) => Bond::Signed,
        Err(error) if matches!(error.kind, ErrorKind::UnsupportedAlgorithm { .. }) => Bond::Unproven,
        Err(_) => Bond::NameOnly,
    }
}
