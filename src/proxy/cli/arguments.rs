//! What the arguments ask for. Opens and resolves nothing.

mod files;

use std::ffi::OsString;
use std::path::PathBuf;

use super::convert::ConvertArguments;
use super::inspect::InspectArguments;

/// The answer to `--help`.
pub(super) const HELP: &str = "\
Certwright's companion: serves the page on this machine, looks at live servers for it, and does
at a terminal what the page does with files.

Usage:
  certwright-proxy [serve] [--port N] [--page FOLDER] [--open | --no-open]
  certwright-proxy probe HOST[:PORT] [--server-name NAME] [--json]
  certwright-proxy inspect FILE... [--json] [--password-file FILE]...
  certwright-proxy convert FILE... --to FORM [--out FILE] [--with-key] [and more, below]

serve (the default) prints the page's address and serves until interrupted.
  --port N            the port on 127.0.0.1; 4780 unless given, 0 for a free one. A browser
                      keeps a vault for each port
  --page FOLDER       serve this folder in place of the page built in
  --open, --no-open   open the page in a browser; without either, only from a terminal

probe looks at one server; the port is 443 unless given. An IPv6 address with a port needs
brackets. Exit code: 0 if the handshake completed, 1 if not, 2 for bad usage.
  --server-name NAME  send this name; an empty one sends none
  --json              print the report as the page receives it

inspect says what files hold: certificates, requests, keys, revocation lists, containers and
more, recognised by their content. A folder stands for all files in it, - for standard input.
Nothing of a private key is shown. Exit code: 0 if everything was read, 1 if something was not,
2 for bad usage, 3 if a file could not be opened.
  --json              print one line of JSON for each object and each problem
  --password-file F   try the first line of this file on what a password protects; the empty
                      password is tried last. May be given more than once

convert writes what the same kinds of input hold in another form, reads it back and says on
standard error what it is. Exit code: 0 if everything was read and written, 1 if something was
not read and the rest was written, 2 for bad usage or what cannot be written so, 3 if a file
could not be opened or written.
  --to FORM           pem, der, pkcs7, pkcs7-pem, pkcs12, jks, jwk; for private keys alone
                      pkcs8, encrypted-pkcs8, pkcs1, sec1, with -der behind it for bytes
  --out FILE          where to; a folder for forms of several files; standard output if not given
  --with-key          write private keys too, which other forms than those of keys leave out
  --for DESTINATION   of pkcs12: current, windows-server-2016, older-macos, older-android, java-8
  --order ORDER       leaf-first, without-root, numbered (one file each), as-given
  --without-root      the same as --order without-root
  --crlf              end lines as Windows does
  --name NAME         what the file and the key in it are called
  --password-file F   as for inspect
  --out-password-file F  the password of what is written is the first line of this file; in pem
                      and der it makes keys encrypted
  --force             replace files that exist";

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Serve(ServeArguments),
    Probe(ProbeArguments),
    Inspect(InspectArguments),
    Convert(ConvertArguments),
    Help,
    Version,
}

/// The port unless another is named. Always the same, because a browser keeps a vault for each port.
pub(super) const USUAL_PORT: u16 = 4780;

/// How to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ServeArguments {
    pub(super) port: u16,
    pub(super) page: Option<PathBuf>,
    /// `None` leaves it to whether a person is watching.
    pub(super) open: Option<bool>,
}

/// What to probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProbeArguments {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) server_name: Option<String>,
    pub(super) json: bool,
}

/// Reads the arguments; the error is a sentence for the terminal.
pub(super) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut arguments = arguments.peekable();
    let text = |argument: OsString| argument.to_string_lossy().into_owned();
    match arguments.peek().and_then(|first| first.to_str()) {
        Some("probe") => parse_probe(arguments.skip(1).map(text)),
        Some("inspect") => files::parse_inspect(arguments.skip(1)),
        Some("convert") => files::parse_convert(arguments.skip(1)),
        Some("serve") => parse_serve(arguments.skip(1).map(text)),
        _ => parse_serve(arguments.map(text)),
    }
}

fn parse_serve(mut rest: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut serve = ServeArguments { port: USUAL_PORT, page: None, open: None };
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--port" => {
                let port = value(&argument, &mut rest)?;
                serve.port = port.parse().map_err(|_| format!("{port} is not a port"))?;
            }
            "--page" => serve.page = Some(value(&argument, &mut rest)?.into()),
            "--open" => serve.open = Some(true),
            "--no-open" => serve.open = Some(false),
            "--help" | "-h" | "help" => return Ok(Command::Help),
            "--version" | "-V" => return Ok(Command::Version),
            _ => return Err(format!("{argument:?} is not understood")),
        }
    }
    Ok(Command::Serve(serve))
}

fn parse_probe(mut rest: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut target = None;
    let mut server_name = None;
    let mut json = false;
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--server-name" => server_name = Some(value(&argument, &mut rest)?),
            "--json" => json = true,
            "--help" | "-h" => return Ok(Command::Help),
            _ if argument.starts_with('-') || target.is_some() => {
                return Err(format!("{argument:?} is not understood"));
            }
            _ => target = Some(argument),
        }
    }
    let target = target.ok_or("probe needs a host")?;
    let (host, port) = split_target(&target)?;
    Ok(Command::Probe(ProbeArguments { host, port, server_name, json }))
}

/// The value that follows an option.
fn value<T>(option: &str, rest: &mut impl Iterator<Item = T>) -> Result<T, String> {
    rest.next().ok_or_else(|| format!("{option} needs a value"))
}

/// Splits `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address; the port is 443 if not given.
fn split_target(target: &str) -> Result<(String, u16), String> {
    const HTTPS: u16 = 443;
    let (host, port) = match target.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
        _ => (target, None),
    };
    let port = match port {
        None => HTTPS,
        Some(text) => text.parse().map_err(|_| format!("{text:?} is not a port"))?,
    };
    Ok((host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn serving_is_the_default() {
        let serve = |port, page: Option<&str>, open| {
            Ok(Command::Serve(ServeArguments { port, page: page.map(Into::into), open }))
        };
        for (line, expect) in [
            ("", serve(USUAL_PORT, None, None)),
            ("serve", serve(USUAL_PORT, None, None)),
            ("--port 8080 --no-open", serve(8080, None, Some(false))),
            ("serve --open --page dist", serve(USUAL_PORT, Some("dist"), Some(true))),
            ("--help", Ok(Command::Help)),
            ("--version", Ok(Command::Version)),
        ] {
            assert_eq!(parsed(line), expect, "{line}");
        }
    }

    #[test]
    fn a_target_is_split_at_its_port() {
        for (target, host, port) in [
            ("mail.example", "mail.example", 443),
            ("mail.example:8443", "mail.example", 8443),
            ("192.0.2.1:25", "192.0.2.1", 25),
            ("2001:db8::1", "2001:db8::1", 443),
            ("[2001:db8::1]", "[2001:db8::1]", 443),
            ("[2001:db8::1]:636", "[2001:db8::1]", 636),
        ] {
            assert_eq!(split_target(target), Ok((host.to_owned(), port)), "{target}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for line in [
            "--port",
            "--port x",
            "--port 70000",
            "--colour",
            "dance",
            "probe",
            "probe a b",
            "probe a:b",
            "probe a:70000",
            "probe a --colour",
            "probe a --server-name",
            "serve probe",
        ] {
            assert!(parsed(line).is_err(), "{line}");
        }
    }
}
