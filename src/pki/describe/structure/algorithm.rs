//! Algorithm identifiers with their parameters.
//!
//! The names are `crate::algorithm`'s, the types of the parameters `crate::schema`'s.

use super::{called, of_type, outline};
use crate::describe::Field;
use crate::describe::margin::Margin;
use crate::error::{Error, Result};
use crate::schema::{Member, Type, parameters};
use crate::signature::SignatureAlgorithm;
use crate::tlv::{self, Tlv};

/// Describes an `AlgorithmIdentifier`.
///
/// # Errors
/// It does not begin with an object identifier.
pub(super) fn field(
    name: &'static str,
    label: &'static str,
    value: &Tlv<'_>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let mut inside = value.inside();
    let oid = inside.take(tlv::OID, "algorithm")?;
    let dotted = tlv::dotted(oid.content).ok_or_else(|| Error::der("algorithm", oid.range()))?;
    let sequence = Tlv { tag: tlv::SEQUENCE, ..*value };
    let text = match SignatureAlgorithm::from_tlv(&sequence) {
        Ok(known @ SignatureAlgorithm::RsaPss { .. }) => known.label(),
        _ => called(&dotted),
    };
    let mut field = Field::new(name, label, text).oid(dotted.clone());
    if inside.is_empty() {
        return Ok(field);
    }
    let given = inside.any("parameters")?;
    if !inside.is_empty() {
        margin.note(format!("{label} has more than parameters"), inside.range());
    }
    if given.tag == tlv::NULL {
        return Ok(field);
    }
    let typed = parameters::by_algorithm(&dotted).filter(|of| of.accepts(given.tag));
    let (name, label) = match typed {
        Some(Type::Octets) => ("vector", "Initial vector"),
        _ => ("parameters", "Parameters"),
    };
    let member = Member::new(name, label, typed.unwrap_or(&Type::Any));
    match typed.map(|_| of_type(&member, &given, Some(&dotted), margin, depth + 1)) {
        Some(Ok(shown)) if shown.text.is_empty() && !shown.fields.is_empty() => field.fields = shown.fields,
        Some(Ok(shown)) => field.fields.push(Field { at: Some(given.range()), ..shown }),
        _ => field.fields.push(outline::field("parameters", "Parameters", &given, margin)),
    }
    Ok(field)
}
