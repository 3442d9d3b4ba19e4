//! A chromedriver of one's own, ended with all its browsers when it is dropped.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::processes;

/// A running chromedriver on a port that it chose itself.
#[derive(Debug)]
pub struct Chromedriver {
    child: Child,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
}

impl Chromedriver {
    /// Starts the chromedriver that is found by `CHROMEDRIVER` or on the path.
    pub fn start() -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("could not start {}: {error}", program.display()));
        let port = first_line_with(&mut child, Duration::from_secs(60), |line| {
            let (_, number) = line.rsplit_once("successfully on port ")?;
            number.trim_end_matches('.').parse().ok()
        });
        match port {
            Some(port) => Chromedriver { child, port },
            None => {
                let _ = child.kill();
                panic!("chromedriver did not say its port")
            }
        }
    }

    /// The main processes of its browsers.
    pub fn browsers(&self) -> Vec<u32> {
        processes::children(self.child.id())
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let mut all = processes::descendants(self.child.id());
        all.push(self.child.id());
        processes::kill(&all);
        let _ = self.child.wait();
    }
}

/// Reads a child's output until a line gives what is looked for.
///
/// Goes on reading in the background, so that the child never waits for a reader.
pub fn first_line_with<T: Send + 'static>(
    child: &mut Child,
    patience: Duration,
    look: impl Fn(&str) -> Option<T> + Send + 'static,
) -> Option<T> {
    let output = child.stdout.take()?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(found) = look(&line) {
                let _ = sender.send(found);
            }
        }
    });
    receiver.recv_timeout(patience).ok()
}
