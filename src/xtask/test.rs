//! `cargo xtask test`: everything that must hold before a change is taken, ending in one line of counts.

mod corpora;
mod left_out;
mod steps;
mod tally;
mod tools;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use left_out::LeftOut;
use steps::{Step, Surroundings};
use tally::Tally;

/// The folder of other people's files, if it is here.
pub fn corpora() -> Result<Option<std::path::PathBuf>> {
    corpora::folder()
}

/// Runs every step, or only the one that is named.
pub fn test(arguments: &[String]) -> Result<ExitCode> {
    let chosen = chosen_steps(arguments)?;
    let strict = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    let surroundings = Surroundings { strict, corpora: corpora::folder()?, left_out: LeftOut::start()? };
    let mut total = Tally::default();
    let mut failed = Vec::new();
    for step in chosen {
        println!("\n=== {}", step.name());
        let began = Instant::now();
        let outcome = step.run(&surroundings).unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally::one_failure()
        });
        let seconds = began.elapsed().as_secs_f64();
        let word = match outcome.failed {
            0 => "ok",
            _ => "FAILED",
        };
        println!("=== {} {word} ({seconds:.1} s)", step.name());
        if outcome.failed > 0 {
            failed.push(step.name());
        }
        total += outcome;
    }
    println!();
    for (reason, count) in surroundings.left_out.counted()? {
        println!("left out, because {reason}: {count}");
        total.leave_out(count);
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{total}");
    Ok(match total.failed {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn chosen_steps(arguments: &[String]) -> Result<Vec<Step>> {
    match arguments {
        [] => Ok(Step::ALL.to_vec()),
        [only, name] if only == "--only" => {
            let found = Step::ALL.into_iter().find(|step| step.name() == name);
            let step = found.with_context(|| {
                let names = Step::ALL.map(Step::name).join(", ");
                format!("no step is called {name:?}; there are {names}")
            })?;
            Ok(vec![step])
        }
        _ => bail!("usage: cargo xtask test [--only STEP]"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_step_can_be_chosen_by_name() {
        let arguments = ["--only", "tidy"].map(str::to_owned);
        assert_eq!(chosen_steps(&arguments).unwrap(), [Step::Tidy]);
        assert_eq!(chosen_steps(&[]).unwrap(), Step::ALL);
        assert!(chosen_steps(&["--only".to_owned(), "x".to_owned()]).is_err());
    }
}
