//! Private keys: imported from what other programs write, exported, refused when broken.
//!
//! Leaves out encrypted keys.

use certwright_pki::{ErrorKind, KeyKind, PrivateKey, SignatureAlgorithm, signature};
use pollster::block_on;

use super::openssl::{Scratch, openssl};
use super::{engine, key, usual};
use certwright_pki::Engine;

#[test]
fn every_kind_comes_back_from_its_export() {
    for kind in KeyKind::ALL {
        let made = key(kind);
        let again = PrivateKey::from_pkcs8(made.pkcs8()).unwrap();
        assert_eq!(again.public(), made.public());
        assert_eq!(again.pkcs8(), made.pkcs8());
        let own = PrivateKey::from_own_pkcs8(made.pkcs8()).unwrap();
        assert_eq!((own.public(), own.pkcs8()), (made.public(), made.pkcs8()));
        assert_eq!(again.public().kind(), Some(kind));
        assert_eq!(made.public().label(), kind.label());
        let mark = block_on(engine().sign(&again, &usual(&again), b"message")).unwrap();
        signature::verify(made.public(), &usual(&made), b"message", &mark).unwrap();
    }
}

#[test]
fn the_bytes_of_a_key_are_not_shown() {
    let made = key(KeyKind::Ed25519);
    assert_eq!(format!("{made:?}"), "PrivateKey(Ed25519, ..)");
    assert_eq!(made.pkcs8().len(), 48);
}

#[test]
fn openssl_reads_every_key_and_names_the_same_public_half() {
    let scratch = Scratch::new("keys");
    for kind in KeyKind::ALL {
        let made = key(kind);
        let path = scratch.write("key.der", made.pkcs8());
        let out = openssl(&["pkey", "-inform", "DER", "-in", &path, "-pubout", "-outform", "DER"]);
        assert_eq!(out, made.public().as_der(), "{kind}");
    }
}

#[test]
fn keys_that_openssl_makes_are_imported() {
    let scratch = Scratch::new("import");
    let path = scratch.path("key.pem");
    for (arguments, label) in [
        (&["genrsa", "-traditional", "-out", &path, "1024"][..], "RSA 1024"),
        (&["genrsa", "-out", &path, "2048"], "RSA 2048"),
        (&["ecparam", "-genkey", "-noout", "-name", "P-256", "-out", &path], "ECDSA P-256"),
        (&["ecparam", "-genkey", "-noout", "-name", "secp384r1", "-out", &path], "ECDSA P-384"),
        (&["ecparam", "-genkey", "-noout", "-name", "secp521r1", "-out", &path], "ECDSA P-521"),
        (
            &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521", "-out", &path],
            "ECDSA P-521",
        ),
        (&["genpkey", "-algorithm", "ED25519", "-out", &path], "Ed25519"),
        (&["genpkey", "-algorithm", "RSA-PSS", "-out", &path], "RSA 2048"),
    ] {
        openssl(arguments);
        let block = pem::parse(std::fs::read(&path).unwrap()).unwrap();
        let imported = match block.tag() {
            "RSA PRIVATE KEY" => PrivateKey::from_pkcs1(block.contents()),
            "EC PRIVATE KEY" => PrivateKey::from_sec1(block.contents()),
            _ => PrivateKey::from_pkcs8(block.contents()),
        }
        .unwrap();
        assert_eq!(imported.public().label(), label);
        let public = openssl(&["pkey", "-in", &path, "-pubout", "-outform", "DER"]);
        assert_eq!(imported.public().as_der(), public);
        PrivateKey::from_pkcs8(imported.pkcs8()).unwrap();
        let own = PrivateKey::from_own_pkcs8(imported.pkcs8()).unwrap();
        assert_eq!(own.public(), imported.public());
        for algorithm in SignatureAlgorithm::choices_for(imported.public()) {
            let mark = match block_on(engine().sign(&imported, &algorithm, b"x")) {
                Ok(mark) => mark,
                // 1024 bits have no room for a salt of 64 octets beside SHA-512.
                Err(error) if label == "RSA 1024" => {
                    assert!(matches!(error.kind, ErrorKind::EngineFailed { .. }));
                    continue;
                }
                Err(error) => panic!("{label} {algorithm}: {error}"),
            };
            signature::verify(imported.public(), &algorithm, b"x", &mark).unwrap();
        }
    }
}

#[test]
fn keys_of_other_curves_are_named_and_refused() {
    let scratch = Scratch::new("curves");
    let path = scratch.path("key.pem");
    for (arguments, oid) in [
        (
            &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1", "-out", &path][..],
            "1.3.132.0.10",
        ),
        (&["genpkey", "-algorithm", "ED448", "-out", &path], "1.3.101.113"),
        (&["genpkey", "-algorithm", "X25519", "-out", &path], "1.3.101.110"),
    ] {
        openssl(arguments);
        let block = pem::parse(std::fs::read(&path).unwrap()).unwrap();
        let refused = PrivateKey::from_pkcs8(block.contents()).unwrap_err();
        assert_eq!(refused.kind, ErrorKind::UnsupportedAlgorithm { oid: oid.into() });
    }
}

#[test]
fn a_key_with_any_octet_changed_or_cut_never_panics() {
    for kind in [KeyKind::Rsa2048, KeyKind::P256, KeyKind::Ed25519] {
        let good = key(kind);
        let der = good.pkcs8();
        let step = if kind == KeyKind::Rsa2048 { 7 } else { 1 };
        for at in (0..der.len()).step_by(step) {
            assert!(PrivateKey::from_pkcs8(&der[..at]).is_err());
            for value in [0x00, 0xff, der[at] ^ 1] {
                let mut changed = der.to_vec();
                changed[at] = value;
                let Ok(read) = PrivateKey::from_pkcs8(&changed) else {
                    continue;
                };
                // What is taken in must be able to sign, and its signature must verify.
                let mark = block_on(engine().sign(&read, &usual(&read), b"x")).unwrap();
                signature::verify(read.public(), &usual(&read), b"x", &mark).unwrap();
            }
        }
    }
}

#[test]
fn raw_and_der_forms_of_ecdsa_turn_into_each_other() {
    for kind in [KeyKind::P256, KeyKind::P384] {
        let made = key(kind);
        for _ in 0..20 {
            let mut message = [0; 8];
            engine().random(&mut message);
            let der = block_on(engine().sign(&made, &usual(&made), &message)).unwrap();
            let raw = signature::ecdsa_der_to_raw(made.public(), &der).unwrap();
            assert_eq!(raw.len(), if kind == KeyKind::P256 { 64 } else { 96 });
            assert_eq!(signature::ecdsa_raw_to_der(&raw).unwrap(), der);
        }
        for bad in [&[][..], &[0x30, 0], &[0x30, 3, 2, 1, 1], &[0x30, 6, 2, 1, 1, 2, 1, 0x80]] {
            assert!(signature::ecdsa_der_to_raw(made.public(), bad).is_err());
        }
    }
    assert!(signature::ecdsa_raw_to_der(&[1, 2, 3]).is_err());
    assert!(signature::ecdsa_raw_to_der(&[]).is_err());
}

#[test]
fn a_key_on_a_curve_may_have_too_few_or_too_many_octets() {
    let sec1 = |octets: &[u8], rest: &[u8]| {
        let curve = [0xa0, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
        let content = [&[2, 1, 1, 4, octets.len() as u8], octets, &curve, rest].concat();
        [vec![0x30, content.len() as u8], content].concat()
    };
    let one = PrivateKey::from_sec1(&sec1(&[1], &[])).unwrap();
    for octets in [&[0, 1][..], &[&[0; 31][..], &[1]].concat(), &[&[0; 40][..], &[1]].concat()] {
        assert_eq!(PrivateKey::from_sec1(&sec1(octets, &[])).unwrap().public(), one.public());
    }
    let point = one.public().bits();
    let point = [&[0xa1, 68, 3, 66, 0], point].concat();
    assert_eq!(PrivateKey::from_sec1(&sec1(&[1], &point)).unwrap().public(), one.public());
    for bad in [
        sec1(&[2], &point),
        sec1(&[], &[]),
        sec1(&[0; 32], &[]),
        sec1(&[0xff; 32], &[]),
        sec1(&[1; 33], &[]),
        sec1(&[1], &[0xa1, 2, 3, 0]),
    ] {
        assert_eq!(PrivateKey::from_sec1(&bad).unwrap_err().kind, ErrorKind::BadKey);
    }
}
