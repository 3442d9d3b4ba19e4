//! The built companion on a port of its own, ended when it is dropped.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::chromedriver::first_line_with;
use crate::place;

/// A running `certwright-proxy serve`.
#[derive(Debug)]
pub struct Proxy {
    child: Child,
    url: String,
}

impl Proxy {
    /// Starts the proxy on a free port.
    pub fn start() -> Self {
        Proxy::with(&[])
    }

    /// Starts the proxy on a free port with further arguments.
    pub fn with(arguments: &[&str]) -> Self {
        let program = place::proxy_program();
        let mut child = Command::new(&program)
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("could not start {}: {error}", program.display()));
        let address = first_line_with(&mut child, Duration::from_secs(30), |line| {
            let mut words = line.split_whitespace();
            let address = words.find(|word| word.starts_with("http://"))?;
            Some(address.to_owned())
        });
        match address {
            Some(url) => Proxy { child, url },
            None => {
                let _ = child.kill();
                panic!("{} did not print its address", program.display())
            }
        }
    }

    /// The address to open, as the proxy printed it.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
