//! What OpenSSL says about requests, chains and revocation lists made here.
//!
//! Leaves out containers.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use certwright_pki::crl::{RevocationReason, RevokedEntry};
use certwright_pki::signature::verify;
use certwright_pki::{KeyKind, PrivateKey, SignatureAlgorithm};

use super::issuing::{authority, names, request};
use super::{key, usual, validity};

/// A folder of its own that goes away with the test.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("certwright-{name}-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, file: &str) -> String {
        self.0.join(file).to_str().unwrap().to_owned()
    }

    pub fn write(&self, file: &str, bytes: &[u8]) -> String {
        let path = self.path(file);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn write_pem(&self, file: &str, label: &str, der: &[u8]) -> String {
        self.write(file, pem::encode(&pem::Pem::new(label, der)).as_bytes())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the program and returns its output; panics with its words when it fails.
pub fn openssl(arguments: &[&str]) -> Vec<u8> {
    let out = Command::new("openssl").args(arguments).output().unwrap();
    let words = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "openssl {arguments:?}: {words}");
    out.stdout
}

fn openssl_text(arguments: &[&str]) -> String {
    String::from_utf8_lossy(&openssl(arguments)).into_owned()
}

#[test]
fn openssl_verifies_request_chain_and_list_of_every_kind() {
    for kind in KeyKind::ALL {
        let scratch = Scratch::new("verify");
        let authority = authority(kind);
        let leaf_key = key(KeyKind::P256);
        let request = request(&leaf_key, usual(&leaf_key));
        let leaf = authority.issue(&request, &names());
        let crl = authority.revocation_list(Vec::new());
        let root_pem = scratch.write_pem("root.pem", "CERTIFICATE", authority.certificate.der());
        let leaf_pem = scratch.write_pem("leaf.pem", "CERTIFICATE", leaf.der());
        let request_pem = scratch.write_pem("request.pem", "CERTIFICATE REQUEST", request.der());
        let crl_pem = scratch.write_pem("crl.pem", "X509 CRL", crl.der());

        openssl(&["req", "-in", &request_pem, "-verify", "-noout"]);
        openssl(&["crl", "-in", &crl_pem, "-CAfile", &root_pem, "-noout"]);
        for host in ["cucm.example.com", "other.example.com"] {
            openssl(&[
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                host,
                "-crl_check",
                "-CRLfile",
                &crl_pem,
                "-CAfile",
                &root_pem,
                &leaf_pem,
            ]);
        }
    }
}

#[test]
fn openssl_reads_the_same_fields() {
    let scratch = Scratch::new("fields");
    let authority = authority(KeyKind::P384);
    let leaf_key = key(KeyKind::Rsa2048);
    let request = request(&leaf_key, usual(&leaf_key));
    let leaf = authority.issue(&request, &names());
    let path = scratch.write_pem("leaf.pem", "CERTIFICATE", leaf.der());
    let shown = openssl_text(&["x509", "-in", &path, "-noout", "-subject", "-issuer", "-serial"]);
    let expected = format!(
        "subject={}\nissuer={}\nserial={}\n",
        leaf.subject().openssl(),
        leaf.issuer().openssl(),
        leaf.serial().hex().to_uppercase()
    );
    assert_eq!(shown, expected);
    let names = openssl_text(&["x509", "-in", &path, "-noout", "-ext", "subjectAltName"]);
    assert!(names.contains(
        "DNS:cucm.example.com, DNS:*.example.com, IP Address:10.1.2.3, IP Address:2001:DB8:0:0:0:0:0:5, email:pki@example.com"
    ));
    let fingerprint = openssl_text(&["x509", "-in", &path, "-noout", "-fingerprint", "-sha256"]);
    let digits = fingerprint.trim().rsplit('=').next().unwrap().replace(':', "");
    assert_eq!(digits.to_lowercase(), leaf.id());
}

#[test]
fn openssl_sees_who_is_revoked_and_why() {
    let scratch = Scratch::new("revoked");
    let authority = authority(KeyKind::Rsa2048);
    let leaf_key = key(KeyKind::Ed25519);
    let request = request(&leaf_key, usual(&leaf_key));
    let leaf = authority.issue(&request, &names());
    let crl = authority.revocation_list(vec![RevokedEntry {
        serial: leaf.serial().clone(),
        date: validity().not_before,
        reason: Some(RevocationReason::KeyCompromise),
    }]);
    let root = scratch.write_pem("root.pem", "CERTIFICATE", authority.certificate.der());
    let path = scratch.write_pem("leaf.pem", "CERTIFICATE", leaf.der());
    let list = scratch.write_pem("crl.pem", "X509 CRL", crl.der());
    let text = openssl_text(&["crl", "-in", &list, "-noout", "-text"]);
    assert!(text.contains(&leaf.serial().hex().to_uppercase()), "{text}");
    assert!(text.contains("Key Compromise") && text.contains("X509v3 CRL Number"), "{text}");
    let verdict = Command::new("openssl")
        .args(["verify", "-crl_check", "-CRLfile", &list, "-CAfile", &root, &path])
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&verdict.stderr).contains("certificate revoked"));
}

#[test]
fn openssl_verifies_every_choice_of_algorithm() {
    let scratch = Scratch::new("algorithms");
    let path = scratch.path("key.pem");
    let import = |arguments: &[&str]| {
        openssl(&[&["genpkey", "-out", &path, "-algorithm"], arguments].concat());
        let block = pem::parse(std::fs::read(&path).unwrap()).unwrap();
        PrivateKey::from_pkcs8(block.contents()).unwrap()
    };
    for key in [
        key(KeyKind::Rsa2048),
        key(KeyKind::P256),
        key(KeyKind::P384),
        key(KeyKind::Ed25519),
        import(&["EC", "-pkeyopt", "ec_paramgen_curve:P-521"]),
        import(&["RSA-PSS"]),
    ] {
        let choices = SignatureAlgorithm::choices_for(key.public());
        assert!(!choices.is_empty());
        for algorithm in choices {
            let request = request(&key, algorithm);
            let path = scratch.write_pem("request.pem", "CERTIFICATE REQUEST", request.der());
            openssl(&["req", "-in", &path, "-verify", "-noout"]);
        }
    }
}

#[test]
fn signatures_of_openssl_are_verified_with_every_hash() {
    let scratch = Scratch::new("hashes");
    let message = scratch.write("message", b"to be signed");
    let (path, mark) = (scratch.path("key.pem"), scratch.path("signature"));
    for curve in ["P-256", "P-384", "P-521"] {
        openssl(&["ecparam", "-genkey", "-noout", "-name", curve, "-out", &path]);
        let block = pem::parse(std::fs::read(&path).unwrap()).unwrap();
        let key = PrivateKey::from_sec1(block.contents()).unwrap();
        for (hash, algorithm) in [
            ("-sha1", SignatureAlgorithm::EcdsaSha1),
            ("-sha224", SignatureAlgorithm::EcdsaSha224),
            ("-sha256", SignatureAlgorithm::EcdsaSha256),
            ("-sha384", SignatureAlgorithm::EcdsaSha384),
            ("-sha512", SignatureAlgorithm::EcdsaSha512),
        ] {
            openssl(&["dgst", hash, "-sign", &path, "-out", &mark, &message]);
            let mark = std::fs::read(&mark).unwrap();
            verify(key.public(), &algorithm, b"to be signed", &mark).unwrap();
            assert!(verify(key.public(), &algorithm, b"something else", &mark).is_err());
        }
    }
}
