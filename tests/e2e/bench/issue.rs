//! A thousand requests brought, handed in and issued at once, into an encrypted vault, as a person would do it.

use std::fs;
use std::time::Duration;

use certwright_e2e::{Browser, work_folder};

use crate::median::median;
use crate::{requests, watch};

const COUNT: usize = 1_000;
/// Longer than any run should take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What one run came to.
struct Run {
    /// Milliseconds of the job that reads and verifies all requests.
    read: f64,
    /// Milliseconds of all jobs that issue.
    worker: f64,
    /// Milliseconds from the click until all is in the vault and the page says so.
    whole: f64,
    tasks_bringing: Vec<f64>,
    tasks_issuing: Vec<f64>,
}

/// Measures and prints.
pub fn measure(url: &str, rounds: usize) {
    let file = work_folder("requests").join("thousand.pem");
    if let Err(error) = fs::write(&file, requests::pem(COUNT)) {
        panic!("could not write {}: {error}", file.display());
    }
    println!(
        "| {COUNT} pending requests, vault in IndexedDB | in the worker | click to all durable | tasks on the page's thread while issuing | while bringing |"
    );
    println!("|---|---|---|---|---|");
    let mut reading = Vec::new();
    for (kind, name) in [("ECDSA P-256", "P-256 CA"), ("RSA 2048", "RSA-2048 CA")] {
        let runs: Vec<Run> = (0..rounds).map(|_| run(url, kind, &file)).collect();
        let rate =
            |of: fn(&Run) -> f64| COUNT as f64 * 1_000.0 / median(&runs.iter().map(of).collect::<Vec<_>>());
        let all =
            |of: fn(&Run) -> &Vec<f64>| runs.iter().flat_map(|run| of(run).clone()).collect::<Vec<f64>>();
        println!(
            "| {name} | **{:.0} certificates/s** | {:.0}/s | {} | {} |",
            rate(|run| run.worker),
            rate(|run| run.whole),
            watch::said(&all(|run| &run.tasks_issuing)),
            watch::said(&all(|run| &run.tasks_bringing)),
        );
        reading.extend(runs.iter().map(|run| run.read));
    }
    println!(
        "\nRequests read in the worker, PEM to verified: median of {} rounds **{:.0} requests/s**.\n",
        reading.len(),
        COUNT as f64 * 1_000.0 / median(&reading)
    );
}

fn run(url: &str, kind: &str, file: &std::path::Path) -> Run {
    let browser = watch::open(url);
    let page = browser.patient(PATIENCE);
    make_vault(&browser);
    make_authority(&browser, kind);
    let authority = browser.address();

    let bringing = watch::now(&browser);
    page.open(&format!("{url}#/requests/bring"));
    page.upload("Choose a file", &[file]);
    // What was said about the file lies over the button.
    page.click_button("Dismiss");
    page.click_button(&format!("Hand all {COUNT} requests to Bench Root"));
    page.see("They are pending");
    let brought = watch::now(&browser);
    let read = watch::jobs(&browser, bringing).first().copied().unwrap_or(f64::NAN);

    page.open(&authority);
    let issuing = watch::now(&browser);
    page.click_button(&format!("Issue all {COUNT} as web servers"));
    page.see(&format!("Finished: {COUNT} of {COUNT} issued, 0 refused."));
    let finished = page.wait_for("the end to be noted", || watch::noted(&browser, "finished").as_f64());
    let clicked = watch::noted(&browser, "clicked").as_f64().unwrap_or(f64::NAN);
    Run {
        read,
        worker: watch::jobs(&browser, issuing).iter().sum(),
        whole: finished - clicked,
        tasks_bringing: watch::long_tasks(&browser, bringing, brought),
        tasks_issuing: watch::long_tasks(&browser, clicked, finished + 500.0),
    }
}

fn make_vault(browser: &Browser) {
    browser.click_link("Vault");
    browser.fill("Passphrase", "four or five random words");
    browser.fill("Passphrase again", "four or five random words");
    browser.click_button("Make the vault");
    browser.patient(PATIENCE).see("Vault open");
}

fn make_authority(browser: &Browser, kind: &str) {
    browser.click_link("Authorities");
    browser.click_link("Make an authority");
    browser.fill("Name of the authority (CN)", "Bench Root");
    browser.click_button("Next");
    browser.choose("Kind of key", kind);
    browser.click_button("Next");
    browser.click_button("Next");
    browser.tick("I have read this", true);
    browser.click_button("Make the authority");
    browser.patient(PATIENCE).see("Pending requests: 0");
}
