//! Getting about, and the vault's door.

use crate::Page;

/// Goes to a section by the rail and waits for its heading.
#[track_caller]
pub fn go_to(page: &Page, section: &str) {
    page.within("Sections").click_link(section);
    page.wait_for(&format!("the page {section:?}"), || {
        page.title().starts_with(&format!("{section} · ")).then_some(())
    });
}

/// Sets the first passphrase, so that everything is kept from now on.
#[track_caller]
pub fn make_vault(page: &Page, passphrase: &str) {
    go_to(page, "Vault");
    page.fill("Passphrase", passphrase);
    page.fill("Passphrase again", passphrase);
    page.click_button("Make the vault");
    page.see("The vault is made.");
    page.see("Vault open");
}

/// Opens a locked vault.
#[track_caller]
pub fn unlock(page: &Page, passphrase: &str) {
    page.see("Unlock the vault");
    page.fill("Passphrase", passphrase);
    page.click_button("Unlock");
    page.see("The vault is open.");
}
