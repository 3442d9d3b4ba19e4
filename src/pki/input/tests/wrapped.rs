//! Objects without BEGIN and END lines in other text, with what names them: secrets, mail, directories, metadata.

use super::*;
use crate::input::Repair::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

fn encoded(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// Base64 in lines of so many characters.
fn folded(data: &[u8], columns: usize, line_end: &str) -> String {
    let text = encoded(data);
    let lines = text.as_bytes().chunks(columns).map(|line| String::from_utf8_lossy(line).into_owned());
    lines.collect::<Vec<_>>().join(line_end)
}

fn names(reading: &Reading) -> Vec<Option<&str>> {
    reading.found.iter().map(|found| found.name.as_deref()).collect()
}

#[test]
fn every_entry_of_a_secret_is_found_with_its_name() {
    let key = armor::encode("PRIVATE KEY", &SAMPLES.key);
    let text = format!(
        "apiVersion: v1\nkind: Secret\ndata:\n  ca.crt: {}\n  tls.crt: {}\n  tls.key: {}\n  note: aGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA==\n",
        encoded(&SAMPLES.certificate),
        encoded(certificate_pem().as_bytes()),
        encoded(key.as_bytes()),
    );
    for text in
        [text.clone(), text.replace('\n', "\r\n"), format!("{{\"data\":{{\"ca.crt\": \"x\"}}}}\n{text}")]
    {
        let reading = read(text.as_bytes());
        assert_eq!(kinds(&reading), ["certificate", "certificate", "key"]);
        assert_eq!(names(&reading), [Some("ca.crt"), Some("tls.crt"), Some("tls.key")]);
        assert_eq!(reading.found[1].repairs, [Base64Twice]);
        assert_eq!(reading.problems, []);
        let place = &text[reading.found[2].at.clone()];
        assert_eq!(place, encoded(key.as_bytes()));
    }
    let json = format!(
        "{{\"data\":{{\"tls.crt\":\"{}\",\"tls.key\":\"{}\"}}}}",
        encoded(certificate_pem().as_bytes()),
        encoded(key.as_bytes())
    );
    assert_eq!(names(&read(json.as_bytes())), [Some("tls.crt"), Some("tls.key")]);
    let folded = folded(certificate_pem().as_bytes(), 76, "\n    ");
    let block = format!("data:\n  tls.crt: |\n    {folded}\n  tls.key: {}\n", encoded(key.as_bytes()));
    let reading = read(block.as_bytes());
    assert_eq!(kinds(&reading), ["certificate", "key"]);
    assert_eq!(names(&reading), [Some("tls.crt"), Some("tls.key")]);
    let twice = format!("release: {}", encoded(encoded(certificate_pem().as_bytes()).as_bytes()));
    assert_eq!(kinds(&read(twice.as_bytes())), ["certificate"]);
}

#[test]
fn attachments_of_a_mail_are_files_with_names() {
    let text = format!(
        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=\"000000000000ab\"\r\n\r\n--000000000000ab\r\n\
         Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHere it is =E2=80=93 as asked:\r\n\r\n{}\r\n\
         --000000000000ab\r\nContent-Type: application/x-x509-ca-cert; name=\"new.cer\"\r\n\
         Content-Disposition: attachment; filename=\"new.cer\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n\
         --000000000000ab\r\nContent-Disposition: attachment;\r\n filename=chain.pem\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n\
         --000000000000ab\r\nContent-Type: text/plain; name=\"readme.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n\
         --000000000000ab--\r\n",
        request_pem().replace('=', "=3D").replace('\n', "\r\n"),
        folded(&SAMPLES.certificate, 76, "\r\n"),
        folded(certificate_pem().repeat(2).as_bytes(), 76, "\r\n"),
        folded(b"This is a text that says nothing of interest to anyone.", 76, "\r\n"),
    );
    let reading = read(text.as_bytes());
    assert_eq!(kinds(&reading), ["request", "certificate", "certificate", "certificate"]);
    let entries: Vec<Option<&str>> = reading.found.iter().map(|found| found.entry.as_deref()).collect();
    assert_eq!(entries, [None, Some("new.cer"), Some("chain.pem"), Some("chain.pem")]);
    assert_eq!(reading.found[0].repairs, [QuotedPrintable, ProseAround]);
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(reading.problems[0].kind, ProblemKind::NothingRecognised);
    assert_eq!(reading.problems[0].entry.as_deref(), Some("readme.txt"));
}

#[test]
fn values_of_directories_and_metadata_are_found() {
    let ldif = format!(
        "dn: cn=a,dc=example\nuserCertificate;binary:: {}\n {}\ncn: a\n",
        &encoded(&SAMPLES.certificate)[..50],
        folded(&SAMPLES.certificate, 50, "\n ").split_once("\n ").unwrap().1
    );
    check(ldif.as_bytes(), &["certificate"], &[NoArmor]);
    let saml = |value: &str| {
        format!("<KeyDescriptor><ds:X509Certificate>{value}</ds:X509Certificate></KeyDescriptor>")
    };
    check(saml(&encoded(&SAMPLES.certificate)).as_bytes(), &["certificate"], &[NoArmor]);
    let windows = saml(&folded(&SAMPLES.certificate, 64, "&#13;\n"));
    check(windows.as_bytes(), &["certificate"], &[Markup, NoArmor]);
    let indented = saml(&format!("\n      {}\n", folded(&SAMPLES.certificate, 64, "\n      ")));
    check(indented.as_bytes(), &["certificate"], &[NoArmor]);
    let address = encoded(&SAMPLES.spki).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    check(format!("pin={address}").as_bytes(), &["public key"], &[UrlEncoded, NoArmor]);
    let path = format!("GET http://ocsp.example/{} HTTP/1.1", encoded(&SAMPLES.spki));
    assert_eq!(kinds(&read(path.as_bytes())), ["public key"]);
    let field = format!("Client-Cert: :{}:", encoded(&SAMPLES.certificate));
    assert_eq!(kinds(&read(field.as_bytes())), ["certificate"]);
}

#[test]
fn small_objects_are_found_in_prose_by_their_shape() {
    for (data, expect) in
        [(&SAMPLES.key, "key"), (&SAMPLES.spki, "public key"), (&SAMPLES.request, "request")]
    {
        for text in [
            format!("the key is {} and no other", encoded(data)),
            format!("KEY={}\n", URL_SAFE_NO_PAD.encode(data)),
            format!("b'{}'", encoded(data)),
        ] {
            assert_eq!(kinds(&read(text.as_bytes())), [expect], "{text}");
        }
    }
    for prose in
        ["MAINTAINERSOFTHEPROJECT", "MISSINGCERTIFICATES are MISSINGCERTIFICATES", "MIIMIIMIIMIIMIIMII"]
    {
        assert_eq!(read(prose.as_bytes()).problems[0].kind, ProblemKind::NothingRecognised, "{prose}");
    }
}

#[test]
fn several_forms_stand_side_by_side() {
    let pem = certificate_pem();
    let bare = folded(&SAMPLES.request, 64, "\n");
    let key = armor::encode("PRIVATE KEY", &SAMPLES.key);
    let rows: Vec<(Vec<u8>, Vec<&str>)> = vec![
        ([SAMPLES.certificate.as_slice(), key.as_bytes()].concat(), vec!["certificate", "key"]),
        ([SAMPLES.certificate.as_slice(), b"\r\n", key.as_bytes()].concat(), vec!["certificate", "key"]),
        ([key.as_bytes(), &SAMPLES.certificate].concat(), vec!["key", "certificate"]),
        (
            [key.as_bytes(), &SAMPLES.certificate, pem.as_bytes()].concat(),
            vec!["key", "certificate", "certificate"],
        ),
        (format!("{pem}\n{bare}\n{key}").into(), vec!["certificate", "request", "key"]),
        (format!("{bare}\n\n{pem}").into(), vec!["request", "certificate"]),
        (format!("{pem}3082\n{bare}").into(), vec!["certificate", "request"]),
        (format!("csr: {}\n{pem}", encoded(request_pem().as_bytes())).into(), vec!["request", "certificate"]),
    ];
    for (input, expect) in rows {
        let reading = read(&input);
        let text = String::from_utf8_lossy(&input);
        assert_eq!(kinds(&reading), expect, "{text}");
        assert_eq!(reading.problems, [], "{text}");
        let mut places: Vec<usize> = reading.found.iter().map(|found| found.at.start).collect();
        assert!(places.is_sorted(), "{text}");
        places.dedup();
        assert_eq!(places.len(), expect.len(), "{text}");
    }
}

#[test]
fn friendly_names_above_blocks_are_kept() {
    let text = format!(
        "Bag Attributes\n    friendlyName: web 2026\nsubject=CN=a\n{}{}",
        certificate_pem(),
        request_pem()
    );
    let reading = read(text.as_bytes());
    assert_eq!(names(&reading), [Some("web 2026"), None]);
}

#[test]
fn keys_in_json_and_of_openssh_are_recognised() {
    let jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
    let x5c = format!("{{\"keys\":[{{\"kty\":\"OKP\",\"x5c\":[\"{}\"]}}]}}", encoded(&SAMPLES.certificate));
    assert_eq!(read(jwk.as_bytes()).found[0].item.kind(), Kind::PublicKey);
    let reading = read(x5c.as_bytes());
    assert_eq!(kinds(&reading), ["other", "certificate"]);
    let private = jwk.replace("\"x\"", "\"d\":\"abc\",\"x\"");
    assert!(read(private.as_bytes()).problems[0].secret);
    let blob = [&[0, 0, 0, 11][..], b"ssh-ed25519", &[0, 0, 0, 32], &[7; 32]].concat();
    let line = format!("ssh-ed25519 {} alice@example.com\n", encoded(&blob));
    let options = "command=\"ls -l\",no-pty ";
    let reading = read(format!("# keys\n{line}{options}{line}ssh-ed25519 !!\n").as_bytes());
    assert_eq!(reading.found.len(), 4);
    let (blob_found, key) = (&reading.found[2], &reading.found[3]);
    assert_eq!((blob_found.item.kind(), key.item.kind()), (Kind::OpenSshPublicKey, Kind::PublicKey));
    assert_eq!((blob_found.item.bytes(), key.within), (blob.as_slice(), Some(2)));
    assert_eq!(blob_found.name.as_deref(), Some("alice@example.com"));
}
