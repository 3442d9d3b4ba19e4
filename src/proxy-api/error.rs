//! Why the companion did not answer: a stable code, its HTTP status, and a sentence for people. A failed probe is not an error, it is a report.

use serde::{Deserialize, Serialize};

/// The body of every answer of `/api` that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// What went wrong, for programs.
    pub code: ErrorCode,
    /// What went wrong, for people; may change from release to release.
    pub message: String,
}

/// Declares the codes once: variant, kebab-case name, HTTP status, sentence.
macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $status:literal, $sentence:literal;)*) => {
        /// A stable reason, in kebab-case on the wire.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
            /// A code that this version does not know.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ErrorCode {
            /// Every code that can be sent.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The code as it is on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* Self::Unknown => "unknown" }
            }

            /// The HTTP status that goes with the code.
            pub const fn http_status(self) -> u16 {
                match self { $(Self::$variant => $status,)* Self::Unknown => 500 }
            }

            /// A sentence that says what the code means.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)* Self::Unknown => "The reason is not known." }
            }
        }
    };
}

error_codes! {
    /// The request line holds a whole URL, as for a forwarding proxy.
    AbsoluteTarget = "absolute-target", 400, "This server answers for itself only and forwards nothing.";
    /// The `Host` header is missing, doubled, or not the companion's own address.
    WrongHost = "wrong-host", 421, "The request names another host; open the address that the companion printed.";
    /// The `Origin` header names another page.
    WrongOrigin = "wrong-origin", 403, "The request comes from another page.";
    /// The browser says that another site made the request.
    CrossSite = "cross-site", 403, "The request comes from another site.";
    /// The token is missing or is not that of this start.
    WrongToken = "wrong-token", 401, "The token is missing or is not this start's; open the address that the companion printed.";
    /// The body is not declared as JSON.
    WrongContentType = "wrong-content-type", 415, "The request must be application/json.";
    /// The body is larger than [`crate::REQUEST_LIMIT`].
    TooLarge = "too-large", 413, "The request is too large.";
    /// The body did not arrive in time.
    SlowRequest = "slow-request", 408, "The request did not arrive in time.";
    /// There is nothing at this path.
    NotFound = "not-found", 404, "There is nothing at this address.";
    /// The path does not answer this method.
    WrongMethod = "wrong-method", 405, "This address does not answer the request's method.";
    /// The body is not JSON, or a field is missing or of another type.
    BadJson = "bad-json", 400, "The request could not be read.";
    /// The request is written for a newer companion.
    NewerProtocol = "newer-protocol", 400, "The page is newer than this companion.";
    /// The host is empty, too long, holds control characters, or is no name and no address.
    BadHost = "bad-host", 422, "The host is neither a name nor an address.";
    /// The port is zero.
    BadPort = "bad-port", 422, "The port must be between 1 and 65535.";
    /// The server name is not a DNS name.
    BadServerName = "bad-server-name", 422, "The server name is not a DNS name.";
    /// As many probes as allowed are running.
    Busy = "busy", 429, "Too many probes are running.";
    /// The companion failed.
    Internal = "internal", 500, "The companion failed.";
}

impl ApiError {
    /// Says `code` with its own sentence.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, message: code.sentence().to_owned() }
    }

    /// Says `code` with a more telling sentence.
    pub fn with_message(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.message, self.code.as_str())
    }
}

impl std::error::Error for ApiError {}
