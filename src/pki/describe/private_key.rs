//! Private keys: what their public half is, and what the secret half consists of, by name and size alone.
//!
//! No octet of the secret half comes into a description.

use super::margin::Margin;
use super::{Description, Field, algorithm, key, unknown, value};
use crate::error::Result;
use crate::tlv::{self, Cursor, Tlv};
use crate::{Kind, PrivateKey};

const RSA: [&str; 2] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"];

/// The secret members of an `RSAPrivateKey` (RFC 8017 appendix A.1.2), after version, modulus and exponent.
const RSA_MEMBERS: [(&str, &str); 6] = [
    ("private-exponent", "Private exponent"),
    ("prime-1", "First prime"),
    ("prime-2", "Second prime"),
    ("exponent-1", "First exponent"),
    ("exponent-2", "Second exponent"),
    ("coefficient", "Coefficient"),
];

/// Describes a PKCS#8 `OneAsymmetricKey` (RFC 5958).
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] when the bytes are no such structure.
pub(super) fn describe(bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let outer = tlv::only(bytes, tlv::SEQUENCE, "private key")?;
    let mut parts = outer.inside();
    let version = parts.take(tlv::INTEGER, "version")?;
    let identifier = parts.take(tlv::SEQUENCE, "private key algorithm")?;
    let secret = parts.take(tlv::OCTET_STRING, "private key")?;
    let named = algorithm::field("algorithm", "Algorithm", &identifier, &mut margin);
    let oid = named.oid.clone().unwrap_or_default();
    let mut fields = vec![
        Field::new("version", "Version", if version.content == [1] { "2" } else { "1" }).at(version.range()),
        named,
    ];
    fields.push(members(&oid, &secret));
    while !parts.is_empty() {
        let part = parts.any("part of a private key")?;
        fields.push(match part.tag {
            0xa0 => Field {
                name: "attributes".into(),
                label: "Attributes".into(),
                ..unknown::structure(&part, &mut margin)
            },
            _ => value::octets(
                "public-bits",
                "Public key",
                part.content.get(1..).unwrap_or_default(),
                part.range(),
            ),
        });
    }
    let secret_half = Field::group("private-key", "Private key", fields).at(outer.range());
    let mut sections = Vec::new();
    match PrivateKey::from_pkcs8(bytes) {
        Ok(read) => {
            let public = tlv::only(read.public().as_der(), tlv::SEQUENCE, "public key")?;
            sections.push(unplaced(key::field(&public, &mut margin)));
        }
        Err(error) => {
            margin.note(format!("its public half cannot be computed here: {}", error.kind), outer.range())
        }
    }
    let title =
        sections.first().map_or_else(|| secret_half.fields[1].text.clone(), |public| public.text.clone());
    sections.push(secret_half);
    Ok(Description { kind: Kind::PrivateKey, title, sections, notes: margin.notes })
}

/// What the secret half is made of: names and sizes.
fn members(oid: &str, secret: &Tlv<'_>) -> Field {
    let size = |element: &Tlv<'_>| format!("{} bytes, not shown", element.content.len());
    let mut field = Field::new("secret", "Secret part", size(secret)).at(secret.range());
    if RSA.contains(&oid) {
        field.fields = rsa_members(secret).unwrap_or_default();
    }
    field
}

fn rsa_members(secret: &Tlv<'_>) -> Option<Vec<Field>> {
    let mut cursor = Cursor::placed(secret.content, secret.content_start());
    let mut parts = cursor.take(tlv::SEQUENCE, "RSA key").ok()?.inside();
    for _ in 0..3 {
        parts.take(tlv::INTEGER, "RSA key").ok()?;
    }
    RSA_MEMBERS
        .iter()
        .map(|(name, label)| {
            let number = parts.take(tlv::INTEGER, "RSA key").ok()?;
            let text = format!("{} bytes, not shown", number.content.len());
            Some(Field::new(*name, *label, text).at(number.range()))
        })
        .collect()
}

/// A field of something that does not stand in the object itself.
fn unplaced(mut field: Field) -> Field {
    field.at = None;
    field.fields = field.fields.into_iter().map(unplaced).collect();
    field
}
