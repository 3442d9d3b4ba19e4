//! One file after another: each finds what has the same key, and says what is still missing.

use certwright_e2e::{Page, Workshop};

use super::SERVER;

pub fn bring_one_by_one(page: &Page, shop: &Workshop) {
    let bring = |name: &str| {
        page.drop_files("body", &[(name, &shop.read(name))]);
        page.see("1 object found.");
        page.within("Where it was found").see(name);
        page.click_button("Dismiss");
    };
    let together = page.within("What belongs together");
    bring("server.key");
    page.see("Whoever has it can act as the server");
    together.see("Missing: The certificate. Hand the request to an authority");
    page.look_over("match-key");

    bring("server.csr");
    together.see("server.key");
    together.see("Missing: The certificate. Hand the request to an authority");

    bring("server.pem");
    for row in [
        format!("Certificate {SERVER} · server.pem (this one)"),
        format!("Certificate request {SERVER} · server.csr"),
        "Private key Private key (ECDSA P-256) · server.key".to_owned(),
    ] {
        together.see(&row);
    }
    together.see("Missing: The certificate of its issuer, Matching Authority.");
    page.see("It belongs to the request in server.csr: same key.");
    page.look_over("match-certificate");

    bring("middle.pem");
    let bonds = page.within("Who signed it, and what it signed");
    bonds.see(&format!("Has signed {SERVER} the signature verifies"));
    together.see("Missing: The certificate of its issuer, Matching Root.");
    bring("root.pem");
    bonds.see("Has signed Matching Authority the signature verifies");
    bonds.click_link("Matching Authority");
    bonds.see("Signed by Matching Root the signature verifies");
    bonds.click_link(SERVER);
    bonds.see("Signed by Matching Authority the signature verifies");
    together.see_no("Missing");
    page.look_over("match-whole");
}

/// Another request for the same name, with a key of its own, is told apart.
pub fn two_requests_for_one_name(page: &Page, shop: &Workshop) {
    page.drop_files("body", &[("other.csr", &shop.read("other.csr"))]);
    page.within("Where it was found").see("other.csr");
    page.click_link("Opened files");
    page.see("4 in all");
    page.fill("Search", "server.pem");
    page.click_link(SERVER);
    page.see("It belongs to the request in server.csr, not to the request in other.csr.");
    page.click_link("Opened files");
    page.fill("Search", "");
}
