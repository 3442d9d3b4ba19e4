//! A backup file, brought to a browser that has never seen the vault.

use certwright_e2e::journey::{
    Holdings, go_to, issue_here, make_authority, make_request, make_store, make_vault,
};
use certwright_e2e::{Browser, Page, Proxy};
use certwright_interop::{Program, Scratch};

use super::{AUTHORITY, NOTHING, PASSPHRASE, SMALL};

const OF_THE_FILE: &str = "what the backup is told";

#[test]
fn a_backup_restores_in_a_fresh_browser() {
    let Some(openssl) = Program::find("openssl") else { return };
    let folder = Scratch::new();
    let proxy = Proxy::start();
    let old = Browser::start();
    old.open(proxy.url());
    make_vault(&old, PASSPHRASE);
    make_authority(&old, AUTHORITY, SMALL, 10);
    old.click_button("Download CA certificate");
    folder.write("root.pem", &old.take_download("certnew.cer"));
    make_request(&old, "restored.example.org", SMALL);
    make_store(&old, "cup-trust");
    let before = Holdings::of(&old);
    let name = write_backup(&old);
    let file = folder.write(&name, &old.take_download(&name));
    old.close();

    let fresh = Browser::start();
    let page = &fresh;
    page.open(proxy.url());
    make_vault(page, "another vault altogether");
    make_store(page, "of-the-new-browser");
    go_to(page, "Vault");
    page.upload("Choose a backup file", &[&file]);
    page.see(&name);
    page.fill("Its passphrase", "not what it was told");
    page.click_button("Open the backup");
    page.see("The passphrase does not open it.");
    page.fill("Its passphrase", OF_THE_FILE);
    page.click_button("Open the backup");
    page.see("New: 6. Already here: 0. Different here, and kept as it is: 0.");
    for line in [
        format!("Authority: {AUTHORITY}"),
        format!("Certificate: {AUTHORITY}"),
        format!("Key: Key of {AUTHORITY}"),
        "Key: Key of restored.example.org".to_owned(),
        "Request: restored.example.org".to_owned(),
        "Trust store: cup-trust".to_owned(),
    ] {
        page.see(&line);
    }
    page.look_over("restore");
    assert!(!Holdings::of(page).lists[0].contains("restored.example.org"), "merged before it was asked for");
    page.click_button("Add what is new");
    page.see("Restored: 6 objects.");
    let after = Holdings::of(page);
    assert_eq!(after.lists[0], before.lists[0]);
    assert!(
        after.lists[3].contains("cup-trust") && after.lists[3].contains("of-the-new-browser"),
        "{after:?}"
    );

    // The keys came along: the restored authority signs for the restored request.
    go_to(page, "Requests");
    page.click_link("restored.example.org");
    issue_here(page, AUTHORITY);
    page.within("Take it along").click_button("Download");
    folder.write("leaf.pem", &page.take_download("cert.cer"));
    let verified =
        openssl.run(folder.folder(), &["verify", "-CAfile", "root.pem", "leaf.pem"], b"").accepted();
    assert_eq!(String::from_utf8_lossy(&verified).trim(), "leaf.pem: OK");
    assert_eq!(page.console_errors(), NOTHING);
}

/// Writes a backup, looks at what the page says of it, and gives the file's name.
fn write_backup(page: &Page) -> String {
    go_to(page, "Vault");
    page.see("Last backup: never.");
    page.fill("Passphrase of the backup", "short");
    page.click_button("Write a backup file");
    page.see("The passphrase needs at least 10 characters.");
    page.fill("Passphrase of the backup", OF_THE_FILE);
    page.click_button("Write a backup file");
    page.see("is written and was read back.");
    page.see("Is the file there?");
    page.look_over("backup-written");
    let name = page.wait_for("the backup file", || {
        page.downloads().into_iter().find(|name| name.starts_with("certwright-") && name.ends_with(".backup"))
    });
    page.click_button("I have the file");
    page.see("Noted: there is a backup of today.");
    page.see_no("Last backup: never.");
    page.see("Backed up");
    page.see_no("not backed up");
    name
}
