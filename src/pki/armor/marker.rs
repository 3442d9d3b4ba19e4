//! Finds BEGIN and END lines, also damaged ones.
//!
//! It does not look at what lies between them.

use crate::input::DASH;
use memchr::memmem;
use std::ops::Range;

/// Labels that are believed even when every dash is lost, or every space.
const KNOWN_LABELS: [&str; 35] = [
    "CERTIFICATE",
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "X509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
    "ATTRIBUTE CERTIFICATE",
    "X509 CRL",
    "CRL",
    "PKCS7",
    "PKCS #7 SIGNED DATA",
    "CMS",
    "PKCS12",
    "PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "ANY PRIVATE KEY",
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "DSA PUBLIC KEY",
    "ECDSA PUBLIC KEY",
    "OPENSSH PRIVATE KEY",
    "SSH2 PUBLIC KEY",
    "SSH2 ENCRYPTED PRIVATE KEY",
    "DH PARAMETERS",
    "X9.42 DH PARAMETERS",
    "DSA PARAMETERS",
    "EC PARAMETERS",
    "PARAMETERS",
    "SSL SESSION PARAMETERS",
    "OCSP REQUEST",
    "OCSP RESPONSE",
    "TIMESTAMP REQUEST",
    "TIMESTAMP RESPONSE",
];

/// What announces text and not base64: the signed text of OpenPGP, whose own blocks stand inside.
const TEXT_LABEL: &str = "PGP SIGNED MESSAGE";

/// The most BEGIN and END lines of one text.
pub(super) const MAX_MARKERS: usize = 400_000;
/// The longest label.
const MAX_LABEL: usize = 64;
/// The most octets of dashes on one side.
const MAX_DASHES: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Begin,
    End,
}

impl Side {
    const fn word(self) -> &'static [u8] {
        match self {
            Side::Begin => b"BEGIN",
            Side::End => b"END",
        }
    }
}

/// One BEGIN or END line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub side: Side,
    pub label: String,
    /// From the first dash to the last.
    pub at: Range<usize>,
    /// Whether the dashes were not five and five, or the spaces were missing.
    pub damaged: bool,
}

/// The markers of a text in its order, and where the search was given up, if it was.
pub(super) fn find(text: &[u8]) -> (Vec<Marker>, Option<usize>) {
    let mut begins = memmem::find_iter(text, Side::Begin.word()).peekable();
    let mut ends = memmem::find_iter(text, Side::End.word()).peekable();
    let mut markers: Vec<Marker> = Vec::new();
    loop {
        let begin_is_next = match (begins.peek(), ends.peek()) {
            (None, None) => return (markers, None),
            (begin, end) => end.is_none_or(|end| begin.is_some_and(|begin| begin < end)),
        };
        let (place, side) =
            if begin_is_next { (begins.next(), Side::Begin) } else { (ends.next(), Side::End) };
        let Some(marker) = place.and_then(|place| marker(text, place, side)) else {
            continue;
        };
        if markers.len() == MAX_MARKERS {
            return (markers, Some(marker.at.start));
        }
        // In "BEGIN END X" only the first word counts.
        if markers.last().is_none_or(|last| last.at.end <= marker.at.start) {
            markers.push(marker);
        }
    }
}

fn marker(text: &[u8], word: usize, side: Side) -> Option<Marker> {
    let start = before(text, word);
    let label_start = word + side.word().len();
    let spaces = text[label_start..].iter().take(8).take_while(|octet| is_space(**octet)).count();
    let label_start = label_start + spaces;
    let label_end = text[label_start..]
        .iter()
        .take(MAX_LABEL + 1)
        .position(|octet| !is_label(*octet))
        .map_or(text.len(), |size| label_start + size);
    if label_end - label_start > MAX_LABEL {
        return None;
    }
    let label = std::str::from_utf8(&text[label_start..label_end]).ok()?.trim_end();
    if label.is_empty() || label == TEXT_LABEL {
        return None;
    }
    let end = after(text, label_end, label_start + label.len());
    let dashes = (count_dashes(&text[start..word]), count_dashes(&text[label_end.min(end)..end]));
    let known = KNOWN_LABELS.contains(&label);
    let squeezed = (spaces == 0).then(|| squeezed(label)).flatten();
    let label = match (spaces, squeezed) {
        (0, None) => return None,
        (0, Some(_)) if dashes.0 < 2 || dashes.1 < 2 => return None,
        (0, Some(known)) => known,
        _ if dashes.0 == 0 && !(known && starts_line(text, word)) => return None,
        _ => label,
    };
    // RFC 4716 asks for four.
    let usual = if label.starts_with("SSH2 ") { 4 } else { 5 };
    let start = unescaped(text, start);
    let damaged = dashes != (usual, usual) || spaces == 0;
    Some(Marker { side, label: label.to_owned(), at: start..end, damaged })
}

/// The known label that a text without spaces was.
fn squeezed(label: &str) -> Option<&'static str> {
    let same = |known: &&&str| known.bytes().filter(|octet| *octet != b' ').eq(label.bytes());
    KNOWN_LABELS.iter().find(same).copied()
}

/// Where the dashes before `word` begin.
fn before(text: &[u8], word: usize) -> usize {
    let floor = word.saturating_sub(MAX_DASHES);
    let window = &text[floor..word];
    let spaces = window.iter().rev().take_while(|octet| is_space(**octet)).count();
    let dashes = window[..window.len() - spaces].iter().rev().take_while(|octet| is_dash(**octet)).count();
    if dashes == 0 { word } else { word - spaces - dashes }
}

/// Takes in the `- ` by which OpenPGP protects a line that begins with a dash (RFC 9580 section 7.2).
fn unescaped(text: &[u8], start: usize) -> usize {
    let protected = text[..start].ends_with(b"- ");
    let alone = matches!(text.get(start.wrapping_sub(3)), None | Some(b'\n' | b'\r'));
    if protected && alone { start - 2 } else { start }
}

/// Where the dashes after the label end; spaces alone do not count.
fn after(text: &[u8], label_end: usize, trimmed_end: usize) -> usize {
    let dashes = text[label_end..].iter().take(MAX_DASHES).take_while(|octet| is_dash(**octet)).count();
    if dashes == 0 { trimmed_end } else { label_end + dashes }
}

/// A dash, or what stands for one that was not ASCII.
fn is_dash(octet: u8) -> bool {
    octet == b'-' || octet == DASH
}

fn is_space(octet: u8) -> bool {
    octet == b' ' || octet == b'\t'
}

/// Dashes proper; a typographic one makes the count wrong on purpose.
fn count_dashes(octets: &[u8]) -> usize {
    octets
        .iter()
        .map(|octet| match octet {
            b'-' => 1,
            b' ' | b'\t' => 0,
            _ => 100,
        })
        .sum()
}

fn is_label(octet: u8) -> bool {
    octet.is_ascii_uppercase() || octet.is_ascii_digit() || b" #_./".contains(&octet)
}

/// Whether only quoting stands before `word` on its line.
fn starts_line(text: &[u8], word: usize) -> bool {
    text[..word]
        .iter()
        .rev()
        .take(MAX_DASHES)
        .take_while(|octet| !matches!(octet, b'\n' | b'\r'))
        .all(|octet| super::body::is_line_prefix(*octet))
}
