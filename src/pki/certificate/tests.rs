//! Tests of reading certificates, with bytes put together by hand.
//!
//! Leaves out issued chains and samples (`tests/core`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::error::ErrorKind;

/// The parts of a certificate, each replaceable.
struct Parts {
    version: Vec<u8>,
    serial: Vec<u8>,
    dates: [Vec<u8>; 2],
    tail: Vec<u8>,
}

fn seq(parts: &[&[u8]]) -> Vec<u8> {
    tlv::write(tlv::SEQUENCE, &parts.concat())
}

impl Parts {
    fn good() -> Self {
        Self {
            version: tlv::write(tlv::explicit(0), &[2, 1, 2]),
            serial: vec![1],
            dates: [b"250101000000Z".to_vec(), b"350101000000Z".to_vec()]
                .map(|text| tlv::write(tlv::UTC_TIME, &text)),
            tail: Vec::new(),
        }
    }

    fn der(&self) -> Vec<u8> {
        let algorithm = SignatureAlgorithm::Ed25519.to_der();
        let name = DistinguishedName::build(&[(crate::name::AttributeKind::CommonName, "x")]).unwrap();
        let key = seq(&[&algorithm, &tlv::write(tlv::BIT_STRING, &[0; 33])]);
        let tbs = seq(&[
            &self.version,
            &tlv::write(tlv::INTEGER, &self.serial),
            &algorithm,
            name.as_der(),
            &seq(&[&self.dates[0], &self.dates[1]]),
            name.as_der(),
            &key,
            &self.tail,
        ]);
        seq(&[&tbs, &algorithm, &tlv::write(tlv::BIT_STRING, &[0, 1, 2, 3])])
    }
}

fn with_extensions(extensions: &[Extension]) -> Parts {
    let ders: Vec<Vec<u8>> = extensions.iter().map(|e| e.to_der().unwrap()).collect();
    let list = tlv::write(tlv::SEQUENCE, &ders.concat());
    Parts { tail: tlv::write(tlv::explicit(3), &list), ..Parts::good() }
}

#[test]
fn the_parts_are_found() {
    let der = Parts::good().der();
    let certificate = Certificate::parse(&der).unwrap();
    assert_eq!(certificate.der(), der);
    assert_eq!(certificate.signature(), [1, 2, 3]);
    assert_eq!(certificate.tbs()[0], 0x30);
    assert_eq!(certificate.version(), 3);
    assert_eq!(certificate.validity().not_after.date(), "2035-01-01");
    assert_eq!(certificate.id(), hex(&certificate.sha256()));
    assert_eq!(format!("{certificate:?}"), format!("Certificate(x, {})", &certificate.id()[..8]));
    assert!(certificate.is_self_issued() && !certificate.is_ca());
    assert!(certificate.validity().contains(certificate.validity().not_before));
    assert!(!certificate.validity().contains(UnixTime(0)));
}

#[test]
fn odd_certificates_stay_readable() {
    let unique = [tlv::write(0x81, &[0, 1]), tlv::write(0x82, &[0, 2])].concat();
    let old = b"19500101000000Z";
    for parts in [
        Parts { version: Vec::new(), ..Parts::good() },
        Parts { version: tlv::write(tlv::explicit(0), &[2, 1, 9]), ..Parts::good() },
        Parts { serial: vec![0x80], ..Parts::good() },
        Parts { serial: vec![0], ..Parts::good() },
        Parts { serial: vec![1; 40], ..Parts::good() },
        Parts { serial: Vec::new(), ..Parts::good() },
        Parts {
            dates: [tlv::write(tlv::GENERALIZED_TIME, old), tlv::write(tlv::UTC_TIME, b"500101000000Z")],
            ..Parts::good()
        },
        Parts { tail: unique, ..Parts::good() },
        Parts { tail: tlv::write(tlv::explicit(3), &seq(&[])), ..Parts::good() },
    ] {
        let certificate = Certificate::parse(&parts.der()).unwrap();
        assert!(certificate.extensions().is_empty());
        assert!(!certificate.serial().decimal().is_empty());
    }
}

#[test]
fn an_undecodable_extension_keeps_the_rest() {
    let broken =
        Extension { oid: extension::oids::SUBJECT_ALT_NAME.into(), critical: true, value: vec![0x30, 5, 1] };
    let usage = Extension::key_usage(KeyUsage::CRL_SIGN);
    let certificate = Certificate::parse(&with_extensions(&[broken.clone(), usage]).der()).unwrap();
    assert_eq!(certificate.extension(&broken.oid), Some(&broken));
    assert_eq!(certificate.undecoded(), [broken.oid]);
    assert!(certificate.subject_alt_names().is_empty());
    assert_eq!(certificate.key_usage(), Some(KeyUsage::CRL_SIGN));
}

#[test]
fn the_issuers_address_is_found() {
    let access = |method: u8, uri: &[u8]| {
        let oid = tlv::write(tlv::OID, &[0x2b, 6, 1, 5, 5, 7, 48, method]);
        seq(&[&oid, &tlv::write(tlv::implicit(6), uri)])
    };
    let value = seq(&[&access(1, b"http://ocsp"), &access(2, b"http://ca"), &access(2, b"ldap://ca")]);
    let extension = Extension { oid: extension::oids::AUTHORITY_INFO_ACCESS.into(), critical: false, value };
    let certificate = Certificate::parse(&with_extensions(&[extension]).der()).unwrap();
    assert_eq!(certificate.ca_issuers(), ["http://ca", "ldap://ca"]);
    assert_eq!(certificate.ocsp_responders(), ["http://ocsp"]);
}

#[test]
fn a_cut_or_lengthened_certificate_is_refused() {
    let der = with_extensions(&[Extension::key_usage(KeyUsage::CRL_SIGN)]).der();
    for length in 0..der.len() {
        let error = Certificate::parse(&der[..length]).unwrap_err();
        assert!(error.position.unwrap().end <= length);
    }
    let longer = [&der[..], &[0]].concat();
    let error = Certificate::parse(&longer).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TrailingBytes { count: 1 });
    assert_eq!(error.position, Some(der.len()..der.len() + 1));
}

#[test]
fn any_octet_may_change_without_a_panic() {
    let der = with_extensions(&[
        Extension::basic_constraints(true, Some(3)),
        Extension::key_usage(KeyUsage::CRL_SIGN),
        Extension::subject_alt_name(&[GeneralName::Dns("a.b".into())], false),
        Extension::extended_key_usage(&[extension::oids::SERVER_AUTH]).unwrap(),
    ])
    .der();
    let mut read = 0;
    for at in 0..der.len() {
        for value in 0..=255 {
            let mut changed = der.clone();
            changed[at] = value;
            if let Ok(certificate) = Certificate::parse(&changed) {
                assert_eq!(certificate.der(), changed);
                let shown = (certificate.subject().rfc4514(), certificate.public_key().label());
                assert!(!shown.1.is_empty());
                read += 1;
            }
        }
    }
    assert!(read > der.len());
}

#[test]
fn different_algorithms_inside_and_outside_are_noticed() {
    let mut der = Parts::good().der();
    assert!(Certificate::parse(&der).unwrap().signature_algorithms_agree());
    // The outer identifier lies before the BIT STRING of six octets; make 1.3.101.112 into 1.3.101.113.
    let last = der.len() - 7;
    der[last] = 0x71;
    let certificate = Certificate::parse(&der).unwrap();
    assert!(!certificate.signature_algorithms_agree());
    assert_eq!(certificate.signature_algorithm(), &SignatureAlgorithm::Other("1.3.101.113".into()));
}
