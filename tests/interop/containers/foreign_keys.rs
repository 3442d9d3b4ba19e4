//! Key files of OpenSSL, GnuTLS, OpenSSH and Java's JCA before us: every algorithm, every way to encrypt.

use crate::material::{PASSWORD, agrees, opened, public_halves};
use certwright_interop::Scratch;
use certwright_pki::input::{self, Item};
use certwright_pki::{ErrorKind, Kind, unlock};
use std::path::Path;

/// How OpenSSL makes a key, and whether we can use it or only show it.
const ALGORITHMS: [(&str, &[&str], bool); 13] = [
    ("RSA", &["-pkeyopt", "rsa_keygen_bits:2048"], true),
    ("RSA-PSS", &["-pkeyopt", "rsa_keygen_bits:2048"], true),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:P-256"], true),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:P-384"], true),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:P-521"], true),
    ("ED25519", &[], true),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:secp256k1"], false),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:brainpoolP384r1"], false),
    ("EC", &["-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit"], false),
    ("SM2", &[], false),
    ("X25519", &[], false),
    ("X448", &[], false),
    ("ED448", &[], false),
];

/// Makes `k.pem` and gives the public half as OpenSSL has it.
fn make(folder: &Path, algorithm: &str, options: &[&str]) -> Option<Vec<u8>> {
    let arguments = [&["genpkey", "-out", "k.pem", "-algorithm", algorithm][..], options].concat();
    agrees("openssl", folder, &arguments)?;
    agrees("openssl", folder, &["pkey", "-in", "k.pem", "-pubout", "-outform", "DER"])
}

/// Whether a file holds the private key of this public one.
fn holds(file: &[u8], password: &str, public: &[u8], usable: Option<bool>, what: &str) {
    let reading = opened(file, password);
    assert!(reading.problems.is_empty(), "{what}: {reading:?}");
    let key = |item: &Item| item.kind() == Kind::PrivateKey;
    let keys: Vec<&Item> = reading.found.iter().map(|found| &found.item).filter(|item| key(item)).collect();
    let [key] = keys.as_slice() else { panic!("{what}: {reading:?}") };
    if let Some(usable) = usable {
        assert_eq!(matches!(key, Item::PrivateKey(_)), usable, "{what}");
    }
    let halves = public_halves(&reading);
    match halves.as_slice() {
        [half] => assert_eq!(half.as_der(), public, "{what}"),
        // The public half of X448 and Ed448 cannot be computed here.
        _ => assert!(what.contains("448"), "{what}"),
    }
}

#[test]
fn keys_of_every_algorithm_of_openssl_are_read_or_shown() {
    for (algorithm, options, usable) in ALGORITHMS {
        let scratch = Scratch::new();
        let Some(public) = make(scratch.folder(), algorithm, options) else { return };
        let what = format!("{algorithm} {options:?}");
        holds(&scratch.read("k.pem"), "", &public, Some(usable), &what);
        let pass = format!("pass:{PASSWORD}");
        for more in [
            &["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"][..],
            &["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", &pass],
            &["pkcs8", "-topk8", "-v2", "aes-128-cbc", "-passout", &pass, "-outform", "DER"],
        ] {
            let written = agrees("openssl", scratch.folder(), &[more, &["-in", "k.pem"]].concat()).unwrap();
            holds(&written, PASSWORD, &public, Some(usable), &what);
        }
    }
}

#[test]
fn dsa_and_diffie_hellman_keys_and_parameters_are_shown() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let parameters = ["genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024"];
    let Some(parameters) = agrees("openssl", folder, &parameters) else { return };
    let dh = ["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", "group:ffdhe2048"];
    let dh = agrees("openssl", folder, &dh).unwrap();
    for (name, parameters) in [("dsa.pem", &parameters), ("dh.pem", &dh)] {
        let reading = input::read(parameters);
        assert_eq!(reading.found[0].item.kind(), Kind::Parameters, "{reading:?}");
        scratch.write(name, parameters);
        let key = agrees("openssl", folder, &["genpkey", "-paramfile", name]).unwrap();
        let reading = input::read(&key);
        assert_eq!(reading.found[0].item.kind(), Kind::PrivateKey, "{reading:?}");
        scratch.write("k.pem", &key);
        let public = agrees("openssl", folder, &["pkey", "-in", "k.pem", "-pubout"]).unwrap();
        assert_eq!(input::read(&public).found[0].item.kind(), Kind::PublicKey);
    }
}

/// Every way of `openssl pkcs8` to encrypt.
const PKCS8: [&[&str]; 19] = [
    &["-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1"],
    &["-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA224"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA384"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512-224"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512-256"],
    &["-v2", "aes-256-cbc", "-v2prf", "hmacWithMD5"],
    &["-v2", "des3"],
    &["-v2", "des"],
    &["-v2", "rc2"],
    &["-v2", "rc2-40-cbc"],
    &["-v2", "rc2-64-cbc"],
    &["-scrypt"],
    &["-scrypt", "-scrypt_N", "1024", "-scrypt_r", "4", "-scrypt_p", "3", "-v2", "aes-128-cbc"],
    &["-v1", "PBE-MD5-DES"],
    &["-v1", "PBE-SHA1-DES"],
    &["-v1", "PBE-MD5-RC2-64"],
    &["-v1", "PBE-SHA1-RC2-64"],
];

const PKCS12_PBE: [&str; 6] = [
    "PBE-SHA1-RC4-128",
    "PBE-SHA1-RC4-40",
    "PBE-SHA1-3DES",
    "PBE-SHA1-2DES",
    "PBE-SHA1-RC2-128",
    "PBE-SHA1-RC2-40",
];

#[test]
fn every_way_of_openssl_to_encrypt_pkcs8_is_opened() {
    let scratch = Scratch::new();
    let Some(public) = make(scratch.folder(), "EC", &["-pkeyopt", "ec_paramgen_curve:P-256"]) else { return };
    let pass = format!("pass:{PASSWORD}");
    let common = ["pkcs8", "-topk8", "-in", "k.pem", "-provider", "default", "-provider", "legacy"];
    let pbe = PKCS12_PBE.iter().map(|name| vec!["-v1", name]);
    for options in PKCS8.iter().map(|options| options.to_vec()).chain(pbe) {
        let arguments = [&common[..], &["-passout", &pass], &options].concat();
        let text = agrees("openssl", scratch.folder(), &arguments).unwrap();
        holds(&text, PASSWORD, &public, Some(true), &format!("{options:?}"));
        let Item::Locked { kind, bytes } = &input::read(&text).found[0].item else { panic!("{options:?}") };
        for (password, expect) in [("", ErrorKind::MissingPassword), ("guess", ErrorKind::WrongPassword)] {
            let error = unlock::open(*kind, bytes, password).unwrap_err();
            assert_eq!(error.kind, expect, "{options:?}");
        }
    }
}

#[test]
fn every_cipher_of_the_old_form_is_opened_or_named() {
    let scratch = Scratch::new();
    let folder = scratch.folder();
    let Some(public) = make(folder, "RSA", &["-pkeyopt", "rsa_keygen_bits:2048"]) else { return };
    let pass = format!("pass:{PASSWORD}");
    let common = ["rsa", "-traditional", "-in", "k.pem", "-provider", "default", "-provider", "legacy"];
    let seal = |cipher: &str| {
        let arguments = [&common[..], &["-passout", &pass, cipher]].concat();
        agrees("openssl", folder, &arguments).unwrap()
    };
    for cipher in ["-des", "-des3", "-aes128", "-aes192", "-aes256", "-rc2"] {
        holds(&seal(cipher), PASSWORD, &public, Some(true), cipher);
    }
    for (cipher, name) in
        [("-camellia128", "CAMELLIA-128-CBC"), ("-aria256", "ARIA-256-CBC"), ("-seed", "SEED-CBC")]
    {
        let reading = input::read(&seal(cipher));
        let Item::Locked { kind, bytes } = &reading.found[0].item else { panic!("{cipher}") };
        let expect = ErrorKind::UnsupportedContainer { oid: name.to_owned() };
        assert_eq!(unlock::cost(*kind, bytes).unwrap_err().kind, expect);
        assert_eq!(unlock::open(*kind, bytes, PASSWORD).unwrap_err().kind, expect);
    }
}

#[test]
fn keys_of_gnutls_are_read_in_every_cipher() {
    let scratch = Scratch::new();
    for algorithm in
        [&["--key-type", "rsa", "--bits", "2048"][..], &["--key-type", "ecdsa"], &["--key-type", "ed25519"]]
    {
        let ciphers = ["aes-256", "3des", "3des-pkcs12", "aes-128", "aes-192", "rc2-40", "arcfour"];
        // RSA keys take long to make, and the cipher does not see what it encrypts.
        let count = if algorithm.contains(&"rsa") { 1 } else { ciphers.len() };
        for cipher in &ciphers[..count] {
            let common = ["--generate-privkey", "--pkcs8", "--outfile", "g.pem", "--password", PASSWORD];
            let arguments = [&common[..], &["--pkcs-cipher", cipher], algorithm].concat();
            if agrees("certtool", scratch.folder(), &arguments).is_none() {
                return;
            }
            let arguments =
                ["--pubkey-info", "--load-privkey", "g.pem", "--password", PASSWORD, "--outder", "--pkcs8"];
            let public = agrees("certtool", scratch.folder(), &arguments).unwrap();
            holds(&scratch.read("g.pem"), PASSWORD, &public, Some(true), &format!("{algorithm:?} {cipher}"));
        }
    }
}

/// Kinds of OpenSSH; the security keys need a device and are in the corpus.
const OPENSSH: [&[&str]; 5] = [
    &["-t", "rsa", "-b", "2048"],
    &["-t", "ecdsa", "-b", "256"],
    &["-t", "ecdsa", "-b", "384"],
    &["-t", "ecdsa", "-b", "521"],
    &["-t", "ed25519"],
];

/// Makes `k` and `k.pub`; the second is what the first must agree with.
fn openssh(scratch: &Scratch, options: &[&str], password: &str) -> Option<()> {
    for name in ["k", "k.pub"] {
        let _ = std::fs::remove_file(scratch.folder().join(name));
    }
    let common = ["-q", "-f", "k", "-C", "me@here", "-N", password];
    agrees("ssh-keygen", scratch.folder(), &[&common[..], options].concat()).map(drop)
}

fn agree(scratch: &Scratch, what: &str) {
    let line = input::read(&scratch.read("k.pub"));
    let [blob, public] = line.found.as_slice() else { panic!("{what}: {line:?}") };
    assert_eq!((blob.item.kind(), blob.name.as_deref()), (Kind::OpenSshPublicKey, Some("me@here")));
    assert_eq!(public.within, Some(0));
    holds(&scratch.read("k"), PASSWORD, public.item.bytes(), Some(true), what);
}

#[test]
fn keys_of_openssh_are_opened_in_every_kind_and_cipher() {
    let scratch = Scratch::new();
    for options in OPENSSH {
        if openssh(&scratch, options, "").is_none() {
            return;
        }
        agree(&scratch, &format!("{options:?} plain"));
        for form in ["PKCS8", "PEM"] {
            let options = [options, &["-m", form]].concat();
            openssh(&scratch, &options, PASSWORD);
            agree(&scratch, &format!("{options:?} under a password"));
        }
    }
    for cipher in [
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "3des-cbc",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
    ] {
        openssh(&scratch, &["-t", "ed25519", "-a", "4", "-Z", cipher], PASSWORD);
        agree(&scratch, cipher);
        let Item::Locked { kind, bytes } = &input::read(&scratch.read("k")).found[0].item else {
            panic!("{cipher}")
        };
        assert_eq!(*kind, Kind::EncryptedOpenSshKey);
        assert_eq!(unlock::open(*kind, bytes, "guess").unwrap_err().kind, ErrorKind::WrongPassword);
        assert_eq!(unlock::open(*kind, bytes, "").unwrap_err().kind, ErrorKind::MissingPassword);
    }
}

#[test]
fn public_keys_and_certificates_of_openssh_are_taken_apart() {
    let scratch = Scratch::new();
    if openssh(&scratch, &["-t", "ecdsa", "-b", "256"], "").is_none() {
        return;
    }
    let expect = input::read(&scratch.read("k.pub")).found[1].item.bytes().to_vec();
    for form in ["RFC4716", "PKCS8"] {
        let text = agrees("ssh-keygen", scratch.folder(), &["-e", "-m", form, "-f", "k.pub"]).unwrap();
        let reading = input::read(&text);
        let last = reading.found.last().unwrap();
        assert_eq!(last.item.bytes(), expect, "{form}: {reading:?}");
        assert!(last.repairs.is_empty(), "{form}: {:?}", last.repairs);
    }
    agrees("ssh-keygen", scratch.folder(), &["-q", "-t", "ed25519", "-f", "ca", "-N", ""]);
    let sign =
        ["-q", "-s", "ca", "-I", "who", "-n", "a,b", "-V", "20260101000000Z:20270101000000Z", "-z", "7"];
    agrees("ssh-keygen", scratch.folder(), &[&sign[..], &["-O", "force-command=ls", "k.pub"]].concat());
    let reading = input::read(&scratch.read("k-cert.pub"));
    let blob = certwright_pki::openssh::PublicBlob::parse(reading.found[0].item.bytes()).unwrap();
    assert_eq!(blob.key.as_ref().map(|key| key.as_der()), Some(expect.as_slice()));
    let certificate = blob.certificate.unwrap();
    assert_eq!((certificate.serial, certificate.key_id.as_str(), certificate.for_host), (7, "who", false));
    assert_eq!(certificate.principals, ["a", "b"]);
    assert_eq!((certificate.valid_after, certificate.valid_before), (1_767_225_600, 1_798_761_600));
    assert_eq!(certificate.critical_options, [("force-command".to_owned(), b"ls".to_vec())]);
    assert!(certificate.extensions.iter().any(|(name, _)| name == "permit-pty"));
}

#[test]
fn a_count_of_two_to_the_31_is_answered_at_once() {
    let scratch = Scratch::new();
    if make(scratch.folder(), "ED25519", &[]).is_none() {
        return;
    }
    let pass = format!("pass:{PASSWORD}");
    let arguments =
        ["pkcs8", "-topk8", "-in", "k.pem", "-outform", "DER", "-iter", "1000000", "-passout", &pass];
    let der = agrees("openssl", scratch.folder(), &arguments).unwrap();
    // The count in its INTEGER of three octets becomes one that says 2^31 - 1 with the length unchanged elsewhere.
    let place = der.windows(5).position(|five| five == [2, 3, 0x0f, 0x42, 0x40]).unwrap();
    let mut hostile = der.clone();
    hostile[place..place + 5].copy_from_slice(&[2, 3, 0x7f, 0xff, 0xff]);
    assert!(unlock::cost(Kind::EncryptedPrivateKey, &hostile).unwrap() == 0x7f_ffff);
    let grown = grow(&der, place);
    let began = std::time::Instant::now();
    let error = unlock::open(Kind::EncryptedPrivateKey, &grown, PASSWORD).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::TooManyIterations { count: 0x7fff_ffff, .. }), "{error}");
    assert!(began.elapsed().as_millis() < 100);
}

/// Puts the count 2^31 - 1 where one of three octets stood; every length around it grows by one.
fn grow(der: &[u8], place: usize) -> Vec<u8> {
    let mut out = der.to_vec();
    out.splice(place..place + 5, [2, 4, 0x7f, 0xff, 0xff, 0xff]);
    // The headers on the way: all of the short form but the outermost, which is in the form 0x81.
    let mut at = 0;
    while at < place {
        let (size, length) = match der[at + 1] {
            0x81 => (3, usize::from(der[at + 2])),
            length => (2, usize::from(length)),
        };
        let inside = at + size..at + size + length;
        if der[at] == 0x30 && inside.contains(&place) {
            out[at + size - 1] += 1;
            at += size;
        } else {
            at += size + length;
        }
    }
    out
}
