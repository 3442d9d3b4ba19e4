//! Containers of OpenSSL, GnuTLS, NSS and Java before us.

use crate::material::{Chain, Kind, PASSWORD, agrees, certificates, opened, public_halves};
use certwright_interop::{Program, Scratch};
use certwright_pki::export::{Format, KeyForm, Object};
use certwright_pki::input::{Found, Item, ProblemKind};
use certwright_pki::pkcs12::Note;
use certwright_pki::{ErrorKind, KeyKind, Kind as Object_, unlock};

/// Writes `k.pem`, `leaf.pem` and `others.pem`.
fn parts(kind: KeyKind) -> Chain {
    let made = Chain::new(Kind::Own(kind)).unwrap();
    for (name, objects) in [
        ("k", &[Object::PrivateKey(&made.key)][..]),
        ("leaf", &[Object::Certificate(&made.leaf)]),
        ("others", &[Object::Certificate(&made.middle), Object::Certificate(&made.root)]),
    ] {
        let file = made.write(objects, |plan| plan.key_form = KeyForm::Pkcs8).remove(0);
        made.scratch.write(&format!("{name}.pem"), &file.bytes);
    }
    made
}

/// Whether a container holds the key and, in any order, the chain.
fn holds(made: &Chain, bytes: &[u8], what: &str) {
    let reading = opened(bytes, PASSWORD);
    assert_eq!(public_halves(&reading), [made.key.public().clone()], "{what}: {reading:?}");
    let mut ders: Vec<&[u8]> = certificates(&reading).iter().map(|one| one.der()).collect();
    let mut expect = made.ders();
    (ders.sort(), expect.sort());
    assert_eq!(ders, expect, "{what}");
}

/// The options of `openssl pkcs12 -export`, and whether there is a check of the integrity.
const OPENSSL: [(&[&str], bool); 12] = [
    (&[], true),
    (&["-legacy"], true),
    (&["-descert", "-legacy"], true),
    (&["-certpbe", "NONE"], true),
    (&["-keypbe", "NONE"], true),
    (&["-macalg", "sha512", "-iter", "10"], true),
    (&["-macalg", "sha384", "-maciter"], true),
    (&["-nomac"], false),
    (&["-certpbe", "PBE-SHA1-RC4-128", "-keypbe", "PBE-SHA1-RC4-40", "-legacy"], true),
    (&["-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-2DES", "-legacy"], true),
    (&["-certpbe", "PBE-MD5-DES", "-keypbe", "PBE-SHA1-DES", "-legacy"], true),
    (&["-certpbe", "aes-128-cbc", "-keypbe", "aes-192-cbc"], true),
];

#[test]
fn pkcs12_files_of_openssl_are_opened_whatever_the_algorithms() {
    let made = parts(KeyKind::P256);
    let pass = format!("pass:{PASSWORD}");
    let common = ["pkcs12", "-export", "-inkey", "k.pem", "-in", "leaf.pem", "-certfile", "others.pem"];
    for (options, checked) in OPENSSL {
        let more = ["-name", "Größe", "-passout", &pass];
        let Some(bytes) = agrees("openssl", made.folder(), &[&common[..], &more, options].concat()) else {
            return;
        };
        holds(&made, &bytes, &format!("{options:?}"));
        let reading = unlock::open(Object_::Pkcs12, &bytes, PASSWORD).unwrap();
        assert_eq!(reading.found[0].name.as_deref(), Some("Größe"));
        let unchecked = |kind: &ProblemKind| matches!(kind, ProblemKind::Container(Note::NoIntegrityCheck));
        assert_eq!(reading.problems.iter().any(|problem| unchecked(&problem.kind)), !checked, "{options:?}");
        let error = unlock::open(Object_::Pkcs12, &bytes, "guess").unwrap_err();
        assert_eq!(error.kind, ErrorKind::WrongPassword, "{options:?}");
        let error = unlock::open(Object_::Pkcs12, &bytes, "").unwrap_err();
        assert_eq!(error.kind, ErrorKind::MissingPassword, "{options:?}");
    }
}

#[test]
fn pkcs12_files_of_gnutls_are_opened_whatever_the_cipher() {
    let made = parts(KeyKind::Rsa2048);
    for cipher in ["3des", "3des-pkcs12", "aes-128", "aes-192", "aes-256", "rc2-40", "arcfour"] {
        let arguments = [
            "--to-p12",
            "--load-privkey",
            "k.pem",
            "--load-certificate",
            "leaf.pem",
            "--load-ca-certificate",
            "others.pem",
            "--p12-name",
            "site",
            "--password",
            PASSWORD,
            "--pkcs-cipher",
            cipher,
            "--outder",
        ];
        let Some(bytes) = agrees("certtool", made.folder(), &arguments) else { return };
        let reading = opened(&bytes, PASSWORD);
        assert_eq!(public_halves(&reading), [made.key.public().clone()], "{cipher}");
        let ders: Vec<&[u8]> = certificates(&reading).iter().map(|one| one.der()).collect();
        assert!(ders.contains(&made.leaf.der()), "{cipher}");
    }
}

#[test]
fn pkcs12_files_of_nss_are_opened_whatever_the_cipher() {
    let made = parts(KeyKind::Rsa2048);
    let folder = made.folder();
    made.write(&made.all(), |plan| plan.format = Format::Pkcs12(Default::default()));
    let (Some(certutil), Some(pk12util)) = (Program::find("certutil"), Program::find("pk12util")) else {
        return;
    };
    certutil.run(folder, &["-N", "-d", ".", "--empty-password"], b"").accepted();
    pk12util.run(folder, &["-i", "out.p12", "-d", ".", "-W", PASSWORD, "-K", ""], b"").accepted();
    for (key, certificate) in [
        ("AES-256-CBC", "AES-128-CBC"),
        ("AES-128-CBC", "AES-256-CBC"),
        ("DES-EDE3-CBC", "RC2-CBC"),
        (
            "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
            "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
        ),
        ("PKCS #12 V2 PBE With SHA-1 And 128 Bit RC4", "none"),
    ] {
        let arguments = [
            "-o",
            "nss.p12",
            "-d",
            ".",
            "-n",
            "www.example.test",
            "-W",
            PASSWORD,
            "-K",
            "",
            "-c",
            key,
            "-C",
            certificate,
        ];
        let verdict = pk12util.run(folder, &arguments, b"");
        // Which names it knows changed over time; what it does write has to be opened.
        if verdict.accepted {
            holds(&made, &made.scratch.read("nss.p12"), &format!("{key}, {certificate}"));
        } else {
            assert!(
                key.contains("RC4") || certificate == "RC2-CBC",
                "{key}, {certificate}: {}",
                verdict.complaints
            );
        }
    }
}

/// Makes a store with a key under its own password, a trusted certificate and, in JCEKS, a secret key.
fn java_store(scratch: &Scratch, kind: &str, key: &[&str]) -> Option<Vec<u8>> {
    let store = ["-keystore", "store", "-storetype", kind, "-storepass", "store password"];
    let _ = std::fs::remove_file(scratch.folder().join("store"));
    let make =
        ["-genkeypair", "-alias", "Site Key", "-dname", "CN=java.example.test", "-keypass", "entry password"];
    agrees("keytool", scratch.folder(), &[&make[..], &store, key].concat())?;
    let export = ["-exportcert", "-alias", "site key", "-file", "c.der"];
    agrees("keytool", scratch.folder(), &[&export[..], &store].concat());
    let import = ["-importcert", "-noprompt", "-alias", "größe", "-file", "c.der"];
    agrees("keytool", scratch.folder(), &[&import[..], &store].concat());
    if kind == "JCEKS" {
        let secret = ["-genseckey", "-alias", "secret", "-keyalg", "AES", "-keysize", "256"];
        let own = ["-keypass", "entry password"];
        agrees("keytool", scratch.folder(), &[&secret[..], &own, &store].concat());
    }
    Some(scratch.read("store"))
}

#[test]
fn key_stores_of_java_are_opened_with_both_passwords() {
    let scratch = Scratch::new();
    for kind in ["JKS", "JCEKS"] {
        for key in [
            &["-keyalg", "RSA", "-keysize", "2048"][..],
            &["-keyalg", "EC", "-groupname", "secp256r1"],
            &["-keyalg", "EC", "-groupname", "secp521r1"],
            &["-keyalg", "Ed25519"],
            &["-keyalg", "DSA", "-keysize", "2048"],
        ] {
            let what = format!("{kind} {key:?}");
            let Some(bytes) = java_store(&scratch, kind, key) else { return };
            let store = unlock::open(Object_::KeyStore, &bytes, "store password").unwrap();
            let closed: Vec<&ProblemKind> = store.problems.iter().map(|problem| &problem.kind).collect();
            let needs = |name: &str| {
                let note = Note::KeyUnderOtherPassword { friendly_name: Some(name.to_owned()) };
                closed.contains(&&ProblemKind::Container(note))
            };
            assert!(needs("site key") && needs("secret") == (kind == "JCEKS"), "{what}: {closed:?}");
            let names: Vec<_> = store.found.iter().filter_map(|found| found.name.as_deref()).collect();
            assert!(names.contains(&"größe") && names.contains(&"site key"), "{what}: {names:?}");

            let entries = unlock::open(Object_::KeyStore, &bytes, "entry password").unwrap();
            let unchecked = ProblemKind::Container(Note::Unchecked);
            assert!(entries.problems.iter().any(|problem| problem.kind == unchecked), "{what}");
            let certificate = certificates(&entries)[0].clone();
            let halves = public_halves(&entries);
            if key.contains(&"DSA") {
                // The public half of a DSA key in PKCS#8 is not computed.
                let shown = |found: &Found| found.item.kind() == Object_::PrivateKey;
                assert!(halves.is_empty() && entries.found.iter().any(shown), "{what}");
            } else {
                assert_eq!(halves, [certificate.public_key().clone()], "{what}");
            }
            if kind == "JCEKS" {
                let secret = entries.found.iter().find(|found| found.name.as_deref() == Some("secret"));
                let Some(Item::Other { kind: Object_::SecretKey, label, bytes }) =
                    secret.map(|one| &one.item)
                else {
                    panic!("{what}: {entries:?}")
                };
                assert_eq!((label.as_str(), bytes.len()), ("AES", 32));
            }
            for (password, expect) in [("guess", ErrorKind::WrongPassword), ("", ErrorKind::MissingPassword)]
            {
                let error = unlock::open(Object_::KeyStore, &bytes, password).unwrap_err();
                assert_eq!(error.kind, expect, "{what}");
            }
        }
    }
}

#[test]
fn pkcs12_files_of_java_are_opened_old_and_new() {
    let scratch = Scratch::new();
    for legacy in [false, true] {
        for key in
            [&["-keyalg", "RSA"][..], &["-keyalg", "EC"], &["-keyalg", "Ed25519"], &["-keyalg", "X25519"]]
        {
            // A key for agreement signs no certificate of its own.
            if key.contains(&"X25519") {
                continue;
            }
            let _ = std::fs::remove_file(scratch.folder().join("j.p12"));
            let make = [
                "-genkeypair",
                "-alias",
                "j",
                "-dname",
                "CN=java",
                "-keystore",
                "j.p12",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
            ];
            let old: &[&str] = if legacy { &["-J-Dkeystore.pkcs12.legacy"] } else { &[] };
            if agrees("keytool", scratch.folder(), &[&make[..], key, old].concat()).is_none() {
                return;
            }
            let reading = opened(&scratch.read("j.p12"), PASSWORD);
            let certificate = certificates(&reading)[0].clone();
            assert_eq!(public_halves(&reading), [certificate.public_key().clone()], "{key:?}");
            assert!(reading.found.iter().all(|found| found.name.as_deref() == Some("j")), "{key:?}");
        }
    }
}
