//! Steps through DER element by element when the schema is known.
//!
//! Single-octet tags and definite lengths only; BER goes through `normalise` first.

use super::header;
use crate::error::{Error, ErrorKind};
use const_oid::ObjectIdentifier;
use std::ops::Range;

/// A place inside a series of elements.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    input: &'a [u8],
    at: usize,
    /// Where `input` begins in what the caller was given.
    base: usize,
}

/// One element met by a [`Cursor`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// The identifier octet.
    pub tag: u8,
    /// The content octets.
    pub content: &'a [u8],
    /// Header and content.
    pub whole: &'a [u8],
    start: usize,
}

fn bad(what: &'static str, at: Range<usize>) -> Error {
    Error { kind: ErrorKind::BadDer { what }, position: Some(at) }
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Cursor { input, at: 0, base: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.input.len()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn take(&mut self, what: &'static str) -> Result<Element<'a>, Error> {
        let rest = &self.input[self.at..];
        let start = self.base + self.at;
        let place = start..self.base + self.input.len();
        let header = header(rest).ok_or_else(|| bad(what, place.clone()))?;
        let size = header
            .length
            .and_then(|length| usize::try_from(length).ok())
            .and_then(|length| length.checked_add(header.size))
            .filter(|size| *size <= rest.len() && header.tag.number < 31)
            .ok_or_else(|| bad(what, place))?;
        self.at += size;
        Ok(Element { tag: rest[0], content: &rest[header.size..size], whole: &rest[..size], start })
    }

    /// The next element, which must have this identifier octet.
    pub(crate) fn expect(&mut self, tag: u8, what: &'static str) -> Result<Element<'a>, Error> {
        let start = self.base + self.at;
        let end = self.base + self.input.len();
        match self.peek() {
            Some(found) if found == tag => self.take(what),
            _ => Err(bad(what, start..end)),
        }
    }

    /// The next element when it has this identifier octet.
    pub(crate) fn optional(&mut self, tag: u8, what: &'static str) -> Result<Option<Element<'a>>, Error> {
        match self.peek() {
            Some(found) if found == tag => self.take(what).map(Some),
            _ => Ok(None),
        }
    }

    pub(crate) fn sequence(&mut self, what: &'static str) -> Result<Cursor<'a>, Error> {
        Ok(self.expect(0x30, what)?.inside())
    }

    pub(crate) fn octets(&mut self, what: &'static str) -> Result<&'a [u8], Error> {
        Ok(self.expect(4, what)?.content)
    }

    /// A non-negative INTEGER of at most 64 bits.
    pub(crate) fn integer(&mut self, what: &'static str) -> Result<u64, Error> {
        let element = self.expect(2, what)?;
        let digits = match element.content {
            [0, digits @ ..] => digits,
            [0x80..=0xff, ..] | [] => return Err(bad(what, element.place())),
            digits => digits,
        };
        if digits.len() > 8 {
            return Err(bad(what, element.place()));
        }
        Ok(digits.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
    }

    pub(crate) fn oid(&mut self, what: &'static str) -> Result<ObjectIdentifier, Error> {
        let element = self.expect(6, what)?;
        ObjectIdentifier::from_bytes(element.content).map_err(|_| bad(what, element.place()))
    }
}

impl<'a> Element<'a> {
    /// A cursor over the content.
    pub(crate) fn inside(&self) -> Cursor<'a> {
        Cursor { input: self.content, at: 0, base: self.start + self.whole.len() - self.content.len() }
    }

    /// Where the element lies.
    pub(crate) fn place(&self) -> Range<usize> {
        self.start..self.start + self.whole.len()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn errors_name_the_place_in_the_outermost_input() {
        let input = [0x30, 5, 0x30, 3, 2, 1, 0x80];
        let mut inner = Cursor::new(&input).sequence("a").unwrap().sequence("b").unwrap();
        let error = inner.clone().oid("c").unwrap_err();
        assert_eq!(error.position, Some(4..7));
        assert_eq!(inner.integer("d").unwrap_err().position, Some(4..7));
    }

    #[test]
    fn integers_keep_their_value() {
        for (input, expect) in [
            (vec![2, 1, 0], 0),
            (vec![2, 2, 0, 0x80], 128),
            (vec![2, 9, 0, 255, 255, 255, 255, 255, 255, 255, 255], u64::MAX),
        ] {
            assert_eq!(Cursor::new(&input).integer("n").unwrap(), expect);
        }
        assert!(Cursor::new(&[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]).integer("n").is_err());
    }
}
