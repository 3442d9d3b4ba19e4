//! The lists of files that are answered in another way than their index says, each with the answer and the reason.
//!
//! A line is `file | answer | reason`. A file that is not answered so any more fails as much as one that is not listed.

use std::collections::BTreeMap;

/// The list of a section.
fn list(section: &str) -> &'static str {
    match section {
        "certificates" => include_str!("differences/certificates.txt"),
        "crl" => include_str!("differences/crl.txt"),
        "csr" => include_str!("differences/csr.txt"),
        "jks" => include_str!("differences/jks.txt"),
        "keys" => include_str!("differences/keys.txt"),
        "ocsp" => include_str!("differences/ocsp.txt"),
        "other" => include_str!("differences/other.txt"),
        "pkcs12" => include_str!("differences/pkcs12.txt"),
        "pkcs7" => include_str!("differences/pkcs7.txt"),
        "pqc" => include_str!("differences/pqc.txt"),
        "wycheproof" => include_str!("differences/wycheproof.txt"),
        _ => "",
    }
}

/// What is found and not listed, listed and not found, or listed otherwise.
pub fn unexpected(section: &str, found: &BTreeMap<String, String>) -> Vec<String> {
    let mut out = Vec::new();
    let mut listed = BTreeMap::new();
    for line in list(section).lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [file, answer, reason] = parts[..] else { panic!("{section}: {line:?} has no three parts") };
        assert!(!reason.trim().is_empty(), "{section}: {file} has no reason");
        assert!(listed.insert(file, answer).is_none(), "{section}: {file} is listed twice");
    }
    for (file, answer) in found {
        match listed.remove(file.as_str()) {
            Some(expected) if expected == answer => {}
            Some(expected) => out.push(format!("{section}: {file} | {answer} | (listed: {expected})")),
            None => out.push(format!("{section}: {file} | {answer} | (not listed)")),
        }
    }
    out.extend(listed.keys().map(|file| format!("{section}: {file} is listed and is as it should be")));
    out
}
