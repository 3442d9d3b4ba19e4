//! Tests of public keys as they are found in certificates.
//!
//! Leaves out private keys (`tests/core/keys.rs`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::error::ErrorKind;

fn oid(dotted: &str) -> Vec<u8> {
    let oid = der::asn1::ObjectIdentifier::new(dotted).unwrap();
    tlv::write(tlv::OID, oid.as_bytes())
}

fn spki(algorithm: &[Vec<u8>], bits: &[u8]) -> Vec<u8> {
    let algorithm = tlv::write(tlv::SEQUENCE, &algorithm.concat());
    let bits = tlv::write(tlv::BIT_STRING, &[&[0], bits].concat());
    tlv::write(tlv::SEQUENCE, &[algorithm, bits].concat())
}

#[test]
fn each_algorithm_has_its_label_and_kind() {
    let rsa = |modulus: &[u8]| {
        let numbers = [tlv::write(tlv::INTEGER, modulus), tlv::write(tlv::INTEGER, &[3])].concat();
        tlv::write(tlv::SEQUENCE, &numbers)
    };
    let full = |length: usize| [&[0, 0x80][..], &vec![1; length - 1]].concat();
    for (algorithm, bits, label, kind) in [
        (vec![oid(RSA_ENCRYPTION)], rsa(&full(256)), "RSA 2048", Some(KeyKind::Rsa2048)),
        (vec![oid(RSA_ENCRYPTION)], rsa(&full(512)), "RSA 4096", Some(KeyKind::Rsa4096)),
        (vec![oid(RSA_PSS)], rsa(&full(384)), "RSA 3072", Some(KeyKind::Rsa3072)),
        (vec![oid(RSA_ENCRYPTION)], rsa(&[0x7f; 128]), "RSA 1023", None),
        (vec![oid(RSA_ENCRYPTION)], rsa(&[0]), "RSA", None),
        (vec![oid(RSA_ENCRYPTION)], vec![1], "RSA", None),
        (vec![oid(EC_PUBLIC_KEY), oid(P256)], vec![4], "ECDSA P-256", Some(KeyKind::P256)),
        (vec![oid(EC_PUBLIC_KEY), oid(P384)], vec![4], "ECDSA P-384", Some(KeyKind::P384)),
        (vec![oid(EC_PUBLIC_KEY), oid(P521)], vec![4], "ECDSA P-521", None),
        (vec![oid(EC_PUBLIC_KEY), oid("1.3.132.0.10")], vec![4], "secp256k1", None),
        (vec![oid(EC_PUBLIC_KEY)], vec![4], "EC", None),
        (vec![oid(ED25519)], vec![0; 32], "Ed25519", Some(KeyKind::Ed25519)),
        (vec![oid("2.16.840.1.101.3.4.3.18")], vec![0; 9], "ML-DSA-65", None),
        (vec![oid("1.2.3.4")], vec![0; 9], "1.2.3.4", None),
    ] {
        let der = spki(&algorithm, &bits);
        let key = PublicKey::from_spki(&der).unwrap();
        assert_eq!((key.label().as_str(), key.kind()), (label, kind));
        assert_eq!((key.as_der(), key.bits()), (&der[..], &bits[..]));
    }
}

#[test]
fn the_key_identifier_is_the_hash_of_the_bits() {
    let key = PublicKey::from_spki(&spki(&[oid(ED25519)], b"abc")).unwrap();
    assert_eq!(crate::certificate::hex(&key.key_identifier()), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

#[test]
fn structures_that_are_no_key_are_refused() {
    let good = spki(&[oid(ED25519)], &[1; 32]);
    for bad in [
        good[..good.len() - 1].to_vec(),
        [&good[..], &[0]].concat(),
        tlv::write(tlv::SEQUENCE, &[]),
        spki(&[], &[1]),
        tlv::write(tlv::SET, &[]),
    ] {
        let kind = PublicKey::from_spki(&bad).unwrap_err().kind;
        assert!(matches!(kind, ErrorKind::BadDer { .. } | ErrorKind::TrailingBytes { .. }));
    }
}
