//! The integrity check of RFC 9579, on the files of its appendix A and on what becomes of them.
//!
//! No program that is at hand writes such files; `tests/data/rfc9579` says who else has read them.

use certwright_pki::ber::{self, Limits, Node};
use certwright_pki::{Certificate, ErrorKind, input, pkcs12};

const PASSWORD: &str = "1234";

/// Appendices A.1 to A.3: hash of the check and hash of the derivation.
const FILES: [(&str, &str); 3] = [
    ("SHA-256, SHA-256", include_str!("../../../../tests/data/rfc9579/sha256-sha256.b64")),
    ("SHA-256, SHA-512", include_str!("../../../../tests/data/rfc9579/sha256-sha512.b64")),
    ("SHA-512, SHA-512", include_str!("../../../../tests/data/rfc9579/sha512-sha512.b64")),
];

fn octets(text: &str) -> Vec<u8> {
    let reading = input::read(text.as_bytes());
    assert_eq!(reading.found.len(), 1, "{:?}", reading.problems);
    reading.found[0].item.bytes().to_vec()
}

fn refusal(file: &[u8], password: &str) -> ErrorKind {
    pkcs12::read(file, password).unwrap_err().kind
}

#[test]
fn the_good_files_of_the_appendix_open_under_their_password_and_no_other() {
    for (name, text) in FILES {
        let file = octets(text);
        // The check, the certificate and the key.
        assert_eq!(pkcs12::cost(&file), Ok(3 * 2_048), "{name}");
        let opened = pkcs12::read(&file, PASSWORD).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((opened.keys.len(), opened.certificates.len()), (1, 1), "{name}");
        let certificate = Certificate::parse(&opened.certificates[0].der).unwrap();
        assert_eq!(certificate.subject().openssl(), "C = XX, ST = qq, L = ww, O = ee, OU = rr, CN = tt");
        assert_eq!(certificate.public_key(), opened.keys[0].key.public());
        assert_eq!(opened.notes, []);
        for other in ["12345", "123", ""] {
            assert_eq!(refusal(&file, other), ErrorKind::WrongPassword, "{name}");
        }
    }
}

/// The parameters of the derivation in the check of the first file: salt, 2,048 rounds, 32 octets.
const PARAMETERS: [u8; 17] = [4, 8, 0x6f, 0x47, 0x3c, 0x38, 0xb0, 0x2e, 0x31, 0x73, 2, 2, 8, 0, 2, 1, 0x20];

fn parameters_at(file: &[u8]) -> usize {
    file.windows(PARAMETERS.len()).position(|window| window == PARAMETERS).unwrap()
}

/// As appendices A.4 and A.5: the check is over other rounds, or another salt.
#[test]
fn a_check_with_other_rounds_or_another_salt_does_not_agree() {
    let file = octets(FILES[0].1);
    let at = parameters_at(&file);
    let mismatch = ErrorKind::CorruptContainer { what: "integrity check" };
    for (place, value) in [(at + 12, 7), (at + 13, 1), (at + 2, 0x6e), (at + 9, 0)] {
        let mut altered = file.clone();
        altered[place] = value;
        assert_eq!(refusal(&altered, PASSWORD), mismatch, "{place}");
        assert_eq!(refusal(&altered, "12345"), ErrorKind::WrongPassword, "{place}");
    }
}

/// As appendix A.6. RFC 9579 section 5 demands the length of the key.
#[test]
fn a_check_without_the_length_of_its_key_is_refused() {
    let file = octets(FILES[0].1);
    let end = parameters_at(&file) + PARAMETERS.len();
    let mut altered = file.clone();
    // Every element around becomes three octets shorter; the last octet of each length is large enough.
    let mut level: &[Node] = &ber::parse(&file, Limits::default()).nodes;
    while let Some(node) = level.iter().find(|node| node.content.contains(&(end - 1))) {
        if node.tag.is_universal(16) {
            altered[node.header.end - 1] -= 3;
        }
        level = &node.children;
    }
    altered.drain(end - 3..end);
    let expect = ErrorKind::CorruptContainer { what: "PBMAC1 key length" };
    assert_eq!(refusal(&altered, PASSWORD), expect);
    assert_eq!(refusal(&altered, "12345"), expect);
}

#[test]
fn a_length_of_the_key_beyond_reason_is_refused() {
    let file = octets(FILES[0].1);
    let at = parameters_at(&file) + PARAMETERS.len() - 1;
    let expect = ErrorKind::CorruptContainer { what: "PBMAC1 key length" };
    for length in [0, 0xff] {
        let mut altered = file.clone();
        altered[at] = length;
        let kind = refusal(&altered, PASSWORD);
        assert!(kind == expect || matches!(kind, ErrorKind::BadDer { .. }), "{length}: {kind:?}");
    }
}
