//! A folder of three hundred files of every kind, and a zip: all of it is listed, and none of it passed over.
//!
//! It comes once through the folder field, by keyboard as far as the system's own dialog lets one, and once by
//! being dropped on the window.

mod account;
mod folder;
mod zip;

use std::time::Duration;

use certwright_e2e::journey::{go_to, make_vault, own_origin_only, unlock};
use certwright_e2e::{Browser, Page, StaticSite, page_folder};
use serde_json::json;

use account::{Account, status};
use folder::{
    CONTAINERS, COPIES, Folder, LISTS, LOCKED_KEYS, NESTED, OLD_LOCKED_KEYS, PASSWORD, PUBLIC_KEYS, SERVERS,
    ZIPPED,
};

const PASSPHRASE: &str = "kept after the folder";
const NOTHING: [&str; 0] = [];
/// The zip's certificates, the one from the mail, and the authority's.
const CERTIFICATES: usize = SERVERS + ZIPPED + NESTED + 2;
/// The servers', and the one from Windows.
const REQUESTS: usize = SERVERS + 1;
/// What the common password opens, and the one file that it does not.
const LOCKED: usize = LOCKED_KEYS + OLD_LOCKED_KEYS + CONTAINERS + 1;
/// A line for each public key, and for each list and locked file.
const LINES: usize = SERVERS + ZIPPED + NESTED + 3 + LISTS + LOCKED;
const UNLOCKED: usize = LOCKED_KEYS + OLD_LOCKED_KEYS;

#[test]
fn a_folder_of_three_hundred_files_and_a_zip_is_listed_whole() {
    let Some(folder) = Folder::make() else { return };
    assert_eq!(folder.files.len(), 302, "three hundred, the zip, and an entry of it");
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    browser.open(&site.url());
    let page = &browser.patient(Duration::from_secs(60));
    make_vault(page, PASSPHRASE);

    choose_the_folder(page, &folder);
    everything_is_counted(page);
    page.look_over("opened-folder");
    Account::of(page, &folder.files).balances();
    everything_can_be_found(page, &folder);
    the_same_again_changes_nothing(page, &folder);
    one_password_opens_many(page);
    everything_is_kept(page);
    page.see("Nothing is open.");
    page.look_over("opened-nothing");
    drop_the_folder(page, &folder);
    drop_files_on_the_window(page, &folder);
    assert_eq!(page.console_errors(), NOTHING);
    own_origin_only(&browser.close(), &site.url());
}

/// By keyboard to the field; the system's dialog is the driver's.
fn choose_the_folder(page: &Page, folder: &Folder) {
    go_to(page, "Desk");
    page.press_tab_until("Choose a folder");
    page.upload("Choose a folder", &[&folder.shop.path("mixed")]);
    page.see(&format!("objects found, and {} problems.", problems(folder)));
    assert_eq!(page.title(), "Opened files · Certwright");
}

fn problems(folder: &Folder) -> usize {
    folder.files.iter().filter(|(_, says)| says.is_some()).count()
}

fn everything_is_counted(page: &Page) {
    page.see(&counted(SERVERS));
    assert_eq!(status(page), format!("{LINES} in all"));
}

/// The summary, with so many private keys; what was locked is counted whether it is open or not.
fn counted(keys: usize) -> String {
    format!(
        "{CERTIFICATES} certificates, {REQUESTS} certificate requests, {keys} private keys, \
         {LOCKED_KEYS} encrypted private keys, {OLD_LOCKED_KEYS} encrypted private keys (old OpenSSL form), \
         {PUBLIC_KEYS} public keys, {} PKCS#12 files, {LISTS} revocation lists.",
        CONTAINERS + 1
    )
}

fn everything_can_be_found(page: &Page, folder: &Folder) {
    let serial = folder.shop.openssl(&["x509", "-in", "host07.pem", "-noout", "-serial"]);
    let serial = serial.trim().trim_start_matches("serial=");
    let pairs: Vec<&str> =
        serial.as_bytes().chunks(2).filter_map(|two| std::str::from_utf8(two).ok()).collect();
    for (query, lines) in [
        ("host07.example.org", 1),
        ("HOST07", 1),
        (pairs.join(":").as_str(), 1),
        (serial.to_lowercase().as_str(), 1),
        ("certreq.req", 1),
        ("from the authority.eml", 1),
        ("bundle.zip inner.zip", NESTED),
        ("mixed/lists", LISTS),
        ("no such thing", 0),
    ] {
        page.fill("Search", query);
        let says = match lines {
            0 => "Nothing fits. Search for part of a name, or show everything.".to_owned(),
            lines => format!("{lines} of {LINES}"),
        };
        page.wait_for(&format!("{query:?} to find {lines}"), || (status(page) == says).then_some(()));
    }
    page.fill("Search", "");
    page.choose("Show", "revocation list");
    page.see(&format!("{LISTS} of {LINES}"));
    page.choose("Show", "Everything");
    copies_are_one_line(page);
}

/// By keyboard alone: search, go to what was found, open it, and read where else it is.
fn copies_are_one_line(page: &Page) {
    page.press("Shift+Tab");
    assert_eq!(page.focused_name(), "Search");
    page.type_text("host05");
    page.see(&format!("1 of {LINES}"));
    let line = page.within("Opened objects");
    line.see("1 copy");
    line.see("Certificate · Certificate request · Private key");
    page.look_over("opened-found");
    page.press_tab_until("Choose host05.example.org");
    page.press("Tab");
    assert_eq!(page.focused_role(), "link");
    page.press("Enter");
    page.wait_for("the object's page", || page.title().starts_with("Opened object").then_some(()));
    let found = page.within("Where it was found");
    found.see("mixed/copies/host05.crt");
    found.see("Also in mixed/servers/host05/certificate.");
    page.within("What belongs together").see("mixed/servers/host05/key.pem");
    page.look_over("object-of-folder");
    page.within("main").click_link("Opened files");
    page.see("in all");
}

fn the_same_again_changes_nothing(page: &Page, folder: &Folder) {
    let name = "mixed/servers/host00/certificate";
    let certificate = folder.shop.read(name);
    page.drop_files("body", &[("once more.pem", &certificate)]);
    page.see("Also in");
    page.see("once more.pem");
    page.within("main").click_link("Opened files");
    assert_eq!(status(page), format!("{LINES} in all"));
    page.see(&counted(SERVERS));
    let copies = COPIES - 1;
    page.fill("Search", "copies/");
    page.wait_for("the copies", || (status(page) == format!("{} of {LINES}", copies + 1)).then_some(()));
    page.fill("Search", "");
}

fn one_password_opens_many(page: &Page) {
    page.choose("Show", "PKCS#12");
    page.see(&format!("{} of {LINES}", CONTAINERS + 1));
    page.choose("Show", "Everything");
    page.click_link("Give the password of mixed/locked/");
    page.see("It asks for a password");
    page.tick(&format!("Try it on the other {} locked files too", LOCKED - 1), true);
    page.look_over("object-locked");
    page.press_tab_until("Password of the file");
    page.type_text(PASSWORD);
    page.press("Enter");
    page.see("The password does not open the file.");
    page.within("main").click_link("Opened files");
    let keys = SERVERS + UNLOCKED;
    page.see(&counted(keys));
    page.see_control("Give the password of mixed/locked/another.pfx");
    page.look_over("opened-unlocked");
    page.fill("Search", "locked/key0.pem");
    let line = page.within("Opened objects");
    line.see("Opened");
    line.see("Private key (ECDSA P-256)");
    page.fill("Search", "");
    // What stays locked can still be opened by itself.
    page.click_link("Give the password of mixed/locked/another.pfx");
    page.fill("Password of the file", "another one");
    page.click_button("Open it");
    page.see("mixed/locked/another.pfx is open: 2 objects found.");
    page.see(&counted(keys));
    assert_eq!(status(page), format!("{} in all", LINES + UNLOCKED));
    assert!(!page.shows("Give the password of"));
}

fn everything_is_kept(page: &Page) {
    page.press_tab_until("Keep all on the desk");
    page.press("Enter");
    let keys = SERVERS + UNLOCKED;
    page.see(&format!("Kept: {} objects.", CERTIFICATES + REQUESTS + keys));
    let before = kept(page);
    page.reload();
    unlock(page, PASSPHRASE);
    let after = kept(page);
    assert_eq!(before, after);
    // The desk's lists begin with fifty lines and offer the rest.
    assert_eq!(after.map(|lines| lines.len()), [CERTIFICATES.min(50), REQUESTS.min(50), keys]);
    go_to(page, "Desk");
    assert!(!page.shows("opened before"), "what was not kept is gone with the tab");
    page.open(&format!("{}#/opened", page.address().split('#').next().unwrap_or_default()));
}

/// The names of certificates, requests and keys on the desk.
fn kept(page: &Page) -> [Vec<String>; 3] {
    let lines = |section: &str, part: &str| {
        go_to(page, section);
        while page.try_click_button("more of") {}
        let script = "return [...document.querySelectorAll(arguments[0])].map((line) => line.innerText)";
        let lines = page.execute(script, json!([part]));
        let lines = lines.as_array().into_iter().flatten();
        lines.filter_map(|line| Some(line.as_str()?.to_owned())).collect::<Vec<String>>()
    };
    [
        lines("Certificates", "main .rows > li"),
        lines("Requests", "main .rows > li"),
        lines("Vault", "main [aria-labelledby=keys-title] li, main table tbody tr"),
    ]
}

/// A folder from the system's own window, as the browser hands it to the page.
fn drop_the_folder(page: &Page, folder: &Folder) {
    let path = folder.shop.path("mixed");
    let data = json!({ "items": [], "files": [path], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let event = json!({ "type": kind, "x": 600, "y": 300, "data": data });
        page.devtools("Input.dispatchDragEvent", event);
    }
    page.see(&format!("objects found, and {} problems.", problems(folder)));
    everything_is_counted(page);
    Account::of(page, &folder.files).balances();
}

/// Several files at once, while another page is open; what is there stays.
fn drop_files_on_the_window(page: &Page, folder: &Folder) {
    go_to(page, "Trust stores");
    folder.shop.key("late.key");
    folder.shop.request("late.key", "late.csr", "/CN=late.example.org", "DNS:late.example.org");
    let (key, request) = (folder.shop.read("late.key"), folder.shop.read("late.csr"));
    page.drop_files("body", &[("late.key", &key), ("late.csr", &request), ("nothing.txt", b"nothing")]);
    page.see("2 objects found, and 1 problem.");
    assert_eq!(page.title(), "Opened files · Certwright");
    page.see(&format!("{} in all", LINES + 1));
    page.click_button("Show all");
    page.see("nothing.txt: Nothing in it looks like");
}
