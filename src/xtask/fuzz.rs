//! `cargo xtask fuzz`: libFuzzer against every kind of input, on the same stable compiler as everything else.
//!
//! Coverage comes from a pass that the stable compiler has too (docs/adr/0005). What is found is kept beside the
//! build; a reduced form of it belongs in `tests/data/findings`.

mod outcome;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{command, place};
use outcome::Outcome;

/// Each target runs so long unless `--seconds` says otherwise.
const SECONDS: u64 = 600;
/// An input that takes longer is a finding.
const TIMEOUT: u64 = 10;
/// An input that takes more memory is a finding; in MiB.
const MEMORY: u64 = 2_048;

/// Instruments the program and its dependencies, as libFuzzer wants it.
const FLAGS: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// What the command line asked for.
#[derive(Debug, PartialEq)]
struct Plan {
    target: Option<String>,
    seconds: u64,
    jobs: usize,
}

/// Runs one target, or all of them, and prints what each did.
pub fn fuzz(arguments: &[String]) -> Result<()> {
    let plan = parse(arguments)?;
    let seeds = plant()?;
    let program = build()?;
    let mut targets = Vec::new();
    for entry in fs::read_dir(&seeds)? {
        targets.push(entry?.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    if let Some(wanted) = &plan.target {
        if !targets.contains(wanted) {
            bail!("no target is called {wanted:?}; there are {}", targets.join(", "));
        }
        targets.retain(|target| target == wanted);
    }
    let queue = std::sync::Mutex::new(targets.into_iter());
    let outcomes = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..plan.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().ok().and_then(|mut queue| queue.next());
                    let Some(target) = next else { return };
                    let outcome = run(&program, &seeds, &target, plan.seconds);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_default();
    println!("\n{}", Outcome::HEAD);
    let mut unclean = Vec::new();
    for outcome in outcomes {
        let outcome = outcome?;
        println!("{outcome}");
        unclean.extend((!outcome.clean).then_some(outcome.target));
    }
    if !unclean.is_empty() {
        bail!("something was found by {}; see {}", unclean.join(", "), findings().display());
    }
    Ok(())
}

fn home() -> PathBuf {
    place::target().join("fuzz")
}

fn findings() -> PathBuf {
    home().join("findings")
}

/// Writes the seeds, one folder for each target.
fn plant() -> Result<PathBuf> {
    let seeds = home().join("seeds");
    if seeds.exists() {
        fs::remove_dir_all(&seeds)?;
    }
    let mut plant = command::cargo();
    plant.args(["run", "--quiet", "--locked", "--package=certwright-fuzz", "--bin=plant", "--"]).arg(&seeds);
    match crate::test::corpora()? {
        Some(corpora) => plant.args(archives(&corpora.join("fuzz-seeds"))?),
        None => {
            println!("without the corpora there are only our own seeds");
            &mut plant
        }
    };
    command::succeed(&mut plant)?;
    Ok(seeds)
}

fn archives(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut archives = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".tar.gz") {
            archives.push(path);
        }
    }
    Ok(archives)
}

/// Builds the instrumented program; the engine needs a compiler of C++.
fn build() -> Result<PathBuf> {
    let host = host()?;
    let mut flags: Vec<OsString> = std::env::var_os("RUSTFLAGS").into_iter().collect();
    flags.extend(FLAGS.map(OsString::from));
    let mut cargo = command::cargo();
    cargo.args(["build", "--locked", "--package=certwright-fuzz", "--bin=fuzz", "--features=engine"]);
    cargo.args(["--profile=fuzz", "--target", &host, "--target-dir"]).arg(home());
    cargo.env("RUSTFLAGS", flags.join(&OsString::from(" ")));
    command::succeed(&mut cargo)
        .context("the engine is written in C++: Debian's package `g++` brings the compiler")?;
    Ok(home().join(host).join("fuzz").join(format!("fuzz{}", std::env::consts::EXE_SUFFIX)))
}

/// The triple of this machine. Naming it keeps the flags away from build scripts.
fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = command::output(Command::new(rustc).arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what machine this is")?.to_owned())
}

fn run(program: &Path, seeds: &Path, target: &str, seconds: u64) -> Result<Outcome> {
    let corpus = home().join("corpus").join(target);
    let findings = findings().join(target);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&findings)?;
    let log = home().join(format!("{target}.log"));
    println!("{target}: {seconds} s, {}", log.display());
    let began = Instant::now();
    let mut engine = Command::new(program);
    engine.env("CERTWRIGHT_FUZZ_TARGET", target);
    engine.arg(format!("-max_total_time={seconds}")).arg(format!("-timeout={TIMEOUT}"));
    engine.arg(format!("-rss_limit_mb={MEMORY}")).arg("-print_final_stats=1").arg("-use_value_profile=1");
    engine.arg(format!("-artifact_prefix={}/", findings.display()));
    if let Some(words) = words(target) {
        engine.arg(format!("-dict={}", words.display()));
    }
    engine.arg(&corpus).arg(seeds.join(target));
    engine.stdin(Stdio::null()).stdout(Stdio::null()).stderr(fs::File::create(&log)?);
    let status = engine.status().with_context(|| format!("could not start {}", program.display()))?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let outcome = Outcome::read(target, &said, status.success(), began.elapsed());
    println!("{outcome}");
    Ok(outcome)
}

/// Words that a text or an archive is likely to hold, for the engine to put together.
fn words(target: &str) -> Option<PathBuf> {
    let file = place::root().join("tests/fuzz/words").join(format!("{target}.txt"));
    file.is_file().then_some(file)
}

fn parse(arguments: &[String]) -> Result<Plan> {
    let mut plan = Plan { target: None, seconds: SECONDS, jobs: 1 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().with_context(|| format!("`{argument}` needs a value"));
        match argument.as_str() {
            "--target" => plan.target = Some(value()?.clone()),
            "--seconds" => plan.seconds = value()?.parse().context("`--seconds` needs a number")?,
            "--jobs" => plan.jobs = value()?.parse().context("`--jobs` needs a number")?,
            other => bail!("`fuzz` takes no {other:?}"),
        }
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn target_and_length_can_be_chosen() {
        let parsed = |line: &str| parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parsed("").unwrap(), Plan { target: None, seconds: SECONDS, jobs: 1 });
        let chosen = Plan { target: Some("zip".to_owned()), seconds: 5, jobs: 2 };
        assert_eq!(parsed("--jobs 2 --target zip --seconds 5").unwrap(), chosen);
        assert!(parsed("--seconds").is_err());
        assert!(parsed("--seconds many").is_err());
        assert!(parsed("--hours 1").is_err());
    }
}
