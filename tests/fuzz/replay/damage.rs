//! One good file of each kind, cut off at every byte and with every byte flipped: an answer each.

use super::seeds::run;
use certwright_fuzz::{TARGETS, good};
use certwright_pki::{Crl, ErrorKind, Kind, input, pkcs12};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The kinds of objects that the good files hold, containers opened.
fn kinds_of(name: &str, content: &[u8]) -> Vec<Kind> {
    let reading = input::read(content);
    assert!(!reading.found.is_empty(), "{name}: {:?}", reading.problems);
    reading.found.iter().map(|found| found.item.kind()).collect()
}

#[test]
fn the_good_files_are_of_every_kind() {
    let seen: Vec<Kind> = good().unwrap().iter().flat_map(|(name, file)| kinds_of(name, file)).collect();
    for kind in Kind::ALL {
        // What is unknown is not of a kind.
        assert!(seen.contains(&kind) || kind == Kind::Unknown, "{kind} is not among them");
    }
}

/// The content of a good file.
fn file(name: &str) -> Vec<u8> {
    let files = good().unwrap();
    files.into_iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name} is missing")).1
}

#[test]
fn the_good_files_hold_the_rarer_forms_of_their_kinds() {
    let list = Crl::parse(&file("delta-crl.der")).unwrap();
    assert!(list.is_delta());
    // The request lies within the signed message, the signer's certificate beside it.
    let kinds = kinds_of("cmc-request.der", &file("cmc-request.der"));
    assert!([Kind::Cms, Kind::Request].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    for (name, kind) in [
        ("attribute-certificate.der", Kind::AttributeCertificate),
        ("cmp-request.der", Kind::CmpMessage),
        ("cmp-response.der", Kind::CmpMessage),
        ("crmf.der", Kind::CertificateRequestMessages),
        ("sct-list.bin", Kind::SctList),
        ("tbs-certificate.der", Kind::TbsCertificate),
        ("timestamp-request.der", Kind::TimestampRequest),
        ("timestamp-response.der", Kind::TimestampResponse),
        ("trust-anchor.der", Kind::TrustAnchor),
        ("secret.jwk", Kind::SecretKey),
    ] {
        assert_eq!(kinds_of(name, &file(name))[0], kind, "{name}");
    }
    for name in ["pkcs12.p12", "pkcs12-legacy.p12", "pkcs12-pbmac1.p12"] {
        let opened = pkcs12::read(&file(name), "password").unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(opened.keys.len(), 1, "{name}");
        let other = pkcs12::read(&file(name), "passwort").unwrap_err().kind;
        assert_eq!(other, ErrorKind::WrongPassword, "{name}");
    }
}

/// Reads as anything, every damage that `damage` makes of every good file.
fn damaged(what: &str, damage: impl Fn(&[u8], usize) -> Vec<u8> + Sync) {
    let anything = TARGETS.iter().find(|target| target.name == "anything").unwrap();
    let files = good().unwrap();
    let (next, answers) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let slowest = Mutex::new((Duration::ZERO, String::new()));
    let work = || {
        while let Some((name, file)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            for at in 0..file.len() {
                let began = Instant::now();
                let place = format!("{name} at {at}");
                run(anything, &place, &damage(file, at));
                let mut slowest = slowest.lock().unwrap();
                *slowest = slowest.clone().max((began.elapsed(), place));
            }
            answers.fetch_add(file.len(), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(work);
        }
    });
    let all: usize = files.iter().map(|(_, file)| file.len()).sum();
    assert_eq!(answers.into_inner(), all);
    println!("{} files {what}: {all} answers, the slowest {:?}", files.len(), slowest.into_inner().unwrap());
}

#[test]
fn a_file_cut_off_anywhere_is_answered() {
    damaged("cut off", |file, at| file[..at].to_vec());
}

#[test]
fn a_file_with_any_byte_flipped_is_answered() {
    damaged("with a byte flipped", |file, at| {
        let mut file = file.to_vec();
        file[at] ^= 0xff;
        file
    });
}
