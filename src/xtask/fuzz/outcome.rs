//! What one target did, read from what the engine wrote.
//!
//! The engine's own words about a finding stay in its log.

use std::fmt;
use std::time::Duration;

/// The numbers of one run.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub target: String,
    /// Whether nothing was found.
    pub clean: bool,
    /// Inputs that were tried.
    pub runs: u64,
    /// Places of the program that were reached.
    pub coverage: u64,
    /// Inputs that are worth keeping.
    pub kept: u64,
    pub memory: u64,
    pub taken: Duration,
}

impl Outcome {
    /// The heading of a table of outcomes.
    pub const HEAD: &str = "target                 runs  coverage   kept   MiB      s";

    /// Reads the log of a run.
    pub fn read(target: &str, log: &str, succeeded: bool, taken: Duration) -> Self {
        let stat = |name: &str| {
            let line = log.lines().rev().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
            line.and_then(|rest| rest.trim_start_matches(':').trim().parse().ok()).unwrap_or(0)
        };
        // `#4096 pulse  cov: 812 ft: 1900 corp: 120/33Kb lim: 4096 exec/s: 2048 rss: 60Mb`
        let last = |name: &str| {
            let line = log.lines().rev().find(|line| line.starts_with('#') && line.contains(name))?;
            let value = line.split(name).nth(1)?.trim_start();
            value.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        };
        Outcome {
            target: target.to_owned(),
            clean: succeeded,
            runs: stat("number_of_executed_units"),
            coverage: last("cov:").unwrap_or(0),
            kept: last("corp:").unwrap_or(0),
            memory: stat("peak_rss_mb"),
            taken,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outcome { target, runs, coverage, kept, memory, .. } = self;
        let seconds = self.taken.as_secs();
        write!(f, "{target:16} {runs:10} {coverage:9} {kept:6} {memory:5} {seconds:6}")?;
        if self.clean { Ok(()) } else { write!(f, "  FOUND SOMETHING") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_read_from_the_log() {
        let log = "#2 INITED cov: 10 ft: 11 corp: 1/1b\n\
                   #900 NEW    cov: 812 ft: 1900 corp: 120/33Kb lim: 4096 exec/s: 20 rss: 60Mb\n\
                   #1000 DONE   cov: 815 ft: 1900 corp: 121/33Kb lim: 4096 exec/s: 20 rss: 60Mb\n\
                   Done 1000 runs in 11 second(s)\n\
                   stat::number_of_executed_units: 1000\nstat::peak_rss_mb:              61\n";
        let outcome = Outcome::read("zip", log, true, Duration::from_secs(11));
        let expect = (1_000, 815, 121, 61);
        assert_eq!((outcome.runs, outcome.coverage, outcome.kept, outcome.memory), expect);
    }
}
