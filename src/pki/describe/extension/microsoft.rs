//! The extensions of Microsoft's certificate services.
//!
//! Leaves out application policies (`policies`) and places (`points`), which have the standard's own forms.

use super::Known;
use crate::describe::margin::Margin;
use crate::describe::{Field, general_name, value};
use crate::error::{Error, Result};
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: "1.3.6.1.4.1.311.20.2", name: "microsoft-template-name", decode: template_name },
    Known { oid: "1.3.6.1.4.1.311.21.7", name: "microsoft-template", decode: template },
    Known { oid: "1.3.6.1.4.1.311.21.1", name: "microsoft-ca-version", decode: ca_version },
    Known { oid: "1.3.6.1.4.1.311.21.2", name: "microsoft-previous-ca-hash", decode: previous_hash },
    Known { oid: "1.3.6.1.4.1.311.25.2", name: "microsoft-security-identifier", decode: security },
    Known { oid: "1.3.6.1.4.1.311.21.3", name: "microsoft-virtual-base-crl", decode: number },
    Known { oid: "1.3.6.1.4.1.311.21.4", name: "microsoft-next-crl", decode: time },
];

fn template_name(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let plain = value::string("name", "Name", &element)?;
    (field.text, field.encoding) = (plain.text, plain.encoding);
    Ok(())
}

fn template(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "certificate template")?.inside();
    field.fields.push(value::identifier("template", "Template", &parts.any("template")?)?);
    for (name, label) in [("major-version", "Major version"), ("minor-version", "Minor version")] {
        if let Some(number) = parts.optional(tlv::INTEGER, "template version")? {
            field.fields.push(value::integer(name, label, &number));
        }
    }
    parts.end()
}

/// The CA's certificate in the low 16 bits, its key in the bits above: a renewal with the same key leaves the latter.
fn ca_version(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::INTEGER, "CA version")?;
    let number = value::small(&element).filter(|number| *number <= u64::from(u32::MAX));
    let number = number.ok_or_else(|| Error::der("CA version", element.range()))?;
    let (certificate, key) = (number & 0xffff, number >> 16);
    field.text = format!("V{certificate}.{key}");
    field.fields.push(Field::new("certificate-index", "Certificate", certificate.to_string()));
    field.fields.push(Field::new("key-index", "Key", key.to_string()));
    Ok(())
}

fn previous_hash(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::OCTET_STRING, "hash")?;
    field.fields.push(value::octets("hash", "Hash", element.content, element.range()));
    Ok(())
}

/// The account's security identifier, as other names (MS-WCCE section 2.2.2.7.7.4).
fn security(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    general_name::list(&element.expect(tlv::SEQUENCE, "security identifier")?, field, margin)
}

fn number(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let plain = value::integer("number", "Number", &element.expect(tlv::INTEGER, "number")?);
    (field.text, field.forms) = (plain.text, plain.forms);
    Ok(())
}

fn time(element: Tlv<'_>, field: &mut Field, _: &mut Margin) -> Result<()> {
    let plain = value::time("time", "Time", &element)?;
    (field.text, field.forms, field.encoding) = (plain.text, plain.forms, plain.encoding);
    Ok(())
}
