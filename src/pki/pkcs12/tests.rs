//! Tests of limits and of parts that no other program writes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::encryption::Encryption;
use crate::encryption::kdf::{Hash, hmac, pbkdf2};
use crate::pkcs7::DATA;
use crate::tlv::encode;
use const_oid::ObjectIdentifier;

fn data(content: &[u8]) -> Vec<u8> {
    let explicit = encode::constructed(0xa0, &[&encode::octet_string(content)]);
    encode::sequence(&[&encode::oid(DATA), &explicit])
}

fn file(parts: &[&[u8]], mac: &[u8]) -> Vec<u8> {
    encode::sequence(&[&encode::integer(3), &data(&encode::sequence(parts)), mac])
}

fn classic_mac(iterations: u64) -> Vec<u8> {
    let algorithm = encode::sequence(&[&encode::oid(Hash::Sha1.oid()), &encode::NULL]);
    let info = encode::sequence(&[&algorithm, &encode::octet_string(&[0; 20])]);
    encode::sequence(&[&info, &encode::octet_string(&[1; 8]), &encode::integer(iterations)])
}

#[test]
fn absurd_iteration_counts_are_refused_before_any_work() {
    let input = file(&[], &classic_mac(10_000_001));
    let expect = ErrorKind::TooManyIterations { count: 10_000_001, limit: 10_000_000 };
    assert_eq!(cost(&input).unwrap_err().kind, expect);
    assert_eq!(read(&input, "x").unwrap_err().kind, expect);
    assert_eq!(cost(&file(&[], &classic_mac(10_000_000))).unwrap(), 10_000_000);
}

#[test]
fn the_sum_of_iterations_has_a_limit_of_its_own() {
    let encryption = Encryption::legacy(9_000_000, &|_| {});
    let key = encode::sequence(&[&encryption.to_der(), &encode::octet_string(&[0; 16])]);
    let value = encode::constructed(0xa0, &[&key]);
    let bag = encode::sequence(&[&encode::oid(bag::SHROUDED_KEY), &value]);
    let part = data(&encode::sequence(&[&bag, &bag, &bag]));
    assert_eq!(cost(&file(&[&part], &[])).unwrap(), 27_000_000);
    let error = cost(&file(&[&part, &part], &[])).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::TooManyIterations { limit: MAX_TOTAL_ITERATIONS, .. }));
}

#[test]
fn a_check_by_pbmac1_is_verified() {
    let authenticated = encode::sequence(&[]);
    let salt = [9; 8];
    let key = pbkdf2(Hash::Sha512, b"1234", &salt, 5, 64);
    let prf = encode::sequence(&[&encode::oid(Hash::Sha512.hmac_oid()), &encode::NULL]);
    let parameters =
        encode::sequence(&[&encode::octet_string(&salt), &encode::integer(5), &encode::integer(64), &prf]);
    let oid = |text| encode::oid(ObjectIdentifier::new_unwrap(text));
    let kdf = encode::sequence(&[&oid("1.2.840.113549.1.5.12"), &parameters]);
    let scheme = encode::sequence(&[&encode::oid(Hash::Sha256.hmac_oid()), &encode::NULL]);
    let algorithm = encode::sequence(&[&oid("1.2.840.113549.1.5.14"), &encode::sequence(&[&kdf, &scheme])]);
    let digest = hmac(Hash::Sha256, &key, &authenticated);
    let mac = encode::sequence(&[
        &encode::sequence(&[&algorithm, &encode::octet_string(&digest)]),
        &encode::octet_string(b"not used"),
        &encode::integer(1),
    ]);
    let input = file(&[], &mac);
    assert!(read(&input, "1234").is_ok());
    assert_eq!(read(&input, "12345").unwrap_err().kind, ErrorKind::WrongPassword);
}

#[test]
fn what_is_not_opened_is_named() {
    let enveloped =
        encode::sequence(&[&encode::oid(ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.3")), &[0xa0, 0]]);
    let notes = read(&file(&[&enveloped], &[]), "").unwrap().notes;
    let oid = "1.2.840.113549.1.7.3".to_owned();
    assert_eq!(notes, [Note::NoIntegrityCheck, Note::UnreadPart { oid }]);
    let signed = encode::sequence(&[
        &encode::integer(3),
        &encode::sequence(&[&encode::oid(crate::pkcs7::SIGNED_DATA), &[0xa0, 0]]),
    ]);
    let oid = "1.2.840.113549.1.7.2".to_owned();
    assert_eq!(read(&signed, "").unwrap_err().kind, ErrorKind::UnsupportedContainer { oid });
}

#[test]
fn no_prefix_of_a_file_makes_the_reader_panic() {
    let whole = file(&[&data(&encode::sequence(&[]))], &classic_mac(2));
    for size in 0..whole.len() {
        assert!(read(&whole[..size], "x").is_err(), "{size}");
    }
}
