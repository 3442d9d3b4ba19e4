//! Keys and certificates in OpenSSH's own binary forms; of private keys only what is not encrypted anyway.
//!
//! Signatures of certificates are not verified.

use super::margin::Margin;
use super::{Description, Field, key, value};
use crate::error::Result;
use crate::openssh::{Certificate, Outline, PublicBlob, outline};
use crate::tlv;
use crate::{Kind, PublicKey, UnixTime};

/// Describes a public key or a certificate.
///
/// # Errors
/// Those of taking it apart.
pub(super) fn public(bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let blob = PublicBlob::parse(bytes)?;
    let mut sections = vec![kind_of(&blob, bytes.len())];
    let mut title = blob.algorithm.clone();
    if let Some(certificate) = &blob.certificate {
        title.clone_from(&certificate.key_id);
        sections.push(of_certificate(certificate));
    }
    sections.extend(blob.key.as_ref().and_then(|key| public_key(key, &mut margin)));
    Ok(Description { kind: Kind::OpenSshPublicKey, title, sections, notes: margin.notes })
}

fn kind_of(blob: &PublicBlob, size: usize) -> Field {
    let mut fields = vec![Field::new("type", "Type", blob.algorithm.clone())];
    if let Some(application) = &blob.application {
        fields.push(Field::new("application", "Application of the device", application.clone()));
    }
    Field::group("openssh-public-key", "OpenSSH public key", fields).at(0..size)
}

/// The key as SubjectPublicKeyInfo, which does not stand so in the object.
fn public_key(key: &PublicKey, margin: &mut Margin) -> Option<Field> {
    let element = tlv::only(key.as_der(), tlv::SEQUENCE, "public key").ok()?;
    Some(unplaced(key::field(&element, margin)))
}

fn unplaced(mut field: Field) -> Field {
    field.at = None;
    field.fields = field.fields.into_iter().map(unplaced).collect();
    field
}

fn of_certificate(certificate: &Certificate) -> Field {
    let mut fields = vec![
        Field::new("serial-number", "Serial number", certificate.serial.to_string()),
        Field::new("use", "For", if certificate.for_host { "a host" } else { "a user" }),
        Field::new("key-id", "Called by its authority", certificate.key_id.clone()),
    ];
    match certificate.principals.as_slice() {
        [] => fields.push(Field::new("principal", "Name", "any")),
        names => fields.extend(names.iter().map(|name| Field::new("principal", "Name", name.clone()))),
    }
    fields.push(Field::new("not-before", "Not before", time(certificate.valid_after)));
    fields.push(Field::new("not-after", "Not after", time(certificate.valid_before)));
    for (name, octets) in &certificate.critical_options {
        fields.push(Field { critical: Some(true), ..option(name, octets) });
    }
    for (name, octets) in &certificate.extensions {
        fields.push(Field { critical: Some(false), ..option(name, octets) });
    }
    let authority = certificate.authority_algorithm.clone();
    fields.push(Field::new("authority", "Key of its authority", authority));
    Field::group("certificate", "Certificate", fields)
}

/// Seconds since 1970; the largest number is for ever (PROTOCOL.certkeys).
fn time(seconds: u64) -> String {
    match i64::try_from(seconds) {
        Err(_) => "for ever".to_owned(),
        Ok(seconds) => UnixTime(seconds).to_string(),
    }
}

fn option(name: &str, octets: &[u8]) -> Field {
    let text = match octets {
        [] => String::new(),
        octets => match str::from_utf8(octets) {
            Ok(text) if !text.contains(char::is_control) => text.to_owned(),
            _ => value::abridged(octets),
        },
    };
    Field::new("option", name.to_owned(), text)
}

/// A private key file: its cipher and its public halves.
///
/// # Errors
/// Those of following the frame.
pub(super) fn frame(bytes: &[u8], margin: &mut Margin) -> Result<Field> {
    let Outline { cipher, derivation, rounds, public } = outline(bytes)?;
    let mut fields =
        vec![Field::new("cipher", "Cipher", cipher), Field::new("derivation", "Derivation", derivation)];
    fields.extend(rounds.map(|rounds| Field::new("iterations", "Rounds", rounds.to_string())));
    for blob in public.iter().filter_map(|blob| PublicBlob::parse(blob).ok()) {
        fields.push(Field::new("type", "Type", blob.algorithm.clone()));
        fields.extend(blob.key.as_ref().and_then(|key| public_key(key, margin)));
    }
    Ok(Field::group("private-key", "OpenSSH private key", fields).at(0..bytes.len()))
}
