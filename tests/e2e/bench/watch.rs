//! A browser whose page is watched from its first script on, and what was seen.

use certwright_e2e::{Browser, Page};
use serde_json::{Value, json};
use std::time::Duration;

/// Opens the page in a fresh browser and waits until it can be used.
pub fn open(url: &str) -> Browser {
    let browser = Browser::start();
    let source = json!({ "source": include_str!("watch.js") });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", source);
    browser.open(url);
    browser
        .patient(Duration::from_secs(60))
        .wait_for("a button of the desk", || noted(&browser, "usable").as_f64());
    browser
}

/// One of the things that were noted.
pub fn noted(page: &Page, what: &str) -> Value {
    page.execute("return window.noted[arguments[0]]", json!([what]))
}

/// Milliseconds that each job took since `since`, from being sent to the worker to its answer.
pub fn jobs(page: &Page, since: f64) -> Vec<f64> {
    let script =
        "return noted.jobs.filter((j) => j.sent >= arguments[0] && j.ended).map((j) => j.ended - j.sent)";
    numbers(&page.execute(script, json!([since])))
}

/// The page's clock.
pub fn now(page: &Page) -> f64 {
    page.execute("return performance.now()", json!([])).as_f64().unwrap_or(f64::NAN)
}

/// Milliseconds of each task over 50 ms that began between two moments.
pub fn long_tasks(page: &Page, from: f64, to: f64) -> Vec<f64> {
    let script = "return noted.tasks.filter(([at]) => at >= arguments[0] && at <= arguments[1]).map(([, took]) => took)";
    numbers(&page.execute(script, json!([from, to])))
}

/// Milliseconds of each task over 50 ms that began while a job ran, or while its answer was dealt with.
pub fn long_tasks_beside_jobs(page: &Page) -> Vec<f64> {
    let script = "return noted.tasks.filter(([at]) => noted.jobs.some((j) => at >= j.sent && at <= (j.ended ?? at) + 200)) \
        .map(([, took]) => took)";
    numbers(&page.execute(script, json!([])))
}

/// A script's list of numbers.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// Long tasks in words.
pub fn said(tasks: &[f64]) -> String {
    match tasks.iter().copied().reduce(f64::max) {
        None => "none over 50 ms".to_owned(),
        Some(longest) => format!("**{} over 50 ms, the longest {longest:.0} ms**", tasks.len()),
    }
}
