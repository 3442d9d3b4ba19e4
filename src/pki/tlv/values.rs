//! Values that many structures have in common, taken straight from a cursor.

use super::{Cursor, INTEGER, OCTET_STRING, OID, SEQUENCE};
use crate::error::{Error, Result};
use const_oid::ObjectIdentifier;

impl<'a> Cursor<'a> {
    /// The members of the SEQUENCE that comes next.
    pub fn sequence(&mut self, what: &'static str) -> Result<Self> {
        Ok(self.take(SEQUENCE, what)?.inside())
    }

    /// The content of the OCTET STRING that comes next.
    pub fn octets(&mut self, what: &'static str) -> Result<&'a [u8]> {
        Ok(self.take(OCTET_STRING, what)?.content)
    }

    /// A non-negative INTEGER of at most 64 bits.
    pub fn integer(&mut self, what: &'static str) -> Result<u64> {
        let element = self.take(INTEGER, what)?;
        let bad = || Error::der(what, element.range());
        let digits = match element.content {
            [0, digits @ ..] => digits,
            [0x80..=0xff, ..] | [] => return Err(bad()),
            digits => digits,
        };
        if digits.len() > 8 {
            return Err(bad());
        }
        Ok(digits.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
    }

    /// An OBJECT IDENTIFIER of a length that a program compares with.
    pub fn oid(&mut self, what: &'static str) -> Result<ObjectIdentifier> {
        let element = self.take(OID, what)?;
        ObjectIdentifier::from_bytes(element.content).map_err(|_| Error::der(what, element.range()))
    }
}
