//! Saying that a test could not do its work. `cargo xtask test` counts these lines.

use std::env;
use std::fs::OpenOptions;
use std::io::Write;

/// Notes the reason on the console and for the count.
pub fn note(reason: &str) {
    eprintln!("left out: {reason}");
    let Some(list) = env::var_os("CERTWRIGHT_LEFT_OUT") else {
        return;
    };
    let written = OpenOptions::new()
        .append(true)
        .create(true)
        .open(list)
        .and_then(|mut list| list.write_all(format!("{reason}\n").as_bytes()));
    if let Err(error) = written {
        panic!("could not note what was left out: {error}");
    }
}
