//! Tests of password-based encryption against published values and against itself.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::kdf::{Hash, Purpose, pbkdf2, pkcs12};
use super::*;
use crate::tlv::Cursor;
use crate::tlv::encode;
use block::Cipher::{Aes128, Aes192, Aes256, Des, Rc4, TripleDes, TripleDes2};

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

#[test]
fn pbkdf2_gives_the_values_of_rfc_6070() {
    let rows =
        [(1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"), (4096, "4b007901b765489abead49d926f721d065a429c1")];
    for (iterations, expect) in rows {
        assert_eq!(hex(&pbkdf2(Hash::Sha1, b"password", b"salt", iterations, 20)), expect);
    }
    let long =
        pbkdf2(Hash::Sha1, b"passwordPASSWORDpassword", b"saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25);
    assert_eq!(hex(&long), "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038");
}

#[test]
fn the_fast_iterations_agree_with_the_crate_for_every_hash() {
    let long = [0x61; 200];
    for password in [b"".as_slice(), b"password", &long] {
        for (iterations, size) in [(1, 20), (2, 64), (7, 130)] {
            let count = u64::from(iterations);
            let ours = |hash| pbkdf2(hash, password, b"salt", count, size).to_vec();
            let mut theirs = vec![0; size];
            ::pbkdf2::pbkdf2_hmac::<sha1::Sha1>(password, b"salt", iterations, &mut theirs);
            assert_eq!(ours(Hash::Sha1), theirs);
            ::pbkdf2::pbkdf2_hmac::<sha2::Sha256>(password, b"salt", iterations, &mut theirs);
            assert_eq!(ours(Hash::Sha256), theirs);
            ::pbkdf2::pbkdf2_hmac::<sha2::Sha384>(password, b"salt", iterations, &mut theirs);
            assert_eq!(ours(Hash::Sha384), theirs);
            ::pbkdf2::pbkdf2_hmac::<sha2::Sha512>(password, b"salt", iterations, &mut theirs);
            assert_eq!(ours(Hash::Sha512), theirs);
        }
    }
}

#[test]
fn every_cipher_opens_what_it_sealed_and_refuses_another_password() {
    let clear = encode::sequence(&[&encode::octet_string(&[7; 77])]);
    let (right, wrong) = (Password::new("größe"), Password::new("grösse"));
    let salt = || vec![1; 8];
    let pbkdf2 =
        || Derivation::Pbkdf2(Pbkdf2 { salt: salt(), iterations: 3, key_size: None, prf: Hash::Sha512 });
    let scrypt = || {
        Derivation::Scrypt(Scrypt { salt: salt(), cost: 16, block_size: 2, parallelism: 1, key_size: None })
    };
    let pkcs12 = |scheme| Derivation::Pkcs12 { scheme, salt: salt(), iterations: 3 };
    let pbkdf1 = |scheme, hash| Derivation::Pbkdf1 { scheme, hash, salt: salt(), iterations: 3 };
    let rc2 = |key, bits| block::Cipher::Rc2 { key, bits };
    for (derivation, cipher) in [
        (pbkdf2(), Aes128),
        (pbkdf2(), Aes192),
        (pbkdf2(), Aes256),
        (pbkdf2(), TripleDes),
        (pbkdf2(), Des),
        (scrypt(), Aes256),
        (pkcs12(1), Rc4 { key: 16 }),
        (pkcs12(2), Rc4 { key: 5 }),
        (pkcs12(3), TripleDes),
        (pkcs12(4), TripleDes2),
        (pkcs12(5), rc2(16, 128)),
        (pkcs12(6), rc2(5, 40)),
        (pbkdf1(3, Hash::Md5), Des),
        (pbkdf1(6, Hash::Md5), rc2(8, 64)),
        (pbkdf1(10, Hash::Sha1), Des),
        (pbkdf1(11, Hash::Sha1), rc2(8, 64)),
    ] {
        let under_pbes2 = matches!(derivation, Derivation::Pbkdf2(_) | Derivation::Scrypt(_));
        let iv = under_pbes2.then(|| vec![5; cipher.block_size()]);
        let encryption = Encryption { derivation, cipher, iv };
        let written = encryption.to_der();
        assert_eq!(Encryption::parse(&mut Cursor::new(&written)).unwrap(), encryption);
        let sealed = encryption.seal(&right, &clear).unwrap();
        assert_eq!(*encryption.open(&right, &sealed).unwrap(), clear, "{cipher:?}");
        let error = encryption.open(&wrong, &sealed).unwrap_err();
        assert_eq!(error.kind, ErrorKind::WrongPassword, "{cipher:?}");
    }
}

#[test]
fn too_many_iterations_are_refused_before_any_work() {
    let mut encryption = Encryption::legacy(1, &|_| {});
    encryption.derivation = Derivation::Pkcs12 { scheme: 3, salt: vec![1], iterations: u64::MAX };
    let error = encryption.open(&Password::new("x"), &[0; 16]).unwrap_err();
    let limit = MAX_ITERATIONS;
    assert_eq!(error.kind, ErrorKind::TooManyIterations { count: u64::MAX, limit });
}

#[test]
fn derived_bytes_differ_by_purpose_and_span_several_hashes() {
    let password = Password::new("smeg").bmp().remove(0);
    let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
    let key = pkcs12(Hash::Sha1, &password, &salt, Purpose::Key, 1, 24);
    assert_eq!(hex(&key), "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3");
    let iv = pkcs12(Hash::Sha1, &password, &salt, Purpose::Iv, 1, 8);
    assert_eq!(hex(&iv), "79993dfe048d3b76");
}
