//! The fields of a certificate in the order of browsers' viewers.
//!
//! Reads more than [`crate::Certificate::parse`] does: a part that is broken is shown as octets, with a note, and the
//! parts around it are shown all the same.

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::extension::identifiers::serial_number;
use super::margin::Margin;
use super::{Description, Field, algorithm, extension, key, name, strictness, value};
use crate::Kind;
use crate::certificate::hex;
use crate::error::{Error, Result};
use crate::extension::oids;
use crate::time::UnixTime;
use crate::tlv::{self, Cursor, Tlv};

/// Describes a certificate.
///
/// # Errors
/// [`crate::ErrorKind::BadDer`] when not even the outer frame and the serial number, the names and the key can be
/// told apart.
pub(super) fn describe(bytes: &[u8]) -> Result<Description> {
    let mut margin = Margin::new();
    let mut cursor = Cursor::new(bytes);
    let outer = cursor.take(tlv::SEQUENCE, "certificate")?;
    let parts = Parts::read(&outer, &mut margin)?;
    let subject = name::field("subject", "Subject", &parts.subject, &mut margin);
    let issuer = name::field("issuer", "Issuer", &parts.issuer, &mut margin);
    let title = name::title(&subject);
    let validity = validity(&parts.validity, &mut margin);
    let mut extensions = match parts.extensions {
        Some(wrapper) => extension_list(&wrapper, &mut margin),
        None => Vec::new(),
    };
    let is_names = |field: &Field| field.oid.as_deref() == Some(oids::SUBJECT_ALT_NAME);
    let names = extensions.iter().position(is_names).map(|index| extensions.remove(index));
    let public_key = key::field(&parts.public_key, &mut margin);
    let rest = rest(&parts, &mut margin);

    let mut sections = Vec::with_capacity(extensions.len() + 7);
    sections.extend([subject, issuer, validity]);
    sections.extend(names);
    sections.extend([public_key, rest, fingerprints(bytes)]);
    sections.append(&mut extensions);
    strictness::check(Cursor::new(bytes), &mut margin);
    if !cursor.is_empty() {
        margin.note("bytes follow the certificate", cursor.range());
    }
    Ok(Description { kind: Kind::Certificate, title, sections, notes: margin.notes })
}

/// The elements of a certificate, each where its position says.
struct Parts<'a> {
    version: Option<Tlv<'a>>,
    serial: Tlv<'a>,
    inner_algorithm: Tlv<'a>,
    issuer: Tlv<'a>,
    validity: Tlv<'a>,
    subject: Tlv<'a>,
    public_key: Tlv<'a>,
    issuer_id: Option<Tlv<'a>>,
    subject_id: Option<Tlv<'a>>,
    extensions: Option<Tlv<'a>>,
    /// The algorithm and the signature itself; a to-be-signed part alone has none.
    signature: Option<(Tlv<'a>, Tlv<'a>)>,
}

impl<'a> Parts<'a> {
    fn read(outer: &Tlv<'a>, margin: &mut Margin) -> Result<Self> {
        let mut fields = outer.inside();
        let tbs = fields.take(tlv::SEQUENCE, "to-be-signed certificate")?;
        let mut signed = || Ok((fields.any("signature algorithm")?, fields.any("signature")?));
        let signature = signed();
        if let Err(error) = &signature {
            margin.problem("the signature cannot be read", error, outer.range());
        }
        if !fields.is_empty() && signature.is_ok() {
            margin.note("bytes follow the signature", fields.range());
        }
        Ok(Self { signature: signature.ok(), ..Self::signed_part(&tbs, margin)? })
    }

    fn signed_part(tbs: &Tlv<'a>, margin: &mut Margin) -> Result<Self> {
        let mut inner = tbs.inside();
        let mut parts = Self {
            version: inner.optional(tlv::explicit(0), "version")?,
            serial: inner.any("serial number")?,
            inner_algorithm: inner.any("signature algorithm")?,
            issuer: inner.any("issuer")?,
            validity: inner.any("validity")?,
            subject: inner.any("subject")?,
            public_key: inner.any("public key")?,
            issuer_id: None,
            subject_id: None,
            extensions: None,
            signature: None,
        };
        while !inner.is_empty() {
            let Ok(element) = inner.any("extensions") else {
                margin.note("the end of the signed part cannot be read", inner.range());
                break;
            };
            match element.tag & 0xdf {
                0x81 => parts.issuer_id = Some(element),
                0x82 => parts.subject_id = Some(element),
                0x83 if parts.extensions.is_none() => parts.extensions = Some(element),
                _ => margin.note("an element that has no place in a certificate", element.range()),
            }
        }
        Ok(parts)
    }
}

fn extension_list(wrapper: &Tlv<'_>, margin: &mut Margin) -> Vec<Field> {
    let mut inside = wrapper.inside();
    match inside.any("extensions") {
        Ok(list) => {
            if !inside.is_empty() {
                margin.note("bytes follow the extensions", inside.range());
            }
            extension::list(&list, margin)
        }
        Err(error) => {
            margin.problem("the extensions cannot be read", &error, wrapper.range());
            vec![value::octets("extensions", "Extensions", wrapper.content, wrapper.range())]
        }
    }
}

fn validity(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    let mut field = Field::group("validity", "Validity", Vec::new()).at(element.range());
    let mut parts = element.inside();
    let mut times = Vec::new();
    for (name, label) in [("not-before", "Not before"), ("not-after", "Not after")] {
        let Ok(time) = parts.any("time") else {
            margin.note(format!("{label} is missing"), element.range());
            continue;
        };
        match UnixTime::from_tlv(&time).and_then(|moment| Ok((moment, value::time(name, label, &time)?))) {
            Ok((moment, shown)) => {
                times.push(moment);
                field.fields.push(shown);
            }
            Err(error) => {
                margin.problem(&format!("{label} cannot be read"), &error, time.range());
                field.fields.push(Field::new(name, label, value::ia5(time.content)).at(time.range()));
            }
        }
        form_of_time(&time, label, margin);
    }
    if !parts.is_empty() {
        margin.note("bytes follow the dates", parts.range());
    }
    if let [from, until] = times[..] {
        if until < from {
            margin.note("the validity ends before it begins", element.range());
        } else {
            field.fields.push(Field::new("period", "Period", period(from, until)));
        }
    }
    field
}

/// RFC 5280 section 4.1.2.5 wants UTCTime up to 2049, seconds, and Z.
fn form_of_time(time: &Tlv<'_>, label: &str, margin: &mut Margin) {
    let digits = match time.tag {
        tlv::UTC_TIME => 12,
        tlv::GENERALIZED_TIME => 14,
        _ => return,
    };
    let complete = time.content.len() == digits + 1 && time.content.ends_with(b"Z");
    if !complete {
        margin.note(format!("{label} is not in the form that RFC 5280 wants"), time.range());
    }
    let early = time.content.get(..4).is_some_and(|year| (&b"1950"[..]..&b"2050"[..]).contains(&year));
    if time.tag == tlv::GENERALIZED_TIME && early {
        margin.note(format!("{label} is a GeneralizedTime before 2050"), time.range());
    }
}

/// Both ends are included, so that a year from midnight to a second before midnight is a whole one.
fn period(from: UnixTime, until: UnixTime) -> String {
    let seconds = until.0.saturating_sub(from.0).saturating_add(1);
    match (seconds / 86_400, seconds / 3600) {
        (0, hours) => format!("{hours} hours"),
        (1, _) => "1 day".to_owned(),
        (days, _) => format!("{days} days"),
    }
}

fn rest(parts: &Parts<'_>, margin: &mut Margin) -> Field {
    let mut field = Field::group("miscellaneous", "Miscellaneous", Vec::new());
    field.fields.push(serial_number(&parts.serial));
    serial_notes(&parts.serial, margin);
    let inner = &parts.inner_algorithm;
    let outer = parts.signature.as_ref().map_or(inner, |signature| &signature.0);
    field.fields.push(algorithm::field("signature-algorithm", "Signature algorithm", outer, margin));
    if outer.whole != inner.whole {
        margin.note("the signature algorithms inside and outside of the signed part differ", inner.range());
        let label = "Algorithm in the signed part";
        field.fields.push(algorithm::field("inner-signature-algorithm", label, inner, margin));
    }
    field.fields.push(version(parts, margin));
    for (id, name, label) in [
        (parts.issuer_id, "issuer-unique-id", "Unique identifier of the issuer"),
        (parts.subject_id, "subject-unique-id", "Unique identifier of the subject"),
    ] {
        if let Some(id) = id {
            margin.note(format!("{label} is present, which RFC 5280 advises against"), id.range());
            let octets = id.content.get(1..).unwrap_or_default();
            field.fields.push(value::octets(name, label, octets, id.range()));
        }
    }
    if let Some((_, signature)) = &parts.signature {
        field.fields.push(signature_value(signature, margin));
    }
    field
}

fn signature_value(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    let (unused, octets) = match (element.tag, element.content.split_first()) {
        (tlv::BIT_STRING, Some((unused, octets))) => (*unused, octets),
        _ => {
            let error = Error::der("signature", element.range());
            margin.problem("the signature cannot be read", &error, element.range());
            (0, element.content)
        }
    };
    if unused != 0 {
        margin.note(format!("{unused} bits of the signature are unused"), element.range());
    }
    value::octets("signature", "Signature", octets, element.range())
}

/// RFC 5280 section 4.1.2.2 wants a positive number of at most 20 octets.
fn serial_notes(element: &Tlv<'_>, margin: &mut Margin) {
    let octets = element.content;
    let text = match octets {
        _ if element.tag != tlv::INTEGER => "the serial number is no INTEGER",
        [0x80..=0xff, ..] => "the serial number is negative",
        _ if octets.iter().all(|octet| *octet == 0) => "the serial number is zero",
        _ if octets.len() > 20 => "the serial number has more than 20 octets",
        _ => return,
    };
    margin.note(text, element.range());
}

fn version(parts: &Parts<'_>, margin: &mut Margin) -> Field {
    let number = match &parts.version {
        None => Some(0),
        Some(wrapper) => {
            let number = wrapper.inside().take(tlv::INTEGER, "version").ok();
            let number = number.and_then(|number| value::small(&number));
            match number {
                None => margin.note("the version cannot be read", wrapper.range()),
                Some(0) => margin.note("version 1 is written out, which DER forbids", wrapper.range()),
                Some(1 | 2) => {}
                Some(_) => margin.note("there is no such version", wrapper.range()),
            }
            number
        }
    };
    if let (Some(0 | 1), Some(extensions)) = (number, &parts.extensions) {
        margin.note("a version below 3 has no extensions", extensions.range());
    }
    let text = number.map_or_else(|| "unreadable".to_owned(), |number| number.saturating_add(1).to_string());
    let field = Field::new("version", "Version", text);
    match &parts.version {
        Some(wrapper) => field.at(wrapper.range()),
        None => field,
    }
}

pub(super) fn fingerprints(bytes: &[u8]) -> Field {
    let of = |name: &'static str, label: &'static str, digest: &[u8]| {
        Field::new(name, label, value::colons(digest)).form("hex", hex(digest))
    };
    let sha256 = of("sha256", "SHA-256", &Sha256::digest(bytes));
    let sha1 = of("sha1", "SHA-1", &Sha1::digest(bytes));
    Field::group("fingerprints", "Fingerprints", vec![sha256, sha1]).at(0..bytes.len())
}
