//! `cargo xtask bench`: the page's own figures, or with `peers` the comparison with JavaScript libraries. What is
//! measured lies in `tests/e2e` and in the peers' harness; here it is started and written down.

mod machine;
mod peers;
mod record;
mod size;

use anyhow::{Result, bail};

use crate::{command, dist, page, place};

/// Measures the page, or with `peers` the core beside other libraries.
pub fn bench(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => measure_page(false),
        ["--quick"] => measure_page(true),
        ["peers", rest @ ..] => peers::compare(rest),
        _ => bail!("usage: cargo xtask bench [peers] [--quick]"),
    }
}

/// Builds both editions and has a browser drive the hosted one.
fn measure_page(quick: bool) -> Result<()> {
    page::build(&[])?;
    dist::write(&[])?;
    let sizes = size::table()?;
    let mut cargo = command::cargo();
    // The debug profile: what runs here is a driver, the page itself is the release's.
    cargo.args(["bench", "--quiet", "--locked", "--profile", "dev"]);
    cargo.args(["--package", "certwright-e2e", "--bench", "page", "--"]);
    if quick {
        cargo.arg("--quick");
    }
    let before = machine::load();
    let measured = command::output(&mut cargo)?;
    let text = format!("{}\n{sizes}\n{}", machine::conditions(before.as_deref()), measured.trim());
    println!("{text}");
    record::write(&place::benchmarks(), "page", &text)
}
