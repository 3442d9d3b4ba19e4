//! What was chosen, written in each form that the other machine may want.

use certwright_e2e::{Page, Workshop};

use super::{PASSWORD, SERVER};

const CONFIRM: &str = "Download the private key";

/// By keyboard alone: the server's line and those of the chain, and the form.
pub fn choose_the_chain(page: &Page) {
    page.see("4 in all");
    for line in ["Matching Authority", "Matching Root"] {
        page.tick_by_key(&format!("Choose {line}"));
    }
    // Two lines bear the server's name; the one that holds its key is meant.
    let line = page.within("Certificate · Certificate request · Private key");
    line.tick_by_key(&format!("Choose {SERVER}"));
    page.see("5 objects chosen");
    page.look_over("export-chosen");
    page.choose_by_key("Form", "PKCS#12 for current software");
    page.see("It can’t hold these, and leaves them out: 1 certificate request.");
}

/// Nothing leaves with an empty password, with two different ones, or without a yes to the question.
pub fn passwords_are_looked_at(page: &Page) {
    page.press_button_by_key("Download");
    page.see("This file holds a private key.");
    page.look_over("export-question");
    page.click_button("No, leave it here");
    page.see_no("This file holds a private key.");
    page.click_button("Download");
    page.click_button(CONFIRM);
    page.within("Write to a file").see("The password is empty.");
    page.fill("Password of the file", PASSWORD);
    page.see("The two are not the same yet");
    page.fill("Password again", "something else");
    page.see("The two are not the same yet");
    page.press_tab_until("File name, without its ending");
    page.look_over("export-differing");
    assert!(page.downloads().is_empty(), "{:?}", page.downloads());
    page.fill("Password again", PASSWORD);
    page.see_no("The two are not the same yet");
}

pub fn write_for_current_software(page: &Page, shop: &Workshop) {
    page.click_button("Download");
    page.press_tab_until(CONFIRM);
    page.press("Enter");
    take(page, shop, &format!("{SERVER}.p12"), "current.p12");
    let receipts = page.within("Written and read back");
    for line in ["Private key: ECDSA P-256", &format!("Certificate: {SERVER}"), "Certificate: Matching Root"]
    {
        receipts.see(line);
    }
    page.look_over("export-receipt");
}

pub fn write_for_windows(page: &Page, shop: &Workshop) {
    page.choose("Form", "PKCS#12 for Windows Server 2012 R2 or 2016");
    page.choose("Order of the certificates", "Leaf first, without the root");
    page.fill("Name of the key inside", "the mail server");
    page.click_button("Download");
    page.click_button(CONFIRM);
    take(page, shop, &format!("{SERVER}.pfx"), "windows.pfx");
}

/// CR LF, the leaf first, the key under a password.
pub fn write_as_text(page: &Page, shop: &Workshop) {
    page.choose("Form", "PEM (text)");
    page.choose("The private key", "PKCS#8 under a password");
    page.choose("Order of the certificates", "Leaf first, root last");
    page.tick("Line ends as on Windows (CR LF)", true);
    page.fill("File name, without its ending", "all of it");
    page.click_button("Download");
    page.click_button(CONFIRM);
    take(page, shop, "all-of-it.pem", "all.pem");
    page.choose("The private key", "PKCS#8, not protected");
    page.see_no("Password again");
    page.click_button("Download");
    page.see("It is not protected by a password: anybody who gets the file can use it.");
    page.look_over("export-bare-question");
    page.click_button("No, leave it here");
}

/// Only certificates: no question is asked, and each is a file of its own.
pub fn write_numbered(page: &Page, shop: &Workshop) {
    page.click_button("Choose none");
    for line in ["Matching Authority", "Matching Root"] {
        page.tick(&format!("Choose {line}"), true);
    }
    page.see("2 objects chosen");
    page.choose("Form", "PEM (text)");
    page.choose("Order of the certificates", "One file each, numbered for upload (root first)");
    page.fill("File name, without its ending", "upload");
    page.click_button("Download");
    take(page, shop, "upload-1-Matching-Root.pem", "first.pem");
    take(page, shop, "upload-2-Matching-Authority.pem", "second.pem");
}

/// Takes a download into the folder, and holds the page's receipt against it.
#[track_caller]
fn take(page: &Page, shop: &Workshop, downloaded: &str, name: &str) {
    let bytes = page.take_download(downloaded);
    shop.write(name, &bytes);
    let digest = shop.openssl(&["dgst", "-sha256", "-r", name]);
    let digest = digest.split_whitespace().next().unwrap_or_default().to_owned();
    assert_eq!(digest.len(), 64, "{digest}");
    let receipts = page.within("Written and read back");
    receipts.see(&format!("{downloaded} ·"));
    receipts.see(&format!("· {} bytes", bytes.len()));
    receipts.see(&digest);
}
