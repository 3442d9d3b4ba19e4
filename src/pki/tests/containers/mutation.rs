//! Damaged input without end: samples with bytes flipped, cut out, doubled and spliced, read for a second, or for as
//! long as `CERTWRIGHT_SOAK_SECONDS` says. Whatever comes, the answer is objects and problems, soon.

use super::corpora::folder;
use super::input_corpus::members;
use certwright_pki::{Certificate, Crl, Kind, Request, input, jwk, key, openssh, pkcs7, unlock};
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

/// A small generator of numbers, the same in every run, so that a failure comes back.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }

    fn damage(&mut self, sample: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for _ in 0..=self.next(4) {
            let at = self.next(bytes.len());
            let until = (at + 1 + self.next(32)).min(bytes.len());
            match self.next(6) {
                _ if bytes.is_empty() => bytes.extend_from_slice(other),
                0 => bytes[at] ^= 1 << self.next(8),
                1 => bytes[at] = [0x00, 0x7f, 0x80, 0xff, 0x30, 0x84][self.next(6)],
                2 => drop(bytes.drain(at..until)),
                3 => bytes.truncate(at),
                4 => {
                    let copy = bytes[at..until].to_vec();
                    bytes.splice(at..at, copy);
                }
                _ => {
                    let from = self.next(other.len());
                    bytes.splice(at..at, other[from..].iter().take(64).copied());
                }
            }
        }
        bytes
    }
}

fn read_in_every_way(bytes: &[u8]) {
    drop(input::read(bytes));
    drop(Certificate::parse(bytes));
    drop(Request::parse(bytes));
    drop(Crl::parse(bytes));
    drop(pkcs7::read(bytes));
    drop(key::outline(bytes));
    drop(openssh::PublicBlob::parse(bytes));
    drop(jwk::read(bytes));
    // A derivation may cost seconds, so only cheap ones are run.
    for kind in Kind::ALL.into_iter().filter(|kind| kind.needs_password()) {
        if unlock::cost(kind, bytes).is_ok_and(|rounds| rounds <= 4_096) {
            drop(unlock::open(kind, bytes, "password"));
        }
    }
}

#[test]
fn damaged_input_is_answered_without_a_panic_and_soon() {
    let Some(folder) = folder() else { return };
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(folder.join("fuzz-seeds")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "gz") {
            samples.extend(members(&path));
        }
    }
    samples.retain(|sample| sample.len() < 16_384);
    let seconds =
        std::env::var("CERTWRIGHT_SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let (start, mut numbers, mut runs) = (Instant::now(), Numbers(20_261_123), 0_u64);
    while start.elapsed() < Duration::from_secs(seconds) {
        let (one, other) = (numbers.next(samples.len()), numbers.next(samples.len()));
        let bytes = numbers.damage(&samples[one], &samples[other]);
        let began = Instant::now();
        let calm = catch_unwind(|| read_in_every_way(&bytes)).is_ok();
        let taken = began.elapsed();
        assert!(calm && taken < Duration::from_secs(5), "run {runs}, {taken:?}: {bytes:02x?}");
        runs += 1;
    }
    println!("damaged inputs answered: {runs}");
    assert!(runs > 100, "{runs}");
}

/// One small good file of each kind that holds keys.
const KEY_FILES: [&str; 14] = [
    "keys/mbedtls/ec_prv.sec1.der",
    "keys/mbedtls/ec_prv.pk8.der",
    "keys/mbedtls/ec_prv.pk8.pw.der",
    "keys/mbedtls/server5.key.enc",
    "keys/pyca/Ed25519/ed25519-pkcs8-enc.der",
    "keys/pyca/OpenSSH/ed25519-nopsw.key",
    "keys/pyca/OpenSSH/ed25519-nopsw.key-cert.pub",
    "keys/pyca/OpenSSH/sk-ed25519-nopsw.key",
    "keys/pyca/X25519/x25519-pkcs8.der",
    "pqc/own/ml-kem-768-private.der",
    "jks/pyjks/jks/RSA1024.jks",
    "jks/pyjks/jceks/AES128.jceks",
    "jks/pyjks/bks/christmas.bksv2",
    "jks/pyjks/uber/empty.uber",
];

#[test]
fn key_files_cut_or_changed_at_any_octet_are_answered() {
    let Some(folder) = folder() else { return };
    for name in KEY_FILES {
        let whole = std::fs::read(folder.join(name)).unwrap();
        assert!(!input::read(&whole).found.is_empty(), "{name}");
        let began = Instant::now();
        for place in 0..whole.len() {
            let mut altered = whole.clone();
            altered[place] ^= 0xff;
            for bytes in [&whole[..place], &altered] {
                let calm = catch_unwind(|| read_in_every_way(bytes)).is_ok();
                assert!(calm, "{name} at {place}");
            }
        }
        // Thousands of readings; one of them alone must not take long.
        assert!(began.elapsed() < Duration::from_secs(120), "{name}: {:?}", began.elapsed());
    }
}
