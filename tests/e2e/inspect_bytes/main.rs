//! One object at three depths: what a certificate says, each field with its spellings, and its octets; and a
//! revocation list of five megabytes that keeps nobody waiting.

mod fields;
mod large;
mod octets;

use certwright_e2e::journey::own_origin_only;
use certwright_e2e::{Browser, StaticSite, Workshop, page_folder};

const NOTHING: [&str; 0] = [];
/// Milliseconds that no task of the page's thread may take. A task's time is that of a clock on the wall, so that
/// whatever else the machine does counts as well; one quiet round shows that the page itself needs less.
const BAR: f64 = 200.0;
const ROUNDS: usize = 3;
const SERVER: &str = "inspect.example.org";
const EXTENSIONS: &str = "subjectAltName=DNS:inspect.example.org,DNS:www.example.org,IP:192.0.2.7\n\
    extendedKeyUsage=serverAuth,clientAuth\nkeyUsage=critical,digitalSignature\n\
    subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\ncertificatePolicies=2.23.140.1.2.2\n\
    crlDistributionPoints=URI:http://crl.example.org/a.crl\ntlsfeature=status_request\n\
    1.3.6.1.4.1.99999.7=ASN1:UTF8String:unheard of\n";

#[test]
fn a_certificate_is_read_down_to_its_octets() {
    let Some(shop) = Workshop::begin() else { return };
    shop.authority("root.key", "root.pem", "/CN=Inspecting Root");
    shop.key("server.key");
    shop.request("server.key", "server.csr", "/C=DE/O=Inspect/CN=inspect.example.org", "DNS:other");
    shop.issue(("root.key", "root.pem"), "server.csr", "server.pem", EXTENSIONS, &[]);
    shop.openssl(&["x509", "-in", "server.pem", "-outform", "DER", "-out", "server.der"]);
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    let page = &browser;
    page.allow_clipboard();
    page.open(&site.url());
    page.upload("Choose a file", &[&shop.path("server.pem")]);
    page.within("main").see(SERVER);
    page.see("What it can be used for");
    page.look_over("object-summary");
    fields::read(page, &shop);
    octets::read(page, &shop);
    assert_eq!(page.console_errors(), NOTHING);
    own_origin_only(&browser.close(), &site.url());
}

#[test]
fn a_revocation_list_of_five_megabytes_freezes_nothing() {
    let Some(shop) = Workshop::begin() else { return };
    shop.authority("root.key", "root.pem", "/CN=Large Root");
    shop.revocation_list(("root.key", "root.pem"), "large.crl", 150_000);
    let site = StaticSite::of_folder(&page_folder());
    let mut tasks = Vec::new();
    while tasks.len() < ROUNDS {
        let browser = Browser::start();
        browser.watch_tasks();
        browser.open(&site.url());
        tasks.push(large::walk(&browser, &shop, tasks.is_empty()));
        assert_eq!(browser.console_errors(), NOTHING);
        if tasks.last().is_some_and(|task| *task < BAR) {
            return;
        }
    }
    panic!("in {ROUNDS} rounds no one had only short tasks; the longest of each took {tasks:.0?} ms");
}
