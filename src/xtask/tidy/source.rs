//! The files of the repository as text, the way every rule reads them. Test data and what tasks write are left out.

use std::path::Path;

use anyhow::Result;

use crate::page::folder;
use crate::place;

/// Folders and files below the root that a person wrote.
const WRITTEN: [&str; 6] = ["src", "tests", "www", "docs", ".ci", ".cargo"];
const LEFT_OUT: [&str; 3] = ["tests/data/", "tests/e2e/node_modules/", "www/static/"];

/// A file and its text.
#[derive(Debug)]
pub struct Source {
    /// Relative to the root, with `/`.
    pub path: String,
    pub text: String,
}

/// All files, in the order of their paths.
#[derive(Debug, Default)]
pub struct Tree {
    files: Vec<Source>,
}

impl Tree {
    /// Reads the repository.
    pub fn read() -> Result<Self> {
        let root = place::root();
        let mut paths: Vec<_> = std::fs::read_dir(&root)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file() && !path.ends_with(".git"))
            .collect();
        for written in WRITTEN {
            paths.extend(folder::listed(&root.join(written))?);
        }
        paths.sort();
        let sources = paths.iter().filter_map(|path| Source::read(&root, path));
        Ok(Tree { files: sources.collect() })
    }

    /// A tree of made-up files, for the rules' own tests.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|&(path, text)| Source { path: path.to_owned(), text: text.to_owned() });
        Tree { files: files.collect() }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Every file.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// Every file with this extension, without the dot.
    pub fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a Source> {
        self.files().filter(move |source| source.extension() == extension)
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&Source> {
        self.files().find(|source| source.path == path)
    }
}

impl Source {
    /// `None` for what is left out and for what is not text.
    fn read(root: &Path, path: &Path) -> Option<Source> {
        let relative = folder::relative(root, path);
        if LEFT_OUT.iter().any(|left_out| relative.starts_with(left_out)) {
            return None;
        }
        let text = String::from_utf8(std::fs::read(path).ok()?).ok()?;
        Some(Source { path: relative, text })
    }

    /// What follows the last dot of the file's name.
    pub fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The file's name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether it lies below one of these folders.
    pub fn is_below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Whether the whole file consists of tests.
    pub fn is_tests(&self) -> bool {
        self.path.contains("/tests/") || self.stem() == "tests"
    }

    /// Lines of Rust with their numbers, without comments and without the unit
    /// tests at the end of the file. Knows no strings: `//` inside one ends the line.
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut lines = self.text.lines().peekable();
        let mut number = 0;
        std::iter::from_fn(move || {
            let line = lines.next()?;
            let next = lines.peek().map_or("", |next| next.trim_start());
            if line == "#[cfg(test)]" && next.starts_with("mod ") {
                return None;
            }
            number += 1;
            Some((number, line.split("//").next().unwrap_or_default()))
        })
    }
}

/// Whether a line of code names a word: not as a part of a longer word.
pub fn names_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_lines_leave_out_comments_and_the_tests_at_the_end() {
        let tree = Tree::of(&[(
            "a.rs",
            "//! a\nlet b; // c\n#[cfg(test)]\nfn d() {}\n#[cfg(test)]\nmod tests {\n}\n",
        )]);
        let lines: Vec<_> = tree.files[0].code_lines().collect();
        assert_eq!(lines, [(1, ""), (2, "let b; "), (3, "#[cfg(test)]"), (4, "fn d() {}")]);
    }

    #[test]
    fn words_are_found_whole() {
        for (line, word, expected) in [
            ("use gloo::timers;", "gloo", true),
            ("use gloo_timers::x;", "gloo", false),
            ("let igloo = 1;", "gloo", false),
            ("igloo gloo", "gloo", true),
            ("Instant::now()", "Instant::now", true),
        ] {
            assert_eq!(names_word(line, word), expected, "{line}");
        }
    }
}
