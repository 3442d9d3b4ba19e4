//! Every OCSP request and response of the collections, against `openssl ocsp`, and their typed readers.

use crate::openssl::{self, OpenSsl};
use crate::placed;
use crate::requests::agree;
use crate::table::{self, Table};
use certwright_pki::describe::{Description, Field};
use certwright_pki::ocsp::{BasicResponse, CertificateStatus, OcspRequest, OcspResponse, ResponseStatus};
use certwright_pki::{Kind, UnixTime};

#[test]
fn ocsp_of_the_collections_says_what_openssl_says() {
    let (Some(files), Some(mut openssl)) = (table::files("ocsp"), OpenSsl::find()) else {
        return;
    };
    let mut table = Table::default();
    for file in files {
        let (reading, problem) = table::read(&file);
        let is_request = file.row["is"] == "request";
        let kind = if is_request { Kind::OcspRequest } else { Kind::OcspResponse };
        if file.name.contains("ocsp-crt") && !file.name.ends_with("res.der") {
            // The responder's key and certificate.
            continue;
        }
        let found = table::described(&reading, kind);
        let [(der, described)] = found.as_slice() else {
            table.wrong(&file.name, format!("{} objects, {problem:?}", found.len()));
            continue;
        };
        openssl.scratch.write("ocsp.der", der);
        table.note(
            &file.name,
            match is_request {
                true => request(der, described, &mut openssl),
                false => response(der, described, &mut openssl, &file.row["ref"]),
            },
        );
    }
    table.judge("OCSP", 50, &[]);
}

fn request(der: &[u8], described: &Description, openssl: &mut OpenSsl) -> Result<(), String> {
    placed::check(described, der)?;
    let text = openssl.run(&["ocsp", "-reqin", "ocsp.der", "-req_text"], b"").ok_or("OpenSSL refuses it")?;
    let text = unwrapped(&text);
    let read = OcspRequest::parse(der).map_err(|error| error.to_string())?;
    agree("version", Some(read.version.to_string().as_str()), number(&text))?;
    let texts: Vec<&str> = text.split("Certificate ID:\n").skip(1).collect();
    let shown: Vec<&Field> = described.find("requests").ok_or("no requests")?.fields.iter().collect();
    agree("count", (shown.len(), read.questions.len()), (texts.len(), texts.len()))?;
    for ((field, question), text) in shown.iter().zip(&read.questions).zip(&texts) {
        identifier(field, text, openssl)?;
        let text = text.split("    Request Extensions:\n").next().unwrap_or_default();
        let ours = field.find("single-extensions").map(|list| placed::extensions(&list.fields));
        let ours = openssl.called(&ours.unwrap_or_default());
        agree("extensions of one", ours, openssl::extensions(text, 12))?;
        agree("count of extensions of one", question.extensions.len(), openssl::extensions(text, 12).len())?;
    }
    let ours = described.sections.iter().find(|section| section.name == "extensions");
    let ours = openssl.called(&ours.map(|list| placed::extensions(&list.fields)).unwrap_or_default());
    let block = openssl::between(&text, "    Request Extensions:\n", "    Signature Algorithm:");
    agree("extensions", &ours, &openssl::extensions(block, 8))?;
    agree("is signed", read.signature.is_some(), text.contains("Signature Algorithm:"))?;
    agree("nonce", read.nonce().is_some(), text.contains("OCSP Nonce"))
}

/// The text without the line ends inside of long numbers.
fn unwrapped(text: &str) -> String {
    text.replace("\\\n", "")
}

/// The version as it prints it.
fn number(text: &str) -> Option<&str> {
    openssl::after(text, "Version: ")?.split(' ').next()
}

/// Holds a `CertID` against its text.
fn identifier(field: &Field, text: &str, openssl: &mut OpenSsl) -> Result<(), String> {
    let part = |name: &str| field.find(name).ok_or(format!("no {name}"));
    let hash = openssl.name(part("hash-algorithm")?.oid.as_deref().unwrap_or_default());
    agree("hash", Some(hash.as_str()), openssl::after(text, "Hash Algorithm: "))?;
    for (name, word) in [("issuer-name-hash", "Issuer Name Hash: "), ("issuer-key-hash", "Issuer Key Hash: ")]
    {
        agree(name, Some(placed::hex(part(name)?).as_str()), openssl::after(text, word))?;
    }
    let serial = placed::hex(part("serial-number")?);
    let theirs = openssl::after(text, "Serial Number: ").unwrap_or_default();
    agree("serial number", serial.trim_start_matches('0'), theirs.trim_start_matches('0'))
}

fn response(
    der: &[u8],
    described: &Description,
    openssl: &mut OpenSsl,
    reference: &serde_json::Value,
) -> Result<(), String> {
    placed::check(described, der)?;
    let read = OcspResponse::parse(der).map_err(|error| error.to_string())?;
    let text = openssl.run(&["ocsp", "-respin", "ocsp.der", "-resp_text", "-noverify"], b"");
    let expected = reference["status"].as_str().unwrap_or("none");
    let status = match read.status {
        ResponseStatus::Successful => "SUCCESSFUL",
        ResponseStatus::MalformedRequest => "MALFORMED_REQUEST",
        ResponseStatus::InternalError => "INTERNAL_ERROR",
        ResponseStatus::TryLater => "TRY_LATER",
        ResponseStatus::SignatureRequired => "SIG_REQUIRED",
        ResponseStatus::Unauthorized => "UNAUTHORIZED",
        ResponseStatus::Other(_) => "none",
    };
    if expected != "none" {
        agree("status", status, expected)?;
    }
    let Some(basic) = &read.basic else {
        return agree("answers", described.find("responses").is_some(), false);
    };
    let text = unwrapped(&text.ok_or("OpenSSL refuses it")?);
    agree("version", Some(basic.version.to_string().as_str()), number(&text))?;
    agree(
        "produced",
        Some(basic.produced_at),
        openssl::after(&text, "Produced At: ").and_then(openssl::time),
    )?;
    answers(basic, described, &text, openssl)?;
    let ours = described.sections.iter().find(|section| section.name == "extensions");
    let ours = openssl.called(&ours.map(|list| placed::extensions(&list.fields)).unwrap_or_default());
    let block = openssl::between(&text, "    Response Extensions:\n", "\n    Signature Algorithm:");
    agree("extensions", &ours, &openssl::extensions(block, 8))?;
    let certificates = described.find("certificates").map_or(0, |list| list.fields.len());
    agree("certificates", certificates, text.matches("-----BEGIN CERTIFICATE-----").count())?;
    agree("nonce", basic.nonce().is_some(), text.contains("OCSP Nonce"))
}

fn answers(
    basic: &BasicResponse,
    described: &Description,
    text: &str,
    openssl: &mut OpenSsl,
) -> Result<(), String> {
    let head = text.split("\n    Signature Algorithm:").next().unwrap_or_default();
    let texts: Vec<&str> = head.split("Certificate ID:\n").skip(1).collect();
    let shown: Vec<&Field> = described.find("responses").ok_or("no answers")?.fields.iter().collect();
    agree("count", (shown.len(), basic.answers.len()), (texts.len(), texts.len()))?;
    for ((field, answer), text) in shown.iter().zip(&basic.answers).zip(&texts) {
        identifier(field, text, openssl)?;
        let (status, date) = match answer.status {
            CertificateStatus::Good => ("good", None),
            CertificateStatus::Unknown => ("unknown", None),
            CertificateStatus::Revoked { at, .. } => ("revoked", Some(at)),
        };
        agree("status", Some(status), openssl::after(text, "Cert Status: "))?;
        agree(
            "shown status",
            field.find("certificate-status").map(|field| field.text.as_str()),
            Some(status),
        )?;
        let time = |word| openssl::after(text, word).and_then(openssl::time);
        let ours: [Option<UnixTime>; 3] = [date, Some(answer.this_update), answer.next_update];
        let theirs = [time("Revocation Time: "), time("This Update: "), time("Next Update: ")];
        agree("times", ours, theirs)?;
        agree("reason", field.find("reason").is_some(), text.contains("Revocation Reason: "))?;
        let text = text.split("    Response Extensions:\n").next().unwrap_or_default();
        let ours = field.find("single-extensions").map(|list| placed::extensions(&list.fields));
        let ours = openssl.called(&ours.unwrap_or_default());
        agree("extensions of one", &ours, &openssl::extensions(text, 12))?;
    }
    Ok(())
}
