//! PKCS#12 files: written and read back with the typed password before they are offered.

use super::authority::refuse;
use super::{JobFailure, Outcome, Pkcs12Order};
use certwright_pki::pkcs12::{self, Pkcs12Plan, Scheme};
use certwright_pki::{Certificate, Engine, PrivateKey};

/// Iterations of PBKDF2 in a modern file, of the PKCS#12 derivation in a legacy one.
const ITERATIONS: u32 = 100_000;
const LEGACY_ITERATIONS: u32 = 2_048;

/// Writes the file, opens it again, and says what is in it.
pub(super) fn write_pkcs12<E: Engine>(
    engine: &E,
    order: &Pkcs12Order,
    keys: &[PrivateKey],
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let key = keys.first().ok_or(JobFailure::MissingKey(crate::vault::VaultFault::MissingKey))?;
    let certificates: Vec<&[u8]> = order.certificates.iter().map(Vec::as_slice).collect();
    let plan = Pkcs12Plan {
        friendly_name: &order.friendly_name,
        key,
        certificates: &certificates,
        password: order.password.expose(),
        iterations: if order.legacy { LEGACY_ITERATIONS } else { ITERATIONS },
        scheme: if order.legacy { Scheme::Legacy } else { Scheme::Modern },
    };
    let bytes = pkcs12::write(&plan, &|out| engine.random(out)).map_err(refuse)?;
    let again = pkcs12::read(&bytes, order.password.expose()).map_err(refuse)?;
    let mut read_back = Vec::new();
    for entry in &again.keys {
        read_back.push(format!("Private key: {}", entry.key.public().label()));
    }
    for entry in &again.certificates {
        let certificate = Certificate::parse(&entry.der).map_err(refuse)?;
        read_back.push(format!("Certificate: {}", certificate.subject().label()));
    }
    Ok((Outcome::Pkcs12Written { bytes, read_back }, Vec::new()))
}
