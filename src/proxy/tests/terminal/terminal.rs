//! Runs the program as a person at a terminal does.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_certwright-proxy");

/// A command, not yet started, with nothing on its standard input.
pub fn command<A: AsRef<OsStr>>(arguments: &[A]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How a run ended.
pub struct Ended {
    pub code: i32,
    pub out: Vec<u8>,
    pub complaints: String,
}

/// Runs it to its end.
pub fn run<A: AsRef<OsStr>>(arguments: &[A]) -> Ended {
    Ended::of(command(arguments).output().unwrap())
}

/// Runs it to its end with this on its standard input.
pub fn run_with<A: AsRef<OsStr>>(arguments: &[A], input: &[u8]) -> Ended {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    Ended::of(child.wait_with_output().unwrap())
}

impl Ended {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: output.stdout,
            complaints: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    /// Its lines of JSON.
    pub fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
