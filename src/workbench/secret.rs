//! A passphrase or password on its way from a field to the worker: wiped after use, never printed.
//! Private keys have their own type, [`certwright_pki::PrivateKey`].

use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What a person typed into a password field.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Passphrase(String);

impl Passphrase {
    /// Takes over the typed text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the one place that derives a key from it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True if nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of characters.
    pub fn length(&self) -> usize {
        self.0.chars().count()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}
