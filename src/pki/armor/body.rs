//! Decodes the lines between BEGIN and END: headers, quoting and base64.
//!
//! It does not know what the bytes mean, and escapes have been undone before.

mod decoder;
mod line;
mod plain;

pub(crate) use decoder::value;
pub(super) use line::is_line_prefix;

use crate::Wiped;
use crate::input::Repair;
use decoder::Decoder;
use line::Lines;
use std::ops::Range;

/// Which lines of the range count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All; anything that is not base64 is an error.
    All,
    /// All; a line with anything that is not base64 is left out.
    SoundLines,
    /// All; anything that is not base64 is left out.
    SoundCharacters,
    /// The base64 lines at the start, up to the first line that is none.
    LeadingLines,
    /// The base64 lines at the end.
    TrailingLines,
}

/// A decoded body.
pub(crate) struct Body {
    pub data: Wiped,
    pub headers: Vec<(String, String)>,
    pub repairs: Vec<Repair>,
    /// The lines that were used.
    pub at: Range<usize>,
}

/// Decodes the base64 lines of `range`.
///
/// # Errors
/// The place of the first octet that is not base64.
pub(crate) fn read(text: &[u8], range: Range<usize>, extent: Extent) -> Result<Body, usize> {
    let plain = (extent == Extent::All).then(|| plain::read(text, &range)).flatten();
    plain.map_or_else(|| unusual(text, range, extent), Ok)
}

fn unusual(text: &[u8], range: Range<usize>, extent: Extent) -> Result<Body, usize> {
    let range = match extent {
        Extent::All | Extent::SoundLines | Extent::SoundCharacters => range,
        Extent::LeadingLines => leading(text, range),
        Extent::TrailingLines => trailing(text, range),
    };
    let headers_end = headers_end(text, range.clone());
    let mut headers = Vec::new();
    let mut decoder = Decoder::new(range.len() / 4 * 3, extent == Extent::SoundCharacters);
    let mut used: Option<Range<usize>> = None;
    for line in Lines::new(text, range.clone()).filter(|line| !line.core.is_empty()) {
        let start = used.map_or(line.core.start, |used| used.start);
        used = Some(start..line.core.end);
        if line.core.start < headers_end {
            headers.extend(header(&text[line.core.clone()]));
        } else if extent == Extent::SoundLines && !line.may_belong(text) {
            decoder.stray();
        } else {
            decoder.line(text, &line)?;
        }
    }
    let mut repairs = decoder.repairs();
    if !headers.is_empty() {
        repairs.insert(0, Repair::Headers);
    }
    Ok(Body { data: decoder.into_data(), headers, repairs, at: used.unwrap_or(range.start..range.start) })
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
