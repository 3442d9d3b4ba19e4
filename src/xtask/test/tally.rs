//! Counting what `cargo test` says about itself.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Tally {
    /// A step that has no tests of its own and failed.
    pub fn one_failure() -> Self {
        Tally { failed: 1, ..Tally::default() }
    }

    /// Reads a line such as `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
    pub fn from_line(line: &str) -> Option<Self> {
        let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let mut tally = Tally::default();
        for count in counts.split("; ") {
            let (number, word) = count.split_once(' ')?;
            match word {
                "passed" => tally.passed = number.parse().ok()?,
                "failed" => tally.failed = number.parse().ok()?,
                "ignored" => tally.skipped = number.parse().ok()?,
                _ => {}
            }
        }
        Some(tally)
    }

    /// Counts as skipped what passed only because it was left out.
    pub fn leave_out(&mut self, count: usize) {
        self.passed = self.passed.saturating_sub(count);
        self.skipped += count;
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_are_read_and_other_lines_are_not() {
        let tally = |passed, failed, skipped| Some(Tally { passed, failed, skipped });
        for (line, expected) in [
            (
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s",
                tally(5, 0, 1),
            ),
            (
                "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.87s",
                tally(12, 3, 0),
            ),
            ("test result", None),
            ("test name ... ok", None),
            ("test result: ok. many passed; 0 failed", None),
        ] {
            assert_eq!(Tally::from_line(line), expected, "{line}");
        }
    }

    #[test]
    fn sums_are_shown_on_one_line() {
        let mut total = Tally::default();
        total += Tally { passed: 10, failed: 0, skipped: 1 };
        total += Tally::one_failure();
        total.leave_out(4);
        assert_eq!(total.to_string(), "6 passed, 1 failed, 5 skipped");
    }
}
