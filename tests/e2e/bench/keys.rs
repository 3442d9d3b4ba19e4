//! Key generation of each kind: the page's own job in a worker, in turn with bare WebCrypto.

use certwright_e2e::Browser;
use certwright_pki::KeyKind;
use serde_json::{Value, json};

use crate::median::{median, ratio_interval};
use crate::watch;

/// Keys of one script; a script that takes too long is given up by the driver.
const AT_ONCE: usize = 10;

/// Milliseconds that the page's clock is rounded to.
const CLOCK_STEP: f64 = 0.1;

/// Measures and prints.
pub fn measure(url: &str, rounds: [usize; 4]) {
    let browser = watch::open(url);
    println!(
        "| Key, request and read-back in the worker | median ms | bare WebCrypto, median ms | ratio (95 % interval) | rounds |"
    );
    println!("|---|---|---|---|---|");
    for (index, kind) in KeyKind::ALL.into_iter().enumerate() {
        let job = job_of(&browser, url, kind);
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        // The first few warm up both sides.
        alternate(&browser, kind, &job, 2);
        while ours.len() < rounds[index.min(3)] {
            let taken = alternate(&browser, kind, &job, AT_ONCE);
            ours.extend(watch::numbers(&taken["ours"]));
            bare.extend(watch::numbers(&taken["bare"]));
        }
        println!("| {} | {:.1} | {} | {} |", kind.label(), median(&ours), beside(&ours, &bare), ours.len());
    }
    let tasks = watch::long_tasks_beside_jobs(&browser);
    println!("\nTasks on the page's thread while a key was being made: {}.\n", watch::said(&tasks));
}

/// The columns of bare WebCrypto and of the ratio; no ratio where the time is near the clock's own step.
fn beside(ours: &[f64], bare: &[f64]) -> String {
    if median(bare) < 10.0 * CLOCK_STEP {
        return format!("{:.1} | –", median(bare));
    }
    let (low, high) = ratio_interval(ours, bare);
    format!("{:.1} | {:.2} ({low:.2}–{high:.2})", median(bare), median(ours) / median(bare))
}

/// Has the page make a request with a key of this kind, and takes down the job that it gave its worker.
fn job_of(browser: &Browser, url: &str, kind: KeyKind) -> Value {
    browser.open(&format!("{url}#/requests/new"));
    browser.fill("Name clients will type", "bench.example.org");
    browser.choose("Kind of key", kind.label());
    browser.click_button("Make the request");
    browser.patient(std::time::Duration::from_secs(120)).see("Read back from the request");
    browser.execute("return [...noted.jobs.at(-1).order]", json!([]))
}

fn alternate(browser: &Browser, kind: KeyKind, job: &Value, rounds: usize) -> Value {
    let taken = browser.execute_async(include_str!("keys.js"), json!([kind.label(), job, rounds]));
    assert!(taken["error"].is_null(), "{kind}: {taken}");
    taken
}
