//! One certificate for each caution, and one without any.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::certificate::{SerialNumber, Validity};
use crate::extension::Extension;
use crate::general_name::GeneralName;
use crate::issue::CertificatePlan;
use crate::name::AttributeKind;
use crate::{DistinguishedName, Engine, KeyKind, PrivateKey, SignatureAlgorithm, SoftwareEngine, UnixTime};
use pollster::block_on;

const DAY: i64 = 86_400;

fn name(common: &str) -> DistinguishedName {
    DistinguishedName::build(&[(AttributeKind::CommonName, common)]).unwrap()
}

fn key() -> PrivateKey {
    let engine = SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap());
    block_on(engine.generate(KeyKind::P256)).unwrap()
}

fn certificate(days: i64, extensions: Vec<Extension>) -> Certificate {
    let engine = SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap());
    let key = key();
    let plan = CertificatePlan {
        serial: SerialNumber::from_octets(&[1, 2]),
        issuer: name("Issuer"),
        subject: name("server.example.test"),
        validity: Validity { not_before: UnixTime(0), not_after: UnixTime(days * DAY) },
        public_key: key.public().clone(),
        algorithm: SignatureAlgorithm::default_for(key.public()),
        extensions,
    };
    let der = block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap();
    Certificate::parse(&der).unwrap()
}

fn names() -> Extension {
    Extension::subject_alt_name(&[GeneralName::Dns("server.example.test".into())], false)
}

fn ids(certificate: &Certificate) -> Vec<&'static str> {
    of(certificate).iter().map(Caution::id).collect()
}

#[test]
fn a_usual_server_certificate_gives_no_reason_for_caution() {
    assert_eq!(ids(&certificate(397, vec![names()])), Vec::<&str>::new());
}

#[test]
fn missing_names_and_a_long_validity_of_a_server_are_told() {
    let both = certificate(826, vec![Extension::key_usage(KeyUsage::DIGITAL_SIGNATURE)]);
    assert_eq!(ids(&both), ["long-validity", "no-names"]);
    let said: Vec<String> = of(&both).iter().map(ToString::to_string).collect();
    assert!(said[0].starts_with("made for 826 days"), "{said:?}");
    assert_eq!(ids(&certificate(825, vec![names()])), Vec::<&str>::new());
}

#[test]
fn old_hashes_versions_and_short_keys_are_told() {
    let old = Certificate::parse(include_bytes!("../../../tests/data/old/old.der")).unwrap();
    assert_eq!(ids(&old), ["old-version", "weak-hash", "short-key", "no-names"]);
}
