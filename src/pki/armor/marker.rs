//! Finds BEGIN and END lines, also damaged ones.
//!
//! It does not look at what lies between them.

use memchr::memmem;
use std::ops::Range;

/// Labels that are believed even when every dash is lost.
const KNOWN_LABELS: [&str; 19] = [
    "CERTIFICATE",
    "CERTIFICATE REQUEST",
    "NEW CERTIFICATE REQUEST",
    "X509 CERTIFICATE",
    "TRUSTED CERTIFICATE",
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
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "OPENSSH PRIVATE KEY",
];

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

/// One BEGIN or END line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub side: Side,
    pub label: String,
    /// From the first dash to the last.
    pub at: Range<usize>,
    /// Whether the dashes were not five and five.
    pub damaged: bool,
}

/// The markers of a text in its order, and where the search was given up, if it was.
pub(super) fn find(text: &[u8]) -> (Vec<Marker>, Option<usize>) {
    let mut begins = memmem::find_iter(text, b"BEGIN ").peekable();
    let mut ends = memmem::find_iter(text, b"END ").peekable();
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
    let dashes_before = count_dashes(&text[start..word]);
    let label_start = word + if side == Side::Begin { 6 } else { 4 };
    let label_end = text[label_start..]
        .iter()
        .take(MAX_LABEL + 1)
        .position(|octet| !is_label(*octet))
        .map_or(text.len(), |size| label_start + size);
    if label_end - label_start > MAX_LABEL {
        return None;
    }
    let label = std::str::from_utf8(&text[label_start..label_end]).ok()?.trim_end();
    if label.is_empty() {
        return None;
    }
    let end = after(text, label_end, label_start + label.len());
    let dashes_after = count_dashes(&text[label_end.min(end)..end]);
    if dashes_before == 0 && !(starts_line(text, word) && KNOWN_LABELS.contains(&label)) {
        return None;
    }
    Some(Marker {
        side,
        label: label.to_owned(),
        at: start..end,
        damaged: dashes_before != 5 || dashes_after != 5,
    })
}

/// Where the dashes before `word` begin.
fn before(text: &[u8], word: usize) -> usize {
    let floor = word.saturating_sub(MAX_DASHES);
    let window = &text[floor..word];
    let spaces = window.iter().rev().take_while(|octet| **octet == b' ').count();
    let dashes = window[..window.len() - spaces].iter().rev().take_while(|octet| is_dash(**octet)).count();
    if dashes == 0 { word } else { word - spaces - dashes }
}

/// Where the dashes after the label end; spaces alone do not count.
fn after(text: &[u8], label_end: usize, trimmed_end: usize) -> usize {
    let dashes = text[label_end..].iter().take(MAX_DASHES).take_while(|octet| is_dash(**octet)).count();
    if dashes == 0 { trimmed_end } else { label_end + dashes }
}

/// A dash, or an octet of a typographic dash.
fn is_dash(octet: u8) -> bool {
    octet == b'-' || octet >= 0x80
}

/// Dashes proper; a typographic one makes the count wrong on purpose.
fn count_dashes(octets: &[u8]) -> usize {
    octets
        .iter()
        .map(|octet| match octet {
            b'-' => 1,
            b' ' => 0,
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
