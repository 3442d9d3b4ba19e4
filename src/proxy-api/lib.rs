//! The messages between the page and its companion, typed and versioned. No input or output, no HTTP, no judgement of what was seen.
//!
//! Rules that keep an older page and a newer companion talking (`docs/PROTOCOL.md`):
//!
//! - Fields that are not known are ignored; fields may be added, never change their meaning.
//! - Every enum of states carries its kebab-case name in `state`; a name that is not known reads
//!   as the enum's `Unknown` variant instead of failing the whole message.
//! - [`PROTOCOL_VERSION`] counts up when a message changes in a way that the rules above don't cover.

mod base64_der;
mod error;
mod hello;
mod probe;
mod state;

pub use base64_der::Base64Der;
pub use error::{ApiError, ErrorCode};
pub use hello::Hello;
pub use probe::{AddressReport, Negotiated, ProbeReport, ProbeRequest, Target, TimingsMs};
pub use state::{ClientCertificate, PlainProtocol, Reach, Resolve, Tls};

/// The version of these messages, sent in every one of them.
pub const PROTOCOL_VERSION: u32 = 1;

/// The product name in [`Hello::name`].
pub const PRODUCT_NAME: &str = "certwright-proxy";

/// Where [`Hello`] is answered (GET).
pub const HELLO_PATH: &str = "/api/hello";

/// Where a [`ProbeRequest`] is answered with a [`ProbeReport`] (POST, JSON).
pub const PROBE_PATH: &str = "/api/probe";

/// The largest accepted request body, in bytes.
pub const REQUEST_LIMIT: usize = 256 * 1024;

/// The key of the URL fragment that carries the token: `#token=…`.
pub const TOKEN_FRAGMENT_KEY: &str = "token";
