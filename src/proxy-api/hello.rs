//! The companion's greeting: who answers, and in which version of the messages. Says nothing about the machine it runs on.

use serde::{Deserialize, Serialize};

use crate::{PRODUCT_NAME, PROTOCOL_VERSION};

/// The answer to `GET /api/hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`PRODUCT_NAME`].
    pub name: String,
    /// The companion's own version, such as `0.1.0`.
    pub version: String,
    /// The newest [`PROTOCOL_VERSION`] that the companion speaks.
    pub protocol: u32,
}

impl Hello {
    /// Greets as the companion of the given version.
    pub fn new(version: &str) -> Self {
        Self { name: PRODUCT_NAME.to_owned(), version: version.to_owned(), protocol: PROTOCOL_VERSION }
    }

    /// Says whether this greeting comes from a companion that understands our messages.
    pub fn understands_us(&self) -> bool {
        self.name == PRODUCT_NAME && self.protocol >= PROTOCOL_VERSION
    }
}
