//! Fields of plain values: octets, numbers, times, texts, object identifiers, in the spellings people copy.
//!
//! Leaves out what the values mean where they stand.

use std::borrow::Cow;
use std::ops::Range;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Field;
use super::oid;
use crate::certificate::{SerialNumber, hex};
use crate::error::{Error, Result};
use crate::name;
use crate::time::UnixTime;
use crate::tlv::{self, Tlv};

/// Longer values are shown by their beginning; the bytes are at hand by the field's place.
const LONGEST: usize = 8192;
/// How much of a value that is too long is shown.
const BEGINNING: usize = 64;
/// Numbers of more octets are not put into decimal, which takes time that grows with the square.
const LONGEST_DECIMAL: usize = 64;

/// Octets as viewers show them: `AB:CD`.
pub(crate) fn colons(octets: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = vec![b':'; (octets.len() * 3).saturating_sub(1)];
    for (part, octet) in out.chunks_mut(3).zip(octets) {
        part[0] = DIGITS[usize::from(octet >> 4)];
        part[1] = DIGITS[usize::from(octet & 15)];
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Octets in base64 with padding.
pub(crate) fn base64(octets: &[u8]) -> String {
    BASE64_STANDARD.encode(octets)
}

/// Octets with colons, and without for copying; a long value by its beginning and its length.
pub(crate) fn octets(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    octets: &[u8],
    at: Range<usize>,
) -> Field {
    let field = Field::new(name, label, abridged(octets)).at(at);
    if octets.is_empty() || octets.len() > LONGEST { field } else { field.form("hex", hex(octets)) }
}

/// Octets with colons, or the first of them and how many there are.
pub(crate) fn abridged(octets: &[u8]) -> String {
    match octets.len() {
        0 => "empty".to_owned(),
        length if length > LONGEST => format!("{}… ({length} bytes)", colons(&octets[..BEGINNING])),
        _ => colons(octets),
    }
}

/// The hexadecimal digits of a value that is not too long to be copied from a description.
pub(crate) fn hex_form(field: &mut Field, label: &'static str, octets: &[u8]) {
    if !octets.is_empty() && octets.len() <= LONGEST {
        field.forms.push(super::Form { label: Cow::Borrowed(label), text: hex(octets) });
    }
}

/// An INTEGER or ENUMERATED in decimal, and in hexadecimal for copying; a very long one as octets.
pub(crate) fn integer(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Field {
    if element.content.len() > LONGEST_DECIMAL {
        return octets(name, label, element.content, element.range());
    }
    let number = SerialNumber::from_octets(element.content);
    let field = Field::new(name, label, number.decimal()).at(element.range());
    if element.content.len() > 1 { field.form("hex", number.hex()) } else { field }
}

/// A small number that is not negative.
pub(crate) fn small(element: &Tlv<'_>) -> Option<u64> {
    let digits = match element.content {
        [] | [0x80..=0xff, ..] => return None,
        [0, digits @ ..] => digits,
        digits => digits,
    };
    (digits.len() <= 8).then(|| digits.iter().fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
}

/// A UTCTime or GeneralizedTime; one that cannot be read is shown as it is.
pub(crate) fn time(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Result<Field> {
    let time = UnixTime::from_tlv(element)?;
    let iso = time.to_string().replacen(' ', "T", 1).replacen(" UTC", "Z", 1);
    Ok(Field::new(name, label, time.to_string())
        .at(element.range())
        .encoding(type_name(element.tag))
        .form("ISO 8601", iso)
        .form("Unix seconds", time.0.to_string()))
}

/// A string of any type.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] for anything else.
pub(crate) fn string(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Result<Field> {
    let text = name::string(element).ok_or_else(|| Error::der("string", element.range()))?;
    Ok(Field::new(name, label, text).at(element.range()).encoding(type_name(element.tag)))
}

/// The text of implicitly tagged IA5String octets: ASCII as it is, anything else as Latin-1.
pub(crate) fn ia5(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) => text.to_owned(),
        Err(_) => octets.iter().map(|octet| char::from(*octet)).collect(),
    }
}

/// A BOOLEAN.
pub(crate) fn boolean(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Field {
    let text = if is_true(element) { "yes" } else { "no" };
    Field::new(name, label, text).at(element.range())
}

/// Whether a BOOLEAN says so.
pub(crate) fn is_true(element: &Tlv<'_>) -> bool {
    element.content.iter().any(|octet| *octet != 0)
}

/// The dotted form of an OBJECT IDENTIFIER.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] for anything else.
pub(crate) fn dotted(element: &Tlv<'_>) -> Result<String> {
    let malformed = || Error::der("object identifier", element.range());
    tlv::dotted(element.expect(tlv::OID, "object identifier")?.content).ok_or_else(malformed)
}

/// An OBJECT IDENTIFIER by its name, where it has one.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] for anything else.
pub(crate) fn identifier(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Result<Field> {
    let oid = dotted(element)?;
    let text = oid::name(&oid).map_or_else(|| oid.clone(), str::to_owned);
    Ok(Field::new(name, label, text).at(element.range()).oid(oid))
}

/// Any element by its type: words for the simple types, octets for the rest.
pub(crate) fn any(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
) -> Field {
    let (name, label) = (name.into(), label.into());
    let known = match element.tag {
        tlv::INTEGER | tlv::ENUMERATED => Some(integer(name.clone(), label.clone(), element)),
        tlv::BOOLEAN => Some(boolean(name.clone(), label.clone(), element)),
        tlv::OID => identifier(name.clone(), label.clone(), element).ok(),
        tlv::NULL => Some(Field::new(name.clone(), label.clone(), "NULL").at(element.range())),
        tlv::UTC_TIME | tlv::GENERALIZED_TIME => time(name.clone(), label.clone(), element).ok(),
        tlv::OCTET_STRING => Some(octets(name.clone(), label.clone(), element.content, element.range())),
        _ => string(name.clone(), label.clone(), element).ok(),
    };
    known.unwrap_or_else(|| octets(name, label, element.whole, element.range()))
}

/// The name of a universal type, by its tag octet; empty for other tags.
pub(crate) const fn type_name(tag: u8) -> &'static str {
    match tag {
        0x01 => "BOOLEAN",
        0x02 => "INTEGER",
        0x03 => "BIT STRING",
        0x04 => "OCTET STRING",
        0x05 => "NULL",
        0x06 => "OBJECT IDENTIFIER",
        0x0a => "ENUMERATED",
        0x0c => "UTF8String",
        0x0d => "RELATIVE-OID",
        0x12 => "NumericString",
        0x13 => "PrintableString",
        0x14 => "T61String",
        0x15 => "VideotexString",
        0x16 => "IA5String",
        0x17 => "UTCTime",
        0x18 => "GeneralizedTime",
        0x19 => "GraphicString",
        0x1a => "VisibleString",
        0x1b => "GeneralString",
        0x1c => "UniversalString",
        0x1e => "BMPString",
        0x30 => "SEQUENCE",
        0x31 => "SET",
        _ => "",
    }
}
