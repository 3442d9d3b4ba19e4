//! `convert`: every form is read by OpenSSL or Java, keys leave only when asked for, and nothing is overwritten unasked.

use std::fs;
use std::path::PathBuf;

use certwright_interop::{Program, Scratch};
use certwright_pki::export::Destination;

use crate::samples::{PASSWORD, SAMPLES};
use crate::terminal::{Ended, command, run_with};

/// A folder with the samples and their password.
fn folder() -> Scratch {
    let folder = Scratch::new();
    let bundle = [SAMPLES.root_pem(), SAMPLES.certificate_pem(), SAMPLES.key_pem()].concat();
    folder.write("bundle.pem", bundle.as_bytes());
    folder.write("mail.p12", &SAMPLES.container);
    folder.write("password", PASSWORD.as_bytes());
    folder
}

/// Converts inside the folder; the arguments are separated by spaces.
fn convert(folder: &Scratch, line: &str) -> Ended {
    let arguments: Vec<&str> = ["convert"].into_iter().chain(line.split_whitespace()).collect();
    Ended::of(command(&arguments).current_dir(folder.folder()).output().unwrap())
}

#[track_caller]
fn converted(folder: &Scratch, line: &str) -> Ended {
    let ended = convert(folder, line);
    assert_eq!(ended.code, 0, "{line}: {}", ended.complaints);
    ended
}

#[test]
fn openssl_reads_every_form() {
    let Some(openssl) = Program::find("openssl") else { return };
    let folder = folder();
    let rsa = openssl.run(folder.folder(), &["genpkey", "-algorithm", "RSA"], b"").accepted();
    folder.write("rsa.pem", &rsa);
    let subject = "mail.example";
    for (line, check, expect) in [
        ("bundle.pem --to pem", "x509 -in out -noout -subject", subject),
        ("bundle.pem --to pem --crlf", "x509 -in out -noout -subject", subject),
        ("bundle.pem --to pem --without-root", "x509 -in out -noout -subject", subject),
        ("bundle.pem --to pem --with-key", "pkey -in out -noout -check", "valid"),
        (
            "bundle.pem --to pem --with-key --out-password-file password",
            "pkey -in out -passin file:password -noout -check",
            "valid",
        ),
        ("bundle.pem --to pkcs7", "pkcs7 -inform DER -in out -print_certs", subject),
        ("bundle.pem --to pkcs7-pem", "pkcs7 -in out -print_certs", subject),
        ("bundle.pem --to pkcs8", "pkey -in out -noout -check", "valid"),
        ("bundle.pem --to pkcs8-der", "pkey -inform DER -in out -noout -check", "valid"),
        ("bundle.pem --to sec1", "ec -in out -noout -check", "valid"),
        ("bundle.pem --to sec1-der", "ec -inform DER -in out -noout -check", "valid"),
        ("rsa.pem --to pkcs1", "rsa -in out -noout -check", "ok"),
        ("rsa.pem --to pkcs1-der", "rsa -inform DER -in out -noout -check", "ok"),
        (
            "rsa.pem --to encrypted-pkcs8-der --out-password-file password",
            "pkey -inform DER -in out -passin file:password -noout -check",
            "valid",
        ),
        ("mail.p12 --password-file password --to pem", "x509 -in out -noout -subject", subject),
        ("mail.p12 --password-file password --to der", "x509 -inform DER -in out -noout -subject", subject),
        ("mail.p12 --password-file password --to pkcs8", "pkey -in out -noout -check", "valid"),
    ] {
        converted(&folder, &format!("{line} --out out --force"));
        let arguments: Vec<&str> = check.split_whitespace().collect();
        let verdict = openssl.run(folder.folder(), &arguments, b"");
        let said = format!("{}{}", verdict.text(), verdict.complaints);
        assert!(verdict.accepted && said.contains(expect), "{line}: {said}");
    }
}

#[test]
fn openssl_and_java_open_the_container_of_every_destination() {
    let (Some(openssl), Some(keytool)) = (Program::find("openssl"), Program::find("keytool")) else { return };
    let folder = folder();
    for destination in Destination::ALL {
        let id = destination.id();
        let line =
            "bundle.pem --to pkcs12 --with-key --out-password-file password --name mail --out out --force";
        let ended = converted(&folder, &format!("{line} --for {id}"));
        assert!(ended.complaints.contains(destination.why()), "{}", ended.complaints);
        let arguments = ["pkcs12", "-in", "out", "-passin", "file:password", "-nodes"];
        let read = String::from_utf8(openssl.run(folder.folder(), &arguments, b"").accepted()).unwrap();
        assert_eq!(read.matches("BEGIN CERTIFICATE").count(), 2, "{id}");
        assert_eq!(read.matches("BEGIN PRIVATE KEY").count(), 1, "{id}");
        assert!(read.contains("friendlyName: mail\n"), "{id}: {read}");
        let arguments = ["-list", "-v", "-keystore", "out", "-storetype", "PKCS12", "-storepass", PASSWORD];
        let read = keytool.run(folder.folder(), &arguments, b"").text();
        assert!(read.contains("PrivateKeyEntry") && read.contains("chain length: 2"), "{id}: {read}");
    }
}

#[test]
fn java_opens_its_own_key_store_and_openssl_what_comes_out_of_it_again() {
    let (Some(openssl), Some(keytool)) = (Program::find("openssl"), Program::find("keytool")) else { return };
    let folder = folder();
    let line = "bundle.pem --with-key --out-password-file password --name mail";
    converted(&folder, &format!("{line} --to jks --out mail.jks"));
    let arguments = ["-list", "-v", "-keystore", "mail.jks", "-storetype", "JKS", "-storepass", PASSWORD];
    let read = keytool.run(folder.folder(), &arguments, b"").text();
    assert!(read.contains("Alias name: mail\n") && read.contains("chain length: 2"), "{read}");
    converted(&folder, "mail.jks --password-file password --to pkcs8 --out mail.key");
    let arguments = ["pkey", "-in", "mail.key", "-noout", "-check"];
    assert!(openssl.run(folder.folder(), &arguments, b"").accepted);
}

#[test]
fn a_json_web_key_has_its_private_part_only_when_asked_for() {
    let folder = folder();
    let key =
        |line: &str| -> serde_json::Value { serde_json::from_slice(&converted(&folder, line).out).unwrap() };
    let private = key("bundle.pem --to jwk --with-key");
    assert!(private.to_string().contains("\"d\":"), "{private}");
    folder.write("private.jwk", private.to_string().as_bytes());
    let again = converted(&folder, "private.jwk --to pkcs8").out;
    assert_eq!(again, SAMPLES.key_pem().into_bytes());
    let ended = convert(&folder, "bundle.pem --to jwk");
    assert!(!ended.text().contains("\"d\":"), "{}", ended.text());
}

#[test]
fn a_private_key_is_written_only_when_asked_for() {
    let folder = folder();
    for (line, keys) in [
        ("bundle.pem --to pem", 0),
        ("bundle.pem --to pem --with-key", 1),
        ("bundle.pem --to pkcs8", 1),
        ("mail.p12 --password-file password --to pem", 0),
        ("mail.p12 --password-file password --to pem --with-key", 1),
    ] {
        let ended = converted(&folder, line);
        assert_eq!(ended.text().matches("BEGIN PRIVATE KEY").count(), keys, "{line}");
        let said = ended.complaints.contains("left out: 1 × private key, --with-key writes it\n");
        assert_eq!(said, keys == 0, "{line}: {}", ended.complaints);
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_file_with_a_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let mode = || fs::metadata(folder.folder().join("out")).unwrap().permissions().mode() & 0o777;
    // The public file comes first, so that the one with the key replaces it.
    converted(&folder, "bundle.pem --to pem --out out");
    let public = mode();
    assert_eq!(public & 0o600, 0o600);
    for line in
        ["--to pem --with-key", "--to pkcs8-der", "--to pkcs12 --with-key --out-password-file password"]
    {
        converted(&folder, &format!("bundle.pem {line} --out out --force"));
        assert_eq!(mode(), 0o600, "{line}");
    }
    converted(&folder, "bundle.pem --to pem --out out --force");
    assert_eq!(mode(), public);
}

#[test]
fn nothing_is_overwritten_unless_asked() {
    let folder = folder();
    folder.write("out", b"precious");
    let ended = convert(&folder, "bundle.pem --to pem --out out");
    assert_eq!((ended.code, folder.read("out")), (3, b"precious".to_vec()));
    assert!(ended.complaints.contains("out: exists; --force replaces it"), "{}", ended.complaints);
    converted(&folder, "bundle.pem --to pem --out out --force");
    assert!(folder.read("out").starts_with(b"-----BEGIN"));

    // One of several is there: none is written.
    fs::create_dir(folder.folder().join("many")).unwrap();
    folder.write("many/bundle-2-mail.example.pem", b"precious");
    assert_eq!(convert(&folder, "bundle.pem --to pem --order numbered --out many").code, 3);
    assert_eq!(files(&folder, "many"), ["bundle-2-mail.example.pem"]);
}

fn files(folder: &Scratch, inside: &str) -> Vec<String> {
    let entries = fs::read_dir(folder.folder().join(inside)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn forms_of_several_files_fill_a_folder() {
    let folder = folder();
    fs::create_dir(folder.folder().join("many")).unwrap();
    let ended = convert(&folder, "bundle.pem --to pem --order numbered --out one");
    assert_eq!((ended.code, folder.folder().join("one").exists()), (2, false), "{}", ended.complaints);
    converted(&folder, "bundle.pem --to pem --order numbered --out many");
    assert_eq!(files(&folder, "many"), ["bundle-1-Test-root.pem", "bundle-2-mail.example.pem"]);
    converted(&folder, "bundle.pem --to der --with-key --name site --out many");
    let expect = ["site-1-key.p8", "site-2-mail.example.cer", "site-3-Test-root.cer"];
    assert_eq!(files(&folder, "many")[2..], expect);
    assert_eq!(folder.read("many/site-3-Test-root.cer"), SAMPLES.root);
}

#[test]
fn the_receipt_says_what_was_written() {
    let folder = folder();
    let ended = converted(&folder, "bundle.pem --to pem --with-key --out out.pem");
    let written = folder.read("out.pem");
    let digest = ring::digest::digest(&ring::digest::SHA256, &written);
    let digest: String = digest.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    let expect = format!(
        "wrote out.pem: {} bytes, SHA-256 {digest}\n  Private key: ECDSA P-256\n  Certificate: mail.example\n  \
         Certificate: Test root\n",
        written.len()
    );
    assert_eq!((ended.complaints, ended.out), (expect, Vec::new()));
}

#[test]
fn what_was_written_converts_back_to_the_same_octets() {
    let folder = folder();
    let original = converted(&folder, "bundle.pem --to pem --with-key").out;
    let open = "--password-file password";
    for (line, with) in [
        ("--to pkcs12 --with-key --out-password-file password", open),
        ("--to pem --with-key --out-password-file password", open),
        ("--to pem --with-key --crlf", ""),
        ("--to pem --with-key --order as-given", ""),
    ] {
        converted(&folder, &format!("bundle.pem {line} --out out --force"));
        let back = converted(&folder, &format!("out {with} --to pem --with-key"));
        assert_eq!(back.text(), std::str::from_utf8(&original).unwrap(), "{line}");
    }
    let certificates = converted(&folder, "bundle.pem --to pem").out;
    for line in ["--to pkcs7", "--to pkcs7-pem"] {
        converted(&folder, &format!("bundle.pem {line} --out out --force"));
        assert_eq!(converted(&folder, "out --to pem").out, certificates, "{line}");
    }
    let piped = run_with(&["convert", "-", "--to", "der"], SAMPLES.certificate_pem().as_bytes());
    assert_eq!((piped.code, piped.out), (0, SAMPLES.certificate.clone()));
}

#[test]
fn exit_codes_tell_what_was_not_written() {
    let folder = folder();
    folder.write("bad.pem", format!("{}-----BEGIN X-----\n", SAMPLES.certificate_pem()).as_bytes());
    folder.write("empty", b"\n");
    folder.write("wrong", b"guess");
    for (line, code, written) in [
        ("bundle.pem --to pem", 0, true),
        ("bad.pem --to pem", 1, true),
        ("bundle.pem mail.p12 --to pem", 1, true),
        ("mail.p12 --to pem", 2, false),
        ("mail.p12 --to pem --password-file wrong", 2, false),
        ("empty --to pem", 2, false),
        ("bundle.pem --to pkcs1", 2, false),
        ("bundle.pem --to pkcs12 --out-password-file empty", 2, false),
        ("bundle.pem --to pkcs12 --out-password-file absent", 3, false),
        ("bundle.pem absent --to pem", 3, false),
        ("bundle.pem --to pem --password-file absent", 3, false),
    ] {
        let out: PathBuf = folder.folder().join("out");
        let ended = convert(&folder, &format!("{line} --out out"));
        assert_eq!((ended.code, out.exists()), (code, written), "{line}: {}", ended.complaints);
        assert!(!ended.complaints.is_empty(), "{line}");
        if written {
            fs::remove_file(out).unwrap();
        }
    }
    assert_eq!(convert(&folder, "bundle.pem --to pem --out nowhere/out").code, 3);
}
