//! One good file of each kind, cut off at every byte and with every byte flipped: an answer each.

use super::seeds::run;
use certwright_fuzz::{TARGETS, good};
use certwright_pki::input;

/// The kinds of objects that the good files hold, containers opened.
fn kinds_of(name: &str, content: &[u8]) -> Vec<&'static str> {
    let reading = input::read(content);
    assert!(!reading.found.is_empty(), "{name}: {:?}", reading.problems);
    reading.found.iter().map(|found| found.item.kind().id()).collect()
}

#[test]
fn the_good_files_are_of_every_kind() {
    let mut seen: Vec<&str> = good().unwrap().iter().flat_map(|(name, file)| kinds_of(name, file)).collect();
    seen.sort_unstable();
    seen.dedup();
    for kind in [
        "certificate",
        "certificate-request",
        "crl",
        "private-key",
        "encrypted-private-key",
        "legacy-encrypted-private-key",
        "encrypted-openssh-private-key",
        "public-key",
        "pkcs12",
        "key-store",
        "cms",
        "spkac",
        "ocsp-request",
        "ocsp-response",
        "timestamp-request",
        "timestamp-response",
        "parameters",
        "openssh-public-key",
    ] {
        assert!(seen.contains(&kind), "{kind} is not among {seen:?}");
    }
}

/// Reads as anything, every damage that `damage` makes of every good file.
fn damaged(damage: impl Fn(&[u8], usize) -> Vec<u8> + Sync) {
    let anything = TARGETS.iter().find(|target| target.name == "anything").unwrap();
    let files = good().unwrap();
    let files = std::sync::Mutex::new(files.iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = files.lock().unwrap().next();
                    let Some((name, file)) = next else { return };
                    for at in 0..file.len() {
                        run(anything, &format!("{name} at {at}"), &damage(file, at));
                    }
                }
            });
        }
    });
}

#[test]
fn a_file_cut_off_anywhere_is_answered() {
    damaged(|file, at| file[..at].to_vec());
}

#[test]
fn a_file_with_any_byte_flipped_is_answered() {
    damaged(|file, at| {
        let mut file = file.to_vec();
        file[at] ^= 0xff;
        file
    });
}
