//! The single file with no server running and the network unplugged: an authority, a certificate, and its files.

use std::path::Path;

use certwright_e2e::journey::{
    Holdings, Key, go_to, issue_here, make_authority, make_request, make_vault, unlock,
};
use certwright_e2e::{Browser, Page, file_url, single_file};
use certwright_interop::{Program, Scratch};

const PASSPHRASE: &str = "unplugged but kept";
const AUTHORITY: &str = "Offline Root CA";
const SERVER: &str = "offline.example.org";
const PASSWORD: &str = "offline password";
const NOTHING: [&str; 0] = [];

#[test]
fn the_single_file_makes_an_authority_and_a_certificate_offline() {
    let Some(openssl) = Program::find("openssl") else { return };
    let folder = Scratch::new();
    let address = file_url(&single_file());
    let browser = Browser::start();
    let page = &browser;
    page.set_offline(true);
    page.open(&address);
    page.see("Make two servers trust each other");
    page.see("No network");
    page.look_over("file-desk");
    make_vault(page, PASSPHRASE);
    make_authority(page, AUTHORITY, Key("ECDSA P-384"), 5);
    assert_eq!(page.within("Self-test").shown().matches("Passed").count(), 3);
    page.click_button("Download CA certificate");
    folder.write("root.pem", &page.take_download("certnew.cer"));
    page.click_button("Download CRL");
    folder.write("list.pem", &page.take_download("certcrl.crl"));
    make_request(page, SERVER, Key("RSA 2048"));
    issue_here(page, AUTHORITY);
    export(page, &folder);
    page.look_over("file-certificate");
    ask_openssl(&openssl, folder.folder());

    go_to(page, "Probe");
    page.see("The companion is not there.");
    let before = Holdings::of(page);
    page.reload();
    unlock(page, PASSPHRASE);
    assert_eq!(Holdings::of(page), before);
    assert_eq!(page.console_errors(), NOTHING);
    let requests = browser.close();
    let asked: Vec<_> = requests.iter().filter(|one| **one != address && !one.starts_with("blob:")).collect();
    assert!(asked.is_empty(), "the file asked for {asked:?}");
}

fn export(page: &Page, folder: &Scratch) {
    let forms = page.within("Take it along");
    forms.click_button("Download");
    folder.write("leaf.pem", &page.take_download("cert.cer"));
    forms.choose("Form", "PKCS#7 with its chain");
    forms.click_button("Download");
    folder.write("chain.p7b", &page.take_download("certnew.p7b"));
    forms.choose("Form", "PKCS#12 with its key");
    forms.fill("Password of the file", PASSWORD);
    forms.fill("Password again", PASSWORD);
    forms.click_button("Download");
    forms.click_button("Download the private key");
    folder.write("server.pfx", &page.take_download("server.pfx"));
}

fn ask_openssl(openssl: &Program, folder: &Path) {
    let ask = |arguments: &[&str]| {
        let verdict = openssl.run(folder, arguments, b"");
        assert!(verdict.accepted, "openssl {arguments:?}: {}{}", verdict.text(), verdict.complaints);
        format!("{}{}", verdict.text(), verdict.complaints)
    };
    let hostname = ["-purpose", "sslserver", "-verify_hostname", SERVER, "-x509_strict"];
    let files = ["-crl_check", "-CRLfile", "list.pem", "-CAfile", "root.pem", "leaf.pem"];
    assert_eq!(ask(&[&["verify"], hostname.as_slice(), &files].concat()).trim(), "leaf.pem: OK");
    let chain = ask(&["pkcs7", "-inform", "DER", "-in", "chain.p7b", "-print_certs"]);
    assert_eq!(chain.matches("BEGIN CERTIFICATE").count(), 2, "{chain}");
    let password = format!("pass:{PASSWORD}");
    let opened = ask(&["pkcs12", "-in", "server.pfx", "-passin", &password, "-nodes"]);
    assert!(opened.contains("BEGIN PRIVATE KEY"), "{opened}");
    assert_eq!(opened.matches("BEGIN CERTIFICATE").count(), 2, "{opened}");
}
