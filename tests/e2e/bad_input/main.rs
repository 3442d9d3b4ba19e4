//! What goes wrong: each time a message that says so, and nothing lost of what was there before.

mod authority;
mod bring;
mod inputs;
mod probe;

use certwright_e2e::journey::{Key, make_authority, make_request, make_store, make_vault};
use certwright_e2e::{Browser, Proxy};

const PASSPHRASE: &str = "a passphrase for mistakes";
const AUTHORITY: &str = "Bad Input CA";
const NOTHING: [&str; 0] = [];
const SMALL: Key = Key("ECDSA P-256");

/// A browser with a vault, an authority that lives for a year, and a request of its own.
fn furnished(proxy: &Proxy) -> Browser {
    let browser = Browser::start();
    browser.open(proxy.url());
    make_vault(&browser, PASSPHRASE);
    make_authority(&browser, AUTHORITY, SMALL, 1);
    make_request(&browser, "first.example.org", SMALL);
    make_store(&browser, "cup-trust");
    browser
}
