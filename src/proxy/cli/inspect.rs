//! `inspect`: says what files hold, for a terminal or for scripts. Judges nothing, and shows no octet of a private key.
//!
//! In reading order: [`source`] opens files, folders and standard input; [`inspection`] finds the objects and opens what
//! the passwords open; [`json`] and [`plain`] are the two ways of printing. `docs/INSPECT.md` is the contract.

pub mod inspection;
mod json;
mod plain;
pub mod source;

use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::process::ExitCode;

use super::password;
use inspection::{Inspector, Outcome, Report};
use json::JsonLines;
use plain::PlainText;
pub(super) use source::STANDARD_INPUT;
use source::{Opened, Sources};

/// Something could not be read: there was a problem, or an object stayed locked.
pub(super) const UNREAD: u8 = 1;
/// A file or folder could not be opened, or the output not be written.
pub(super) const NO_ACCESS: u8 = 3;

/// What to inspect, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InspectArguments {
    /// Files, folders, or `-` for standard input.
    pub(super) inputs: Vec<OsString>,
    pub(super) json: bool,
    pub(super) password_files: Vec<PathBuf>,
}

/// Inspects everything and prints as it goes.
pub(super) fn run(arguments: &InspectArguments) -> ExitCode {
    let passwords = match password::read_all(&arguments.password_files) {
        Ok(passwords) => passwords,
        Err(refusal) => return refusal.exit(),
    };
    let out = BufWriter::new(io::stdout().lock());
    let inspector = Inspector::new(passwords);
    let written = if arguments.json {
        print(&inspector, &arguments.inputs, &mut JsonLines::new(out))
    } else {
        print(&inspector, &arguments.inputs, &mut PlainText::new(out))
    };
    match written {
        Ok(outcome) => ExitCode::from(code(outcome)),
        // The reader has seen enough, as `head` has.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("certwright-proxy: cannot write: {error}");
            ExitCode::from(NO_ACCESS)
        }
    }
}

/// Inspects one input after the other; nothing of an input is kept when the next is opened.
fn print(inspector: &Inspector, inputs: &[OsString], report: &mut impl Report) -> io::Result<Outcome> {
    let mut all = Outcome::default();
    for source in Sources::new(inputs) {
        let outcome = match source.opened {
            Opened::Bytes(bytes) => inspector.inspect(&source.name, &bytes, report)?,
            Opened::TooLarge(size) => inspection::too_large(&source.name, size, report)?,
            Opened::Not(why) => inspection::not_opened(&source.name, &why, report)?,
        };
        report.end_of_file()?;
        all += outcome;
    }
    Ok(all)
}

fn code(outcome: Outcome) -> u8 {
    if outcome.not_opened > 0 {
        NO_ACCESS
    } else if outcome.unread > 0 {
        UNREAD
    } else {
        0
    }
}
