//! What would tie the repository to one machine: absolute paths of somebody's folders, and addresses of package registries.

use super::Finding;
use super::source::{Source, Tree};

/// Beginnings of folders that exist on somebody's machine only.
const MACHINE_FOLDERS: [&str; 5] = ["/home/", "/root/", "/Users/", "/work/", "C:\\Users\\"];
/// Where packages come from is the machine's own setting.
const REGISTRIES: [&str; 6] =
    ["crates.io", "npmjs.", "pypi.org", "pythonhosted.org", "proxy.golang.org", "[source."];
/// Cargo writes the name of its index into every entry, and this file names what it looks for.
const LEFT_OUT: [&str; 2] = ["Cargo.lock", "src/xtask/tidy/portability.rs"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let files = tree.files();
    let checked = files.filter(|source| !LEFT_OUT.contains(&source.path.as_str()));
    checked.flat_map(in_source).collect()
}

fn in_source(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let folder = MACHINE_FOLDERS.iter().find(|folder| is_absolute(line, folder));
        if let Some(folder) = folder {
            let message = format!("`{folder}` is a folder of one machine");
            findings.push(Finding::at(&source.path, index + 1, message));
        }
        if let Some(registry) = REGISTRIES.iter().find(|name| line.contains(*name)) {
            let message = format!("`{registry}` is a package registry");
            findings.push(Finding::at(&source.path, index + 1, message));
        }
    }
    findings
}

/// Whether a path begins here, and is not the rest of a longer one.
fn is_absolute(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-}~*".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_folders_and_registries_are_found() {
        for (line, expected) in [
            ("path = \"/home/somebody/src\"", 1),
            ("cd /root/x", 1),
            ("target/e2e/work/1", 0),
            ("https://example.org/home/", 0),
            ("see C:\\Users\\somebody", 1),
            ("https://index.crates.io/", 1),
            ("https://docs.rs/der", 0),
            ("[source.mirror]", 1),
        ] {
            let found = check(&Tree::of(&[("docs/x.md", line)]));
            assert_eq!(found.len(), expected, "{line}");
            assert_eq!(check(&Tree::of(&[("Cargo.lock", line)])), []);
        }
    }
}
