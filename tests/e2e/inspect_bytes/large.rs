//! A revocation list with 150,000 entries: opened, read, and walked through without a task that a person would feel.

use std::cell::Cell;

use certwright_e2e::journey::go_to;
use certwright_e2e::{Page, Workshop};
use serde_json::json;

use super::octets::expect_cursor_in_view;

/// Walks through the list; gives the longest task of the page's thread.
pub fn walk(page: &Page, shop: &Workshop, pictures: bool) -> f64 {
    let size = shop.read("large.crl").len();
    assert!(size > 5_000_000, "{size}");
    go_to(page, "Desk");
    let longest = Cell::new(0.0_f64);
    let quick = |what: &str, act: &dyn Fn()| {
        let since = page.clock();
        act();
        let task = page.longest_task(since);
        println!("{what}: longest task {task:.0} ms");
        longest.set(longest.get().max(task));
    };
    let look_over = |name: &str| {
        if pictures {
            page.look_over(name);
        }
    };
    quick("opened", &|| {
        page.upload("Choose a file", &[&shop.path("large.crl")]);
        drawn(page, "document.title.startsWith('Opened object')");
        drawn(page, "document.querySelector('main .facts, main dl')");
    });
    page.see("150000");
    look_over("large-summary");
    quick("its fields", &|| {
        page.click_link("Fields");
        drawn(page, "document.querySelector('.fields section')");
    });
    page.see("they are among the bytes");
    quick("its octets", &|| {
        page.click_link("Bytes");
        drawn(page, "document.querySelector('.outline .element') && document.querySelector('.hex b')");
    });
    quick("its end", &|| {
        page.press_tab_until("Octets; the arrow keys move the cursor");
        page.press("End");
        drawn(page, &format!("document.querySelector(\".hex b[data-at='{}']\")", size - 1));
    });
    expect_cursor_in_view(page);
    look_over("large-bytes");
    quick("the middle of it", &|| {
        page.press("Home");
        for _ in 0..8 {
            page.press("PageDown");
        }
        drawn(page, "document.querySelector('.hex b[data-at=\"2048\"][data-cursor]')");
    });
    expect_cursor_in_view(page);
    page.see("Revoked certificates");
    longest.get()
}

/// Waits for something by a look that costs the page nothing; reading all of its text would be a task of its own.
#[track_caller]
fn drawn(page: &Page, condition: &str) {
    let script = format!("return !!({condition})");
    page.wait_for(condition, || (page.execute(&script, json!([])) == json!(true)).then_some(()));
}
