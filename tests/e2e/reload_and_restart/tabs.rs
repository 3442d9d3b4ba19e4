//! Two tabs: one writes, the other follows, they take turns, and no serial number comes twice.

use std::collections::BTreeSet;

use certwright_e2e::journey::{go_to, issue_here, make_authority, make_request, make_vault, unlock};
use certwright_e2e::{Browser, Page, Proxy};
use serde_json::json;

use super::{AUTHORITY, NOTHING, PASSPHRASE, SMALL};

/// Rounds in which both tabs go for the same request at the same moment.
const RACES: usize = 4;

#[test]
fn two_tabs_take_turns_and_never_use_a_serial_number_twice() {
    let proxy = Proxy::start();
    let browser = Browser::start();
    let page = &browser;
    page.open(proxy.url());
    make_vault(page, PASSPHRASE);
    make_authority(page, AUTHORITY, SMALL, 10);
    let first = page.tab();
    let second = page.new_tab();
    page.open(proxy.url());
    unlock(page, PASSPHRASE);
    page.see("Following another tab");
    page.look_over("following");
    expect_barred(page);
    page.click_button("Work in this tab");
    page.see("Vault open");
    page.see_no("Following another tab");

    for (turn, tab) in [&second, &first, &second, &first].into_iter().enumerate() {
        page.go_to_tab(tab);
        if turn > 0 {
            page.see("Following another tab");
            // What the other tab did is here already.
            go_to(page, "Certificates");
            page.see(&format!("turn{}.example.org", turn - 1));
            expect_barred(page);
            page.click_button("Work in this tab");
            page.see("Vault open");
        }
        make_request(page, &format!("turn{turn}.example.org"), SMALL);
        issue_here(page, AUTHORITY);
    }
    for round in 0..RACES {
        race(page, &first, &second, round);
    }
    for tab in [&first, &second] {
        page.go_to_tab(tab);
        expect_distinct_serial_numbers(page, 4 + RACES);
    }
    assert_eq!(page.console_errors(), NOTHING);
}

/// A tab that follows changes nothing, and says why.
fn expect_barred(page: &Page) {
    go_to(page, "Trust stores");
    page.fill("Name", "forbidden");
    page.click_button("Make the store");
    page.see("Another tab is working in this vault.");
    assert!(!page.within("main").shows("0 authorities"));
}

/// Both tabs have the same request's preview open; one issues while the other takes over and issues as well.
fn race(page: &Page, writer: &str, other: &str, round: usize) {
    let name = format!("race{round}.example.org");
    page.go_to_tab(writer);
    if page.shows("Following another tab") {
        page.click_button("Work in this tab");
        page.see("Vault open");
    }
    make_request(page, &name, SMALL);
    page.click_button(&format!("Hand it to {AUTHORITY}"));
    page.click_button("Look at what will be signed");
    page.see("Issue the certificate");
    let address = page.address();
    page.go_to_tab(other);
    page.see("Following another tab");
    go_to(page, "Requests");
    page.click_link(&name);
    page.click_button("Look at what will be signed");
    page.see("Issue the certificate");
    assert_eq!(page.address(), address, "both tabs are at the same request");

    let at = page.execute("return Date.now() + 1000", json!([])).as_u64().unwrap_or_default();
    click_at(page, at, &["Work in this tab", "Issue the certificate"]);
    page.go_to_tab(writer);
    // From round to round a little later: before, during and after the writing changes hands.
    click_at(page, at + 30 * round as u64, &["Issue the certificate"]);
    for tab in [writer, other] {
        page.go_to_tab(tab);
        page.wait_for("the race to end", || {
            let over = "return Date.now() > arguments[0] + 1000 && !window.racing";
            (page.execute(over, json!([at])) == json!(true)).then_some(())
        });
        go_to(page, "Certificates");
        page.see(&name);
        let shown = page.within("main").shown();
        let rows = shown.matches(&format!("DNS:{name}")).count();
        assert_eq!(rows, 1, "certificates for one request:\n{shown}");
    }
}

/// Has the tab click these buttons at a moment, for a while: each as soon as it is there and the one before
/// it is gone.
fn click_at(page: &Page, at: u64, names: &[&str]) {
    let script = "const [at, names] = arguments; \
        window.racing = true; \
        setTimeout(() => { \
          const left = [...names]; \
          const end = Date.now() + 2500; \
          let last = null; \
          const look = setInterval(() => { \
            const named = (name) => [...document.querySelectorAll('button')] \
              .find((button) => button.textContent.trim() === name && !button.disabled); \
            const button = named(last) ? null : named(left[0]); \
            if (button) { button.click(); last = left.shift(); } \
            if (!left.length || Date.now() > end) { clearInterval(look); window.racing = false; } \
          }, 5); \
        }, at - Date.now())";
    page.execute(script, json!([at, names]));
}

/// Reads the serial number of each certificate from its own page.
fn expect_distinct_serial_numbers(page: &Page, issued: usize) {
    let mut serials = BTreeSet::new();
    let mut count = 0;
    let turns = (0..4).map(|turn| format!("turn{turn}.example.org"));
    let names = turns.chain((0..RACES).map(|round| format!("race{round}.example.org")));
    for name in names.chain(["issued by itself".to_owned()]) {
        go_to(page, "Certificates");
        page.click_link(&name);
        let facts = page.within("What it says").shown();
        let serial = facts.split_once("Serial number ").map(|(_, rest)| rest);
        let serial = serial.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
        assert!(serial.len() >= 16, "{name}: {facts}");
        serials.insert(serial.to_owned());
        count += 1;
    }
    assert_eq!(count, issued + 1);
    assert_eq!(serials.len(), count, "{serials:?}");
}
