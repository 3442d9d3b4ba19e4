//! Every PKCS#12 file of the corpora opens with its password and holds what it should.

use crate::corpora;
use certwright_pki::ErrorKind;
use certwright_pki::pkcs12::{self, Note};

#[test]
fn every_file_opens_with_its_password() {
    let Some((folder, rows)) = corpora::index("pkcs12") else {
        return;
    };
    let mut wrong = Vec::new();
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        let input = std::fs::read(folder.join(name)).unwrap();
        let password = row["password"].as_str().unwrap();
        assert!(pkcs12::cost(&input).unwrap() > 0, "{name}");
        let opened = match pkcs12::read(&input, password) {
            Ok(opened) => opened,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let unusable = opened.notes.iter().filter(|note| matches!(note, Note::UnusableKey { .. }));
        let keys = opened.keys.len() + opened.other_keys.len() + unusable.count();
        let counts = (opened.certificates.len() as u64, keys as u64);
        let expect = (row["certs"].as_u64().unwrap(), row["keys"].as_u64().unwrap());
        if counts != expect {
            wrong.push(format!("{name}: {counts:?} instead of {expect:?}, {:?}", opened.notes));
        }
    }
    assert_eq!(rows.len(), 69);
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

#[test]
fn another_password_is_told_apart_from_damage() {
    let Some((folder, rows)) = corpora::index("pkcs12") else {
        return;
    };
    let row = rows.iter().find(|row| row["file"] == "pyca/cert-key-aes256cbc.p12").unwrap();
    let input = std::fs::read(folder.join(row["file"].as_str().unwrap())).unwrap();
    let kind = |input: &[u8], password| pkcs12::read(input, password).unwrap_err().kind;
    assert_eq!(kind(&input, "guess"), ErrorKind::WrongPassword);
    assert!(matches!(kind(&input[..input.len() - 9], "cryptography"), ErrorKind::BadDer { .. }));
    // One bit of the MAC, whose digest comes before a salt and an iteration count.
    let mut altered = input.clone();
    let place = altered.len() - 20;
    altered[place] ^= 1;
    let expect = ErrorKind::CorruptContainer { what: "integrity check" };
    assert_eq!(kind(&altered, "cryptography"), expect);
}
