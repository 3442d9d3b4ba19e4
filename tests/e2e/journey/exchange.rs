//! What comes after the certificate: whom a server trusts, and that the page called no one else.

use super::go_to;
use crate::Page;

/// Makes an empty trust store and stays on its page.
#[track_caller]
pub fn make_store(page: &Page, name: &str) {
    go_to(page, "Trust stores");
    page.fill("Name", name);
    page.click_button("Make the store");
    page.see(&format!("The trust store {name} is made."));
}

/// Fails unless every address lies below `origin`; what stays inside the browser is no address.
#[track_caller]
pub fn own_origin_only(requests: &[String], origin: &str) {
    let inside =
        |address: &&String| ["blob:", "data:", "about:"].iter().any(|scheme| address.starts_with(scheme));
    let elsewhere: Vec<_> =
        requests.iter().filter(|address| !address.starts_with(origin) && !inside(address)).collect();
    assert!(elsewhere.is_empty(), "the page called {elsewhere:?}");
    assert!(requests.iter().any(|address| address.starts_with(origin)), "no request was recorded");
}
