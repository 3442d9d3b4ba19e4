//! The written list of exceptions, each with its reason. One that is no longer needed is a finding itself.

use anyhow::{Context, Result, bail};

use super::Finding;
use super::source::Tree;

const LIST: &str = "src/xtask/tidy/exceptions.txt";

#[derive(Debug)]
struct Exception {
    rule: String,
    path: String,
    line: usize,
    used: bool,
}

/// The list, and which of its lines were needed.
#[derive(Debug, Default)]
pub struct Exceptions {
    exceptions: Vec<Exception>,
}

impl Exceptions {
    /// Reads the list out of the tree.
    pub fn read(tree: &Tree) -> Result<Self> {
        let list = tree.file(LIST).with_context(|| format!("{LIST} is missing"))?;
        Exceptions::parse(&list.text)
    }

    /// Reads lines of `rule path reason`; empty ones and those with `#` are comments.
    pub fn parse(text: &str) -> Result<Self> {
        let mut exceptions = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split_whitespace();
            let (Some(rule), Some(path), Some(_reason)) = (words.next(), words.next(), words.next()) else {
                bail!("{LIST}:{}: a line is `rule path reason`", index + 1);
            };
            exceptions.push(Exception {
                rule: rule.to_owned(),
                path: path.to_owned(),
                line: index + 1,
                used: false,
            });
        }
        Ok(Exceptions { exceptions })
    }

    /// Whether a file is excepted from a rule that it breaks.
    pub fn excuse(&mut self, rule: &str, path: &str) -> bool {
        let mut own = self.exceptions.iter_mut();
        let found = own.find(|exception| exception.rule == rule && exception.path == path);
        if let Some(exception) = found {
            exception.used = true;
            return true;
        }
        false
    }

    /// The lines that excused nothing.
    pub fn unneeded(&self) -> Vec<Finding> {
        let unused = self.exceptions.iter().filter(|exception| !exception.used);
        unused
            .map(|exception| {
                let message =
                    format!("the exception `{} {}` is no longer needed", exception.rule, exception.path);
                Finding::at(LIST, exception.line, message)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_exception_that_excused_nothing_is_found() {
        let list = "# rule path reason\n\nsize a.rs one flat match\nsize b.rs a table\n";
        let mut exceptions = Exceptions::parse(list).unwrap();
        assert!(exceptions.excuse("size", "a.rs"));
        assert!(!exceptions.excuse("twin", "b.rs"));
        let unneeded = exceptions.unneeded();
        assert_eq!(unneeded.len(), 1);
        assert_eq!(unneeded[0].line, 4);
    }

    #[test]
    fn an_exception_without_a_reason_is_refused() {
        assert!(Exceptions::parse("size a.rs").is_err());
    }
}
