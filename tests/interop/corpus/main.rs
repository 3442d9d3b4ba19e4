//! The whole corpus goes through `inspect`'s own code: everything is answered, nothing panics, and the answers are those of
//! the indexes, but for the differences that are listed with their reasons.
//!
//! Single fields of single kinds are compared beside the code of each kind; here is the whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod differences;
mod folders;
mod index;
mod look;
mod mbedtls;
mod section;

use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use section::Section;

/// A part of the corpus and how it is judged.
type Judge = fn(&Path) -> Section;

const JUDGES: [Judge; 26] = [
    |corpora| mbedtls::judge(corpora, "mbedtls/keys", "pkparse.json"),
    folders::keys,
    folders::roots,
    folders::limbo,
    folders::pkcs12,
    folders::certificates,
    folders::zlint,
    folders::crl,
    folders::csr,
    folders::ocsp,
    folders::pkcs7,
    folders::jks,
    folders::pqc,
    folders::other,
    folders::pkits,
    folders::strictness,
    folders::fuzz_seeds,
    folders::wycheproof,
    |corpora| mbedtls::judge(corpora, "mbedtls/x509", "x509parse.json.gz"),
    |corpora| mbedtls::judge(corpora, "mbedtls/pkcs7", "pkcs7.json.gz"),
    |corpora| mbedtls::judge(corpora, "mbedtls/asn1", "asn1parse.json"),
    |corpora| mbedtls::judge(corpora, "mbedtls/oid", "oid.json"),
    |corpora| mbedtls::judge(corpora, "mbedtls/pem", "pem.json"),
    |corpora| mbedtls::judge(corpora, "mbedtls/pkcs12", "pkcs12.json"),
    |corpora| mbedtls::judge(corpora, "mbedtls/pkcs5", "pkcs5.json"),
    |corpora| mbedtls::judge(corpora, "mbedtls/write", "x509write.json"),
];

#[test]
fn every_file_is_answered_as_its_index_says_or_as_is_written_down() {
    let Some(corpora) = certwright_interop::corpora() else { return };
    let (next, sections) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(judge) = JUDGES.get(next.fetch_add(1, Ordering::Relaxed)) {
            let started = Instant::now();
            let mut section = judge(&corpora);
            section.taken = started.elapsed();
            sections.lock().unwrap().push(section);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut sections = sections.into_inner().unwrap();
    sections.sort_by_key(|section| section.name);
    let table = section::table(&sections);
    println!("{table}");
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus.txt"), &table).unwrap();
    let mut wrong = String::new();
    for section in &sections {
        for line in differences::unexpected(section.name, &section.differences) {
            writeln!(wrong, "{line}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
