//! Objects made here or by OpenSSL for want of samples: time stamps, encrypted messages, CMC and renewal requests,
//! attribute certificates, timestamps of logs.

use crate::openssl::OpenSsl;
use crate::placed;
use crate::signatures::{P256, RSA, pair};
use certwright_pki::describe::{Description, describe};
use certwright_pki::input::{self, Item};
use certwright_pki::{Kind, cmc, pkcs7};

const ENDING: &str = "basicConstraints=CA:FALSE\n";

/// The description of the first object, which must be of this kind, and the kinds of those that follow.
#[track_caller]
fn opened(bytes: &[u8], kind: Kind) -> (Description, Vec<(Kind, Option<usize>)>) {
    let reading = input::read(bytes);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let first = &reading.found[0];
    assert_eq!(first.item.kind(), kind);
    let described = describe(kind, first.item.bytes()).unwrap();
    placed::check(&described, first.item.bytes()).unwrap();
    assert!(described.notes.is_empty(), "{:?}", described.notes);
    (described, reading.found[1..].iter().map(|found| (found.item.kind(), found.within)).collect())
}

fn text(described: &Description, name: &str) -> String {
    described.find(name).unwrap_or_else(|| panic!("no {name}")).text.clone()
}

#[test]
fn time_stamps_of_openssl_are_read() {
    let Some(openssl) = OpenSsl::find() else { return };
    pair(&openssl, "clock", &RSA, None, "extendedKeyUsage=critical,timeStamping\n");
    openssl.scratch.write("text", b"the content");
    openssl.scratch.write("serial", b"2A\n");
    openssl.scratch.write(
        "tsa.cnf",
        b"[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ndefault_policy=1.2.3.4\n\
        signer_digest=sha256\ndigests=sha256\naccuracy=secs:1,millisecs:500\nordering=yes\ntsa_name=yes\n",
    );
    openssl.must(&["ts", "-query", "-data", "text", "-sha256", "-cert", "-out", "q.tsq"]);
    let (query, _) = opened(&openssl.scratch.read("q.tsq"), Kind::TimestampRequest);
    assert_eq!(text(&query, "certificate-wanted"), "yes");
    assert_eq!(text(&query, "digest-algorithm"), "SHA-256");

    let reply = ["ts", "-reply", "-queryfile", "q.tsq", "-config", "tsa.cnf", "-signer", "clock.crt"];
    openssl.must(&[&reply[..], &["-inkey", "clock.key", "-out", "r.tsr"]].concat());
    let (answer, _) = opened(&openssl.scratch.read("r.tsr"), Kind::TimestampResponse);
    assert_eq!(text(&answer, "status"), "granted");
    assert_eq!(text(&answer, "policy"), "1.2.3.4");
    assert_eq!(placed::hex(answer.find("serial-number").unwrap()), "2B");
    assert_eq!(text(&answer, "authority"), "CN=clock");
    assert!(answer.title.starts_with("Time stamp of 20"), "{}", answer.title);

    openssl.must(&[&reply[..], &["-inkey", "clock.key", "-token_out", "-out", "r.tok"]].concat());
    let (token, members) = opened(&openssl.scratch.read("r.tok"), Kind::Cms);
    assert_eq!(token.title, "Signed time-stamp information");
    assert_eq!(members, [(Kind::Certificate, Some(0))]);

    openssl.must(&["ts", "-query", "-data", "text", "-sha1", "-out", "other.tsq"]);
    let reply = ["ts", "-reply", "-queryfile", "other.tsq", "-config", "tsa.cnf", "-signer", "clock.crt"];
    openssl.must(&[&reply[..], &["-inkey", "clock.key", "-out", "no.tsr"]].concat());
    let (refusal, _) = opened(&openssl.scratch.read("no.tsr"), Kind::TimestampResponse);
    assert_eq!(
        (text(&refusal, "status"), text(&refusal, "failure")),
        ("rejected".into(), "bad algorithm".into())
    );
}

#[test]
fn encrypted_messages_of_openssl_name_their_recipients() {
    let Some(openssl) = OpenSsl::find() else { return };
    openssl.scratch.write("text", b"the content");
    pair(&openssl, "rsa", &RSA, None, ENDING);
    pair(&openssl, "ec", &P256, None, ENDING);
    let secret = "000102030405060708090a0b0c0d0e0f";
    let rows: [(&[&str], &str, &str, &str); 8] = [
        (&["-encrypt", "-aes256", "rsa.crt"], "Enveloped data", "recipient", "key transport"),
        (&["-encrypt", "-aes-128-gcm", "rsa.crt"], "Authenticated and enveloped data", "mac", ""),
        (&["-encrypt", "-aes128", "ec.crt"], "Enveloped data", "recipient", "key agreement"),
        (
            &["-encrypt", "-aes128", "-secretkey", secret, "-secretkeyid", "01"],
            "Enveloped data",
            "recipient",
            "shared key",
        ),
        (&["-encrypt", "-aes128", "-pwri_password", "x"], "Enveloped data", "recipient", "password"),
        (
            &["-EncryptedData_encrypt", "-aes128", "-secretkey", secret],
            "Encrypted data",
            "content-encryption",
            "AES-128-CBC",
        ),
        (&["-digest_create"], "Digested data", "digest-algorithm", "SHA-1"),
        (&["-data_create"], "Data", "content-type", "data"),
    ];
    for (arguments, title, name, words) in rows {
        let (head, tail) = arguments.split_at(1);
        let common = ["-binary", "-in", "text", "-outform", "DER", "-out", "m.der"];
        openssl.must(&[&["cms"], head, &common, tail].concat());
        let (described, members) = opened(&openssl.scratch.read("m.der"), Kind::Cms);
        assert_eq!((described.title.as_str(), members.len()), (title, 0), "{arguments:?}");
        assert!(text(&described, name).contains(words), "{arguments:?}: {}", text(&described, name));
    }
}

/// One element: identifier octet, length, content.
fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    match content.len() {
        short @ 0..=127 => out.push(short as u8),
        long => out.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    out.extend(content);
    out
}

#[test]
fn requests_inside_of_messages_come_with_their_message() {
    let Some(openssl) = OpenSsl::find() else { return };
    pair(&openssl, "old", &P256, None, ENDING);
    openssl.must(&["req", "-in", "old.csr", "-outform", "DER", "-out", "request.der"]);
    let request = openssl.scratch.read("request.der");
    // TaggedAttribute with a transaction, and the request as a TaggedCertificationRequest.
    let transaction = [6, 8, 0x2b, 6, 1, 5, 5, 7, 7, 5];
    let control = element(0x30, &[&[2, 1, 2], &transaction, &element(0x31, &[&[2, 1, 77]])]);
    let tagged = element(0xa0, &[&[2, 1, 1], &request]);
    let data =
        element(0x30, &[&element(0x30, &[&control]), &element(0x30, &[&tagged]), &[0x30, 0], &[0x30, 0]]);
    let rows = [
        (data, "1.3.6.1.5.5.7.12.2", "Certificate request with controls (CMC)", "Transaction"),
        (request, "1.2.840.113549.1.7.1", "Renewal request", "Subject"),
    ];
    for (content, content_type, title, part) in rows {
        openssl.scratch.write("content.der", &content);
        let sign = ["cms", "-sign", "-binary", "-nodetach", "-signer", "old.crt", "-inkey", "old.key"];
        let files =
            ["-in", "content.der", "-outform", "DER", "-out", "m.der", "-econtent_type", content_type];
        openssl.must(&[&sign[..], &files].concat());
        let message = openssl.scratch.read("m.der");
        let (described, members) = opened(&message, Kind::Cms);
        assert_eq!(described.title, title);
        assert_eq!(members, [(Kind::Request, Some(0)), (Kind::Certificate, Some(0))]);
        let has =
            |fields: &[certwright_pki::describe::Field]| fields.iter().any(|field| contains(field, part));
        assert!(has(&described.sections), "{title}");
        if content_type == cmc::PKI_DATA {
            let content = pkcs7::read(&message).unwrap().content.unwrap();
            let body = cmc::Body::request(&content).unwrap();
            assert_eq!((body.controls[0].name(), body.controls[0].body_part), (Some("Transaction"), 2));
            assert_eq!((body.controls[0].values[0].as_slice(), body.requests.len()), (&[2, 1, 77][..], 1));
        }
    }
}

fn contains(field: &certwright_pki::describe::Field, label: &str) -> bool {
    field.label == label || field.fields.iter().any(|part| contains(part, label))
}

#[test]
fn an_attribute_certificate_says_whose_it_is() {
    let name =
        element(0x30, &[&element(0x31, &[&element(0x30, &[&[6, 3, 0x55, 4, 3], &element(12, &[b"Ada"])])])]);
    let names = element(0x30, &[&element(0xa4, &[&name])]);
    let algorithm = element(0x30, &[&[6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]]);
    let role = element(0x30, &[&element(0xa1, &[&element(0x86, &[b"urn:role:admin"])])]);
    let attribute = element(0x30, &[&[6, 3, 0x55, 4, 72], &element(0x31, &[&role])]);
    let time = |text: &[u8]| element(0x18, &[text]);
    let info = element(
        0x30,
        &[
            &[2, 1, 1],
            &element(0x30, &[&element(0xa1, &[&element(0xa4, &[&name])])]),
            &element(0xa0, &[&names]),
            &algorithm,
            &[2, 1, 5],
            &element(0x30, &[&time(b"20240101000000Z"), &time(b"20250101000000Z")]),
            &element(0x30, &[&attribute]),
        ],
    );
    let der = element(0x30, &[&info, &algorithm, &element(3, &[&[0, 1, 2, 3]])]);
    let (described, _) = opened(&der, Kind::AttributeCertificate);
    assert_eq!(described.title, "Attribute certificate: CN=Ada");
    assert_eq!(text(&described, "role-name"), "urn:role:admin");
    assert_eq!(text(&described, "not-after"), "2025-01-01 00:00:00 UTC");
}

#[test]
fn lists_of_log_timestamps_are_read_raw_and_wrapped() {
    let one = [&[0][..], &[9; 32], &1_700_000_000_000u64.to_be_bytes(), &[0, 0, 4, 3, 0, 2, 5, 0]].concat();
    let entry = [&(one.len() as u16).to_be_bytes()[..], &one].concat();
    let list = [&(entry.len() as u16 * 2).to_be_bytes()[..], &entry, &entry].concat();
    for bytes in [list.clone(), element(4, &[&list])] {
        let (described, members) = opened(&bytes, Kind::SctList);
        assert_eq!((described.title.as_str(), members.len()), ("2 certificate transparency timestamps", 0));
        assert!(text(&described, "time").starts_with("2023-11-14 22:13:20"));
    }
}

#[test]
fn no_content_of_unknown_meaning_is_shown() {
    // A PKCS#8 key as the data of a message, and as an element of a structure that nobody knows.
    let secret = [0x5a; 32];
    let key =
        element(0x30, &[&[2, 1, 0], &element(0x30, &[&[6, 3, 0x2b, 0x65, 0x70]]), &element(4, &[&secret])]);
    let data = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let message = element(0x30, &[&data, &element(0xa0, &[&element(4, &[&key])])]);
    let unknown = element(0x30, &[&[2, 1, 9], &element(0x30, &[&element(0x84, &[&secret]), &key])]);
    for (bytes, kind) in [(message, Kind::Cms), (unknown, Kind::Unknown)] {
        let reading = input::read(&bytes);
        assert!(matches!(reading.found[0].item, Item::Other { .. }));
        let (described, _) = opened(&bytes, kind);
        let all = format!("{described:?}").to_lowercase();
        assert!(!all.contains("5a5a5a") && !all.contains("5a:5a:5a"), "{all}");
    }
}
