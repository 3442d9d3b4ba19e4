//! What differs between two objects, field by field and as bytes, and what an issuer made of a request.
//!
//! It judges nothing: whether a difference matters is for people.

mod octets;
mod pairs;
mod request;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::describe::{Description, Field};

pub use octets::{Difference, bytes};
pub use request::{Issued, issued};

/// How the two sides of a row stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// Both say the same; the order of lists where it means nothing is passed over.
    Same,
    /// Both say something, but not the same.
    Changed,
    /// Only the left side has it.
    OnlyLeft,
    /// Only the right side has it.
    OnlyRight,
}

/// One line of a comparison; it may have lines of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The field's name for scripts.
    pub name: Cow<'static, str>,
    /// The field's name for people.
    pub label: Cow<'static, str>,
    /// What the left side says; empty where its parts say it all, none where it has no such field.
    pub left: Option<String>,
    /// What the right side says.
    pub right: Option<String>,
    /// How the two stand to each other, parts included.
    pub verdict: Verdict,
    /// The place on the left.
    pub left_at: Option<Range<usize>>,
    /// The place on the right.
    pub right_at: Option<Range<usize>>,
    /// The parts.
    pub rows: Vec<Row>,
}

/// Compares two descriptions field by field, in the order of the left one; what only the right one has comes last.
#[must_use]
pub fn fields(left: &Description, right: &Description) -> Vec<Row> {
    pairs::rows(&refs(&left.sections), &refs(&right.sections), false)
}

/// How many of the innermost lines are not the same.
#[must_use]
pub fn differences(rows: &[Row]) -> usize {
    let count = |row: &Row| match (row.verdict, differences(&row.rows)) {
        (Verdict::Same, _) => 0,
        (_, inner) => inner.max(1),
    };
    rows.iter().map(count).sum()
}

fn refs(fields: &[Field]) -> Vec<&Field> {
    fields.iter().collect()
}

#[cfg(test)]
mod tests;
