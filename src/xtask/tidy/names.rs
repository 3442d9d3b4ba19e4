//! Names of files and folders that say nothing. A noun is wanted in their place.

use std::collections::BTreeSet;

use super::Finding;
use super::source::Tree;

/// Not allowed as a name, nor as a word within one.
const EMPTY_WORDS: [&str; 6] = ["utils", "util", "helpers", "helper", "misc", "manager"];
/// Not allowed as a whole name; `common_name` and `error_handler_chain` have nouns.
const EMPTY_NAMES: [&str; 2] = ["common", "handler"];
const EXTENSIONS: [&str; 4] = ["rs", "css", "js", "toml"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut folders_seen = BTreeSet::new();
    for source in tree.files() {
        if !EXTENSIONS.contains(&source.extension()) {
            continue;
        }
        if source.path.ends_with("/mod.rs") {
            findings
                .push(Finding::in_file(&source.path, "a module `foo` lies in `foo.rs`, not in `foo/mod.rs`"));
        }
        if is_empty(source.stem()) {
            findings.push(empty_name(&source.path));
        }
        let folders = source.path.rsplit_once('/').map_or("", |(folders, _)| folders);
        if folders.split('/').any(is_empty) && folders_seen.insert(folders) {
            findings.push(empty_name(folders));
        }
    }
    findings
}

fn empty_name(path: &str) -> Finding {
    Finding::in_file(path, "this name says nothing; find the noun")
}

fn is_empty(name: &str) -> bool {
    let empty_word = |word: &str| EMPTY_WORDS.contains(&word);
    EMPTY_NAMES.contains(&name) || name.split(['_', '-']).any(empty_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_a_noun_are_found_in_files_and_folders() {
        for (path, expected) in [
            ("src/pki/name.rs", 0),
            ("src/pki/common_name.rs", 0),
            ("src/pki/utils.rs", 1),
            ("src/pki/der_utils.rs", 1),
            ("src/pki/common.rs", 1),
            ("src/app/handler/click.rs", 1),
            ("src/app/manager/helpers.rs", 2),
            ("src/app/pages/mod.rs", 1),
            ("www/css/misc.css", 1),
        ] {
            assert_eq!(check(&Tree::of(&[(path, "")])).len(), expected, "{path}");
        }
    }
}
