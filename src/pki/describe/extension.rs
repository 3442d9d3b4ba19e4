//! Extensions in words, those of certificates, requests and revocation lists alike.
//!
//! Leaves out judging them: what is wrong with an extension where it stands is for others to say.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::margin::Margin;
use super::{Field, unknown, value};
use crate::error::Result;
use crate::extension::{Extension, oid_name};
use crate::tlv::{self, Cursor, Tlv};

pub(crate) mod bits;
pub(crate) mod identifiers;
mod industry;
mod logotype;
mod microsoft;
mod names;
mod points;
mod policies;
mod qualified;
mod resources;
pub(crate) mod transparency;
mod usage;

/// Reads the one element of an extension's value into the field's words and parts.
type Decoder = fn(Tlv<'_>, &mut Field, &mut Margin) -> Result<()>;

/// An extension whose value can be put into words.
struct Known {
    oid: &'static str,
    name: &'static str,
    decode: Decoder,
}

/// The extensions that can be put into words, the frequent ones first.
const KNOWN: [&[Known]; 11] = [
    usage::KNOWN,
    names::KNOWN,
    identifiers::KNOWN,
    points::KNOWN,
    policies::KNOWN,
    transparency::KNOWN,
    qualified::KNOWN,
    microsoft::KNOWN,
    resources::KNOWN,
    industry::KNOWN,
    logotype::KNOWN,
];

/// Describes an extension; `at` is the place of the whole `Extension` in the object.
///
/// What cannot be decoded is said in the field and shown as octets.
pub(crate) fn field(extension: &Extension, at: Range<usize>) -> Field {
    let raw = Raw {
        oid: extension.oid.clone(),
        critical: extension.critical,
        value: &extension.value,
        // The value is the last thing in an extension.
        value_at: at.end.saturating_sub(extension.value.len()),
        at,
    };
    described(raw, &mut Margin::new())
}

/// Describes each of a list of extensions (`Extensions` of RFC 5280 section 4.1), and notes what is unusual.
///
/// One that is broken is shown as octets, and those after it are read all the same.
pub(crate) fn list(element: &Tlv<'_>, margin: &mut Margin) -> Vec<Field> {
    let mut out = Field::default();
    let outcome = element.expect(tlv::SEQUENCE, "extensions").and_then(|list| {
        if list.content.is_empty() {
            margin.note("a list of extensions without any", list.range());
        }
        margin.parts(&mut out, list.inside(), "extension", |element, margin| Ok(one(&element, margin)))
    });
    if let Err(error) = outcome {
        margin.problem("extensions cannot be read to their end", &error, element.range());
    }
    if out.left_out > 0 {
        margin.note(format!("{} further extensions are not shown", out.left_out), element.range());
    }
    let mut seen = BTreeSet::new();
    for field in &out.fields {
        if field.oid.as_ref().is_some_and(|oid| !seen.insert(oid)) {
            let at = field.at.clone().unwrap_or_else(|| element.range());
            margin.note(format!("{} stands there more than once", field.label), at);
        }
    }
    out.fields
}

/// An extension as it stands in an object.
struct Raw<'a> {
    oid: String,
    critical: bool,
    value: &'a [u8],
    value_at: usize,
    at: Range<usize>,
}

/// Describes one `Extension`.
pub(crate) fn one(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    match raw(element, margin) {
        Ok(raw) => described(raw, margin),
        Err(error) => {
            margin.problem("an extension cannot be read", &error, element.range());
            value::octets("extension", "Broken extension", element.whole, element.range())
        }
    }
}

fn raw<'a>(element: &Tlv<'a>, margin: &mut Margin) -> Result<Raw<'a>> {
    let mut parts = element.expect(tlv::SEQUENCE, "extension")?.inside();
    let oid = value::dotted(&parts.any("extension identifier")?)?;
    let flag = parts.optional(tlv::BOOLEAN, "extension criticality")?;
    let octets = parts.take(tlv::OCTET_STRING, "extension value")?;
    parts.end()?;
    let critical = flag.is_some_and(|flag| value::is_true(&flag));
    if let Some(flag) = flag.filter(|_| !critical) {
        margin.note("a flag that is not set is written out, which DER forbids", flag.range());
    }
    let (value, value_at) = (octets.content, octets.content_start());
    Ok(Raw { oid, critical, value, value_at, at: element.range() })
}

fn described(raw: Raw<'_>, margin: &mut Margin) -> Field {
    let known = KNOWN.iter().flat_map(|rows| rows.iter()).find(|row| row.oid == raw.oid);
    let label: Cow<'static, str> = match oid_name(&raw.oid) {
        Some(name) => name.into(),
        None => raw.oid.clone().into(),
    };
    let mut field = Field::group(known.map_or("extension", |row| row.name), label, Vec::new()).at(raw.at);
    field.critical = Some(raw.critical);
    field.oid = Some(raw.oid);
    let outcome = match known {
        Some(row) => decode(row.decode, raw.value, raw.value_at, &mut field, margin),
        None => {
            let inside = unknown::inside(raw.value, raw.value_at, margin);
            field.text = if inside.is_some() { String::new() } else { value::abridged(raw.value) };
            field.fields.extend(inside);
            Ok(())
        }
    };
    if let Err(error) = outcome {
        let value_at = raw.value_at..raw.value_at + raw.value.len();
        let place = error.position.clone().unwrap_or_else(|| value_at.clone());
        let words = format!("cannot be decoded: {}", error.kind);
        margin.problem(&format!("{} cannot be decoded", field.label), &error, value_at);
        field.fields.push(Field::new("undecoded", "Problem", words).at(place));
    }
    value::hex_form(&mut field, "value in hex", raw.value);
    field
}

fn decode(decoder: Decoder, octets: &[u8], at: usize, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut cursor = Cursor::placed(octets, at);
    let element = cursor.any("extension value")?;
    decoder(element, field, margin)?;
    cursor.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of two certificates, which another test compares word by word.
    const WORDS: [&str; 2] = [
        include_str!("../../../tests/data/extensions/extensions.txt"),
        include_str!("../../../tests/data/extensions/further.txt"),
    ];

    #[test]
    fn the_words_of_every_decoder_are_compared() {
        let compared = |oid: &str| {
            let mut lines = WORDS.iter().flat_map(|words| words.lines());
            // Extensions stand at the margin, what they say is indented.
            lines.any(|line| !line.starts_with(' ') && line.contains(&format!("<{oid}>")))
        };
        let all: Vec<&str> = KNOWN.iter().flat_map(|rows| rows.iter()).map(|row| row.oid).collect();
        let missing: Vec<&&str> = all.iter().filter(|oid| !compared(oid)).collect();
        assert!(missing.is_empty(), "{missing:?} of {}", all.len());
    }
}
