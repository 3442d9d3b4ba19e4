//! Extensions of industry bodies and vendors: CA/Browser Forum, Netscape, Entrust, telephone numbers, FIDO, PKCS#9.
//!
//! Leaves out Microsoft's (`microsoft`) and certificate transparency (`transparency`).

use super::Known;
use crate::describe::margin::Margin;
use crate::describe::{Field, algorithm, general_name, unknown, value};
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: "2.23.140.3.1", name: "cabf-organization-identifier", decode: organization },
    Known { oid: "2.23.140.1.31", name: "cabf-tor-descriptor", decode: tor_descriptor },
    Known { oid: "2.16.840.1.113730.1.2", name: "netscape-base-url", decode: text },
    Known { oid: "2.16.840.1.113730.1.3", name: "netscape-revocation-url", decode: text },
    Known { oid: "2.16.840.1.113730.1.4", name: "netscape-ca-revocation-url", decode: text },
    Known { oid: "2.16.840.1.113730.1.7", name: "netscape-renewal-url", decode: text },
    Known { oid: "2.16.840.1.113730.1.8", name: "netscape-ca-policy-url", decode: text },
    Known { oid: "2.16.840.1.113730.1.12", name: "netscape-server-name", decode: text },
    Known { oid: "2.16.840.1.113730.1.13", name: "netscape-comment", decode: text },
    Known { oid: "1.3.36.8.3.15", name: "additional-information", decode: text },
    Known { oid: "1.2.840.113533.7.65.0", name: "entrust-version", decode: entrust },
    Known { oid: "1.3.6.1.5.5.7.1.14", name: "proxy-certificate", decode: proxy },
    Known { oid: "1.2.840.113549.1.9.15", name: "smime-capabilities", decode: capabilities },
    Known { oid: "2.5.29.9", name: "subject-directory-attributes", decode: attributes },
    Known { oid: "1.3.6.1.5.5.7.1.26", name: "telephone-numbers", decode: telephone_numbers },
    Known { oid: "1.3.6.1.4.1.45724.1.1.4", name: "fido-aaguid", decode: aaguid },
];

fn text(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let plain = value::string("text", "Text", &element)?;
    (field.text, field.encoding) = (plain.text, plain.encoding);
    Ok(())
}

/// Reads `CABFOrganizationIdentifier` (CA/Browser Forum EV guidelines, appendix A).
fn organization(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "organization identifier")?.inside();
    let scheme = value::string("scheme", "Registration scheme", &parts.any("scheme")?)?;
    let country = value::string("country", "Country", &parts.any("country")?)?;
    let state = parts.optional(tlv::implicit(0), "state or province")?;
    let reference = value::string("reference", "Registration reference", &parts.any("reference")?)?;
    parts.end()?;
    let state = state.map(|state| {
        Field::new("state-or-province", "State or province", value::ia5(state.content)).at(state.range())
    });
    let region = state.as_ref().map_or(String::new(), |state| format!("+{}", state.text));
    field.text = format!("{}{}{region}-{}", scheme.text, country.text, reference.text);
    field.fields.extend([scheme, country]);
    field.fields.extend(state);
    field.fields.push(reference);
    Ok(())
}

fn tor_descriptor(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "descriptors")?.inside();
    margin.parts(field, list, "descriptor", |one, margin| {
        let mut parts = one.expect(tlv::SEQUENCE, "descriptor")?.inside();
        let address = value::string("onion", "Onion address", &parts.any("onion address")?)?;
        let hash =
            algorithm::field("hash-algorithm", "Hash algorithm", &parts.any("hash algorithm")?, margin);
        let digest = parts.take(tlv::BIT_STRING, "hash")?;
        parts.end()?;
        let octets = digest.content.get(1..).unwrap_or_default();
        let digest = value::octets("hash", "Hash of the service's key", octets, digest.range());
        Ok(Field { fields: vec![hash, digest], ..address }.at(one.range()))
    })
}

/// Reads Entrust's version information: a text, and flags.
fn entrust(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "version")?.inside();
    field.text = value::ia5(parts.any("version")?.content);
    if let Some(flags) = parts.optional(tlv::BIT_STRING, "flags")? {
        let octets = flags.content.get(1..).unwrap_or_default();
        field.fields.push(value::octets("flags", "Flags", octets, flags.range()));
    }
    parts.end()
}

/// Reads `ProxyCertInfo` of RFC 3820 section 3.8.
fn proxy(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "proxy information")?.inside();
    if let Some(length) = parts.optional(tlv::INTEGER, "path length")? {
        field.fields.push(value::integer("path-length", "Path length", &length));
    }
    let mut policy = parts.take(tlv::SEQUENCE, "proxy policy")?.inside();
    parts.end()?;
    field.fields.push(value::identifier("language", "Policy language", &policy.any("policy language")?)?);
    if let Some(octets) = policy.optional(tlv::OCTET_STRING, "policy")? {
        field.fields.push(value::octets("policy", "Policy", octets.content, octets.range()));
    }
    policy.end()
}

fn capabilities(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "capabilities")?.inside();
    margin.parts(field, list, "capability", |one, _| {
        let mut parts = one.expect(tlv::SEQUENCE, "capability")?.inside();
        let mut field = value::identifier("capability", "Capability", &parts.any("capability")?)?;
        if !parts.is_empty() {
            field.fields.push(value::any("parameters", "Parameters", &parts.any("parameters")?));
        }
        parts.end()?;
        Ok(field.at(one.range()))
    })
}

/// Reads `SubjectDirectoryAttributes` of RFC 5280 section 4.2.1.8.
fn attributes(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "attributes")?.inside();
    margin.parts(field, list, "attribute", |one, margin| {
        let mut parts = one.expect(tlv::SEQUENCE, "attribute")?.inside();
        let mut field = value::identifier("attribute", "Attribute", &parts.any("attribute type")?)?;
        let values = parts.take(tlv::SET, "attribute values")?;
        parts.end()?;
        field.label = std::mem::take(&mut field.text).into();
        let mut field = field.at(one.range());
        margin.parts(&mut field, values.inside(), "attribute value", |value, margin| {
            Ok(unknown::structure(&value, margin))
        })?;
        Ok(field)
    })
}

/// Reads `TNAuthorizationList` of RFC 8226 section 9.
fn telephone_numbers(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "telephone numbers")?.inside();
    margin.parts(field, list, "telephone numbers", |one, _| {
        let mut inside = one.inside();
        let first = inside.any("telephone number")?;
        Ok(match one.tag {
            0xa0 => value::string("provider", "Service provider", &first)?,
            0xa1 => {
                let mut ends = first.inside();
                let start = value::string("start", "Start", &ends.any("start")?)?.text;
                let count = value::integer("count", "Count", &ends.take(tlv::INTEGER, "count")?).text;
                Field::new("range", "Telephone numbers", format!("{count} from {start}"))
            }
            0xa2 => value::string("number", "Telephone number", &first)?,
            _ => return Err(Error::der("telephone numbers", one.range())),
        }
        .at(one.range()))
    })
}

fn aaguid(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let octets = element.expect(tlv::OCTET_STRING, "AAGUID")?;
    let digits = crate::certificate::hex(octets.content);
    field.text = match digits.len() {
        32 => [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-"),
        _ => general_name::guid(&octets).unwrap_or(digits),
    };
    Ok(())
}
