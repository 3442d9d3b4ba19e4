//! The one place that turns errors into words for people: what happened, why, what to do.

use serde::{Deserialize, Serialize};

/// Words for a person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Advice {
    /// What happened, one sentence.
    pub title: String,
    /// Why, in plain words.
    pub detail: String,
    /// What to do now.
    pub hint: String,
}

impl Advice {
    /// Puts the three together.
    pub fn new(title: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), hint: hint.into() }
    }
}
