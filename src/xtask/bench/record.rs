//! The sections of `docs/BENCHMARKS.md` that are written by the tasks; everything between them stays as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Replaces the section of this name in a file.
///
/// # Errors
/// When the file does not hold both of the section's marks.
pub fn write(file: &Path, section: &str, text: &str) -> Result<()> {
    let before = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let after = replaced(&before, section, text)
        .with_context(|| format!("{} has no section {section:?}", file.display()))?;
    fs::write(file, after).with_context(|| format!("could not write {}", file.display()))
}

fn replaced(before: &str, section: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {section}: begin -->"), format!("<!-- {section}: end -->"));
    let (head, rest) = before.split_once(&begin)?;
    let (_, tail) = rest.split_once(&end)?;
    Some(format!("{head}{begin}\n{}\n{end}{tail}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn only_the_named_section_is_replaced() {
        let file = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n<!-- y: begin --><!-- y: end -->\n";
        let new = "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n<!-- y: begin --><!-- y: end -->\n";
        assert_eq!(replaced(file, "x", "\nnew\n").as_deref(), Some(new));
        assert_eq!(replaced(file, "z", "new"), None);
    }
}
