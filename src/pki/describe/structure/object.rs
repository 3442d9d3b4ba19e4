//! Objects inside of structures, told in short: certificates, revocation lists, requests and public keys.
//!
//! Each can be opened by itself, so not everything is repeated here.

use super::{algorithm, outline};
use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::error::{Error, Result};
use crate::key::{PublicKey, PublicKeyAlgorithm};
use crate::tlv::{self, Tlv};
use crate::{Certificate, Crl, Request};

/// Describes a certificate by names, number, validity and fingerprint.
///
/// # Errors
/// Those of reading it.
pub(super) fn certificate(
    name: &'static str,
    label: &'static str,
    element: &Tlv<'_>,
    margin: &mut Margin,
) -> Result<Field> {
    let found = match Certificate::parse(&sequence(element)) {
        Ok(found) => found,
        Err(error) => {
            margin.problem(
                &format!("{label} cannot be decoded"),
                &error.moved(element.start),
                element.range(),
            );
            return Ok(outline::field(name, label, element, margin));
        }
    };
    let validity = found.validity();
    let fields = vec![
        Field::new("subject", "Subject", found.subject().rfc4514())
            .form("OpenSSL order", found.subject().openssl()),
        Field::new("issuer", "Issuer", found.issuer().rfc4514())
            .form("OpenSSL order", found.issuer().openssl()),
        Field::new("serial-number", "Serial number", value::colons(found.serial().octets()))
            .form("hex", found.serial().hex())
            .form("decimal", found.serial().decimal()),
        Field::new("not-before", "Not before", validity.not_before.to_string()),
        Field::new("not-after", "Not after", validity.not_after.to_string()),
        Field::new("fingerprint-sha256", "SHA-256 fingerprint", value::colons(&found.sha256()))
            .form("hex", found.id()),
    ];
    Ok(Field { fields, ..Field::new(name, label, found.subject().label()) })
}

/// The bytes as a SEQUENCE, where an implicit tag stands in its place.
fn sequence(element: &Tlv<'_>) -> Vec<u8> {
    let mut whole = element.whole.to_vec();
    if let Some(tag) = whole.first_mut() {
        *tag = tlv::SEQUENCE;
    }
    whole
}

/// Describes a revocation list by issuer, times and count.
///
/// # Errors
/// Those of reading it.
pub(super) fn revocation_list(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Result<Field> {
    let found = Crl::parse(element.whole).map_err(|error| error.moved(element.start))?;
    let mut fields = vec![
        Field::new("issuer", "Issuer", found.issuer().rfc4514()),
        Field::new("this-update", "This update", found.this_update().to_string()),
    ];
    if let Some(next) = found.next_update() {
        fields.push(Field::new("next-update", "Next update", next.to_string()));
    }
    fields.push(Field::new("entry-count", "Revoked certificates", found.entries().len().to_string()));
    Ok(Field { fields, ..Field::new(name, label, found.issuer().label()) })
}

/// Describes a request by name and key.
///
/// # Errors
/// Those of reading it.
pub(super) fn request(name: &'static str, label: &'static str, element: &Tlv<'_>) -> Result<Field> {
    let found = Request::parse(element.whole).map_err(|error| error.moved(element.start))?;
    let names: Vec<String> = found.subject_alt_names().iter().map(ToString::to_string).collect();
    let mut fields = vec![
        Field::new("subject", "Subject", found.subject().rfc4514()),
        Field::new("public-key", "Public key", found.public_key().label()),
    ];
    if !names.is_empty() {
        fields.push(Field::new("subject-alt-name", "Alternative names", names.join(", ")));
    }
    Ok(Field { fields, ..Field::new(name, label, found.subject().label()) })
}

/// Describes a `SubjectPublicKeyInfo`.
///
/// # Errors
/// Those of reading it.
pub(in crate::describe) fn public_key(
    name: &'static str,
    label: &'static str,
    element: &Tlv<'_>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let whole = sequence(element);
    let key = PublicKey::from_spki(&whole).map_err(|error| error.moved(element.start))?;
    let mut inside = element.inside();
    let identifier = inside.take(tlv::SEQUENCE, "algorithm")?;
    let bits = inside.take(tlv::BIT_STRING, "key")?;
    let octets = bits.content.get(1..).ok_or_else(|| Error::der("key", bits.range()))?;
    let algorithm = algorithm::field("algorithm", "Algorithm", &identifier, margin, depth + 1)?;
    let text = match key.algorithm() {
        PublicKeyAlgorithm::Other(oid) => super::called(oid),
        _ => key.label(),
    };
    let fields = vec![
        algorithm.at(identifier.range()),
        value::octets("key", "Key", octets, bits.range()),
        Field::new("spki-sha256", "SHA-256 of the key", value::colons(&key.sha256()))
            .form("base64", value::base64(&key.sha256())),
    ];
    Ok(Field { fields, ..Field::new(name, label, text) })
}
