//! PKCS#7 between this crate and OpenSSL, and the corpora's files.

use crate::corpora;
use crate::desk::{Folder, openssl_pair, run};
use certwright_pki::pkcs7;

const P256: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];

#[test]
fn a_chain_is_printed_by_openssl_in_our_order() {
    let folder = Folder::new();
    let Some((_, leaf)) = openssl_pair(&folder, "zz-leaf", &P256) else {
        return;
    };
    let (_, root) = openssl_pair(&folder, "aa-root", &P256).unwrap();
    let file = pkcs7::certs_only(&[&leaf, &root], &[]);
    folder.write("a.p7b", &file);
    let arguments = ["pkcs7", "-inform", "DER", "-in", "a.p7b", "-print_certs", "-noout"];
    let printed = run(&folder, "openssl", &arguments).unwrap();
    assert!(printed.success, "{}", printed.text);
    let place = |name| printed.text.find(name).unwrap();
    assert!(place("zz-leaf") < place("aa-root"));
    assert_eq!(pkcs7::read(&file).unwrap().certificates, [leaf.clone(), root]);
}

#[test]
fn a_streamed_signature_in_ber_gives_its_certificates_and_content() {
    let folder = Folder::new();
    let Some((_, leaf)) = openssl_pair(&folder, "signer", &P256) else {
        return;
    };
    std::fs::write(folder.path("signer.der"), &leaf).unwrap();
    let pem = ["x509", "-inform", "DER", "-in", "signer.der", "-out", "signer.pem"];
    assert!(run(&folder, "openssl", &pem).unwrap().success);
    folder.write("text", b"hello");
    let sign = [
        "cms",
        "-sign",
        "-stream",
        "-indef",
        "-binary",
        "-nodetach",
        "-in",
        "text",
        "-signer",
        "signer.pem",
        "-inkey",
        "signer.key",
        "-outform",
        "DER",
        "-out",
        "s.p7m",
    ];
    let made = run(&folder, "openssl", &sign).unwrap();
    assert!(made.success, "{}", made.text);
    let file = std::fs::read(folder.path("s.p7m")).unwrap();
    assert_eq!(file[..2], [0x30, 0x80]);
    let read = pkcs7::read(&file).unwrap();
    assert_eq!(read.certificates, [leaf]);
    assert_eq!((read.content.as_deref(), read.signers), (Some(b"hello".as_slice()), 1));
}

#[test]
fn files_of_the_corpora_give_the_certificates_that_others_found() {
    let Some((folder, rows)) = corpora::index("pkcs7") else {
        return;
    };
    let mut checked = 0;
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        let (Some(expect), Some("der")) = (row["ref"]["pyca_certs"].as_u64(), row["encoding"].as_str())
        else {
            continue;
        };
        let input = std::fs::read(folder.join(name)).unwrap();
        let read = pkcs7::read(&input).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read.certificates.len() as u64, expect, "{name}");
        checked += 1;
    }
    assert!(checked >= 21, "{checked} files");
}
