//! Signatures made by OpenSSL in each kind of object, verified here: OCSP, messages, signed keys, time stamps.

use certwright_pki::SoftwareEngine;

/// The engine, with randomness that nothing here needs.
pub fn engine() -> SoftwareEngine<fn(&mut [u8])> {
    SoftwareEngine::new(|out| out.fill(7))
}
