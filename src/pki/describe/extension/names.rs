//! Extensions that hold names: alternative names, the issuer of a revoked entry, name constraints.
//!
//! Leaves out the names themselves (`describe::general_name`).

use super::Known;
use crate::describe::general_name::{self, Address};
use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::error::Result;
use crate::extension::oids;
use crate::tlv::{self, Cursor, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: oids::SUBJECT_ALT_NAME, name: "subject-alt-name", decode: names },
    Known { oid: oids::ISSUER_ALT_NAME, name: "issuer-alt-name", decode: names },
    Known { oid: oids::CERTIFICATE_ISSUER, name: "certificate-issuer", decode: names },
    Known { oid: oids::NAME_CONSTRAINTS, name: "name-constraints", decode: constraints },
];

fn names(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let element = element.expect(tlv::SEQUENCE, "names")?;
    if element.content.is_empty() {
        margin.note("a list of names without any", element.range());
    }
    general_name::list(&element, field, margin)
}

fn constraints(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "name constraints")?.inside();
    for (number, name, label) in [(0, "permitted", "Permitted"), (1, "excluded", "Excluded")] {
        if let Some(subtrees) = parts.optional(tlv::explicit(number), "subtrees")? {
            let mut group = Field::group(name, label, Vec::new()).at(subtrees.range());
            let outcome = margin.parts(&mut group, subtrees.inside(), "subtree", subtree);
            field.fields.push(group);
            outcome?;
        }
    }
    parts.end()
}

/// Reads `GeneralSubtree`; minimum and maximum, which RFC 5280 forbids, are shown where they stand.
fn subtree(element: Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut parts = element.expect(tlv::SEQUENCE, "subtree")?.inside();
    let base = parts.any("subtree base")?;
    let mut field = general_name::field(&base, Address::Network, margin)?.at(element.range());
    distance(&mut parts, 0, "minimum", "Minimum", &mut field)?;
    distance(&mut parts, 1, "maximum", "Maximum", &mut field)?;
    parts.end()?;
    Ok(field)
}

fn distance(
    parts: &mut Cursor<'_>,
    number: u8,
    name: &'static str,
    label: &'static str,
    field: &mut Field,
) -> Result<()> {
    if let Some(found) = parts.optional(tlv::implicit(number), "distance")? {
        field.fields.push(value::integer(name, label, &found));
    }
    Ok(())
}
