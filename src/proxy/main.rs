//! The companion program; what it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    match certwright_proxy::cli::run(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("certwright-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}
