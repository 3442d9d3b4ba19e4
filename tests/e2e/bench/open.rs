//! Ten thousand certificates brought at once, searched, and looked at one by one; and a revocation list of 5 MB.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use certwright_e2e::{Browser, work_folder};
use certwright_pki::armor;
use serde_json::json;

use crate::median::median;
use crate::{certificates, watch};

const COUNT: usize = 10_000;
const LIST_OCTETS: usize = 5_000_000;
/// Longer than any step should take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);
const QUERIES: [&str; 6] = ["host00", "host09", "host091 www", "", "no such thing", "ecdsa ca"];

/// What one run came to.
struct Run {
    /// Milliseconds of all reading jobs, one after the other, with nobody else at work.
    worker: Vec<f64>,
    /// Milliseconds from the drop until all are listed.
    listed: f64,
    tasks: Vec<f64>,
    /// Milliseconds of each search.
    searches: Vec<f64>,
    searching: Vec<f64>,
}

/// Measures and prints.
pub fn measure(url: &str, rounds: usize) {
    let folder = work_folder("certificates");
    let ders = certificates::servers(COUNT);
    let hosts = folder.join("hosts");
    if let Err(error) = fs::create_dir_all(&hosts) {
        panic!("could not make {}: {error}", hosts.display());
    }
    let files: Vec<PathBuf> = (0..COUNT).map(|number| hosts.join(format!("host{number:05}.cer"))).collect();
    files.iter().zip(&ders).for_each(|(file, der)| write(file, der));
    let bundle = folder.join("bundle.pem");
    write(&bundle, ders.iter().map(|der| armor::encode("CERTIFICATE", der)).collect::<String>().as_bytes());

    println!(
        "| {COUNT} certificates, on average {} octets | in the worker | drop to all listed | tasks on the page's thread meanwhile | a search, median and slowest | tasks while searching |",
        ders.iter().map(Vec::len).sum::<usize>() / COUNT
    );
    println!("|---|---|---|---|---|---|");
    let ways = [
        ("dropped as one PEM file", std::slice::from_ref(&bundle)),
        ("as a folder of files", std::slice::from_ref(&hosts)),
        ("as files, each by itself", files.as_slice()),
    ];
    for (name, dropped) in ways {
        let runs: Vec<Run> = (0..rounds).map(|_| run(url, dropped)).collect();
        let all =
            |of: fn(&Run) -> &Vec<f64>| runs.iter().flat_map(|run| of(run).clone()).collect::<Vec<f64>>();
        let searches = all(|run| &run.searches);
        println!(
            "| {name} | **{:.0} certificates/s** | {:.2} s | {} | {:.0} and {:.0} ms | {} |",
            COUNT as f64 * 1_000.0 / median(&all(|run| &run.worker)),
            median(&runs.iter().map(|run| run.listed).collect::<Vec<_>>()) / 1_000.0,
            watch::said(&all(|run| &run.tasks)),
            median(&searches),
            searches.iter().copied().fold(0.0, f64::max),
            watch::said(&all(|run| &run.searching)),
        );
    }
    one_certificate(url, &files[..2]);
    one_list(url, &folder.join("large.crl"));
}

fn run(url: &str, files: &[PathBuf]) -> Run {
    let browser = watch::open(url);
    browser.patient(PATIENCE).open(&format!("{url}#/opened"));
    let began = watch::now(&browser);
    let listed = drop_and_wait(&browser, files, &format!("{COUNT} in all"));
    let jobs = jobs_since(&browser, began);
    let tasks = watch::long_tasks(&browser, began, f64::MAX);

    let searching = watch::now(&browser);
    let searches = browser.execute_async(include_str!("search.js"), json!([QUERIES]));
    assert!(searches.is_array(), "the list can't be searched: {searches}");
    let searches = watch::numbers(&searches);
    let after = watch::now(&browser);
    Run {
        worker: again(&browser, &jobs, 3),
        listed: listed - began,
        tasks,
        searches,
        searching: watch::long_tasks(&browser, searching, after),
    }
}

/// A full description of one certificate, by kind of key.
fn one_certificate(url: &str, files: &[PathBuf]) {
    let browser = watch::open(url);
    let mut rates = Vec::new();
    for file in files {
        let began = watch::now(&browser);
        drop_files(&browser, std::slice::from_ref(file));
        browser.patient(PATIENCE).see("Subject");
        browser.patient(PATIENCE).wait_for("the description", || jobs_since(&browser, began).get(1).copied());
        let job = jobs_since(&browser, began)[1];
        rates.push(1_000.0 / median(&again(&browser, &[job], 300)));
    }
    let said: Vec<String> = rates.iter().map(|rate| format!("**{rate:.0}**")).collect();
    println!(
        "\nFull descriptions of one certificate, all fields in words, in the worker: {} a second.\n",
        said.join(" and ")
    );
}

/// A long revocation list: read, described, and down to its octets.
fn one_list(url: &str, file: &Path) {
    let der = certificates::revocation_list(LIST_OCTETS);
    write(file, &der);
    let browser = watch::open(url);
    let began = watch::now(&browser);
    drop_files(&browser, &[file.to_owned()]);
    let shown = wait_for(&browser, "main h1", "Revocation list");
    browser.patient(PATIENCE).wait_for("the description", || jobs_since(&browser, began).get(1).copied());
    let jobs = jobs_since(&browser, began);
    let mut taken = Vec::new();
    for job in &jobs[..2] {
        taken.push(median(&again(&browser, &[*job], 3)));
    }
    let tasks = watch::long_tasks(&browser, began, shown + 2_000.0);
    println!(
        "A revocation list of {:.1} MB: read in the worker in {:.0} ms, described in {:.0} ms; drop to page {:.0} ms; tasks on the page's thread: {}.",
        der.len() as f64 / 1e6,
        taken[0],
        taken[1],
        shown - began,
        watch::said(&tasks)
    );
    let bytes = watch::now(&browser);
    browser.click_link("Bytes");
    let opened = wait_for(&browser, "main .outline", "");
    std::thread::sleep(Duration::from_secs(2));
    let tasks = watch::long_tasks(&browser, bytes, f64::MAX);
    println!(
        "Its octets and their tree: shown after {:.0} ms; tasks on the page's thread: {}.\n",
        opened - bytes,
        watch::said(&tasks)
    );
}

fn write(file: &Path, contents: &[u8]) {
    if let Err(error) = fs::write(file, contents) {
        panic!("could not write {}: {error}", file.display());
    }
}

/// Drops files as the system's own window does; gives the page's time at which it says so many.
fn drop_and_wait(browser: &Browser, files: &[PathBuf], wanted: &str) -> f64 {
    drop_files(browser, files);
    wait_for(browser, "[aria-labelledby=found-title] p[role=status]", wanted)
}

fn drop_files(browser: &Browser, files: &[PathBuf]) {
    let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        browser
            .devtools("Input.dispatchDragEvent", json!({ "type": kind, "x": 600, "y": 300, "data": data }));
    }
}

/// The page's time at which a part of it holds these words. Looks at that part only: to read the whole page's text
/// takes a long page longer than what is measured.
fn wait_for(browser: &Browser, selector: &str, words: &str) -> f64 {
    let script = "const [selector, words, done] = arguments; \
        const look = setInterval(() => { \
          const part = document.querySelector(selector); \
          if (part && part.textContent.includes(words)) { clearInterval(look); done(performance.now()); } \
        }, 5)";
    let at = browser.execute_async(script, json!([selector, words]));
    at.as_f64().unwrap_or_else(|| panic!("{selector} never says {words:?}: {at}"))
}

/// The places in the page's notes of the jobs since then that have ended.
fn jobs_since(browser: &Browser, since: f64) -> Vec<f64> {
    let script = "return noted.jobs.map((job, at) => [job, at]).filter(([job]) => job.sent >= arguments[0] && job.ended).map(([, at]) => at)";
    watch::numbers(&browser.execute(script, json!([since])))
}

/// Milliseconds of these jobs together, round by round.
fn again(browser: &Browser, jobs: &[f64], rounds: usize) -> Vec<f64> {
    let jobs: Vec<u64> = jobs.iter().map(|job| *job as u64).collect();
    let taken = browser.execute_async(include_str!("again.js"), json!([jobs, rounds]));
    assert!(taken.is_array(), "the jobs could not be run again: {taken}");
    watch::numbers(&taken)
}
