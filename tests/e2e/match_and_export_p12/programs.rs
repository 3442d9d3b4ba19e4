//! Other people's programs open what came out, and find in it what went in.

use certwright_e2e::Workshop;
use certwright_interop::Program;

use super::{PASSWORD, SERVER};

/// A file, how OpenSSL calls its protection, the name of its key, and the number of its certificates.
const CONTAINERS: [(&str, &str, &str, usize); 2] = [
    ("current.p12", "PBES2, PBKDF2, AES-256-CBC", SERVER, 3),
    ("windows.pfx", "pbeWithSHA1And3-KeyTripleDES-CBC", "the mail server", 2),
];

pub fn ask(shop: &Workshop) {
    for container in CONTAINERS {
        ask_openssl(shop, container);
        ask_java(shop, container);
        ask_nss(shop, container);
        ask_gnutls(shop, container);
    }
    ask_about_text(shop);
}

fn ask_openssl(shop: &Workshop, (file, protection, name, certificates): (&str, &str, &str, usize)) {
    let password = format!("pass:{PASSWORD}");
    let opened = shop.openssl(&["pkcs12", "-info", "-in", file, "-passin", &password, "-nodes"]);
    for part in [protection, "BEGIN PRIVATE KEY", &format!("friendlyName: {name}"), "localKeyID"] {
        assert!(opened.contains(part), "{part:?} is not in {file}: {opened}");
    }
    assert_eq!(opened.matches("BEGIN CERTIFICATE-").count(), certificates, "{file}: {opened}");
    shop.openssl_refuses(&["pkcs12", "-in", file, "-passin", "pass:wrong", "-nodes"]);
    shop.openssl(&["pkcs12", "-in", file, "-passin", &password, "-nodes", "-nocerts", "-out", "again.key"]);
    let of_key = shop.openssl(&["pkey", "-in", "again.key", "-pubout"]);
    assert_eq!(of_key, shop.openssl(&["pkey", "-in", "server.key", "-pubout"]), "{file}");
}

fn ask_java(shop: &Workshop, (file, _, _, certificates): (&str, &str, &str, usize)) {
    let Some(keytool) = Program::find("keytool") else { return };
    let list = ["-list", "-v", "-keystore", file, "-storetype", "PKCS12", "-storepass", PASSWORD];
    let verdict = shop.run(&keytool, &list);
    let said = format!("{}{}", verdict.text(), verdict.complaints);
    assert!(verdict.accepted && said.contains("PrivateKeyEntry"), "{file}: {said}");
    assert!(said.contains(&format!("Certificate chain length: {certificates}")), "{file}: {said}");
}

fn ask_nss(shop: &Workshop, (file, _, name, _): (&str, &str, &str, usize)) {
    let (Some(pk12util), Some(certutil)) = (Program::find("pk12util"), Program::find("certutil")) else {
        return;
    };
    let folder = format!("nss-{file}");
    shop.write(&format!("{folder}/empty"), b"");
    let database = format!("sql:{folder}");
    shop.run(&certutil, &["-N", "-d", &database, "--empty-password"]).accepted();
    shop.run(&pk12util, &["-i", file, "-d", &database, "-W", PASSWORD]).accepted();
    let keys = shop.run(&certutil, &["-K", "-d", &database]).accepted();
    let keys = String::from_utf8_lossy(&keys).into_owned();
    assert!(keys.contains(name), "{file}: {keys}");
}

fn ask_gnutls(shop: &Workshop, (file, ..): (&str, &str, &str, usize)) {
    let Some(certtool) = Program::find("certtool") else { return };
    let said = shop.run(&certtool, &["--p12-info", "--inder", "--infile", file, "--password", PASSWORD]);
    let said = String::from_utf8_lossy(&said.accepted()).into_owned();
    assert!(said.contains("BEGIN CERTIFICATE") && said.contains("Encrypted"), "{file}: {said}");
}

/// The text with CR LF: a sealed key, the chain from the leaf on, and the request.
fn ask_about_text(shop: &Workshop) {
    let text = String::from_utf8_lossy(&shop.read("all.pem")).into_owned();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let labels: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("-----BEGIN ")).collect();
    let certificate = "CERTIFICATE-----";
    let wanted =
        ["ENCRYPTED PRIVATE KEY-----", certificate, certificate, certificate, "CERTIFICATE REQUEST-----"];
    assert_eq!(labels, wanted);
    let password = format!("pass:{PASSWORD}");
    let key = shop.openssl(&["pkey", "-in", "all.pem", "-passin", &password, "-pubout"]);
    assert_eq!(key, shop.openssl(&["pkey", "-in", "server.key", "-pubout"]));
    shop.openssl_refuses(&["pkey", "-in", "all.pem", "-passin", "pass:wrong", "-pubout"]);
    // The first certificate is the server's; what follows links it to the root.
    let first = shop.openssl(&["x509", "-in", "all.pem", "-noout", "-subject"]);
    assert!(first.contains(SERVER), "{first}");
    let verified = ["verify", "-CAfile", "root.pem", "-untrusted", "all.pem", "all.pem"];
    assert!(shop.openssl(&verified).contains("all.pem: OK"));
    for (file, name) in [("first.pem", "Matching Root"), ("second.pem", "Matching Authority")] {
        let subject = shop.openssl(&["x509", "-in", file, "-noout", "-subject"]);
        assert!(subject.contains(name), "{file}: {subject}");
    }
}
