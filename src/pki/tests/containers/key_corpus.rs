//! Every key file of the corpora: what others read is read or named here, what is bad is refused with its reason, and
//! passwords that are wrong or missing are said to be so.

use crate::corpora;
use certwright_pki::input::{self, Item, Reading};
use certwright_pki::key::{PublicKeyAlgorithm, outline};
use certwright_pki::{ErrorKind, Kind, unlock};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files that others read and we refuse: the words of our reason, and why we are right.
const STRICTER: [(&str, &str, &str); 4] = [
    ("pyca/PEM_Serialization/rsa-bad-1025-q-is-2.pem", "unusable key", "one of the primes is 2"),
    ("pyca/PKCS8/ec-inconsistent-curve2.pem", "two curves are named", "the outer and the inner curve differ"),
    (
        "pyca/PKCS8/ec-invalid-private-scalar.pem",
        "unusable key",
        "the number is not below the order of the curve",
    ),
    (
        "pyca/Traditional_OpenSSL_Serialization/rsa-wrong-version.pem",
        "unusable key",
        "the version is neither 0 nor 1 (RFC 8017 appendix A.1.2)",
    ),
];

/// Files that nobody else reads and we do, and why we are right.
const LAXER: [(&str, &str); 11] = [
    ("pyca/DER_Serialization/dsa_public_key_no_params.der", "named and shown; parameters may be inherited"),
    ("pyca/DH/dh_key_256.pem", "named and shown; that its group is weak is for others to judge"),
    ("pyca/EC/explicit_parameters_private_key.pem", "named and shown with its curve written out"),
    (
        "pyca/OpenSSH/sk-ecdsa-nopsw.key.pub",
        "the index has no verdict of the others on it; ssh-keygen reads it",
    ),
    (
        "pyca/OpenSSH/sk-ecdsa-psw.key.pub",
        "the index has no verdict of the others on it; ssh-keygen reads it",
    ),
    ("pyca/PKCS8/bad-oid-dsa-key.pem", "named by its object identifier and shown"),
    ("pyca/PKCS8/unknown-oid.der", "named by its object identifier and shown"),
    ("rustcrypto/pkcs8/bign256-priv.der", "named by its object identifier and shown"),
    ("rustcrypto/pkcs8/bign256-priv.pem", "named by its object identifier and shown"),
    (
        "rustcrypto/pkcs8/ed25519-priv-pkcs8v2.der",
        "version 2 of PKCS#8 is RFC 5958; OpenSSL 3.0 has version 1 only",
    ),
    (
        "rustcrypto/pkcs8/ed25519-priv-pkcs8v2.pem",
        "version 2 of PKCS#8 is RFC 5958; OpenSSL 3.0 has version 1 only",
    ),
];

/// What became of one file.
#[derive(Debug, Default)]
struct Outcome {
    /// Keys that can be used, keys and parameters that are named and shown.
    usable: usize,
    shown: usize,
    /// Why something was refused.
    refused: Vec<String>,
    /// Every object in words.
    words: Vec<String>,
}

fn outcome(reading: &Reading, password: &str, out: &mut Outcome) {
    for found in &reading.found {
        match &found.item {
            Item::Locked { kind, bytes } => match unlock::open(*kind, bytes, password) {
                Ok(inner) => outcome(&inner, password, out),
                Err(error) => out.refused.push(error.to_string()),
            },
            Item::PrivateKey(key) => {
                out.usable += 1;
                out.words.push(format!("private {}", key.public().label()));
            }
            Item::PublicKey(key) => {
                let computed = !matches!(key.algorithm(), PublicKeyAlgorithm::Other(_));
                *(if computed { &mut out.usable } else { &mut out.shown }) += 1;
                out.words.push(format!("public {}", key.label()));
            }
            item => {
                assert_ne!(item.kind(), Kind::Unknown, "{item:?}");
                out.shown += 1;
                out.words.push(item.kind().id().to_owned());
            }
        }
    }
    out.refused.extend(reading.problems.iter().map(|problem| problem.kind.to_string()));
}

fn of(row: &Value, folder: &Path) -> Outcome {
    let input = fs::read(folder.join(row["file"].as_str().unwrap())).unwrap();
    let mut out = Outcome::default();
    outcome(&input::read(&input), row["password"].as_str().unwrap_or_default(), &mut out);
    out
}

#[test]
fn every_key_file_is_read_named_or_refused_with_its_reason() {
    let Some((folder, rows)) = corpora::index("keys") else { return };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        let out = of(row, &folder);
        let theirs = &row["ref"];
        let read_by_others =
            theirs["openssl_3_0"] == true || theirs["ssh_keygen"] == true || theirs["pyca"]["reads"] == true;
        let read = out.refused.is_empty() && out.usable + out.shown > 0;
        let stricter = STRICTER.iter().find(|row| row.0 == name);
        let laxer = LAXER.iter().any(|row| row.0 == name);
        let agrees = match (read_by_others, read) {
            (true, true) | (false, false) => stricter.is_none() && !laxer,
            (true, false) => stricter.is_some_and(|row| out.refused.iter().any(|why| why.contains(row.1))),
            (false, true) => laxer,
        };
        if !agrees {
            wrong.push(format!("{name}: others {read_by_others}, {out:?}"));
        }
        let verdict = if !read {
            "refused"
        } else if out.usable > 0 {
            "read"
        } else {
            "named and shown"
        };
        *counts.entry(verdict).or_default() += 1;
        *counts.entry(if agrees { "as others or as listed" } else { "wrong" }).or_default() += 1;
    }
    println!("keys: {} files, {counts:?}", rows.len());
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

/// The objects of a file that a password opens.
fn locked(row: &Value, folder: &Path) -> Vec<(Kind, Vec<u8>)> {
    let input = fs::read(folder.join(row["file"].as_str().unwrap())).unwrap();
    let items = input::read(&input).found.into_iter().map(|found| found.item);
    let locked = items.filter_map(|item| match item {
        Item::Locked { kind, bytes } => Some((kind, bytes)),
        _ => None,
    });
    locked.collect()
}

#[test]
fn wrong_and_missing_passwords_are_told_apart_from_each_other_and_from_damage() {
    let Some((folder, rows)) = corpora::index("keys") else { return };
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["password"].is_string()) {
        let name = row["file"].as_str().unwrap();
        for (kind, bytes) in locked(row, &folder) {
            if let Err(error) = unlock::cost(kind, &bytes) {
                let known = matches!(
                    error.kind,
                    ErrorKind::UnsupportedContainer { .. } | ErrorKind::CorruptContainer { .. }
                );
                assert!(known, "{name}: {error}");
                *counts.entry("said before asking for a password").or_default() += 1;
                continue;
            }
            *counts.entry(kind.id()).or_default() += 1;
            for (password, expect) in
                [("", ErrorKind::MissingPassword), ("not the password", ErrorKind::WrongPassword)]
            {
                match unlock::open(kind, &bytes, password) {
                    Err(error) if error.kind == expect => {}
                    other => wrong.push(format!("{name} with {password:?}: {other:?}")),
                }
            }
        }
    }
    println!("keys under a password: {counts:?}");
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

#[test]
fn what_mbed_tls_expects_of_a_password_is_what_happens() {
    let Some((folder, rows)) = corpora::index("keys") else { return };
    let mut wrong = Vec::new();
    let mut checked = 0;
    for row in rows.iter().filter(|row| row["mbedtls"].is_array()) {
        let name = row["file"].as_str().unwrap();
        for case in row["mbedtls"].as_array().unwrap() {
            let password = case["password"].as_str().unwrap_or_default();
            let results: Vec<_> = locked(row, &folder)
                .iter()
                .map(|(kind, bytes)| unlock::open(*kind, bytes, password))
                .collect();
            let errors: Vec<ErrorKind> =
                results.into_iter().filter_map(|result| Some(result.err()?.kind)).collect();
            let agrees = match case["result"].as_str().unwrap() {
                // Ours does not say "invalid" to an empty password.
                "MBEDTLS_ERR_PK_PASSWORD_REQUIRED" | "MBEDTLS_ERR_PK_KEY_INVALID_FORMAT" => {
                    errors == [ErrorKind::MissingPassword]
                }
                "MBEDTLS_ERR_PK_PASSWORD_MISMATCH" => errors == [ErrorKind::WrongPassword],
                // A point in the compressed form on a curve that it cannot decompress; shown here as it is.
                "MBEDTLS_ERR_ECP_FEATURE_UNAVAILABLE" | "0" => errors.is_empty(),
                other => panic!("{other}"),
            };
            checked += 1;
            if !agrees {
                wrong.push(format!("{name} with {password:?}: {errors:?} instead of {}", case["result"]));
            }
        }
    }
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
    assert!(checked > 500, "{checked}");
}

/// Keys of `pqc` that contradict themselves, and the words that say so.
const BAD_POST_QUANTUM: [(&str, &str); 6] = [
    ("lamps-dilithium/bad-ML-DSA-44-2.priv", "the hash of the public key is another"),
    ("lamps-dilithium/bad-ML-DSA-44-3.priv", "the low bits of the public key are others"),
    ("lamps-kyber/bad-ML-KEM-512-1.priv", "the expanded key is not that of the seed"),
    ("lamps-kyber/bad-ML-KEM-512-2.priv", "the private key does not lead to the public one"),
    ("lamps-kyber/bad-ML-KEM-512-3.priv", "the hash of the public key is another"),
    ("lamps-kyber/bad-ML-KEM-512-4.priv", "the expanded key is not that of the seed"),
];

#[test]
fn post_quantum_keys_are_shown_and_inconsistent_ones_refused() {
    let Some((folder, rows)) = corpora::index("pqc") else { return };
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        let is_key = ["priv", "pub", "mlkem768."].iter().any(|word| name.contains(word));
        if !is_key {
            continue;
        }
        let out = of(row, &folder);
        match BAD_POST_QUANTUM.iter().find(|bad| bad.0 == name) {
            Some((_, why)) if !out.refused.iter().any(|refused| refused.contains(why)) => {
                wrong.push(format!("{name}: {out:?}"));
            }
            None if !out.refused.is_empty() || out.shown != 1 => wrong.push(format!("{name}: {out:?}")),
            Some(_) => *counts.entry("refused".to_owned()).or_default() += 1,
            None => *counts.entry(out.words[0].clone()).or_default() += 1,
        }
    }
    println!("post-quantum keys: {counts:?}");
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
    for set in ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87", "ml-kem-768", "ml-kem-1024"] {
        let read = |half| input::read(&fs::read(folder.join(format!("own/{set}-{half}.pem"))).unwrap());
        let (private, public) = (read("private"), read("public"));
        let computed = outline(private.found[0].item.bytes()).unwrap().public.unwrap();
        assert_eq!(computed.as_der(), public.found[0].item.bytes(), "{set}");
    }
}
