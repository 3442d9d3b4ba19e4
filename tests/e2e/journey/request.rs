//! Making a server's request.

use std::path::Path;

use super::{Key, go_to};
use crate::Page;

/// Makes a request for a name and waits for its page.
#[track_caller]
pub fn make_request(page: &Page, name: &str, key: Key) {
    go_to(page, "Requests");
    page.click_link("Make a request");
    page.fill("Name clients will type", name);
    page.choose("Kind of key", key.0);
    page.click_button("Make the request");
    page.see(&format!("The request for {name} is ready."));
}

/// Brings a request as a file and hands it to an authority.
#[track_caller]
pub fn bring_request(page: &Page, file: &Path, authority: &str) {
    go_to(page, "Requests");
    page.click_link("Bring a request");
    page.upload("Choose a file", &[file]);
    page.see("Signature verifies");
    page.click_button(&format!("Hand it to {authority}"));
    page.see(&format!("It is pending with {authority}"));
}
