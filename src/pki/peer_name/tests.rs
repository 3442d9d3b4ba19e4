//! Tests of the three rules, row by row.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::extension::Extension;
use crate::issue::CertificatePlan;
use crate::{DistinguishedName, Engine, KeyKind, SerialNumber, SignatureAlgorithm, SoftwareEngine};
use crate::{UnixTime, Validity};
use NameRule::{CommonNameOrSan, ExactCommonName, SanOnly};

fn certificate(common_name: &str, names: &[&str]) -> Certificate {
    let engine = SoftwareEngine::new(|out: &mut [u8]| out.fill(7));
    let key = pollster::block_on(engine.generate(KeyKind::Ed25519)).unwrap();
    let subject = match common_name {
        "" => DistinguishedName::build(&[(AttributeKind::Organization, "Example")]).unwrap(),
        name => DistinguishedName::build(&[(AttributeKind::CommonName, name)]).unwrap(),
    };
    let mut plan = CertificatePlan::root(
        subject,
        key.public().clone(),
        SignatureAlgorithm::Ed25519,
        SerialNumber::from_octets(&[1]),
        Validity { not_before: UnixTime(0), not_after: UnixTime(1) },
        None,
    );
    if !names.is_empty() {
        let names: Vec<GeneralName> = names
            .iter()
            .map(|name| match name.parse() {
                Ok(address) => GeneralName::Ip(address),
                Err(_) if name.contains('@') => GeneralName::Email((*name).to_owned()),
                Err(_) => GeneralName::Dns((*name).to_owned()),
            })
            .collect();
        plan.extensions.push(Extension::subject_alt_name(&names, false));
    }
    let der = pollster::block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap();
    Certificate::parse(&der).unwrap()
}

/// Common name, alternative names, typed, and whether each rule finds a match: exact, either, SAN only.
type Row = (&'static str, &'static [&'static str], &'static str, [bool; 3]);

#[test]
fn each_rule_matches_what_it_should_and_nothing_else() {
    let rows: [Row; 26] = [
        ("ex.example.com", &[], "ex.example.com", [true, true, false]),
        ("ex.example.com", &[], "EX.example.com", [false, true, false]),
        ("ex.example.com", &[], " ex.example.com ", [true, true, false]),
        ("ex.example.com", &[], "ex", [false, false, false]),
        ("ex", &["ex.example.com"], "ex.example.com", [false, true, true]),
        ("ex.example.com", &["other.example.com"], "ex.example.com", [true, true, false]),
        ("ex.example.com", &["EX.example.com"], "ex.example.com", [true, true, true]),
        ("", &["ex.example.com"], "ex.example.com.", [false, true, true]),
        ("*.example.com", &[], "ex.example.com", [false, true, false]),
        ("*.example.com", &[], "*.example.com", [true, false, false]),
        ("x", &["*.example.com"], "ex.example.com", [false, true, true]),
        ("x", &["*.example.com"], "a.b.example.com", [false, false, false]),
        ("x", &["*.example.com"], "example.com", [false, false, false]),
        ("x", &["*.example.com"], ".example.com", [false, false, false]),
        ("x", &["e*.example.com"], "ex.example.com", [false, false, false]),
        ("x", &["ex.*.com"], "ex.example.com", [false, false, false]),
        ("x", &["*"], "localhost", [false, false, false]),
        ("x", &["*.com"], "example.com", [false, false, false]),
        ("192.0.2.7", &[], "192.0.2.7", [true, true, false]),
        ("x", &["192.0.2.7"], "192.0.2.7", [false, true, true]),
        ("x", &["192.0.2.7"], "192.0.2.8", [false, false, false]),
        ("x", &["2001:db8::1"], "2001:0DB8:0:0::0001", [false, true, true]),
        ("2001:db8::1", &[], "[2001:DB8:0::1]", [true, true, false]),
        ("*.0.2.7", &["*.0.2.7"], "192.0.2.7", [false, false, false]),
        ("x", &["mail@ex.example.com"], "ex.example.com", [false, false, false]),
        ("", &[], "", [false, false, false]),
    ];
    for (common_name, names, typed, expect) in rows {
        let certificate = certificate(common_name, names);
        let found = [ExactCommonName, CommonNameOrSan, SanOnly]
            .map(|rule| matches(&certificate, typed, rule).is_match());
        assert_eq!(found, expect, "{common_name} {names:?} {typed}");
    }
}

#[test]
fn the_answer_says_what_matched_or_what_came_closest() {
    let subject = certificate("ex.example.com", &["mail.example.com", "mail.example.net", "192.0.2.7"]);
    let by = |typed| match matches(&subject, typed, CommonNameOrSan) {
        NameMatch::Matched { by } => by,
        other => panic!("{other:?}"),
    };
    assert_eq!(by("ex.example.com"), "CN=ex.example.com");
    assert_eq!(by("mail.example.com"), "DNS:mail.example.com");
    assert_eq!(by("192.0.2.7"), "IP:192.0.2.7");
    let NameMatch::SanMismatch { names, closest, .. } = matches(&subject, "nail.example.net", SanOnly) else {
        panic!("a mismatch was expected");
    };
    assert_eq!(names.len(), 3);
    assert_eq!(closest.as_deref(), Some("DNS:mail.example.net"));
}

#[test]
fn mismatches_are_told_apart_by_rule() {
    let plain = certificate("EX.example.com", &[]);
    let expect = NameMatch::CommonNameMismatch {
        typed: "ex.example.com".into(),
        common_name: Some("EX.example.com".into()),
        differs_in_case: true,
    };
    assert_eq!(matches(&plain, "ex.example.com", ExactCommonName), expect);
    let expect = NameMatch::CommonNameMismatch {
        typed: "ex".into(),
        common_name: Some("EX.example.com".into()),
        differs_in_case: false,
    };
    assert_eq!(matches(&plain, "ex", CommonNameOrSan), expect);
    let expect =
        NameMatch::NoSan { typed: "ex.example.com".into(), common_name: Some("EX.example.com".into()) };
    assert_eq!(matches(&plain, "ex.example.com", SanOnly), expect);
    let nameless = matches(&certificate("", &[]), "x", ExactCommonName);
    assert!(matches!(nameless, NameMatch::CommonNameMismatch { common_name: None, .. }));
}
