//! What to call an object in a list, from what it says.
//!
//! Leaves out certificates, revocation lists and keys, which go by their names.

use crate::describe::{Description, Field, name};
use crate::{Kind, cmc, pkcs7};

/// The title of a described object.
pub(super) fn of(described: &Description, bytes: &[u8]) -> String {
    let text = |name: &str| described.find(name).map(|field| field.text.clone()).unwrap_or_default();
    let own = described.title.clone();
    match described.kind {
        Kind::Request => match described.find("subject").map(name::title) {
            Some(title) if title != "(no name)" => title,
            _ => first_name(described).unwrap_or_else(|| "(no name)".to_owned()),
        },
        Kind::Crl => described.find("issuer").map_or(own, name::title),
        Kind::SignedPublicKey => with(&own, text("public-key")),
        Kind::OcspRequest => counted(described, "requests", &own, "certificate"),
        Kind::OcspResponse => ocsp(described, &own),
        Kind::Cms => message(described, bytes, &own),
        Kind::SctList => {
            let count = described.sections.iter().filter(|section| section.name == "sct").count();
            format!("{count} certificate transparency timestamp{}", if count == 1 { "" } else { "s" })
        }
        Kind::AttributeCertificate => with(&own, holder(described)),
        Kind::TimestampResponse => match described.find("time") {
            Some(time) => format!("Time stamp of {}", time.text),
            None => with(&own, text("status")),
        },
        Kind::CmpMessage => with(&own, text("body")),
        Kind::CertificateRequestMessages | Kind::TbsCertificate => match described.find("subject") {
            Some(subject) => with(&own, name::title(subject)),
            None => own,
        },
        Kind::TrustAnchor => match described.find("title").or_else(|| described.find("anchor-name")) {
            Some(found) if found.name == "title" => with(&own, found.text.clone()),
            Some(found) => with(&own, name::title(found)),
            None => own,
        },
        Kind::Parameters => with(&own, text("object")),
        Kind::Unknown => match described.sections.first() {
            Some(one) if one.fields.len() == 1 && one.fields[0].name == "object" => {
                with(&own, one.fields[0].text.clone())
            }
            _ => own,
        },
        _ => own,
    }
}

fn with(own: &str, more: String) -> String {
    const LONGEST: usize = 120;
    match more.is_empty() || more.len() > LONGEST {
        true => own.to_owned(),
        false => format!("{own}: {more}"),
    }
}

fn counted(described: &Description, list: &str, own: &str, what: &str) -> String {
    let count = described.find(list).map_or(0, |list| list.fields.len() + list.left_out);
    format!("{own} about {count} {what}{}", if count == 1 { "" } else { "s" })
}

fn first_name(described: &Description) -> Option<String> {
    let names = described.find("requested-extensions")?.find("subject-alt-name")?;
    Some(names.fields.first()?.text.clone())
}

fn holder(described: &Description) -> String {
    let Some(holder) = described.find("holder") else {
        return String::new();
    };
    let found = ["directory-name", "dns-name", "email", "uri"].iter().find_map(|name| holder.find(name));
    found.map(|found| found.text.clone()).unwrap_or_default()
}

/// The status of the only certificate, or how many are good, revoked and unknown.
fn ocsp(described: &Description, own: &str) -> String {
    let status = described.find("response-status").map(|field| field.text.as_str()).unwrap_or_default();
    let answers: Vec<&str> = described
        .find("responses")
        .map(|list| {
            list.fields.iter().filter_map(|one| one.find("certificate-status")).collect::<Vec<&Field>>()
        })
        .unwrap_or_default()
        .into_iter()
        .map(|field| field.text.as_str())
        .collect();
    match answers.as_slice() {
        [] => with(own, status.to_owned()),
        [one] => with(own, (*one).to_owned()),
        several => {
            let counts = ["good", "revoked", "unknown"]
                .map(|wanted| (several.iter().filter(|status| **status == wanted).count(), wanted));
            let words: Vec<String> = counts
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, status)| format!("{count} {status}"))
                .collect();
            with(own, words.join(", "))
        }
    }
}

/// What the message is: its type, or better, what it is for.
fn message(described: &Description, bytes: &[u8], own: &str) -> String {
    let mut kinds = described.sections.iter().filter_map(|section| section.find("content-type"));
    let kind = kinds.next().map(|field| capitalised(&field.text)).unwrap_or_else(|| own.to_owned());
    let Ok(read) = pkcs7::read(bytes) else {
        return kind;
    };
    match read.content_type.as_str() {
        cmc::PKI_DATA => "Certificate request with controls (CMC)".to_owned(),
        cmc::PKI_RESPONSE => "Response to a certificate request (CMC)".to_owned(),
        "1.2.840.113549.1.7.1" => match (read.signers, read.certificates.len(), read.crls.len()) {
            _ if is_renewal(&read) => "Renewal request".to_owned(),
            (0, certificates, 0) => plural(certificates, "certificate"),
            (0, 0, lists) => plural(lists, "revocation list"),
            (0, certificates, lists) => {
                format!("{}, {}", plural(certificates, "certificate"), plural(lists, "revocation list"))
            }
            (signers, ..) => format!("{kind}, {}", plural(signers, "signer")),
        },
        other => match crate::schema::cms::content_name(other) {
            Some(name) => format!("Signed {name}"),
            None => kind,
        },
    }
}

fn is_renewal(read: &pkcs7::Pkcs7) -> bool {
    let content = read.content.as_deref().unwrap_or_default();
    crate::schema::x509::REQUEST.fits(content)
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
