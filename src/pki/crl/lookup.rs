//! Looking for certificates in a revocation list without reading it whole: a list of five megabytes takes some
//! milliseconds.
//!
//! Leaves out whether the list is genuine and in its time.

use super::{Revoked, RevokedEntry};
use crate::certificate::SerialNumber;
use crate::error::Result;
use crate::tlv::{self, Cursor, Tlv};

/// The first entry for each of these numbers, in their order, with how many entries were passed.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] where the way to the entries, or from one to the next, cannot be followed.
pub fn look_up(der: &[u8], serials: &[SerialNumber]) -> Result<(Vec<Option<RevokedEntry>>, usize)> {
    let mut found = vec![None; serials.len()];
    let mut passed = 0;
    let Some(list) = entries(der)? else { return Ok((found, passed)) };
    let mut list = list.inside();
    while !list.is_empty() {
        let entry = list.take(tlv::SEQUENCE, "revoked entry")?;
        let serial = entry.inside().take(tlv::INTEGER, "serial number")?;
        passed += 1;
        for (wanted, place) in serials.iter().zip(&mut found) {
            if place.is_none() && wanted.octets() == serial.content {
                *place = Some(Revoked::default().read_entry(&entry)?);
            }
        }
    }
    Ok((found, passed))
}

/// The revoked certificates of a list; `None` when it has none.
fn entries(der: &[u8]) -> Result<Option<Tlv<'_>>> {
    let mut fields =
        Cursor::new(der).sequence("revocation list")?.sequence("to-be-signed revocation list")?;
    fields.optional(tlv::INTEGER, "version")?;
    fields.any("signature algorithm")?;
    fields.any("issuer")?;
    fields.any("this update")?;
    if matches!(fields.peek(), Some(tlv::UTC_TIME | tlv::GENERALIZED_TIME)) {
        fields.any("next update")?;
    }
    fields.optional(tlv::SEQUENCE, "revoked certificates")
}

/// The numbers that a person may have meant: hexadecimal with or without colons, blanks or `0x`, and decimal where
/// there are digits only. Empty when it is neither.
#[must_use]
pub fn serials_of(typed: &str) -> Vec<SerialNumber> {
    let typed = typed.trim().to_ascii_lowercase();
    let (hexadecimal, bare) = match typed.strip_prefix("0x") {
        Some(digits) => (true, digits),
        None => (false, typed.as_str()),
    };
    let is_parting = |letter: char| matches!(letter, ':' | ' ' | '-');
    let digits: String = bare.chars().filter(|letter| !is_parting(*letter)).collect();
    if digits.is_empty() || !digits.chars().all(|letter| letter.is_ascii_hexdigit()) {
        return Vec::new();
    }
    let nibble = |letter: char| letter.to_digit(16).unwrap_or_default() as u8;
    let nibbles: Vec<u8> = digits.chars().rev().map(nibble).collect();
    let octets: Vec<u8> =
        nibbles.chunks(2).map(|pair| pair[0] | pair.get(1).copied().unwrap_or_default() << 4).collect();
    let mut all = vec![number(octets)];
    let is_decimal = !hexadecimal && bare == digits && digits.chars().all(|letter| letter.is_ascii_digit());
    let decimal = is_decimal.then(|| number(from_decimal(&digits)));
    all.extend(decimal.filter(|decimal| *decimal != all[0]));
    all
}

/// A number of these octets, the least first, as DER has it.
fn number(mut octets: Vec<u8>) -> SerialNumber {
    while octets.last() == Some(&0) {
        octets.pop();
    }
    if octets.last().is_none_or(|first| *first >= 0x80) {
        octets.push(0);
    }
    octets.reverse();
    SerialNumber::from_octets(&octets)
}

/// The octets of a decimal number, the least first.
fn from_decimal(digits: &str) -> Vec<u8> {
    let mut octets: Vec<u8> = Vec::new();
    for digit in digits.bytes() {
        let mut carry = u32::from(digit - b'0');
        for octet in &mut octets {
            carry += u32::from(*octet) * 10;
            *octet = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            octets.push(carry as u8);
        }
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_understood_in_every_spelling() {
        let number = |octets: &[u8]| SerialNumber::from_octets(octets);
        for (typed, expect) in [
            ("0a:ff", vec![number(&[0x0a, 0xff])]),
            ("0xAFF", vec![number(&[0x0a, 0xff])]),
            (" 0A FF ", vec![number(&[0x0a, 0xff])]),
            ("ff", vec![number(&[0, 0xff])]),
            ("255", vec![number(&[0x02, 0x55]), number(&[0, 0xff])]),
            ("5", vec![number(&[5])]),
            ("0x255", vec![number(&[0x02, 0x55])]),
            ("0", vec![number(&[0])]),
            (
                "18446744073709551616",
                vec![
                    number(&[0x18, 0x44, 0x67, 0x44, 0x07, 0x37, 0x09, 0x55, 0x16, 0x16]),
                    number(&[1, 0, 0, 0, 0, 0, 0, 0, 0]),
                ],
            ),
            ("", Vec::new()),
            ("mail.example.org", Vec::new()),
        ] {
            assert_eq!(serials_of(typed), expect, "{typed:?}");
        }
    }
}
