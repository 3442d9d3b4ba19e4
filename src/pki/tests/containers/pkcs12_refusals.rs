//! Why a PKCS#12 file is not opened: a wrong password, an algorithm that is not known, damage. Each has its own answer.

use crate::corpora;
use certwright_pki::ber::{self, Limits, Node};
use certwright_pki::pkcs12;
use certwright_pki::{ErrorKind, ErrorKind::UnsupportedContainer};

/// Octets, password.
type File = (Vec<u8>, String);

fn file(name: &str) -> Option<File> {
    let (folder, rows) = corpora::index("pkcs12")?;
    let row = rows.iter().find(|row| row["file"] == name).unwrap();
    Some((std::fs::read(folder.join(name)).unwrap(), row["password"].as_str().unwrap().to_owned()))
}

fn refusal(input: &[u8], password: &str) -> Option<ErrorKind> {
    pkcs12::read(input, password).err().map(|error| error.kind)
}

const WITHOUT_CHECK: [&str; 2] = ["rustcrypto/cms/example.pfx", "rustcrypto/pkcs12/example5.pfx"];

#[test]
fn another_password_is_called_wrong_for_every_file() {
    let Some((folder, rows)) = corpora::index("pkcs12") else { return };
    let mut others = Vec::new();
    for row in &rows {
        let name = row["file"].as_str().unwrap();
        // All but these have an integrity check, also those in which nothing is encrypted; in these the decryption tells.
        let checked = row["mac"].as_str().is_some_and(|mac| mac.contains("Iteration"));
        assert_eq!(checked, !WITHOUT_CHECK.contains(&name), "{name}: {}", row["mac"]);
        let input = std::fs::read(folder.join(name)).unwrap();
        let own = row["password"].as_str().unwrap();
        // The longer one differs in its end alone; the empty one stands for no password at all.
        for other in ["not the password", &format!("{own}x"), ""].into_iter().filter(|other| *other != own) {
            match refusal(&input, other) {
                Some(ErrorKind::WrongPassword) => {}
                answer => others.push(format!("{name} under {other:?}: {answer:?}")),
            }
        }
    }
    assert_eq!(rows.len(), 69);
    assert_eq!(others, [""; 0], "{}", others.join("\n"));
}

#[test]
fn many_other_passwords_are_called_wrong_and_not_damage() {
    // One padding in 256 looks right by chance.
    let Some((input, _)) = file("pyca/cert-rc2-key-3des.p12") else { return };
    for number in 0..600 {
        let other = format!("guess {number}");
        assert_eq!(refusal(&input, &other), Some(ErrorKind::WrongPassword), "{other}");
    }
}

/// A file, the octets that end an object identifier in it, what is written in the place of the last, what that names.
const OTHER_ALGORITHMS: [(&str, &[u8], u8, &str); 7] = [
    // The digest of the integrity check: SHA-1, SHA-256.
    ("pyca/cert-key-aes256cbc.p12", &[0x2b, 0x0e, 3, 2, 0x1a], 0x12, "1.3.14.3.2.18"),
    ("pyca/java-truststore.p12", &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1], 0x21, "2.16.840.1.101.3.4.2.33"),
    // The scheme, the derivation and the cipher of PBES2.
    (
        "pyca/cert-aes256cbc-no-key.p12",
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0d],
        0x7b,
        "1.2.840.113549.1.5.123",
    ),
    (
        "pyca/cert-aes256cbc-no-key.p12",
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 5, 0x0c],
        0x7b,
        "1.2.840.113549.1.5.123",
    ),
    (
        "pyca/cert-aes256cbc-no-key.p12",
        &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a],
        0x2e,
        "2.16.840.1.101.3.4.1.46",
    ),
    // The schemes of PKCS#12 itself.
    (
        "pyca/name-1-pwd.p12",
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 0x0c, 1, 3],
        9,
        "1.2.840.113549.1.12.1.9",
    ),
    (
        "pyca/cert-rc2-key-3des.p12",
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 0x0c, 1, 6],
        9,
        "1.2.840.113549.1.12.1.9",
    ),
];

#[test]
fn an_algorithm_that_is_not_known_is_named_whatever_the_password() {
    for (name, identifier, last, oid) in OTHER_ALGORITHMS {
        let Some((mut input, password)) = file(name) else { return };
        let places = input.windows(identifier.len()).position(|window| window == identifier);
        let place = places.unwrap_or_else(|| panic!("{name} has no {oid}"));
        input[place + identifier.len() - 1] = last;
        let expect = Some(UnsupportedContainer { oid: oid.to_owned() });
        assert_eq!(refusal(&input, &password), expect, "{name}");
        assert_eq!(refusal(&input, "not the password"), expect, "{name}");
    }
}

/// Files with and without encryption, of several producers, old algorithms and new.
const SEVERAL: [&str; 6] = [
    "pyca/cert-key-aes256cbc.p12",
    "pyca/cert-none-key-none.p12",
    "pyca/no-password.p12",
    "pyca/java-truststore.p12",
    "p12-keystore/clear_twocert.p12",
    "dotnet/My.pfx",
];

/// Neither the password nor an algorithm is to blame.
fn is_damage(answer: Option<&ErrorKind>) -> bool {
    !matches!(answer, None | Some(ErrorKind::WrongPassword | UnsupportedContainer { .. }))
}

#[test]
fn a_file_cut_off_anywhere_is_called_damaged() {
    for name in SEVERAL {
        let Some((input, password)) = file(name) else { return };
        for size in 0..input.len() {
            let answer = refusal(&input[..size], &password);
            assert!(is_damage(answer.as_ref()), "{name} cut off at {size}: {answer:?}");
        }
    }
}

/// The places of the tags and lengths in the frame: nothing within octet strings. Left out is the NULL that algorithms
/// without parameters have for theirs, which others leave out themselves and nobody looks at.
fn headers(nodes: &[Node], out: &mut Vec<usize>) {
    const NULL: u32 = 5;
    for node in nodes.iter().filter(|node| !node.tag.is_universal(NULL)) {
        out.extend(node.header.clone());
        headers(&node.children, out);
    }
}

#[test]
fn a_file_whose_frame_is_altered_is_called_damaged() {
    let mut count = 0;
    for name in SEVERAL {
        let Some((input, password)) = file(name) else { return };
        let (tree, mut places) = (ber::parse(&input, Limits::default()), Vec::new());
        headers(&tree.nodes, &mut places);
        for place in places {
            let mut altered = input.clone();
            altered[place] ^= 0xff;
            let answer = refusal(&altered, &password);
            assert!(is_damage(answer.as_ref()), "{name} altered at {place}: {answer:?}");
            count += 1;
        }
    }
    assert!(count > 200, "{count}");
}

#[test]
fn a_file_whose_encrypted_part_is_altered_is_called_damaged_under_its_password() {
    let Some((input, password)) = file("pyca/cert-key-aes256cbc.p12") else { return };
    // The middle is the encrypted certificate; the integrity check does not agree, but the key still opens.
    let mut altered = input.clone();
    altered[input.len() / 3] ^= 1;
    let expect = ErrorKind::CorruptContainer { what: "integrity check" };
    assert_eq!(refusal(&altered, &password), Some(expect));
    assert_eq!(refusal(&altered, "not the password"), Some(ErrorKind::WrongPassword));
}
