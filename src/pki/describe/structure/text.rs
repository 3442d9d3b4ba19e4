//! Strings whose type an implicit tag hides, or that BER split into segments.
//!
//! Leaves out names, whose values always have their own tag.

use crate::describe::{Field, value};
use crate::error::{Error, Result};
use crate::name::string;
use crate::tlv::{self, Tlv};
use std::borrow::Cow;

/// Deepest nesting of segments.
const MAX_SEGMENTS: usize = 16;

/// The octets of a string in one or several segments.
///
/// # Errors
/// A segment is broken, or nested too deep.
pub(super) fn octets<'a>(element: &Tlv<'a>) -> Result<Cow<'a, [u8]>> {
    if !element.is_constructed() {
        return Ok(Cow::Borrowed(element.content));
    }
    let mut out = Vec::with_capacity(element.content.len());
    append(element, &mut out, 0)?;
    Ok(Cow::Owned(out))
}

fn append(element: &Tlv<'_>, out: &mut Vec<u8>, depth: usize) -> Result<()> {
    if !element.is_constructed() {
        out.extend_from_slice(element.content);
        return Ok(());
    }
    if depth > MAX_SEGMENTS {
        return Err(Error::der("segments of a string", element.range()));
    }
    let mut segments = element.inside();
    while !segments.is_empty() {
        append(&segments.any("segment of a string")?, out, depth + 1)?;
    }
    Ok(())
}

/// A text; of one under an implicit tag the type is guessed from the octets.
///
/// # Errors
/// The octets are no text.
pub(super) fn field(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Result<Field> {
    if element.tag & 0xc0 == 0 {
        return value::string(name, label, element);
    }
    let has_zeros = element.content.contains(&0) && element.content.len().is_multiple_of(2);
    let tag = match std::str::from_utf8(element.content) {
        Ok(_) if !has_zeros => tlv::UTF8_STRING,
        // BMPString.
        _ => 0x1e,
    };
    let text = string(&Tlv { tag, ..*element }).ok_or_else(|| Error::der(label, element.range()))?;
    Ok(Field::new(name, label, text))
}
