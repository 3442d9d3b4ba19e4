//! Statements of qualified certificates (RFC 3739, ETSI EN 319 412-5, TS 119 495) and biometric information.
//!
//! Leaves out whether they are true.

use super::Known;
use crate::describe::general_name::{self, Address};
use crate::describe::margin::Margin;
use crate::describe::{Field, algorithm, unknown, value};
use crate::error::Result;
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: "1.3.6.1.5.5.7.1.3", name: "qc-statements", decode: statements },
    Known { oid: "1.3.6.1.5.5.7.1.2", name: "biometric-information", decode: biometric },
];

fn statements(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "statements")?.inside();
    margin.parts(field, list, "statement", |statement, margin| {
        let mut parts = statement.expect(tlv::SEQUENCE, "statement")?.inside();
        let mut field = value::identifier("statement", "Statement", &parts.any("statement identifier")?)?;
        field.at = Some(statement.range());
        if !parts.is_empty() {
            let information = parts.any("statement")?;
            parts.end()?;
            let oid = field.oid.clone().unwrap_or_default();
            // What a statement says beyond its name may be in any form; one that is broken is shown as it is.
            if explain(&oid, &information, &mut field, margin).is_err() {
                margin.note(format!("{} cannot be decoded", field.text), information.range());
                field.fields = vec![unknown::structure(&information, margin)];
            }
        }
        Ok(field)
    })
}

fn explain(oid: &str, information: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    match oid {
        "0.4.0.1862.1.2" => limit(information, field),
        "0.4.0.1862.1.3" => {
            let years = information.expect(tlv::INTEGER, "years")?;
            field.fields.push(value::integer("years", "Years after the end of validity", &years));
            Ok(())
        }
        "0.4.0.1862.1.5" => {
            let list = information.expect(tlv::SEQUENCE, "disclosure statements")?.inside();
            margin.parts(field, list, "disclosure statement", |one, _| {
                let mut parts = one.expect(tlv::SEQUENCE, "disclosure statement")?.inside();
                let address = value::string("disclosure", "Disclosure statement", &parts.any("address")?)?;
                let language = value::string("language", "Language", &parts.any("language")?)?;
                parts.end()?;
                Ok(Field { fields: vec![language], ..address }.at(one.range()))
            })
        }
        "0.4.0.1862.1.6" => {
            let list = information.expect(tlv::SEQUENCE, "types")?.inside();
            margin.parts(field, list, "type", |one, _| value::identifier("type", "Type", &one))
        }
        "0.4.0.1862.1.7" => {
            let list = information.expect(tlv::SEQUENCE, "countries")?.inside();
            margin.parts(field, list, "country", |one, _| value::string("country", "Country", &one))
        }
        "0.4.0.19495.2" => payment_services(information, field, margin),
        "1.3.6.1.5.5.7.11.1" | "1.3.6.1.5.5.7.11.2" => semantics(information, field, margin),
        _ => {
            field.fields.push(unknown::structure(information, margin));
            Ok(())
        }
    }
}

/// Reads `MonetaryValue`: a currency, an amount and an exponent.
fn limit(element: &Tlv<'_>, field: &mut Field) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "limit")?.inside();
    let currency = value::any("currency", "Currency", &parts.any("currency")?);
    let amount = value::integer("amount", "Amount", &parts.take(tlv::INTEGER, "amount")?);
    let exponent = value::integer("exponent", "Exponent", &parts.take(tlv::INTEGER, "exponent")?);
    parts.end()?;
    let text = match exponent.text.as_str() {
        "0" => format!("{} {}", amount.text, currency.text),
        exponent => format!("{} × 10^{exponent} {}", amount.text, currency.text),
    };
    field.fields.push(Field::new("limit", "Limit", text).at(element.range()));
    Ok(())
}

/// Reads `PSD2QcType` of ETSI TS 119 495 section 5.1.
fn payment_services(element: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "payment services")?.inside();
    let roles = parts.take(tlv::SEQUENCE, "roles")?.inside();
    margin.parts(field, roles, "role", |role, _| {
        let mut inside = role.expect(tlv::SEQUENCE, "role")?.inside();
        let mut field = value::identifier("role", "Role", &inside.any("role identifier")?)?;
        let own = value::string("name", "Name", &inside.any("role name")?)?.text;
        inside.end()?;
        if field.text != own {
            field.text = format!("{own} ({})", field.text);
        }
        Ok(field.at(role.range()))
    })?;
    field.fields.push(value::string("authority", "Competent authority", &parts.any("authority name")?)?);
    field.fields.push(value::string("authority-id", "Its identifier", &parts.any("authority identifier")?)?);
    parts.end()
}

/// Reads `SemanticsInformation` of RFC 3739 section 3.2.6.1.
fn semantics(element: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "semantics")?.inside();
    if let Some(identifier) = parts.optional(tlv::OID, "semantics identifier")? {
        field.fields.push(value::identifier("semantics", "Meaning of the names", &identifier)?);
    }
    if let Some(authorities) = parts.optional(tlv::SEQUENCE, "registration authorities")? {
        margin.parts(field, authorities.inside(), "registration authority", |one, margin| {
            general_name::field(&one, Address::Host, margin)
        })?;
    }
    parts.end()
}

/// Reads `BiometricSyntax` of RFC 3739 section 3.2.5.
fn biometric(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "biometric information")?.inside();
    margin.parts(field, list, "biometric data", |data, margin| {
        let mut parts = data.expect(tlv::SEQUENCE, "biometric data")?.inside();
        let kind = parts.any("type of biometric data")?;
        let kind = match (kind.tag, value::small(&kind)) {
            (tlv::INTEGER, Some(0)) => Field::new("type", "Type", "Picture").at(kind.range()),
            (tlv::INTEGER, Some(1)) => Field::new("type", "Type", "Handwritten signature").at(kind.range()),
            _ => value::any("type", "Type", &kind),
        };
        let hash =
            algorithm::field("hash-algorithm", "Hash algorithm", &parts.any("hash algorithm")?, margin);
        let digest = parts.take(tlv::OCTET_STRING, "hash")?;
        let digest = value::octets("hash", "Hash", digest.content, digest.range());
        let mut fields = vec![kind, hash, digest];
        if !parts.is_empty() {
            fields.push(value::string("source", "Source", &parts.any("source")?)?);
        }
        parts.end()?;
        Ok(Field::group("biometric-data", "Biometric data", fields).at(data.range()))
    })
}
