//! The built page's own figures in Chromium: how soon it can be used, keys, issuing in bulk, reading, opening, and what keeps
//! its thread busy. Prints Markdown; sizes and the machine are `cargo xtask bench`'s.

mod certificates;
mod issue;
mod keys;
mod median;
mod open;
mod requests;
mod start;
mod watch;

use certwright_e2e::{StaticSite, page_folder};

/// How often each thing is measured.
struct Rounds {
    starts: usize,
    runs: usize,
    /// Keys of each kind, from the first kind on: RSA 2048, 3072, 4096, then all others.
    keys: [usize; 4],
}

const USUAL: Rounds = Rounds { starts: 9, runs: 3, keys: [200, 100, 40, 200] };
const QUICK: Rounds = Rounds { starts: 3, runs: 1, keys: [40, 10, 4, 40] };

fn main() {
    // Cargo itself adds `--bench`.
    let quick = std::env::args().any(|argument| argument == "--quick");
    let only = std::env::args().skip_while(|argument| argument != "--only").nth(1);
    let rounds = if quick { QUICK } else { USUAL };
    let site = StaticSite::of_folder(&page_folder());
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if wanted("start") {
        start::measure(&site.url(), rounds.starts);
    }
    if wanted("issue") {
        issue::measure(&site.url(), rounds.runs);
    }
    if wanted("open") {
        open::measure(&site.url(), rounds.runs);
    }
    if wanted("keys") {
        keys::measure(&site.url(), rounds.keys);
    }
}
