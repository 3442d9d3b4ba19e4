//! Name values as text: decoding every string type, folding for comparison, escaping for display.
//!
//! Leaves out encoding, which `name` does with three string types only.

use std::fmt::Write;

use super::Attribute;
use crate::tlv::{self, Tlv};

const NUMERIC_STRING: u8 = 0x12;
const T61_STRING: u8 = 0x14;
const VISIBLE_STRING: u8 = 0x1a;
const UNIVERSAL_STRING: u8 = 0x1c;
const BMP_STRING: u8 = 0x1e;

/// The text of a string value; `None` for a value of another type.
///
/// T61String is read as Latin-1, as every implementation does; code units that are no characters
/// become U+FFFD.
pub(crate) fn string(value: &Tlv<'_>) -> Option<String> {
    let octets = value.content;
    match value.tag {
        tlv::UTF8_STRING => Some(String::from_utf8_lossy(octets).into_owned()),
        tlv::PRINTABLE_STRING | tlv::IA5_STRING | NUMERIC_STRING | VISIBLE_STRING => {
            Some(std::str::from_utf8(octets).map_or_else(|_| latin1(octets), str::to_owned))
        }
        T61_STRING => Some(latin1(octets)),
        BMP_STRING => {
            let units = octets.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            });
            let chars = char::decode_utf16(units);
            Some(chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        UNIVERSAL_STRING => Some(octets.chunks(4).map(wide).collect()),
        _ => None,
    }
}

fn latin1(octets: &[u8]) -> String {
    octets.iter().map(|octet| char::from(*octet)).collect()
}

fn wide(octets: &[u8]) -> char {
    <[u8; 4]>::try_from(octets)
        .ok()
        .and_then(|octets| char::from_u32(u32::from_be_bytes(octets)))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The value as text, or as `#` and its DER in hexadecimal (RFC 4514 section 2.4).
pub(super) fn decoded(value: &Tlv<'_>) -> String {
    string(value).unwrap_or_else(|| {
        let mut out = String::from("#");
        for octet in value.whole {
            let _ = write!(out, "{octet:02x}");
        }
        out
    })
}

/// The value in lower case, trimmed, with single spaces; `None` when it is no string.
pub(super) fn folded(value: &Tlv<'_>) -> Option<String> {
    let text = string(value)?;
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            let start = out.len();
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    Some(out)
}

/// Whether a decoded value is the hexadecimal form of something that is no string.
pub(super) fn is_hex(attribute: &Attribute) -> bool {
    let digits = attribute.value.strip_prefix('#');
    digits.is_some_and(|digits| {
        digits.len() >= 4 && digits.len() % 2 == 0 && digits.bytes().all(|octet| octet.is_ascii_hexdigit())
    })
}

/// A character of PrintableString (X.680 section 41.4).
pub(super) const fn is_printable(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(octet, b' ' | b'\'' | b'(' | b')' | b'+'..=b'/' | b':' | b'=' | b'?')
}

/// Whether a value needs no escape anywhere, as most do not.
fn is_plain(value: &str) -> bool {
    let plain =
        |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b' ' | b'-' | b'.' | b'(' | b')' | b'@');
    value.bytes().all(plain) && !value.starts_with(' ') && !value.ends_with(' ')
}

/// A value with the escapes of RFC 4514 section 2.4.
pub(super) fn escaped(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (index, c) in value.chars().enumerate() {
        match c {
            ',' | '+' | '"' | '\\' | '<' | '>' | ';' => out.extend(['\\', c]),
            '#' if index == 0 => out.push_str("\\#"),
            ' ' if index == 0 || index == last => out.push_str("\\ "),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:02X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// A value as OpenSSL's one-line form quotes it; letters beyond ASCII stay as they are.
pub(super) fn quoted(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let special = |c: char| matches!(c, ',' | '+' | '<' | '>' | ';');
    let quote = value.contains(special) || value.starts_with(['#', ' ']) || value.ends_with(' ');
    let mut out = String::with_capacity(value.len() + 2);
    if quote {
        out.push('"');
    }
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:02X}", c as u32);
            }
            c => out.push(c),
        }
    }
    if quote {
        out.push('"');
    }
    out
}

/// A value as OpenSSL's option `-subj` reads it: what separates is escaped.
pub(super) fn slashed(value: &str) -> String {
    if is_plain(value) {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '/' | '+' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
