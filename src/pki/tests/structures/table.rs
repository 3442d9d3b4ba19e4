//! The table of a collection: how many of its files are read, which are refused and why, and which are read wrongly.

use certwright_interop::corpora;
use certwright_pki::Kind;
use certwright_pki::describe::{Description, describe};
use certwright_pki::input::{self, Reading};
use serde_json::Value;

/// A file of a collection with its row of the index.
pub struct File {
    pub name: String,
    pub row: Value,
    pub bytes: Vec<u8>,
}

/// The files of one collection; `None` when the collections are absent.
pub fn files(folder: &str) -> Option<Vec<File>> {
    let folder = corpora()?.join(folder);
    let rows: Vec<Value> =
        serde_json::from_slice(&std::fs::read(folder.join("index.json")).unwrap()).unwrap();
    let file = |row: Value| {
        let name = row["file"].as_str().unwrap().to_owned();
        File { bytes: std::fs::read(folder.join(&name)).unwrap(), name, row }
    };
    Some(rows.into_iter().map(file).collect())
}

/// The objects of a kind in a reading, each with its description.
pub fn described(reading: &Reading, kind: Kind) -> Vec<(Vec<u8>, Description)> {
    let found = reading.found.iter().filter(|found| found.item.kind() == kind);
    found.map(|found| (found.item.bytes().to_vec(), describe(kind, found.item.bytes()).unwrap())).collect()
}

/// What became of the files of a collection.
#[derive(Default)]
pub struct Table {
    read: usize,
    refused: Vec<(String, String)>,
    wrong: Vec<(String, String)>,
}

impl Table {
    pub fn read(&mut self) {
        self.read += 1;
    }

    pub fn refused(&mut self, name: &str, reason: impl Into<String>) {
        self.refused.push((name.to_owned(), reason.into()));
    }

    pub fn wrong(&mut self, name: &str, what: impl Into<String>) {
        self.wrong.push((name.to_owned(), what.into()));
    }

    /// Notes what a reader says of a file in which there should be such an object.
    pub fn note(&mut self, file: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => self.read(),
            Err(difference) => self.wrong(file, difference),
        }
    }

    /// Prints the table, and holds it against what is expected: each file that may be refused, with the reason, and no
    /// other; how many are read at least; and nothing wrong.
    #[track_caller]
    pub fn judge(self, title: &str, fewest: usize, refusals: &[(&str, &str)]) {
        let Table { read, refused, wrong } = self;
        println!("{title}: {read} read, {} refused, {} wrong", refused.len(), wrong.len());
        for (name, reason) in refused.iter().chain(&wrong) {
            println!("  {name}: {reason}");
        }
        assert_eq!(wrong, [], "{title}");
        let names: Vec<&str> = refused.iter().map(|row| row.0.as_str()).collect();
        for (name, reason) in refusals {
            assert!(names.contains(name), "{title}: {name} is read now, though {reason}");
        }
        for name in &names {
            assert!(refusals.iter().any(|row| row.0 == *name), "{title}: {name} is refused");
        }
        assert!(read >= fewest, "{title}: {read} of {fewest}");
    }
}

/// Reads a file and gives the words of its first problem. What has a problem may still be shown, with a note.
pub fn read(file: &File) -> (Reading, Option<String>) {
    let reading = input::read(&file.bytes);
    let problem = reading.problems.first().map(|problem| problem.kind.to_string());
    (reading, problem)
}
