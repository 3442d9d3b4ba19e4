//! How long a file may be before it owes a written reason. Short files are not a goal in themselves.

use super::Finding;
use super::exceptions::Exceptions;
use super::source::Tree;

/// Lines allowed below a folder; the first that fits counts.
const LIMITS: [(&str, usize); 3] = [("src/app/", 300), ("src/", 500), ("tests/", 500)];

pub fn check(tree: &Tree, exceptions: &mut Exceptions) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.with_extension("rs") {
        let limit = LIMITS.iter().find(|(folder, _)| source.is_below(&[folder]));
        let Some(&(_, limit)) = limit else { continue };
        let lines = source.text.lines().count();
        if lines > limit && !exceptions.excuse("size", &source.path) {
            let message = format!("{lines} lines, over {limit}: split it, or write down the reason");
            findings.push(Finding::in_file(&source.path, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn files_over_their_limit_need_a_reason() {
        let lines = |count| "x\n".repeat(count);
        for (path, count, list, expected) in [
            ("src/pki/a.rs", 500, "", 0),
            ("src/pki/a.rs", 501, "", 1),
            ("src/app/a.rs", 301, "", 1),
            ("src/app/a.rs", 301, "size src/app/a.rs one flat match", 0),
            ("www/css/a.css", 900, "", 0),
        ] {
            let mut exceptions = Exceptions::parse(list).unwrap();
            let tree = Tree::of(&[(path, &lines(count))]);
            let found = check(&tree, &mut exceptions);
            assert_eq!(found.len(), expected, "{path} with {count}");
            assert_eq!(exceptions.unneeded(), []);
        }
    }
}
