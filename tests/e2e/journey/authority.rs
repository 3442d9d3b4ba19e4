//! Making an authority with the wizard.

use super::go_to;
use crate::Page;

/// A kind of key, by the word on the page.
#[derive(Clone, Copy, Debug)]
pub struct Key(pub &'static str);

/// Makes a root authority and waits until it has passed its self-test.
#[track_caller]
pub fn make_authority(page: &Page, name: &str, key: Key, years: u32) {
    go_to(page, "Authorities");
    page.click_link("Make an authority");
    page.fill("Name of the authority (CN)", name);
    page.click_button("Next");
    page.choose("Kind of key", key.0);
    page.click_button("Next");
    page.fill("Valid for (years)", &years.to_string());
    page.click_button("Next");
    page.tick("I have read this", true);
    page.click_button("Make the authority");
    page.see(&format!("The authority {name} is ready."));
}
