//! Whole objects that are described along a table: everything but certificates, revocation lists, requests and keys.
//!
//! Sections are the groups at the top; what stands alone comes first, under the name of the object.

use super::margin::Margin;
use super::structure::{self, outline};
use super::{Description, Field};
use crate::Kind;
use crate::schema::known::{self, Known};
use crate::schema::{Member, cms};
use crate::tlv::{Cursor, Tlv};

/// Describes an object of a kind; `None` when nothing of this kind is there.
pub(super) fn describe(kind: Kind, bytes: &[u8]) -> Option<Description> {
    let mut margin = Margin::new();
    let mut cursor = Cursor::ber(bytes);
    let element = cursor.any("structure").ok()?;
    if !cursor.is_empty() {
        margin.note("further bytes follow", cursor.range());
    }
    let (title, mut field) = match known::of_kind(kind, &bytes[element.range()]) {
        Some(known) => (title(known), along(known, &element, &mut margin)),
        None if kind == Kind::Cms => ("Message".to_owned(), message(&element, &mut margin)),
        None if kind == Kind::Unknown => {
            ("Unknown structure".to_owned(), outline::discreet(&element, &mut margin))
        }
        None => return None,
    };
    if field.fields.is_empty() {
        field = Field { fields: vec![field.clone()], ..Field::group(field.name, field.label, Vec::new()) };
    }
    let sections = sections(kind, &title, field);
    Some(Description { kind, title, sections, notes: margin.notes })
}

fn title(known: &Known) -> String {
    known.title.to_owned()
}

fn along(known: &Known, element: &Tlv<'_>, margin: &mut Margin) -> Field {
    structure::field(&Member::new("object", known.title, known.of), element, None, margin)
}

fn message(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    structure::field(&Member::new("object", "Message", &cms::CONTENT_INFO), element, None, margin)
}

/// Groups become sections; the rest comes first, in one of its own.
fn sections(kind: Kind, title: &str, field: Field) -> Vec<Field> {
    let place = field.at.clone();
    let (groups, alone): (Vec<Field>, Vec<Field>) =
        field.fields.into_iter().partition(|part| !part.fields.is_empty());
    let mut first = Field::group(kind.id(), title.to_owned(), alone);
    first.at = place;
    first.left_out = field.left_out;
    let mut out = Vec::with_capacity(groups.len() + 1);
    if !first.fields.is_empty() || groups.is_empty() {
        out.push(first);
    }
    out.extend(groups);
    out
}
