//! Writing a value of a name with its bound and its string type.
//!
//! Leaves out every string type but the three that are written.

use der::asn1::ObjectIdentifier;

use super::{AttributeKind, text};
use crate::error::{Error, ErrorKind, Result};
use crate::tlv;

/// Writes an `AttributeTypeAndValue`.
pub(super) fn encode_attribute(kind: &AttributeKind, value: &str) -> Result<Vec<u8>> {
    let oid = ObjectIdentifier::new(kind.oid())
        .map_err(|_| Error::from(ErrorKind::BadDer { what: "attribute type" }))?;
    let mut pair = tlv::write(tlv::OID, oid.as_bytes());
    pair.extend(encode_value(kind, value)?);
    Ok(tlv::write(tlv::SEQUENCE, &pair))
}

pub(super) fn encode_value(kind: &AttributeKind, value: &str) -> Result<Vec<u8>> {
    if *kind == AttributeKind::Country {
        if value.len() != 2 || !value.bytes().all(|octet| octet.is_ascii_alphabetic()) {
            return Err(ErrorKind::BadCountry { value: value.to_owned() }.into());
        }
        let value = value.to_ascii_uppercase();
        return Ok(tlv::write(tlv::PRINTABLE_STRING, value.as_bytes()));
    }
    let got = value.chars().count();
    if let Some(max) = kind.upper_bound().filter(|max| got > *max) {
        return Err(ErrorKind::ValueTooLong { attribute: kind.clone(), max, got }.into());
    }
    let tag = kind.string_tag();
    let fits = match tag {
        tlv::PRINTABLE_STRING => value.bytes().all(text::is_printable),
        tlv::IA5_STRING => value.is_ascii() && !value.bytes().any(|octet| octet.is_ascii_control()),
        _ => !value.chars().any(char::is_control),
    };
    if !fits {
        return Err(ErrorKind::BadCharacters { attribute: kind.clone() }.into());
    }
    Ok(tlv::write(tag, value.as_bytes()))
}
