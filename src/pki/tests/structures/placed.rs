//! Places in descriptions: every field lies within the object, and parts lie within their wholes.
//!
//! Also the values that tests take from the bytes at these places.

use certwright_pki::ber::{self, Limits, Node};
use certwright_pki::describe::{Description, Field};

/// Says which field lies outside of what encloses it.
pub fn check(described: &Description, bytes: &[u8]) -> Result<(), String> {
    for section in &described.sections {
        inside(section, &(0..bytes.len()))?;
    }
    for note in &described.notes {
        if let Some(at) = &note.at
            && (at.start > at.end || at.end > bytes.len())
        {
            return Err(format!("note {:?} at {at:?} of {}", note.text, bytes.len()));
        }
    }
    Ok(())
}

fn inside(field: &Field, whole: &std::ops::Range<usize>) -> Result<(), String> {
    let own = match &field.at {
        Some(at) if at.start > at.end || at.start < whole.start || at.end > whole.end => {
            return Err(format!("{} at {at:?} is outside of {whole:?}", field.name));
        }
        Some(at) => at.clone(),
        None => whole.clone(),
    };
    // The parts of a message's content may be named beside it.
    field.fields.iter().try_for_each(|part| inside(part, &own))
}

/// The elements in some bytes.
pub fn elements(bytes: &[u8]) -> Vec<Node> {
    ber::parse(bytes, Limits::default()).nodes
}

/// A distinguished name as OpenSSL dumps it: `2.5.4.3=#0C0161,…`, from the bytes at the places of its parts.
pub fn dump(name: &Field, bytes: &[u8]) -> String {
    let values = name.fields.iter().filter(|part| part.oid.is_some()).map(|part| {
        let pair = &bytes[part.at.clone().unwrap()];
        let value = elements(pair)[0].children[1].whole.clone();
        let hex: String = pair[value].iter().map(|octet| format!("{octet:02X}")).collect();
        format!("{}=#{hex}", part.oid.as_deref().unwrap())
    });
    values.collect::<Vec<_>>().join(",")
}

/// Extensions by identifier and whether they are critical.
pub fn extensions<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Vec<(String, bool)> {
    let fields = fields.into_iter().filter_map(|field| Some((field.oid.clone()?, field.critical?)));
    fields.collect()
}

/// The hexadecimal digits of a field's form, in upper case.
pub fn hex(field: &Field) -> String {
    let form = field.forms.iter().find(|form| form.label == "hex");
    form.map(|form| form.text.to_uppercase()).unwrap_or_default()
}
