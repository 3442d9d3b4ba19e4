//! What is said of protected objects without their password agrees with what OpenSSL and the indexes say of them.

use crate::corpora;
use certwright_pki::describe::{Description, Field, describe};
use certwright_pki::input::{self, Item};
use certwright_pki::{Kind, PrivateKey};
use std::collections::BTreeSet;

fn each<'a>(fields: &'a [Field], out: &mut Vec<&'a Field>) {
    for field in fields {
        out.push(field);
        each(&field.fields, out);
    }
}

fn all(description: &Description) -> Vec<&Field> {
    let mut out = Vec::new();
    each(&description.sections, &mut out);
    out
}

/// The texts of all fields with a name.
fn texts<'a>(description: &'a Description, name: &str) -> BTreeSet<&'a str> {
    all(description).into_iter().filter(|field| field.name == name).map(|field| &*field.text).collect()
}

/// The numbers behind `Iteration` in what `openssl pkcs12 -info` says.
fn iterations(said: &[String]) -> BTreeSet<&str> {
    said.iter()
        .filter_map(|line| line.split_once("Iteration ")?.1.split([',', ' ']).next())
        // One is the default and may not stand there.
        .filter(|count| *count != "1")
        .collect()
}

#[test]
fn the_protection_of_every_pkcs12_file_is_described_as_openssl_does() {
    let Some((folder, rows)) = corpora::index("pkcs12") else { return };
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let description = describe(Kind::Pkcs12, &bytes).unwrap();
        let bags = row["bags"].as_array().into_iter().flatten().filter_map(|bag| bag.as_str());
        let said: Vec<String> = bags.chain(row["mac"].as_str()).map(str::to_owned).collect();
        let ours = texts(&description, "iterations");
        for count in iterations(&said) {
            assert!(ours.contains(count), "{name}: {count} is not in {ours:?}");
        }
        let named = |text: &str| all(&description).iter().any(|field| field.text.contains(text));
        for (theirs, name_here) in [
            ("PBES2", "PBES2"),
            ("AES-256-CBC", "AES-256"),
            ("AES-192-CBC", "AES-192"),
            ("AES-128-CBC", "AES-128"),
            ("Key bag", "private key, not encrypted"),
            ("Shrouded Keybag", "encrypted private key"),
        ] {
            if said.iter().any(|line| line.starts_with(theirs) || line.contains(&format!(" {theirs}"))) {
                assert!(named(name_here), "{name}: {theirs} is not named");
            }
        }
    }
}

#[test]
fn keys_under_a_password_name_their_protection() {
    let Some((folder, rows)) = corpora::index("keys") else { return };
    let mut seen = BTreeSet::new();
    for row in rows.iter().filter(|row| row["password"].is_string()) {
        let name = row["file"].as_str().unwrap();
        let reading = input::read(&std::fs::read(folder.join(name)).unwrap());
        for found in &reading.found {
            let Item::Locked { kind, bytes } = &found.item else { continue };
            let description = describe(*kind, bytes).unwrap();
            let field = match kind {
                Kind::EncryptedPrivateKey => "encryption",
                Kind::LegacyEncryptedKey => "dek-info",
                Kind::EncryptedOpenSshKey => "cipher",
                _ => continue,
            };
            let text = &description.find(field).unwrap_or_else(|| panic!("{name} lacks {field}")).text;
            assert!(!text.is_empty(), "{name}");
            seen.insert(kind.id());
        }
    }
    let expect = ["encrypted-openssh-private-key", "encrypted-private-key", "legacy-encrypted-private-key"];
    assert_eq!(seen, expect.into());
}

#[test]
fn a_key_in_an_older_form_is_described_by_its_public_numbers() {
    let Some((folder, rows)) = corpora::index("keys") else { return };
    let mut forms = BTreeSet::new();
    for row in &rows {
        let reading = input::read(&std::fs::read(folder.join(row["file"].as_str().unwrap())).unwrap());
        for found in &reading.found {
            let Item::Other { kind: Kind::PrivateKey, bytes, .. } = &found.item else { continue };
            if PrivateKey::from_pkcs8(bytes).is_ok() {
                continue;
            }
            let description = describe(Kind::PrivateKey, bytes).unwrap();
            let hidden: Vec<&str> = ["x", "secret", "private-exponent"]
                .into_iter()
                .filter_map(|name| Some(&*description.find(name)?.text))
                .collect();
            assert!(hidden.iter().all(|text| text.ends_with("not shown")), "{hidden:?}");
            forms.insert(description.title);
        }
    }
    for form in ["DSA private key", "EC private key", "RSA private key", "OpenSSH private key"] {
        assert!(forms.contains(form), "{form} is not among {forms:?}");
    }
}

#[test]
fn an_openssh_certificate_says_whom_it_is_for() {
    let Some((folder, _)) = corpora::index("keys") else { return };
    let bytes = std::fs::read(folder.join("pyca/OpenSSH/certs/p256-p256-empty-principals.pub")).unwrap();
    let reading = input::read(&bytes);
    let found = reading.found.iter().find(|found| found.item.kind() == Kind::OpenSshPublicKey).unwrap();
    let description = describe(Kind::OpenSshPublicKey, found.item.bytes()).unwrap();
    let text = |name: &str| &*description.find(name).unwrap().text;
    assert_eq!(text("type"), "ecdsa-sha2-nistp256-cert-v01@openssh.com");
    assert_eq!((text("use"), text("principal")), ("a user", "any"));
    assert_eq!((text("key-id"), text("not-after")), ("test", "2023-01-16 23:43:00 UTC"));
    assert!(description.find("public-key").is_some());
}
