//! `cargo xtask soak`: the long forms of tests whose short forms are in `test`. Minutes to hours, not for every change.

use anyhow::{Context, Result, bail};

use crate::{command, page};

/// Damaged input is read for so long unless `--seconds` says otherwise.
const SECONDS: u64 = 600;
/// The browser is killed so many times unless `--kills` says otherwise.
const KILLS: u64 = 200;

/// Reads damaged input in release mode, then kills the browser over and over right after acknowledged writes.
pub fn soak(arguments: &[String]) -> Result<()> {
    let (seconds, kills) = parse(arguments)?;
    let mut mutation = command::cargo();
    mutation.args(["test", "--release", "--locked", "--package", "certwright-pki", "--test", "containers"]);
    mutation.args(["mutation", "--", "--nocapture"]);
    mutation.env("CERTWRIGHT_SOAK_SECONDS", seconds.to_string());
    command::succeed(&mut mutation)?;

    page::build(&[])?;
    crate::run::build_proxy()?;
    let mut kill = command::cargo();
    kill.args(["test", "--locked", "--package", "certwright-e2e", "--test", "reload_and_restart"]);
    kill.args(["killed", "--", "--nocapture"]);
    kill.env("CERTWRIGHT_SOAK_KILLS", kills.to_string());
    command::succeed(&mut kill)
}

fn parse(arguments: &[String]) -> Result<(u64, u64)> {
    let (mut seconds, mut kills) = (SECONDS, KILLS);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let number = || -> Result<u64> {
            let text = rest.clone().next().with_context(|| format!("`{argument}` needs a number"))?;
            text.parse().with_context(|| format!("{text:?} is no number"))
        };
        match argument.as_str() {
            "--seconds" => seconds = number()?,
            "--kills" => kills = number()?,
            other => bail!("`soak` takes no {other:?}"),
        }
        rest.next();
    }
    Ok((seconds, kills))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_lengths_can_be_chosen() {
        let parsed = |line: &str| parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(parsed("").unwrap(), (SECONDS, KILLS));
        assert_eq!(parsed("--kills 3 --seconds 5").unwrap(), (5, 3));
        assert!(parsed("--kills").is_err());
        assert!(parsed("--kills many").is_err());
        assert!(parsed("--hours 1").is_err());
    }
}
