//! The loader of both editions in a real browser: it starts, keeps the page's policy, and says in words why it could not.

use std::time::Duration;

use certwright_e2e::{Browser, Page, Proxy, StaticSite, file_url, page_folder, single_file};
use serde_json::json;

/// Promised: a readable message comes within this time.
const SOON: Duration = Duration::from_secs(5);
const NOTHING: [&str; 0] = [];

#[test]
fn the_hosted_page_starts_and_asks_only_its_own_site() {
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    browser.open(&site.url());
    wait_until_mounted(&browser);
    run_a_worker(&browser);
    assert_eq!(browser.console_errors(), NOTHING);
    let requests = browser.close();
    let elsewhere: Vec<_> = requests
        .iter()
        .filter(|address| !address.starts_with(&site.url()) && !address.starts_with("blob:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn the_page_built_into_the_companion_starts_under_its_headers() {
    let proxy = Proxy::start();
    let browser = Browser::start();
    browser.open(proxy.url());
    wait_until_mounted(&browser);
    run_a_worker(&browser);
    assert_eq!(browser.console_errors(), NOTHING);
    let origin = proxy.url().split('#').next().unwrap_or_default().to_owned();
    let requests = browser.close();
    let elsewhere =
        requests.iter().find(|address| !address.starts_with(&origin) && !address.starts_with("blob:"));
    assert_eq!(elsewhere, None);
}

#[test]
fn the_single_file_starts_without_any_network() {
    let browser = Browser::start();
    browser.set_offline(true);
    browser.open(&file_url(&single_file()));
    wait_until_mounted(&browser);
    run_a_worker(&browser);
    assert_eq!(browser.console_errors(), NOTHING);
    let fetched = "const [done] = arguments; \
        fetch('http://127.0.0.1:9/').then(() => done('let through'), () => done('refused'))";
    assert_eq!(browser.execute_async(fetched, json!([])), "refused");
    let refusals = browser.console_errors().join(" ");
    assert!(refusals.contains("connect-src 'none'"), "{refusals}");
    let requests = browser.close();
    let network = requests.iter().find(|address| address.starts_with("http"));
    assert_eq!(network, None);
}

#[test]
fn only_the_worker_may_become_a_script_address() {
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    browser.open(&site.url());
    wait_until_mounted(&browser);
    for attempt in [
        "new Worker('./other.js')",
        "trustedTypes.createPolicy('certwright', { createScriptURL: (url) => url })",
        "document.body.innerHTML = '<b>markup</b>'",
        "window.certwrightSpawnWorker = () => null",
    ] {
        let script =
            format!("'use strict'; try {{ {attempt}; return 'done' }} catch (e) {{ return 'refused' }}");
        assert_eq!(browser.execute(&script, json!([])), "refused", "{attempt}");
    }
}

#[test]
fn a_page_that_cannot_start_says_why_within_five_seconds() {
    let without_wasm = "delete globalThis.WebAssembly";
    let too_old = "WebAssembly.validate = () => false";
    for (hindrance, words) in
        [(without_wasm, "WebAssembly is switched off or missing"), (too_old, "This browser is too old")]
    {
        let site = StaticSite::of_folder(&page_folder());
        for address in [site.url(), file_url(&single_file())] {
            let browser = Browser::start();
            let source = json!({ "source": hindrance });
            browser.devtools("Page.addScriptToEvaluateOnNewDocument", source);
            browser.open(&address);
            browser.patient(SOON).see(words);
        }
    }
}

#[test]
fn a_program_that_is_missing_or_was_changed_is_not_started() {
    let lost = StaticSite::of_folder_with(&page_folder(), |files| {
        files.retain(|name, _| !name.ends_with(".wasm"));
    });
    let changed = StaticSite::of_folder_with(&page_folder(), |files| {
        let wasm = files.iter_mut().find(|(name, _)| name.ends_with(".wasm"));
        if let Some((_, contents)) = wasm {
            contents.push(0);
        }
    });
    for site in [lost, changed] {
        let browser = Browser::start();
        browser.open(&site.url());
        browser.patient(SOON).see("The program could not be loaded");
        assert!(!browser.console_errors().is_empty());
    }
}

#[test]
fn without_scripts_the_page_says_what_it_needs() {
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    let off = json!({ "value": true });
    browser.devtools("Emulation.setScriptExecutionDisabled", off);
    browser.open(&site.url());
    browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
    browser.see("it needs JavaScript and WebAssembly");
}

fn wait_until_mounted(page: &Page) {
    page.wait_for("the program to replace the loader's text", || {
        let loading = "return !window.certwrightSpawnWorker || !!document.getElementById('boot')";
        (page.execute(loading, json!([])) == json!(false)).then_some(())
    });
}

/// Starts a worker beside the page; the program in it says first of all that it is ready.
fn run_a_worker(page: &Page) {
    let script = "const done = arguments[arguments.length - 1]; \
        const worker = certwrightSpawnWorker(); \
        worker.onerror = (event) => done('failed: ' + event.message); \
        worker.onmessage = () => { worker.terminate(); done('ready'); }";
    assert_eq!(page.execute_async(script, json!([])), "ready");
}
