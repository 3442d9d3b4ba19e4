//! A request beside the certificate that an authority made of it with changes, and two certificates beside each
//! other.

use certwright_e2e::journey::own_origin_only;
use certwright_e2e::{Browser, Page, StaticSite, Workshop, page_folder};

const NOTHING: [&str; 0] = [];
const SERVER: &str = "compared.example.org";

#[test]
fn what_the_authority_changed_is_said() {
    let Some(shop) = Workshop::begin() else { return };
    make_files(&shop);
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    let page = &browser;
    page.open(&site.url());
    bring(page, &shop);
    the_certificate_knows_its_request(page);
    request_and_certificate(page);
    two_certificates(page);
    by_the_list(page);
    assert_eq!(page.console_errors(), NOTHING);
    own_origin_only(&browser.close(), &site.url());
}

/// The authority gives one name that was not asked for, leaves one out, adds a usage, and writes another organization.
fn make_files(shop: &Workshop) {
    let authority = ("root.key", "root.pem");
    shop.authority(authority.0, authority.1, "/CN=Comparing Root");
    for name in ["server", "other"] {
        let key = format!("{name}.key");
        shop.key(&key);
        let subject = format!("/O=As asked/CN={SERVER}");
        let names = format!("DNS:{SERVER},DNS:asked.example.org");
        let asked = "extendedKeyUsage=serverAuth";
        let names = format!("subjectAltName={names}");
        let made = ["req", "-new", "-key", &key, "-subj", &subject, "-addext", &names, "-addext", asked];
        shop.openssl(&[made.as_slice(), &["-out", &format!("{name}.csr")]].concat());
    }
    let given = |usages: &str| {
        format!("subjectAltName=DNS:{SERVER},DNS:given.example.org\nextendedKeyUsage={usages}\n")
    };
    let subject = format!("/O=As given/CN={SERVER}");
    let with_subject = ["-subj", subject.as_str()];
    shop.issue(authority, "server.csr", "server.pem", &given("serverAuth,clientAuth"), &with_subject);
    shop.issue(authority, "server.csr", "renewed.pem", &given("serverAuth"), &with_subject);
}

fn bring(page: &Page, shop: &Workshop) {
    let names = ["server.csr", "other.csr", "server.pem", "renewed.pem", "root.pem"];
    let files: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (*name, shop.read(name))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    page.see("Make two servers trust each other");
    page.drop_files("body", &files);
    page.see("5 objects found.");
    page.see("3 in all");
}

fn the_certificate_knows_its_request(page: &Page) {
    page.fill("Search", "server.pem");
    page.see("1 of 3");
    page.click_link(SERVER);
    page.see("It belongs to the request in server.csr, not to the request in other.csr.");
    // The line leads to the newer of the two certificates; its kin is one step away.
    let together = page.within("What belongs together");
    if !together.shows("server.pem (this one)") {
        together.click_link("server.pem");
        together.see("server.pem (this one)");
    }
}

fn request_and_certificate(page: &Page) {
    page.choose_by_key("Compare with", &format!("Certificate request: {SERVER} (server.csr)"));
    page.see("What the authority made of the request");
    page.see("Same public key");
    page.look_over("compare-issued");
    for (row, asked, given, stands) in [
        ("Organization", "As asked", "As given", "changed"),
        ("DNS name", "asked.example.org", "– not there", "only left"),
        ("DNS name", "– not there", "given.example.org", "only right"),
        ("Purpose", "– not there", "TLS client", "only right"),
    ] {
        see_row(page, &[row, asked, given, stands]);
    }
    expect_no_row(page, &["Common name"]);
    page.press_tab_until("Only what differs");
    page.press("Space");
    see_row(page, &["Common name", SERVER, SERVER, "same"]);
    see_row(page, &["Purpose", "TLS server", "TLS server", "same"]);
    page.look_over("compare-issued-all");
    page.go_back();
    page.see("What belongs together");
    page.choose("Compare with", &format!("Certificate request: {SERVER} (other.csr)"));
    page.see("Another public key");
    page.go_back();
}

/// The renewed one has other dates, another serial number and one usage less; the key is the same.
fn two_certificates(page: &Page) {
    page.see("What belongs together");
    page.choose("Compare with", &format!("Certificate: {SERVER} (renewed.pem)"));
    page.see("Same public key");
    page.see("differences");
    see_row(page, &["Purpose", "TLS client", "– not there", "only left"]);
    see_row(page, &["Serial number", "changed"]);
    expect_no_row(page, &["Organization"]);
    page.within("As bytes").see("Left: Certificate");
    page.within("As bytes").see("octets");
    page.look_over("compare-certificates");
}

/// By keyboard alone: two lines of the list.
fn by_the_list(page: &Page) {
    page.within("main").follow_by_key("Opened files");
    page.see("3 in all");
    page.tick_by_key("Choose Comparing Root");
    let other = page.within("Opened objects").within("other.csr");
    other.tick_by_key(&format!("Choose {SERVER}"));
    page.see("2 objects chosen");
    page.look_over("compare-chosen");
    page.follow_by_key("Compare the two");
    page.see("Another public key");
    page.within("main").see("Comparison");
    see_row(page, &["Subject", "changed"]);
}

/// Waits for a row of the table that shows all of these.
#[track_caller]
fn see_row(page: &Page, cells: &[&str]) {
    page.wait_for(&format!("a row with {cells:?}"), || row(page, cells).then_some(()));
}

#[track_caller]
fn expect_no_row(page: &Page, cells: &[&str]) {
    assert!(!row(page, cells), "there is a row with {cells:?}");
}

fn row(page: &Page, cells: &[&str]) -> bool {
    let script = "const words = (text) => text.replace(/\\s+/g, ' ').trim(); \
        const rows = [...document.querySelectorAll('main table tbody tr')]; \
        return rows.some((row) => { \
          const cells = [...row.cells].map((cell) => words(cell.textContent)); \
          return arguments[0].every((wanted) => cells.some((cell) => cell === words(wanted))); \
        })";
    let wanted: Vec<String> = cells.iter().map(|cell| cell.replace("– not there", "–not there")).collect();
    page.execute(script, serde_json::json!([wanted])) == serde_json::json!(true)
}
