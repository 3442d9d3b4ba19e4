//! What can be said of a protected object without its password: how it is protected, and at what cost it opens.
//!
//! What is inside is described object by object when `unlock` has opened it. Bags that are not encrypted are named by their
//! type alone, since one of them may be a private key.

use super::margin::Margin;
use super::structure;
use super::{Description, Field, oid, openssh, value};
use crate::ber::normalise;
use crate::error::{Error, ErrorKind, Result};
use crate::key_store::Form;
use crate::schema::{Member, Type};
use crate::tlv::{self, Cursor, Tlv};
use crate::{Kind, armor, unlock};

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";

/// Most parts, and most bags of one part, that are listed.
const MOST: usize = 200;

/// Describes an object of a kind that a password opens.
///
/// # Errors
/// It is not of that kind, or its frame cannot be followed.
pub(super) fn describe(kind: Kind, bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let (title, mut field) = match kind {
        Kind::EncryptedPrivateKey => ("Encrypted private key", encrypted_key(bytes, &mut margin)?),
        Kind::Pkcs12 => ("PKCS#12 file", pkcs12(bytes, &mut margin)?),
        Kind::KeyStore => ("Key store", key_store(bytes)?),
        Kind::LegacyEncryptedKey => ("Encrypted private key", legacy_key(bytes)?),
        Kind::EncryptedOpenSshKey => ("Encrypted private key", openssh::frame(bytes, &mut margin)?),
        _ => return Err(ErrorKind::UnsupportedContainer { oid: kind.id().to_owned() }.into()),
    };
    match unlock::cost(kind, bytes) {
        Ok(rounds) => {
            field.fields.push(Field::new(
                "cost",
                "Cost of opening",
                format!("{rounds} rounds of key derivation"),
            ));
        }
        Err(error) => margin.note(format!("it cannot be opened: {}", error.kind), 0..bytes.len()),
    }
    Ok(Description { kind, title: title.to_owned(), sections: vec![field], notes: margin.notes })
}

/// Sets the place, which means nothing when the octets are not those of the input.
fn placed(mut field: Field, same: bool) -> Field {
    if !same {
        field.at = None;
        field.fields = field.fields.into_iter().map(|part| placed(part, same)).collect();
    }
    field
}

fn algorithm(name: &'static str, label: &'static str, element: &Tlv<'_>, margin: &mut Margin) -> Field {
    structure::field(&Member::new(name, label, &Type::Algorithm), element, None, margin)
}

fn size(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Field {
    Field::new(name, label, format!("{} bytes", element.content.len())).at(element.range())
}

/// `EncryptedPrivateKeyInfo` of RFC 5958 section 3.
fn encrypted_key(bytes: &[u8], margin: &mut Margin) -> Result<Field> {
    let der = normalise(bytes)?;
    let outer = tlv::only(&der, tlv::SEQUENCE, "encrypted private key")?;
    let mut parts = outer.inside();
    let identifier = parts.take(tlv::SEQUENCE, "encryption algorithm")?;
    let data = parts.take(tlv::OCTET_STRING, "encrypted key")?;
    parts.end()?;
    let fields = vec![
        algorithm("encryption", "Encryption", &identifier, margin),
        size("data", "Encrypted key", &data),
    ];
    let field = Field::group("encrypted-private-key", "Encrypted private key", fields).at(0..bytes.len());
    Ok(placed(field, der == bytes))
}

/// `PFX` of RFC 7292 section 4.
fn pkcs12(bytes: &[u8], margin: &mut Margin) -> Result<Field> {
    let der = normalise(bytes)?;
    let outer = tlv::only(&der, tlv::SEQUENCE, "PFX")?;
    let mut parts = outer.inside();
    let version = parts.take(tlv::INTEGER, "version")?;
    let safe = parts.take(tlv::SEQUENCE, "authenticated safe")?;
    let mut field =
        Field::group("pkcs12", "PKCS#12 file", vec![value::integer("version", "Version", &version)])
            .at(0..bytes.len());
    let same = der == bytes;
    field.fields.push(match parts.optional(tlv::SEQUENCE, "integrity")? {
        Some(mac) => placed(integrity(&mac, margin)?, same),
        None => Field::new("integrity", "Integrity check", "none"),
    });
    let mut safe = safe.inside();
    let kind = value::dotted(&safe.take(tlv::OID, "content type")?)?;
    let content = safe.take(tlv::explicit(0), "content")?;
    if kind != DATA {
        let words = format!("content protected as {}", called(&kind));
        field.fields.push(Field::new("part", "Content", words).oid(kind));
        return Ok(field);
    }
    let octets = content.inside().take(tlv::OCTET_STRING, "authenticated safe")?;
    let inner = normalise(octets.content)?;
    let same = same && inner == octets.content;
    let mut infos = Cursor::placed(&inner, octets.content_start());
    let mut infos = infos.take(tlv::SEQUENCE, "authenticated safe")?.inside();
    while !infos.is_empty() {
        let info = infos.take(tlv::SEQUENCE, "part")?;
        if field.fields.len() >= MOST {
            field.left_out += 1;
            continue;
        }
        field.fields.push(placed(part(&info, margin)?, same));
    }
    Ok(field)
}

fn called(dotted: &str) -> String {
    oid::name(dotted).map_or_else(|| dotted.to_owned(), str::to_owned)
}

/// `MacData`; of PBMAC1 (RFC 9579) the parameters say all.
fn integrity(mac: &Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut parts = mac.inside();
    let mut digest = parts.take(tlv::SEQUENCE, "digest")?.inside();
    let identifier = digest.take(tlv::SEQUENCE, "digest algorithm")?;
    let salt = parts.take(tlv::OCTET_STRING, "salt")?;
    let mut fields = vec![
        algorithm("algorithm", "Algorithm", &identifier, margin),
        value::octets("salt", "Salt", salt.content, salt.range()),
    ];
    if let Some(iterations) = parts.optional(tlv::INTEGER, "iterations")? {
        fields.push(value::integer("iterations", "Iterations", &iterations));
    }
    Ok(Field::group("integrity", "Integrity check", fields).at(mac.range()))
}

/// A `ContentInfo` of the authenticated safe.
fn part(info: &Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut parts = info.inside();
    let kind = value::dotted(&parts.take(tlv::OID, "content type")?)?;
    let content = parts.take(tlv::explicit(0), "content")?;
    let mut field = match kind.as_str() {
        DATA => {
            let octets = content.inside().take(tlv::OCTET_STRING, "content")?;
            let mut field = Field::new("part", "Part", "not encrypted");
            bags(&octets, &mut field, margin)?;
            field
        }
        ENCRYPTED_DATA => {
            let mut data = content.inside().take(tlv::SEQUENCE, "encrypted data")?.inside();
            data.take(tlv::INTEGER, "version")?;
            let mut inner = data.take(tlv::SEQUENCE, "encrypted content")?.inside();
            inner.take(tlv::OID, "content type")?;
            let identifier = inner.take(tlv::SEQUENCE, "encryption algorithm")?;
            let mut field = Field::new("part", "Part", "encrypted");
            field.fields.push(algorithm("encryption", "Encryption", &identifier, margin));
            if !inner.is_empty() {
                field.fields.push(size("data", "Encrypted content", &inner.any("encrypted content")?));
            }
            field
        }
        other => Field::new("part", "Part", format!("protected as {}", called(other))),
    };
    field.oid = Some(kind);
    Ok(field.at(info.range()))
}

/// The types of the bags of a part that is not encrypted, and how the keys among them are.
fn bags(octets: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let inner = normalise(octets.content)?;
    let same = inner == octets.content;
    let mut cursor = Cursor::placed(&inner, octets.content_start());
    let mut list = cursor.take(tlv::SEQUENCE, "bags")?.inside();
    while !list.is_empty() {
        let bag = list.take(tlv::SEQUENCE, "bag")?;
        if field.fields.len() >= MOST {
            field.left_out += 1;
            continue;
        }
        let mut parts = bag.inside();
        let kind = value::dotted(&parts.take(tlv::OID, "type of the bag")?)?;
        let content = parts.take(tlv::explicit(0), "bag")?;
        let mut shown = Field::new("bag", "Bag", bag_name(&kind)).at(bag.range());
        if kind == "1.2.840.113549.1.12.10.1.2" {
            let mut key = content.inside().take(tlv::SEQUENCE, "encrypted private key")?.inside();
            let identifier = key.take(tlv::SEQUENCE, "encryption algorithm")?;
            shown.fields.push(algorithm("encryption", "Encryption", &identifier, margin));
        }
        field.fields.push(placed(shown.oid(kind), same));
    }
    Ok(())
}

fn bag_name(dotted: &str) -> String {
    let name = match dotted {
        "1.2.840.113549.1.12.10.1.1" => "private key, not encrypted",
        "1.2.840.113549.1.12.10.1.2" => "encrypted private key",
        "1.2.840.113549.1.12.10.1.3" => "certificate",
        "1.2.840.113549.1.12.10.1.4" => "revocation list",
        "1.2.840.113549.1.12.10.1.5" => "secret",
        "1.2.840.113549.1.12.10.1.6" => "further bags",
        other => other,
    };
    name.to_owned()
}

/// Form, version and, where the form tells it, the number of entries.
fn key_store(bytes: &[u8]) -> Result<Field> {
    let corrupt = || Error::from(ErrorKind::CorruptContainer { what: "beginning of the key store" });
    let form = Form::of(bytes).ok_or_else(corrupt)?;
    let number = |at: usize| {
        let octets = bytes.get(at..at + 4).and_then(|octets| octets.first_chunk());
        octets.map(|octets| u32::from_be_bytes(*octets)).ok_or_else(corrupt)
    };
    let java = matches!(form, Form::Jks | Form::Jceks);
    let version = if java { 4 } else { 0 };
    let mut fields = vec![
        Field::new("form", "Form", form.label()),
        Field::new("version", "Version", number(version)?.to_string()).at(version..version + 4),
    ];
    if java {
        fields.push(Field::new("entries", "Entries", number(8)?.to_string()).at(8..12));
    }
    Ok(Field::group("key-store", "Key store", fields).at(0..bytes.len()))
}

/// The label and the headers of RFC 1421 section 4.6.
fn legacy_key(bytes: &[u8]) -> Result<Field> {
    let block = armor::decode(bytes).blocks.into_iter().next();
    let block = block.ok_or_else(|| Error::from(ErrorKind::CorruptContainer { what: "PEM block" }))?;
    let mut fields = vec![Field::new("label", "Label", block.label)];
    for (name, text) in block.headers {
        let (name, label) = match name.to_ascii_lowercase().as_str() {
            "proc-type" => ("proc-type", "Processing"),
            "dek-info" => ("dek-info", "Cipher and vector"),
            _ => ("header", "Header"),
        };
        fields.push(Field::new(name, label, text));
    }
    fields.push(Field::new("data", "Encrypted key", format!("{} bytes", block.data.len())));
    Ok(Field::group("encrypted-private-key", "Encrypted private key", fields).at(0..bytes.len()))
}
