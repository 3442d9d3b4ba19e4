//! Puts any structure of the tables in `schema` into words, part by part, with the place of each.
//!
//! Leaves out what several parts mean together: that is for the modules of the kinds.

use super::margin::Margin;
use super::{Field, extension, general_name, key, name, oid, value};
use crate::error::{Error, Result};
use crate::extension::Extension;
use crate::schema::{MAX_DEPTH, Member, Type, x509};
use crate::time::UnixTime;
use crate::tlv::{self, Tlv};

mod algorithm;
mod choice;
mod object;
pub(super) mod outline;
mod text;

/// Describes an element as a member of a structure; `oid` is the object identifier before it.
///
/// What does not have the type that the table says is shown as an outline, with a note.
pub(super) fn field(member: &Member, element: &Tlv<'_>, oid: Option<&str>, margin: &mut Margin) -> Field {
    at_depth(member, element, oid, margin, 0)
}

fn at_depth(
    member: &Member,
    element: &Tlv<'_>,
    oid: Option<&str>,
    margin: &mut Margin,
    depth: usize,
) -> Field {
    let at = element.range();
    let outcome = match member.unwrap(element) {
        _ if depth > MAX_DEPTH => Err(Error::at(crate::ErrorKind::TooDeep { limit: MAX_DEPTH }, at.clone())),
        Some(value) => of_type(member, &value, oid, margin, depth),
        None => Err(Error::der(member.label, at.clone())),
    };
    match outcome {
        Ok(field) => Field { at: Some(at), ..field },
        Err(error) => {
            margin.problem(&format!("{} cannot be decoded", member.label), &error, at.clone());
            outline::field(member.name, member.label, element, margin)
        }
    }
}

/// Describes a value by its type, whatever its tag.
fn of_type(
    member: &Member,
    value: &Tlv<'_>,
    oid: Option<&str>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let (name, label, at) = (member.name, member.label, value.range());
    Ok(match member.of {
        Type::Any => outline::field(name, label, value, margin),
        Type::Boolean => value::boolean(name, label, value),
        Type::Integer => value::integer(name, label, value),
        Type::Number => number(name, label, value),
        Type::Named(rows) | Type::Enumerated(rows) => named(name, label, value, rows)?,
        Type::Bits => {
            let bits = value.content.get(1..).ok_or_else(|| Error::der(label, at.clone()))?;
            value::octets(name, label, bits, at)
        }
        Type::Flags(names) => flags(name, label, value, names)?,
        Type::Octets => value::octets(name, label, &text::octets(value)?, at),
        Type::Opaque => Field::new(name, label, length(text::octets(value)?.len())),
        Type::OctetsOf(inner) => encoded(member, inner, value, oid, margin, depth)?,
        Type::Null => Field::new(name, label, "NULL"),
        Type::Oid => value::identifier(name, label, &Tlv { tag: tlv::OID, ..*value })?,
        Type::Text => text::field(name, label, value)?,
        Type::Time => time(name, label, value)?,
        Type::Name => name::field(name, label, value, margin),
        Type::GeneralName => match general_name::field(value, general_name::Address::Host, margin)? {
            field if name == "general-name" => field,
            field => Field { name: name.into(), label: label.into(), ..field },
        },
        Type::Algorithm => algorithm::field(name, label, value, margin, depth)?,
        Type::PublicKey if value.tag == tlv::SEQUENCE => {
            Field { name: name.into(), label: label.into(), ..key::field(value, margin) }
        }
        Type::PublicKey => object::public_key(name, label, value, margin, depth)?,
        Type::Extension => extension::one(&value.retagged(tlv::SEQUENCE), margin),
        Type::AsExtension(oid) => {
            let mut octets = value.whole.to_vec();
            if let Some(tag) = octets.first_mut() {
                *tag = tlv::SEQUENCE;
            }
            let whole = Extension { oid: (*oid).to_owned(), critical: false, value: octets };
            let shown = extension::field(&whole, at);
            Field { name: name.into(), label: label.into(), critical: None, ..shown }
        }
        Type::Certificate => object::certificate(name, label, value, margin)?,
        Type::Crl => object::revocation_list(name, label, value)?,
        Type::Request => object::request(name, label, value)?,
        Type::Sequence(members) => sequence(name, label, members, value, oid, margin, depth)?,
        Type::List(_, item) => {
            let mut field = Field::group(name, label, Vec::new());
            margin.parts(&mut field, value.inside(), item.label, |element, margin| {
                match item.accepts(element.tag) {
                    true => Ok(at_depth(item, &element, oid, margin, depth + 1)),
                    false => Err(Error::der(item.label, element.range())),
                }
            })?;
            if field.fields.is_empty() {
                field.text = "none".to_owned();
            }
            field
        }
        Type::Choice(members) => choice::field(member, members, value, oid, margin, depth)?,
        Type::ByOid(known) => match oid.and_then(known) {
            Some(of) if of.accepts(value.tag) => {
                of_type(&Member::new(name, label, of), value, oid, margin, depth + 1)?
            }
            known => {
                if known.is_some() {
                    margin.note(format!("{label} is of another type than belongs there"), at);
                }
                outline::field(name, label, value, margin)
            }
        },
    })
}

/// The members of a SEQUENCE in their order.
fn sequence(
    name: &'static str,
    label: &'static str,
    members: &[Member],
    value: &Tlv<'_>,
    outer: Option<&str>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let mut field = Field::group(name, label, Vec::new());
    let mut rest = value.inside();
    let mut own: Option<String> = None;
    for member in members {
        let is_there = rest.peek().is_some_and(|tag| member.accepts(tag));
        if !is_there {
            if member.optional {
                continue;
            }
            return Err(Error::der(member.label, rest.range()));
        }
        let element = rest.any(member.label)?;
        let part = at_depth(member, &element, own.as_deref().or(outer), margin, depth + 1);
        if matches!(member.of, Type::Oid) {
            own = tlv::dotted(element.content);
        }
        if member.spliced && part.text.is_empty() && !part.fields.is_empty() {
            field.fields.extend(part.fields);
        } else {
            field.fields.push(part);
        }
    }
    if !rest.is_empty() {
        margin.note(format!("{label} has further members that are not known"), rest.range());
        while !rest.is_empty() {
            let element = rest.any("further member")?;
            field.fields.push(outline::field("further-member", "Further member", &element, margin));
        }
    }
    Ok(under_its_type(field))
}

/// A pair of a type and its value goes by the name of the type.
fn under_its_type(mut field: Field) -> Field {
    const TYPES: [&str; 4] = ["attribute-type", "control-type", "info-type", "capability"];
    let place = field.fields.iter().position(|part| TYPES.contains(&part.name.as_ref()));
    let Some(place) = place.filter(|_| field.name != "capability" || !field.fields.is_empty()) else {
        return field;
    };
    let kind = field.fields.remove(place);
    field.label = kind.text.into();
    field.oid = kind.oid;
    if let Some(values) = field.fields.iter().position(|part| part.name == "values") {
        let values = field.fields.remove(values);
        field.left_out += values.left_out;
        field.fields.extend(values.fields);
    }
    // A single plain value is the attribute's own.
    if let [value] = field.fields.as_mut_slice()
        && (value.name == "value" || value.name == "info-value")
    {
        field.text = std::mem::take(&mut value.text);
        field.forms = std::mem::take(&mut value.forms);
        field.encoding = std::mem::take(&mut value.encoding);
        field.left_out += value.left_out;
        field.fields = std::mem::take(&mut value.fields);
    }
    field
}

/// A serial number, or another number that is not counted with.
fn number(name: &'static str, label: &'static str, value: &Tlv<'_>) -> Field {
    let shown = extension::identifiers::serial_number(value);
    Field { name: name.into(), label: label.into(), ..shown }
}

fn named(name: &'static str, label: &'static str, value: &Tlv<'_>, rows: &[(u8, &str)]) -> Result<Field> {
    let number = value::small(value).ok_or_else(|| Error::der(label, value.range()))?;
    let row = rows.iter().find(|row| u64::from(row.0) == number);
    let text = row.map_or_else(|| format!("{number} (not known)"), |row| row.1.to_owned());
    Ok(Field::new(name, label, text).form("number", number.to_string()))
}

fn flags(name: &'static str, label: &'static str, value: &Tlv<'_>, names: &[&str]) -> Result<Field> {
    let (_, octets) = value.content.split_first().ok_or_else(|| Error::der(label, value.range()))?;
    let bits = octets.iter().enumerate().flat_map(|(place, octet)| {
        (0..8).filter(move |bit| octet & (0x80 >> bit) != 0).map(move |bit| place * 8 + bit)
    });
    let words: Vec<String> = bits
        .take(64)
        .map(|bit| names.get(bit).map_or_else(|| format!("bit {bit}"), |name| (*name).to_owned()))
        .collect();
    let text = if words.is_empty() { "none".to_owned() } else { words.join(", ") };
    Ok(Field::new(name, label, text))
}

/// A time; under an implicit tag its form shows by its length alone.
fn time(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Result<Field> {
    if matches!(element.tag, tlv::UTC_TIME | tlv::GENERALIZED_TIME) {
        return value::time(name, label, element);
    }
    let tag = if element.content.len() <= 13 { tlv::UTC_TIME } else { tlv::GENERALIZED_TIME };
    let element = Tlv { tag, ..*element };
    UnixTime::from_tlv(&element)?;
    value::time(name, label, &element)
}

/// An OCTET STRING with a structure inside; when it is none, the octets.
fn encoded(
    member: &Member,
    inner: &'static Type,
    value: &Tlv<'_>,
    oid: Option<&str>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let (name, label) = (member.name, member.label);
    let segment = match value.is_constructed() {
        false => Some(*value),
        // The only segment of a string that BER split.
        true => {
            let mut segments = value.inside();
            let first = segments.take(tlv::OCTET_STRING, label).ok();
            first.filter(|_| segments.is_empty())
        }
    };
    let known = match inner {
        Type::ByOid(known) => oid.and_then(known).unwrap_or(&Type::Opaque),
        other => other,
    };
    if let Some(segment) = segment {
        let mut inside = segment.inside();
        if let Ok(element) = inside.any(label)
            && inside.is_empty()
        {
            // A renewal is a request as the data of a message.
            let known = match known {
                Type::Opaque if x509::REQUEST.fits(element.whole) => &x509::REQUEST,
                known => known,
            };
            if known.accepts(element.tag) && !matches!(known, Type::Opaque) {
                return Ok(at_depth(&Member::new(name, label, known), &element, oid, margin, depth + 1));
            }
        }
    }
    Ok(Field::new(name, label, length(text::octets(value)?.len())))
}

/// What is said of content whose meaning is not known: it may be anything, a private key too.
fn length(octets: usize) -> String {
    match octets {
        0 => "empty".to_owned(),
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// The name of an object identifier for a label, or the identifier itself.
fn called(dotted: &str) -> String {
    oid::name(dotted).map_or_else(|| dotted.to_owned(), str::to_owned)
}
