//! What was acknowledged is there after a reload, after the browser was killed, beside another tab, in another browser.

mod backup;
mod killed;
mod reload;
mod tabs;

use certwright_e2e::journey::Key;

const PASSPHRASE: &str = "what the vault is told";
const AUTHORITY: &str = "Lasting Root CA";
const NOTHING: [&str; 0] = [];
const SMALL: Key = Key("ECDSA P-256");
