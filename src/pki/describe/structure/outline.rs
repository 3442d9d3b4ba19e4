//! The outline of a structure that no table has: its elements by type, as far as a page can show them.
//!
//! Leaves out what the values mean.

use crate::describe::margin::Margin;
use crate::describe::{Field, value};
use crate::tlv::{self, Cursor, Tlv};
use std::borrow::Cow;

/// Levels that are shown.
const MAX_DEPTH: usize = 8;
/// Elements of one level that are shown.
const MAX_WIDTH: usize = 100;
/// Octets of a value of unknown meaning that are shown where it may be secret.
const MAX_OPEN: usize = 20;

/// Describes an element of a public structure.
pub(in crate::describe) fn field(
    name: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
    margin: &mut Margin,
) -> Field {
    Outline { discreet: false }.field(name, label, element, margin, 0)
}

/// Describes an element of which nothing is known, not even that it is no private key: of longer values only the
/// length is shown.
pub(in crate::describe) fn discreet(element: &Tlv<'_>, margin: &mut Margin) -> Field {
    Outline { discreet: true }.field("element", type_name(element.tag), element, margin, 0)
}

struct Outline {
    discreet: bool,
}

impl Outline {
    fn field(
        &self,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        element: &Tlv<'_>,
        margin: &mut Margin,
        depth: usize,
    ) -> Field {
        if element.is_constructed() {
            return self.constructed(name, label, element, margin, depth);
        }
        if let Some(inner) = self.encapsulated(element, margin, depth) {
            let text = format!("{} with a structure inside", type_name(element.tag));
            return Field { fields: vec![inner], ..Field::new(name, label, text) }.at(element.range());
        }
        let is_raw = matches!(element.tag, tlv::OCTET_STRING | tlv::BIT_STRING | tlv::INTEGER)
            || element.tag & 0xc0 != 0;
        if self.discreet && is_raw && element.content.len() > MAX_OPEN {
            return Field::new(name, label, format!("{} bytes", element.content.len())).at(element.range());
        }
        match element.tag & 0xc0 {
            0 => value::any(name, label, element),
            _ => value::octets(name, label, element.content, element.range()),
        }
    }

    fn constructed(
        &self,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        element: &Tlv<'_>,
        margin: &mut Margin,
        depth: usize,
    ) -> Field {
        let mut field = Field::new(name, label, "").at(element.range());
        if depth >= MAX_DEPTH {
            field.text = format!("{} bytes, nested deeper", element.content.len());
            return field;
        }
        let mut count = 0;
        let outcome = margin.parts(&mut field, element.inside(), "element", |part, margin| {
            count += 1;
            if count > MAX_WIDTH {
                return Ok(Field::default());
            }
            Ok(self.field("element", type_name(part.tag), &part, margin, depth + 1))
        });
        if let Err(error) = outcome {
            margin.problem("an element cannot be read", &error, element.range());
        }
        field.left_out += field.fields.len().saturating_sub(MAX_WIDTH);
        field.fields.truncate(MAX_WIDTH);
        if field.fields.is_empty() {
            field.text = "empty".to_owned();
        }
        field
    }

    /// What an OCTET STRING or BIT STRING holds when it is one constructed element to the last octet.
    fn encapsulated(&self, element: &Tlv<'_>, margin: &mut Margin, depth: usize) -> Option<Field> {
        let skip = match element.tag {
            tlv::OCTET_STRING => 0,
            tlv::BIT_STRING if element.content.first() == Some(&0) => 1,
            _ => return None,
        };
        if depth >= MAX_DEPTH {
            return None;
        }
        let content = element.content.get(skip..)?;
        let mut inside = Cursor::placed(content, element.content_start() + skip);
        let inner = inside.any("element").ok().filter(|inner| {
            matches!(inner.tag, tlv::SEQUENCE | tlv::SET) && inside.is_empty() && is_sound(inner)
        })?;
        Some(self.field("element", type_name(inner.tag), &inner, margin, depth + 1))
    }
}

/// Whether the elements inside fill it.
fn is_sound(element: &Tlv<'_>) -> bool {
    let mut inside = element.inside();
    while !inside.is_empty() {
        if inside.any("element").is_err() {
            return false;
        }
    }
    true
}

/// The name of a type by its identifier octet: `SEQUENCE`, `[0]`.
pub(in crate::describe) fn type_name(tag: u8) -> Cow<'static, str> {
    let number = tag & 0x1f;
    match (tag >> 6, value::type_name(tag)) {
        (0, "") => match value::type_name(tag & !0x20) {
            "" => format!("[UNIVERSAL {number}]").into(),
            name => name.into(),
        },
        (0, name) => name.into(),
        (1, _) => format!("[APPLICATION {number}]").into(),
        (2, _) => format!("[{number}]").into(),
        _ => format!("[PRIVATE {number}]").into(),
    }
}
