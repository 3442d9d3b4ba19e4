//! Tests that could not do their work and said so, instead of passing for nothing.
//!
//! A test that lacks the corpora or a program appends one line with the reason to
//! the file that `CERTWRIGHT_LEFT_OUT` names, and returns.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place;

/// Names the file for the tests.
pub const VARIABLE: &str = "CERTWRIGHT_LEFT_OUT";

/// The file that the tests of this run append to.
#[derive(Debug)]
pub struct LeftOut {
    path: PathBuf,
}

impl LeftOut {
    /// Begins with an empty file.
    pub fn start() -> Result<Self> {
        let path = place::target().join("xtask/left-out.txt");
        let folder = path.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&path, "")?;
        Ok(LeftOut { path })
    }

    /// Where the tests write.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Notes that a number of tests was not even started.
    pub fn add(&self, reason: &str, count: usize) -> Result<()> {
        let mut file = fs::OpenOptions::new().append(true).open(&self.path)?;
        file.write_all(format!("{reason}\n").repeat(count).as_bytes())?;
        Ok(())
    }

    /// How many tests were left out for each reason.
    pub fn counted(&self) -> Result<BTreeMap<String, usize>> {
        Ok(counted(&fs::read_to_string(&self.path)?))
    }
}

fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        *counts.entry(line.to_owned()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted() {
        let counts = counted("no corpora\nno keytool\n\nno corpora\n");
        let expected = [("no corpora".to_owned(), 2), ("no keytool".to_owned(), 1)];
        assert_eq!(counts, BTreeMap::from(expected));
    }
}
