//! PKCS#7 files that hold a revocation list beside the certificates, before OpenSSL, GnuTLS and Java, and theirs before us.

use crate::java::JUDGE;
use crate::material::{Chain, Kind, agrees, certificates, now, opened, random, says};
use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::export::{Format, Object};
use certwright_pki::{
    Crl, Engine, KeyKind, Kind as Object_, SerialNumber, SignatureAlgorithm, SoftwareEngine, armor, input,
};
use pollster::block_on;

/// A revocation list in the name of the chain's middle, with one entry.
fn list(made: &Chain) -> Vec<u8> {
    let engine = SoftwareEngine::new(random);
    let key = block_on(engine.generate(KeyKind::P256)).unwrap();
    let plan = CrlPlan {
        issuer: made.middle.subject().clone(),
        algorithm: SignatureAlgorithm::default_for(key.public()),
        this_update: now(),
        next_update: now().plus_days(7),
        number: 1,
        entries: vec![RevokedEntry {
            serial: SerialNumber::from_octets(&[7]),
            date: now(),
            reason: Some(RevocationReason::KeyCompromise),
        }],
        authority_key_identifier: vec![1; 20],
    };
    block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap()
}

/// Whether a file holds exactly the leaf, the middle and the list, each octet by octet.
fn holds(bytes: &[u8], made: &Chain, list: &[u8], what: &str) {
    let reading = opened(bytes, "");
    assert_eq!(reading.problems, [], "{what}");
    let ders: Vec<&[u8]> = certificates(&reading).iter().map(|one| one.der()).collect();
    assert!(
        ders.len() == 2 && [&made.leaf, &made.middle].iter().all(|one| ders.contains(&one.der())),
        "{what}"
    );
    let lists = reading.found.iter().filter(|found| found.item.kind() == Object_::Crl);
    assert_eq!(lists.map(|found| found.item.bytes()).collect::<Vec<_>>(), [list], "{what}");
}

#[test]
fn a_revocation_list_in_pkcs7_is_read_by_everybody() {
    let made = Chain::new(Kind::Own(KeyKind::P256)).unwrap();
    let list = list(&made);
    assert_eq!(Crl::parse(&list).unwrap().entries().len(), 1);
    let objects = [
        Object::Certificate(&made.middle),
        Object::Other { kind: Object_::Crl, label: "", bytes: &list },
        Object::Certificate(&made.leaf),
    ];
    made.scratch.write("Judge.java", JUDGE.as_bytes());
    for (format, coding) in [(Format::Pkcs7, "DER"), (Format::Pkcs7Pem, "PEM")] {
        let files = made.write(&objects, |plan| plan.format = format);
        holds(&files[0].bytes, &made, &list, coding);
        let arguments = ["pkcs7", "-inform", coding, "-in", "out.p7b", "-print_certs"];
        if let Some(text) = agrees("openssl", made.folder(), &arguments) {
            holds(&text, &made, &list, "openssl");
        }
        let mut arguments = vec!["--p7-info", "--infile", "out.p7b"];
        arguments.extend((coding == "DER").then_some("--inder"));
        if let Some(said) = says("certtool", made.folder(), &arguments) {
            assert!(
                said.contains("Number of certificates: 2") && said.contains("Number of CRLs: 1"),
                "{said}"
            );
        }
        if let Some(said) = says("java", made.folder(), &["Judge.java", "bundle", "out.p7b"]) {
            let expect = ["certificate CN=www.example.test", "certificate CN=Interop Authority"];
            assert!(expect.iter().all(|line| said.contains(line)), "{said}");
            assert!(said.contains("list CN=Interop Authority 1"), "{said}");
            // What Java writes of the certificates alone.
            let reading = input::read(&made.scratch.read("java.p7b"));
            assert_eq!(certificates(&reading).len(), 2, "{reading:?}");
        }
    }
}

#[test]
fn a_revocation_list_in_pkcs7_of_openssl_is_read() {
    let made = Chain::new(Kind::Own(KeyKind::P256)).unwrap();
    let list = list(&made);
    made.scratch.write("list.pem", armor::encode("X509 CRL", &list).as_bytes());
    for (name, certificate) in [("leaf.pem", &made.leaf), ("middle.pem", &made.middle)] {
        made.scratch.write(name, armor::encode("CERTIFICATE", certificate.der()).as_bytes());
    }
    for coding in ["DER", "PEM"] {
        let files = ["-in", "list.pem", "-certfile", "leaf.pem", "-certfile", "middle.pem"];
        let arguments = [&["crl2pkcs7", "-outform", coding][..], &files].concat();
        let Some(bytes) = agrees("openssl", made.folder(), &arguments) else { return };
        holds(&bytes, &made, &list, coding);
    }
}
