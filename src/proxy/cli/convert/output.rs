//! Puts files in their places: never over another one unless asked, never readable by others when they hold a key, and
//! read back from the disk before anything is said.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use certwright_pki::export::Written;
use zeroize::Zeroizing;

use super::Refusal;
use crate::cli::inspect::NO_ACCESS;

/// The argument that stands for standard output.
const STANDARD_OUTPUT: &str = "-";

/// Where the files go.
#[derive(Debug)]
pub(super) enum Target {
    StandardOutput,
    Folder(PathBuf),
    File(PathBuf),
}

impl Target {
    /// Decides by what is there: a folder takes any number of files under names of their own.
    pub(super) fn new(out: &Path) -> Result<Self, Refusal> {
        if out.as_os_str() == STANDARD_OUTPUT {
            return Ok(Target::StandardOutput);
        }
        if out.is_dir() {
            return Ok(Target::Folder(out.to_owned()));
        }
        match out.as_os_str().as_encoded_bytes().last() {
            Some(b'/') => Err(Refusal::access(out, &"there is no such folder")),
            None => Err(Refusal::usage("--out needs a name")),
            _ => Ok(Target::File(out.to_owned())),
        }
    }

    fn place(&self, file: &Written) -> Option<PathBuf> {
        match self {
            Target::StandardOutput => None,
            Target::Folder(folder) => Some(folder.join(&file.name)),
            Target::File(path) => Some(path.clone()),
        }
    }

    /// Refuses, before anything is written, what could not be written as a whole.
    pub(super) fn check(&self, files: &[Written], force: bool) -> Result<(), Refusal> {
        if files.len() > 1 && !matches!(self, Target::Folder(_)) {
            let words = format!("{} files come of it: --out has to name a folder", files.len());
            return Err(Refusal::usage(words));
        }
        for file in files {
            match self.place(file) {
                Some(path) if !force && fs::symlink_metadata(&path).is_ok() => {
                    return Err(Refusal::access(&path, &"exists; --force replaces it"));
                }
                Some(path) if path.exists() && !path.is_file() => {
                    return Err(Refusal::access(&path, &"is not a regular file"));
                }
                None if io::stdout().is_terminal() && str::from_utf8(&file.bytes).is_err() => {
                    return Err(Refusal::usage("this form is not text: --out names a file for it"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a file and reads it back; returns where it is.
    pub(super) fn put(&self, file: &Written, force: bool) -> Result<String, Refusal> {
        let Some(path) = self.place(file) else {
            let mut out = io::stdout().lock();
            let written = out.write_all(&file.bytes).and_then(|()| out.flush());
            let words = |error| Refusal { words: format!("cannot write: {error}"), code: NO_ACCESS };
            return written.map(|()| "to standard output".to_owned()).map_err(words);
        };
        let written = if force && path.exists() { replace(&path, file) } else { create(&path, file) };
        written.map_err(|error| Refusal::access(&path, &error))?;
        Ok(path.display().to_string())
    }
}

/// Writes a new file; takes it away again when that fails half-way.
fn create(path: &Path, file: &Written) -> io::Result<()> {
    let opened = open_new(path, file.secret)?;
    let written = fill(opened, file).and_then(|()| read_back(path, file));
    if written.is_err() {
        // What is there is not what was asked for; failing to remove it changes nothing about that.
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes beside the old file and puts it in its place at once, so that there is always a whole one.
fn replace(path: &Path, file: &Written) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    create(&new, file)?;
    let renamed = fs::rename(&new, &path);
    if renamed.is_err() {
        let _ = fs::remove_file(&new);
    }
    renamed
}

/// A file that did not exist; only for its owner when it holds a key.
fn open_new(path: &Path, secret: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    options.open(path)
}

fn fill(mut opened: File, file: &Written) -> io::Result<()> {
    opened.write_all(&file.bytes)?;
    opened.sync_all()
}

fn read_back(path: &Path, file: &Written) -> io::Result<()> {
    match Zeroizing::new(fs::read(path)?) == file.bytes {
        true => Ok(()),
        false => Err(io::Error::other("what was written does not read back")),
    }
}
