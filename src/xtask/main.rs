//! Every task of this repository, run as `cargo xtask TASK`; what a task does lies in its module.

mod bench;
mod command;
mod dist;
mod fuzz;
mod page;
mod place;
mod run;
mod soak;
mod test;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask TASK

  run [--port N] [--no-open]   build everything, start the companion and open the page
  build                        build the page into target/page
  dist                         write the hosted site and the single file into dist/
  test [--only STEP]           set up what is missing and run every check and test
  soak [--seconds N] [--kills N]
                               the long forms of some tests: damaged input, a killed browser
  fuzz [--target T] [--seconds N] [--jobs N]
                               let libFuzzer look for input that is answered wrongly or never
  bench [--quick]              measure the page in a browser, into docs/BENCHMARKS.md
  bench peers [--quick]        set the core beside JavaScript libraries, into the same file
  tidy                         check what a reviewer should not have to
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match perform(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &[String]) -> Result<ExitCode> {
    let Some((task, rest)) = arguments.split_first() else {
        bail!("which task?\n\n{USAGE}");
    };
    match task.as_str() {
        "run" => run::run(rest)?,
        "build" => page::build(rest)?,
        "dist" => dist::write(rest)?,
        // Its last line is the count, also when something failed.
        "test" => return test::test(rest),
        "bench" => bench::bench(rest)?,
        "fuzz" => fuzz::fuzz(rest)?,
        "soak" => soak::soak(rest)?,
        "tidy" => tidy::tidy(rest)?,
        "help" | "--help" | "-h" => print!("{USAGE}"),
        other => bail!("no task is called {other:?}\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
