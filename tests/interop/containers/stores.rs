//! Our containers before everybody who opens them: PKCS#12 for each destination and JKS, with every kind of key.

use crate::material::{Chain, KINDS, Kind, PASSWORD, agrees, ask, certificates, opened, public_halves, says};
use certwright_interop::Program;
use certwright_pki::KeyKind;
use certwright_pki::export::{Destination, Format, Object};
use certwright_pki::pkcs12::Scheme;

/// The name of the file for a destination.
fn file(destination: Destination) -> &'static str {
    if destination == Destination::WindowsServer2016 { "out.pfx" } else { "out.p12" }
}

/// One destination of each suite; the others differ in nothing but their name and why.
const SUITES: [Destination; 2] = [Destination::Current, Destination::Java8];

fn openssl_opens(made: &Chain, file: &str, scheme: Scheme) {
    let pass = format!("pass:{PASSWORD}");
    let legacy: &[&str] = if scheme == Scheme::Legacy { &["-legacy"] } else { &[] };
    let common = ["pkcs12", "-in", file, "-passin", &pass, "-nodes"];
    let Some(info) = ask("openssl", made.folder(), &[&common[..], legacy, &["-info"]].concat()) else {
        return;
    };
    let (kdf, mac) = match scheme {
        Scheme::Modern => ("PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256", "MAC: sha256"),
        Scheme::Legacy => ("pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2048", "MAC: sha1"),
    };
    for part in [kdf, mac, "salt length: 8"] {
        assert!(info.complaints.contains(part), "{part}: {}", info.complaints);
    }
    let text = info.accepted();
    let reading = opened(&text, "");
    assert_eq!(public_halves(&reading), [made.key.public().clone()]);
    let ders: Vec<&[u8]> = certificates(&reading).iter().map(|one| one.der()).collect();
    assert_eq!(ders, made.ders());
    assert!(String::from_utf8_lossy(&text).contains("friendlyName: www.example.test"));
}

#[test]
fn every_program_opens_pkcs12_files_with_every_kind_of_key() {
    for kind in KINDS {
        let Some(made) = Chain::new(kind) else { return };
        for destination in SUITES {
            made.write(&made.all(), |plan| plan.format = Format::Pkcs12(destination));
            let (folder, name) = (made.folder(), file(destination));
            openssl_opens(&made, name, destination.suite().scheme);
            let arguments = ["--p12-info", "--inder", "--infile", name, "--password", PASSWORD];
            if let Some(said) = says("certtool", folder, &arguments) {
                assert_eq!(said.matches("BEGIN CERTIFICATE").count(), 3, "{said}");
                assert_eq!(said.matches("PRIVATE KEY-----").count(), 2, "{said}");
            }
            let list = ["-list", "-v", "-keystore", name, "-storepass", PASSWORD];
            if let Some(said) = says("keytool", folder, &list) {
                assert!(said.contains("PrivateKeyEntry") && said.contains("chain length: 3"), "{said}");
                assert!(said.contains("www.example.test"), "{said}");
            }
            if let Some(said) = says("pk12util", folder, &["-l", name, "-W", PASSWORD]) {
                assert!(said.contains("www.example.test") && said.contains("Interop Root"), "{said}");
            }
            nss_imports(&made, kind, name, destination.id());
        }
    }
}

/// NSS takes the key into a data base of its own.
fn nss_imports(made: &Chain, kind: Kind, name: &str, base: &str) {
    let Some(certutil) = Program::find("certutil") else { return };
    let Some(pk12util) = Program::find("pk12util") else { return };
    let folder = made.folder().join(format!("nss-{base}"));
    std::fs::create_dir(&folder).unwrap();
    let path = made.folder().join(name);
    certutil.run(&folder, &["-N", "-d", ".", "--empty-password"], b"").accepted();
    let arguments = ["-i", path.to_str().unwrap(), "-d", ".", "-W", PASSWORD, "-K", ""];
    let verdict = pk12util.run(&folder, &arguments, b"");
    if kind == Kind::Own(KeyKind::Ed25519) {
        // NSS knows no Ed25519 keys; should a later one do so, this says so.
        verdict.refused();
        return;
    }
    verdict.accepted();
    let keys = certutil.run(&folder, &["-K", "-d", "."], b"").accepted();
    assert!(String::from_utf8_lossy(&keys).contains("www.example.test"), "{kind:?}");
}

#[test]
fn each_destination_has_its_suite() {
    let made = Chain::new(Kind::Own(KeyKind::Rsa2048)).unwrap();
    for destination in Destination::ALL {
        made.write(&made.all(), |plan| plan.format = Format::Pkcs12(destination));
        openssl_opens(&made, file(destination), destination.suite().scheme);
    }
}

#[test]
fn certificates_alone_make_a_trust_store() {
    let made = Chain::new(Kind::Own(KeyKind::P256)).unwrap();
    let trusted = [Object::Certificate(&made.root), Object::Certificate(&made.middle)];
    let folder = made.folder();
    for destination in SUITES {
        made.write(&trusted, |plan| plan.format = Format::Pkcs12(destination));
        let list = ["-list", "-keystore", "out.p12", "-storepass", PASSWORD];
        if let Some(said) = says("keytool", folder, &list) {
            assert_eq!(said.matches("trustedCertEntry").count(), 2, "{said}");
            assert!(said.contains("interop root"), "{said}");
        }
        let legacy: &[&str] = if destination == Destination::Java8 { &["-legacy"] } else { &[] };
        let pass = format!("pass:{PASSWORD}");
        let arguments = ["pkcs12", "-in", "out.p12", "-passin", &pass, "-nokeys"];
        if let Some(text) = agrees("openssl", folder, &[&arguments[..], legacy].concat()) {
            assert_eq!(certificates(&opened(&text, "")).len(), 2);
        }
        says("certtool", folder, &["--p12-info", "--inder", "--infile", "out.p12", "--password", PASSWORD]);
        if let Some(said) = says("pk12util", folder, &["-l", "out.p12", "-W", PASSWORD]) {
            assert!(said.contains("Interop Root"), "{said}");
        }
    }
    made.write(&trusted, |plan| plan.format = Format::Jks);
    let list = ["-list", "-keystore", "out.jks", "-storetype", "JKS", "-storepass", PASSWORD];
    if let Some(said) = says("keytool", folder, &list) {
        assert_eq!(said.matches("trustedCertEntry").count(), 2, "{said}");
    }
}

#[test]
fn java_opens_jks_with_every_kind_of_key_and_hands_it_on() {
    for kind in KINDS {
        let Some(made) = Chain::new(kind) else { return };
        made.write(&made.all(), |plan| plan.format = Format::Jks);
        let folder = made.folder();
        let source = ["-keystore", "out.jks", "-storetype", "JKS", "-storepass", PASSWORD];
        let Some(said) = says("keytool", folder, &[&["-list", "-v"][..], &source].concat()) else { return };
        assert!(said.contains("PrivateKeyEntry") && said.contains("chain length: 3"), "{kind:?}: {said}");
        let convert = [
            "-importkeystore",
            "-noprompt",
            "-srckeystore",
            "out.jks",
            "-srcstoretype",
            "JKS",
            "-srcstorepass",
            PASSWORD,
            "-destkeystore",
            "java.p12",
            "-deststoretype",
            "PKCS12",
            "-deststorepass",
            PASSWORD,
        ];
        agrees("keytool", folder, &convert);
        let reading = opened(&made.scratch.read("java.p12"), PASSWORD);
        assert_eq!(public_halves(&reading), [made.key.public().clone()], "{kind:?}");
        let ders: Vec<&[u8]> = certificates(&reading).iter().map(|one| one.der()).collect();
        assert_eq!(ders, made.ders(), "{kind:?}");
    }
}

#[test]
fn two_keys_in_one_container_keep_their_certificates() {
    let (one, other) = (Kind::Own(KeyKind::P256), Kind::Own(KeyKind::Rsa2048));
    let (one, other) = (Chain::new(one).unwrap(), Chain::new(other).unwrap());
    let both = [&one.all()[..], &other.all()].concat();
    for (format, name, kind) in
        [(Format::Pkcs12(Destination::Current), "out.p12", "PKCS12"), (Format::Jks, "out.jks", "JKS")]
    {
        one.write(&both, |plan| plan.format = format);
        let list = ["-list", "-v", "-keystore", name, "-storetype", kind, "-storepass", PASSWORD];
        if let Some(said) = says("keytool", one.folder(), &list) {
            assert_eq!(said.matches("chain length: 3").count(), 2, "{said}");
        }
    }
    let pass = format!("pass:{PASSWORD}");
    let arguments = ["pkcs12", "-in", "out.p12", "-passin", &pass, "-nodes"];
    if let Some(text) = agrees("openssl", one.folder(), &arguments) {
        let halves = public_halves(&opened(&text, ""));
        assert_eq!(halves, [one.key.public().clone(), other.key.public().clone()]);
    }
}

#[test]
fn a_wrong_password_is_refused_by_everybody() {
    let made = Chain::new(Kind::Own(KeyKind::P256)).unwrap();
    made.write(&made.all(), |plan| plan.format = Format::Pkcs12(Destination::Current));
    made.write(&made.all(), |plan| plan.format = Format::Jks);
    for (program, arguments) in [
        ("openssl", &["pkcs12", "-in", "out.p12", "-passin", "pass:guess", "-nodes"][..]),
        ("certtool", &["--p12-info", "--inder", "--infile", "out.p12", "--password", "guess"]),
        ("pk12util", &["-l", "out.p12", "-W", "guess"]),
        ("keytool", &["-list", "-keystore", "out.p12", "-storepass", "guess1"]),
        ("keytool", &["-list", "-keystore", "out.jks", "-storetype", "JKS", "-storepass", "guess1"]),
    ] {
        if let Some(verdict) = ask(program, made.folder(), arguments) {
            verdict.refused();
        }
    }
}
