//! Tests of comparing, on descriptions and bytes made by hand; `tests/core` compares whole certificates.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::Kind;
use crate::tlv::{self, encode};

fn description(sections: Vec<Field>) -> Description {
    Description { kind: Kind::Certificate, title: String::new(), sections, notes: Vec::new() }
}

fn names(names: &[&str]) -> Field {
    let parts = names.iter().map(|name| Field::new("dns-name", "DNS name", *name)).collect();
    Field { critical: Some(false), ..Field::group("subject-alt-name", "Names", parts) }.oid("2.5.29.17")
}

/// The rows as lines: verdict, label, left, right.
fn lines(rows: &[Row]) -> Vec<String> {
    let mut out = Vec::new();
    for row in rows {
        let sign = match row.verdict {
            Verdict::Same => '=',
            Verdict::Changed => '!',
            Verdict::OnlyLeft => '<',
            Verdict::OnlyRight => '>',
        };
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
        out.push(format!("{sign} {} {} {}", row.label, side(&row.left), side(&row.right)));
        out.extend(lines(&row.rows).into_iter().map(|line| format!("  {line}")));
    }
    out
}

#[test]
fn names_are_compared_without_regard_to_their_order() {
    for (left, right, expected) in [
        (&["a", "b"][..], &["b", "a"][..], vec!["= Names  ", "  = DNS name a a", "  = DNS name b b"]),
        (
            &["a", "b"],
            &["c", "a"],
            vec!["! Names  ", "  = DNS name a a", "  < DNS name b -", "  > DNS name - c"],
        ),
        (&["a", "a"], &["a"], vec!["! Names  ", "  = DNS name a a", "  < DNS name a -"]),
    ] {
        let rows = fields(&description(vec![names(left)]), &description(vec![names(right)]));
        assert_eq!(lines(&rows), expected);
    }
}

#[test]
fn values_of_a_name_belong_together_by_their_type() {
    let unit = |text: &str| Field::new("organizational-unit", "OU", text).oid("2.5.4.11");
    let common = |text: &str, encoding: &'static str| {
        Field::new("common-name", "CN", text).oid("2.5.4.3").encoding(encoding)
    };
    let subject =
        |text: &str, parts| vec![Field { text: text.into(), ..Field::group("subject", "Subject", parts) }];
    let left = subject("l", vec![unit("x"), unit("y"), common("n", "UTF8String")]);
    let right = subject("r", vec![common("n", "PrintableString"), unit("y"), unit("z"), unit("v")]);
    assert_eq!(
        lines(&fields(&description(left), &description(right))),
        [
            "! Subject l r",
            "  ! OU x z",
            "  = OU y y",
            "  ! CN n (UTF8String) n (PrintableString)",
            "  > OU - v",
        ]
    );
}

#[test]
fn usages_are_compared_one_by_one_and_criticality_is_a_line() {
    let usage = |text: &str, critical| Field {
        critical: Some(critical),
        ..Field::new("key-usage", "Key usage", text).oid("2.5.29.15")
    };
    let left = description(vec![usage("Digital signature, Key agreement", true)]);
    let right = description(vec![usage("Key agreement, CRL signing", false)]);
    let rows = fields(&left, &right);
    assert_eq!(
        lines(&rows)[1..],
        [
            "  ! Critical yes no",
            "  < Usage Digital signature -",
            "  = Usage Key agreement Key agreement",
            "  > Usage - CRL signing",
        ]
    );
    assert_eq!(differences(&rows), 3);
    assert_eq!(differences(&fields(&left, &left)), 0);
}

#[test]
fn a_request_is_set_beside_its_certificate() {
    let key = |pin: &str| Field::group("public-key", "Key", vec![Field::new("spki-sha256", "Pin", pin)]);
    let purposes =
        Field { critical: Some(true), ..Field::new("extended-key-usage", "EKU", "") }.oid("2.5.29.37");
    let own = Field { critical: Some(false), ..Field::new("authority-key-identifier", "AKI", "k") }
        .oid("2.5.29.35");
    let request = description(vec![
        key("p"),
        Field::group("requested-extensions", "Requested", vec![purposes, names(&["a", "b"])]),
    ]);
    let certificate = description(vec![names(&["a"]), key("p"), own]);
    let issued = issued(&request, &certificate);
    assert!(issued.same_key);
    assert_eq!(
        lines(&issued.rows),
        [
            "= Key  ",
            "  = Pin p p",
            "! Names  ",
            "  = DNS name a a",
            "  < DNS name b -",
            "< EKU  -",
            "> AKI - k",
        ]
    );
    assert!(!super::issued(&request, &description(vec![key("q")])).same_key);
    assert!(!super::issued(&description(Vec::new()), &description(Vec::new())).same_key);
}

#[test]
fn bytes_are_compared_along_their_elements() {
    let text = |text: &[u8]| tlv::write(0x0c, text);
    let of = |parts: &[&[u8]]| encode::sequence(parts);
    let (a, b, n) = (text(b"abcdef"), text(b"abXdef"), encode::integer(7));
    for (left, right, expected) in [
        (of(&[&a, &n]), of(&[&a, &n]), vec![]),
        // One octet of a text.
        (of(&[&a, &n]), of(&[&b, &n]), vec![(6..7, 6..7)]),
        // A longer text does not shift the number behind it.
        (of(&[&a, &n]), of(&[&text(b"abcXYdef"), &n]), vec![(7..7, 7..9)]),
        // An element more, at the beginning and in the middle.
        (of(&[&n]), of(&[&a, &n]), vec![(2..2, 2..10)]),
        (of(&[&a, &n, &a]), of(&[&a, &b, &n, &a]), vec![(10..10, 10..18)]),
        (of(&[]), of(&[&n]), vec![(2..2, 2..5)]),
        // Another type.
        (of(&[&n]), of(&[&encode::NULL]), vec![(2..5, 2..4)]),
        // Inside of octets.
        (encode::octet_string(&of(&[&a])), encode::octet_string(&of(&[&b])), vec![(8..9, 8..9)]),
        // The same content, the length in more octets than needed.
        (of(&[&n]), vec![0x30, 0x81, 3, 2, 1, 7], vec![(0..2, 0..3)]),
        (of(&[&n]), vec![0x30, 4, 2, 0x81, 1, 7], vec![(2..4, 2..5)]),
        // No elements at all.
        (vec![0xff; 9], [&[0xff; 4][..], &[0; 2], &[0xff; 3]].concat(), vec![(4..6, 4..6)]),
        (vec![], vec![0x30], vec![(0..0, 0..1)]),
    ] {
        let found: Vec<_> = bytes(&left, &right).into_iter().map(|one| (one.left, one.right)).collect();
        assert_eq!(found, expected, "{left:02x?} {right:02x?}");
    }
}

#[test]
fn many_differences_and_deep_nesting_are_bounded() {
    let left = vec![0xff; 100_000];
    let right: Vec<u8> = (0..100_000).map(|at| if at % 50 == 0 { 0 } else { 0xff }).collect();
    let found = bytes(&left, &right);
    assert_eq!((found.len(), found[999].right.end), (1_000, 99_951));
    let mut nested = [vec![2, 1, 0], vec![2, 1, 1]];
    for one in &mut nested {
        for _ in 0..3_000 {
            *one = encode::sequence(&[one]);
        }
    }
    assert_eq!(bytes(&nested[0], &nested[1]).len(), 1);
}
