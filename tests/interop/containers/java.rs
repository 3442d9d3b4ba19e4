//! Our key files before Java's own library, and what it writes before us: PKCS#8 plain and encrypted, public keys.
//!
//! Leaves out PKCS#1, SEC 1 and JSON Web Keys, which Java's library has no public reader for.

use crate::material::{Chain, KINDS, Kind, PASSWORD, opened, public_halves, says};
use certwright_pki::KeyKind;
use certwright_pki::export::{Format, KeyForm, Object};
use certwright_pki::input;

/// The program that asks Java's library.
pub const JUDGE: &str = include_str!("Judge.java");

/// What Java calls the algorithm of a kind.
fn algorithm(kind: Kind) -> &'static str {
    match kind {
        Kind::RsaPss => "RSASSA-PSS",
        Kind::Own(KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096) => "RSA",
        Kind::Own(KeyKind::Ed25519) => "Ed25519",
        _ => "EC",
    }
}

#[test]
fn java_reads_and_writes_keys_of_every_kind() {
    for kind in KINDS {
        let Some(made) = Chain::new(kind) else { return };
        let (key, public) = ([Object::PrivateKey(&made.key)], Object::PublicKey(made.key.public()));
        let leaf = [Object::Certificate(&made.leaf)];
        for (name, objects, form) in [
            ("plain.p8", &key[..], KeyForm::Pkcs8),
            ("sealed.p8", &key, KeyForm::EncryptedPkcs8),
            ("public.der", &[public], KeyForm::Pkcs8),
            ("leaf.cer", &leaf, KeyForm::Pkcs8),
        ] {
            let file =
                made.write(objects, |plan| (plan.format, plan.key_form) = (Format::Der, form)).remove(0);
            made.scratch.write(name, &file.bytes);
        }
        made.scratch.write("Judge.java", JUDGE.as_bytes());
        let arguments = ["Judge.java", "keys", algorithm(kind), PASSWORD];
        let Some(said) = says("java", made.folder(), &arguments) else { return };
        assert!(said.contains("PKCS#8 CN=www.example.test"), "{kind:?}: {said}");
        for (name, password) in [("java.p8", ""), ("java.sealed.p8", PASSWORD)] {
            let reading = opened(&made.scratch.read(name), password);
            assert_eq!(reading.problems, [], "{kind:?} {name}");
            assert_eq!(public_halves(&reading), [made.key.public().clone()], "{kind:?} {name}: {reading:?}");
        }
        let half = input::read(&made.scratch.read("java.public.der"));
        assert_eq!(half.found[0].item.bytes(), made.key.public().as_der(), "{kind:?}");
    }
}
