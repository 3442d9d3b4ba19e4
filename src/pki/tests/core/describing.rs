//! Descriptions of whole certificates: every kind of extension in words, places, damage, and the same as data.
//!
//! OpenSSL's word on the collections is in `tests/interop`.

use std::fmt::Write;

use certwright_pki::describe::{Description, Field, describe};
use certwright_pki::{Kind, compare, input, outline};

/// Two certificates that together have an extension for every decoder, with what is said of them.
const CERTIFICATES: [(&str, &[u8], &str); 2] = [
    (
        "extensions",
        include_bytes!("../../../../tests/data/extensions/extensions.pem"),
        include_str!("../../../../tests/data/extensions/extensions.txt"),
    ),
    (
        "further",
        include_bytes!("../../../../tests/data/extensions/further.pem"),
        include_str!("../../../../tests/data/extensions/further.txt"),
    ),
];

fn read(pem: &[u8]) -> Vec<u8> {
    input::read(pem).found[0].item.bytes().to_vec()
}

fn der() -> Vec<u8> {
    read(CERTIFICATES[0].1)
}

/// A field and its parts, a line each: label, text, object identifier, type.
fn lines(field: &Field, depth: usize, out: &mut String) {
    let oid = field.oid.as_ref().map_or_else(String::new, |oid| format!(" <{oid}>"));
    let critical = if field.critical == Some(true) { " critical" } else { "" };
    let line = format!("{}: {}{oid}{critical} {}", field.label, field.text, field.encoding);
    writeln!(out, "{}{}", "  ".repeat(depth), line.trim_end()).unwrap();
    for part in &field.fields {
        lines(part, depth + 1, out);
    }
}

#[test]
fn every_kind_of_extension_is_put_into_words() {
    for (name, pem, words) in CERTIFICATES {
        let description = describe(Kind::Certificate, &read(pem)).unwrap();
        let mut out = String::new();
        for section in description.sections.iter().filter(|section| section.critical.is_some()) {
            lines(section, 0, &mut out);
        }
        let place = format!("{}/{name}.txt", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&place, &out).unwrap();
        assert!(out == words, "{place} is not tests/data/extensions/{name}.txt");
        assert_eq!(description.notes, [], "{name}");
    }
}

/// Says which field lies outside of what encloses it.
fn misplaced(field: &Field, within: (usize, usize)) -> Option<String> {
    let at = field.at.as_ref().map_or(within, |at| (at.start, at.end));
    if at.0 > at.1 || at.0 < within.0 || at.1 > within.1 {
        return Some(format!("{} at {at:?} in {within:?}", field.name));
    }
    field.fields.iter().find_map(|part| misplaced(part, at))
}

fn check_places(description: &Description, bytes: &[u8]) {
    for section in &description.sections {
        assert_eq!(misplaced(section, (0, bytes.len())), None);
    }
    for note in &description.notes {
        assert!(note.at.as_ref().is_none_or(|at| at.start <= at.end && at.end <= bytes.len()), "{note:?}");
    }
}

#[test]
fn places_lead_from_fields_to_elements_and_back() {
    for (_, pem, _) in CERTIFICATES {
        let der = read(pem);
        let description = describe(Kind::Certificate, &der).unwrap();
        check_places(&description, &der);
        let mut all = Vec::new();
        let mut pending: Vec<&Field> = description.sections.iter().collect();
        while let Some(field) = pending.pop() {
            pending.extend(&field.fields);
            all.extend(field.at.clone().map(|at| (field, at)));
        }
        assert!(all.len() > 100, "{}", all.len());
        for (field, at) in all {
            let path = outline::path(&der, at.start);
            assert!(
                path.iter().any(|whole| whole.start <= at.start && at.end <= whole.end),
                "{}",
                field.name
            );
            let found = description.field_at(at.start).and_then(|path| description.field(&path)).unwrap();
            assert!(found.at.as_ref().unwrap().len() <= at.len(), "{} in {}", found.name, field.name);
        }
    }
}

#[test]
fn a_damaged_certificate_is_described_as_far_as_it_goes() {
    CERTIFICATES.iter().for_each(|(_, pem, _)| damaged(&read(pem)));
}

fn damaged(der: &[u8]) {
    let mut described = 0;
    let mut check = |bytes: &[u8]| {
        if let Ok(description) = describe(Kind::Certificate, bytes) {
            check_places(&description, bytes);
            described += 1;
        }
        let whole = outline::level_of(Kind::Certificate, bytes, 0..bytes.len(), 0, 10);
        assert!(whole.unread.is_some() || !whole.elements.is_empty() || bytes.is_empty());
    };
    for length in 0..der.len() {
        check(&der[..length]);
    }
    for at in 0..der.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut changed = der.to_vec();
            changed[at] ^= change;
            check(&changed);
        }
    }
    // Nearly all damage is inside; what cannot be described is damaged in the few headers of the frame.
    assert!(described > der.len() * 3 - 200, "{described}");
}

#[test]
fn what_is_broken_inside_keeps_its_place_and_gets_a_note() {
    let der = der();
    let find = |needle: &[u8]| der.windows(needle.len()).position(|octets| octets == needle).unwrap();
    let changed = |at: usize, octet: u8| {
        let mut der = der.clone();
        der[at] = octet;
        describe(Kind::Certificate, &der).unwrap()
    };
    for (at, octet, note) in [
        // The month of the first date.
        (find(b"261123") + 2, b'9', "Not before cannot be read: malformed time"),
        // The length of the first alternative name reaches over several, that of the last one beyond the end.
        (find(b"\x81\x05a@b.c") + 1, 0x7f, "a Mail address holds what is no ASCII text"),
        (find(b"\x82\x08issuer.x") + 1, 0x7f, "Issuer alternative name cannot be decoded: malformed name"),
        (find(b"\x82\x05*.x.y") + 2, 0xff, "a DNS name holds what is no ASCII text"),
        // The tag of the key usage period, of a policy's qualifier, and of the number of certificates.
        (
            find(b"\x80\x0f2026"),
            0x82,
            "Private key usage period cannot be decoded: 34 bytes follow the structure",
        ),
        (
            find(b"\x80\x01\x03\x81\x01\x01"),
            0x82,
            "Policy constraints cannot be decoded: 6 bytes follow the structure",
        ),
    ] {
        let description = changed(at, octet);
        let found = description.notes.iter().find(|found| found.text == note);
        let notes: Vec<&str> = description.notes.iter().map(|note| note.text.as_str()).collect();
        let place = found.unwrap_or_else(|| panic!("{note} is not in {notes:?}")).at.clone().unwrap();
        assert!(place.contains(&at), "{note} at {place:?}, not {at}");
    }
}

#[test]
fn a_description_is_plain_data() {
    let description = describe(Kind::Certificate, &der()).unwrap();
    let json = serde_json::to_string(&description).unwrap();
    assert_eq!(serde_json::from_str::<Description>(&json).unwrap(), description);
    assert_eq!(compare::differences(&compare::fields(&description, &description)), 0);
    assert_eq!(compare::bytes(&der(), &der()), []);
}
