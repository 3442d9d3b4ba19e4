//! Bodies as programs write them: nothing but full lines of base64. Most are so, and go through in one pass.
//!
//! Whatever is unusual in the least is left to the slower reading, which knows what to say of it.

use super::Body;
use super::decoder::USUAL_COLUMNS;
use crate::Wiped;
use std::ops::Range;

/// Six bits by character, in the alphabet of RFC 4648 section 4; `NONE` for all others.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut value = 0;
    while value < alphabet.len() {
        values[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    values
};
const NONE: u8 = 0x80;

/// Decodes the body between a BEGIN line, which stands on its own before `range`, and an END line.
pub(super) fn read(text: &[u8], range: &Range<usize>) -> Option<Body> {
    if !begins_a_line(&text[..range.start]) {
        return None;
    }
    let mut data = Wiped::from(Vec::with_capacity(range.len() / 4 * 3));
    let mut at = line_break(text, range.start)?;
    let first = at;
    let mut last = at;
    while at < range.end {
        last = line(text, at..range.end, &mut data)?;
        at = line_break(text, last)?;
        // Padding is the end of it.
        if text[last - 1] == b'=' && at != range.end {
            return None;
        }
    }
    (at == range.end && !data.is_empty()).then_some(Body {
        data,
        headers: Vec::new(),
        repairs: Vec::new(),
        at: first..last,
    })
}

/// Whether the BEGIN line at the end has nothing before it, such as the sign of a patch.
fn begins_a_line(before: &[u8]) -> bool {
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    before[start..].starts_with(b"-----BEGIN ")
}

/// Where the next line begins, if this one ends here.
fn line_break(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// Decodes the line at the start of `range`; gives its end.
fn line(text: &[u8], range: Range<usize>, data: &mut Vec<u8>) -> Option<usize> {
    let mut at = range.start;
    while let Some(quad) = text.get(at..at + 4).filter(|quad| !matches!(quad[0], b'\n' | b'\r')) {
        if at + 4 - range.start > USUAL_COLUMNS {
            return None;
        }
        at += 4;
        let [a, b, c, d] = [0, 1, 2, 3].map(|index| VALUES[usize::from(quad[index])]);
        if (a | b | c | d) & NONE == 0 {
            data.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
            continue;
        }
        match (a | b | c) & NONE == 0 {
            true if quad[3] == b'=' => data.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2]),
            false if quad[2..] == *b"==" && (a | b) & NONE == 0 => data.push(a << 2 | b >> 4),
            _ => return None,
        }
        break;
    }
    (at > range.start && at <= range.end).then_some(at)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Extent, unusual};
    use super::*;

    fn body(text: &str) -> (Option<Body>, Result<Body, usize>) {
        let start = text.find("-----\n").or(text.find("-----\r")).unwrap_or(11) + 5;
        let end = text.rfind("-----END").unwrap_or(text.len());
        (read(text.as_bytes(), &(start..end)), unusual(text.as_bytes(), start..end, Extent::All))
    }

    #[test]
    fn what_is_read_in_one_pass_is_what_the_slower_reading_says() {
        let long = "QUJD".repeat(16);
        for (text, is_plain) in [
            ("-----BEGIN X-----\nQUJD\n-----END X-----", true),
            ("-----BEGIN X-----\r\nQUJD\r\nQUI=\r\n-----END X-----\r\n", true),
            ("a\n-----BEGIN X-----\nQUJDQQ==\n-----END X-----", true),
            (&format!("-----BEGIN X-----\n{long}\n{long}\nQQ==\n-----END X-----"), true),
            (&format!("-----BEGIN X-----\n{long}{long}\n-----END X-----"), false),
            ("-----BEGIN X-----\nQQ==\nQQ==\n-----END X-----", false),
            ("-----BEGIN X-----\nQUJ\nD\n-----END X-----", false),
            ("-----BEGIN X-----\n QUJD\n-----END X-----", false),
            ("-----BEGIN X-----\nQUJD\n\n-----END X-----", false),
            ("-----BEGIN X-----\n-UJD\n-----END X-----", false),
            ("-----BEGIN X-----\nA: b\n\nQUJD\n-----END X-----", false),
            ("+-----BEGIN X-----\n+QUJ\n+-----END X-----", false),
            ("-----BEGIN X-----\n-----END X-----", false),
            ("-----BEGIN X-----\nQ===\n-----END X-----", false),
            ("-----BEGIN X-----\nQUJD-----END X-----", false),
        ] {
            let (plain, slow) = body(text);
            assert_eq!(plain.is_some(), is_plain, "{text:?}");
            if let Some(plain) = plain {
                let slow = slow.unwrap_or_else(|place| panic!("{text:?} at {place}"));
                assert_eq!(
                    (&plain.data, plain.at, plain.repairs),
                    (&slow.data, slow.at, slow.repairs),
                    "{text:?}"
                );
            }
        }
    }
}
