//! What an authority must not sign, and certificates that went to the wrong request.

use certwright_e2e::journey::{Holdings, bring_request, go_to, make_request};
use certwright_e2e::{Page, Proxy};

use super::inputs::Inputs;
use super::{AUTHORITY, NOTHING, SMALL, furnished};

#[test]
fn an_authority_refuses_what_it_must_not_sign() {
    let Some(inputs) = Inputs::begin() else { return };
    let proxy = Proxy::start();
    let browser = furnished(&proxy);
    let page = &browser;
    the_authoritys_own_name_is_refused(page, &inputs);
    a_request_from_windows_is_accepted(page, &inputs);
    a_validity_past_the_authoritys_is_shortened_on_demand(page, &inputs);
    a_certificate_for_another_request_is_refused(page);
    a_large_key_can_be_cancelled(page);
    assert_eq!(page.console_errors(), NOTHING);
}

fn the_authoritys_own_name_is_refused(page: &Page, inputs: &Inputs) {
    let file = inputs.write("own-name.pem", inputs.request(AUTHORITY).as_bytes());
    bring_request(page, &file, AUTHORITY);
    page.fill("Valid for (days)", "90");
    page.click_button("Look at what will be signed");
    page.see(&format!("The request asks for the authority's own name, “{AUTHORITY}”."));
    page.see("no one could build its chain");
    assert!(!page.shows("Issue the certificate"));
    page.look_over("issue-own-name");
    page.click_button("Deny it");
    page.fill("Reason", "the name is mine");
    page.click_button("Deny the request");
    page.see("denied it on");
}

/// And its page is free of what was said about the request before.
fn a_request_from_windows_is_accepted(page: &Page, inputs: &Inputs) {
    bring_request(page, &inputs.windows_request("windows.example.org"), AUTHORITY);
    page.see("Names (SAN) DNS:windows.example.org");
    assert_eq!(page.value_of("Save as"), "certreq");
    assert!(!page.shows("The request asks for the authority's own name"), "said of another request");
}

/// The authority lives for a year, the proposal is thirteen months.
fn a_validity_past_the_authoritys_is_shortened_on_demand(page: &Page, inputs: &Inputs) {
    assert_eq!(page.value_of("Valid for (days)"), "397");
    page.click_button("Look at what will be signed");
    page.see("The certificate would outlive its authority");
    assert!(!page.shows("Issue the certificate"));
    page.look_over("issue-too-long");
    page.click_button("Let it end with the authority");
    page.see("Its validity was shortened to the authority’s own end.");
    page.click_button("Issue the certificate");
    page.see("The certificate is issued.");
    page.within("Take it along").click_button("Download");
    let leaf = inputs.write("leaf.pem", &page.take_download("cert.cer"));
    go_to(page, "Authorities");
    page.click_link(AUTHORITY);
    page.click_button("Download CA certificate");
    let root = inputs.write("root.pem", &page.take_download("certnew.cer"));
    let end = |file: &std::path::Path| {
        inputs.openssl(&["x509", "-in", &file.to_string_lossy(), "-noout", "-enddate"])
    };
    assert!(end(&leaf).starts_with("notAfter="));
    assert_eq!(end(&leaf), end(&root));
}

/// The certificate for one request is brought to another, and refused with the right one's name.
fn a_certificate_for_another_request_is_refused(page: &Page) {
    make_request(page, "second.example.org", SMALL);
    page.click_button(&format!("Hand it to {AUTHORITY}"));
    page.fill("Valid for (days)", "90");
    page.click_button("Look at what will be signed");
    page.click_button("Issue the certificate");
    page.see("The certificate is issued.");
    page.within("Take it along").click_button("Download");
    let certificate = String::from_utf8_lossy(&page.take_download("cert.cer")).into_owned();
    let before = Holdings::of(page);
    go_to(page, "Requests");
    page.click_link("first.example.org");
    page.fill("Certificate that came back", &certificate);
    page.click_button("Read the text");
    let part = page.within("Complete the request");
    part.see("second.example.org is not the answer to first.example.org.");
    part.see("It belongs to the request second.example.org of");
    part.see("Open the request second.example.org and complete that one.");
    page.look_over("completion-wrong");
    assert!(!page.shows("The certificate was matched"));
    assert_eq!(Holdings::of(page), before);
    go_to(page, "Requests");
    page.click_link("second.example.org");
    page.fill("Certificate that came back", &certificate);
    page.click_button("Read the text");
    page.see("The certificate was matched to this request’s key");
}

/// A key that is made faster than it can be cancelled is made again.
fn a_large_key_can_be_cancelled(page: &Page) {
    let mut before = Holdings::of(page);
    let tries = 6;
    for number in 1..=tries {
        let name = format!("slow{number}.example.org");
        go_to(page, "Requests");
        page.click_link("Make a request");
        page.fill("Name clients will type", &name);
        page.choose("Kind of key", "RSA 4096");
        page.click_button("Make the request");
        let cancelled = page.wait_for("a chance to cancel", || {
            let ready = format!("The request for {name} is ready.");
            page.try_click_button("Cancel").then_some(true).or(page.shows(&ready).then_some(false))
        });
        if !cancelled {
            before = Holdings::of(page);
            continue;
        }
        page.see("Cancelled. Nothing was changed by the step that was running.");
        page.see_no("Making the key and the request…");
        assert_eq!(page.value_of("Name clients will type"), name);
        assert_eq!(Holdings::of(page), before);
        make_request(page, "quick.example.org", SMALL);
        return;
    }
    panic!("in {tries} tries there was no time to cancel");
}
