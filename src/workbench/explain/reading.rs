//! Words for what could not be read.

use super::Advice;
use certwright_pki::input::{ArchiveProblem, Problem, ProblemKind};

/// Words for a problem of the input, with the place where it is.
pub fn problem(problem: &Problem) -> Advice {
    let advice = kind(&problem.kind);
    if matches!(
        problem.kind,
        ProblemKind::Empty | ProblemKind::NothingRecognised | ProblemKind::TooLarge { .. }
    ) {
        return advice;
    }
    let place = match &problem.entry {
        Some(_) if matches!(problem.kind, ProblemKind::Archive(_)) => String::new(),
        Some(_) => format!("It is at bytes {} to {} of this file.", problem.at.start, problem.at.end),
        None => {
            format!("The whole of it is at bytes {} to {} of the file.", problem.at.start, problem.at.end)
        }
    };
    Advice { detail: format!("{} {place}", advice.detail).trim().to_owned(), ..advice }
}

fn kind(kind: &ProblemKind) -> Advice {
    match kind {
        ProblemKind::Empty => Advice::new(
            "There is nothing in it.",
            "It is empty, or only white space.",
            "Copy the text from and including the BEGIN line to and including the END line, and paste it again.",
        ),
        ProblemKind::NothingRecognised => Advice::new(
            "Nothing in it looks like a certificate, a request or a key.",
            "Certwright looked for PEM, DER, base64 and hexadecimal, also inside other text and in archives.",
            "Check that it is the right file.",
        ),
        ProblemKind::TooLarge { limit, got } => too_large("The input", *got as u64).with_limit(*limit),
        ProblemKind::BeginWithoutEnd { label } => Advice::new(
            format!("The end of the {} is missing.", label.to_lowercase()),
            "There is a BEGIN line and no END line, and what stands between is not complete.",
            format!("Copy it again, to and including -----END {label}-----."),
        ),
        ProblemKind::EndWithoutBegin { label } => Advice::new(
            format!("The beginning of the {} is missing.", label.to_lowercase()),
            "There is an END line and no BEGIN line, and what stands before it is not complete.",
            format!("Copy it again, from and including -----BEGIN {label}-----."),
        ),
        ProblemKind::BadBase64 { line } => Advice::new(
            format!("Line {line} is damaged."),
            "It has characters that don't belong there.",
            "Copy the text again, or send the file itself instead of its text.",
        ),
        ProblemKind::Truncated { expected, got } => Advice::new(
            "Part of it is missing.",
            format!("It says that it is {expected} bytes long, and {got} are here."),
            "Copy it again as a whole, or send the file itself.",
        ),
        ProblemKind::EmptyBlock { label } => Advice::new(
            format!("There is nothing between BEGIN {label} and END {label}."),
            "",
            "Copy the lines between them as well.",
        ),
        ProblemKind::Unreadable { label, error } => {
            let why = super::error(error);
            Advice::new(
                format!("The {} can't be read.", label.to_lowercase()),
                format!("{} {}", why.title, why.detail),
                why.hint,
            )
        }
        ProblemKind::Archive(problem) => archive(*problem),
        ProblemKind::LeftOver { bytes } => Advice::new(
            format!("{bytes} bytes belong to no object."),
            "They were left out.",
            "Usually that is harmless.",
        ),
        ProblemKind::More { count } => Advice::new(
            format!("There are {count} more problems like these."),
            "Only the first are listed.",
            "",
        ),
        other => {
            Advice::new("Part of it can't be read.", format!("{other}."), "Check that it is the right file.")
        }
    }
}

fn archive(problem: ArchiveProblem) -> Advice {
    let unpack = "Unpack it with another program and bring the files themselves.";
    let bomb = "An archive made to fill the memory looks like this; no certificate file does.";
    let (title, detail, hint) = match problem {
        ArchiveProblem::Encrypted => ("It is under a password in the archive.", "It was not opened.", unpack),
        ArchiveProblem::Zip64 | ArchiveProblem::Method { .. } | ArchiveProblem::Format { .. } => {
            let title = "The archive is packed in a way that Certwright does not open.";
            return Advice::new(title, format!("{problem}."), unpack);
        }
        ArchiveProblem::TooDeep { .. } => (
            "It lies within too many archives.",
            "An archive in an archive is opened, one in that is not.",
            unpack,
        ),
        ArchiveProblem::TooManyEntries { limit } => {
            let title = "The archive has too many files.";
            return Advice::new(title, format!("The first {limit} were read."), unpack);
        }
        ArchiveProblem::TooMuch { limit } => {
            let detail = format!("Certwright unpacks up to {}.", megabytes(limit as u64));
            return Advice::new("There is too much in the archive.", detail, bomb);
        }
        ArchiveProblem::Ratio { .. } => ("It would become many times larger.", "It was not unpacked.", bomb),
        ArchiveProblem::Overlapping => {
            ("It shares its bytes with another file.", "It was not unpacked.", bomb)
        }
        ArchiveProblem::Special => ("It is a link or a device, not a file.", "", "Usually that is harmless."),
        ArchiveProblem::Checksum => (
            "Its checksum does not agree.",
            "Something in it has changed; it was read as it is.",
            "Get the archive again.",
        ),
        _ => ("The archive is damaged.", "", "Get the archive again."),
    };
    Advice::new(title, detail, hint)
}

/// Words for a file that is not even read.
pub fn too_large(source: &str, size: u64) -> Advice {
    Advice::new(
        format!("{source} is too large: {}.", megabytes(size)),
        "It was not read.",
        format!(
            "Certwright reads up to {}. No certificate file is as large; pick the one that you need.",
            megabytes(certwright_pki::input::MAX_INPUT as u64)
        ),
    )
}

/// Words for a file that the browser could not read.
pub fn unreadable(source: &str, what: &str) -> Advice {
    Advice::new(
        format!("{source} could not be read."),
        format!("The browser said: {what}."),
        "It may be a folder, or it was moved meanwhile. Choose it again.",
    )
}

impl Advice {
    fn with_limit(self, limit: usize) -> Self {
        Self {
            hint: format!(
                "Certwright reads up to {}. No certificate file is as large.",
                megabytes(limit as u64)
            ),
            ..self
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1024 * 1024))
}
