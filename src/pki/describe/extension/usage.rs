//! What a key may be used for: key usage, purposes, basic constraints, TLS features, the private key's period.
//!
//! Leaves out drawing conclusions from them (`crate::usage`).

use super::Known;
use super::bits::{self, Bits};
use crate::describe::margin::Margin;
use crate::describe::{Field, oid, value};
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: "2.5.29.15", name: "key-usage", decode: key_usage },
    Known { oid: "2.5.29.37", name: "extended-key-usage", decode: purposes },
    Known { oid: "2.5.29.19", name: "basic-constraints", decode: basic_constraints },
    Known { oid: "2.5.29.16", name: "private-key-usage-period", decode: period },
    Known { oid: "1.3.6.1.5.5.7.1.24", name: "tls-feature", decode: tls_feature },
    Known { oid: "2.16.840.1.113730.1.1", name: "netscape-certificate-type", decode: netscape_type },
];

const KEY_USAGES: Bits = &[
    "Digital signature",
    "Non-repudiation",
    "Key encipherment",
    "Data encipherment",
    "Key agreement",
    "Certificate signing",
    "CRL signing",
    "Encipher only",
    "Decipher only",
];

const NETSCAPE_TYPES: Bits = &[
    "TLS client",
    "TLS server",
    "Mail",
    "Object signing",
    "Reserved",
    "TLS CA",
    "Mail CA",
    "Object signing CA",
];

fn key_usage(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::BIT_STRING, "key usage")?;
    field.text = bits::words(&element, KEY_USAGES, margin)?;
    Ok(())
}

fn netscape_type(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::BIT_STRING, "certificate type")?;
    field.text = bits::words(&element, NETSCAPE_TYPES, margin)?;
    Ok(())
}

pub(super) fn purposes(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "purposes")?.inside();
    margin.parts(field, list, "purpose", |purpose, _| value::identifier("purpose", "Purpose", &purpose))?;
    if field.fields.is_empty() {
        margin.note("a list of purposes without any", element.range());
    }
    Ok(())
}

fn basic_constraints(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "basic constraints")?.inside();
    let ca = parts.optional(tlv::BOOLEAN, "CA flag")?;
    let length = parts.optional(tlv::INTEGER, "path length")?;
    parts.end()?;
    let is_ca = ca.is_some_and(|flag| value::is_true(&flag));
    field.text = if is_ca { "a certificate authority" } else { "not a certificate authority" }.to_owned();
    if let Some(flag) = ca {
        field.fields.push(value::boolean("ca", "Certificate authority", &flag));
        if !is_ca {
            margin.note("the default of a flag is written out, which DER forbids", flag.range());
        }
    }
    if let Some(length) = length {
        let part = value::integer("path-length", "Path length", &length);
        field.text.push_str(&match part.text.as_str() {
            "0" => ", with no further one below it".to_owned(),
            "1" => ", with at most 1 further one below it".to_owned(),
            count => format!(", with at most {count} further ones below it"),
        });
        if !is_ca {
            margin.note("a path length without being a certificate authority", length.range());
        }
        field.fields.push(part);
    }
    Ok(())
}

/// Reads `PrivateKeyUsagePeriod` of RFC 3280 section 4.2.1.4.
fn period(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "private key usage period")?.inside();
    for (number, name, label) in [(0, "not-before", "Not before"), (1, "not-after", "Not after")] {
        if let Some(time) = parts.optional(tlv::implicit(number), "time")? {
            let time = time.retagged(tlv::GENERALIZED_TIME);
            field.fields.push(value::time(name, label, &time)?);
        }
    }
    parts.end()
}

/// Reads `Features` of RFC 7633 section 4.
fn tls_feature(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "TLS features")?.inside();
    margin.parts(field, list, "TLS feature", |feature, _| {
        let feature = feature.expect(tlv::INTEGER, "TLS feature")?;
        let text = match value::small(&feature) {
            Some(5) => "status_request (OCSP must-staple)".to_owned(),
            Some(17) => "status_request_v2".to_owned(),
            Some(number) => oid::tls_extension(number).map_or_else(|| number.to_string(), str::to_owned),
            None => return Err(Error::der("TLS feature", feature.range())),
        };
        Ok(Field::new("feature", "Feature", text).at(feature.range()))
    })
}
