//! PKCS#12 between this crate and OpenSSL, Java's keytool, NSS's pk12util and GnuTLS's certtool.

use crate::desk::{Folder, Outcome, openssl_pair, random, run};
use certwright_pki::pkcs12::{self, Pkcs12Plan, Scheme};
use certwright_pki::{ErrorKind, PrivateKey};

const PASSWORD: &str = "exchange 2010";
const P256: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
const RSA: [&str; 2] = ["-newkey", "rsa:2048"];

fn written(folder: &Folder, scheme: Scheme, password: &str, new_key: &[&str]) -> Option<Vec<u8>> {
    let (pkcs8, leaf) = openssl_pair(folder, "mail.example.com", new_key)?;
    let (_, authority) = openssl_pair(folder, "Example CA", &P256)?;
    let key = PrivateKey::from_pkcs8(&pkcs8).unwrap();
    let plan = Pkcs12Plan {
        friendly_name: "Mail für alle",
        key: &key,
        certificates: &[&leaf, &authority],
        password,
        iterations: 2_000,
        scheme,
    };
    Some(pkcs12::write(&plan, &random).unwrap())
}

fn accepted(outcome: Option<Outcome>, expect: &[&str]) {
    let Some(outcome) = outcome else {
        return;
    };
    assert!(outcome.success, "{}", outcome.text);
    for part in expect {
        assert!(outcome.text.contains(part), "{part} is not in {}", outcome.text);
    }
}

fn check(scheme: Scheme, new_key: &[&str]) {
    let folder = Folder::new();
    let Some(file) = written(&folder, scheme, PASSWORD, new_key) else {
        return;
    };
    folder.write("a.p12", &file);
    let (bag, mac) = match scheme {
        Scheme::Modern => ("PBES2, PBKDF2, AES-256-CBC, Iteration 2000, PRF hmacWithSHA256", "sha256"),
        Scheme::Legacy => ("pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2000", "sha1"),
    };
    let pass = format!("pass:{PASSWORD}");
    let info = ["pkcs12", "-in", "a.p12", "-info", "-nodes", "-passin", &pass];
    accepted(
        run(&folder, "openssl", &info),
        &[
            bag,
            mac,
            "salt length: 8",
            "BEGIN PRIVATE KEY",
            "friendlyName: Mail f",
            "localKeyID",
            "Example CA",
        ],
    );
    accepted(
        run(&folder, "keytool", &["-list", "-v", "-keystore", "a.p12", "-storepass", PASSWORD]),
        &["PrivateKeyEntry", "CN=mail.example.com"],
    );
    accepted(run(&folder, "pk12util", &["-l", "a.p12", "-W", PASSWORD]), &["mail.example.com", "Example CA"]);
    accepted(
        run(&folder, "certtool", &["--p12-info", "--inder", "--infile", "a.p12", "--password", PASSWORD]),
        &["BEGIN CERTIFICATE", "PRIVATE KEY-----", "Elements: 2"],
    );
    let read = pkcs12::read(&file, PASSWORD).unwrap();
    assert_eq!((read.keys.len(), read.certificates.len()), (1, 2));
    assert_eq!(read.keys[0].friendly_name.as_deref(), Some("Mail für alle"));
    assert_eq!(read.keys[0].local_key_id, read.certificates[0].local_key_id);
    assert_eq!(read.certificates[1].friendly_name, None);
    assert_eq!(pkcs12::cost(&file).unwrap(), 6_000);
    assert_eq!(pkcs12::read(&file, "exchange 2011").unwrap_err().kind, ErrorKind::WrongPassword);
}

#[test]
fn a_modern_file_is_read_by_everybody() {
    check(Scheme::Modern, &P256);
}

#[test]
fn a_modern_file_with_an_rsa_key_is_read_by_everybody() {
    check(Scheme::Modern, &RSA);
}

#[test]
fn a_legacy_file_is_read_by_everybody() {
    check(Scheme::Legacy, &RSA);
}

#[test]
fn a_password_beyond_ascii_works_in_openssl_and_back() {
    let folder = Folder::new();
    let password = "Grüße 😀";
    for scheme in [Scheme::Modern, Scheme::Legacy] {
        let Some(file) = written(&folder, scheme, password, &P256) else {
            return;
        };
        folder.write("u.p12", &file);
        let pass = format!("pass:{password}");
        accepted(
            run(&folder, "openssl", &["pkcs12", "-in", "u.p12", "-nodes", "-passin", &pass]),
            &["BEGIN PRIVATE KEY"],
        );
        assert_eq!(pkcs12::read(&file, password).unwrap().keys.len(), 1);
    }
    for options in [
        &["-aes128"][..],
        &["-legacy"],
        &["-certpbe", "PBE-SHA1-2DES", "-keypbe", "PBE-SHA1-RC2-128", "-legacy"],
    ] {
        let pass = format!("pass:{password}");
        let mut arguments = vec!["pkcs12", "-export", "-in", "u.pem", "-out", "o.p12", "-passout", &pass];
        arguments.extend(options);
        let pem =
            run(&folder, "openssl", &["pkcs12", "-in", "u.p12", "-nodes", "-passin", &pass, "-out", "u.pem"]);
        accepted(pem, &[]);
        accepted(run(&folder, "openssl", &arguments), &[]);
        let file = std::fs::read(folder.path("o.p12")).unwrap();
        let read = pkcs12::read(&file, password).unwrap_or_else(|error| panic!("{options:?}: {error}"));
        assert_eq!((read.keys.len(), read.certificates.len()), (1, 2), "{options:?}");
    }
}

#[test]
fn what_cannot_be_imported_elsewhere_is_not_written() {
    let folder = Folder::new();
    let Some((pkcs8, leaf)) = openssl_pair(&folder, "a", &P256) else {
        return;
    };
    let (_, other) = openssl_pair(&folder, "b", &P256).unwrap();
    let key = PrivateKey::from_pkcs8(&pkcs8).unwrap();
    let attempt = |password, leaf: &[u8], iterations| {
        let plan = Pkcs12Plan {
            friendly_name: "",
            key: &key,
            certificates: &[leaf],
            password,
            iterations,
            scheme: Scheme::Modern,
        };
        pkcs12::write(&plan, &random).map_err(|error| error.kind)
    };
    assert_eq!(attempt("", &leaf, 1), Err(ErrorKind::EmptyPassword));
    assert_eq!(attempt("x", &other, 1), Err(ErrorKind::KeyMismatch));
    assert!(matches!(attempt("x", &leaf, u32::MAX), Err(ErrorKind::TooManyIterations { .. })));
    assert!(attempt("x", &leaf, 1).is_ok());
}
