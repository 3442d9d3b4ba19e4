//! Root, request, leaf and revocation list for every kind of key, and exact bytes kept.
//!
//! Leaves out what other programs say about them (`openssl`).

use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::extension::{KeyUsage, oids};
use certwright_pki::general_name::GeneralName;
use certwright_pki::issue::CertificatePlan;
use certwright_pki::profile::Profile;
use certwright_pki::request::RequestPlan;
use certwright_pki::usage::{self, Use};
use certwright_pki::{
    Certificate, Crl, DistinguishedName, Engine, ErrorKind, KeyKind, PrivateKey, Request, SignatureAlgorithm,
    signature,
};
use pollster::block_on;

use super::{engine, key, name, serial, usual, validity};

/// An authority with its key and certificate.
pub struct Authority {
    pub key: PrivateKey,
    pub certificate: Certificate,
}

pub fn authority(kind: KeyKind) -> Authority {
    let key = key(kind);
    let plan = CertificatePlan::root(
        name(&format!("{kind} Root")),
        key.public().clone(),
        usual(&key),
        serial(),
        validity(),
        Some(1),
    );
    let der = block_on(plan.prepare().unwrap().sign(&engine(), &key)).unwrap();
    Authority { certificate: Certificate::parse(&der).unwrap(), key }
}

impl Authority {
    pub fn issue(&self, request: &Request, names: &[GeneralName]) -> Certificate {
        self.issue_with(&Profile::web_server_and_client(), request, names)
    }

    pub fn issue_with(&self, profile: &Profile, request: &Request, names: &[GeneralName]) -> Certificate {
        let plan = CertificatePlan::from_request(
            &self.certificate,
            request,
            profile,
            names,
            serial(),
            validity(),
            usual(&self.key),
        );
        let prepared = plan.unwrap().prepare().unwrap();
        Certificate::parse(&block_on(prepared.sign(&engine(), &self.key)).unwrap()).unwrap()
    }

    pub fn revocation_list(&self, entries: Vec<RevokedEntry>) -> Crl {
        let plan = CrlPlan {
            issuer: self.certificate.subject().clone(),
            algorithm: usual(&self.key),
            this_update: validity().not_before,
            next_update: validity().not_after,
            number: 300,
            entries,
            authority_key_identifier: self.certificate.subject_key_identifier().unwrap().to_vec(),
        };
        let prepared = plan.prepare().unwrap();
        Crl::parse(&block_on(prepared.sign(&engine(), &self.key)).unwrap()).unwrap()
    }
}

pub fn names() -> Vec<GeneralName> {
    ["cucm.example.com", "*.example.com", "10.1.2.3", "2001:db8::5", "pki@example.com"]
        .into_iter()
        .map(|typed| GeneralName::from_typed(typed).unwrap())
        .collect()
}

pub fn request(key: &PrivateKey, algorithm: SignatureAlgorithm) -> Request {
    let plan = RequestPlan {
        subject: name("cucm.example.com"),
        names: names(),
        public_key: key.public().clone(),
        algorithm,
    };
    Request::parse(&block_on(plan.prepare().unwrap().sign(&engine(), key)).unwrap()).unwrap()
}

/// Flips one bit in each of the places and expects every signature to be refused.
fn refuses_flipped_bits(
    issuer: &certwright_pki::PublicKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    mark: &[u8],
) {
    for at in [0, message.len() / 2, message.len() - 1] {
        let mut changed = message.to_vec();
        changed[at] ^= 1;
        assert!(signature::verify(issuer, algorithm, &changed, mark).is_err());
    }
    for at in [0, mark.len() / 3, mark.len() - 1] {
        let mut changed = mark.to_vec();
        changed[at] ^= 1;
        assert!(signature::verify(issuer, algorithm, message, &changed).is_err());
    }
    assert!(signature::verify(issuer, algorithm, message, &mark[1..]).is_err());
    assert!(signature::verify(issuer, algorithm, message, &[]).is_err());
}

fn makes_everything(kind: KeyKind) {
    let authority = authority(kind);
    let root = &authority.certificate;
    assert_eq!(root.public_key().kind(), Some(kind));
    assert_eq!(root.version(), 3);
    assert!(root.is_ca() && root.is_self_issued() && root.signature_algorithms_agree());
    assert_eq!(root.basic_constraints().unwrap().path_len, Some(1));
    assert_eq!(root.key_usage(), Some(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN));
    assert_eq!(root.subject_key_identifier(), root.authority_key_identifier());
    assert_eq!(root.validity(), validity());

    let leaf_key = key(if kind == KeyKind::Rsa4096 { KeyKind::P256 } else { kind });
    let request = request(&leaf_key, usual(&leaf_key));
    block_on(request.verify(&engine())).unwrap();
    assert_eq!(request.subject_alt_names(), names());
    assert_eq!(request.public_key(), leaf_key.public());

    let leaf = authority.issue(&request, request.subject_alt_names());
    assert_eq!(leaf.issuer().as_der(), root.subject().as_der());
    assert_eq!(leaf.subject().as_der(), request.subject().as_der());
    assert_eq!(leaf.public_key(), request.public_key());
    assert_eq!(leaf.subject_alt_names(), names());
    assert_eq!(leaf.authority_key_identifier(), root.subject_key_identifier());
    assert_eq!(leaf.extended_key_usage().unwrap(), [oids::SERVER_AUTH, oids::CLIENT_AUTH]);
    assert!(!leaf.is_ca() && leaf.undecoded().is_empty());
    let is_rsa = leaf.public_key().label().starts_with("RSA");
    let enciphers = leaf.key_usage().unwrap().contains(KeyUsage::KEY_ENCIPHERMENT);
    assert_eq!(enciphers, is_rsa);

    let crl = authority.revocation_list(Vec::new());
    assert!(crl.entries().is_empty());
    assert_eq!(crl.number().as_deref(), Some("300"));
    assert_eq!(crl.next_update(), Some(validity().not_after));
    assert_eq!(crl.authority_key_identifier(), root.subject_key_identifier());
    block_on(crl.verify(&engine(), root.public_key())).unwrap();

    let algorithm = usual(&authority.key);
    for (message, mark) in
        [(root.tbs(), root.signature()), (leaf.tbs(), leaf.signature()), (crl.tbs(), crl.signature())]
    {
        signature::verify(root.public_key(), &algorithm, message, mark).unwrap();
        refuses_flipped_bits(root.public_key(), &algorithm, message, mark);
    }
    refuses_flipped_bits(
        request.public_key(),
        request.signature_algorithm(),
        request.tbs(),
        request.signature(),
    );
}

#[test]
fn an_rsa_2048_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::Rsa2048);
}

#[test]
fn an_rsa_3072_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::Rsa3072);
}

#[test]
fn an_rsa_4096_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::Rsa4096);
}

#[test]
fn a_p256_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::P256);
}

#[test]
fn a_p384_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::P384);
}

#[test]
fn an_ed25519_authority_issues_and_everything_verifies() {
    makes_everything(KeyKind::Ed25519);
}

/// A name with a repeated unit, a BMPString and two values joined.
fn odd_name() -> DistinguishedName {
    let value = |oid: u8, tag: u8, text: &[u8]| {
        let mut pair = vec![0x30, text.len() as u8 + 7, 6, 3, 0x55, 4, oid, tag, text.len() as u8];
        pair.extend_from_slice(text);
        pair
    };
    let set = |values: &[Vec<u8>]| {
        let content = values.concat();
        [vec![0x31, content.len() as u8], content].concat()
    };
    let content = [
        set(&[value(11, 0x0c, b"a")]),
        set(&[value(11, 0x13, b"a")]),
        set(&[value(3, 0x1e, b"\0B\0M\0P\0\xfc")]),
        set(&[value(10, 0x14, b"T\xe9l"), value(5, 0x13, b"7")]),
    ]
    .concat();
    let der = [vec![0x30, content.len() as u8], content].concat();
    DistinguishedName::from_der(&der).unwrap()
}

#[test]
fn an_odd_subject_keeps_its_exact_bytes_in_the_certificate() {
    let authority = authority(KeyKind::P256);
    let key = key(KeyKind::P384);
    let plan = RequestPlan {
        subject: odd_name(),
        names: Vec::new(),
        public_key: key.public().clone(),
        // Not the algorithm one would guess from the key.
        algorithm: SignatureAlgorithm::EcdsaSha256,
    };
    let der = block_on(plan.prepare().unwrap().sign(&engine(), &key)).unwrap();
    let request = Request::parse(&der).unwrap();
    block_on(request.verify(&engine())).unwrap();
    let leaf = authority.issue(&request, &[GeneralName::Dns("a.b".into())]);
    assert_eq!(leaf.subject().as_der(), odd_name().as_der());
    assert_eq!(leaf.subject().openssl(), "OU = a, OU = a, CN = BMPü, O = Tél + serialNumber = 7");
    assert_eq!(leaf.public_key().as_der(), key.public().as_der());
}

#[test]
fn every_choice_of_algorithm_signs_and_verifies() {
    for kind in [KeyKind::Rsa2048, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519] {
        let key = key(kind);
        let choices = SignatureAlgorithm::choices_for(key.public());
        assert_eq!(choices, SignatureAlgorithm::choices_for_kind(kind));
        assert_eq!(choices[0], usual(&key));
        for algorithm in choices {
            let request = request(&key, algorithm.clone());
            assert_eq!(*request.signature_algorithm(), algorithm);
            block_on(request.verify(&engine())).unwrap();
        }
    }
}

#[test]
fn revoked_entries_are_read_back_with_their_reasons() {
    let authority = authority(KeyKind::P256);
    let at = validity().not_before;
    let entries: Vec<RevokedEntry> = RevocationReason::ALL
        .into_iter()
        .map(|(reason, code, _)| RevokedEntry {
            serial: u64::from(code + 200).into(),
            date: at.plus_days(i64::from(code)),
            reason: Some(reason).filter(|reason| *reason != RevocationReason::Unspecified),
        })
        .collect();
    let crl = authority.revocation_list(entries.clone());
    assert_eq!(crl.entries(), entries);
    assert_eq!(crl.find(&entries[3].serial), Some(&entries[3]));
    assert_eq!(crl.find(&serial()), None);
    assert!(crl.entry_extensions().is_empty() && !crl.is_delta());
}

#[test]
fn plans_that_break_the_standard_are_refused() {
    let authority = authority(KeyKind::Ed25519);
    let good = CertificatePlan::root(
        name("Root"),
        authority.key.public().clone(),
        usual(&authority.key),
        serial(),
        validity(),
        None,
    );
    type Breaking = fn(&mut CertificatePlan);
    let cases: [(Breaking, ErrorKind); 4] = [
        (|plan| plan.serial = 0.into(), ErrorKind::BadSerialNumber),
        (
            |plan| plan.validity.not_after = plan.validity.not_before.plus_seconds(-1),
            ErrorKind::ReversedValidity,
        ),
        (|plan| plan.issuer = DistinguishedName::empty(), ErrorKind::EmptyName),
        (
            |plan| plan.algorithm = SignatureAlgorithm::Other("1.2.3".into()),
            ErrorKind::UnsupportedAlgorithm { oid: "1.2.3".into() },
        ),
    ];
    for (break_it, expected) in cases {
        let mut plan = good.clone();
        break_it(&mut plan);
        assert_eq!(plan.prepare().unwrap_err().kind, expected);
    }
    let request = request(&authority.key, usual(&authority.key));
    let nameless = CertificatePlan::from_request(
        &authority.certificate,
        &request,
        &Profile::web_server(),
        &[],
        serial(),
        validity(),
        usual(&authority.key),
    );
    assert_eq!(nameless.unwrap_err().kind, ErrorKind::EmptyName);
}

#[test]
fn a_certificate_that_never_expires_is_written_with_generalized_time() {
    let key = key(KeyKind::Ed25519);
    let mut validity = validity();
    validity.not_after = certwright_pki::UnixTime::from_civil(9999, 12, 31, 23, 59, 59).unwrap();
    let plan = CertificatePlan::root(name("R"), key.public().clone(), usual(&key), serial(), validity, None);
    let der = block_on(plan.prepare().unwrap().sign(&engine(), &key)).unwrap();
    assert!(der.windows(17).any(|window| window == b"\x18\x0f99991231235959Z"));
    assert_eq!(Certificate::parse(&der).unwrap().validity(), validity);
}

#[test]
fn a_key_signs_only_with_its_own_algorithms() {
    let ed25519 = key(KeyKind::Ed25519);
    let p256 = key(KeyKind::P256);
    for (key, algorithm) in [
        (&ed25519, SignatureAlgorithm::RsaSha256),
        (&ed25519, SignatureAlgorithm::EcdsaSha256),
        (&p256, SignatureAlgorithm::Ed25519),
        (&p256, SignatureAlgorithm::RsaSha512),
    ] {
        let refused = block_on(engine().sign(key, &algorithm, b"x")).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::KeyMismatch);
        let refused = signature::verify(key.public(), &algorithm, b"x", &[0; 64]).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::KeyMismatch);
    }
}

#[test]
fn each_profile_allows_its_own_uses_and_no_others() {
    let authority = authority(KeyKind::P256);
    let key = key(KeyKind::Rsa2048);
    let request = request(&key, usual(&key));
    for (profile, uses) in [
        (Profile::web_server(), &[Use::TlsServer][..]),
        (Profile::web_server_and_client(), &[Use::TlsServer, Use::TlsClient]),
        (Profile::web_client(), &[Use::TlsClient]),
        (Profile::intermediate(), &[Use::CertificateAuthority, Use::CrlSigning]),
    ] {
        let certificate = authority.issue_with(&profile, &request, &names());
        let found = usage::usable_for(&certificate);
        assert_eq!(found, usage::planned_for(certificate.extensions()), "{}", profile.id);
        let allowed: Vec<Use> = found.into_iter().filter(|row| row.1).map(|row| row.0).collect();
        assert_eq!(allowed, uses, "{}", profile.id);
        assert_eq!(Profile::with_id(&profile.id), Some(profile));
    }
}
