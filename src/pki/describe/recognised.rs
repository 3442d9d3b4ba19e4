//! Whole objects that are described along a table: everything but certificates, revocation lists and keys.
//!
//! Sections are the groups at the top; what stands alone comes first, under the name of the object.

use super::margin::Margin;
use super::structure::{self, outline};
use super::{Description, Field, Note, certificate, crl, extension};
use crate::error::{Error, Result};
use crate::schema::{Member, Type, cms, known, x509};
use crate::tlv::{Cursor, Tlv};
use crate::{Crl, Kind};
use std::ops::Range;

mod title;

/// Describes an object that is too damaged for its own reader by its structure, and says why.
///
/// # Errors
/// The error itself when there is not even an element.
pub(super) fn damaged(kind: Kind, bytes: &[u8], error: Error) -> Result<Description> {
    let Ok(outline) = describe(Kind::Unknown, bytes) else { return Err(error) };
    let text = format!("it cannot be read as a {}: {}", kind.label(), error.kind);
    let mut notes = vec![Note { text, at: error.position }];
    notes.extend(outline.notes);
    Ok(Description { kind, title: format!("Damaged {}", kind.label()), notes, ..outline })
}

/// Describes an object of a kind.
///
/// # Errors
/// Those of describing a revocation list; [`crate::ErrorKind::BadDer`] when there is not even an element.
pub(super) fn describe(kind: Kind, bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    if kind == Kind::Crl {
        match Crl::parse(bytes) {
            Ok(crl) => return crl::describe(&crl),
            Err(error) => margin.problem("it cannot be worked with", &error, 0..bytes.len()),
        }
    }
    if kind == Kind::SctList && crate::sct::read(bytes).is_ok() {
        let described = timestamps(bytes, 0..bytes.len(), 0, margin)?;
        return Ok(Description { title: title::of(&described, bytes), ..described });
    }
    let mut cursor = Cursor::ber(bytes);
    let element = match cursor.any("structure") {
        Err(_) if kind == Kind::Unknown => return Ok(octets(bytes)),
        // A small element by chance, at the start of something else.
        Ok(element) if kind == Kind::Unknown && !element.is_constructed() && !cursor.is_empty() => {
            return Ok(octets(bytes));
        }
        element => element?,
    };
    if !cursor.is_empty() {
        margin.note("further bytes follow", cursor.range());
    }
    let described = of_kind(kind, &element, margin)?;
    Ok(Description { title: title::of(&described, bytes), ..described })
}

/// Describes an element along the table of its kind.
fn of_kind(kind: Kind, element: &Tlv<'_>, mut margin: Margin) -> Result<Description> {
    let known = known::of_kind(kind, element.whole);
    let (title, of): (&'static str, &'static Type) = match (kind, known) {
        (Kind::SctList, Some(_)) => {
            return timestamps(element.content, element.range(), element.content_start(), margin);
        }
        (_, Some(known)) => (known.title, known.of),
        (Kind::Cms, None) => ("Message", &cms::CONTENT_INFO),
        (Kind::Crl, None) => ("Revocation list", &x509::REVOCATION_LIST),
        (Kind::Request, None) => ("Certificate request", &x509::REQUEST),
        (Kind::SignedPublicKey, None) => ("Signed public key and challenge", &x509::SIGNED_PUBLIC_KEY),
        (Kind::Unknown, None) => return Ok(unknown(element, margin)),
        // It began like one of its kind, and is shown as what it is.
        (_, None) => {
            margin.note(format!("it has not the structure of one: {}", kind.label()), element.range());
            return Ok(Description { kind, ..unknown(element, margin) });
        }
    };
    let field = structure::field(&Member::new("object", title, of), element, None, &mut margin);
    let described = finished(kind, title, field, margin);
    Ok(if kind == Kind::Request { request(described, element.whole) } else { described })
}

/// Describes a list of certificate transparency timestamps that begins at a place.
fn timestamps(list: &[u8], at: Range<usize>, start: usize, mut margin: Margin) -> Result<Description> {
    let mut field = Field::group("sct-list", "Timestamps", Vec::new()).at(at);
    extension::transparency::list(list, start, &mut field, &mut margin)?;
    Ok(finished(Kind::SctList, "Certificate transparency timestamps", field, margin))
}

fn unknown(element: &Tlv<'_>, mut margin: Margin) -> Description {
    let outline = outline::discreet(element, &mut margin);
    let title = format!("Unknown structure ({})", outline::type_name(element.tag));
    finished(Kind::Unknown, &title, Field::group("structure", "Structure", vec![outline]), margin)
}

/// Bytes that are no structure: how many, and by which hash they are known; they may be secret.
fn octets(bytes: &[u8]) -> Description {
    let length = Field::new("length", "Length", format!("{} bytes", bytes.len())).at(0..bytes.len());
    let first = Field::group(Kind::Unknown.id(), "Unknown bytes", vec![length]);
    let sections = vec![first, certificate::fingerprints(bytes)];
    Description { kind: Kind::Unknown, title: "Unknown bytes".to_owned(), sections, notes: Vec::new() }
}

/// Groups become sections; the rest comes first, in one of its own.
fn finished(kind: Kind, title: &str, mut field: Field, margin: Margin) -> Description {
    if field.fields.is_empty() || !field.text.is_empty() {
        let own = Field { fields: Vec::new(), ..field.clone() };
        field.fields.insert(0, own);
    }
    let place = field.at.clone();
    let (groups, alone): (Vec<Field>, Vec<Field>) =
        field.fields.into_iter().partition(|part| !part.fields.is_empty());
    let mut first = Field::group(kind.id(), title.to_owned(), alone);
    first.at = place;
    first.left_out = field.left_out;
    let mut sections = Vec::with_capacity(groups.len() + 1);
    if !first.fields.is_empty() || groups.is_empty() || first.left_out > 0 {
        sections.push(first);
    }
    sections.extend(groups);
    Description { kind, title: title.to_owned(), sections, notes: margin.notes }
}

/// Brings the requested extensions forward, and says by which hash the request is known.
fn request(mut described: Description, bytes: &[u8]) -> Description {
    let mut asked = Vec::new();
    for section in described.sections.iter_mut().filter(|section| section.name == "attributes") {
        let (extensions, others): (Vec<Field>, Vec<Field>) = std::mem::take(&mut section.fields)
            .into_iter()
            .partition(|attribute| attribute.oid.as_deref().is_some_and(asks_for_extensions));
        section.fields = others;
        asked.extend(extensions);
    }
    described.sections.retain(|section| section.name != "attributes" || !section.fields.is_empty());
    for extensions in asked {
        let fields = extensions.fields.into_iter().flat_map(|part| match part.oid {
            // Several lists in one attribute, which nobody should write.
            None => part.fields,
            Some(_) => vec![part],
        });
        let field = Field::group("requested-extensions", extensions.label, fields.collect());
        described.sections.push(Field { at: extensions.at, oid: extensions.oid, ..field });
    }
    described.sections.push(certificate::fingerprints(bytes));
    described
}

fn asks_for_extensions(oid: &str) -> bool {
    use crate::extension::oids;
    oid == oids::EXTENSION_REQUEST || oid == oids::MICROSOFT_EXTENSION_REQUEST
}
