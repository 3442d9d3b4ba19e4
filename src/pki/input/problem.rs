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
    /// Bytes behind or between objects that belong to none.
    LeftOver {
        /// How many.
        bytes: usize,
    },
    /// More objects than are listed; the range is what was left out.
    TooManyObjects {
        /// Most objects.
        limit: usize,
    },
    /// More BEGIN and END lines than are read; the range is what was left out.
    TooManyBlocks {
        /// Most blocks.
        limit: usize,
    },
    /// An archive, or one file of it, that is not opened.
    Archive(ArchiveProblem),
    /// Something remarkable about a container that was opened.
    Container(Note),
    /// More problems than are listed.
    More {
        /// How many more.
        count: usize,
    },
}

/// The ways in which an archive, or one file of it, is not opened.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveProblem {
    /// A password protects it.
    Encrypted,
    /// It has the form for more than 4 GiB or 65,535 files (ZIP64).
    Zip64,
    /// It is compressed in a way that is not known here.
    Method {
        /// The number of the method in the specification of ZIP.
        method: u16,
    },
    /// It is an archive of another format.
    Format {
        /// Its name.
        name: &'static str,
    },
    /// It lies within so many archives that it is not opened.
    TooDeep {
        /// Most archives around a file.
        limit: usize,
    },
    /// There are more files than are opened.
    TooManyEntries {
        /// Most files.
        limit: usize,
    },
    /// It would take more than all archives together may.
    TooMuch {
        /// Most bytes.
        limit: usize,
    },
    /// It would become so many times larger that it is no honest file.
    Ratio {
        /// The most times.
        limit: usize,
    },
    /// It shares its bytes with another file of the archive.
    Overlapping,
    /// It is no file but a link or a device.
    Special,
    /// Its bytes are not those that were put in.
    Checksum,
    /// It cannot be taken apart.
    Damaged {
        /// What is damaged.
        what: &'static str,
    },
}

impl ArchiveProblem {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            ArchiveProblem::Encrypted => "archive-encrypted",
            ArchiveProblem::Zip64 => "archive-zip64",
            ArchiveProblem::Method { .. } => "archive-method",
            ArchiveProblem::Format { .. } => "archive-format",
            ArchiveProblem::TooDeep { .. } => "archive-too-deep",
            ArchiveProblem::TooManyEntries { .. } => "archive-too-many-entries",
            ArchiveProblem::TooMuch { .. } => "archive-too-much",
            ArchiveProblem::Ratio { .. } => "archive-ratio",
            ArchiveProblem::Overlapping => "archive-overlapping",
            ArchiveProblem::Special => "archive-special-file",
            ArchiveProblem::Checksum => "archive-checksum",
            ArchiveProblem::Damaged { .. } => "archive-damaged",
        }
    }
}

impl fmt::Display for ArchiveProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArchiveProblem::Encrypted => write!(f, "a password protects it in the archive"),
            ArchiveProblem::Zip64 => write!(f, "archives in the form ZIP64 are not opened"),
            ArchiveProblem::Method { method } => write!(f, "compression method {method} is not known"),
            ArchiveProblem::Format { name } => write!(f, "{name} archives are not opened"),
            ArchiveProblem::TooDeep { limit } => write!(f, "it lies within more than {limit} archives"),
            ArchiveProblem::TooManyEntries { limit } => write!(f, "more than {limit} files are not opened"),
            ArchiveProblem::TooMuch { limit } => write!(f, "the files unpacked have more than {limit} bytes"),
            ArchiveProblem::Ratio { limit } => write!(f, "it would become more than {limit} times larger"),
            ArchiveProblem::Overlapping => write!(f, "it shares its bytes with another file of the archive"),
            ArchiveProblem::Special => write!(f, "it is a link or a device, not a file"),
            ArchiveProblem::Checksum => write!(f, "the checksum in the archive does not agree"),
            ArchiveProblem::Damaged { what } => write!(f, "the archive is damaged: {what}"),
        }
    }
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
            ProblemKind::LeftOver { .. } => "left-over",
            ProblemKind::TooManyObjects { .. } => "too-many-objects",
            ProblemKind::TooManyBlocks { .. } => "too-many-blocks",
            ProblemKind::Archive(problem) => problem.id(),
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
            ProblemKind::LeftOver { bytes } => write!(f, "{bytes} bytes belong to no object"),
            ProblemKind::TooManyObjects { limit } => write!(f, "more than {limit} objects"),
            ProblemKind::TooManyBlocks { limit } => write!(f, "more than {limit} blocks"),
            ProblemKind::Archive(problem) => write!(f, "{problem}"),
            ProblemKind::Container(note) => note.fmt(f),
            ProblemKind::More { count } => write!(f, "{count} more problems"),
        }
    }
}
