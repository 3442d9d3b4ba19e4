//! The ways in which mail, web and source code write characters, one function each.
//!
//! Only what can never be part of base64 or hexadecimal text is undone, so that asking costs nothing but time.

use super::layer::Spelling;
use super::{DASH, FOREIGN};

fn is(size: usize, octet: u8) -> Option<Spelling> {
    Some(Spelling { size, octet: Some(octet) })
}

fn nothing(size: usize) -> Option<Spelling> {
    Some(Spelling { size, octet: None })
}

fn hex(digits: &[u8]) -> Option<u32> {
    let mut value = 0;
    for digit in digits {
        value = value << 4 | char::from(*digit).to_digit(16)?;
    }
    (!digits.is_empty()).then_some(value)
}

fn pair(text: &[u8], at: usize) -> Option<u8> {
    text.get(at..at + 2).and_then(hex).map(|value| value as u8)
}

/// Quoted-printable (RFC 2045 section 6.7): what a certificate in a mail needs, and no escape that could be the
/// first octets of hexadecimal text behind an equals sign. Soft line breaks are left to who decodes base64.
pub(super) fn quoted_printable(text: &[u8], at: usize) -> Option<Spelling> {
    let octet = pair(text, at + 1)?;
    let upper =
        |place: usize| text.get(place) == Some(&b'=') && pair(text, place + 1).is_some_and(|o| o >= 0x80);
    match octet {
        b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'+' | b'/' | b'-' => is(3, octet),
        0x80..=0xff if upper(at + 3) || (at >= 3 && upper(at - 3)) => is(3, octet),
        0xa0 => is(3, octet),
        _ => None,
    }
}

/// Percent-encoding (RFC 3986 section 2.1), also when it was done again on its own result.
pub(super) fn percent(text: &[u8], at: usize) -> Option<Spelling> {
    let again = text[at + 1..].chunks(2).take(4).take_while(|pair| *pair == b"25").count() * 2;
    let octet = pair(text, at + 1 + again)?;
    (octet == b'\t' || octet == b'\n' || octet == b'\r' || octet >= b' ').then_some(())?;
    is(3 + again, octet)
}

/// The plus sign that stands for a space in forms.
pub(super) fn plus(text: &[u8], at: usize) -> Option<Spelling> {
    (text[at] == b'+').then(|| is(1, b' '))?
}

/// Escapes of strings in JSON, JavaScript, C, YAML, shells and their like, also when doubled.
pub(super) fn backslash(text: &[u8], at: usize) -> Option<Spelling> {
    const DOUBLED: usize = 8;
    if text[at] == b'`' {
        // PowerShell.
        return match text.get(at + 1)? {
            b'n' => is(2, b'\n'),
            b'r' => is(2, b'\r'),
            _ => None,
        };
    }
    let slashes = text[at..].iter().take(DOUBLED).take_while(|octet| **octet == b'\\').count();
    let rest = &text[at + slashes..];
    match rest.first()? {
        b'n' => is(slashes + 1, b'\n'),
        b'r' => is(slashes + 1, b'\r'),
        b't' => is(slashes + 1, b'\t'),
        quote @ (b'/' | b'"' | b'\'') => is(slashes + 1, *quote),
        // The end of a line that goes on.
        b'\r' if rest.get(1) == Some(&b'\n') => is(slashes + 2, b'\n'),
        b'\r' | b'\n' => is(slashes + 1, b'\n'),
        b'u' => {
            let value = hex(rest.get(1..5)?)?;
            match character(value) {
                Meaning::Octet(octet) => is(slashes + 5, octet),
                Meaning::Nothing => nothing(slashes + 5),
            }
        }
        _ => None,
    }
}

/// Rich Text Format: control words, of which two end a line.
pub(super) fn rich_text(text: &[u8], at: usize) -> Option<Spelling> {
    match text[at] {
        b'{' | b'}' | b'\r' | b'\n' => return nothing(1),
        b'\\' => {}
        _ => return None,
    }
    let rest = &text[at + 1..];
    match rest.first()? {
        b'\'' => {
            let octet = pair(rest, 1)?;
            return is(4, if octet >= 0x80 { windows(octet) } else { octet });
        }
        b'_' | b'~' => return is(2, if rest[0] == b'_' { b'-' } else { b' ' }),
        b'\r' | b'\n' => return is(2, b'\n'),
        octet if !octet.is_ascii_alphabetic() => return is(2, *octet),
        _ => {}
    }
    let letters = rest.iter().take(32).take_while(|octet| octet.is_ascii_alphabetic()).count();
    let number = rest[letters..].iter().take(12).take_while(|o| o.is_ascii_digit() || **o == b'-').count();
    let space = usize::from(rest.get(letters + number) == Some(&b' '));
    let size = 1 + letters + number + space;
    match &rest[..letters] {
        b"par" | b"line" => is(size, b'\n'),
        b"tab" => is(size, b'\t'),
        b"emdash" | b"endash" => is(size, DASH),
        _ => nothing(size),
    }
}

/// Character references and tags of XML and HTML.
pub(super) fn markup(text: &[u8], at: usize) -> Option<Spelling> {
    /// The longest tag that is looked at.
    const MAX_TAG: usize = 512;
    if text[at] == b'<' {
        let first = text.get(at + 1)?;
        if !first.is_ascii_alphabetic() && !matches!(first, b'/' | b'!' | b'?') {
            return None;
        }
        let size = text[at..].iter().take(MAX_TAG).position(|octet| *octet == b'>')? + 1;
        return is(size, b'\n');
    }
    let size = text[at..].iter().take(10).position(|octet| *octet == b';')? + 1;
    let name = &text[at + 1..at + size - 1];
    let meaning = match name {
        [b'#', b'x' | b'X', digits @ ..] => character(hex(digits)?),
        [b'#', digits @ ..] => character(std::str::from_utf8(digits).ok()?.parse().ok()?),
        b"amp" => Meaning::Octet(b'&'),
        b"lt" => Meaning::Octet(b'<'),
        b"gt" => Meaning::Octet(b'>'),
        b"quot" => Meaning::Octet(b'"'),
        b"apos" => Meaning::Octet(b'\''),
        b"nbsp" | b"ensp" | b"emsp" => Meaning::Octet(b' '),
        b"plus" => Meaning::Octet(b'+'),
        b"sol" => Meaning::Octet(b'/'),
        b"equals" => Meaning::Octet(b'='),
        b"hyphen" | b"dash" | b"ndash" | b"mdash" => Meaning::Octet(DASH),
        b"shy" | b"zwnj" | b"zwj" | b"NewLine" => Meaning::Nothing,
        _ => return None,
    };
    match meaning {
        Meaning::Octet(octet) => is(size, octet),
        Meaning::Nothing => nothing(size),
    }
}

/// What a character means to who looks for objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This octet.
    Octet(u8),
    /// Nothing: it cannot be seen.
    Nothing,
}

/// Any character as one octet: typographic dashes and quotes, wide spaces and line ends become what they stand for.
pub(super) fn character(value: u32) -> Meaning {
    Meaning::Octet(match value {
        0x09 | 0x0a | 0x0d | 0x20..=0x7e => value as u8,
        0x85 | 0x2028 | 0x2029 => b'\n',
        0xa0 | 0x1680 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 => b' ',
        0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0x2066..=0x206f | 0xfeff => {
            return Meaning::Nothing;
        }
        0x2010..=0x2015 | 0x2043 | 0x2212 | 0x2500 | 0x2501 | 0x2e3a | 0x2e3b | 0xfe58 | 0xfe63 | 0xff0d => {
            DASH
        }
        0x2018..=0x201b => b'\'',
        0x201c..=0x201f | 0xab | 0xbb => b'"',
        // The letters and digits of East Asian widths.
        0xff01..=0xff5e => (value - 0xfee0) as u8,
        _ => FOREIGN,
    })
}

/// An octet above 127 of Windows-1252.
pub(super) fn windows(octet: u8) -> u8 {
    match octet {
        0x96 | 0x97 => DASH,
        0x91 | 0x92 => b'\'',
        0x93 | 0x94 => b'"',
        0xa0 => b' ',
        _ => FOREIGN,
    }
}

/// The UTF-8 character at a place: its value and size.
fn decoded(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let size = match text[at] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let character = std::str::from_utf8(text.get(at..at + size)?).ok()?.chars().next()?;
    Some((u32::from(character), size))
}

/// Characters of UTF-8 that cannot be seen, or that only look like a space.
pub(super) fn invisible(text: &[u8], at: usize) -> Option<Spelling> {
    let (value, size) = decoded(text, at)?;
    match character(value) {
        Meaning::Nothing => nothing(size),
        Meaning::Octet(b' ') => is(size, b' '),
        Meaning::Octet(_) => None,
    }
}

/// All other octets above 127, as UTF-8 where they are, as Windows-1252 where not.
pub(super) fn wide(text: &[u8], at: usize) -> Option<Spelling> {
    match decoded(text, at) {
        Some((value, size)) => match character(value) {
            Meaning::Octet(octet) => is(size, octet),
            Meaning::Nothing => nothing(size),
        },
        None => match windows(text[at]) {
            octet if octet == text[at] => None,
            octet => is(1, octet),
        },
    }
}
