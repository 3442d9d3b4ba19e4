//! Certificates as OpenSSL prints them and as they are described here: no field may be lost, and none may differ.
//!
//! Names, serial number, dates, key, extensions with their criticality, and alternative names are compared. What differs
//! is listed with its reason in `differences.txt`; what is listed and does not differ fails, too. A part of the
//! collections is looked at, all that is listed among it; the whole where `CERTWRIGHT_SOAK_CERTIFICATES` is set.

#![allow(clippy::unwrap_used, clippy::panic)]

mod facts;
mod ours;
mod theirs;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use certwright_interop::{Program, Scratch};
use certwright_pki::describe::Description;
use certwright_pki::{Kind, describe, input};

use facts::Difference;

/// The collections, of which one in so many is looked at, but for the long run.
const COLLECTIONS: [(&str, usize); 2] = [("certificates", 2), ("roots", 10)];

/// A certificate of the collections.
struct Sample {
    /// The first digits of its SHA-256.
    id: String,
    /// The first file that it was found in.
    file: String,
    der: Vec<u8>,
}

/// What became of all of them.
#[derive(Default)]
struct Outcome {
    compared: usize,
    /// Those that OpenSSL does not read.
    refused: usize,
    differences: BTreeSet<(String, &'static str, String)>,
    extensions: BTreeSet<String>,
}

#[test]
fn no_field_of_a_certificate_is_lost_or_differs() {
    let (Some(corpora), Some(openssl)) = (certwright_interop::corpora(), Program::find("openssl")) else {
        return;
    };
    let whole = env::var_os("CERTWRIGHT_SOAK_CERTIFICATES").is_some();
    let samples = samples(&corpora, whole);
    let (next, outcome, scratch) = (AtomicUsize::new(0), Mutex::new(Outcome::default()), Scratch::new());
    let work = || {
        while let Some(sample) = samples.get(next.fetch_add(1, Ordering::Relaxed)) {
            let description = describe::describe(Kind::Certificate, &sample.der);
            let description = description.unwrap_or_else(|error| panic!("{}: {error}", sample.file));
            let facts = theirs::facts(&openssl, scratch.folder(), &sample.der);
            let mut outcome = outcome.lock().unwrap();
            let Some(facts) = facts else {
                outcome.refused += 1;
                continue;
            };
            outcome.compared += 1;
            outcome.note(sample, &description, facts::differences(&ours::facts(&description), &facts));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let outcome = outcome.into_inner().unwrap();
    println!(
        "{} certificates compared with OpenSSL, {} that it does not read; {} kinds of extensions",
        outcome.compared,
        outcome.refused,
        outcome.extensions.len()
    );
    let wrong = unexpected(&outcome.differences);
    assert!(wrong.is_empty(), "{wrong}");
    assert!(outcome.compared > 300, "{}", outcome.compared);
}

impl Outcome {
    fn note(&mut self, sample: &Sample, description: &Description, differences: Vec<Difference>) {
        let extensions = description.sections.iter().filter(|field| field.critical.is_some());
        self.extensions.extend(extensions.filter_map(|field| field.oid.clone()));
        for Difference { field, ours, theirs } in differences {
            let words = format!("{ours:?} here, {theirs:?} there ({})", sample.file);
            self.differences.insert((sample.id.clone(), field, words));
        }
    }
}

/// The certificates of the collections, each once.
fn samples(corpora: &Path, whole: bool) -> Vec<Sample> {
    let listed: BTreeSet<&str> = listed().into_keys().map(|(id, _)| id).collect();
    let mut found = BTreeMap::new();
    for (collection, one_in) in COLLECTIONS {
        for path in files(&corpora.join(collection)) {
            let file = path.strip_prefix(corpora).unwrap().display().to_string();
            for der in certificates(&fs::read(&path).unwrap()) {
                let (id, number) = id(&der);
                if whole || number % one_in == 0 || listed.contains(id.as_str()) {
                    let file = file.clone();
                    found.entry(id.clone()).or_insert(Sample { id, file, der });
                }
            }
        }
    }
    found.into_values().collect()
}

/// The certificates in a file; of NSS's own list those that stand there in octal numbers.
fn certificates(content: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(content);
    let octal = text.split("CKA_VALUE MULTILINE_OCTAL\n").skip(1).map(|rest| {
        let digits = rest.split("END").next().unwrap_or_default();
        let octets = digits.split(['\\', '\n']).filter(|digits| !digits.is_empty());
        octets.map(|digits| u8::from_str_radix(digits, 8).unwrap()).collect()
    });
    let found = input::read(content).found.into_iter();
    let read = found.filter(|found| found.item.kind() == Kind::Certificate);
    octal.chain(read.map(|found| found.item.bytes().to_vec())).collect()
}

/// The first digits of the SHA-256, and the number that its last octet is.
fn id(der: &[u8]) -> (String, usize) {
    let described = describe::describe(Kind::Certificate, der).unwrap();
    let digest = described.find("sha256").unwrap().forms[0].text.clone();
    let number = usize::from_str_radix(&digest[62..], 16).unwrap();
    (digest[..16].to_owned(), number)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut out, mut pending) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { pending.push(path) } else { out.push(path) }
        }
    }
    out.sort();
    out
}

/// The differences that have a reason, and whether they were met.
fn listed() -> BTreeMap<(&'static str, &'static str), bool> {
    let mut listed = BTreeMap::new();
    let lines = include_str!("differences.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [id, field, reason] = parts[..] else { panic!("{line:?} has no three parts") };
        assert!(!reason.trim().is_empty(), "{line:?} has no reason");
        listed.insert((id, field), false);
    }
    listed
}

/// What differs and is not listed, and what is listed and does not differ.
fn unexpected(found: &BTreeSet<(String, &'static str, String)>) -> String {
    let mut listed = listed();
    let mut out = String::new();
    for (id, field, words) in found {
        match listed.get_mut(&(id.as_str(), *field)) {
            Some(met) => *met = true,
            None => writeln!(out, "{id} | {field} | {words}").unwrap(),
        }
    }
    for ((id, field), met) in listed {
        if !met {
            writeln!(out, "{id} | {field} is listed and does not differ").unwrap();
        }
    }
    out
}
