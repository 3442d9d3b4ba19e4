//! Algorithm identifiers in words, with the parameters that matter.
//!
//! Leaves out the names themselves (`crate::algorithm`) and the parameters of encryption with a password.

use std::borrow::Cow;

use super::margin::Margin;
use super::{Field, oid, unknown, value};
use crate::error::Result;
use crate::tlv::{self, Tlv};

const RSA_PSS: &str = "1.2.840.113549.1.1.10";

/// Describes an `AlgorithmIdentifier` (RFC 5280 section 4.1.1.2); one that is broken is shown as octets, with a note.
pub(crate) fn field(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
    margin: &mut Margin,
) -> Field {
    let (name, label) = (name.into(), label.into());
    match read(element, margin) {
        Ok(field) => Field { name, label, ..field },
        Err(error) => {
            margin.problem(&format!("{label} cannot be decoded"), &error, element.range());
            value::octets(name, label, element.whole, element.range())
        }
    }
}

fn read(element: &Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut parts = element.expect(tlv::SEQUENCE, "algorithm")?.inside();
    let dotted = value::dotted(&parts.any("algorithm identifier")?)?;
    let text = oid::name(&dotted).map_or_else(|| dotted.clone(), str::to_owned);
    let mut field = Field::new("", "", text).at(element.range());
    if !parts.is_empty() {
        let parameters = parts.any("algorithm parameters")?;
        parts.end()?;
        if dotted == RSA_PSS && pss(&parameters, &mut field, margin).is_ok() {
            return Ok(field.oid(dotted));
        }
        match parameters.tag {
            tlv::NULL => {}
            tlv::OID => field.fields.push(value::identifier("parameters", "Parameters", &parameters)?),
            _ => {
                let shown = unknown::structure(&parameters, margin);
                field.fields = vec![Field { name: "parameters".into(), label: "Parameters".into(), ..shown }];
            }
        }
    }
    Ok(field.oid(dotted))
}

/// Reads `RSASSA-PSS-params` of RFC 4055 section 3.1, defaults included.
fn pss(parameters: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = parameters.expect(tlv::SEQUENCE, "parameters")?.inside();
    let default = |name: &'static str, label: &'static str, text: &str| Field::new(name, label, text);
    let hash = match parts.optional(tlv::explicit(0), "hash")? {
        Some(wrapper) => self::field("hash", "Hash", &wrapper.inside().any("hash")?, margin),
        None => default("hash", "Hash", "SHA-1"),
    };
    let mask = match parts.optional(tlv::explicit(1), "mask")? {
        Some(wrapper) => {
            let whole = wrapper.inside().take(tlv::SEQUENCE, "mask")?;
            let mut inside = whole.inside();
            let mut mask = value::identifier("mask", "Mask", &inside.any("mask")?)?.at(whole.range());
            if !inside.is_empty() {
                let inner = self::field("hash", "Hash", &inside.any("hash of the mask")?, margin);
                mask.text = format!("{} with {}", mask.text, inner.text);
            }
            mask
        }
        None => default("mask", "Mask", "MGF1 with SHA-1"),
    };
    let salt = match parts.optional(tlv::explicit(2), "salt length")? {
        Some(wrapper) => value::integer("salt-length", "Salt length", &wrapper.inside().any("salt length")?),
        None => default("salt-length", "Salt length", "20"),
    };
    let trailer = parts.optional(tlv::explicit(3), "trailer")?;
    parts.end()?;
    field.text = format!("RSA-PSS with {}", hash.text);
    field.fields.extend([hash, mask, salt]);
    if let Some(wrapper) = trailer {
        field.fields.push(value::integer("trailer", "Trailer", &wrapper.inside().any("trailer")?));
    }
    Ok(())
}
