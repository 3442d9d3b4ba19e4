//! Secret keys and private keys that are not PKCS#8: PKCS#1, SEC 1, OpenSSL's form of DSA, OpenSSH's own.
//!
//! Only sizes and public parts come into words.

use super::margin::Margin;
use super::{Description, Field, openssh, unknown, value};
use crate::Kind;
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};

/// The numbers of an `RSAPrivateKey` (RFC 8017 appendix A.1.2) and whether they are secret.
const RSA: [(&str, &str, bool); 9] = [
    ("version", "Version", false),
    ("modulus", "Modulus", false),
    ("exponent", "Exponent", false),
    ("private-exponent", "Private exponent", true),
    ("prime-1", "First prime", true),
    ("prime-2", "Second prime", true),
    ("exponent-1", "First exponent", true),
    ("exponent-2", "Second exponent", true),
    ("coefficient", "Coefficient", true),
];

/// The numbers of a DSA key as OpenSSL has always written it.
const DSA: [(&str, &str, bool); 6] = [
    ("version", "Version", false),
    ("p", "Prime p", false),
    ("q", "Prime q", false),
    ("g", "Generator g", false),
    ("y", "Public value y", false),
    ("x", "Private value x", true),
];

/// Describes a private key in one of the older forms.
///
/// # Errors
/// It is in none of them.
pub(super) fn describe(bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let (title, field) = if crate::openssh::is_private(bytes) {
        ("OpenSSH private key", openssh::frame(bytes, &mut margin)?)
    } else {
        let outer = tlv::only(bytes, tlv::SEQUENCE, "private key")?;
        let mut parts = Vec::new();
        let mut list = outer.inside();
        while !list.is_empty() {
            parts.push(list.any("part of a private key")?);
        }
        let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
        match tags.as_slice() {
            tags if tags.starts_with(&[tlv::INTEGER; 9]) => ("RSA private key", numbers(&parts, &RSA)),
            tags if tags == [tlv::INTEGER; 6] => ("DSA private key", numbers(&parts, &DSA)),
            [tlv::INTEGER, tlv::OCTET_STRING, ..] => ("EC private key", sec1(&parts, &mut margin)),
            _ => return Err(Error::der("private key", outer.range())),
        }
    };
    let field = Field { at: Some(0..bytes.len()), ..field };
    Ok(Description {
        kind: Kind::PrivateKey,
        title: title.to_owned(),
        sections: vec![field],
        notes: margin.notes,
    })
}

/// A secret key is nothing but its octets.
pub(super) fn secret(bytes: &[u8]) -> Description {
    let size = Field::new("size", "Size", format!("{} bits, not shown", bytes.len() * 8));
    let field = Field::group("secret-key", "Secret key", vec![size]).at(0..bytes.len());
    let title = "Secret key".to_owned();
    Description { kind: Kind::SecretKey, title, sections: vec![field], notes: Vec::new() }
}

fn hidden(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Field {
    Field::new(name, label, format!("{} bytes, not shown", element.content.len())).at(element.range())
}

fn numbers(parts: &[Tlv<'_>], named: &[(&'static str, &'static str, bool)]) -> Field {
    let mut field = Field::group("private-key", "Private key", Vec::new());
    for ((name, label, secret), part) in named.iter().zip(parts) {
        field.fields.push(match secret {
            true => hidden(name, label, part),
            false => value::integer(*name, *label, part),
        });
    }
    // Further primes, which are as secret as the first.
    field.fields.extend(parts.iter().skip(named.len()).map(|part| hidden("further", "Further primes", part)));
    field
}

/// `ECPrivateKey` of RFC 5915 section 3.
fn sec1(parts: &[Tlv<'_>], margin: &mut Margin) -> Field {
    let mut field = Field::group("private-key", "Private key", Vec::new());
    for part in parts {
        field.fields.push(match part.tag {
            tlv::INTEGER => value::integer("version", "Version", part),
            tlv::OCTET_STRING => hidden("secret", "Secret part", part),
            0xa0 => match part.inside().any("curve") {
                Ok(named) if named.tag == tlv::OID => value::identifier("curve", "Curve", &named)
                    .unwrap_or_else(|_| unknown::structure(&named, margin)),
                Ok(explicit) => {
                    let shown = unknown::structure(&explicit, margin);
                    Field { name: "curve".into(), label: "Curve, given by its numbers".into(), ..shown }
                }
                Err(_) => hidden("curve", "Curve", part),
            },
            0xa1 => {
                let bits = part.inside().any("public key").map_or(&[][..], |bits| bits.content);
                value::octets("public-bits", "Public key", bits.get(1..).unwrap_or_default(), part.range())
            }
            _ => hidden("further", "Further part", part),
        });
    }
    field
}
