//! `index.html` as a template: the few places where the two editions differ from the file that Trunk reads.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::place;

/// The text of `index.html`, without what only Trunk reads.
pub struct Template {
    text: String,
}

impl Template {
    /// Reads the repository's `index.html`.
    pub fn read() -> Result<Self> {
        let path = place::root().join("index.html");
        let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        Ok(Template::from_text(&text))
    }

    fn from_text(text: &str) -> Self {
        let kept = text.lines().filter(|line| !line.contains("data-trunk"));
        Template { text: kept.map(|line| format!("{line}\n")).collect() }
    }

    /// Replaces a piece that must stand in the template exactly once.
    pub fn replace(&mut self, piece: &str, by: &str) -> Result<()> {
        match self.text.matches(piece).count() {
            1 => self.text = self.text.replacen(piece, by, 1),
            count => bail!("index.html holds {piece:?} {count} times, not once"),
        }
        Ok(())
    }

    /// Replaces the one line that holds a piece; an empty text removes it.
    pub fn replace_line(&mut self, piece: &str, by: &str) -> Result<()> {
        let mut lines = self.text.lines().filter(|line| line.contains(piece));
        match (lines.next(), lines.next()) {
            (Some(line), None) => {
                let line = format!("{line}\n");
                self.text = self.text.replacen(&line, by, 1);
            }
            _ => bail!("index.html must hold {piece:?} on exactly one line"),
        }
        Ok(())
    }

    /// The value of the Content-Security-Policy.
    pub fn policy(&self) -> Result<String> {
        let (_, after) = self
            .text
            .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
            .context("index.html has no Content-Security-Policy")?;
        let (policy, _) = after.split_once('"').context("unclosed attribute")?;
        Ok(policy.to_owned())
    }

    /// The finished page.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PAGE: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<link data-trunk rel=\"rust\">\n<link rel=\"icon\">\n<p>once</p>\n";

    #[test]
    fn trunk_lines_go_and_the_policy_is_found() {
        let template = Template::from_text(PAGE);
        assert_eq!(template.policy().unwrap(), "default-src 'none'");
        let text = String::from_utf8(template.into_bytes()).unwrap();
        assert!(!text.contains("data-trunk"));
    }

    #[test]
    fn a_piece_that_is_missing_or_doubled_is_refused() {
        let mut template = Template::from_text(PAGE);
        assert!(template.replace("twice", "").is_err());
        assert!(template.replace("<", "").is_err());
        template.replace("once", "twice").unwrap();
        template.replace_line("rel=\"icon\"", "").unwrap();
        assert!(template.replace_line("rel=\"icon\"", "").is_err());
    }
}
