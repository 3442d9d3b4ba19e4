//! The own-CA exchange of the guide, from the first step to the last, with other people's programs on every file.
//!
//! Where a step can be done by keyboard alone it is; the others use the mouse.

mod files;
mod issue;
mod live;
mod programs;
mod trust;

use certwright_e2e::journey::{go_to, make_vault, own_origin_only};
use certwright_e2e::{Browser, Proxy};
use certwright_interop::{Program, Scratch};

const PASSPHRASE: &str = "four random words here";
const AUTHORITY: &str = "Journey Root CA";
/// The name that clients type. It is in every machine's own list of names.
const SERVER: &str = "localhost";
/// The file name without extension that the guide asks for.
const REQUEST_FILE: &str = "exchange-request";
const PFX_PASSWORD: &str = "pfx password 1";
const NOTHING: [&str; 0] = [];

/// The programs that judge what comes out.
struct Programs {
    openssl: Program,
    keytool: Program,
    certutil: Program,
    pk12util: Program,
    certtool: Program,
    nginx: Program,
    curl: Program,
}

impl Programs {
    fn find() -> Option<Self> {
        Some(Programs {
            openssl: Program::find("openssl")?,
            keytool: Program::find("keytool")?,
            certutil: Program::find("certutil")?,
            pk12util: Program::find("pk12util")?,
            certtool: Program::find("certtool")?,
            nginx: Program::find("nginx")?,
            curl: Program::find("curl")?,
        })
    }
}

/// One browser, one proxy, and the folder that takes the downloads.
struct Exchange {
    browser: Browser,
    folder: Scratch,
    programs: Programs,
}

#[test]
fn a_server_is_trusted_by_way_of_an_authority_of_ones_own() {
    let Some(programs) = Programs::find() else { return };
    let proxy = Proxy::start();
    let exchange = Exchange { browser: Browser::start(), folder: Scratch::new(), programs };
    let page = &exchange.browser;
    page.open(proxy.url());
    page.see("Make two servers trust each other");
    page.see("Not saved: memory only");
    page.look_over("desk-at-first");
    go_to(page, "Vault");
    page.look_over("vault-at-first");
    make_vault(page, PASSPHRASE);
    page.look_over("vault-made");

    exchange.look_at_empty_lists();
    exchange.make_the_authority();
    exchange.make_the_request();
    exchange.deny_once_and_hand_in_again();
    exchange.look_and_issue();
    exchange.take_the_certificate();
    exchange.complete_the_request();
    exchange.take_the_root();
    exchange.ask_the_programs();
    exchange.make_the_stores();
    exchange.see_it_live();
    exchange.look_at_full_lists();

    go_to(page, "Desk");
    page.see("Done: See it live");
    page.look_over("desk-at-last");
    assert_eq!(page.console_errors(), NOTHING);
    let origin = proxy.url().split_once("#").map_or(proxy.url(), |(origin, _)| origin).to_owned();
    own_origin_only(&exchange.browser.close(), &origin);
}
