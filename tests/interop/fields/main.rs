//! Certificates as OpenSSL prints them and as they are described here: no field may be lost, and none may differ.
//!
//! Names, serial number, dates, key, extensions with their criticality, alternative names and the fingerprint are compared.
//! What differs is listed with its reason in `differences.txt`; what is listed and does not differ fails, too. All
//! certificates of the collections are looked at, those that are the same once.

#![allow(clippy::unwrap_used, clippy::panic)]

mod collections;
mod facts;
mod ours;
mod theirs;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use certwright_interop::{Program, Scratch};
use certwright_pki::describe::Description;
use certwright_pki::{Kind, describe};

use collections::Sample;
use facts::{Difference, Facts};

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
    let samples = collections::samples(&corpora);
    let (next, outcome, scratch) = (AtomicUsize::new(0), Mutex::new(Outcome::default()), Scratch::new());
    let work = || {
        while let Some(sample) = samples.get(next.fetch_add(1, Ordering::Relaxed)) {
            let description = describe::describe(Kind::Certificate, &sample.der);
            let description = description.unwrap_or_else(|error| panic!("{}: {error}", sample.file));
            let facts = theirs::facts(&openssl, scratch.folder(), &sample.der);
            outcome.lock().unwrap().note(sample, &description, facts);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let outcome = outcome.into_inner().unwrap();
    println!(
        "all {} certificates looked at: {} compared with OpenSSL, {} that it does not read; {} kinds of extensions",
        samples.len(),
        outcome.compared,
        outcome.refused,
        outcome.extensions.len()
    );
    let wrong = unexpected(&outcome.differences);
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(outcome.compared + outcome.refused, samples.len());
}

impl Outcome {
    fn note(&mut self, sample: &Sample, description: &Description, theirs: Option<Facts>) {
        let Some(theirs) = theirs else {
            self.refused += 1;
            let row = (sample.id().to_owned(), "readable", format!("here, and not there ({})", sample.file));
            self.differences.insert(row);
            return;
        };
        self.compared += 1;
        let ours = ours::facts(description);
        assert_eq!(ours.fingerprint, sample.digest, "{}", sample.file);
        let extensions = description.sections.iter().filter(|field| field.critical.is_some());
        self.extensions.extend(extensions.filter_map(|field| field.oid.clone()));
        for Difference { field, ours, theirs } in facts::differences(&ours, &theirs) {
            let words = format!("{ours:?} here, {theirs:?} there ({})", sample.file);
            self.differences.insert((sample.id().to_owned(), field, words));
        }
    }
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
