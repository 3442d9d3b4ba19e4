//! A key, a request and a certificate that come one after another stand together, say what is missing, and leave as
//! files that other people's programs open.

mod export;
mod matching;
mod programs;

use certwright_e2e::journey::own_origin_only;
use certwright_e2e::{Browser, StaticSite, Workshop, page_folder};

const NOTHING: [&str; 0] = [];
const SERVER: &str = "matched.example.org";
const PASSWORD: &str = "for the other machine";

#[test]
fn what_belongs_together_is_matched_and_leaves_as_pkcs12() {
    let Some(shop) = Workshop::begin() else { return };
    make_files(&shop);
    let site = StaticSite::of_folder(&page_folder());
    let browser = Browser::start();
    let page = &browser;
    page.open(&site.url());
    page.see("Make two servers trust each other");
    matching::bring_one_by_one(page, &shop);
    matching::two_requests_for_one_name(page, &shop);
    export::choose_the_chain(page);
    export::passwords_are_looked_at(page);
    export::write_for_current_software(page, &shop);
    export::write_for_windows(page, &shop);
    export::write_as_text(page, &shop);
    export::write_numbered(page, &shop);
    programs::ask(&shop);
    assert_eq!(page.console_errors(), NOTHING);
    own_origin_only(&browser.close(), &site.url());
}

/// A root, an authority below it, and a server's key, request and certificate.
fn make_files(shop: &Workshop) {
    shop.authority("root.key", "root.pem", "/CN=Matching Root");
    shop.key("middle.key");
    shop.request("middle.key", "middle.csr", "/CN=Matching Authority", "DNS:unused");
    let authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n\
        subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
    shop.issue(("root.key", "root.pem"), "middle.csr", "middle.pem", authority, &[]);
    for name in ["server", "other"] {
        shop.key(&format!("{name}.key"));
        let request = format!("{name}.csr");
        shop.request(&format!("{name}.key"), &request, &format!("/CN={SERVER}"), &format!("DNS:{SERVER}"));
    }
    let extensions = format!(
        "subjectAltName=DNS:{SERVER}\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n\
         basicConstraints=critical,CA:FALSE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    );
    shop.issue(("middle.key", "middle.pem"), "server.csr", "server.pem", &extensions, &[]);
}
