//! The companion program; what it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    match certwright_proxy::cli::run(std::env::args_os().skip(1)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("certwright-proxy: {error}");
            ExitCode::FAILURE
        }
    }
}
