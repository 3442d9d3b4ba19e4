//! What could not be read, and where it lies in the input.
//!
//! Advice for people is not given here.

use crate::error::Error;
use crate::pkcs12::Note;
use std::fmt;
use std::ops::Range;

/// One part of the input that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong with it.
    pub kind: ProblemKind,
    /// Its bytes in the original input.
    pub at: Range<usize>,
    /// Whether these bytes look like part of a private key.
    pub secret: bool,
    /// The file of the archive that it is in; `at` then counts within it.
    pub entry: Option<String>,
}

impl Problem {
    /// A problem at its place.
    #[must_use]
    pub fn new(kind: ProblemKind, at: Range<usize>, secret: bool) -> Self {
        Self { kind, at, secret, entry: None }
    }
}

/// The ways in which input cannot be read.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum ProblemKind {
    /// There is nothing, or only white space.
    Empty,
    /// Nothing in the input looks like one of the known objects.
    NothingRecognised,
    /// The input is larger than the limit.
    TooLarge {
        /// Most bytes.
        limit: usize,
        /// Bytes given.
        got: usize,
    },
    /// A BEGIN line without its END line, and no complete object behind it.
    BeginWithoutEnd {
        /// The label after BEGIN.
        label: String,
    },
    /// An END line without its BEGIN line, and no complete object before it.
    EndWithoutBegin {
        /// The label after END.
        label: String,
    },
    /// Base64 that cannot be decoded.
    BadBase64 {
        /// The line in the input, counted from 1.
        line: usize,
    },
    /// An object that ends too early.
    Truncated {
        /// Bytes the object announces.
        expected: u64,
        /// Bytes present.
        got: usize,
    },
    /// BEGIN and END with nothing between.
    EmptyBlock {
        /// The label after BEGIN.
        label: String,
    },
    /// An object that is recognised but damaged.
    Unreadable {
        /// What it seems to be.
        label: String,
        /// Why it cannot be read.
        error: Error,
    },
    /// A private key in OpenSSL's old encrypted form (`DEK-Info`), which is not PKCS#8.
    LegacyEncryptedKey {
        /// The label after BEGIN.
        label: String,
    },
    /// Bytes behind or between objects that belong to none.
    LeftOver {
        /// How many.
        bytes: usize,
    },
    /// More BEGIN and END lines than are read; the range is what was left out.
    TooManyBlocks {
        /// Most blocks.
        limit: usize,
    },
    /// Something remarkable about a container that was opened.
    Container(Note),
    /// More problems than are listed.
    More {
        /// How many more.
        count: usize,
    },
}

impl ProblemKind {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            ProblemKind::Empty => "empty",
            ProblemKind::NothingRecognised => "nothing-recognised",
            ProblemKind::TooLarge { .. } => "too-large",
            ProblemKind::BeginWithoutEnd { .. } => "begin-without-end",
            ProblemKind::EndWithoutBegin { .. } => "end-without-begin",
            ProblemKind::BadBase64 { .. } => "bad-base64",
            ProblemKind::Truncated { .. } => "truncated",
            ProblemKind::EmptyBlock { .. } => "empty-block",
            ProblemKind::Unreadable { .. } => "unreadable",
            ProblemKind::LegacyEncryptedKey { .. } => "legacy-encrypted-key",
            ProblemKind::LeftOver { .. } => "left-over",
            ProblemKind::TooManyBlocks { .. } => "too-many-blocks",
            ProblemKind::Container(note) => note.id(),
            ProblemKind::More { .. } => "more",
        }
    }

    /// Whether everything was read all the same, and this is only worth knowing.
    #[must_use]
    pub const fn is_remark(&self) -> bool {
        matches!(
            self,
            ProblemKind::Container(Note::NoIntegrityCheck | Note::Unencrypted | Note::LegacyAlgorithm { .. })
        )
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProblemKind::Empty => write!(f, "empty input"),
            ProblemKind::NothingRecognised => write!(f, "nothing recognised"),
            ProblemKind::TooLarge { limit, got } => {
                write!(f, "{got} bytes are more than the limit of {limit}")
            }
            ProblemKind::BeginWithoutEnd { label } => write!(f, "BEGIN {label} without END"),
            ProblemKind::EndWithoutBegin { label } => write!(f, "END {label} without BEGIN"),
            ProblemKind::BadBase64 { line } => write!(f, "bad base64 in line {line}"),
            ProblemKind::Truncated { expected, got } => {
                write!(f, "{expected} bytes announced, {got} present")
            }
            ProblemKind::EmptyBlock { label } => write!(f, "nothing between BEGIN and END {label}"),
            ProblemKind::Unreadable { label, error } => write!(f, "{label}: {error}"),
            ProblemKind::LegacyEncryptedKey { label } => {
                write!(f, "{label} in OpenSSL's old encrypted form")
            }
            ProblemKind::LeftOver { bytes } => write!(f, "{bytes} bytes belong to no object"),
            ProblemKind::TooManyBlocks { limit } => write!(f, "more than {limit} blocks"),
            ProblemKind::Container(note) => note.fmt(f),
            ProblemKind::More { count } => write!(f, "{count} more problems"),
        }
    }
}
