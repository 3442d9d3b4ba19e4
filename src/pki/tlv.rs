//! A cursor over TLVs that borrows its input and knows where it is; indefinite lengths only where they are asked for.
//!
//! Leaves out trees and repairing BER (`ber`), and values of types that belong to the structures that hold them.

mod dotted;
pub(crate) mod encode;
mod values;

pub(crate) use dotted::dotted;
pub(crate) use encode::write;

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
    /// Octets of tag and length.
    pub header: usize,
    /// Whether indefinite lengths are followed inside.
    pub indefinite: bool,
}

impl<'a> Tlv<'a> {
    /// Where the content begins in the outermost input.
    pub fn content_start(&self) -> usize {
        self.start + self.header
    }

    /// Whether the content is a series of elements.
    pub const fn is_constructed(&self) -> bool {
        self.tag & 0x20 != 0
    }

    /// The byte range of the whole element.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.whole.len()
    }

    /// A cursor over the content.
    pub fn inside(&self) -> Cursor<'a> {
        Cursor { rest: self.content, at: self.content_start(), indefinite: self.indefinite }
    }

    /// The same element as if it had this tag: what an implicit tag stands for.
    pub fn retagged(self, tag: u8) -> Self {
        Self { tag, ..self }
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
    /// Whether indefinite lengths are followed.
    indefinite: bool,
}

impl<'a> Cursor<'a> {
    pub fn new(input: &'a [u8]) -> Self {
        Self { rest: input, at: 0, indefinite: false }
    }

    /// A cursor that follows indefinite lengths too, as BER has them (X.690 section 8.1.3.6).
    pub fn ber(input: &'a [u8]) -> Self {
        Self { indefinite: true, ..Self::new(input) }
    }

    /// A cursor over input that begins this far into the outermost one.
    pub fn placed(input: &'a [u8], at: usize) -> Self {
        Self { at, ..Self::new(input) }
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
        let bad = || Error::der(what, self.at..self.at + self.rest.len());
        let (header, length) = header(self.rest).ok_or_else(bad)?;
        let (length, total) = match length {
            Some(length) => (length, header.checked_add(length)),
            None if self.indefinite => {
                let length = end_of_contents(&self.rest[header..]).ok_or_else(bad)?;
                (length, header.checked_add(length + 2))
            }
            None => return Err(bad()),
        };
        let total = total.filter(|total| *total <= self.rest.len()).ok_or_else(bad)?;
        let (whole, rest) = self.rest.split_at(total);
        let content = &whole[header..header + length];
        let (start, indefinite) = (self.at, self.indefinite);
        self.rest = rest;
        self.at += total;
        Ok(Tlv { tag: whole[0], content, whole, start, header, indefinite })
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

/// How many octets come before the end-of-contents octets of an element whose content begins here.
fn end_of_contents(content: &[u8]) -> Option<usize> {
    let (mut at, mut open) = (0, 1u32);
    loop {
        let rest = content.get(at..)?;
        if rest.starts_with(&[0, 0]) {
            open -= 1;
            if open == 0 {
                return Some(at);
            }
            at += 2;
            continue;
        }
        let (header, length) = header(rest)?;
        match length {
            Some(length) => at = at.checked_add(header)?.checked_add(length)?,
            None => {
                open += 1;
                at += header;
            }
        }
    }
}

/// The lengths of header and content; none for the latter where it is indefinite.
fn header(input: &[u8]) -> Option<(usize, Option<usize>)> {
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
        return Some((at, Some(usize::from(octet))));
    }
    let octets = usize::from(octet & 0x7f);
    if octets == 0 {
        return (first & 0x20 != 0).then_some((at, None));
    }
    if octets > MAX_LENGTH_OCTETS {
        return None;
    }
    let mut length: usize = 0;
    for octet in input.get(at..at + octets)? {
        length = length.checked_mul(256)?.checked_add(usize::from(*octet))?;
    }
    Some((at + octets, Some(length)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

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
    fn indefinite_lengths_are_followed_where_they_are_asked_for() {
        let bytes = [0x30, 0x80, 0x24, 0x80, 4, 1, 7, 0, 0, 2, 1, 5, 0, 0, 0xff];
        let mut cursor = Cursor::ber(&bytes);
        let outer = cursor.take(SEQUENCE, "outer").unwrap();
        assert_eq!((outer.range(), outer.content.len(), cursor.peek()), (0..14, 10, Some(0xff)));
        let mut inside = outer.inside();
        let string = inside.any("string").unwrap();
        assert_eq!((string.range(), string.content), (2..9, &[4, 1, 7][..]));
        assert_eq!(inside.take(INTEGER, "number").unwrap().range(), 9..12);
        assert!(inside.is_empty());
        assert!(Cursor::new(&bytes).any("outer").is_err());
        for broken in [&[0x30, 0x80][..], &[0x30, 0x80, 0], &[4, 0x80, 0, 0], &[0x30, 0x80, 4, 0x80, 0, 0]] {
            assert!(Cursor::ber(broken).any("broken").is_err(), "{broken:?}");
        }
        assert!(Cursor::ber(&[0x30, 0x80].repeat(1 << 20)).any("deep").is_err());
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
