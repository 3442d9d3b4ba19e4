//! Encrypted private keys between this crate and OpenSSL.

use crate::desk::{Folder, openssl_pair, random, run};
use certwright_pki::input::{self, Item};
use certwright_pki::{ErrorKind, Kind, PrivateKey, encrypted_key};

const P256: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];

#[test]
fn keys_go_to_openssl_and_come_back_in_every_scheme() {
    let folder = Folder::new();
    let Some((pkcs8, _)) = openssl_pair(&folder, "k", &P256) else {
        return;
    };
    let key = PrivateKey::from_pkcs8(&pkcs8).unwrap();
    let sealed = encrypted_key::seal(&key, "päss", 2_000, &random).unwrap();
    folder.write("ours.der", &sealed);
    let arguments = ["pkey", "-inform", "DER", "-in", "ours.der", "-passin", "pass:päss", "-noout", "-check"];
    let outcome = run(&folder, "openssl", &arguments).unwrap();
    assert!(outcome.success, "{}", outcome.text);
    assert_eq!(encrypted_key::cost(&sealed).unwrap(), 2_000);
    assert_eq!(encrypted_key::open(&sealed, "päss").unwrap().pkcs8(), key.pkcs8());
    assert_eq!(encrypted_key::open(&sealed, "pass").unwrap_err().kind, ErrorKind::WrongPassword);
    assert_eq!(encrypted_key::seal(&key, "", 1, &random).unwrap_err().kind, ErrorKind::EmptyPassword);
    let schemes: [&[&str]; 6] = [
        &["-v2", "aes-128-cbc"],
        &["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA512"],
        &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA1"],
        &["-v2", "des3", "-v2prf", "hmacWithSHA224"],
        &["-v1", "PBE-SHA1-3DES"],
        &["-v2", "aes-256-cbc", "-iter", "1"],
    ];
    for scheme in schemes {
        let mut arguments =
            vec!["pkcs8", "-topk8", "-in", "k.key", "-out", "theirs.pem", "-passout", "pass:x y"];
        arguments.extend(scheme);
        let outcome = run(&folder, "openssl", &arguments).unwrap();
        assert!(outcome.success, "{scheme:?}: {}", outcome.text);
        let text = std::fs::read(folder.path("theirs.pem")).unwrap();
        let reading = input::read(&text);
        let [found] = reading.found.as_slice() else {
            panic!("{scheme:?}: {reading:?}");
        };
        let Item::Locked { kind: Kind::EncryptedPrivateKey, bytes: der } = &found.item else {
            panic!("{scheme:?}: {found:?}");
        };
        let opened = encrypted_key::open(der, "x y").unwrap_or_else(|error| panic!("{scheme:?}: {error}"));
        assert_eq!(opened.public().as_der(), key.public().as_der(), "{scheme:?}");
    }
}
