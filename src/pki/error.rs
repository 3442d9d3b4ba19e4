//! What can go wrong in this crate, as data and with the place in the input.
//!
//! Leaves out words for people: the one place that turns errors into titles and hints is the application's.

use std::fmt;
use std::ops::Range;

use crate::kind::Kind;
use crate::name::AttributeKind;

/// A failure, with the byte range of the input where it was found, when there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Where, in bytes from the start of what was given to the function that failed.
    pub position: Option<Range<usize>>,
}

impl Error {
    /// Makes an error without a place.
    pub const fn new(kind: ErrorKind) -> Self {
        Self { kind, position: None }
    }

    /// Makes an error at a byte range.
    pub const fn at(kind: ErrorKind, position: Range<usize>) -> Self {
        Self { kind, position: Some(position) }
    }

    /// Makes a [`ErrorKind::BadDer`] at a byte range.
    pub(crate) const fn der(what: &'static str, position: Range<usize>) -> Self {
        Self::at(ErrorKind::BadDer { what }, position)
    }

    /// Moves the place, for an error found in a part that starts `by` bytes into the whole.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Self {
        if let Some(range) = &mut self.position {
            *range = range.start + by..range.end + by;
        }
        self
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        match &self.position {
            Some(range) => write!(f, " (bytes {} to {})", range.start, range.end),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// The kinds of failure; each carries what is needed to explain it. Never holds key material.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value holds characters that the attribute's string type cannot carry.
    BadCharacters {
        /// The attribute that was to be written.
        attribute: AttributeKind,
    },
    /// A country is not two letters (ISO 3166, RFC 5280 appendix A).
    BadCountry {
        /// What was given.
        value: String,
    },
    /// The bytes are not the DER structure that was expected.
    BadDer {
        /// The structure or field that could not be read or written.
        what: &'static str,
    },
    /// A key whose parts do not belong together or cannot be used.
    BadKey,
    /// What was typed is no host name, address, mail address or URI.
    BadName {
        /// What was given.
        value: String,
    },
    /// A serial number that RFC 5280 section 4.1.2.2 does not allow.
    BadSerialNumber,
    /// The signature does not fit the message and the key.
    BadSignature,
    /// A time outside the years 0 to 9999.
    BadTime,
    /// The structure of a container is damaged.
    CorruptContainer {
        /// The part that could not be read.
        what: &'static str,
    },
    /// A distinguished name without a single value.
    EmptyName,
    /// A container was to be written under an empty password.
    EmptyPassword,
    /// The cryptographic engine refused or broke.
    EngineFailed {
        /// The engine's own words.
        what: String,
    },
    /// The key is not the one that the other thing was made with.
    KeyMismatch,
    /// A private key whose parts contradict each other.
    InconsistentKey {
        /// What does not fit, as a clause.
        what: &'static str,
    },
    /// It takes a password, and none was given.
    MissingPassword,
    /// A host name, mail address or URI with letters beyond ASCII, which a certificate can only hold
    /// in another spelling (`xn--` for hosts, RFC 5891).
    NameNotAscii {
        /// What was given.
        value: String,
    },
    /// A form of file that cannot hold this kind of object.
    NotExportable {
        /// The object.
        kind: Kind,
        /// The form, as [`crate::export::Format::id`] names it.
        format: &'static str,
    },
    /// What was written does not read back as what was to be written; it is not given out.
    NotReadBack,
    /// A password with letters beyond ASCII, for a program that refuses them.
    PasswordNotAscii,
    /// The validity ends before it begins.
    ReversedValidity,
    /// A structure nests deeper than the limit.
    TooDeep {
        /// The number of levels allowed.
        limit: usize,
    },
    /// An input is larger than the limit.
    TooLarge {
        /// The number of bytes allowed.
        limit: usize,
        /// The number of bytes given.
        got: usize,
    },
    /// A password derivation asks for more rounds than the limit.
    TooManyIterations {
        /// The number of rounds asked for.
        count: u64,
        /// The number of rounds allowed.
        limit: u64,
    },
    /// A password derivation asks for more memory than the limit.
    TooMuchMemory {
        /// The number of bytes asked for.
        need: u64,
        /// The number of bytes allowed.
        limit: u64,
    },
    /// Bytes follow the end of the structure.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// An algorithm that this crate cannot compute.
    UnsupportedAlgorithm {
        /// Its object identifier, dotted.
        oid: String,
    },
    /// A container of a type that this crate does not read.
    UnsupportedContainer {
        /// Its object identifier, dotted.
        oid: String,
    },
    /// A value is longer than its upper bound in RFC 5280 appendix A.
    ValueTooLong {
        /// The attribute that was to be written.
        attribute: AttributeKind,
        /// The number of characters allowed.
        max: usize,
        /// The number of characters given.
        got: usize,
    },
    /// The password does not open the container.
    WrongPassword,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCharacters { attribute } => {
                write!(f, "{attribute} holds characters it cannot carry")
            }
            Self::BadCountry { value } => write!(f, "country {value:?} is not two letters"),
            Self::BadDer { what } => write!(f, "malformed {what}"),
            Self::BadKey => f.write_str("unusable key"),
            Self::BadName { value } => write!(f, "{value:?} is not a name"),
            Self::BadSerialNumber => f.write_str("serial number not allowed"),
            Self::BadSignature => f.write_str("signature does not verify"),
            Self::BadTime => f.write_str("time out of range"),
            Self::CorruptContainer { what } => write!(f, "damaged container: {what}"),
            Self::EmptyName => f.write_str("empty distinguished name"),
            Self::EmptyPassword => f.write_str("empty password"),
            Self::EngineFailed { what } => write!(f, "cryptographic engine failed: {what}"),
            Self::InconsistentKey { what } => write!(f, "inconsistent key: {what}"),
            Self::KeyMismatch => f.write_str("key does not match"),
            Self::MissingPassword => f.write_str("password needed"),
            Self::NameNotAscii { value } => write!(f, "{value:?} is not ASCII"),
            Self::NotExportable { kind, format } => write!(f, "{format} cannot hold a {kind}"),
            Self::NotReadBack => f.write_str("what was written does not read back"),
            Self::PasswordNotAscii => f.write_str("password is not ASCII"),
            Self::ReversedValidity => f.write_str("validity ends before it begins"),
            Self::TooDeep { limit } => write!(f, "nested deeper than {limit} levels"),
            Self::TooLarge { limit, got } => {
                write!(f, "{got} bytes are more than the limit of {limit}")
            }
            Self::TooManyIterations { count, limit } => {
                write!(f, "{count} rounds are more than the limit of {limit}")
            }
            Self::TooMuchMemory { need, limit } => {
                write!(f, "{need} bytes of memory are more than the limit of {limit}")
            }
            Self::TrailingBytes { count } => write!(f, "{count} bytes follow the structure"),
            Self::UnsupportedAlgorithm { oid } => write!(f, "unsupported algorithm {oid}"),
            Self::UnsupportedContainer { oid } => write!(f, "unsupported container {oid}"),
            Self::ValueTooLong { attribute, max, got } => {
                write!(f, "{attribute} has {got} characters, more than {max}")
            }
            Self::WrongPassword => f.write_str("wrong password"),
        }
    }
}

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;
