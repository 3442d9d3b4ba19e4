//! Tests of extensions: what is written, and what is read back.
//!
//! Leaves out extensions inside certificates.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::decoded::Decoded;
use super::*;

fn decode(extensions: &[Extension]) -> Decoded {
    let ders: Vec<Vec<u8>> = extensions.iter().map(|e| e.to_der().unwrap()).collect();
    let list: Vec<_> = extensions.iter().cloned().zip(ders.iter().map(Vec::as_slice)).collect();
    Decoded::of(&list)
}

#[test]
fn key_usage_bits_are_written_as_openssl_writes_them() {
    for (usage, der) in [
        (KeyUsage::NONE, &[3, 1, 0][..]),
        (KeyUsage::DIGITAL_SIGNATURE, &[3, 2, 7, 0x80]),
        (KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN, &[3, 2, 1, 0x06]),
        (KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_ENCIPHERMENT, &[3, 2, 5, 0xa0]),
        (KeyUsage::DECIPHER_ONLY | KeyUsage::KEY_AGREEMENT, &[3, 3, 7, 0x08, 0x80]),
    ] {
        let extension = Extension::key_usage(usage);
        assert_eq!(extension.value, der, "{usage:?}");
        assert_eq!(decode(&[extension]).key_usage, Some(usage));
    }
}

#[test]
fn basic_constraints_are_read_back() {
    for (ca, path_len, der) in [
        (false, None, &[0x30, 0][..]),
        (false, Some(3), &[0x30, 0]),
        (true, None, &[0x30, 3, 1, 1, 0xff]),
        (true, Some(0), &[0x30, 6, 1, 1, 0xff, 2, 1, 0]),
        (true, Some(200), &[0x30, 7, 1, 1, 0xff, 2, 2, 0, 200]),
    ] {
        let extension = Extension::basic_constraints(ca, path_len);
        assert_eq!(extension.value, der);
        let found = decode(&[extension]).basic_constraints.unwrap();
        assert_eq!(found.ca, ca);
        assert_eq!(found.path_len, path_len.filter(|_| ca).map(u32::from));
    }
}

#[test]
fn purposes_keep_their_order() {
    let purposes = [oids::CLIENT_AUTH, "1.2.3.4", oids::SERVER_AUTH];
    let extension = Extension::extended_key_usage(&purposes).unwrap();
    assert_eq!(decode(&[extension]).extended_key_usage.unwrap(), purposes);
    assert!(Extension::extended_key_usage(&["nonsense"]).is_err());
}

#[test]
fn an_undecodable_value_is_listed_and_the_rest_is_read() {
    let mut broken = Extension::basic_constraints(true, None);
    broken.value.truncate(3);
    let mut trailing = Extension::key_usage(KeyUsage::CRL_SIGN);
    trailing.value.push(0);
    let names = Extension::subject_alt_name(&[GeneralName::Dns("a.b".into())], false);
    let unknown = Extension::of("1.2.3.4", true, vec![0xff]);
    let found = decode(&[broken, trailing, unknown, names]);
    assert_eq!(found.undecoded, [oids::BASIC_CONSTRAINTS, oids::KEY_USAGE]);
    assert!(found.basic_constraints.is_none() && found.key_usage.is_none());
    assert_eq!(found.subject_alt_names, [GeneralName::Dns("a.b".into())]);
}

#[test]
fn of_duplicates_the_first_counts() {
    let first = Extension::key_usage(KeyUsage::CRL_SIGN);
    let second = Extension::key_usage(KeyUsage::DIGITAL_SIGNATURE);
    assert_eq!(decode(&[first, second]).key_usage, Some(KeyUsage::CRL_SIGN));
}

#[test]
fn numbers_are_written_without_needless_octets() {
    for (number, der) in [
        (0, &[2, 1, 0][..]),
        (127, &[2, 1, 127]),
        (128, &[2, 2, 0, 128]),
        (256, &[2, 2, 1, 0]),
        (u64::MAX, &[2, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255]),
    ] {
        assert_eq!(write_number(number), der);
    }
}

#[test]
fn no_object_identifier_is_named_twice() {
    for oid in [oids::KEY_USAGE, oids::SERVER_AUTH, oids::SCT_LIST] {
        assert!(oid_name(oid).is_some());
        assert!(write_oid(oid).is_ok());
    }
    assert_eq!(oid_name("1.2.3"), None);
}
