//! The names of algorithms and curves by object identifier, whether or not this crate can compute them.
//!
//! Leaves out their parameters (`describe`) and using them (`signature`, `key`, `encryption`).

mod table;

/// What an algorithm is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A type of public key.
    PublicKey,
    /// Signing, with or without the hash.
    Signature,
    /// Agreeing on, transporting or encapsulating a key.
    KeyEstablishment,
    /// A message digest.
    Hash,
    /// Encrypting content.
    Encryption,
    /// Wrapping a key with another.
    KeyWrap,
    /// A message authentication code.
    Authentication,
    /// Deriving a key from a password or a secret.
    Derivation,
    /// Generating a mask from a seed.
    Mask,
    /// Compressing content.
    Compression,
    /// An elliptic curve, or another named set of parameters.
    Curve,
}

/// One algorithm of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Algorithm {
    /// Its object identifier, dotted.
    pub oid: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is for; a key type that also signs under the same identifier is a public key.
    pub purpose: Purpose,
}

/// The algorithm or curve with a dotted object identifier.
#[must_use]
pub fn find(oid: &str) -> Option<Algorithm> {
    table::rows().find(|row| row.oid == oid)
}

/// The name of the algorithm or curve with a dotted object identifier.
#[must_use]
pub fn name(oid: &str) -> Option<&'static str> {
    find(oid).map(|found| found.name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_identifier_is_well_formed_and_stands_once() {
        let mut seen = BTreeSet::new();
        for row in table::rows() {
            assert!(const_oid::ObjectIdentifier::new(row.oid).is_ok(), "{}", row.oid);
            assert!(seen.insert(row.oid), "{} stands twice", row.oid);
            assert!(!row.name.is_empty());
        }
        assert!(seen.len() > 250, "{}", seen.len());
    }

    #[test]
    fn algorithms_are_named_by_what_people_call_them() {
        for (oid, name, purpose) in [
            ("1.2.840.113549.1.1.1", "RSA", Purpose::PublicKey),
            ("1.2.840.113549.1.1.11", "RSA with SHA-256", Purpose::Signature),
            ("1.2.840.10045.3.1.7", "P-256", Purpose::Curve),
            ("2.16.840.1.101.3.4.3.18", "ML-DSA-65", Purpose::PublicKey),
            ("2.16.840.1.101.3.4.3.31", "SLH-DSA-SHAKE-256f", Purpose::PublicKey),
            ("1.3.6.1.5.5.7.6.45", "ML-DSA-65 with ECDSA P-256 and SHA-512", Purpose::PublicKey),
            ("1.3.6.1.5.5.7.6.66", "ML-KEM-1024 with ECDH P-521 and SHA3-256", Purpose::PublicKey),
            ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", Purpose::Curve),
        ] {
            let found = find(oid).unwrap();
            assert_eq!((found.name, found.purpose), (name, purpose), "{oid}");
        }
        assert_eq!(name("1.2.3.4"), None);
    }
}
