//! The signature vectors of Project Wycheproof, as far as the samples hold them.
//!
//! Leaves out key agreement and ciphers.

use std::io::Read;
use std::path::Path;

use certwright_pki::signature::{HashAlgorithm, verify};
use certwright_pki::{PublicKey, SignatureAlgorithm};
use serde_json::Value;

use super::corpora::corpora;

fn load(folder: &Path, file: &str) -> Value {
    let bytes = std::fs::read(folder.join("wycheproof").join(file)).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn unhex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

/// Returns how many vectors agreed; panics at one that does not.
fn run(file: &str, algorithm: &SignatureAlgorithm) -> usize {
    let Some(folder) = corpora() else {
        return 0;
    };
    let mut agreed = 0;
    for group in load(&folder, file)["testGroups"].as_array().unwrap() {
        let key = group.get("publicKeyDer").or_else(|| group.get("publicKeyAsn")).unwrap();
        let key = PublicKey::from_spki(&unhex(key)).unwrap();
        for test in group["tests"].as_array().unwrap() {
            let outcome = verify(&key, algorithm, &unhex(&test["msg"]), &unhex(&test["sig"])).is_ok();
            let wanted = test["result"].as_str().unwrap();
            if wanted != "acceptable" {
                assert_eq!(outcome, wanted == "valid", "{file} {}: {}", test["tcId"], test["comment"]);
                agreed += 1;
            }
        }
    }
    println!("{file}: {agreed} agreed");
    agreed
}

#[test]
fn signature_vectors_are_judged_as_they_should_be() {
    let pss = SignatureAlgorithm::RsaPss { hash: HashAlgorithm::Sha256, salt_len: 32 };
    let mut agreed = 0;
    for (file, algorithm) in [
        ("ecdsa_secp256r1_sha256_test.json.gz", SignatureAlgorithm::EcdsaSha256),
        ("ed25519_test.json.gz", SignatureAlgorithm::Ed25519),
        ("rsa_signature_2048_sha256_test.json.gz", SignatureAlgorithm::RsaSha256),
        ("rsa_pss_2048_sha256_mgf1_32_test.json.gz", pss.clone()),
        ("rsa_pss_2048_sha256_mgf1_32_params_test.json.gz", pss),
    ] {
        agreed += run(file, &algorithm);
    }
    assert!(agreed == 0 || agreed > 800, "{agreed}");
}
