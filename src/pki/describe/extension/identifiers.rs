//! Identifiers and numbers: key identifiers, CRL numbers, reasons and dates of revocation.
//!
//! Leaves out comparing them with what they identify.

use super::Known;
use crate::certificate::SerialNumber;
use crate::describe::margin::Margin;
use crate::describe::{Field, general_name, value};
use crate::error::Result;
use crate::extension::oids;
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: oids::SUBJECT_KEY_IDENTIFIER, name: "subject-key-identifier", decode: key_identifier },
    Known { oid: oids::AUTHORITY_KEY_IDENTIFIER, name: "authority-key-identifier", decode: authority },
    Known { oid: oids::CRL_NUMBER, name: "crl-number", decode: number },
    Known { oid: oids::DELTA_CRL_INDICATOR, name: "delta-crl-indicator", decode: number },
    Known { oid: oids::REASON_CODE, name: "reason-code", decode: reason },
    Known { oid: oids::INVALIDITY_DATE, name: "invalidity-date", decode: date },
    Known { oid: oids::INHIBIT_ANY_POLICY, name: "inhibit-any-policy", decode: number },
    Known { oid: "1.3.6.1.5.5.7.48.1.5", name: "ocsp-no-check", decode: null },
    Known { oid: oids::PRECERTIFICATE_POISON, name: "precertificate-poison", decode: null },
    Known { oid: "2.5.29.56", name: "no-revocation-available", decode: null },
    Known { oid: "1.3.6.1.4.1.44363.44", name: "delegation-usage", decode: null },
    Known { oid: "1.3.6.1.5.5.7.1.31", name: "acme-identifier", decode: digest },
    Known { oid: "2.5.29.60", name: "expired-certificates-on-crl", decode: date },
    Known { oid: "1.3.36.8.3.1", name: "date-of-certificate-generation", decode: date },
    Known { oid: "1.3.6.1.5.5.7.48.1.6", name: "archive-cutoff", decode: date },
    Known { oid: "1.3.6.1.5.5.7.48.1.9", name: "extended-revoke", decode: null },
];

/// RFC 5280 allows 20 octets; putting a number into decimal takes time that grows with the square of its length.
const LONGEST_SERIAL: usize = 256;

fn key_identifier(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::OCTET_STRING, "key identifier")?;
    field.fields.push(value::octets("key-identifier", "Key identifier", element.content, element.range()));
    Ok(())
}

/// The digest of the authorization that a name was proven with (RFC 8737 section 3).
fn digest(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::OCTET_STRING, "digest")?;
    field.fields.push(value::octets("digest", "Digest", element.content, element.range()));
    Ok(())
}

fn authority(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "authority key identifier")?.inside();
    if let Some(key) = parts.optional(tlv::implicit(0), "key identifier")? {
        field.fields.push(value::octets("key-identifier", "Key identifier", key.content, key.range()));
    }
    if let Some(names) = parts.optional(tlv::explicit(1), "issuer")? {
        let mut issuer = Field::group("authority-issuer", "Issuer", Vec::new()).at(names.range());
        let outcome = general_name::list(&names, &mut issuer, margin);
        field.fields.push(issuer);
        outcome?;
    }
    if let Some(serial) = parts.optional(tlv::implicit(2), "serial number")? {
        field.fields.push(serial_number(&serial));
    }
    parts.end()
}

/// A serial number as viewers show it, without the octet that keeps it positive, and in the other spellings.
pub(crate) fn serial_number(element: &Tlv<'_>) -> Field {
    let (name, label) = ("serial-number", "Serial number");
    if element.content.len() > LONGEST_SERIAL {
        return value::octets(name, label, element.content, element.range());
    }
    let number = SerialNumber::from_octets(element.content);
    let hex = number.hex();
    let mut text = String::with_capacity(hex.len() * 2);
    for (index, digit) in hex.trim_start_matches('-').chars().enumerate() {
        if index > 0 && index % 2 == 0 {
            text.push(':');
        }
        text.push(digit.to_ascii_uppercase());
    }
    if hex.starts_with('-') {
        text.insert(0, '-');
    }
    Field::new(name, label, text).at(element.range()).form("hex", hex).form("decimal", number.decimal())
}

fn number(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::INTEGER, "number")?;
    let plain = value::integer("number", "Number", &element);
    (field.text, field.forms) = (plain.text, plain.forms);
    Ok(())
}

fn reason(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::ENUMERATED, "reason")?;
    let words = match element.content {
        [code] => reason_words(*code),
        _ => None,
    };
    let code = value::integer("code", "Code", &element).text;
    field.text = words.map_or_else(|| format!("unknown reason {code}"), str::to_owned);
    Ok(())
}

/// A reason for revocation (RFC 5280 section 5.3.1) in words, by its number.
pub(crate) const fn reason_words(code: u8) -> Option<&'static str> {
    Some(match code {
        0 => "Unspecified",
        1 => "Key compromise",
        2 => "CA compromise",
        3 => "Affiliation changed",
        4 => "Superseded",
        5 => "Cessation of operation",
        6 => "On hold",
        8 => "Removed from the list",
        9 => "Privilege withdrawn",
        10 => "Attribute authority compromise",
        _ => return None,
    })
}

fn date(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let plain = value::time("date", "Date", &element)?;
    (field.text, field.forms, field.encoding) = (plain.text, plain.forms, plain.encoding);
    Ok(())
}

fn null(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    element.expect(tlv::NULL, "NULL")?;
    field.text = "present".to_owned();
    Ok(())
}
