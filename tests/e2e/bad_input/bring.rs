//! What is brought by mistake: it is named, and what was there stays as it was.

use std::time::Duration;

use certwright_e2e::journey::{Holdings, go_to};
use certwright_e2e::{Page, Proxy};

use super::inputs::{Inputs, PFX_PASSWORD};
use super::{AUTHORITY, NOTHING, furnished};

/// The box for requests.
const BOX: &str = "Certificate request";

#[test]
fn a_mistake_in_the_request_box_is_named_and_costs_nothing() {
    let Some(inputs) = Inputs::begin() else { return };
    let proxy = Proxy::start();
    let browser = furnished(&proxy);
    let page = &browser;
    let before = Holdings::of(page);
    let request = inputs.request("second.example.org");
    let half: String = request.chars().take(request.len() / 2).collect();
    let tail: String = request.chars().skip(request.len() / 2).collect();
    let certificate = inputs.certificate();
    for (text, says) in [
        ("", "There is nothing in it."),
        ("  \n\t", "There is nothing in it."),
        (&half, "Part of it is missing."),
        (&half, "Copy it again as a whole, or send the file itself."),
        (&tail, "The beginning of the certificate request is missing."),
        ("just some words", "Nothing in it looks like a certificate, a request or a key."),
        (&certificate, "This is a certificate, not a request."),
    ] {
        paste(page, text);
        page.within("main").see(says);
        page.see_no(&format!("Hand it to {AUTHORITY}"));
        assert!(!page.shows("Keep without handing in"), "{says}");
        assert_eq!(page.value_of(BOX), text, "what was pasted is still there to be corrected");
        assert_eq!(Holdings::of(page), before, "{says}");
    }
    a_private_key_is_refused_loudly(page, &inputs, &before);
    a_broken_signature_is_refused(page, &inputs, &before);
    noise_is_refused(page, &inputs, &before);
    // After all that, the right thing still works.
    paste(page, &request);
    page.see("Signature verifies");
    page.click_button(&format!("Hand it to {AUTHORITY}"));
    page.see(&format!("It is pending with {AUTHORITY}"));
    assert_eq!(page.console_errors(), NOTHING);
}

fn a_private_key_is_refused_loudly(page: &Page, inputs: &Inputs, before: &Holdings) {
    inputs.request("leaked.example.org");
    let key = inputs.key();
    paste(page, &key);
    page.within("main").see("Stop: this is a private key.");
    page.see("It was not kept, and it has not left this page.");
    page.look_over("request-box-private-key");
    page.wait_for("the box to be emptied", || page.value_of(BOX).is_empty().then_some(()));
    assert!(!page.shows("Hand it to"));
    assert_eq!(&Holdings::of(page), before);
    let secret: String = key.lines().nth(1).unwrap_or_default().chars().take(40).collect();
    assert_eq!(secret.len(), 40);
    open_box(page);
    let document = page.execute("return document.documentElement.outerHTML", serde_json::json!([]));
    assert!(!document.to_string().contains(&secret), "the key is still in the page");
}

fn a_broken_signature_is_refused(page: &Page, inputs: &Inputs, before: &Holdings) {
    open_box(page);
    page.upload("Choose a file", &[&inputs.broken_request()]);
    page.see("The request's own signature does not verify.");
    page.see("Broken signature");
    page.look_over("request-box-broken");
    assert!(!page.shows("Hand it to"));
    assert_eq!(&Holdings::of(page), before);
}

/// Fifty megabytes are not even read, twenty are; what lay in the tray before stays in both cases' turn.
fn noise_is_refused(page: &Page, inputs: &Inputs, before: &Holdings) {
    open_box(page);
    page.drop_files(".bring", &[("good.pem", inputs.request("third.example.org").as_bytes())]);
    page.see("good.pem: 1 request");
    page.upload("Choose a file", &[&inputs.noise(50)]);
    page.see("noise-50.bin is too large: 50 MB.");
    page.see("It was not read.");
    page.see("good.pem: 1 request");
    page.look_over("request-box-too-large");
    page.upload("Choose a file", &[&inputs.noise(20)]);
    let patient = page.patient(Duration::from_secs(60));
    patient.see("Nothing in it looks like a certificate, a request or a key.");
    page.see("noise-20.bin: nothing that Certwright knows");
    assert_eq!(&Holdings::of(page), before);
}

#[test]
fn a_wrong_password_costs_nothing_and_the_right_one_opens() {
    let Some(inputs) = Inputs::begin() else { return };
    let proxy = Proxy::start();
    let browser = furnished(&proxy);
    let page = &browser;
    let before = Holdings::of(page);
    let pfx = inputs.pfx();
    go_to(page, "Desk");
    page.upload("Choose a file", &[&pfx]);
    page.see("It asks for a password");
    page.within("Where it was found").see("other.pfx");
    page.fill("Password of the file", "wrong");
    page.click_button("Open it");
    page.see("The password does not open the file.");
    page.look_over("object-wrong-password");
    assert_eq!(Holdings::of(page), before);
    go_to(page, "Desk");
    page.click_link("1 object was opened before");
    page.see("1 PKCS#12 file.");
    page.click_link("Give the password of other.pfx");
    page.fill("Password of the file", PFX_PASSWORD);
    page.click_button("Open it");
    page.see("other.pfx is open: 2 objects found.");
    page.see("1 certificate, 1 private key, 1 PKCS#12 file.");
    page.see_no("The password does not open the file.");
    assert_eq!(page.title(), "Opened files · Certwright");
    page.look_over("opened-pfx");
    assert_eq!(Holdings::of(page), before, "nothing is kept before it is asked for");
    go_to(page, "Desk");
    page.click_link("3 objects were opened before");
    page.click_button("Keep all on the desk");
    page.see("Kept: 2 objects.");
    let after = Holdings::of(page);
    assert!(after.lists[1].contains("other.example.org"), "{after:?}");
    assert!(after.lists[4].contains("Key from other.pfx"), "{after:?}");
    assert_eq!(after.lists[0], before.lists[0]);
    assert_eq!(page.console_errors(), NOTHING);
}

/// Opens the box for requests, empty.
fn open_box(page: &Page) {
    go_to(page, "Requests");
    page.click_link("Bring a request");
    page.see("Its private key stays where it is.");
}

fn paste(page: &Page, text: &str) {
    open_box(page);
    page.fill(BOX, text);
    page.click_button("Read the text");
}
