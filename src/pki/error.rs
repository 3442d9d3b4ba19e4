//! What can go wrong in this crate, as data with the place where it was found.
//!
//! Turning an error into advice for people is not done here.

use std::fmt;
use std::ops::Range;

/// One failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    /// What happened.
    pub kind: ErrorKind,
    /// The bytes it was found at.
    pub position: Option<Range<usize>>,
}

/// The kinds of failure.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum ErrorKind {
    /// x
    BadDer { what: &'static str },
    /// x
    BadKey,
    /// x
    CorruptContainer { what: &'static str },
    /// x
    EmptyPassword,
    /// x
    TooDeep { limit: usize },
    /// x
    TooLarge { limit: usize, got: usize },
    /// x
    TooManyIterations { count: u64, limit: u64 },
    /// x
    UnsupportedContainer { oid: String },
    /// x
    WrongPassword,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Error {}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error {
            kind,
            position: None,
        }
    }
}
