//! The command line: serve the page, probe one server, inspect files and convert them. Parses arguments by hand.

mod arguments;
mod browser;
mod certificate_text;
mod convert;
pub mod inspect;
pub mod password;
mod text;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use certwright_proxy_api::{ProbeRequest, Tls};

use crate::page::Page;
use crate::probe::Prober;
use crate::server::{Server, Settings};
use arguments::{Command, HELP, ProbeArguments, ServeArguments};

/// A probe ran, but the handshake did not complete.
const NO_HANDSHAKE: u8 = 1;
/// The arguments, or what they ask for, cannot be meant.
const BAD_USAGE: u8 = 2;

/// Does what the arguments (without the program's name) say.
///
/// # Errors
/// The port cannot be taken, or the output cannot be written.
pub fn run(arguments: impl Iterator<Item = OsString>) -> Result<ExitCode, String> {
    let command = match arguments::parse(arguments) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("certwright-proxy: {error}\n\n{HELP}");
            return Ok(ExitCode::from(BAD_USAGE));
        }
    };
    match command {
        Command::Help => print(HELP),
        Command::Version => print(&format!("certwright-proxy {}", env!("CARGO_PKG_VERSION"))),
        Command::Inspect(arguments) => Ok(inspect::run(&arguments)),
        Command::Convert(arguments) => Ok(convert::run(&arguments)),
        Command::Serve(arguments) => with_network(serve(arguments)),
        Command::Probe(arguments) => with_network(probe(&arguments)),
    }
}

/// Runs what needs sockets and timers.
fn with_network(work: impl Future<Output = Result<ExitCode, String>>) -> Result<ExitCode, String> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime =
        runtime.enable_io().enable_time().build().map_err(|error| format!("cannot start: {error}"))?;
    let outcome = runtime.block_on(work);
    // A resolver that still hangs in its thread is not waited for.
    runtime.shutdown_background();
    outcome
}

/// Serves until the process is ended.
async fn serve(arguments: ServeArguments) -> Result<ExitCode, String> {
    let page = arguments.page.map_or_else(Page::built_in, Page::Folder);
    let settings = Settings { port: arguments.port, page, ..Settings::default() };
    let port = settings.port;
    let server = Server::bind(settings).await;
    let server = server.map_err(|error| cannot_listen(port, &error))?;
    let url = server.url();
    print(&format!("Certwright is at {url}"))?;
    if arguments.open.unwrap_or_else(|| std::io::stdout().is_terminal()) {
        browser::open(&url);
    }
    server.run().await;
    Ok(ExitCode::SUCCESS)
}

/// Why there is no server, and what to do.
fn cannot_listen(port: u16, error: &std::io::Error) -> String {
    let why = format!("cannot listen on 127.0.0.1:{port}: {error}");
    if error.kind() != std::io::ErrorKind::AddrInUse {
        return why;
    }
    format!(
        "{why}\nIf Certwright is running already, open the address that it printed. Otherwise name another port with \
         --port N; the browser keeps another vault for it."
    )
}

/// Probes once and prints the report.
async fn probe(arguments: &ProbeArguments) -> Result<ExitCode, String> {
    let mut request = ProbeRequest::new(&arguments.host, arguments.port);
    request.server_name.clone_from(&arguments.server_name);
    let report = match Prober::default().probe(&request).await {
        Ok(report) => report,
        Err(error) => {
            eprintln!("certwright-proxy: {error}");
            return Ok(ExitCode::from(BAD_USAGE));
        }
    };
    if arguments.json {
        print(&serde_json::to_string_pretty(&report).map_err(|e| e.to_string())?)?;
    } else {
        print(text::describe(&report).trim_end())?;
    }
    let complete = report.tls == Tls::Ok;
    Ok(if complete { ExitCode::SUCCESS } else { ExitCode::from(NO_HANDSHAKE) })
}

/// Writes a line to standard output at once.
fn print(text: &str) -> Result<ExitCode, String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|e| format!("cannot write: {e}"))?;
    Ok(ExitCode::SUCCESS)
}
