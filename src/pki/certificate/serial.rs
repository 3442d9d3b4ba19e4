//! Serial numbers of certificates: any integer when read, positive and unguessable when made.
//!
//! Leaves out keeping them unique, which is the authority's record.

use std::fmt::{self, Write};

use crate::tlv;

/// A serial number ([RFC 5280 section 4.1.2.2]) as the content octets of its INTEGER, big-endian.
///
/// What is read may be zero, negative or longer than 20 octets; it is kept as it is.
///
/// [RFC 5280 section 4.1.2.2]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.2
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SerialNumber(Vec<u8>);

impl SerialNumber {
    /// Keeps content octets; none at all means zero.
    pub fn from_octets(octets: &[u8]) -> Self {
        Self(if octets.is_empty() { vec![0] } else { octets.to_vec() })
    }

    /// Makes a positive number of 127 random bits in at most 16 octets.
    ///
    /// The closure must fill the buffer with cryptographically secure randomness.
    pub fn random(fill: impl FnOnce(&mut [u8])) -> Self {
        let mut octets = [0; 16];
        fill(&mut octets);
        octets[0] &= 0x7f;
        if octets == [0; 16] {
            octets[15] = 1;
        }
        // DER drops a zero octet unless the next one would look negative.
        let needless = octets.windows(2).take_while(|pair| pair[0] == 0 && pair[1] < 0x80).count();
        Self(octets[needless..].to_vec())
    }

    /// The content octets of the INTEGER.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is above zero and of at most 20 octets, as RFC 5280 demands of what is written.
    pub fn is_conforming(&self) -> bool {
        let minimal = self.0.len() < 2 || self.0[0] != 0 || self.0[1] >= 0x80;
        minimal && self.0[0] < 0x80 && self.0.len() <= 20 && self.0.iter().any(|octet| *octet != 0)
    }

    /// The number in lower-case hexadecimal, whole octets, without leading zero octets.
    pub fn hex(&self) -> String {
        let (sign, digits) = self.magnitude();
        format!("{sign}{}", hex(&digits))
    }

    /// The number in decimal.
    pub fn decimal(&self) -> String {
        let (sign, mut digits) = self.magnitude();
        let mut groups = Vec::new();
        // Long division by a billion, nine digits at a time.
        while digits.iter().any(|octet| *octet != 0) {
            let mut rest: u64 = 0;
            for octet in &mut digits {
                rest = rest * 256 + u64::from(*octet);
                *octet = (rest / 1_000_000_000) as u8;
                rest %= 1_000_000_000;
            }
            groups.push(rest);
        }
        let mut out = sign.to_owned();
        let _ = write!(out, "{}", groups.pop().unwrap_or(0));
        for group in groups.iter().rev() {
            let _ = write!(out, "{group:09}");
        }
        out
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        tlv::write(tlv::INTEGER, &self.0)
    }

    /// The sign and the octets of the absolute value, without leading zeros.
    fn magnitude(&self) -> (&'static str, Vec<u8>) {
        let negative = self.0[0] >= 0x80;
        let mut digits = self.0.clone();
        if negative {
            let mut carry = true;
            for octet in digits.iter_mut().rev() {
                let (sum, over) = (!*octet).overflowing_add(u8::from(carry));
                *octet = sum;
                carry = over;
            }
        }
        let zeros = digits.iter().take_while(|octet| **octet == 0).count();
        digits.drain(..zeros.min(digits.len() - 1));
        (if negative { "-" } else { "" }, digits)
    }
}

impl From<u64> for SerialNumber {
    fn from(number: u64) -> Self {
        let der = crate::extension::write_number(number);
        Self(der[2..].to_vec())
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SerialNumber({})", self.hex())
    }
}

/// Octets in lower-case hexadecimal.
pub fn hex(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = vec![0; octets.len() * 2];
    for (pair, octet) in out.chunks_exact_mut(2).zip(octets) {
        pair[0] = DIGITS[usize::from(octet >> 4)];
        pair[1] = DIGITS[usize::from(octet & 15)];
    }
    String::from_utf8(out).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_integer_is_shown_in_both_bases() {
        for (octets, hex, decimal) in [
            (&[][..], "00", "0"),
            (&[0], "00", "0"),
            (&[1], "01", "1"),
            (&[0, 0xff], "ff", "255"),
            (&[0xff], "-01", "-1"),
            (&[0x80, 0], "-8000", "-32768"),
            (&[0, 0, 1], "01", "1"),
            (
                &[
                    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                    0xff,
                ],
                "7fffffffffffffffffffffffffffffff",
                "170141183460469231731687303715884105727",
            ),
            (&[0x3b, 0x9a, 0xca, 0x00], "3b9aca00", "1000000000"),
        ] {
            let serial = SerialNumber::from_octets(octets);
            assert_eq!((serial.hex().as_str(), serial.decimal().as_str()), (hex, decimal));
        }
    }

    #[test]
    fn a_random_number_is_positive_and_minimal() {
        for (bytes, hex) in [
            ([0xff; 16], "7fffffffffffffffffffffffffffffff"),
            ([0; 16], "01"),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0], "8000"),
        ] {
            let serial = SerialNumber::random(|out| out.copy_from_slice(&bytes));
            assert_eq!(serial.hex(), hex);
            assert!(serial.is_conforming());
        }
        assert_eq!(SerialNumber::random(|out| out.fill(0x42)).octets().len(), 16);
    }

    #[test]
    fn numbers_that_may_not_be_issued_are_known() {
        for octets in [&[0][..], &[0x80], &[0, 1], &[1; 21]] {
            assert!(!SerialNumber::from_octets(octets).is_conforming(), "{octets:?}");
        }
        assert!(SerialNumber::from(u64::MAX).is_conforming());
    }
}
