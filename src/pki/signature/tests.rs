//! Tests of signature algorithm identifiers and of verifying with unusable keys.
//!
//! Leaves out signing (`tests/core`).
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use SignatureAlgorithm as S;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

#[test]
fn identifiers_are_written_as_the_standards_say() {
    let pss = |hash, salt_len| S::RsaPss { hash, salt_len };
    for (algorithm, der) in [
        (S::RsaSha1, "300d06092a864886f70d0101050500"),
        (S::RsaSha256, "300d06092a864886f70d01010b0500"),
        (S::RsaSha512, "300d06092a864886f70d01010d0500"),
        (S::EcdsaSha256, "300a06082a8648ce3d040302"),
        (S::EcdsaSha384, "300a06082a8648ce3d040303"),
        (S::Ed25519, "300506032b6570"),
        (pss(HashAlgorithm::Sha1, 20), "300d06092a864886f70d01010a3000"),
        (
            pss(HashAlgorithm::Sha256, 32),
            "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120",
        ),
        (S::Other("1.2.3".into()), "300406022a03"),
    ] {
        assert_eq!(crate::certificate::hex(&algorithm.to_der()), der, "{algorithm}");
        assert_eq!(S::from_der(&unhex(der)).unwrap(), algorithm);
    }
    for salt_len in [0, 127, 128, 255, 256, 478] {
        let algorithm = pss(HashAlgorithm::Sha512, salt_len);
        assert_eq!(S::from_der(&algorithm.to_der()).unwrap(), algorithm);
    }
}

#[test]
fn unusual_identifiers_are_still_known() {
    for (der, algorithm) in [
        // RSA without NULL, ECDSA with NULL, the identifier of the OIW.
        ("300b06092a864886f70d01010b", S::RsaSha256),
        ("300c06082a8648ce3d0403020500", S::EcdsaSha256),
        ("300906052b0e03021d0500", S::RsaSha1),
        // RSASSA-PSS without parameters, and with SHA-256 for the message but SHA-1 for the mask.
        ("300b06092a864886f70d01010a", S::Other("1.2.840.113549.1.1.10".into())),
        (
            "301e06092a864886f70d01010a3011a00f300d06096086480165030402010500",
            S::Other("1.2.840.113549.1.1.10".into()),
        ),
        ("300d06092a864886f70d0101040500", S::Other("1.2.840.113549.1.1.4".into())),
    ] {
        assert_eq!(S::from_der(&unhex(der)).unwrap(), algorithm, "{der}");
    }
    assert!(S::from_der(&unhex("3000")).is_err());
    assert!(S::from_der(&unhex("06022a03")).is_err());
}

#[test]
fn labels_are_for_people() {
    for (algorithm, label) in [
        (S::RsaSha256, "RSA with SHA-256"),
        (S::EcdsaSha384, "ECDSA with SHA-384"),
        (S::RsaPss { hash: HashAlgorithm::Sha512, salt_len: 64 }, "RSA-PSS with SHA-512"),
        (S::Ed25519, "Ed25519"),
        (S::Other("1.2.3".into()), "1.2.3"),
    ] {
        assert_eq!(algorithm.label(), label);
    }
}

#[test]
fn unusable_keys_are_refused_without_a_panic() {
    let rsa = |modulus: &str, exponent: &str| {
        let numbers = [tlv::write(2, &unhex(modulus)), tlv::write(2, &unhex(exponent))].concat();
        let bits = [vec![0], tlv::write(0x30, &numbers)].concat();
        let algorithm = unhex("300d06092a864886f70d0101010500");
        tlv::write(0x30, &[algorithm, tlv::write(3, &bits)].concat())
    };
    let point = |bytes: &[u8]| {
        let algorithm = unhex("301306072a8648ce3d020106082a8648ce3d030107");
        let bits = [&[0], bytes].concat();
        tlv::write(0x30, &[algorithm, tlv::write(3, &bits)].concat())
    };
    let even = format!("00{}", "f2".repeat(128));
    let odd = format!("00{}", "f1".repeat(128));
    for (spki, algorithm) in [
        (rsa(&even, "010001"), S::RsaSha256),
        (rsa(&odd, "00"), S::RsaSha256),
        (rsa(&odd, "02"), S::RsaSha256),
        (rsa("03", "03"), S::RsaSha256),
        (rsa(&"7f".repeat(4000), "03"), S::RsaSha256),
        (point(&[]), S::EcdsaSha256),
        (point(&[0]), S::EcdsaSha256),
        (point(&[4; 65]), S::EcdsaSha256),
    ] {
        let key = PublicKey::from_spki(&spki).unwrap();
        let refused = verify(&key, &algorithm, b"x", &[1; 128]).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::BadKey, "{spki:02x?}");
    }
}
