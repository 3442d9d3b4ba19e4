//! Certificate policies with their qualifiers, mappings and constraints, and Microsoft's application policies.
//!
//! Leaves out policy processing along a path.

use super::Known;
use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::error::Result;
use crate::extension::oids;
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: oids::CERTIFICATE_POLICIES, name: "certificate-policies", decode: policies },
    Known { oid: oids::POLICY_MAPPINGS, name: "policy-mappings", decode: mappings },
    Known { oid: oids::POLICY_CONSTRAINTS, name: "policy-constraints", decode: constraints },
    Known { oid: "1.3.6.1.4.1.311.21.10", name: "microsoft-application-policies", decode: policies },
    Known { oid: "1.3.6.1.4.1.311.21.11", name: "microsoft-application-policy-mappings", decode: mappings },
    Known {
        oid: "1.3.6.1.4.1.311.21.12",
        name: "microsoft-application-policy-constraints",
        decode: constraints,
    },
];

const CPS: &str = "1.3.6.1.5.5.7.2.1";
const USER_NOTICE: &str = "1.3.6.1.5.5.7.2.2";

fn policies(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "policies")?;
    if list.content.is_empty() {
        margin.note("a list of policies without any", element.range());
    }
    margin.parts(field, list.inside(), "policy", |policy, margin| {
        let mut parts = policy.expect(tlv::SEQUENCE, "policy")?.inside();
        let mut field = value::identifier("policy", "Policy", &parts.any("policy identifier")?)?;
        field.at = Some(policy.range());
        if let Some(qualifiers) = parts.optional(tlv::SEQUENCE, "policy qualifiers")? {
            margin.parts(&mut field, qualifiers.inside(), "policy qualifier", |one, _| qualifier(&one))?;
        }
        parts.end()?;
        Ok(field)
    })
}

/// Reads `PolicyQualifierInfo`.
fn qualifier(element: &Tlv<'_>) -> Result<Field> {
    let mut parts = element.expect(tlv::SEQUENCE, "policy qualifier")?.inside();
    let kind = value::identifier("qualifier", "Qualifier", &parts.any("qualifier identifier")?)?;
    if parts.is_empty() {
        return Ok(kind.at(element.range()));
    }
    let content = parts.any("qualifier")?;
    parts.end()?;
    let field = match kind.oid.as_deref() {
        Some(CPS) => value::any("cps", "Practice statement", &content),
        Some(USER_NOTICE) => user_notice(&content)?,
        _ => value::any("qualifier", kind.text, &content),
    };
    Ok(Field { oid: kind.oid, ..field }.at(element.range()))
}

fn user_notice(element: &Tlv<'_>) -> Result<Field> {
    let mut parts = element.expect(tlv::SEQUENCE, "user notice")?.inside();
    let mut field = Field::group("user-notice", "Notice to users", Vec::new());
    if let Some(reference) = parts.optional(tlv::SEQUENCE, "notice reference")? {
        let mut inside = reference.inside();
        field.fields.push(value::any("organization", "Organization", &inside.any("organization")?));
        let all = inside.take(tlv::SEQUENCE, "notice numbers")?;
        inside.end()?;
        let mut numbers = all.inside();
        let mut list = Vec::new();
        while !numbers.is_empty() {
            let number = numbers.take(tlv::INTEGER, "notice number")?;
            list.push(value::integer("number", "Number", &number).text);
        }
        field.fields.push(Field::new("notice-numbers", "Notice numbers", list.join(", ")).at(all.range()));
    }
    if !parts.is_empty() {
        field.fields.push(value::any("text", "Text", &parts.any("notice text")?));
    }
    parts.end()?;
    Ok(field)
}

fn mappings(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "policy mappings")?.inside();
    margin.parts(field, list, "policy mapping", |mapping, _| {
        let mut parts = mapping.expect(tlv::SEQUENCE, "policy mapping")?.inside();
        let theirs = value::identifier("issuer-policy", "Issuer's policy", &parts.any("issuer's policy")?)?;
        let ours = value::identifier("subject-policy", "Subject's policy", &parts.any("subject's policy")?)?;
        parts.end()?;
        Ok(Field::group("mapping", "Mapping", vec![theirs, ours]).at(mapping.range()))
    })
}

fn constraints(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "policy constraints")?.inside();
    for (number, name, label) in [
        (0, "require-explicit-policy", "A policy is required after so many certificates"),
        (1, "inhibit-policy-mapping", "No mapping after so many certificates"),
    ] {
        if let Some(skip) = parts.optional(tlv::implicit(number), "number of certificates")? {
            field.fields.push(value::integer(name, label, &skip));
        }
    }
    parts.end()
}
