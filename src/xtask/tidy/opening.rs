//! Every Rust file opens with a `//!` line that says what it is. Whether the line is true, a reader decides.

use super::Finding;
use super::source::Tree;

pub fn check(tree: &Tree) -> Vec<Finding> {
    let unopened = tree.with_extension("rs").filter(|source| {
        let first = source.text.lines().next().unwrap_or_default();
        first.strip_prefix("//! ").is_none_or(|sentence| sentence.trim().is_empty())
    });
    unopened
        .map(|source| Finding::at(&source.path, 1, "the first line must be `//!` and say what the file is"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_opening_sentence_is_found() {
        let tree = Tree::of(&[
            ("good.rs", "//! Good.\n"),
            ("late.rs", "use x;\n//! Late.\n"),
            ("empty.rs", "//!\n"),
            ("other.js", "let x;\n"),
        ]);
        let found = check(&tree);
        let paths: Vec<_> = found.iter().map(|finding| &finding.path).collect();
        assert_eq!(paths, ["late.rs", "empty.rs"]);
    }
}
