//! The counts of one part of the corpus, and the table of all parts.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use certwright_pki::Kind;

use crate::look::Look;

/// What one part of the corpus came to.
#[derive(Default)]
pub struct Section {
    pub name: &'static str,
    /// Inputs inspected.
    files: usize,
    /// Objects shown, by kind.
    objects: BTreeMap<Kind, usize>,
    /// Objects without a description.
    undescribed: usize,
    /// Inputs of which everything was shown.
    read: usize,
    /// Inputs of which a part was shown.
    partly: usize,
    /// Inputs of which nothing was shown, with the problems.
    refused: BTreeMap<&'static str, usize>,
    /// How long it took.
    pub taken: Duration,
    /// Values compared without an input of their own.
    compared: usize,
    /// Rows that other tests are for.
    elsewhere: usize,
    /// Input → how it is answered otherwise than it should be.
    pub differences: BTreeMap<String, String>,
}

impl Section {
    pub fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Counts an answer; `expect` is why it is not as it should be.
    pub fn judge(&mut self, file: &str, look: &Look, mismatch: Option<String>) {
        self.files += 1;
        for seen in &look.objects {
            *self.objects.entry(seen.kind).or_default() += 1;
            self.undescribed += usize::from(seen.description.is_err());
        }
        let locked = look.objects.iter().any(|seen| seen.lock.is_some_and(|lock| lock != "opened"));
        match (look.objects.is_empty(), look.problems.is_empty() && !locked) {
            (false, true) => self.read += 1,
            (false, false) => self.partly += 1,
            (true, _) => {
                let why = look.problems.first().map_or("nothing said", |(id, _)| id);
                *self.refused.entry(why).or_default() += 1;
            }
        }
        let faults = (!look.faults.is_empty()).then(|| look.faults.join(", "));
        if let Some(answer) = faults.or(mismatch) {
            self.differences.insert(file.to_owned(), answer);
        }
    }

    /// Counts a value that was compared without an input of its own.
    pub fn compare(&mut self, name: &str, mismatch: Option<String>) {
        self.compared += 1;
        if let Some(answer) = mismatch {
            self.differences.insert(name.to_owned(), answer);
        }
    }

    /// Counts a row that is not for here.
    pub fn leave(&mut self) {
        self.elsewhere += 1;
    }

    /// As [`Section::judge`], by the counts of some kinds; what is shown beyond them is a difference as well.
    pub fn judge_counts(&mut self, file: &str, look: &Look, expect: &[(Kind, usize)]) {
        let same = expect.iter().all(|(kind, count)| look.count(*kind) == *count);
        let wanted: Vec<String> =
            expect.iter().map(|(kind, count)| format!("{count} {}", kind.id())).collect();
        let mismatch = (!same).then(|| format!("{} instead of {}", look.summary(), wanted.join(", ")));
        self.judge(file, look, mismatch);
    }
}

/// All sections as a table, with the objects by kind below.
pub fn table(sections: &[Section]) -> String {
    let mut out = String::new();
    let mut line = |cells: [&str; 11]| {
        let [name, numbers @ ..] = cells;
        write!(out, "{name:<18}").unwrap();
        let (last, numbers) = numbers.split_last().unwrap();
        numbers.iter().for_each(|number| write!(out, "{number:>10}").unwrap());
        writeln!(out, "  {last}").unwrap();
    };
    line([
        "folder",
        "files",
        "read",
        "partly",
        "refused",
        "differs",
        "objects",
        "compared",
        "elsewhere",
        "ms",
        "refused because",
    ]);
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for section in sections {
        let refused: usize = section.refused.values().sum();
        let numbers = [
            section.files,
            section.read,
            section.partly,
            refused,
            section.differences.len(),
            section.objects.values().sum(),
            section.compared,
            section.elsewhere,
        ]
        .map(|number| number.to_string());
        let taken = section.taken.as_millis().to_string();
        let reasons: Vec<String> =
            section.refused.iter().map(|(why, count)| format!("{why} {count}")).collect();
        let [files, read, partly, refused, differs, objects, compared, elsewhere] =
            numbers.each_ref().map(String::as_str);
        line([
            section.name,
            files,
            read,
            partly,
            refused,
            differs,
            objects,
            compared,
            elsewhere,
            &taken,
            &reasons.join(", "),
        ]);
        for (kind, count) in &section.objects {
            *kinds.entry(*kind).or_default() += count;
        }
    }
    writeln!(out).unwrap();
    for (kind, count) in kinds {
        writeln!(out, "{:<34}{count:>9}", kind.id()).unwrap();
    }
    let undescribed: usize = sections.iter().map(|section| section.undescribed).sum();
    writeln!(out, "{:<34}{undescribed:>9}", "without a description").unwrap();
    out
}
