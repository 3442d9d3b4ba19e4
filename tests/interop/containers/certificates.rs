//! Our files of certificates without a key: PEM and DER, PKCS#7 in both codings, one file each.

use crate::material::{Chain, Kind, agrees, says};
use certwright_pki::export::{ChainOrder, Format, LineEnding};
use certwright_pki::{KeyKind, armor};

fn chain() -> Chain {
    Chain::new(Kind::Own(KeyKind::P256)).unwrap()
}

/// Where the names of a chain stand in what a program says about a file, leaf first.
fn leaf_first(said: &str) -> bool {
    let places: Vec<Option<usize>> = ["CN = www.example.test", "CN = Interop Authority", "CN = Interop Root"]
        .iter()
        .map(|name| said.find(&format!("subject={name}")))
        .collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

#[test]
fn openssl_lists_pkcs7_files_leaf_first() {
    let made = chain();
    let certificates = made.certificates();
    for (format, coding) in [(Format::Pkcs7, "DER"), (Format::Pkcs7Pem, "PEM")] {
        for line_ending in [LineEnding::Lf, LineEnding::CrLf] {
            made.write(&certificates, |plan| (plan.format, plan.line_ending) = (format, line_ending));
            let arguments = ["pkcs7", "-inform", coding, "-in", "out.p7b", "-print_certs", "-noout"];
            if let Some(said) = says("openssl", made.folder(), &arguments) {
                assert!(leaf_first(&said), "{format:?}: {said}");
            }
            let mut arguments = vec!["--p7-info", "--infile", "out.p7b"];
            arguments.extend((coding == "DER").then_some("--inder"));
            if let Some(said) = says("certtool", made.folder(), &arguments) {
                assert!(said.contains("Number of certificates: 3"), "{said}");
            }
            if let Some(said) = says("keytool", made.folder(), &["-printcert", "-file", "out.p7b"]) {
                assert!(said.contains("Certificate[3]:"), "{said}");
            }
        }
    }
}

#[test]
fn a_chain_in_pem_is_read_in_its_order() {
    let made = chain();
    let certificates = made.certificates();
    for line_ending in [LineEnding::Lf, LineEnding::CrLf] {
        let files = made.write(&certificates, |plan| plan.line_ending = line_ending);
        let ends = files[0].bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        let lines = files[0].bytes.iter().filter(|octet| **octet == b'\n').count();
        assert_eq!(ends, if line_ending == LineEnding::CrLf { lines } else { 0 });
        let arguments = ["crl2pkcs7", "-nocrl", "-certfile", "out.pem", "-out", "all.p7b"];
        if agrees("openssl", made.folder(), &arguments).is_some() {
            let arguments = ["pkcs7", "-in", "all.p7b", "-print_certs", "-noout"];
            let said = says("openssl", made.folder(), &arguments).unwrap();
            assert!(leaf_first(&said), "{said}");
        }
        if let Some(said) = says("certtool", made.folder(), &["--verify-chain", "--infile", "out.pem"]) {
            assert!(said.contains("Chain verification output: Verified"), "{said}");
        }
        if let Some(said) = says("keytool", made.folder(), &["-printcert", "-file", "out.pem"]) {
            assert!(said.contains("Certificate[3]:"), "{said}");
        }
    }
}

#[test]
fn without_the_root_the_chain_still_verifies() {
    let made = chain();
    made.scratch.write("root.pem", armor::encode("CERTIFICATE", made.root.der()).as_bytes());
    let certificates = made.certificates();
    let files = made.write(&certificates, |plan| plan.chain = ChainOrder::WithoutRoot);
    assert_eq!(files[0].contents.len(), 2);
    let arguments = ["verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "out.pem", "out.pem"];
    agrees("openssl", made.folder(), &arguments);
}

#[test]
fn numbered_files_are_in_the_order_of_upload() {
    let made = chain();
    let certificates = made.certificates();
    for (format, coding) in [(Format::Pem, "PEM"), (Format::Der, "DER")] {
        let files = made.write(&certificates, |plan| {
            (plan.format, plan.chain) = (format, ChainOrder::Numbered);
        });
        assert_eq!(files.len(), 3);
        for (file, expect) in files.iter().zip([&made.root, &made.middle, &made.leaf]) {
            let arguments = ["x509", "-in", &file.name, "-inform", coding, "-outform", "DER"];
            if let Some(der) = agrees("openssl", made.folder(), &arguments) {
                assert_eq!(der, expect.der(), "{}", file.name);
            }
            if let Some(said) = says("keytool", made.folder(), &["-printcert", "-file", &file.name]) {
                assert!(said.contains(&format!("CN={}", expect.subject().label())), "{said}");
            }
        }
    }
}
