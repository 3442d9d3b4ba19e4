//! Tests of the outline on bytes made by hand; `tests/core` has whole objects.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::tlv::{self, encode};

/// SEQUENCE { SEQUENCE { INTEGER 1, OCTET STRING { SEQUENCE { UTF8String } } }, NULL }
fn sample() -> Vec<u8> {
    let inner = encode::sequence(&[&tlv::write(0x0c, b"hello")]);
    let first = encode::sequence(&[&encode::integer(1), &encode::octet_string(&inner)]);
    encode::sequence(&[&first, &encode::NULL])
}

fn labels(input: &[u8], within: Range<usize>) -> Vec<(String, String)> {
    level(input, within, 0, 100).elements.into_iter().map(|one| (one.label, one.text)).collect()
}

#[test]
fn each_level_is_listed_and_wrapped_structures_are_opened() {
    let input = sample();
    let top = level(&input, 0..input.len(), 0, 10);
    assert_eq!(top.elements.len(), 1);
    let outer = top.elements[0].inside.clone().unwrap();
    assert_eq!(
        labels(&input, outer.clone()),
        [("SEQUENCE".into(), String::new()), ("NULL".into(), "NULL".into())]
    );
    let first = level(&input, outer, 0, 1).elements[0].inside.clone().unwrap();
    let parts = level(&input, first, 0, 10).elements;
    assert_eq!((parts[0].label.as_str(), parts[0].text.as_str()), ("INTEGER", "1"));
    let wrapped = parts[1].inside.clone().unwrap();
    let string = level(&input, wrapped, 0, 10).elements[0].inside.clone().unwrap();
    assert_eq!(labels(&input, string), [("UTF8String".into(), "hello".into())]);
}

#[test]
fn a_long_level_is_taken_in_pages() {
    let many: Vec<u8> = (0..1_000u64).flat_map(encode::integer).collect();
    let page = level(&many, 0..many.len(), 990, 4);
    let numbers: Vec<&str> = page.elements.iter().map(|one| one.text.as_str()).collect();
    assert_eq!((numbers, page.more), (vec!["990", "991", "992", "993"], true));
    assert!(!level(&many, 0..many.len(), 996, 100).more);
}

#[test]
fn the_path_leads_to_the_innermost_element() {
    let input = sample();
    let at = input.windows(5).position(|octets| octets == b"hello").unwrap();
    let path = path(&input, at);
    assert_eq!(path.len(), 5);
    assert!(path.windows(2).all(|pair| pair[0].start <= pair[1].start && pair[1].end <= pair[0].end));
    assert_eq!(path[4], at - 2..at + 5);
    let outer = level(&input, 0..input.len(), 0, 1).elements[0].inside.clone().unwrap();
    assert_eq!(position(&input, outer.clone(), outer.start), 0);
}

#[test]
fn what_is_no_element_is_told_as_unread() {
    let mut input = sample();
    let size = input.len();
    input.extend([0x1f, 0xff]);
    let level = level(&input, 0..input.len(), 0, 10);
    assert_eq!((level.elements.len(), level.unread), (1, Some(size..size + 2)));
}

#[test]
fn what_is_cut_off_is_opened_as_far_as_it_goes() {
    let input = [0x30, 0x82, 0xff, 0xff, 2, 1, 5, 4, 9, 1];
    let top = &level(&input, 0..input.len(), 0, 10).elements[0];
    assert_eq!((top.whole.clone(), top.inside.clone()), (0..10, Some(4..10)));
    assert_eq!(top.problem, "its length reaches beyond what encloses it");
    let parts = level(&input, 4..10, 0, 10).elements;
    assert_eq!((parts[0].text.as_str(), &*parts[0].problem), ("5", ""));
    assert_eq!((parts[1].content.clone(), &*parts[1].problem), (9..10, &*top.problem));
}

#[test]
fn deep_nesting_ends_the_path_and_not_the_program() {
    let deep = [0x30, 0x80].repeat(100_000);
    assert!(path(&deep, 5).len() <= MAX_DEPTH);
    assert!(level(&deep, 0..deep.len(), 0, 10).elements.len() <= 1);
    // Closed, every level has an end to be found: the limit of steps comes before that of depth.
    let closed = |depth| [[0x30, 0x80].repeat(depth), [0, 0].repeat(depth)].concat();
    assert_eq!(path(&closed(1_000), 1_999).len(), MAX_DEPTH);
    let closed = closed(100_000);
    assert!((10..MAX_DEPTH).contains(&path(&closed, 199_999).len()));
    assert_eq!(level_of(Kind::Crl, &closed, 2..closed.len() - 2, 0, 10).elements.len(), 1);
}

/// A revocation list of so many entries.
fn revocation_list(count: u64) -> Vec<u8> {
    let time = tlv::write(0x17, b"260101000000Z");
    let algorithm = crate::SignatureAlgorithm::Ed25519.to_der();
    let mut entries = Vec::new();
    for number in 1..=count {
        entries.extend(encode::sequence(&[&encode::integer(number), &time]));
    }
    let issuer = crate::DistinguishedName::build(&[(crate::name::AttributeKind::CommonName, "x")]).unwrap();
    let entries = tlv::write(0x30, &entries);
    let tbs = encode::sequence(&[&encode::integer(1), &algorithm, issuer.as_der(), &time, &entries]);
    encode::sequence(&[&tbs, &algorithm, &tlv::write(3, &[0, 1, 2])])
}

#[test]
fn the_entries_of_a_long_revocation_list_have_names_on_every_page() {
    let input = revocation_list(100_000);
    let open = |within: Range<usize>, index: usize| {
        let level = level_of(Kind::Crl, &input, within, index, 1);
        level.elements.into_iter().next().unwrap()
    };
    let whole = open(0..input.len(), 0);
    assert_eq!((&*whole.name, &*whole.title), ("crl", "Revocation list"));
    let signed = open(whole.inside.unwrap(), 0);
    assert_eq!((&*signed.name, signed.text.as_str()), ("tbs-cert-list", ""));
    let within = signed.inside.unwrap();
    assert_eq!(&*open(within.clone(), 3).name, "this-update");
    // Without the next update, the list follows at once.
    let list = open(within, 4);
    assert_eq!(&*list.title, "Revoked certificates");
    let last = level_of(Kind::Crl, &input, list.inside.clone().unwrap(), 99_999, 10);
    assert_eq!((last.elements.len(), last.more), (1, false));
    let last = &last.elements[0];
    assert_eq!((&*last.name, last.text.as_str()), ("revoked-certificate", "0186a0"));
    assert_eq!(position(&input, list.inside.unwrap(), last.whole.start), 99_999);
    let way = path(&input, last.whole.start + 3);
    assert_eq!((way.len(), &way[3]), (5, &last.whole));
}

#[test]
fn the_values_of_private_keys_are_not_put_into_words() {
    let secret = encode::octet_string(&encode::sequence(&[
        &encode::integer(0),
        &tlv::write(2, &[0x5a; 64]),
        &tlv::write(4, &[0x5a; 9]),
    ]));
    let algorithm = encode::sequence(&[
        &encode::oid(const_oid::ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1")),
        &encode::NULL,
    ]);
    let input = encode::sequence(&[&encode::integer(0), &algorithm, &secret]);
    let mut names = Vec::new();
    let mut todo: Vec<Range<usize>> = std::iter::once(0..input.len()).collect();
    while let Some(within) = todo.pop() {
        for one in level_of(Kind::PrivateKey, &input, within, 0, 100).elements {
            assert!(!one.text.contains("5a5a"), "{one:?}");
            names.push(one.name.into_owned());
            todo.extend(one.inside);
        }
    }
    assert!(names.iter().any(|name| name == "private-key"));
    assert_eq!(names.len(), 10);
}
