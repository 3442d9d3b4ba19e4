//! The browser is killed right after a write was acknowledged, again and again; a list outside of it keeps count.

use certwright_e2e::journey::{go_to, make_authority, make_request, make_store, make_vault, unlock};
use certwright_e2e::{Browser, Page, Proxy};

use super::{AUTHORITY, NOTHING, PASSPHRASE, SMALL};

/// Unless `CERTWRIGHT_SOAK_KILLS` says otherwise.
const TIMES: usize = 20;

#[test]
fn what_was_acknowledged_outlives_every_kill() {
    let times =
        std::env::var("CERTWRIGHT_SOAK_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(TIMES);
    // The same origin for all browsers.
    let proxy = Proxy::start();
    let browser = Browser::start();
    browser.open(proxy.url());
    make_vault(&browser, PASSPHRASE);
    make_authority(&browser, AUTHORITY, SMALL, 10);
    let mut profile = browser.kill();
    let mut acknowledged = Acknowledged::default();
    for number in 1..=times {
        let browser = Browser::on_profile(&profile);
        browser.open(proxy.url());
        unlock(&browser, PASSPHRASE);
        acknowledged.expect_all(&browser);
        acknowledged.write(&browser, number);
        profile = browser.kill();
    }
    let browser = Browser::on_profile(&profile);
    browser.open(proxy.url());
    unlock(&browser, PASSPHRASE);
    acknowledged.expect_all(&browser);
    assert_eq!(acknowledged.stores.len() + acknowledged.requests.len(), times);
    go_to(&browser, "Vault");
    let keys = browser.within("Private keys").shown();
    assert_eq!(keys.matches("Key of ").count(), 1 + acknowledged.requests.len(), "{keys}");
    assert_eq!(browser.console_errors(), NOTHING);
}

/// What the page has said to be done.
#[derive(Default)]
struct Acknowledged {
    stores: Vec<String>,
    requests: Vec<String>,
}

impl Acknowledged {
    /// Makes a store or, every other time, a request with its key; returns when the page says that it is done.
    fn write(&mut self, page: &Page, number: usize) {
        if number.is_multiple_of(2) {
            let name = format!("request-{number:03}.example.org");
            make_request(page, &name, SMALL);
            self.requests.push(name);
        } else {
            let name = format!("store-{number:03}");
            make_store(page, &name);
            self.stores.push(name);
        }
    }

    fn expect_all(&self, page: &Page) {
        page.see("Vault open");
        for (section, names) in [("Trust stores", &self.stores), ("Requests", &self.requests)] {
            go_to(page, section);
            // Long lists are shown by the hundred.
            while page.try_click_button("more of") {}
            let shown = page.within("main").shown();
            let lost: Vec<_> = names.iter().filter(|name| !shown.contains(name.as_str())).collect();
            assert!(lost.is_empty(), "{lost:?} were acknowledged and are gone:\n{shown}");
        }
        go_to(page, "Vault");
        assert!(!page.shows("The vault is not whole"), "{}", page.shown());
        assert!(!page.shows("can't be opened"), "{}", page.shown());
    }
}
