//! The WebDriver client against a page of its own, so that a journey's failure is never the client's.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::time::Duration;

use certwright_e2e::{Browser, StaticSite, work_folder};
use serde_json::json;

const PAGE: &str = include_str!("client.html");

#[test]
fn things_are_found_by_label_and_operated_like_a_person_does() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    assert_eq!(browser.title(), "Client");

    browser.fill("Common name", "old");
    browser.fill("Common name", "mail.example.org");
    assert_eq!(browser.value_of("Common name"), "mail.example.org");
    let pem = "-----BEGIN-----\nQUJD\n".repeat(20);
    browser.fill("Certificate text", &pem);
    browser.see(&format!("{} characters", pem.len()));
    browser.fill("Not before", "2030-01-02");
    assert_eq!(browser.value_of("Not before"), "2030-01-02");

    browser.choose("Algorithm", "ECDSA P-256");
    browser.choose("Format", "DER");
    browser.tick("Include the chain", true);
    browser.tick("Include the chain", true);
    browser.click_button("Make request");
    browser.see("made mail.example.org with ECDSA P-256 as der and chain");

    browser.within("Second card").click_button("Remove");
    browser.see("removed the second");
    browser.see_no("Second card");
    browser.within("Dangerous").click_button("Cancel");
    browser.see("cancelled");
    assert!(!browser.shows("made nothing"));
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn files_go_in_and_out() {
    let site = StaticSite::of_document(PAGE);
    let folder = work_folder("client");
    let path = folder.join("server cert.pem");
    fs::write(&path, "hello").unwrap();
    let browser = Browser::start();
    browser.open(&site.url());
    browser.upload("Open a file", &[&path]);
    browser.see("opened server cert.pem: hello");
    browser.drop_files("#files", &[("a.der", b"\x30\x03"), ("b.der", b"")]);
    browser.see("dropped a.der 2, b.der 0");
    browser.fill("Common name", "x");
    browser.paste(" pasted");
    assert_eq!(browser.value_of("Common name"), "x pasted");
    browser.click_link("Save");
    assert_eq!(browser.downloaded("saved.txt"), b"saved bytes");
    assert_eq!(browser.downloads(), ["saved.txt"]);
}

#[test]
fn the_keyboard_reaches_what_the_mouse_reaches() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    let stops = browser.press_tab_until("Make request");
    assert!(stops > 3, "{stops}");
    assert_eq!(browser.focused_role(), "button");
    browser.press("Shift+Tab");
    assert_eq!(browser.focused_name(), "Include the chain");
    browser.press("Space");
    browser.press_tab_until("Make request");
    browser.press("Enter");
    browser.see("and chain");
    browser.press("Control+k");
    browser.type_text("found");
    assert_eq!(browser.value_of("Common name"), "found");
}

#[test]
fn requests_and_console_errors_are_recorded() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    let missing = format!("{}missing.json", site.url());
    let from_worker = format!("{}from-worker.json", site.url());
    browser.execute("fetch(arguments[0])", json!([missing]));
    let in_a_worker = "const [address, done] = arguments; \
        const source = `fetch('${address}').then(() => postMessage('fetched'))`; \
        const worker = new Worker(URL.createObjectURL(new Blob([source]))); \
        worker.onmessage = (event) => done(event.data)";
    assert_eq!(browser.execute_async(in_a_worker, json!([from_worker])), "fetched");
    browser.wait_for("the request", || browser.requests().contains(&missing).then_some(()));
    browser.wait_for("the error", || {
        let errors = browser.console_errors();
        errors.iter().any(|error| error.contains("missing.json")).then_some(())
    });
    assert_eq!(browser.requests()[0], site.url());
    let all = browser.close();
    for address in [&site.url(), &missing, &from_worker] {
        assert!(all.contains(address), "{address} is not in {all:?}");
    }
    let elsewhere =
        all.iter().find(|address| address.starts_with("http") && !address.starts_with(&site.url()));
    assert_eq!(elsewhere, None);
}

#[test]
fn what_was_stored_outlives_a_kill_and_a_tab() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    let first = browser.tab();
    browser.new_tab();
    browser.open(&site.url());
    assert_eq!(browser.tabs().len(), 2);
    let write = "const [done] = arguments; \
        const open = indexedDB.open('kept', 1); \
        open.onupgradeneeded = () => open.result.createObjectStore('things'); \
        open.onsuccess = () => { \
          const write = open.result.transaction('things', 'readwrite', { durability: 'strict' }); \
          write.objectStore('things').put('still here', 'a'); \
          write.oncomplete = () => done('written'); \
        }";
    assert_eq!(browser.execute_async(write, json!([])), "written");
    browser.close_tab();
    assert_eq!(browser.tab(), first);
    let profile = browser.kill();

    let browser = Browser::on_profile(&profile);
    browser.open(&site.url());
    let read = "const [done] = arguments; \
        const open = indexedDB.open('kept', 1); \
        open.onsuccess = () => { \
          const read = open.result.transaction('things').objectStore('things').get('a'); \
          read.onsuccess = () => done(read.result); \
        }";
    assert_eq!(browser.execute_async(read, json!([])), "still here");
}

#[test]
fn a_page_without_network_says_so_and_a_picture_can_be_taken() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    browser.set_offline(true);
    let fetched = "const [done] = arguments; fetch('.').then(() => done('online'), () => done('offline'))";
    assert_eq!(browser.execute_async(fetched, json!([])), "offline");
    browser.set_offline(false);
    assert_eq!(browser.execute_async(fetched, json!([])), "online");
    browser.set_window(400, 800);
    let picture = fs::read(browser.screenshot("client")).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
}

#[test]
fn axe_names_the_broken_rule_and_the_element() {
    let site = StaticSite::of_document(PAGE);
    let browser = Browser::start();
    browser.open(&site.url());
    browser.expect_accessible();
    browser.execute("document.querySelector('label[for=name]').remove()", json!([]));
    let found = browser.axe();
    let label = found.iter().find(|violation| violation.rule == "label").unwrap();
    assert_eq!(label.impact, "critical");
    assert!(label.targets[0].contains("#name"), "{:?}", label.targets);
}

#[test]
#[should_panic(expected = "no button is called \"Nowhere\"")]
fn a_wait_in_vain_tells_what_is_there() {
    let site = StaticSite::of_document("<!doctype html><html lang=en><title>t</title><p>little");
    let browser = Browser::start();
    browser.open(&site.url());
    browser.patient(Duration::from_millis(300)).click_button("Nowhere");
}
