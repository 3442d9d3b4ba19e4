//! Extensions in words, those of certificates, requests and revocation lists alike.
//!
//! Leaves out judging them: what is wrong with an extension where it stands is for others to say.

use std::borrow::Cow;
use std::ops::Range;

use super::margin::Margin;
use super::{Field, value};
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{Extension, oid_name};
use crate::tlv::{Cursor, Tlv};

pub(crate) mod bits;
pub(crate) mod identifiers;
mod names;
mod usage;

/// Reads the one element of an extension's value into the field's words and parts.
type Decoder = fn(Tlv<'_>, &mut Field, &mut Margin) -> Result<()>;

/// An extension whose value can be put into words.
struct Known {
    oid: &'static str,
    name: &'static str,
    decode: Decoder,
}

const KNOWN: [&[Known]; 3] = [usage::KNOWN, names::KNOWN, identifiers::KNOWN];

/// Describes an extension; `at` is the place of the whole `Extension` in the object.
///
/// What cannot be decoded is said in the field and shown as octets.
pub(crate) fn field(extension: &Extension, at: Range<usize>) -> Field {
    noted(extension, at, &mut Margin::new())
}

/// Describes an extension and notes what is wrong with its encoding.
pub(crate) fn noted(extension: &Extension, at: Range<usize>, margin: &mut Margin) -> Field {
    let known = KNOWN.iter().flat_map(|rows| rows.iter()).find(|row| row.oid == extension.oid);
    let label: Cow<'static, str> = match oid_name(&extension.oid) {
        Some(name) => name.into(),
        None => extension.oid.clone().into(),
    };
    let mut field = Field {
        critical: Some(extension.critical),
        ..Field::group(known.map_or("extension", |row| row.name), label, Vec::new())
    }
    .oid(extension.oid.clone())
    .at(at.clone());
    // The value is the last thing in an extension.
    let value_at = at.end.saturating_sub(extension.value.len())..at.end;
    let outcome = match known {
        Some(row) => decode(row.decode, &extension.value, value_at.start, &mut field, margin),
        None => {
            field.text = format!("unknown extension, {} bytes", extension.value.len());
            Ok(())
        }
    };
    if let Err(error) = outcome {
        let place = error.position.clone().unwrap_or_else(|| value_at.clone());
        let words = format!("cannot be decoded: {}", error.kind);
        margin.problem(&format!("{} cannot be decoded", field.label), &error, value_at.clone());
        field.fields.push(Field::new("undecoded", "Problem", words).at(place));
    }
    value::hex_form(&mut field, "value in hex", &extension.value);
    field
}

fn decode(decoder: Decoder, octets: &[u8], at: usize, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut cursor = Cursor::placed(octets, at);
    let element = cursor.any("extension value")?;
    decoder(element, field, margin)?;
    if cursor.is_empty() {
        return Ok(());
    }
    Err(Error::at(ErrorKind::TrailingBytes { count: cursor.range().len() }, cursor.range()))
}
