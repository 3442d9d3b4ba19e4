//! Where the bytes come from: files, folders with all that is in them, and standard input. Decodes nothing.
//!
//! In folders only regular files are read, since a pipe or a device could keep silent for ever; what is left out is said.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use certwright_pki::input::MAX_INPUT;
use zeroize::Zeroizing;

/// The argument that stands for standard input.
pub const STANDARD_INPUT: &str = "-";
/// Folders within folders that are followed.
const MAX_DEPTH: usize = 64;

/// One input and what came of opening it.
#[derive(Debug)]
pub struct Source {
    /// The path as it was given, with what was found below a folder; `-` for standard input. Octets that are no UTF-8
    /// are replaced.
    pub name: String,
    /// Its bytes, or why there are none.
    pub opened: Opened,
}

/// What came of opening an input.
pub enum Opened {
    /// All of it, at most [`MAX_INPUT`] bytes.
    Bytes(Zeroizing<Vec<u8>>),
    /// More than is looked at; so many bytes at least.
    TooLarge(usize),
    /// Why it could not be opened or read.
    Not(String),
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // The bytes may be a private key.
            Opened::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Opened::TooLarge(size) => write!(f, "TooLarge({size})"),
            Opened::Not(why) => write!(f, "Not({why})"),
        }
    }
}

/// What is still to be opened, the next one last.
#[derive(Debug)]
enum Pending {
    StandardInput,
    /// A path that somebody named.
    Named(PathBuf),
    /// A path found so many folders deep.
    Below(PathBuf, usize),
    /// What is known to be unreadable.
    Refused(PathBuf, String),
}

/// All inputs, one after the other; a folder gives its files in the order of their names.
#[derive(Debug)]
pub struct Sources {
    pending: Vec<Pending>,
    /// Folders already entered, so that a link cannot lead in circles.
    entered: BTreeSet<PathBuf>,
}

impl Sources {
    /// Inputs as they stand on the command line.
    #[must_use]
    pub fn new(inputs: &[OsString]) -> Self {
        let pending = |input: &OsString| match input == STANDARD_INPUT {
            true => Pending::StandardInput,
            false => Pending::Named(input.into()),
        };
        Self { pending: inputs.iter().rev().map(pending).collect(), entered: BTreeSet::new() }
    }

    /// Puts what a folder holds before everything else.
    fn enter(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        if !self.entered.insert(fs::canonicalize(folder)?) {
            return Ok(());
        }
        let mut inside = Vec::new();
        for entry in fs::read_dir(folder)? {
            inside.push(match entry {
                Ok(entry) => Pending::Below(entry.path(), depth),
                Err(error) => Pending::Refused(folder.to_owned(), error.to_string()),
            });
        }
        inside.sort_by(|a, b| b.path().cmp(&a.path()));
        self.pending.append(&mut inside);
        Ok(())
    }
}

impl Pending {
    fn path(&self) -> Option<&Path> {
        match self {
            Pending::StandardInput => None,
            Pending::Named(path) | Pending::Below(path, _) | Pending::Refused(path, _) => Some(path),
        }
    }
}

impl Iterator for Sources {
    type Item = Source;

    fn next(&mut self) -> Option<Source> {
        loop {
            let pending = self.pending.pop()?;
            let name = pending.path().map_or(STANDARD_INPUT.into(), Path::to_string_lossy).into_owned();
            let (path, depth) = match pending {
                Pending::StandardInput => {
                    return Some(Source { name, opened: read(io::stdin().lock(), 0) });
                }
                Pending::Refused(_, why) => return Some(Source { name, opened: Opened::Not(why) }),
                Pending::Named(path) => (path, 0),
                Pending::Below(path, depth) => (path, depth),
            };
            let opened = match fs::metadata(&path) {
                Err(error) => Opened::Not(error.to_string()),
                Ok(data) if data.is_dir() && depth >= MAX_DEPTH => {
                    Opened::Not(format!("more than {MAX_DEPTH} folders deep"))
                }
                Ok(data) if data.is_dir() => match self.enter(&path, depth + 1) {
                    Ok(()) => continue,
                    Err(error) => Opened::Not(error.to_string()),
                },
                Ok(data) if depth > 0 && !data.is_file() => Opened::Not("not a regular file".to_owned()),
                Ok(data) => open(&path, data.len()),
            };
            return Some(Source { name, opened });
        }
    }
}

fn open(path: &Path, size: u64) -> Opened {
    match File::open(path) {
        Ok(file) => read(file, usize::try_from(size).unwrap_or(usize::MAX)),
        Err(error) => Opened::Not(error.to_string()),
    }
}

/// Reads up to one byte more than the limit; `size` is what the system says of it, which may be nothing.
fn read(from: impl Read, size: usize) -> Opened {
    let mut bytes = Zeroizing::new(Vec::new());
    // In one piece where the size is known: growing would leave copies behind.
    bytes.reserve_exact(size.saturating_add(1).min(MAX_INPUT + 1));
    match from.take(MAX_INPUT as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > MAX_INPUT => Opened::TooLarge(size.max(bytes.len())),
        Ok(_) => Opened::Bytes(bytes),
        Err(error) => Opened::Not(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read() {
        let size = |opened| match opened {
            Opened::Bytes(bytes) => Ok(bytes.len()),
            Opened::TooLarge(size) => Err(size),
            Opened::Not(why) => panic!("{why}"),
        };
        let endless = || io::repeat(b'A');
        assert_eq!(size(read(endless().take(MAX_INPUT as u64), 0)), Ok(MAX_INPUT));
        assert_eq!(size(read(endless(), 0)), Err(MAX_INPUT + 1));
        assert_eq!(size(read(endless(), 1 << 40)), Err(1 << 40));
    }
}
