//! The steps of `cargo xtask test`, in the order in which they run.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use super::left_out::LeftOut;
use super::tally::Tally;
use super::{corpora, left_out, tools};
use crate::{command, dist, page, place, run, tidy};

/// What every step is told about this run.
pub struct Surroundings {
    /// A missing tool is a failure.
    pub strict: bool,
    /// Other people's files, if they are here.
    pub corpora: Option<PathBuf>,
    /// Where tests say that they could not do their work.
    pub left_out: LeftOut,
}

/// One step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Tools,
    Format,
    Lint,
    LintPage,
    Tidy,
    Unit,
    Interop,
    Page,
    Proxy,
    Dist,
    Journeys,
}

impl Step {
    /// All of them; what fails fastest comes first.
    pub const ALL: [Step; 11] = [
        Step::Tools,
        Step::Format,
        Step::Tidy,
        Step::Lint,
        Step::LintPage,
        Step::Unit,
        Step::Interop,
        Step::Page,
        Step::Proxy,
        Step::Dist,
        Step::Journeys,
    ];

    /// The name for `--only`.
    pub fn name(self) -> &'static str {
        match self {
            Step::Tools => "tools",
            Step::Format => "format",
            Step::Lint => "lint",
            Step::LintPage => "lint-page",
            Step::Tidy => "tidy",
            Step::Unit => "unit",
            Step::Interop => "interop",
            Step::Page => "page",
            Step::Proxy => "proxy",
            Step::Dist => "dist",
            Step::Journeys => "journeys",
        }
    }

    /// Runs it. A step without tests of its own counts nothing when it succeeds.
    pub fn run(self, surroundings: &Surroundings) -> Result<Tally> {
        let done = |result: Result<()>| result.map(|()| Tally::default());
        match self {
            Step::Tools => done(tools::set_up(surroundings.strict)),
            Step::Format => cargo(&["fmt", "--all", "--check"]),
            Step::Lint => cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-Dwarnings"]),
            Step::LintPage => done(page::program::add_target()).and_then(|_| {
                cargo(&[
                    "clippy",
                    "--package=certwright-app",
                    "--target=wasm32-unknown-unknown",
                    "--locked",
                    "--",
                    "-Dwarnings",
                ])
            }),
            Step::Tidy => done(tidy::tidy(&[])),
            Step::Unit => surroundings.cargo_test(&[
                "--workspace",
                "--exclude=certwright-e2e",
                "--exclude=certwright-interop",
            ]),
            Step::Interop => surroundings.cargo_test(&["--package=certwright-interop"]),
            Step::Page => done(page::build(&[])),
            Step::Proxy => done(run::build_proxy()),
            Step::Dist => done(dist::write(&[])),
            Step::Journeys => surroundings.journeys(),
        }
    }
}

fn cargo(arguments: &[&str]) -> Result<Tally> {
    command::succeed(command::cargo().args(arguments))?;
    Ok(Tally::default())
}

impl Surroundings {
    fn journeys(&self) -> Result<Tally> {
        let package = "--package=certwright-e2e";
        if !tools::has_browser() {
            if self.strict {
                bail!("chromium, chromedriver and axe-core are needed");
            }
            let mut list = command::cargo();
            list.args(["test", "--locked", package, "--", "--list"]);
            let listed = command::output(&mut list)?;
            let count = listed.lines().filter(|l| l.ends_with(": test")).count();
            self.left_out.add("there is no browser to drive", count)?;
            // Not started, hence not among the passed that leaving out takes away.
            return Ok(Tally { passed: count, ..Tally::default() });
        }
        let work = place::target().join("e2e/work");
        if work.exists() {
            fs::remove_dir_all(work)?;
        }
        self.cargo_test(&[package])
    }

    /// Runs tests, shows what they print, and adds up their results.
    fn cargo_test(&self, arguments: &[&str]) -> Result<Tally> {
        let mut cargo = command::cargo();
        cargo.args(["test", "--locked", "--no-fail-fast"]);
        cargo.args(arguments);
        self.tell(&mut cargo);
        let shown = command::shown(&cargo);
        let mut child =
            cargo.stdout(Stdio::piped()).spawn().with_context(|| format!("could not start `{shown}`"))?;
        let output = child.stdout.take().context("the output was asked for")?;
        let mut tally = Tally::default();
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            if let Some(result) = Tally::from_line(&line) {
                tally += result;
            }
        }
        let succeeded = child.wait()?.success();
        if !succeeded && tally.failed == 0 {
            // It did not come as far as a result: it does not compile, or it was killed.
            tally += Tally::one_failure();
        }
        Ok(tally)
    }

    fn tell(&self, command: &mut Command) {
        command.env("PATH", tools::search_path());
        command.env(left_out::VARIABLE, self.left_out.path());
        if let Some(folder) = &self.corpora {
            command.env(corpora::VARIABLE, folder);
        }
    }
}
