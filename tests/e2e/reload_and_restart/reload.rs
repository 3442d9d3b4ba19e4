//! Locked, unlocked, loaded again, with a wrong passphrase and with a new one.

use certwright_e2e::journey::{
    Holdings, go_to, issue_here, make_authority, make_request, make_store, make_vault, unlock,
};
use certwright_e2e::{Browser, Page, Proxy};
use serde_json::json;

use super::{AUTHORITY, NOTHING, PASSPHRASE, SMALL};

const NEW_PASSPHRASE: &str = "told something else today";

#[test]
fn everything_is_there_after_a_reload() {
    let proxy = Proxy::start();
    let browser = Browser::start();
    let page = &browser;
    page.open(proxy.url());
    // What is made before there is a passphrase is kept as well.
    make_authority(page, AUTHORITY, SMALL, 10);
    make_vault(page, PASSPHRASE);
    make_request(page, "kept.example.org", SMALL);
    issue_here(page, AUTHORITY);
    make_store(page, "cup-trust");
    let before = Holdings::of(page);
    assert!(before.lists[0].contains("kept.example.org"), "{before:?}");
    assert_eq!(before.lists[4].matches("ECDSA P-256").count(), 2, "{before:?}");

    page.reload();
    page.see("There is a vault in this browser. It is locked.");
    page.look_over("lock");
    expect_nothing_readable(page);
    refuse(page, "what the vault is not told");
    page.look_over("lock-wrong-passphrase");
    unlock(page, PASSPHRASE);
    assert_eq!(Holdings::of(page), before);

    page.click_button("Lock the vault");
    page.see("Unlock the vault");
    expect_nothing_readable(page);
    unlock(page, PASSPHRASE);
    assert_eq!(Holdings::of(page), before);

    change_the_passphrase(page);
    page.reload();
    refuse(page, PASSPHRASE);
    unlock(page, NEW_PASSPHRASE);
    assert_eq!(Holdings::of(page), before);
    // The keys are there too, not only what is shown of them.
    make_request(page, "after.example.org", SMALL);
    issue_here(page, AUTHORITY);
    assert_eq!(page.console_errors(), NOTHING);
}

fn change_the_passphrase(page: &Page) {
    go_to(page, "Vault");
    let change = |old: &str, new: &str| {
        page.fill("Present passphrase", old);
        page.fill("New passphrase", new);
        page.fill("New passphrase again", new);
        page.click_button("Change it");
    };
    change("not the present one", NEW_PASSPHRASE);
    page.see("The passphrase does not open it.");
    change(PASSPHRASE, "short");
    page.see("The passphrase needs at least 10 characters.");
    change(PASSPHRASE, NEW_PASSPHRASE);
    page.see("The passphrase is changed.");
}

/// Types a passphrase that must not open the vault.
fn refuse(page: &Page, passphrase: &str) {
    page.see("Unlock the vault");
    page.fill("Passphrase", passphrase);
    page.click_button("Unlock");
    page.see("The passphrase does not open it.");
    page.see("Nothing was lost");
    expect_nothing_readable(page);
}

/// Neither what is shown nor what the browser stores tells a name.
fn expect_nothing_readable(page: &Page) {
    let script = "const done = arguments[0]; \
        const open = indexedDB.open('certwright'); \
        open.onsuccess = async () => { \
          const all = []; \
          for (const name of open.result.objectStoreNames) { \
            const rows = await new Promise((resolve) => { \
              const asked = open.result.transaction(name).objectStore(name).getAll(); \
              asked.onsuccess = () => resolve(asked.result); \
            }); \
            const text = (value) => value instanceof Uint8Array || value instanceof ArrayBuffer \
              ? new TextDecoder('latin1').decode(value) : typeof value === 'object' && value \
              ? Object.values(value).map(text).join(' ') : String(value); \
            all.push(...rows.map(text)); \
          } \
          open.result.close(); \
          done([document.documentElement.outerHTML, all.length, all.join(' ')]); \
        }";
    let found = page.execute_async(script, json!([]));
    assert!(found[1].as_u64().is_some_and(|rows| rows > 5), "nothing is stored: {}", found[1]);
    for text in [&found[0], &found[2]] {
        let text = text.as_str().unwrap_or_default();
        assert!(!text.is_empty());
        for name in [AUTHORITY, "kept.example.org", PASSPHRASE] {
            assert!(!text.contains(name), "{name} can be read without the passphrase");
        }
    }
}
