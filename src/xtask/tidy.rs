//! `cargo xtask tidy`: the rules of the house that a program can check. Formatting and lints are Cargo's.

mod boundaries;
mod exceptions;
mod layering;
mod names;
mod opening;
mod portability;
mod sizes;
mod source;
mod styles;

use std::fmt;

use anyhow::{Result, bail};

use exceptions::Exceptions;
use source::Tree;

/// A place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the root.
    pub path: String,
    /// The line, counted from 1; 0 stands for the file as a whole.
    pub line: usize,
    /// What is wrong, and what the rule wants.
    pub message: String,
}

impl Finding {
    fn in_file(path: &str, message: impl Into<String>) -> Self {
        Finding::at(path, 0, message)
    }

    fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Finding { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// Checks the whole repository and lists everything that it finds.
pub fn tidy(arguments: &[String]) -> Result<()> {
    if let Some(argument) = arguments.first() {
        bail!("`tidy` takes no {argument:?}");
    }
    let tree = Tree::read()?;
    let mut exceptions = Exceptions::read(&tree)?;
    let mut findings = layering::check()?;
    for rule in [opening::check, names::check, boundaries::check, portability::check, styles::check] {
        findings.extend(rule(&tree));
    }
    findings.extend(sizes::check(&tree, &mut exceptions));
    findings.extend(styles::check_twins(&tree, &mut exceptions));
    findings.extend(exceptions.unneeded());
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("tidy: {} files, nothing found", tree.len());
            Ok(())
        }
        count => bail!("tidy found {count} places to put right"),
    }
}
