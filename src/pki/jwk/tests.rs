//! Tests against the examples of the standards; other programs have no say, as none of them reads this form here.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::error::ErrorKind;
use crate::input::Item;
use crate::{Kind, PrivateKey};

/// RFC 7638 section 3.1.
const RSA_MODULUS: &str = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

/// RFC 8037 appendix A.1.
const ED25519: &str = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"me"}"#;

fn one(text: &str) -> Jwk {
    let mut keys = read(text.as_bytes());
    assert_eq!(keys.len(), 1, "{text}");
    keys.remove(0)
}

#[test]
fn keys_are_named_by_the_thumbprints_of_the_standards() {
    let rsa = format!(r#"{{"kty":"RSA","e":"AQAB","n":"{RSA_MODULUS}"}}"#);
    for (text, thumbprint) in [
        (rsa.as_str(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (ED25519, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
    ] {
        let items = one(text).items.unwrap();
        let (public, private) = match &items[0] {
            Item::PublicKey(key) => (key, None),
            Item::PrivateKey(key) => (key.public(), Some(key)),
            other => panic!("{other:?}"),
        };
        let written = write(&[KeyToWrite { public, private, certificates: vec![] }]).unwrap();
        assert!(written.contains(&format!("\"kid\": \"{thumbprint}\"")), "{}", written.as_str());
        let again = one(&written);
        assert_eq!(again.name.as_deref(), Some(thumbprint));
        assert_eq!(again.items.unwrap()[0].bytes(), items[0].bytes());
    }
}

#[test]
fn private_keys_come_back_alone_and_in_a_set() {
    use crate::{Engine, KeyKind, SoftwareEngine};
    let engine = SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap());
    let kinds = [KeyKind::P256, KeyKind::P384, KeyKind::Ed25519, KeyKind::Rsa2048];
    let keys: Vec<PrivateKey> =
        kinds.iter().map(|kind| pollster::block_on(engine.generate(*kind)).unwrap()).collect();
    let entry =
        |key| KeyToWrite { public: PrivateKey::public(key), private: Some(key), certificates: vec![] };
    let set = write(&keys.iter().map(entry).collect::<Vec<_>>()).unwrap();
    let read_back = read(set.as_bytes());
    assert_eq!(read_back.len(), keys.len());
    for (key, jwk) in keys.iter().zip(&read_back) {
        assert!(jwk.secret);
        assert_eq!(jwk.items.as_ref().unwrap()[0].bytes(), key.pkcs8());
        assert_eq!(one(&write(&[entry(key)]).unwrap()).items.unwrap()[0].bytes(), key.pkcs8());
    }
}

#[test]
fn what_cannot_be_worked_with_is_named_and_what_is_damaged_says_where() {
    let secret = one(r#"{"kty":"oct","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"}"#);
    let items = secret.items.unwrap();
    assert!(matches!(&items[0], Item::Other { kind: Kind::SecretKey, label, .. } if label == "HS256"));
    let x448 = r#"{"kty":"OKP","crv":"X448","x":"mwj3zDG34-Z9ItWuoSEHSic70rg94Jxj-qc9LCLF2bvINmRyQdlT1AxbEtqIEg1TF3-A5TLEH6A"}"#;
    assert!(matches!(&one(x448).items.unwrap()[0], Item::PublicKey(_)));
    let unsupported = |name: &str| ErrorKind::UnsupportedAlgorithm { oid: name.to_owned() };
    let corrupt = |what| ErrorKind::CorruptContainer { what };
    for (text, expect) in [
        (r#"{"kty":"new"}"#, unsupported("new")),
        (r#"{"kty":"EC","crv":"P-999"}"#, unsupported("P-999")),
        (r#"{"kty":"RSA","e":"AQAB"}"#, corrupt("member n of the JSON Web Key")),
        (r#"{"kty":"RSA","n":"!","e":"AQAB"}"#, corrupt("member n of the JSON Web Key")),
        (
            r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#,
            corrupt("length of the public key in the JSON Web Key"),
        ),
        (&ED25519.replace("11qY", "11qZ"), ErrorKind::BadKey),
    ] {
        assert_eq!(one(text).items.unwrap_err().kind, expect, "{text}");
    }
    for text in ["", "{}", "[]", "{\"keys\":[]}", "{\"kty\":3}", "not json", "{\"kty\":\"RSA\""] {
        assert!(read(text.as_bytes()).is_empty(), "{text}");
    }
}
