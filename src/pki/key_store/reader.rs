//! Steps through the big-endian fields of Java's `DataOutputStream`.
//!
//! It does not know what the fields mean.

use super::corrupt;
use crate::error::Error;

/// A place in a run of fields.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    input: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Reader { input, at: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        &self.input[self.at..]
    }

    pub(super) fn take(&mut self, size: usize) -> Result<&'a [u8], Error> {
        let octets = self.rest().get(..size).ok_or_else(|| corrupt("field beyond the end"))?;
        self.at += size;
        Ok(octets)
    }

    fn number(&mut self, size: usize) -> Result<u64, Error> {
        Ok(self.take(size)?.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
    }

    pub(super) fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.number(1)? as u8)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Error> {
        Ok(self.number(2)? as u16)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Error> {
        Ok(self.number(4)? as u32)
    }

    pub(super) fn u64(&mut self) -> Result<u64, Error> {
        self.number(8)
    }

    /// Octets behind their count of four octets.
    pub(super) fn octets(&mut self) -> Result<&'a [u8], Error> {
        let size = self.u32()?;
        self.take(usize::try_from(size).map_err(|_| corrupt("length of a field"))?)
    }

    /// A text in Java's modified UTF-8 behind its count of two octets.
    pub(super) fn text(&mut self) -> Result<String, Error> {
        let size = self.u16()?;
        Ok(modified_utf8(self.take(size.into())?))
    }

    /// A certificate: its type (absent in the first version of JKS) and its octets.
    pub(super) fn certificate(&mut self, typed: bool) -> Result<Vec<u8>, Error> {
        if typed {
            self.text()?;
        }
        Ok(self.octets()?.to_vec())
    }
}

/// Java writes each half of a surrogate pair in three octets, and zero in two; what is malformed is replaced.
pub(super) fn modified_utf8(octets: &[u8]) -> String {
    let mut units = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let [first, after @ ..] = rest {
        let low = |octet: u8| u16::from(octet & 0x3f);
        let (unit, size) = match (*first, after) {
            (first @ 0..=0x7f, _) => (u16::from(first), 1),
            (first @ 0xc0..=0xdf, [second, ..]) => (u16::from(first & 0x1f) << 6 | low(*second), 2),
            (first @ 0xe0..=0xef, [second, third, ..]) => {
                (u16::from(first & 0xf) << 12 | low(*second) << 6 | low(*third), 3)
            }
            _ => (0xfffd, 1),
        };
        units.push(unit);
        rest = &rest[size..];
    }
    String::from_utf16_lossy(&units)
}

/// The way back.
pub(super) fn to_modified_utf8(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for unit in text.encode_utf16() {
        match unit {
            1..=0x7f => out.push(unit as u8),
            0 | 0x80..=0x7ff => out.extend([0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8]),
            _ => out.extend([
                0xe0 | (unit >> 12) as u8,
                0x80 | (unit >> 6 & 0x3f) as u8,
                0x80 | (unit & 0x3f) as u8,
            ]),
        }
    }
    out
}
