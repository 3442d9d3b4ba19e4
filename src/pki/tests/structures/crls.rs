//! Every revocation list of the collections, entry by entry against `openssl crl -text`.

use crate::openssl::{self, DUMPED, OpenSsl};
use crate::placed;
use crate::requests::agree;
use crate::table::{self, Table};
use certwright_pki::describe::Description;
use certwright_pki::{Crl, Kind};

const REFUSED: [(&str, &str); 1] = [(
    "pyca/custom/crl_invalid_time.der",
    "a digit of the time is missing; OpenSSL prints \"Bad time value\" in its place",
)];

#[test]
fn revocation_lists_of_the_collections_say_what_openssl_says() {
    let (Some(files), Some(mut openssl)) = (table::files("crl"), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    let mut entries = 0;
    for file in files {
        let (reading, problem) = table::read(&file);
        let lists = table::described(&reading, Kind::Crl);
        match (lists.as_slice(), problem) {
            (shown, Some(problem)) if shown.iter().all(|(_, described)| !described.notes.is_empty()) => {
                table.refused(&file.name, problem);
            }
            ([], None) => table.wrong(&file.name, "neither a list nor a problem"),
            (lists, _) => {
                for (der, described) in lists {
                    entries += Crl::parse(der).unwrap().entries().len();
                    table.note(&file.name, compare(der, described, &mut openssl));
                }
            }
        }
    }
    println!("{entries} entries");
    assert!(entries >= 38_000, "{entries}");
    table.judge("revocation lists", 132, &REFUSED);
}

#[test]
fn revocation_lists_of_the_path_suite_say_what_openssl_says() {
    let (Some(root), Some(mut openssl)) = (certwright_interop::corpora(), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    let (mut folders, mut paths) = (vec![root.join("pkits")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "crl") {
                paths.push(path);
            }
        }
    }
    for path in paths {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let file = table::File { name, row: serde_json::Value::Null, bytes: std::fs::read(path).unwrap() };
        let (reading, _) = table::read(&file);
        for (der, described) in table::described(&reading, Kind::Crl) {
            table.note(&file.name, compare(&der, &described, &mut openssl));
        }
    }
    table.judge("revocation lists of PKITS", 173, &[]);
}

/// Holds the description against OpenSSL's text of the same bytes.
pub fn compare(der: &[u8], described: &Description, openssl: &mut OpenSsl) -> Result<(), String> {
    placed::check(described, der)?;
    let arguments = ["crl", "-inform", "DER", "-noout", "-text", DUMPED[0], DUMPED[1]];
    let Some(text) = openssl.run(&arguments, der) else {
        return Err("OpenSSL refuses it".to_owned());
    };
    let issuer = described.find("issuer").ok_or("no issuer")?;
    agree(
        "issuer",
        placed::dump(issuer, der).as_str(),
        openssl::after(&text, "Issuer: ").unwrap_or_default(),
    )?;
    let version = described.find("version").map(|field| field.text.clone()).unwrap_or_default();
    let shown = openssl::after(&text, "Version ").unwrap_or_default();
    if !shown.starts_with("unknown") {
        agree("version", version.as_str(), shown.split(' ').next().unwrap_or_default())?;
    }
    let crl = Crl::parse(der).map_err(|error| error.to_string())?;
    let update = |word| openssl::after(&text, word).and_then(openssl::time);
    agree("this update", Some(crl.this_update()), update("Last Update: "))?;
    agree("next update", crl.next_update(), update("Next Update: "))?;

    let ours: Vec<(String, bool)> = placed::extensions(&described.sections);
    let heading = openssl::between(&text, "        CRL extensions:\n", "Revoked Certificates");
    agree("extensions", openssl.called(&ours), openssl::extensions(heading, 12))?;
    entries(&crl, described, &text, openssl)
}

fn entries(crl: &Crl, described: &Description, text: &str, openssl: &mut OpenSsl) -> Result<(), String> {
    let end = text.rfind("\n    Signature Algorithm:").unwrap_or(text.len());
    let theirs: Vec<&str> = text[..end].split("    Serial Number: ").skip(1).collect();
    let list = described.find("revoked-certificates").ok_or("no list of entries")?;
    agree("count", crl.entries().len(), theirs.len())?;
    agree("shown and left out", list.fields.len() + list.left_out, theirs.len())?;
    for (index, (entry, text)) in crl.entries().iter().zip(&theirs).enumerate() {
        let serial = text.lines().next().unwrap_or_default();
        agree("serial number", stripped(&entry.serial.hex().to_uppercase()), stripped(serial))?;
        let date = openssl::after(text, "Revocation Date: ").and_then(openssl::time);
        agree("revocation date", Some(entry.date), date)?;
        let Some(shown) = list.fields.get(index) else { continue };
        agree("shown serial number", stripped(&placed::hex(shown)), stripped(serial))?;
        let ours = openssl.called(&placed::extensions(&shown.fields));
        agree("extensions of the entry", &ours, &openssl::extensions(text, 12))?;
        // It prints nothing at all for a number without a name.
        let said = openssl::between(text, "CRL Reason Code: \n", "\n");
        agree("reason", letters(entry.reason.map_or("", |reason| reason.name())), letters(said))?;
        agree("a reason is shown", shown.find("reason-code").is_some(), text.contains("CRL Reason Code:"))?;
        if index < 50 {
            agree("found", crl.find(&entry.serial).map(|found| &found.serial), Some(&entry.serial))?;
        }
    }
    Ok(())
}

/// A number without its leading zeros.
fn stripped(hex: &str) -> String {
    hex.trim_start_matches('0').to_owned()
}

/// Only the letters of a text, in lower case: `keyCompromise` and `Key Compromise` are the same.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
}
