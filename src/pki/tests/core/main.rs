//! The core through its public API, alone and against other writers and readers.
//!
//! Leaves out containers, armour and paths.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod corpora;
mod describing;
mod issuing;
mod keys;
mod openssl;
mod second_writer;
mod wycheproof;

use certwright_pki::certificate::Validity;
use certwright_pki::name::AttributeKind as K;
use certwright_pki::{
    DistinguishedName, Engine, KeyKind, PrivateKey, SerialNumber, SignatureAlgorithm, SoftwareEngine,
    UnixTime,
};

/// The software engine over the operating system's randomness.
fn engine() -> SoftwareEngine<fn(&mut [u8])> {
    SoftwareEngine::new(|out| getrandom::fill(out).unwrap())
}

/// A fresh key.
fn key(kind: KeyKind) -> PrivateKey {
    pollster::block_on(engine().generate(kind)).unwrap()
}

/// A name of an organisation and a common name.
fn name(common_name: &str) -> DistinguishedName {
    DistinguishedName::build(&[
        (K::Country, "DE"),
        (K::Organization, "Certwright Tests"),
        (K::CommonName, common_name),
    ])
    .unwrap()
}

fn serial() -> SerialNumber {
    SerialNumber::random(|out| engine().random(out))
}

/// Ten years around the date of the tests' certificates.
fn validity() -> Validity {
    let start = UnixTime::from_civil(2025, 1, 2, 3, 4, 5).unwrap();
    Validity { not_before: start, not_after: start.plus_years(30) }
}

fn usual(key: &PrivateKey) -> SignatureAlgorithm {
    SignatureAlgorithm::default_for(key.public())
}
