//! Damage: each kind of object cut off at every byte, and with every byte turned over. There is an answer to each,
//! soon, and every place that is named lies within the object.

use crate::placed;
use certwright_interop::corpora;
use certwright_pki::describe::describe;
use certwright_pki::input;
use std::time::Instant;

/// Small files, one of each kind and of each content type.
const SAMPLES: [&str; 22] = [
    "csr/pyca/freeipa-bad-critical.pem",
    "csr/pyca/challenge.pem",
    "crl/mbedtls/parse_input/crl-idp.pem",
    "crl/mbedtls/parse_input/crl-ec-sha256.pem",
    "ocsp/pyca/req-ext-nonce.der",
    "ocsp/rustcrypto/x509-ocsp/ocsp-multiple-exts-clean-req.der",
    "ocsp/pyca/resp-unauthorized.der",
    "ocsp/pyca/resp-single-extension-reason.der",
    "pkcs7/dotnet/singlecert.p7b",
    "pkcs7/pyca/authenticode.der",
    "pkcs7/rustcrypto/cms/compressed_data.bin",
    "pkcs7/rustcrypto/cms/digested_data.bin",
    "pkcs7/rustcrypto/cms/encrypted_data.bin",
    "pkcs7/rustcrypto/cms/enveloped_data_kari.bin",
    "pkcs7/rustcrypto/cms/enveloped_data_kekri.bin",
    "pkcs7/rustcrypto/cms/enveloped_data_pwri.bin",
    "pkcs7/rustcrypto/cms/kms_ciphertext_for_recipient_1.ber",
    "other/rustcrypto/cmpv2/ir_req_01.bin",
    "other/rustcrypto/cmpv2/rr_rsp_01.bin",
    "other/rustcrypto/crmf/certreqmsgs.bin",
    "other/rustcrypto/x509-cert/raytheon_pathLenConstraint.ta",
    "other/pyca/cryptography-scts-tbs-precert.der",
];

#[test]
fn damage_of_every_kind_has_an_answer() {
    let Some(root) = corpora() else { return };
    let (started, mut answers) = (Instant::now(), 0);
    for sample in SAMPLES {
        let whole = input::read(&std::fs::read(root.join(sample)).unwrap());
        let bytes = whole.found[0].item.bytes().to_vec();
        for place in 0..bytes.len() {
            answer(&bytes[..place], sample);
            // In long ones, not every byte: the middle of a signature is like its neighbours.
            if place < 600 || place.is_multiple_of(7) {
                let mut changed = bytes.clone();
                changed[place] = !changed[place];
                answer(&changed, sample);
                answers += 1;
            }
            answers += 1;
        }
    }
    println!("{answers} answers in {:?}", started.elapsed());
}

fn answer(bytes: &[u8], sample: &str) {
    let started = Instant::now();
    let reading = input::read(bytes);
    assert!(reading.found.len() + reading.problems.len() > 0, "{sample}");
    for (place, found) in reading.found.iter().enumerate() {
        assert!(found.at.end <= bytes.len() && found.within.is_none_or(|within| within < place), "{sample}");
        let inside = found.item.bytes();
        if let Ok(described) = describe(found.item.kind(), inside)
            && !found.item.is_secret()
        {
            let outcome = placed::check(&described, inside);
            assert_eq!(outcome, Ok(()), "{sample} {:02x?}", &bytes[..bytes.len().min(40)]);
        }
    }
    for problem in &reading.problems {
        assert!(problem.at.end <= bytes.len() && problem.at.start <= problem.at.end, "{sample}");
    }
    // Generous, for builds without optimisation on a busy machine; what grows with the square takes hours.
    assert!(started.elapsed().as_secs() < 30, "{sample}: {:?}", started.elapsed());
}

#[test]
fn structures_that_ask_for_too_much_are_answered_at_once() {
    let started = Instant::now();
    let nest = |head: &[u8], count: usize| head.repeat(count);
    let many = |element: &[u8], count: usize| {
        let content = element.repeat(count);
        let size = (content.len() as u32).to_be_bytes();
        [&[0x30, 0x84][..], &size, &content].concat()
    };
    for bytes in [
        nest(&[0x30, 0x80], 100_000),
        nest(&[0xa0, 0x80], 100_000),
        nest(&[0x24, 0x80], 100_000),
        nest(&[0x31, 0x80], 100_000),
        many(&[0x30, 0], 1_000_000),
        many(&[2, 1, 1], 1_000_000),
        many(&[0xa0, 0], 1_000_000),
        many(&[0x30, 3, 6, 1, 0x2a], 400_000),
        many(&[0x30, 0x80, 0, 0], 500_000),
    ] {
        answer(&bytes, "made");
    }
}
