//! The arguments of the commands that work on files: `inspect` and `convert`.

use std::ffi::{OsStr, OsString};

use certwright_pki::export::{ChainOrder, Destination};

use super::{Command, value};
use crate::cli::convert::{ConvertArguments, Form};
use crate::cli::inspect::{InspectArguments, STANDARD_INPUT};

pub(super) fn parse_inspect(mut rest: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut inspect = InspectArguments::default();
    let mut only_names = false;
    while let Some(argument) = rest.next() {
        match argument.to_str().filter(|_| !only_names) {
            Some("--") => only_names = true,
            Some("--json") => inspect.json = true,
            Some(option @ "--password-file") => {
                inspect.password_files.push(value(option, &mut rest)?.into());
            }
            Some("--help" | "-h") => return Ok(Command::Help),
            _ if !only_names && is_option(&argument) => {
                return Err(format!("{argument:?} is not understood"));
            }
            _ => inspect.inputs.push(argument),
        }
    }
    check_inputs("inspect", &inspect.inputs)?;
    Ok(Command::Inspect(inspect))
}

pub(super) fn parse_convert(mut rest: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut convert = ConvertArguments::default();
    let (mut only_names, mut to) = (false, None);
    while let Some(argument) = rest.next() {
        let option = argument.to_str().filter(|_| !only_names).unwrap_or_default().to_owned();
        let mut path = || value(&option, &mut rest);
        match option.as_str() {
            "--" => only_names = true,
            "--to" => to = Some(named(&option, path()?, Form::from_name)?),
            "--out" => convert.out = path()?.into(),
            "--with-key" => convert.with_key = true,
            "--for" => convert.destination = Some(named(&option, path()?, Destination::from_id)?),
            "--order" => convert.order = named(&option, path()?, ChainOrder::from_id)?,
            "--without-root" => convert.order = ChainOrder::WithoutRoot,
            "--crlf" => convert.crlf = true,
            "--name" => convert.name = Some(named(&option, path()?, |name| Some(name.to_owned()))?),
            "--password-file" => convert.password_files.push(path()?.into()),
            "--out-password-file" => convert.out_password_file = Some(path()?.into()),
            "--force" => convert.force = true,
            "--help" | "-h" => return Ok(Command::Help),
            _ if !only_names && is_option(&argument) => {
                return Err(format!("{argument:?} is not understood"));
            }
            _ => convert.inputs.push(argument),
        }
    }
    check_inputs("convert", &convert.inputs)?;
    convert.to = to.ok_or("convert needs --to and a form")?;
    convert.check()?;
    Ok(Command::Convert(convert))
}

/// What a name stands for.
fn named<T>(option: &str, name: OsString, find: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    name.to_str().and_then(find).ok_or_else(|| format!("{option} does not know {name:?}"))
}

fn check_inputs(command: &str, inputs: &[OsString]) -> Result<(), String> {
    match inputs.iter().filter(|input| *input == STANDARD_INPUT).count() {
        _ if inputs.is_empty() => Err(format!("{command} needs a file, a folder or -")),
        0 | 1 => Ok(()),
        _ => Err("standard input can be read only once".to_owned()),
    }
}

/// Whether an argument looks like an option; a lone `-` is standard input.
fn is_option(argument: &OsStr) -> bool {
    argument.as_encoded_bytes().starts_with(b"-") && argument != STANDARD_INPUT
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::path::PathBuf;

    use certwright_pki::export::{Format, KeyForm};

    use super::*;
    use crate::cli::convert::OnlyKeys;

    fn parsed(line: &str) -> Result<Command, String> {
        super::super::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn anything_may_be_inspected() {
        for (line, inputs, json, password_files) in [
            ("inspect a.pem", &["a.pem"][..], false, &[][..]),
            ("inspect --json - certs", &["-", "certs"], true, &[]),
            ("inspect a --password-file p --password-file q", &["a"], false, &["p", "q"]),
            ("inspect -- --json -", &["--json", "-"], false, &[]),
        ] {
            let arguments = InspectArguments {
                inputs: inputs.iter().map(OsString::from).collect(),
                json,
                password_files: password_files.iter().map(PathBuf::from).collect(),
            };
            assert_eq!(parsed(line), Ok(Command::Inspect(arguments)), "{line}");
        }
    }

    #[test]
    fn a_conversion_says_form_place_and_choices() {
        let usual = ConvertArguments { inputs: vec!["a".into()], ..ConvertArguments::default() };
        let keys = |form, only, format| Form::Keys { form, only, format };
        for (line, expect) in [
            ("--to pem", usual.clone()),
            (
                "--to pkcs12 --for java-8 --with-key --out-password-file p --out b --name mail --force",
                ConvertArguments {
                    to: Form::Whole(Format::Pkcs12(Destination::Current)),
                    destination: Some(Destination::Java8),
                    with_key: true,
                    out_password_file: Some("p".into()),
                    out: "b".into(),
                    name: Some("mail".to_owned()),
                    force: true,
                    ..usual.clone()
                },
            ),
            (
                "--to pkcs1-der",
                ConvertArguments {
                    to: keys(KeyForm::Traditional, OnlyKeys::Rsa, Format::Der),
                    ..usual.clone()
                },
            ),
            (
                "--to sec1 --password-file p --password-file q --crlf",
                ConvertArguments {
                    to: keys(KeyForm::Traditional, OnlyKeys::EllipticCurve, Format::Pem),
                    password_files: vec!["p".into(), "q".into()],
                    crlf: true,
                    ..usual.clone()
                },
            ),
            ("--to pem --without-root", ConvertArguments { order: ChainOrder::WithoutRoot, ..usual.clone() }),
            ("--to pem --order numbered", ConvertArguments { order: ChainOrder::Numbered, ..usual }),
        ] {
            assert_eq!(parsed(&format!("convert a {line}")), Ok(Command::Convert(expect)), "{line}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for line in [
            "inspect",
            "inspect --",
            "inspect --json",
            "inspect a --password-file",
            "inspect a --yaml",
            "inspect - -",
            "convert",
            "convert a",
            "convert --to pem",
            "convert a --to",
            "convert a --to gif",
            "convert a --to pem --order random",
            "convert a --to pem --for java-8",
            "convert a --to pkcs12 --out-password-file p --for moon",
            "convert a --to pkcs12",
            "convert a --to jks",
            "convert a --to encrypted-pkcs8",
            "convert a --to pem --out-password-file p",
            "convert a --to pkcs8 --out-password-file p",
            "convert a --to pkcs7 --out-password-file p",
            "convert a --to der --crlf",
            "convert a --to pkcs8-der --crlf",
            "convert a --to pem-der",
            "convert - - --to pem",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
