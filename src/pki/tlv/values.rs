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
