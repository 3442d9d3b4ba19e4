//! Tests of what no corpus holds: texts beyond ASCII, names that repeat, and damage at every place.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::reader::{modified_utf8, to_modified_utf8};
use super::*;
use crate::{KeyKind, PrivateKey, SoftwareEngine, UnixTime, engine::Engine};

fn random(out: &mut [u8]) {
    getrandom::fill(out).unwrap();
}

fn key() -> PrivateKey {
    pollster::block_on(SoftwareEngine::new(random).generate(KeyKind::P256)).unwrap()
}

fn entry<'a>(alias: &str, key: Option<&'a PrivateKey>) -> EntryToWrite<'a> {
    EntryToWrite { alias: alias.to_owned(), key, certificates: vec![b"\x30\x00"] }
}

#[test]
fn texts_of_java_come_back() {
    for text in ["", "plain", "größe", "日本", "😀 mixed", "zero\0inside"] {
        assert_eq!(modified_utf8(&to_modified_utf8(text)), text);
    }
    assert_eq!(to_modified_utf8("😀").len(), 6);
    assert_eq!(modified_utf8(&[0xff, b'a', 0xe0]), "\u{fffd}a\u{fffd}");
}

#[test]
fn a_store_opens_with_its_password_and_keeps_names_apart() {
    let key = key();
    let entries = [entry("Site", Some(&key)), entry("SITE", None), entry("größe", None), entry("", None)];
    let file = write(&entries, "pässword", UnixTime(1_700_000_000), &random).unwrap();
    let store = open(&file, "pässword").unwrap();
    let names: Vec<&str> = store.entries.iter().map(|entry| entry.alias.as_str()).collect();
    assert_eq!(names, ["site", "site-2", "größe", "mykey"]);
    assert_eq!(store.entries[0].created, 1_700_000_000_000);
    assert!(matches!(&store.entries[0].content, Content::PrivateKey(der) if **der == key.pkcs8()));
    assert_eq!((store.form, store.notes), (Form::Jks, vec![]));
    assert_eq!(open(&file, "password").unwrap_err().kind, ErrorKind::WrongPassword);
    assert_eq!(write(&entries, "", UnixTime(0), &random).unwrap_err().kind, ErrorKind::EmptyPassword);
    let bare = EntryToWrite { certificates: vec![], ..entry("x", Some(&key)) };
    assert!(matches!(write(&[bare], "x", UnixTime(0), &random).unwrap_err().kind, ErrorKind::BadDer { .. }));
}

#[test]
fn certificates_alone_are_given_unchecked_when_there_is_no_password() {
    let file = write(&[entry("a", None)], "secret", UnixTime(0), &random).unwrap();
    assert_eq!(open(&file, "").unwrap().notes, [Note::Unchecked]);
    assert_eq!(open(&file, "guess").unwrap_err().kind, ErrorKind::WrongPassword);
}

#[test]
fn damage_at_any_place_is_answered() {
    let key = key();
    let file = write(&[entry("a", Some(&key)), entry("b", None)], "x", UnixTime(0), &random).unwrap();
    for place in 0..file.len() {
        assert!(open(&file[..place], "x").is_err(), "{place}");
        let mut altered = file.clone();
        altered[place] ^= 0x55;
        let unchecked = |store: KeyStore| store.notes.contains(&Note::Unchecked);
        assert!(open(&altered, "x").map_or(true, unchecked), "{place}");
    }
}
