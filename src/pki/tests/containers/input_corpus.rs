//! Every file of the corpora goes through the reader: nothing panics, and what others read is found.

use crate::corpora;
use certwright_pki::Kind;
use certwright_pki::input::{self, Item};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Certificate(_) => "certificate",
        Item::Request(_) => "request",
        Item::Crl(_) => "crl",
        Item::PrivateKey(_) => "key",
        Item::Locked { kind: Kind::EncryptedPrivateKey, .. } => "encrypted key",
        Item::Locked { .. } => "pkcs12",
        Item::PublicKey(_) => "public key",
        _ => "other",
    }
}

/// Folder, kind of object, and the fewest that must be found.
const FLOORS: [(&str, &str, usize); 6] = [
    ("certificates", "certificate", 983),
    ("crl", "crl", 133),
    ("csr", "request", 74),
    ("pkcs7", "certificate", 37),
    ("pkcs12", "pkcs12", 69),
    ("keys", "encrypted key", 231),
];

#[test]
fn what_the_corpora_hold_is_found() {
    for (folder, wanted, floor) in FLOORS {
        let Some((path, rows)) = corpora::index(folder) else {
            return;
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut problems = 0;
        for row in &rows {
            let name = row["file"].as_str().unwrap();
            let reading = input::read(&std::fs::read(path.join(name)).unwrap());
            for found in &reading.found {
                *counts.entry(kind(&found.item)).or_default() += 1;
            }
            problems += reading.problems.len();
        }
        println!("{folder}: {} files, {counts:?}, {problems} problems", rows.len());
        let found = counts.get(wanted).copied().unwrap_or(0);
        assert!(found >= floor, "{folder}: {found} is less than {floor}");
    }
}

#[test]
fn seeds_of_fuzzers_are_answered() {
    let Some(folder) = corpora::folder() else {
        return;
    };
    let archives: Vec<_> = std::fs::read_dir(folder.join("fuzz-seeds"))
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "gz"))
        .collect();
    let mut answered = 0;
    for archive in archives {
        for seed in members(&archive) {
            let reading = input::read(&seed);
            assert!(reading.found.len() + reading.problems.len() > 0);
            answered += 1;
        }
    }
    assert!(answered >= 1_000, "{answered} seeds");
}

/// The contents of the regular files in a gzipped tar archive.
pub fn members(archive: &Path) -> Vec<Vec<u8>> {
    let mut tar = Vec::new();
    let file = std::fs::File::open(archive).unwrap();
    flate2::read::GzDecoder::new(file).read_to_end(&mut tar).unwrap();
    let mut out = Vec::new();
    let mut rest = tar.as_slice();
    while let Some((header, after)) = rest.split_at_checked(512) {
        let digits = std::str::from_utf8(&header[124..135]).unwrap_or_default();
        let size = usize::from_str_radix(digits.trim_matches(['\0', ' ']), 8).unwrap_or(0);
        let Some(content) = after.get(..size) else {
            break;
        };
        if header[156] == b'0' {
            out.push(content.to_vec());
        }
        rest = after.get(size.next_multiple_of(512)..).unwrap_or_default();
    }
    out
}
