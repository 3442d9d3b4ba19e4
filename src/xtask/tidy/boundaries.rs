//! Where the browser, the network, the clock and the disk may be named. Reads text; what a macro hides it does not see.

use super::Finding;
use super::source::{Tree, names_word};

struct Boundary {
    words: &'static [&'static str],
    /// Folders and files to look in.
    looked_at: &'static [&'static str],
    /// The parts of these where the words belong.
    at_home: &'static [&'static str],
    rule: &'static str,
}

const BOUNDARIES: [Boundary; 3] = [
    Boundary {
        words: &["web_sys", "js_sys", "gloo", "gloo_timers"],
        looked_at: &["src/"],
        at_home: &["src/app/platform/", "src/app/platform.rs", "src/xtask/"],
        rule: "only src/app/platform touches the browser",
    },
    Boundary {
        words: &["TcpStream", "TcpListener", "UdpSocket", "tokio::net"],
        looked_at: &["src/"],
        at_home: &["src/proxy/", "src/xtask/"],
        rule: "only the proxy opens sockets",
    },
    Boundary {
        words: &[
            "SystemTime::now",
            "Instant::now",
            "Date::now",
            "OffsetDateTime::now_utc",
            "std::fs",
            "std::env",
            "std::process",
            "SysRng",
            "OsRng",
        ],
        looked_at: &["src/pki/", "src/workbench/"],
        at_home: &[],
        rule: "the core reads no clock, does no input or output and owns no randomness",
    },
];

pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for boundary in &BOUNDARIES {
        for source in tree.with_extension("rs") {
            let looked_at = source.is_below(boundary.looked_at) && !source.is_tests();
            if !looked_at || source.is_below(boundary.at_home) {
                continue;
            }
            for (number, line) in source.code_lines() {
                for word in boundary.words.iter().filter(|word| names_word(line, word)) {
                    let message = format!("`{word}`: {}", boundary.rule);
                    findings.push(Finding::at(&source.path, number, message));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_only_where_they_do_not_belong() {
        for (path, text, expected) in [
            ("src/app/pages/home.rs", "use web_sys::Event;", 1),
            ("src/app/pages/home.rs", "// web_sys is not used here", 0),
            ("src/app/platform/vault.rs", "use web_sys::Event;", 0),
            ("src/app/platform.rs", "use js_sys::Date;", 0),
            ("src/app/pages/home.rs", "use gloo_timers::future;", 1),
            ("src/workbench/probe.rs", "std::net::TcpStream::connect()", 1),
            ("src/proxy/server.rs", "use tokio::net::TcpListener;", 0),
            ("tests/e2e/http.rs", "use std::net::TcpStream;", 0),
            ("src/pki/path.rs", "let now = SystemTime::now();", 1),
            ("src/pki/path.rs", "#[cfg(test)]\nmod tests {\nInstant::now();", 0),
            ("src/pki/tests/speed.rs", "let began = Instant::now();", 0),
            ("src/pki/path/tests.rs", "let began = Instant::now();", 0),
            ("src/workbench/state.rs", "use std::fs;", 1),
        ] {
            let found = check(&Tree::of(&[(path, text)]));
            assert_eq!(found.len(), expected, "{path}: {text}: {found:?}");
        }
    }
}
