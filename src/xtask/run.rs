//! `cargo xtask run`: the page, built into the companion, on this machine. Nothing is rebuilt while it runs.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{command, page, place};

/// Builds the page and the companion, then becomes the companion until it is interrupted.
pub fn run(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    page::build(&[])?;
    build_proxy()?;
    let mut proxy = Command::new(place::proxy_program());
    proxy.arg("serve");
    if let Some(port) = options.port {
        proxy.args(["--port", &port.to_string()]);
    }
    proxy.arg(match options.open && has_desktop() {
        true => "--open",
        false => "--no-open",
    });
    become_program(proxy)
}

/// Builds the companion in release mode with the page that lies in `target/page`.
pub fn build_proxy() -> Result<()> {
    let mut cargo = command::cargo();
    cargo.args(["build", "--release", "--locked"]);
    cargo.args(["--package", "certwright-proxy"]);
    cargo.env("CERTWRIGHT_PAGE", place::page());
    command::succeed(&mut cargo)
}

#[derive(Debug, PartialEq)]
struct Options {
    port: Option<u16>,
    open: bool,
}

impl Options {
    fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Options { port: None, open: true };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--no-open" => options.open = false,
                "--port" => {
                    let number = rest.next().context("`--port` needs a number")?;
                    let number = number.parse().with_context(|| format!("port {number:?}"))?;
                    options.port = Some(number);
                }
                other => bail!("`run` takes no {other:?}"),
            }
        }
        Ok(options)
    }
}

fn has_desktop() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The companion takes this task's place, so that every signal reaches it.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let shown = command::shown(&program);
    Err(program.exec()).with_context(|| format!("could not start `{shown}`"))
}

/// The console sends its interrupt to the companion as well.
#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<()> {
    command::succeed(&mut program)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn options_are_read_and_strange_ones_refused() {
        let parse = |text: &str| {
            let arguments: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            Options::parse(&arguments)
        };
        let options = |port, open| Options { port, open };
        assert_eq!(parse("").unwrap(), options(None, true));
        assert_eq!(parse("--port 8080").unwrap(), options(Some(8080), true));
        assert_eq!(parse("--no-open").unwrap(), options(None, false));
        for strange in ["--port", "--port 99999", "--port x", "now"] {
            assert!(parse(strange).is_err(), "{strange}");
        }
    }
}
