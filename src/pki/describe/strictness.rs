//! Where an encoding is not DER (X.690 section 10 and 11): lengths, numbers and flags that are longer than needed.
//!
//! Leaves out what only a schema can tell, such as defaults that are written out, and the order of sets.

use std::ops::Range;

use super::margin::Margin;
use crate::tlv::{self, Cursor, Tlv};

/// Deepest nesting that is looked at.
const DEEPEST: usize = 32;
/// More are not listed.
const MOST_NOTES: usize = 20;

/// Notes what is not DER among the elements, as deep as they are constructed.
pub(crate) fn check(cursor: Cursor<'_>, margin: &mut Margin) {
    let limit = margin.notes.len() + MOST_NOTES;
    level(cursor, margin, DEEPEST, limit);
}

fn level(mut cursor: Cursor<'_>, margin: &mut Margin, depth: usize, limit: usize) {
    while let Ok(element) = cursor.any("element") {
        if margin.notes.len() >= limit {
            return;
        }
        if let Some((text, at)) = fault(&element) {
            margin.note(text, at);
        }
        if element.is_constructed() && depth > 0 {
            level(element.inside(), margin, depth - 1, limit);
        }
        if cursor.is_empty() {
            return;
        }
    }
}

fn fault(element: &Tlv<'_>) -> Option<(&'static str, Range<usize>)> {
    let header = element.content_start() - element.start;
    // Tags beyond 30 have longer headers of their own; none of them is met in what is read here.
    let shortest = match element.content.len() {
        0..0x80 => 2,
        length => 3 + (length.ilog2() / 8) as usize,
    };
    if header > shortest && element.tag & 0x1f != 0x1f {
        return Some((
            "a length is written in more octets than needed",
            element.start..element.start + header,
        ));
    }
    match (element.tag, element.content) {
        (tlv::INTEGER | tlv::ENUMERATED, []) => Some(("a number without octets", element.range())),
        (tlv::INTEGER | tlv::ENUMERATED, [0, 0..=0x7f, ..] | [0xff, 0x80..=0xff, ..]) => {
            Some(("a number is written in more octets than needed", element.range()))
        }
        (tlv::BOOLEAN, [0 | 0xff]) => None,
        (tlv::BOOLEAN, _) => Some(("a flag is neither 00 nor FF", element.range())),
        (tlv::BIT_STRING, [unused, octets @ ..])
            if octets.last().is_some_and(|last| last.trailing_zeros() < u32::from(*unused).min(8)) =>
        {
            Some(("unused bits are not zero", element.range()))
        }
        _ => None,
    }
}
