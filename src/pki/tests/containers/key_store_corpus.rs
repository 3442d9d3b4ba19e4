//! Every key store of the corpora opens with its password, lists every alias, and opens its entries with theirs.

use crate::corpora;
use certwright_pki::input::{self, Item, ProblemKind};
use certwright_pki::key_store::{self, Content, KeyStore, Note};
use certwright_pki::{ErrorKind, Kind, unlock};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Entries that the origin calls by these types, and what they are here.
fn fits(kind: &str, content: &Content) -> bool {
    match content {
        Content::PrivateKey(_) => matches!(kind, "PrivateKeyEntry" | "KeyEntry" | "SealedKeyEntry"),
        Content::PublicKey(_) => matches!(kind, "KeyEntry" | "SealedKeyEntry"),
        Content::SecretKey { .. } => matches!(kind, "SecretKeyEntry" | "KeyEntry" | "SealedKeyEntry"),
        Content::Certificate => kind == "TrustedCertEntry",
        Content::Closed(_) => false,
    }
}

/// What differs between an entry of the index and the one of the store.
fn differences(store: &KeyStore, alias: &str, expect: &Value) -> Vec<String> {
    let Some(entry) = store.entries.iter().find(|entry| entry.alias == alias) else {
        return vec![format!("{alias} is missing")];
    };
    let mut out = Vec::new();
    if !fits(expect["type"].as_str().unwrap(), &entry.content) {
        out.push(format!("{alias} is {:?} instead of {}", entry.content, expect["type"]));
    }
    let chain = expect["chain"].as_array().map(Vec::len);
    let expected = match expect["type"].as_str() {
        Some("TrustedCertEntry") => 1,
        _ => chain.or(expect["chain"].as_u64().map(|count| count as usize)).unwrap_or(0),
    };
    if entry.certificates.len() != expected {
        out.push(format!("{alias} has {} certificates instead of {expected}", entry.certificates.len()));
    }
    if let (Content::SecretKey { algorithm, .. }, Some(name)) =
        (&entry.content, expect["key_algorithm"].as_str())
        && algorithm != name
    {
        out.push(format!("{alias} is {algorithm} instead of {name}"));
    }
    out
}

#[test]
fn every_store_opens_and_every_entry_with_its_password() {
    let Some((folder, rows)) = corpora::index("jks") else { return };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row["good"] == true) {
        let name = row["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let recognised = input::read(&bytes);
        let [found] = recognised.found.as_slice() else { panic!("{name}: {recognised:?}") };
        assert!(matches!(found.item, Item::Locked { kind: Kind::KeyStore, .. }), "{name}");
        let password = row["password"].as_str().unwrap_or_default();
        let store = match key_store::open(&bytes, password) {
            Ok(store) => store,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        *counts.entry(store.form.label()).or_default() += 1;
        let empty = serde_json::Map::new();
        let entries = row["entries"].as_object().unwrap_or(&empty);
        let aliases: BTreeSet<&str> = store.entries.iter().map(|entry| entry.alias.as_str()).collect();
        if aliases != entries.keys().map(String::as_str).collect() {
            wrong.push(format!("{name}: {aliases:?}"));
        }
        // Without its password, a store of certificates is given unchecked.
        let unchecked = row["password"].is_null();
        assert_eq!(store.notes.contains(&Note::Unchecked), unchecked, "{name}");
        for (alias, expect) in entries {
            let Some(own) = expect["entry_password"].as_str() else {
                wrong.extend(
                    differences(&store, alias, expect).into_iter().map(|one| format!("{name}: {one}")),
                );
                continue;
            };
            let entry = store.entries.iter().find(|entry| entry.alias == *alias).unwrap();
            let needs = Note::KeyUnderOtherPassword { friendly_name: Some(alias.clone()) };
            assert_eq!(entry.content, Content::Closed(needs), "{name}: {alias}");
            if store.form == key_store::Form::Uber {
                // The store is encrypted as a whole: an entry's password alone opens nothing.
                let error = key_store::open(&bytes, own).unwrap_err();
                assert_eq!(error.kind, ErrorKind::WrongPassword, "{name}");
                continue;
            }
            let again = key_store::open(&bytes, own).unwrap();
            assert!(again.notes.contains(&Note::Unchecked), "{name}");
            wrong.extend(differences(&again, alias, expect).into_iter().map(|one| format!("{name}: {one}")));
        }
        let guess = unlock::open(Kind::KeyStore, &bytes, "not the password").map(|_| ());
        assert_eq!(guess.unwrap_err().kind, ErrorKind::WrongPassword, "{name}");
    }
    println!("key stores: {counts:?}");
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
    assert_eq!(counts.values().sum::<usize>(), 28);
}

#[test]
fn stores_with_something_odd_keep_the_rest_readable() {
    let Some((folder, rows)) = corpora::index("jks") else { return };
    let mut seen = 0;
    for row in rows.iter().filter(|row| row["good"] == false) {
        let name = row["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let store = key_store::open(&bytes, row["password"].as_str().unwrap()).unwrap();
        seen += 1;
        if name.contains("duplicate_aliases") {
            let alias = store.entries[0].alias.clone();
            assert!(
                store.entries.len() > 1 && store.notes == [Note::DuplicateName { name: alias }],
                "{store:?}"
            );
            continue;
        }
        let [entry] = store.entries.as_slice() else { panic!("{name}: {store:?}") };
        let unread = matches!(&entry.content, Content::Closed(Note::UnreadEntry { .. }));
        assert!(unread, "{name}: {store:?}");
        let reading = unlock::open(Kind::KeyStore, &bytes, row["password"].as_str().unwrap()).unwrap();
        let said = |kind: &ProblemKind| matches!(kind, ProblemKind::Container(Note::UnreadEntry { .. }));
        assert!(reading.problems.iter().any(|problem| said(&problem.kind)), "{name}: {reading:?}");
    }
    assert_eq!(seen, 5);
}

#[test]
fn aliases_are_the_names_of_what_is_found() {
    let Some((folder, _)) = corpora::index("jks") else { return };
    let bytes = fs::read(folder.join("pyjks/jks/RSA2048_3certs.jks")).unwrap();
    let reading = unlock::open(Kind::KeyStore, &bytes, "12345678").unwrap();
    let kinds: Vec<Kind> = reading.found.iter().map(|found| found.item.kind()).collect();
    assert_eq!(kinds, [Kind::PrivateKey, Kind::Certificate, Kind::Certificate, Kind::Certificate]);
    assert!(reading.found.iter().all(|found| found.name.as_deref() == Some("mykey")));
}
