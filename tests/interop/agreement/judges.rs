//! The judges themselves: each is there, answers, and its refusal is told from its consent.

use certwright_interop::{Program, Scratch};

#[test]
fn openssl_judges_by_its_exit_code() {
    let Some(openssl) = Program::find("openssl") else {
        return;
    };
    let scratch = Scratch::new();
    let digest = openssl.run(scratch.folder(), &["dgst", "-sha256", "-r"], b"abc");
    let digest = String::from_utf8_lossy(&digest.accepted()).into_owned();
    assert!(digest.starts_with("ba7816bf8f01cfea"), "{digest}");
    let path = scratch.write("not.pem", b"this is no certificate");
    let complaints = openssl.run(scratch.folder(), &["x509", "-in", "not.pem", "-noout"], b"").refused();
    assert!(complaints.contains("certificate"), "{complaints}");
    assert_eq!(scratch.read("not.pem"), b"this is no certificate");
    drop(scratch);
    assert!(!path.exists());
}
