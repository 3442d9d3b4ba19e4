//! Writes DER elements from ready-made contents.
//!
//! It does not sort, choose string types or check values.

use const_oid::ObjectIdentifier;

/// Octets of the identifier at the start of `header`.
pub(crate) fn identifier_size(header: &[u8]) -> usize {
    match header.first() {
        Some(first) if first & 0x1f == 0x1f => {
            2 + header[1..].iter().take_while(|octet| *octet & 0x80 != 0).count()
        }
        _ => 1,
    }
}

/// Appends the minimal length octets.
pub(crate) fn length(length: usize, out: &mut Vec<u8>) {
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let skip = octets.iter().take_while(|octet| **octet == 0).count();
            let octets = &octets[skip..];
            out.push(0x80 | octets.len() as u8);
            out.extend(octets);
        }
    }
}

/// One element: single-octet identifier, length, content.
pub(crate) fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    length(content.len(), &mut out);
    out.extend(content);
    out
}

/// A constructed element with these members in this order.
pub(crate) fn constructed(tag: u8, members: &[&[u8]]) -> Vec<u8> {
    element(tag, &members.concat())
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
    element(2, &content)
}

/// A non-negative INTEGER of any size from its digits, big-endian; zeros in front do not matter.
pub(crate) fn unsigned(digits: &[u8]) -> Vec<u8> {
    let start = digits.iter().position(|octet| *octet != 0).unwrap_or(digits.len());
    let digits = &digits[start..];
    match digits.first() {
        Some(0..=0x7f) => element(2, digits),
        _ => element(2, &[&[0], digits].concat()),
    }
}

/// OCTET STRING.
pub(crate) fn octet_string(content: &[u8]) -> Vec<u8> {
    element(4, content)
}

/// OBJECT IDENTIFIER.
pub(crate) fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    element(6, oid.as_bytes())
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
            length(size, &mut out);
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
