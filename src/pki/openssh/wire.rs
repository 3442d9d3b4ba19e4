//! Steps through the fields of SSH's encoding (RFC 4251 section 5).
//!
//! It does not know what the fields mean.

use super::corrupt;
use crate::error::Error;

/// A place in a run of fields.
#[derive(Debug, Clone)]
pub(super) struct Wire<'a> {
    rest: &'a [u8],
}

impl<'a> Wire<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Wire { rest: input }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn take(&mut self, size: usize) -> Result<&'a [u8], Error> {
        let (octets, rest) =
            self.rest.split_at_checked(size).ok_or_else(|| corrupt("field beyond the end"))?;
        self.rest = rest;
        Ok(octets)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Error> {
        Ok(self.take(4)?.iter().fold(0, |sum, octet| sum << 8 | u32::from(*octet)))
    }

    pub(super) fn u64(&mut self) -> Result<u64, Error> {
        Ok(self.take(8)?.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
    }

    /// A string, or the octets of a multiple precision integer.
    pub(super) fn string(&mut self) -> Result<&'a [u8], Error> {
        let size = usize::try_from(self.u32()?).map_err(|_| corrupt("length of a field"))?;
        self.take(size)
    }

    /// A string that is text.
    pub(super) fn text(&mut self) -> Result<&'a str, Error> {
        std::str::from_utf8(self.string()?).map_err(|_| corrupt("text field"))
    }

    /// A non-negative multiple precision integer, without zeros in front.
    pub(super) fn number(&mut self) -> Result<&'a [u8], Error> {
        let octets = self.string()?;
        if octets.first().is_some_and(|first| first & 0x80 != 0) {
            return Err(corrupt("negative number"));
        }
        let start = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
        Ok(&octets[start..])
    }
}
