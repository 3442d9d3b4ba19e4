//! The structure of a value that nothing here has a reader for: its elements by type, as far as a person follows them.
//!
//! Leaves out the whole of a large value: `crate::outline` shows that, level by level.

use super::margin::Margin;
use super::{Field, value};
use crate::tlv::{self, Cursor, Tlv};

/// Deepest nesting that is shown.
const DEEPEST: usize = 12;
/// Most elements of one level that are shown.
const WIDEST: usize = 64;

/// Describes an element by its type alone.
pub(crate) fn structure(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    at_depth(element, margin, 0)
}

/// The one element that fills these octets, by its type; none when they are no such element.
pub(crate) fn inside(octets: &[u8], at: usize, margin: &mut Margin) -> Option<Field> {
    let mut cursor = Cursor::placed(octets, at);
    let element = cursor.any("value").ok().filter(|_| cursor.is_empty())?;
    Some(structure(&element, margin))
}

fn at_depth(element: &Tlv<'_>, margin: &mut Margin, depth: usize) -> Field {
    let label = label(element.tag);
    if element.is_constructed() && depth < DEEPEST {
        let mut field = Field::group("element", label, Vec::new()).at(element.range());
        let mut list = element.inside();
        while !list.is_empty() {
            let Ok(part) = list.any("element") else {
                let text = value::abridged(&element.content[element.content.len() - list.range().len()..]);
                field.fields.push(Field::new("element", "Unreadable", text).at(list.range()));
                break;
            };
            if field.fields.len() < WIDEST && margin.has_room() {
                field.fields.push(at_depth(&part, margin, depth + 1));
            } else {
                field.left_out += 1;
            }
        }
        return field;
    }
    // A string of octets often holds a structure of its own.
    if element.tag == tlv::OCTET_STRING && depth < DEEPEST {
        let mut cursor = Cursor::placed(element.content, element.content_start());
        let inner = cursor.any("value").ok().filter(|_| cursor.is_empty());
        if let Some(inner) = inner.filter(|inner| plausible(inner.tag)) {
            let part = at_depth(&inner, margin, depth + 1);
            return Field::group("element", label, vec![part]).at(element.range());
        }
    }
    value::any("element", label, element)
}

/// Whether a tag is likely to begin a structure, and not random octets that happen to fit.
const fn plausible(tag: u8) -> bool {
    matches!(tag, 0x30 | 0x31 | 0x02 | 0x04 | 0x06 | 0x0c | 0x13 | 0x16)
}

/// The name of a type, or the number of another tag: `[0]`.
pub(crate) fn label(tag: u8) -> String {
    match (value::type_name(tag), tag >> 6) {
        ("", 1) => format!("[APPLICATION {}]", tag & 0x1f),
        ("", 2) => format!("[{}]", tag & 0x1f),
        ("", 3) => format!("[PRIVATE {}]", tag & 0x1f),
        ("", _) => format!("[UNIVERSAL {}]", tag & 0x1f),
        (name, _) => name.to_owned(),
    }
}
