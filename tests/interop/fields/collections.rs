//! The certificates of the collections, found without the reader that is under test, each once.
//!
//! How many there are is fixed, so that one that is missed fails; that the reader finds all of them is asserted as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use certwright_interop::{der_certificate, octal_certificates, pem_certificates};
use certwright_pki::{Kind, input};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A certificate of the collections.
pub struct Sample {
    /// Its SHA-256 in hexadecimal.
    pub digest: String,
    /// The first file that it was found in.
    pub file: String,
    pub der: Vec<u8>,
}

impl Sample {
    /// The first digits of the digest, which the list of differences has.
    pub fn id(&self) -> &str {
        &self.digest[..16]
    }
}

/// How many certificates a file has, and in all: those of `certificates/`, of `roots/`, and the different ones of both.
const COUNTS: [usize; 3] = [984, 2765, 1182];

/// Files of `roots/`, with the number of certificates in each.
const ROOTS: [(&str, usize); 15] = [
    // A table about certificates, which holds none.
    ("ccadb-microsoft.json", 0),
    ("ccadb-microsoft.pem", 457),
    ("ccadb-mozilla.pem", 142),
    ("mozilla-tls-webpki-root-certs.pem", 118),
    ("nss-certdata.txt", 176),
    ("old-stores/CA_AOSP.crt", 39),
    ("old-stores/CA_apple_10.10.0.crt", 223),
    ("old-stores/CA_apple_10.8.5.crt", 209),
    ("old-stores/CA_apple_10.9.5.crt", 233),
    ("old-stores/CA_apple_latest.crt", 205),
    ("old-stores/CA_java.crt", 78),
    ("old-stores/CA_microsoft.crt", 409),
    ("old-stores/CA_mozilla_nss.crt", 139),
    ("old-stores/CA_ubuntu_12.04.crt", 164),
    ("old-stores/CA_ubuntu_latest.crt", 173),
];

/// All that are different from each other.
///
/// # Panics
/// There are more or fewer than there should be, or the reader misses one.
pub fn samples(corpora: &Path) -> Vec<Sample> {
    let mut found = Found::default();
    let index = fs::read(corpora.join("certificates/index.json")).unwrap();
    let Value::Array(rows) = serde_json::from_slice(&index).unwrap() else { panic!("no rows") };
    for row in &rows {
        let file = format!("certificates/{}", row["file"].as_str().unwrap());
        let content = fs::read(corpora.join(&file)).unwrap();
        // One file is damaged so far that nobody calls it a certificate.
        if row["holds"].as_array().is_some_and(Vec::is_empty) {
            assert_eq!((&row["ref"]["openssl"], file.contains("clusterfuzz")), (&Value::from(0), true));
            continue;
        }
        let certificates = match row["encoding"].as_str() {
            Some("der") => vec![der_certificate(&content)],
            _ => pem_certificates(&content),
        };
        if let Some(labels) = row["holds"].as_object() {
            let named = labels.iter().filter(|(label, _)| label.ends_with("CERTIFICATE"));
            let count: u64 = named.filter_map(|(_, count)| count.as_u64()).sum();
            assert_eq!(certificates.len() as u64, count, "{file}");
        }
        found.add(&file, &content, certificates);
    }
    let of_certificates = found.count;
    for (name, count) in ROOTS {
        let file = format!("roots/{name}");
        let content = fs::read(corpora.join(&file)).unwrap();
        // Octal numbers are a source of NSS's own build, which no program but that one reads.
        let certificates = match name {
            "nss-certdata.txt" => octal_certificates(&content),
            _ => pem_certificates(&content),
        };
        assert_eq!(certificates.len(), count, "{file}");
        match name {
            "nss-certdata.txt" => found.keep(&file, certificates),
            _ => found.add(&file, &content, certificates),
        }
    }
    let of_roots = found.count - of_certificates;
    assert_eq!([of_certificates, of_roots, found.samples.len()], COUNTS);
    assert!(found.missed.is_empty(), "not found by the reader: {:?}", found.missed);
    found.samples.into_values().collect()
}

#[derive(Default)]
struct Found {
    /// How many, with those that are the same.
    count: usize,
    samples: BTreeMap<String, Sample>,
    missed: Vec<String>,
}

impl Found {
    /// Adds the certificates of a file, and looks for each in what the reader finds there.
    fn add(&mut self, file: &str, content: &[u8], certificates: Vec<Vec<u8>>) {
        let reading = input::read(content);
        let read = reading.found.iter().filter(|found| found.item.kind() == Kind::Certificate);
        let read: BTreeSet<&[u8]> = read.map(|found| found.item.bytes()).collect();
        for (place, certificate) in certificates.iter().enumerate() {
            if !read.contains(certificate.as_slice()) {
                self.missed.push(format!("{file}, the {place}th"));
            }
        }
        self.keep(file, certificates);
    }

    fn keep(&mut self, file: &str, certificates: Vec<Vec<u8>>) {
        self.count += certificates.len();
        for der in certificates {
            let digest = Sha256::digest(&der).iter().map(|octet| format!("{octet:02x}")).collect::<String>();
            let sample = Sample { digest: digest.clone(), file: file.to_owned(), der };
            self.samples.entry(digest).or_insert(sample);
        }
    }
}
