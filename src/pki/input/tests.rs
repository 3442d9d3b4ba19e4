//! Tests of reading whatever people drop, with objects made on the spot.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::issue::CertificatePlan;
use crate::name::AttributeKind;
use crate::request::RequestPlan;
use crate::tlv::encode;
use crate::{DistinguishedName, Engine, KeyKind, SerialNumber, SignatureAlgorithm, SoftwareEngine};
use crate::{UnixTime, Validity, pkcs7};
use std::sync::LazyLock;

mod disguise;
mod listing;
mod wrapped;

struct Samples {
    key: Vec<u8>,
    spki: Vec<u8>,
    certificate: Vec<u8>,
    request: Vec<u8>,
}

static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let counter = std::cell::Cell::new(7u8);
    let engine = SoftwareEngine::new(|out: &mut [u8]| {
        for octet in out {
            counter.set(counter.get().wrapping_mul(5).wrapping_add(3));
            *octet = counter.get();
        }
    });
    let key = pollster::block_on(engine.generate(KeyKind::Ed25519)).unwrap();
    let subject = DistinguishedName::build(&[(AttributeKind::CommonName, "mail.example.com")]).unwrap();
    let request = RequestPlan {
        subject: subject.clone(),
        names: vec![],
        public_key: key.public().clone(),
        algorithm: SignatureAlgorithm::Ed25519,
    };
    let sign = |prepared: crate::issue::Prepared| pollster::block_on(prepared.sign(&engine, &key)).unwrap();
    let validity = Validity { not_before: UnixTime(1_700_000_000), not_after: UnixTime(1_800_000_000) };
    let plan = CertificatePlan::root(
        subject,
        key.public().clone(),
        SignatureAlgorithm::Ed25519,
        SerialNumber::from_octets(&[5; 16]),
        validity,
        None,
    );
    Samples {
        key: key.pkcs8().to_vec(),
        spki: key.public().as_der().to_vec(),
        certificate: sign(plan.prepare().unwrap()),
        request: sign(request.prepare().unwrap()),
    }
});

fn request_pem() -> String {
    armor::encode("CERTIFICATE REQUEST", &SAMPLES.request)
}

fn certificate_pem() -> String {
    armor::encode("CERTIFICATE", &SAMPLES.certificate)
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Certificate(found) if found.der() == SAMPLES.certificate => "certificate",
        Item::Request(found) if found.der() == SAMPLES.request => "request",
        Item::PrivateKey(found) if found.pkcs8() == SAMPLES.key => "key",
        Item::PublicKey(found) if found.as_der() == SAMPLES.spki => "public key",
        Item::Locked { kind: Kind::EncryptedPrivateKey, .. } => "encrypted key",
        Item::Locked { .. } => "PKCS#12",
        Item::Other { kind: Kind::Cms, .. } => "message",
        Item::Other { .. } => "other",
        _ => "another one",
    }
}

fn kinds(reading: &Reading) -> Vec<&'static str> {
    reading.found.iter().map(|found| kind(&found.item)).collect()
}

fn check(input: &[u8], kinds: &[&str], repairs: &[Repair]) {
    let reading = read(input);
    let name = String::from_utf8_lossy(&input[..input.len().min(300)]);
    assert_eq!(reading.problems, [], "{name}");
    let found: Vec<&str> = reading.found.iter().map(|found| kind(&found.item)).collect();
    assert_eq!(found, kinds, "{name}");
    assert_eq!(reading.found[0].repairs, repairs, "{name}");
    for found in &reading.found {
        assert!(found.at.end <= input.len() && found.at.start < found.at.end, "{name}");
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn a_request_is_found_in_every_disguise() {
    let text = request_pem();
    let new = text.replace("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");
    let windows = text.replace('\n', "\r\n");
    let bare = text.lines().filter(|line| !line.contains("--")).collect::<Vec<_>>().join("\n");
    let hex = |separator: &str| {
        let octets: Vec<String> = SAMPLES.request.iter().map(|octet| format!("{octet:02X}")).collect();
        octets.join(separator)
    };
    let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    use Repair::*;
    let rows: Vec<(Vec<u8>, Vec<Repair>)> = vec![
        (text.clone().into(), vec![]),
        (windows.clone().into(), vec![]),
        (with_mark(&[0xef, 0xbb, 0xbf], text.as_bytes()), vec![ByteOrderMark]),
        (with_mark(&[0xff, 0xfe], &utf16(&windows, u16::to_le_bytes)), vec![Utf16]),
        (with_mark(&[0xfe, 0xff], &utf16(&text, u16::to_be_bytes)), vec![Utf16]),
        (utf16(&text, u16::to_le_bytes), vec![Utf16]),
        (utf16(&new, u16::to_be_bytes), vec![Utf16, NewCertificateRequestLabel]),
        (new.into(), vec![NewCertificateRequestLabel]),
        (text.replace('\n', "\n  ").into(), vec![Indented]),
        (text.replace('\n', "\n> ").into(), vec![Quoted]),
        (format!("{{\"csr\":\"{}\"}}", text.replace('\n', "\\n")).into(), vec![EscapedNewlines, ProseAround]),
        (bare.clone().into(), vec![NoArmor]),
        (bare.replace('\n', "\r\n").into(), vec![NoArmor]),
        (bare.replace('\n', "").into(), vec![NoArmor]),
        (utf16(&bare, u16::to_le_bytes), vec![Utf16, NoArmor]),
        (hex("").into(), vec![Hex]),
        (hex(":").to_lowercase().into(), vec![Hex]),
        (hex(" ").into(), vec![Hex]),
        (SAMPLES.request.clone(), vec![]),
        (with_mark(&SAMPLES.request, &[0, 0, b'\n']), vec![TrailingBytes(3)]),
        (text.replace("REQUEST-----\nMI", "REQUEST-----\n\n\nMI").into(), vec![]),
        (text.split("-----END").next().unwrap().into(), vec![MissingEnd]),
        (text.split_once("-\n").unwrap().1.into(), vec![MissingBegin]),
        (text.replace("CERTIFICATE REQUEST", "CERTIFICATE").into(), vec![WrongLabel("CERTIFICATE".into())]),
        (format!("Please sign this:\n\n{text}\nThanks").into(), vec![ProseAround]),
    ];
    for (input, repairs) in rows {
        check(&input, &["request"], &repairs);
    }
}

#[test]
fn secrets_of_container_platforms_are_unwrapped() {
    use base64::Engine as _;
    let wrapped = base64::engine::general_purpose::STANDARD.encode(certificate_pem());
    let text = format!("apiVersion: v1\ndata:\n  tls.crt: {wrapped}\n");
    check(text.as_bytes(), &["certificate"], &[Repair::Base64Twice]);
    let set = base64::engine::general_purpose::STANDARD.encode(&SAMPLES.certificate);
    let text = format!("{{\"x5c\":[\"{set}\",\"{set}\"]}}");
    check(text.as_bytes(), &["certificate", "certificate"], &[Repair::NoArmor, Repair::ProseAround]);
}

#[test]
fn objects_are_recognised_by_content_in_der_and_by_any_label() {
    let rows: [(&[u8], &str); 4] = [
        (&SAMPLES.key, "key"),
        (&SAMPLES.spki, "public key"),
        (&SAMPLES.certificate, "certificate"),
        (&SAMPLES.request, "request"),
    ];
    for (der, expect) in rows {
        check(der, &[expect], &[]);
        let pem = armor::encode("SOMETHING", der);
        check(pem.as_bytes(), &[expect], &[]);
    }
    let both = [SAMPLES.certificate.as_slice(), &SAMPLES.key].concat();
    check(&both, &["certificate", "key"], &[]);
    let old = certificate_pem().replace("CERTIFICATE", "X509 CERTIFICATE");
    check(old.as_bytes(), &["certificate"], &[Repair::OldLabel("X509 CERTIFICATE".into())]);
    let trusted = [SAMPLES.certificate.as_slice(), &[0x30, 0x02, 5, 0]].concat();
    let trusted = armor::encode("TRUSTED CERTIFICATE", &trusted);
    check(trusted.as_bytes(), &["certificate"], &[Repair::OldLabel("TRUSTED CERTIFICATE".into())]);
}

#[test]
fn a_bundle_gives_every_object_with_its_place() {
    let text =
        format!("{}{}{}", armor::encode("PRIVATE KEY", &SAMPLES.key), certificate_pem(), request_pem());
    let reading = read(text.as_bytes());
    assert_eq!(reading.problems, []);
    let parts: Vec<&str> = reading.found.iter().map(|found| &text[found.at.clone()]).collect();
    assert_eq!(parts.len(), 3);
    assert!(
        parts[1].starts_with("-----BEGIN CERTIFICATE-----")
            && parts[1].ends_with("-----END CERTIFICATE-----")
    );
    let wide = utf16(&text, u16::to_le_bytes);
    let places: Vec<_> = read(&wide).found.into_iter().map(|found| found.at).collect();
    let expect: Vec<_> = reading.found.iter().map(|found| found.at.start * 2..found.at.end * 2).collect();
    assert_eq!(places, expect);
}

#[test]
fn certificates_and_requests_come_out_of_pkcs7() {
    let bag = pkcs7::certs_only(&[&SAMPLES.certificate, &[0x30, 0], &SAMPLES.certificate], &[]);
    for input in [bag.clone(), armor::encode("PKCS7", &bag).into(), armor::encode("CMS", &bag).into()] {
        let reading = read(&input);
        let kinds: Vec<&str> = reading.found.iter().map(|found| kind(&found.item)).collect();
        // What is no certificate is still shown, as far as it can be, and told as a problem.
        assert_eq!(kinds, ["message", "certificate", "other", "certificate"]);
        let within: Vec<_> = reading.found.iter().map(|found| found.within).collect();
        assert_eq!(within, [None, Some(0), Some(0), Some(0)]);
        assert!(
            matches!(&reading.problems[0].kind, ProblemKind::Unreadable { label, .. } if label == "CERTIFICATE")
        );
    }
    let renewal = |oid: &str, content: &[u8]| {
        let oid = encode::oid(const_oid::ObjectIdentifier::new_unwrap(oid));
        let explicit = encode::constructed(0xa0, &[&encode::octet_string(content)]);
        let info = encode::sequence(&[&oid, &explicit]);
        let signed = encode::sequence(&[&[2, 1, 1], &[0x31, 0], &info, &[0x31, 0]]);
        let explicit = encode::constructed(0xa0, &[&signed]);
        encode::sequence(&[&encode::oid(pkcs7::SIGNED_DATA), &explicit])
    };
    check(&renewal("1.2.840.113549.1.7.1", &SAMPLES.request), &["message", "request"], &[]);
    let tagged = encode::constructed(0xa0, &[&[2, 1, 1], &SAMPLES.request]);
    let data = encode::sequence(&[&[0x30, 0], &encode::sequence(&[&tagged])]);
    check(&renewal("1.3.6.1.5.5.7.12.2", &data), &["message", "request"], &[]);
}

#[test]
fn what_cannot_be_read_is_said_with_reason_and_place() {
    let text = request_pem();
    let (head, rest) = text.split_at(text.len() / 2);
    let half = &head[..head.rfind('\n').unwrap()];
    let got = (half.len() - half.find("-\n").unwrap() - 2) / 65 * 48 + 48;
    let whole = SAMPLES.request.len() as u64;
    let truncated = |got| ProblemKind::Truncated { expected: whole, got };
    let label = || "CERTIFICATE REQUEST".to_owned();
    let bad = text.replacen("-\nMI", "-\nM!", 1);
    let rows: Vec<(Vec<u8>, ProblemKind)> = vec![
        (vec![], ProblemKind::Empty),
        (b" \r\n\t".to_vec(), ProblemKind::Empty),
        (vec![0xef, 0xbb, 0xbf], ProblemKind::Empty),
        (b"hello, world".to_vec(), ProblemKind::NothingRecognised),
        ([0x30, 0x80].repeat(99), ProblemKind::NothingRecognised),
        (half.into(), truncated(got)),
        (format!("{half}\n-----END CERTIFICATE REQUEST-----").into(), truncated(got)),
        (SAMPLES.request[..99].to_vec(), truncated(99)),
        (bad.into(), ProblemKind::BadBase64 { line: 2 }),
        (b"-----BEGIN CERTIFICATE REQUEST-----\n".to_vec(), ProblemKind::BeginWithoutEnd { label: label() }),
        (rest[rest.find("-----END").unwrap()..].into(), ProblemKind::EndWithoutBegin { label: label() }),
    ];
    for (input, expect) in rows {
        let reading = read(&input);
        let name = String::from_utf8_lossy(&input);
        assert_eq!(reading.found.len(), 0, "{name}");
        assert_eq!(reading.problems.len(), 1, "{name}");
        assert_eq!(reading.problems[0].kind, expect, "{name}");
        assert!(reading.problems[0].at.end <= input.len(), "{name}");
    }
}

#[test]
fn a_private_key_is_recognised_even_when_it_cannot_be_read() {
    let text = armor::encode("PRIVATE KEY", &SAMPLES.key);
    let broken =
        [text.replacen("M", "?", 1), text[..60].to_owned(), armor::encode("RSA PRIVATE KEY", &[1, 2, 3])];
    for input in broken {
        let reading = read(input.as_bytes());
        assert!(reading.problems.iter().all(|problem| problem.secret), "{input}");
        assert_eq!(reading.problems.len(), 1, "{input}");
    }
    let reading = read(text.replace("PRIVATE KEY", "CERTIFICATE").as_bytes());
    assert!(reading.found[0].item.is_secret());
    assert_eq!(reading.found[0].repairs, [Repair::WrongLabel("CERTIFICATE".into())]);
    let legacy = text.replacen("-\n", "-\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", 1);
    let reading = read(legacy.as_bytes());
    let [Found { item: Item::Locked { kind: Kind::LegacyEncryptedKey, bytes }, .. }] = &reading.found[..]
    else {
        panic!("{reading:?}");
    };
    assert_eq!(read(bytes).found[0].item.bytes(), bytes, "the text of a block reads as itself");
    let openssh = armor::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1\0 and so on");
    assert!(read(openssh.as_bytes()).problems[0].secret);
}

#[test]
fn containers_under_a_password_are_named_without_being_opened() {
    let oid = |text| encode::oid(const_oid::ObjectIdentifier::new_unwrap(text));
    let sealed =
        encode::sequence(&[&encode::sequence(&[&oid("1.2.840.113549.1.5.13"), &[0x30, 0]]), &[4, 2, 1, 2]]);
    check(&sealed, &["encrypted key"], &[]);
    check(armor::encode("ENCRYPTED PRIVATE KEY", &sealed).as_bytes(), &["encrypted key"], &[]);
    let safe = encode::sequence(&[&oid("1.2.840.113549.1.7.1"), &[0xa0, 2, 4, 0]]);
    let container = encode::sequence(&[&[2, 1, 3], &safe]);
    check(&container, &["PKCS#12"], &[]);
}

#[test]
fn noise_is_answered_in_linear_time() {
    let started = std::time::Instant::now();
    let mut state = 1u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8 | 1
    })
    .take(MAX_INPUT / 8)
    .collect();
    assert_eq!(read(&noise).problems[0].kind, ProblemKind::NothingRecognised);
    for piece in ["\n", "-----BEGIN A-----\n", "-BEGIN A", "MII", "MIIB", "\\n", "30", "LS0tLS1CRUdJTi"] {
        let size = MAX_INPUT / 64;
        let flood = piece.repeat(size / piece.len());
        let reading = read(flood.as_bytes());
        assert_eq!(reading.found.len(), 0, "{piece}");
        assert!(reading.problems.len() <= MAX_PROBLEMS + 2, "{piece}");
        assert!(!reading.problems.is_empty(), "{piece}");
    }
    let too_much = vec![b'A'; MAX_INPUT + 1];
    let (limit, got) = (MAX_INPUT, MAX_INPUT + 1);
    assert_eq!(read(&too_much).problems[0].kind, ProblemKind::TooLarge { limit, got });
    // Generous, for a build without optimisation on a busy machine; quadratic work would take minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_thousand_requests_are_read_from_one_text() {
    let text = request_pem().repeat(1_000);
    let started = std::time::Instant::now();
    let reading = read(text.as_bytes());
    println!("1,000 requests: {:?}", started.elapsed());
    assert_eq!((reading.found.len(), reading.problems.len()), (1_000, 0));
}

#[test]
fn no_prefix_of_anything_makes_the_reader_panic() {
    let bag = pkcs7::certs_only(&[&SAMPLES.certificate], &[]);
    let text = format!("x{}{}", certificate_pem(), armor::encode("PRIVATE KEY", &SAMPLES.key));
    for input in
        [bag.as_slice(), &SAMPLES.request, &SAMPLES.key, text.as_bytes(), &utf16(&text, u16::to_be_bytes)]
    {
        for size in 0..input.len() {
            let reading = read(&input[..size]);
            assert!(reading.found.len() + reading.problems.len() > 0);
        }
    }
}
