//! Decodes the lines between BEGIN and END: headers, quoting, escapes and base64.
//!
//! It does not know what the bytes mean.

use crate::input::Repair;
use std::ops::Range;
use zeroize::Zeroizing;

/// Which lines of the range count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All; anything that is not base64 is an error.
    All,
    /// The base64 lines at the start, up to the first line that is none.
    LeadingLines,
    /// The base64 lines at the end.
    TrailingLines,
}

/// A decoded body.
pub(crate) struct Body {
    pub data: Zeroizing<Vec<u8>>,
    pub headers: Vec<(String, String)>,
    pub repairs: Vec<Repair>,
    /// The lines that were used.
    pub at: Range<usize>,
}

/// Longest line that is not remarked upon (RFC 7468 writes 64, MIME 76).
const USUAL_COLUMNS: usize = 76;

/// Octets that quoting puts before a line and that base64 never has.
pub(super) fn is_line_prefix(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'>' | b'#' | b'*' | b'|' | b';' | b'"' | b'\'')
}

/// Decodes the base64 lines of `range`.
///
/// # Errors
/// The place of the first octet that is not base64.
pub(crate) fn read(text: &[u8], range: Range<usize>, extent: Extent) -> Result<Body, usize> {
    let range = match extent {
        Extent::All => range,
        Extent::LeadingLines => leading(text, range),
        Extent::TrailingLines => trailing(text, range),
    };
    let headers_end = headers_end(text, range.clone());
    let mut headers = Vec::new();
    let mut decoder = Decoder::default();
    decoder.data.reserve(range.len() / 4 * 3);
    let mut used: Option<Range<usize>> = None;
    for line in Lines::new(text, range.clone()).filter(|line| !line.core.is_empty()) {
        let start = used.map_or(line.core.start, |used| used.start);
        used = Some(start..line.core.end);
        if line.core.start < headers_end {
            headers.extend(header(&text[line.core.clone()]));
        } else {
            decoder.line(text, &line)?;
        }
    }
    let mut repairs = decoder.repairs();
    if !headers.is_empty() {
        repairs.insert(0, Repair::Headers);
    }
    Ok(Body { data: decoder.data, headers, repairs, at: used.unwrap_or(range.start..range.start) })
}

/// The headers and base64 lines at the start of a range.
fn leading(text: &[u8], range: Range<usize>) -> Range<usize> {
    let headers_end = headers_end(text, range.clone());
    let last = Lines::new(text, range.clone())
        .take_while(|line| line.core.start < headers_end || line.may_belong(text))
        .last();
    range.start..last.map_or(range.start, |line| line.core.end)
}

/// The base64 lines at the end of a range.
fn trailing(text: &[u8], range: Range<usize>) -> Range<usize> {
    let mut start = None;
    for line in Lines::new(text, range.clone()) {
        if !line.may_belong(text) {
            start = None;
        } else if !line.core.is_empty() {
            start = start.or(Some(line.core.start));
        }
    }
    start.unwrap_or(range.end)..range.end
}

/// One line without what quoting put around it.
struct Line {
    core: Range<usize>,
    indented: bool,
    quoted: bool,
    escaped: bool,
}

impl Line {
    /// Whether the line is base64 or blank.
    fn may_belong(&self, text: &[u8]) -> bool {
        let mut octets = text[self.core.clone()].iter();
        octets.all(|octet| value(*octet).is_some() || *octet == b'=')
    }
}

/// Cuts a range into lines, at real line ends and at escaped ones.
struct Lines<'a> {
    text: &'a [u8],
    /// Where the next line starts; nothing when the last one was given out.
    start: Option<usize>,
    end: usize,
    /// The first line is the rest of the BEGIN line and cannot be indented.
    first: bool,
}

impl<'a> Lines<'a> {
    fn new(text: &'a [u8], range: Range<usize>) -> Self {
        Lines { text, start: Some(range.start), end: range.end, first: true }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.start?;
        let mut at = start;
        let mut escape = 0;
        while at < self.end {
            match self.text[at] {
                b'\n' | b'\r' => break,
                b'\\' => {
                    escape = escape_size(&self.text[at..self.end]);
                    if escape > 0 {
                        break;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.start = (at < self.end).then_some(at + escape.max(1));
        let mut line = line(self.text, start..at, escape > 0);
        line.indented &= !self.first;
        self.first = false;
        Some(line)
    }
}

/// Octets of `\n`, `\r`, `\\n` or a backslash at the end of a line; 0 for anything else.
fn escape_size(rest: &[u8]) -> usize {
    let slashes = rest.iter().take_while(|octet| **octet == b'\\').count();
    match rest.get(slashes) {
        Some(b'n' | b'r' | b't') if slashes <= 4 => slashes + 1,
        Some(b'\n' | b'\r') => slashes,
        _ => 0,
    }
}

fn line(text: &[u8], range: Range<usize>, escaped: bool) -> Line {
    let octets = &text[range.clone()];
    let lead = octets.iter().take_while(|octet| is_line_prefix(**octet)).count();
    let trail = octets[lead..].iter().rev().take_while(|octet| is_line_suffix(**octet)).count();
    let prefix = &octets[..lead];
    let core = range.start + lead..range.end - trail;
    let quoted = prefix.iter().any(|octet| !matches!(octet, b' ' | b'\t'));
    Line {
        indented: !core.is_empty() && lead > 0 && !quoted,
        quoted: !core.is_empty() && quoted,
        escaped,
        core,
    }
}

fn is_line_suffix(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'"' | b'\'' | b',' | b';' | b'|' | b'*')
}

/// Where the header lines (RFC 1421) at the start of a range end.
fn headers_end(text: &[u8], range: Range<usize>) -> usize {
    let start = range.start;
    let last = Lines::new(text, range)
        .take_while(|line| {
            let octets = &text[line.core.clone()];
            octets.is_empty() || header(octets).is_some()
        })
        .filter(|line| !line.core.is_empty())
        .last();
    last.map_or(start, |line| line.core.end)
}

/// Splits `Name: value`.
fn header(octets: &[u8]) -> Option<(String, String)> {
    let colon = octets.iter().take(128).position(|octet| *octet == b':')?;
    let name = &octets[..colon];
    let valid = !name.is_empty() && name.iter().all(|octet| octet.is_ascii_alphanumeric() || *octet == b'-');
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).trim().to_owned();
    valid.then(|| (text(name), text(&octets[colon + 1..])))
}

/// The six bits of a character of base64, in either alphabet.
pub(crate) fn value(octet: u8) -> Option<u8> {
    match octet {
        b'A'..=b'Z' => Some(octet - b'A'),
        b'a'..=b'z' => Some(octet - b'a' + 26),
        b'0'..=b'9' => Some(octet - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[derive(Default)]
struct Decoder {
    data: Zeroizing<Vec<u8>>,
    bits: u32,
    characters: usize,
    padding: usize,
    indented: bool,
    quoted: bool,
    escaped: bool,
    long: bool,
    url: bool,
    stray: bool,
    printable: bool,
}

impl Decoder {
    fn line(&mut self, text: &[u8], line: &Line) -> Result<(), usize> {
        self.indented |= line.indented;
        self.quoted |= line.quoted;
        self.escaped |= line.escaped;
        self.long |= line.core.len() > USUAL_COLUMNS;
        let octets = &text[line.core.clone()];
        let mut index = 0;
        while index < octets.len() {
            let octet = octets[index];
            index += 1;
            match value(octet) {
                Some(bits) if self.padding == 0 => {
                    self.url |= matches!(octet, b'-' | b'_');
                    self.character(bits);
                }
                Some(_) => return Err(line.core.start + index - 1),
                None if octet == b'=' => {
                    if octets[index..].starts_with(b"3D") {
                        self.printable = true;
                        index += 2;
                    } else if index == octets.len() && self.characters % 4 < 2 {
                        // A soft line break of quoted-printable.
                        self.printable = true;
                        continue;
                    }
                    self.padding += 1;
                }
                None if octet == b' ' || octet == b'\t' => {}
                None if octet >= 0x80 => self.stray = true,
                None if octet == b'\\' && octets.get(index) == Some(&b'/') => self.escaped = true,
                None => return Err(line.core.start + index - 1),
            }
        }
        Ok(())
    }

    fn character(&mut self, bits: u8) {
        self.bits = self.bits << 6 | u32::from(bits);
        self.characters += 1;
        let pending = self.characters % 4;
        if pending != 1 {
            let shift = (4 - pending) % 4 * 2;
            self.data.push((self.bits >> shift) as u8);
        }
    }

    fn repairs(&self) -> Vec<Repair> {
        let short = self.padding < (4 - self.characters % 4) % 4;
        [
            (self.indented, Repair::Indented),
            (self.quoted, Repair::Quoted),
            (self.escaped, Repair::EscapedNewlines),
            (self.long && !self.escaped, Repair::OneLine),
            (self.url, Repair::Base64Url),
            (self.printable, Repair::QuotedPrintable),
            (self.stray, Repair::StrayCharacters),
            (short, Repair::Unpadded),
        ]
        .into_iter()
        .filter_map(|(happened, repair)| happened.then_some(repair))
        .collect()
    }
}
