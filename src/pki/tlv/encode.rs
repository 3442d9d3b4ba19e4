//! Writes DER elements from ready-made contents.
//!
//! It does not sort, choose string types or check values.

use const_oid::ObjectIdentifier;

/// Appends the minimal length octets.
pub(crate) fn length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length as u8);
        return;
    }
    let octets = length.to_be_bytes();
    let skip = (length.leading_zeros() / 8) as usize;
    out.push(0x80 | (octets.len() - skip) as u8);
    out.extend_from_slice(&octets[skip..]);
}

/// One element: single-octet identifier, length, content.
pub(crate) fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    length(&mut out, content.len());
    out.extend_from_slice(content);
    out
}

/// A constructed element with these members in this order.
pub(crate) fn constructed(tag: u8, members: &[&[u8]]) -> Vec<u8> {
    write(tag, &members.concat())
}

/// SEQUENCE.
pub(crate) fn sequence(members: &[&[u8]]) -> Vec<u8> {
    constructed(0x30, members)
}

/// SET, in the given order.
pub(crate) fn set(members: &[&[u8]]) -> Vec<u8> {
    constructed(0x31, members)
}

/// A non-negative INTEGER.
pub(crate) fn integer(value: u64) -> Vec<u8> {
    let octets = value.to_be_bytes();
    let skip = octets.iter().take(7).take_while(|octet| **octet == 0).count();
    let mut content = octets[skip..].to_vec();
    if content[0] & 0x80 != 0 {
        content.insert(0, 0);
    }
    write(2, &content)
}

/// A non-negative INTEGER of any size from its digits, big-endian; zeros in front do not matter.
pub(crate) fn unsigned(digits: &[u8]) -> Vec<u8> {
    let start = digits.iter().position(|octet| *octet != 0).unwrap_or(digits.len());
    let digits = &digits[start..];
    match digits.first() {
        Some(0..=0x7f) => write(2, digits),
        _ => write(2, &[&[0], digits].concat()),
    }
}

/// OCTET STRING.
pub(crate) fn octet_string(content: &[u8]) -> Vec<u8> {
    write(4, content)
}

/// OBJECT IDENTIFIER.
pub(crate) fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    write(6, oid.as_bytes())
}

/// NULL.
pub(crate) const NULL: [u8; 2] = [5, 0];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_integers_are_minimal() {
        for (size, expect) in [
            (0, vec![0]),
            (127, vec![127]),
            (128, vec![0x81, 128]),
            (256, vec![0x82, 1, 0]),
            (65_536, vec![0x83, 1, 0, 0]),
        ] {
            let mut out = Vec::new();
            length(&mut out, size);
            assert_eq!(out, expect);
        }
        for (value, expect) in [
            (0, vec![2, 1, 0]),
            (127, vec![2, 1, 127]),
            (128, vec![2, 2, 0, 128]),
            (10_000, vec![2, 2, 0x27, 0x10]),
        ] {
            assert_eq!(integer(value), expect);
        }
    }
}
