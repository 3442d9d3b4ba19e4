//! Opens archives: ZIP, gzip and tar. Each file in them is read as an input of its own.
//!
//! What is not opened is said, file by file. No password is tried, and ZIP64 is refused: both are larger or more
//! secret than anything that carries certificates has a reason to be.

mod checksum;
mod gzip;
mod inflate;
mod tar;
mod zip;

use super::{ArchiveProblem, Budget, Problem, ProblemKind, Reading};
use std::ops::Range;

/// Most archives around a file: an archive in an archive is opened, one in that is not.
pub const MAX_NESTING: usize = 2;
/// Most files of all archives of an input together.
pub const MAX_ENTRIES: usize = 20_000;
/// Most bytes that come out of all compressed files of an input together.
pub const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// Most times that a file of more than [`FREE_SIZE`] bytes may grow; certificates and lists of them do not reach ten.
pub const MAX_RATIO: usize = 100;
/// Most problems that the files of an archive tell one by one.
const MAX_PROBLEMS: usize = 4_000;
/// Files up to this size may grow by any number of times.
const FREE_SIZE: usize = 1024 * 1024;

/// Why a file of an archive is not read.
type Refusal = ProblemKind;

/// Archives of other formats, by their first octets.
const FOREIGN: [(&[u8], &str); 5] = [
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
];

/// Reads an archive; `false` when the input is none.
pub(super) fn read(input: &[u8], budget: &mut Budget, out: &mut Reading) -> bool {
    let is_zip = input.starts_with(b"PK\x03\x04") || input.starts_with(b"PK\x05\x06");
    let is_gzip = gzip::is(input);
    if !is_zip && !is_gzip && !tar::is(input) {
        let foreign = FOREIGN.iter().find(|(start, _)| input.starts_with(start));
        if let Some((_, name)) = foreign {
            out.problems.push(refused(ArchiveProblem::Format { name }, input.len()));
        }
        return foreign.is_some();
    }
    if budget.nesting == MAX_NESTING {
        out.problems.push(refused(ArchiveProblem::TooDeep { limit: MAX_NESTING }, input.len()));
        return true;
    }
    // A tar archive within gzip is one archive, not two.
    if is_gzip {
        gzip::read(input, budget, out);
        return true;
    }
    budget.nesting += 1;
    let mut opened = Opened { budget, out };
    match is_zip {
        true => zip::read(input, &mut opened),
        false => tar::read(input, &mut opened),
    }
    budget.nesting -= 1;
    true
}

fn refused(problem: ArchiveProblem, size: usize) -> Problem {
    Problem::new(ProblemKind::Archive(problem), 0..size, false)
}

/// An archive that is being read.
struct Opened<'b, 'o> {
    budget: &'b mut Budget,
    out: &'o mut Reading,
}

impl Opened<'_, '_> {
    /// Takes one file from the budget; says so and answers `false` when there is none left.
    fn admit(&mut self, rest: Range<usize>) -> bool {
        if self.budget.entries > 0 {
            self.budget.entries -= 1;
            return true;
        }
        self.whole(ArchiveProblem::TooManyEntries { limit: MAX_ENTRIES }, rest);
        false
    }

    /// A problem of the archive itself, and where it lies in it.
    fn whole(&mut self, problem: ArchiveProblem, at: Range<usize>) {
        self.out.problems.push(Problem::new(ProblemKind::Archive(problem), at, false));
    }

    /// Reads a file that was taken out.
    fn file(&mut self, name: &str, content: &[u8]) {
        let mut reading = self.budget.read(content);
        if self.out.problems.len() + reading.problems.len() > MAX_PROBLEMS {
            // Every file has its say, but not every line of it.
            super::shorten(&mut reading.problems, 0);
        }
        reading.enter(name);
        self.out.append(reading, |_, _| {});
    }

    /// Says why a file is not read, or is not as it should be.
    fn refuse(&mut self, name: &str, size: usize, kind: Refusal) {
        let problem = Problem { entry: Some(name.to_owned()), ..Problem::new(kind, 0..size, false) };
        self.out.problems.push(problem);
    }
}

/// Takes so many octets from the budget before they are unpacked.
///
/// # Errors
/// Why they are not unpacked.
fn grant(budget: &mut Budget, packed: usize, unpacked: usize) -> Result<(), Refusal> {
    if unpacked > super::MAX_INPUT {
        return Err(ProblemKind::TooLarge { limit: super::MAX_INPUT, got: unpacked });
    }
    if unpacked > FREE_SIZE && unpacked > packed.saturating_mul(MAX_RATIO) {
        return Err(ProblemKind::Archive(ArchiveProblem::Ratio { limit: MAX_RATIO }));
    }
    if unpacked > budget.unpacked {
        return Err(ProblemKind::Archive(ArchiveProblem::TooMuch { limit: MAX_UNPACKED }));
    }
    budget.unpacked -= unpacked;
    Ok(())
}

/// A name as it may be shown: without control and direction characters, and with the slashes of Unix.
fn name(octets: &[u8]) -> String {
    /// Most characters.
    const LONGEST: usize = 255;
    let text = String::from_utf8_lossy(octets);
    let visible = |character: &char| {
        !character.is_control()
            && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = text.chars().filter(visible).take(LONGEST).collect();
    let name = name.replace('\\', "/");
    if name.is_empty() { "?".to_owned() } else { name }
}

#[cfg(test)]
mod tests;
