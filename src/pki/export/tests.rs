//! Tests of order, names and refusals; the forms themselves are read by other programs in `tests/interop`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::certificate::Validity;
use crate::extension::{Extension, oids};
use crate::issue::CertificatePlan;
use crate::name::AttributeKind;
use crate::{DistinguishedName, Engine, KeyKind, SerialNumber, SignatureAlgorithm, SoftwareEngine};
use pollster::block_on;

#[test]
fn names_are_those_that_every_file_system_takes() {
    for (given, expect) in [
        ("mail.example.com", "mail.example.com.pem"),
        ("*.example.com", "_.example.com.pem"),
        ("a/b\\c:d", "a-b-c-d.pem"),
        ("..", "export.pem"),
        ("", "export.pem"),
        ("Grüße", "Grüße.pem"),
    ] {
        let plan = ExportPlan::new(given, &[], Format::Pem);
        assert_eq!(receipt::file_name(&plan, ".pem"), expect);
    }
}

#[test]
fn every_choice_has_its_own_name() {
    for format in Format::ALL {
        assert_eq!(Format::from_id(format.id()).map(Format::id), Some(format.id()));
    }
    for destination in Destination::ALL {
        assert_eq!(Destination::from_id(destination.id()), Some(destination));
    }
    for (form, order) in KeyForm::ALL.into_iter().zip(ChainOrder::ALL) {
        assert_eq!(KeyForm::from_id(form.id()), Some(form));
        assert_eq!(ChainOrder::from_id(order.id()), Some(order));
    }
}

/// A root, an authority below it and a leaf with its key, all of one kind.
struct Chain {
    key: PrivateKey,
    root: Certificate,
    middle: Certificate,
    leaf: Certificate,
}

fn random(out: &mut [u8]) {
    getrandom::fill(out).unwrap();
}

fn chain(kind: KeyKind) -> Chain {
    let engine = SoftwareEngine::new(random);
    let make = |name: &str, issuer: Option<(&Certificate, &PrivateKey)>, ca: bool| {
        let key = block_on(engine.generate(kind)).unwrap();
        let subject = DistinguishedName::build(&[(AttributeKind::CommonName, name)]).unwrap();
        let validity = Validity { not_before: UnixTime(0), not_after: UnixTime(4_000_000_000) };
        let signer = issuer.map_or(&key, |(_, key)| key);
        let algorithm = SignatureAlgorithm::default_for(signer.public());
        let serial = SerialNumber::random(random);
        let mut plan =
            CertificatePlan::root(subject, key.public().clone(), algorithm, serial, validity, None);
        if let Some((issuer, _)) = issuer {
            plan.issuer = issuer.subject().clone();
            let own = |extension: &Extension| {
                extension.oid != oids::AUTHORITY_KEY_IDENTIFIER
                    && (ca || extension.oid != oids::BASIC_CONSTRAINTS)
            };
            plan.extensions.retain(own);
        }
        let der = block_on(plan.prepare().unwrap().sign(&engine, signer)).unwrap();
        (key, Certificate::parse(&der).unwrap())
    };
    let (root_key, root) = make("Test Root", None, true);
    let (middle_key, middle) = make("Test Authority", Some((&root, &root_key)), true);
    let (key, leaf) = make("*.example.test", Some((&middle, &middle_key)), false);
    Chain { key, root, middle, leaf }
}

fn names(files: &[Written]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

#[test]
fn the_chain_is_put_in_the_order_asked_for() {
    let made = chain(KeyKind::P256);
    let given = [&made.root, &made.leaf, &made.middle, &made.leaf].map(Object::Certificate);
    for (order, expect) in [
        (ChainOrder::AsGiven, vec!["Test Root", "*.example.test", "Test Authority"]),
        (ChainOrder::LeafFirst, vec!["*.example.test", "Test Authority", "Test Root"]),
        (ChainOrder::WithoutRoot, vec!["*.example.test", "Test Authority"]),
    ] {
        let plan = ExportPlan { chain: order, ..ExportPlan::new("x", &given, Format::Pem) };
        let files = write(&plan, &random).unwrap();
        let expect: Vec<String> = expect.iter().map(|name| format!("Certificate: {name}")).collect();
        assert_eq!(files[0].contents, expect);
    }
    let plan = ExportPlan { chain: ChainOrder::Numbered, ..ExportPlan::new("x", &given, Format::Pem) };
    let files = write(&plan, &random).unwrap();
    assert_eq!(names(&files), ["x-1-Test-Root.pem", "x-2-Test-Authority.pem", "x-3-_.example.test.pem"]);
    let alone = [Object::Certificate(&made.root)];
    let plan = ExportPlan { chain: ChainOrder::WithoutRoot, ..ExportPlan::new("x", &alone, Format::Pem) };
    assert_eq!(write(&plan, &random).unwrap()[0].contents, ["Certificate: Test Root"]);
}

#[test]
fn every_form_that_is_offered_can_be_written_and_says_what_it_holds() {
    for kind in [KeyKind::P256, KeyKind::Ed25519, KeyKind::Rsa2048] {
        let made = chain(kind);
        let key = Object::PrivateKey(&made.key);
        let chain = [&made.root, &made.middle, &made.leaf].map(Object::Certificate);
        let whole = [&[key][..], &chain].concat();
        for objects in [&whole[..], &chain, &[key]] {
            for format in formats(objects) {
                for key_form in KeyForm::ALL.into_iter().filter(|form| form.fits(&made.key)) {
                    let plan = ExportPlan {
                        key_form,
                        password: "pass word",
                        at: UnixTime(1_800_000_000),
                        line_ending: LineEnding::CrLf,
                        ..ExportPlan::new("site", objects, format)
                    };
                    let files = write(&plan, &random)
                        .unwrap_or_else(|error| panic!("{kind} {format:?} {key_form:?}: {error}"));
                    let count: usize = files.iter().map(|file| file.contents.len()).sum();
                    let secret = objects.iter().any(|object| object.kind() == Kind::PrivateKey);
                    // In a JSON Web Key a certificate stands beside its key.
                    let keys = usize::from(format == Format::Jwk && !secret);
                    assert_eq!(count, objects.len() + keys, "{format:?} {files:?}");
                    assert_eq!(files.iter().any(|file| file.secret), secret, "{format:?}");
                }
            }
        }
    }
}

#[test]
fn what_a_form_cannot_hold_is_refused_and_not_left_out() {
    let made = chain(KeyKind::Ed25519);
    let both = [Object::PrivateKey(&made.key), Object::Certificate(&made.leaf)];
    let attempt = |plan: ExportPlan<'_>| write(&plan, &random).map(|files| files.len()).map_err(|e| e.kind);
    let refused = |kind, format: Format| Err(ErrorKind::NotExportable { kind, format: format.id() });
    for format in [Format::Pkcs7, Format::Pkcs7Pem] {
        assert_eq!(attempt(ExportPlan::new("x", &both, format)), refused(Kind::PrivateKey, format));
    }
    let list = [Object::Other { kind: Kind::Crl, label: "", bytes: &[0x30, 0] }];
    for format in [Format::Pkcs12(Destination::Current), Format::Jks, Format::Jwk] {
        let plan = ExportPlan { password: "x", ..ExportPlan::new("x", &list, format) };
        assert_eq!(attempt(plan), refused(Kind::Crl, format));
    }
    let plan = ExportPlan { key_form: KeyForm::Traditional, ..ExportPlan::new("x", &both, Format::Pem) };
    assert_eq!(attempt(plan), refused(Kind::PrivateKey, Format::Pem));
    assert_eq!(attempt(ExportPlan::new("x", &[], Format::Pem)), refused(Kind::Unknown, Format::Pem));
}

#[test]
fn passwords_that_a_reader_would_refuse_are_refused() {
    let made = chain(KeyKind::P256);
    let both = [Object::PrivateKey(&made.key), Object::Certificate(&made.leaf)];
    let attempt = |password, format, key_form| {
        let plan = ExportPlan { password, key_form, ..ExportPlan::new("x", &both, format) };
        write(&plan, &random).map(|files| files.len()).map_err(|error| error.kind)
    };
    for format in Format::ALL.into_iter().filter(|format| format.needs_password()) {
        assert_eq!(attempt("", format, KeyForm::Pkcs8), Err(ErrorKind::EmptyPassword), "{format:?}");
    }
    assert_eq!(attempt("", Format::Pem, KeyForm::EncryptedPkcs8), Err(ErrorKind::EmptyPassword));
    let java = Format::Pkcs12(Destination::Java8);
    assert_eq!(attempt("grüße", java, KeyForm::Pkcs8), Err(ErrorKind::PasswordNotAscii));
    assert_eq!(attempt("grüße", Format::Pkcs12(Destination::Current), KeyForm::Pkcs8), Ok(1));
}
