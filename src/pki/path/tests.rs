//! Tests of path judging with certificates made on the spot.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::extension::{Extension, KeyUsage, oids};
use crate::general_name::GeneralName;
use crate::issue::CertificatePlan;
use crate::name::AttributeKind;
use crate::{KeyKind, PrivateKey, SerialNumber, SignatureAlgorithm, SoftwareEngine, Validity};
use pollster::block_on;
use std::cell::Cell;

const NOW: UnixTime = UnixTime(1_750_000_000);
const CURRENT: Validity =
    Validity { not_before: UnixTime(1_700_000_000), not_after: UnixTime(1_800_000_000) };
const PAST: Validity = Validity { not_before: UnixTime(1_600_000_000), not_after: UnixTime(1_700_000_000) };
const FUTURE: Validity = Validity { not_before: UnixTime(1_800_000_000), not_after: UnixTime(1_900_000_000) };

fn engine() -> SoftwareEngine<impl Fn(&mut [u8])> {
    thread_local!(static STATE: Cell<u64> = const { Cell::new(1) });
    SoftwareEngine::new(|out: &mut [u8]| {
        for octet in out {
            let state = STATE.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            STATE.set(state);
            *octet = (state >> 56) as u8;
        }
    })
}

/// Somebody with a name and a key, who can issue certificates.
struct Party {
    name: DistinguishedName,
    key: PrivateKey,
}

impl Party {
    fn new(name: &str) -> Self {
        let kind = AttributeKind::CommonName;
        Party {
            name: DistinguishedName::build(&[(kind, name)]).unwrap(),
            key: block_on(engine().generate(KeyKind::Ed25519)).unwrap(),
        }
    }

    fn plan(&self, subject: &Party, extensions: Vec<Extension>) -> CertificatePlan {
        let mut serial = [1; 16];
        engine().random(&mut serial[1..]);
        let mut all = vec![
            Extension::subject_key_identifier(subject.key.public()),
            Extension::authority_key_identifier(&self.key.public().key_identifier()),
        ];
        all.extend(extensions);
        CertificatePlan {
            serial: SerialNumber::from_octets(&serial),
            algorithm: SignatureAlgorithm::Ed25519,
            issuer: self.name.clone(),
            validity: CURRENT,
            subject: subject.name.clone(),
            public_key: subject.key.public().clone(),
            extensions: all,
        }
    }

    fn sign(&self, plan: &CertificatePlan) -> Certificate {
        let der = block_on(plan.prepare().unwrap().sign(&engine(), &self.key)).unwrap();
        Certificate::parse(&der).unwrap()
    }

    fn ca(&self, subject: &Party) -> Certificate {
        self.sign(&self.plan(subject, ca(None)))
    }

    fn leaf(&self, subject: &Party) -> Certificate {
        self.sign(&self.plan(subject, vec![]))
    }
}

fn ca(path_len: Option<u8>) -> Vec<Extension> {
    let usage = KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN;
    vec![Extension::basic_constraints(true, path_len), Extension::key_usage(usage)]
}

fn judged(
    leaf: &Certificate,
    sent: &[Certificate],
    pool: &[Certificate],
    store: &[Certificate],
) -> Judgement {
    let question = PathQuestion { leaf, sent, pool, anchors: store, at: NOW };
    block_on(judge(&engine(), &question))
}

/// Root, intermediate and server, with their certificates.
struct Trio {
    root: Party,
    middle: Party,
    server: Party,
    certificates: [Certificate; 3],
}

fn trio() -> Trio {
    let (root, middle, server) = (Party::new("Root"), Party::new("Middle"), Party::new("server"));
    let certificates = [middle.leaf(&server), root.ca(&middle), root.ca(&root)];
    Trio { root, middle, server, certificates }
}

fn names(judgement: &Judgement) -> Vec<String> {
    judgement.path.iter().map(|link| link.certificate.subject().label()).collect()
}

#[test]
fn a_complete_chain_is_trusted_in_any_order_and_from_any_source() {
    let [leaf, middle, root] = trio().certificates;
    let rows: [(&[Certificate], &[Certificate]); 4] = [
        (&[middle.clone(), root.clone()], &[]),
        (&[root.clone(), middle.clone(), leaf.clone()], &[]),
        (std::slice::from_ref(&middle), &[]),
        (&[], std::slice::from_ref(&middle)),
    ];
    for (sent, pool) in rows {
        let judgement = judged(&leaf, sent, pool, std::slice::from_ref(&root));
        assert!(judgement.is_trusted(), "{:?}", judgement.problems);
        assert_eq!(names(&judgement), ["server", "Middle", "Root"]);
        assert_eq!(judgement.path[0].source, Source::Sent);
        assert!(judgement.path[2].in_store);
    }
}

#[test]
fn the_missing_certificate_is_named_exactly() {
    let trio = trio();
    let [leaf, middle, root] = &trio.certificates;
    let judgement = judged(leaf, &[], &[], std::slice::from_ref(root));
    assert_eq!(judgement.problems, [PathProblem::MissingIssuer]);
    let missing = judgement.missing.unwrap();
    assert_eq!(missing.name, trio.middle.name);
    assert_eq!(missing.key_identifier.unwrap(), trio.middle.key.public().key_identifier());
    let judgement = judged(leaf, std::slice::from_ref(middle), &[], &[]);
    assert_eq!((names(&judgement).len(), judgement.anchored), (2, false));
    assert_eq!(judgement.missing.unwrap().name, trio.root.name);
}

#[test]
fn a_root_outside_the_store_is_untrusted_and_not_missing() {
    let [leaf, middle, root] = trio().certificates;
    let judgement = judged(&leaf, &[middle, root], &[], &[]);
    assert_eq!(judgement.problems, [PathProblem::UntrustedRoot]);
    assert_eq!((judgement.path.len(), judgement.missing), (3, None));
}

#[test]
fn dates_are_checked_on_every_link() {
    let trio = trio();
    let [leaf, middle, root] = &trio.certificates;
    let dated = |issuer: &Party, subject: &Party, extensions, validity| {
        let mut plan = issuer.plan(subject, extensions);
        plan.validity = validity;
        issuer.sign(&plan)
    };
    let old_leaf = dated(&trio.middle, &trio.server, vec![], PAST);
    let old_root = dated(&trio.root, &trio.root, ca(None), PAST);
    let new_middle = dated(&trio.root, &trio.middle, ca(None), FUTURE);
    let rows = [
        (&old_leaf, middle, root, PathProblem::Expired { at: 0 }),
        (leaf, middle, &old_root, PathProblem::Expired { at: 2 }),
        (leaf, &new_middle, root, PathProblem::NotYetValid { at: 1 }),
    ];
    for (leaf, middle, root, problem) in rows {
        let judgement = judged(leaf, std::slice::from_ref(middle), &[], std::slice::from_ref(root));
        assert_eq!(judgement.problems, [problem]);
        assert!(judgement.anchored);
    }
    let both = [old_root.clone(), root.clone()];
    assert!(judged(leaf, std::slice::from_ref(middle), &[], &both).is_trusted());
}

#[test]
fn a_signature_by_somebody_else_is_bad_and_not_missing() {
    let trio = trio();
    let [leaf, middle, root] = &trio.certificates;
    let mut der = leaf.der().to_vec();
    *der.last_mut().unwrap() ^= 1;
    let forged = Certificate::parse(&der).unwrap();
    let judgement = judged(&forged, std::slice::from_ref(middle), &[], std::slice::from_ref(root));
    assert_eq!(judgement.problems, [PathProblem::BadSignature { at: 0 }]);
    assert_eq!((judgement.anchored, judgement.path.len()), (false, 1));
    let judgement = judged(&forged, &[], &[], std::slice::from_ref(middle));
    assert_eq!(judgement.problems, [PathProblem::BadSignature { at: 0 }]);
}

#[test]
fn an_authority_with_a_new_key_is_recognised_as_reissued() {
    let trio = trio();
    let [leaf, middle, root] = &trio.certificates;
    let old = Party::new("Root");
    let old_root = old.ca(&old);
    let judgement = judged(leaf, std::slice::from_ref(middle), &[], std::slice::from_ref(&old_root));
    assert_eq!(judgement.problems, [PathProblem::ReissuedIssuer { at: 1 }, PathProblem::MissingIssuer]);
    assert_eq!(judgement.namesakes, std::slice::from_ref(&old_root));
    let sent = [middle.clone(), root.clone()];
    let judgement = judged(leaf, &sent, &[], std::slice::from_ref(&old_root));
    assert_eq!(judgement.problems, [PathProblem::UntrustedRoot, PathProblem::ReissuedIssuer { at: 2 }]);
    assert!(judged(leaf, &sent, &[], &[old_root, root.clone()]).is_trusted());
    let (server, before) = (Party::new("server"), Party::new("server"));
    let (leaf, stored) = (server.leaf(&server), before.leaf(&before));
    let judgement = judged(&leaf, &[], &[], std::slice::from_ref(&stored));
    assert_eq!(judgement.problems, [PathProblem::UntrustedRoot, PathProblem::ReissuedIssuer { at: 0 }]);
    assert_eq!(judgement.namesakes, [stored]);
}

#[test]
fn an_issuer_must_be_a_ca_that_may_sign() {
    let trio = trio();
    let root = trio.certificates[2].clone();
    let signing = |extensions| trio.root.sign(&trio.root.plan(&trio.middle, extensions));
    let rows = [
        (signing(vec![]), PathProblem::NotACa { at: 1 }),
        (signing(vec![Extension::basic_constraints(false, None)]), PathProblem::NotACa { at: 1 }),
        (
            signing(vec![Extension::basic_constraints(true, None), Extension::key_usage(KeyUsage::CRL_SIGN)]),
            PathProblem::KeyUsage { at: 1 },
        ),
    ];
    for (middle, problem) in rows {
        let judgement = judged(&trio.certificates[0], &[middle], &[], std::slice::from_ref(&root));
        assert_eq!(judgement.problems, [problem]);
    }
}

#[test]
fn the_path_length_counts_cas_that_are_not_self_issued() {
    let (root, one, two, server) = (Party::new("R"), Party::new("1"), Party::new("2"), Party::new("s"));
    let limited = |limit| root.sign(&root.plan(&root, ca(Some(limit))));
    let chain = [root.ca(&one), one.ca(&two)];
    let leaf = two.leaf(&server);
    for (limit, problems) in [(2, vec![]), (1, vec![PathProblem::PathLengthExceeded { at: 3 }])] {
        let judgement = judged(&leaf, &chain, &[], &[limited(limit)]);
        assert_eq!(judgement.problems, problems);
    }
    let renewed = Party::new("1");
    let chain = [root.ca(&one), one.ca(&renewed)];
    let judgement = judged(&renewed.leaf(&server), &chain, &[], &[limited(1)]);
    assert!(judgement.is_trusted(), "{:?}", judgement.problems);
}

#[test]
fn a_cross_signed_root_is_followed_to_the_one_in_the_store() {
    let trio = trio();
    let [leaf, middle, root] = trio.certificates.clone();
    let other = Party::new("Other root");
    let cross = other.ca(&trio.root);
    let anchor = other.ca(&other);
    let sent = [middle, root.clone(), cross];
    let judgement = judged(&leaf, &sent, &[], std::slice::from_ref(&anchor));
    assert!(judgement.is_trusted(), "{:?}", judgement.problems);
    assert_eq!(names(&judgement), ["server", "Middle", "Root", "Other root"]);
    let judgement = judged(&leaf, &sent, &[], &[anchor, root]);
    assert_eq!(names(&judgement), ["server", "Middle", "Root"]);
}

#[test]
fn certificates_that_sign_each_other_do_not_trap_the_search() {
    let (a, b, server) = (Party::new("A"), Party::new("B"), Party::new("server"));
    let loop_of_two = [a.ca(&b), b.ca(&a)];
    let judgement = judged(&a.leaf(&server), &loop_of_two, &[], &[]);
    assert_eq!(judgement.problems, [PathProblem::MissingIssuer]);
    assert_eq!(names(&judgement), ["server", "A", "B"]);
}

#[test]
fn a_crowd_of_cas_is_given_up_within_the_budget() {
    let crowd: Vec<Party> = (0..12).map(|number| Party::new(&format!("{number}"))).collect();
    let server = Party::new("server");
    let mut all = Vec::new();
    for signer in &crowd {
        for signed in &crowd {
            all.push(signer.ca(signed));
        }
    }
    all.retain(|certificate| !certificate.is_self_issued());
    let judgement = judged(&crowd[0].leaf(&server), &all, &[], &[]);
    assert!(judgement.problems.contains(&PathProblem::OutOfBudget));
    assert!(!judgement.anchored);
    let anchor = crowd[7].ca(&crowd[7]);
    assert!(judged(&crowd[0].leaf(&server), &all, &[], &[anchor]).is_trusted());
}

#[test]
fn a_self_signed_server_in_the_store_is_trusted() {
    let server = Party::new("server");
    let leaf = server.leaf(&server);
    assert!(judged(&leaf, &[], &[], std::slice::from_ref(&leaf)).is_trusted());
    assert_eq!(judged(&leaf, &[], &[], &[]).problems, [PathProblem::UntrustedRoot]);
}

#[test]
fn extensions_that_are_not_understood_are_reported_only_when_critical() {
    let trio = trio();
    let [_, middle, root] = &trio.certificates;
    let extension = |oid: &str, critical, value: &[u8]| Extension {
        oid: oid.to_owned(),
        critical,
        value: value.to_vec(),
    };
    let oid = "1.2.3.4".to_owned();
    let usage = oids::KEY_USAGE.to_owned();
    let rows = [
        (vec![extension("1.2.3.4", false, &[5, 0])], vec![]),
        (
            vec![extension("1.2.3.4", true, &[5, 0])],
            vec![PathProblem::UnknownCriticalExtension { at: 0, oid }],
        ),
        (
            vec![extension(&usage, true, &[5, 0])],
            vec![PathProblem::UndecodableExtension { at: 0, oid: usage.clone() }],
        ),
        (
            vec![
                Extension::key_usage(KeyUsage::DIGITAL_SIGNATURE),
                Extension::key_usage(KeyUsage::DIGITAL_SIGNATURE),
            ],
            vec![PathProblem::DuplicateExtension { at: 0, oid: usage.clone() }],
        ),
    ];
    for (extensions, problems) in rows {
        let leaf = trio.middle.sign(&trio.middle.plan(&trio.server, extensions));
        let judgement = judged(&leaf, std::slice::from_ref(middle), &[], std::slice::from_ref(root));
        assert_eq!(judgement.problems, problems);
    }
}

#[test]
fn names_outside_a_constraint_are_refused_on_the_path_below_it() {
    let trio = trio();
    let root = &trio.certificates[2];
    let base = |kind: u8, tag: u8, content: &[u8]| {
        let subtree = crate::tlv::write(0x30, &crate::tlv::write(tag, content));
        Extension {
            oid: oids::NAME_CONSTRAINTS.to_owned(),
            critical: true,
            value: crate::tlv::write(0x30, &crate::tlv::write(0xa0 | kind, &subtree)),
        }
    };
    let dns = |name: &str| GeneralName::Dns(name.to_owned());
    let mail = |name: &str| GeneralName::Email(name.to_owned());
    let uri = |name: &str| GeneralName::Uri(name.to_owned());
    let ip = |text: &str| GeneralName::Ip(text.parse().unwrap());
    let network = [192, 0, 2, 0, 255, 255, 255, 0];
    let (permitted, excluded) = (0, 1);
    let rows = [
        (base(permitted, 0x82, b"example.com"), dns("example.com"), true),
        (base(permitted, 0x82, b"example.com"), dns("a.b.EXAMPLE.com"), true),
        (base(permitted, 0x82, b"example.com"), dns("badexample.com"), false),
        (base(permitted, 0x82, b"example.com"), ip("192.0.2.1"), true),
        (base(permitted, 0x82, b""), dns("example.net"), true),
        (base(excluded, 0x82, b"example.com"), dns("mail.example.com"), false),
        (base(excluded, 0x82, b"mail.example.com"), dns("*.example.com"), false),
        (base(excluded, 0x82, b"example.com"), dns("example.net"), true),
        (base(excluded, 0x82, b""), dns("example.net"), false),
        (base(permitted, 0x87, &network), ip("192.0.2.200"), true),
        (base(permitted, 0x87, &network), ip("192.0.3.1"), false),
        (base(excluded, 0x87, &network), ip("192.0.2.1"), false),
        (base(permitted, 0x81, b"example.com"), mail("me@example.com"), true),
        (base(permitted, 0x81, b"example.com"), mail("me@a.example.com"), false),
        (base(permitted, 0x81, b".example.com"), mail("me@a.example.com"), true),
        (base(permitted, 0x81, b"me@example.com"), mail("you@example.com"), false),
        (base(permitted, 0x86, b".example.com"), uri("https://a.example.com:443/x"), true),
        (base(permitted, 0x86, b"example.com"), uri("https://a.example.com/x"), false),
        (base(permitted, 0x86, b"example.com"), uri("urn:isbn:1"), false),
        (base(permitted, 0xa4, trio.server.name.as_der()), dns("x.example"), true),
        (base(permitted, 0xa4, trio.root.name.as_der()), dns("x.example"), false),
        (base(excluded, 0xa4, trio.server.name.as_der()), dns("x.example"), false),
    ];
    for (constraint, name, allowed) in rows {
        let mut extensions = ca(None);
        extensions.push(constraint.clone());
        let middle = trio.root.sign(&trio.root.plan(&trio.middle, extensions));
        let alternative = Extension::subject_alt_name(std::slice::from_ref(&name), false);
        let leaf = trio.middle.sign(&trio.middle.plan(&trio.server, vec![alternative]));
        let judgement = judged(&leaf, &[middle], &[], std::slice::from_ref(root));
        let refused = judgement
            .problems
            .iter()
            .any(|problem| matches!(problem, PathProblem::NameConstraint { at: 0, by: 1, .. }));
        assert_eq!(judgement.is_trusted(), allowed, "{constraint:?} {name} {:?}", judgement.problems);
        assert_eq!(refused, !allowed, "{constraint:?} {name}");
    }
    let broken = [
        base(permitted, 0x87, &[192, 0, 2, 0, 255, 0, 255, 0]),
        Extension { value: vec![0x30, 0], ..base(0, 0x82, b"") },
    ];
    for constraint in broken {
        let mut extensions = ca(None);
        extensions.push(constraint);
        let middle = trio.root.sign(&trio.root.plan(&trio.middle, extensions));
        let judgement = judged(&trio.certificates[0], &[middle], &[], std::slice::from_ref(root));
        let oid = oids::NAME_CONSTRAINTS.to_owned();
        assert_eq!(judgement.problems, [PathProblem::UndecodableExtension { at: 1, oid }]);
    }
}

#[test]
fn a_signature_that_cannot_be_verified_is_not_called_wrong() {
    let trio = trio();
    let [leaf, middle, root] = &trio.certificates;
    let mut der = leaf.der().to_vec();
    // Ed25519 becomes Ed448, inside and outside the signed part.
    let places: Vec<usize> =
        (0..der.len() - 3).filter(|at| der[*at..].starts_with(&[0x30, 5, 6, 3, 0x2b, 0x65, 0x70])).collect();
    for at in [places[0], places[2]] {
        der[at + 6] = 0x71;
    }
    let leaf = Certificate::parse(&der).unwrap();
    let judgement = judged(&leaf, std::slice::from_ref(middle), &[], std::slice::from_ref(root));
    let oid = "1.3.101.113".to_owned();
    assert_eq!(judgement.problems, [PathProblem::UnsupportedSignature { at: 0, oid }]);
    assert!(judgement.anchored && !judgement.is_trusted());
}
