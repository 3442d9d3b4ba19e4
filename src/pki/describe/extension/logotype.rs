//! Logotypes (RFC 9399): what they are, where they lie and what they hash to.
//!
//! Leaves out the pictures themselves and how large they are drawn.

use super::Known;
use crate::describe::margin::Margin;
use crate::describe::{Field, algorithm, unknown, value};
use crate::error::{Error, Result};
use crate::tlv::{self, Cursor, Tlv};

pub(super) const KNOWN: &[Known] = &[Known { oid: "1.3.6.1.5.5.7.1.12", name: "logotype", decode: logotype }];

/// A picture may lie in its own address; more of it is not shown.
const LONGEST_ADDRESS: usize = 256;

fn logotype(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "logotypes")?.inside();
    if let Some(wrapper) = parts.optional(tlv::explicit(0), "community logotypes")? {
        let list = wrapper.inside().take(tlv::SEQUENCE, "community logotypes")?.inside();
        margin
            .parts(field, list, "logotype", |info, margin| one("Logotype of a community", &info, margin))?;
    }
    for (number, label) in [(1, "Logotype of the issuer"), (2, "Logotype of the subject")] {
        if let Some(wrapper) = parts.optional(tlv::explicit(number), "logotype")? {
            let info = wrapper.inside().any("logotype")?;
            field.fields.push(one(label, &info, margin)?);
        }
    }
    if let Some(wrapper) = parts.optional(tlv::explicit(3), "other logotypes")? {
        let list = wrapper.inside().take(tlv::SEQUENCE, "other logotypes")?.inside();
        margin.parts(field, list, "logotype", |other, margin| {
            let mut inside = other.expect(tlv::SEQUENCE, "logotype")?.inside();
            let kind = value::dotted(&inside.any("type of logotype")?)?;
            Ok(one("Other logotype", &inside.any("logotype")?, margin)?.oid(kind))
        })?;
    }
    parts.end()
}

/// Reads `LogotypeInfo`: the details themselves, or where they are to be had.
fn one(label: &'static str, info: &Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut field = Field::group("logotype", label, Vec::new()).at(info.range());
    match info.tag {
        0xa0 => {
            let mut data = info.inside();
            if let Some(images) = data.optional(tlv::SEQUENCE, "images")? {
                margin.parts(&mut field, images.inside(), "image", |image, margin| {
                    let details = image.expect(tlv::SEQUENCE, "image")?.inside().any("image details")?;
                    let details = details.expect(tlv::SEQUENCE, "image details")?.inside();
                    Ok(detailed("image", "Image", details, margin)?.at(image.range()))
                })?;
            }
            if !data.is_empty() {
                field.fields.push(unknown::structure(&data.any("audio")?, margin));
            }
        }
        0xa1 => field.fields.push(references(info.inside(), margin)?.at(info.range())),
        _ => return Err(Error::der("logotype", info.range())),
    }
    Ok(field)
}

/// Reads `LogotypeDetails`: media type, hashes, addresses.
fn detailed(
    name: &'static str,
    label: &'static str,
    mut details: Cursor<'_>,
    margin: &mut Margin,
) -> Result<Field> {
    let kind = value::string("media-type", "Media type", &details.any("media type")?)?;
    let mut field = references(details, margin)?;
    field.fields.insert(0, kind);
    Ok(Field { name: name.into(), label: label.into(), ..field })
}

/// Reads hashes and addresses.
fn references(mut parts: Cursor<'_>, margin: &mut Margin) -> Result<Field> {
    let mut field = Field::group("reference", "Reference", Vec::new());
    let hashes = parts.take(tlv::SEQUENCE, "hashes")?;
    margin.parts(&mut field, hashes.inside(), "hash", |hash, margin| {
        let mut inside = hash.expect(tlv::SEQUENCE, "hash")?.inside();
        let kind =
            algorithm::field("hash-algorithm", "Hash algorithm", &inside.any("hash algorithm")?, margin);
        let digest = inside.take(tlv::OCTET_STRING, "hash value")?;
        let digest = value::octets("hash", "Hash", digest.content, digest.range());
        Ok(Field { fields: vec![kind], ..digest }.at(hash.range()))
    })?;
    let addresses = parts.take(tlv::SEQUENCE, "addresses")?;
    margin.parts(&mut field, addresses.inside(), "address", |address, _| {
        let mut shown = value::string("uri", "Address", &address)?;
        let length = shown.text.len();
        if length > LONGEST_ADDRESS && shown.text.is_char_boundary(LONGEST_ADDRESS) {
            shown.text.truncate(LONGEST_ADDRESS);
            shown.text.push_str(&format!("… ({length} characters)"));
        }
        Ok(shown)
    })?;
    Ok(field)
}
