//! A cursor over definite-length TLVs that borrows its input and knows where it is.
//!
//! Leaves out indefinite lengths and trees (`ber`), and values of their own types: those belong to
//! the structures that hold them.

use std::ops::Range;

use crate::error::{Error, ErrorKind, Result};

/// Laxer than DER (X.690 section 10.1): lengths in more octets than needed are read, because
/// signatures cover the bytes as they are and OpenSSL reads them too.
const MAX_LENGTH_OCTETS: usize = 8;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const NULL: u8 = 0x05;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const UTF8_STRING: u8 = 0x0c;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const IA5_STRING: u8 = 0x16;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The tag octet of a constructed context-specific element.
pub(crate) const fn explicit(number: u8) -> u8 {
    0xa0 | number
}

/// The tag octet of a primitive context-specific element.
pub(crate) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// One element: its first tag octet, its content and the whole of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tlv<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
    /// Offset of the tag octet in the outermost input.
    pub start: usize,
}

impl<'a> Tlv<'a> {
    /// Where the content begins in the outermost input.
    pub fn content_start(&self) -> usize {
        self.start + (self.whole.len() - self.content.len())
    }

    /// The byte range of the whole element.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.whole.len()
    }

    /// A cursor over the content.
    pub fn inside(&self) -> Cursor<'a> {
        Cursor { rest: self.content, at: self.content_start() }
    }

    /// Refuses an element with another tag.
    pub fn expect(self, tag: u8, what: &'static str) -> Result<Self> {
        if self.tag == tag { Ok(self) } else { Err(Error::der(what, self.range())) }
    }
}

/// A position in a run of elements.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(input: &'a [u8]) -> Self {
        Self { rest: input, at: 0 }
    }

    /// A cursor over input that begins this far into the outermost one.
    pub fn placed(input: &'a [u8], at: usize) -> Self {
        Self { rest: input, at }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The place of what is left.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.rest.len()
    }

    /// The tag octet of the next element.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the next element, whatever it is.
    pub fn any(&mut self, what: &'static str) -> Result<Tlv<'a>> {
        let (header, length) =
            header(self.rest).ok_or_else(|| Error::der(what, self.at..self.at + self.rest.len()))?;
        let total = header
            .checked_add(length)
            .filter(|total| *total <= self.rest.len())
            .ok_or_else(|| Error::der(what, self.at..self.at + self.rest.len()))?;
        let (whole, rest) = self.rest.split_at(total);
        let element = Tlv { tag: whole[0], content: &whole[header..], whole, start: self.at };
        self.rest = rest;
        self.at += total;
        Ok(element)
    }

    /// Takes the next element, which must have this tag.
    pub fn take(&mut self, tag: u8, what: &'static str) -> Result<Tlv<'a>> {
        self.any(what)?.expect(tag, what)
    }

    /// Takes the next element if it has this tag.
    pub fn optional(&mut self, tag: u8, what: &'static str) -> Result<Option<Tlv<'a>>> {
        if self.peek() == Some(tag) { self.any(what).map(Some) } else { Ok(None) }
    }

    /// Refuses what is left.
    pub fn end(self) -> Result<()> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let count = self.rest.len();
        Err(Error::at(ErrorKind::TrailingBytes { count }, self.at..self.at + count))
    }
}

/// Reads the single element that fills the whole input.
pub(crate) fn only<'a>(input: &'a [u8], tag: u8, what: &'static str) -> Result<Tlv<'a>> {
    let mut cursor = Cursor::new(input);
    let element = cursor.take(tag, what)?;
    cursor.end()?;
    Ok(element)
}

/// The lengths of header and content.
fn header(input: &[u8]) -> Option<(usize, usize)> {
    let first = *input.first()?;
    let mut at = 1;
    if first & 0x1f == 0x1f {
        while *input.get(at)? & 0x80 != 0 {
            at += 1;
        }
        at += 1;
    }
    let octet = *input.get(at)?;
    at += 1;
    if octet < 0x80 {
        return Some((at, usize::from(octet)));
    }
    let octets = usize::from(octet & 0x7f);
    if octets == 0 || octets > MAX_LENGTH_OCTETS {
        return None;
    }
    let mut length: usize = 0;
    for octet in input.get(at..at + octets)? {
        length = length.checked_mul(256)?.checked_add(usize::from(*octet))?;
    }
    Some((at + octets, length))
}

/// Writes one element.
pub(crate) fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    write_length(&mut out, content.len());
    out.extend_from_slice(content);
    out
}

fn write_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let octets = length.to_be_bytes();
    let skip = (length.leading_zeros() / 8) as usize;
    out.push(0x80 | (octets.len() - skip) as u8);
    out.extend_from_slice(&octets[skip..]);
}

/// The dotted form of an object identifier's content octets; `None` when they are malformed.
pub(crate) fn dotted(content: &[u8]) -> Option<String> {
    use std::fmt::Write;
    if content.last()? & 0x80 != 0 {
        return None;
    }
    let mut out = String::with_capacity(content.len() * 3);
    let mut arc: u128 = 0;
    let mut first = true;
    for octet in content {
        arc = arc.checked_mul(128)? | u128::from(octet & 0x7f);
        if octet & 0x80 != 0 {
            continue;
        }
        if first {
            let top = (arc / 40).min(2);
            write!(out, "{top}.{}", arc - top * 40).ok()?;
            first = false;
        } else {
            write!(out, ".{arc}").ok()?;
        }
        arc = 0;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn object_identifiers_are_written_with_dots() {
        for (octets, text) in [
            (&[0x55, 0x1d, 0x11][..], Some("2.5.29.17")),
            (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], Some("1.2.840.113549")),
            (&[0x88, 0x37], Some("2.999")),
            (&[0x55, 0x9d], None),
            (&[], None),
        ] {
            assert_eq!(dotted(octets).as_deref(), text);
        }
    }

    #[test]
    fn lengths_come_back_as_they_were_written() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let bytes = write(OCTET_STRING, &vec![7; length]);
            let element = only(&bytes, OCTET_STRING, "test").unwrap();
            assert_eq!(element.content.len(), length);
            assert!(only(&bytes[..bytes.len() - 1], OCTET_STRING, "test").is_err());
        }
    }

    #[test]
    fn lengths_beyond_the_input_are_refused() {
        for bytes in [
            &[0x30][..],
            &[0x30, 0x80],
            &[0x30, 0x02, 0x00],
            &[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            &[0x1f, 0xff],
        ] {
            assert!(only(bytes, SEQUENCE, "test").is_err(), "{bytes:?}");
        }
    }
}
