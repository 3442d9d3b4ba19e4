//! One program of somebody else: finding it, running it, and what it said.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::left_out;

/// A program that was found on this machine.
#[derive(Clone, Debug)]
pub struct Program {
    path: PathBuf,
}

/// How a run ended and what it wrote.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Whether it ended with success.
    pub accepted: bool,
    /// Its standard output.
    pub output: Vec<u8>,
    /// Its complaints.
    pub complaints: String,
}

impl Program {
    /// Finds a program, or notes that its test is left out.
    ///
    /// # Panics
    /// It is missing and `CI` is set.
    pub fn find(name: &str) -> Option<Self> {
        let own = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&own).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        let found = folders.map(|folder| folder.join(&file)).find(|path| path.is_file());
        if found.is_none() {
            let strict = env::var_os("CI").is_some_and(|value| !value.is_empty());
            assert!(!strict, "{name} is missing");
            left_out::note(&format!("{name} is missing"));
        }
        found.map(|path| Program { path })
    }

    /// A command for it, to be completed by the caller.
    pub fn command(&self) -> Command {
        Command::new(&self.path)
    }

    /// Runs it in a folder with this on its standard input, in English.
    pub fn run<A: AsRef<OsStr>>(&self, folder: &Path, arguments: &[A], input: &[u8]) -> Verdict {
        let mut command = self.command();
        command.current_dir(folder).args(arguments).env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("could not start {}: {error}", self.path.display()));
        if let Some(mut stdin) = child.stdin.take() {
            let input = input.to_vec();
            // A program may end without reading; then the rest goes nowhere.
            thread::spawn(move || stdin.write_all(&input).ok());
        }
        match child.wait_with_output() {
            Ok(output) => Verdict {
                accepted: output.status.success(),
                output: output.stdout,
                complaints: String::from_utf8_lossy(&output.stderr).into_owned(),
            },
            Err(error) => panic!("{} went away: {error}", self.path.display()),
        }
    }
}

impl Verdict {
    /// The output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }

    /// The output of a run that must have succeeded.
    #[track_caller]
    pub fn accepted(self) -> Vec<u8> {
        let said = self.text();
        assert!(self.accepted, "refused: {}\n{said}", self.complaints);
        self.output
    }

    /// The complaints of a run that must have failed.
    #[track_caller]
    pub fn refused(self) -> String {
        assert!(!self.accepted, "accepted: {}", self.text());
        self.complaints
    }
}
