//! A CHOICE: which alternative was taken, and what it says.
//!
//! Leaves out alternatives that the table does not have.

use super::{at_depth, of_type};
use crate::describe::Field;
use crate::describe::margin::Margin;
use crate::error::{Error, Result};
use crate::schema::{Member, Type};
use crate::tlv::Tlv;

/// Describes the alternative that the value is.
///
/// A plain value goes by the name of its alternative; one that has parts, or none at all, by the name of the choice.
///
/// # Errors
/// None of the alternatives has this tag.
pub(super) fn field(
    choice: &Member,
    members: &[Member],
    value: &Tlv<'_>,
    oid: Option<&str>,
    margin: &mut Margin,
    depth: usize,
) -> Result<Field> {
    let mut able = members.iter().filter(|member| member.accepts(value.tag));
    let first = able.next().ok_or_else(|| Error::der(choice.label, value.range()))?;
    // Of several with the same tag, the one that fits.
    let taken = match able.next() {
        None => first,
        Some(second) => match first.fits(value, oid, depth) {
            true => first,
            false => second,
        },
    };
    if matches!(taken.of, Type::Null) {
        return Ok(Field::new(choice.name, choice.label, taken.label));
    }
    if let Type::Choice(_) | Type::ByOid(_) = taken.of
        && let Some(inner) = taken.unwrap(value)
    {
        let inside = Member { name: choice.name, label: choice.label, ..Member::new("", "", taken.of) };
        return of_type(&inside, &inner, oid, margin, depth + 1);
    }
    let field = at_depth(taken, value, oid, margin, depth + 1);
    let text = match taken.of {
        _ if taken.name == choice.name => return Ok(field),
        Type::Sequence(_) | Type::List(..) | Type::Any => taken.label.to_owned(),
        Type::Certificate | Type::Crl | Type::Request => format!("{}: {}", taken.label, field.text),
        _ => return Ok(field),
    };
    Ok(Field { name: choice.name.into(), label: choice.label.into(), text, ..field })
}
