//! Tests of fitting bytes to the tables.
//!
//! Leaves out the words that are made of them.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::tlv::encode::{constructed, integer, octet_string, oid, sequence, write};
use const_oid::ObjectIdentifier;

fn identifier(text: &str) -> Vec<u8> {
    oid(ObjectIdentifier::new_unwrap(text))
}

#[test]
fn a_structure_fits_with_and_without_its_optional_members() {
    let hash = sequence(&[&identifier("2.16.840.1.101.3.4.2.1"), &[5, 0]]);
    let imprint = sequence(&[&hash, &octet_string(&[7; 32])]);
    let short = sequence(&[&integer(1), &imprint]);
    let long = sequence(&[&integer(1), &imprint, &identifier("1.2.3"), &integer(9), &[1, 1, 0xff]]);
    for (input, fits) in [
        (short.clone(), true),
        (long.clone(), true),
        (sequence(&[&integer(1), &imprint, &integer(9), &identifier("1.2.3")]), false),
        (sequence(&[&integer(1)]), false),
        ([short.clone(), vec![0]].concat(), false),
        (long[..long.len() - 1].to_vec(), false),
    ] {
        assert_eq!(timestamp::TIMESTAMP_REQUEST.fits(&input), fits, "{input:02x?}");
    }
}

#[test]
fn content_is_judged_by_the_identifier_before_it() {
    let explicit = |content: &[u8]| constructed(0xa0, &[content]);
    let data = identifier("1.2.840.113549.1.7.1");
    let good = sequence(&[&data, &explicit(&octet_string(b"x"))]);
    let bad = sequence(&[&data, &explicit(&integer(5))]);
    let unknown = sequence(&[&identifier("1.2.3.4"), &explicit(&integer(5))]);
    let two = sequence(&[&data, &constructed(0xa0, &[&octet_string(b"x"), &octet_string(b"y")])]);
    let results = [good, bad, unknown, two].map(|input| cms::CONTENT_INFO.fits(&input));
    assert_eq!(results, [true, false, true, false]);
}

#[test]
fn implicit_tags_follow_the_type_beneath() {
    let octets = Member::new("a", "A", &Type::Octets).implicit(0);
    let list = Member::new("b", "B", &x509::EXTENSIONS).implicit(1);
    let number = Member::new("c", "C", &Type::Integer).explicit(2);
    assert!(octets.accepts(0x80) && octets.accepts(0xa0) && !octets.accepts(0x81));
    assert!(list.accepts(0xa1) && !list.accepts(0x81));
    assert!(number.accepts(0xa2) && !number.accepts(0x82));
    let element = write(0xa2, &[2, 1, 5]);
    let element = Cursor::new(&element).any("c").unwrap();
    assert!(number.fits(&element, None, 0));
}

#[test]
fn deep_nesting_does_not_fit() {
    let mut nested = sequence(&[]);
    for _ in 0..200 {
        let messages = sequence(&[&nested]);
        let body = constructed(0xb4, &[&messages]);
        let names = [write(0x82, b"a"), write(0x82, b"b")].concat();
        nested = sequence(&[&sequence(&[&integer(2), &names]), &body]);
    }
    assert!(!cmp::PKI_MESSAGE.fits(&nested));
}
