//! Whole objects that are described along a table: everything but certificates, revocation lists and keys.
//!
//! Sections are the groups at the top; what stands alone comes first, under the name of the object.

use super::margin::Margin;
use super::structure::{self, outline};
use super::{Description, Field, certificate, crl, extension};
use crate::error::Result;
use crate::schema::{Member, Type, cms, known, x509};
use crate::tlv::{Cursor, Tlv};
use crate::{Crl, Kind};

mod title;

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
        let mut list = Field::group("sct-list", "Timestamps", Vec::new()).at(0..bytes.len());
        extension::transparency::list(bytes, 0, &mut list, &mut margin)?;
        let described = finished(kind, "Certificate transparency timestamps", list, margin);
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
    let along = |label: &'static str, of: &'static Type, margin: &mut Margin| {
        structure::field(&Member::new("object", label, of), &element, None, margin)
    };
    let mut described = match (kind, known::of_kind(kind, &bytes[element.range()])) {
        (Kind::SctList, Some(known)) => {
            let mut list = Field::group("sct-list", known.title, Vec::new()).at(element.range());
            let at = element.content_start();
            extension::transparency::list(element.content, at, &mut list, &mut margin)?;
            finished(kind, known.title, list, margin)
        }
        (_, Some(known)) => {
            let field = along(known.title, known.of, &mut margin);
            finished(kind, known.title, field, margin)
        }
        (Kind::Cms, None) => {
            let field = along("Message", &cms::CONTENT_INFO, &mut margin);
            finished(kind, "Message", field, margin)
        }
        (Kind::Crl, None) => {
            let field = along("Revocation list", &x509::REVOCATION_LIST, &mut margin);
            finished(kind, "Revocation list", field, margin)
        }
        (Kind::Request, None) => {
            let field = along("Certificate request", &x509::REQUEST, &mut margin);
            request(finished(kind, "Certificate request", field, margin), bytes)
        }
        (Kind::SignedPublicKey, None) => {
            let field = along("Signed public key", &x509::SIGNED_PUBLIC_KEY, &mut margin);
            finished(kind, "Signed public key and challenge", field, margin)
        }
        (Kind::Unknown, None) => unknown(&element, margin),
        // It began like one of its kind, and is shown as what it is.
        (_, None) => {
            margin.note(format!("it has not the structure of one: {}", kind.label()), element.range());
            Description { kind, ..unknown(&element, margin) }
        }
    };
    described.title = title::of(&described, bytes);
    Ok(described)
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
