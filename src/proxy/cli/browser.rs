//! Opens the page in the person's browser. Failing is no error: the address is on the terminal.

use std::process::{Command, Stdio};

/// Asks the desktop to open `url`. The address, with its token, shows in the process list for a
/// moment; the token keeps other web pages out, and a local program could probe without us anyway.
pub(super) fn open(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        eprintln!("No browser could be opened; follow the address above.");
    }
}
