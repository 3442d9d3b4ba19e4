//! Turns the bytes of a block or a binary file into items.
//!
//! Where the bytes came from and how they were wrapped is the business of the callers.

use super::json::JsonKey;
use super::shape::{self, Shape};
use super::{Found, Item, Problem, ProblemKind, Reading, Repair};
use crate::armor::{self, Block};
use crate::ber::{self, Limits, header};
use crate::describe::describe;
use crate::error::{Error, ErrorKind};
use crate::tlv::{self, encode};
use crate::{
    Certificate, Crl, Kind, PrivateKey, PublicKey, Request, jwk, key, key_store, legacy_key, openssh, pkcs7,
};
use const_oid::ObjectIdentifier;
use std::ops::Range;

mod message;

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Whether a file is a key store of Java or Bouncy Castle.
pub(super) fn is_key_store(input: &[u8]) -> bool {
    key_store::Form::of(input).is_some()
}

/// Reads a decoded block.
pub(super) fn read_block(block: Block, out: &mut Reading) {
    let Block { label, at, headers, data, complete, mut repairs } = block;
    let secret = armor::is_secret(&label);
    let problem = |kind| Problem::new(kind, at.clone(), secret);
    let encrypted = |(name, value): &(String, String)| {
        name.eq_ignore_ascii_case("Proc-Type") && value.contains("ENCRYPTED")
    };
    if headers.iter().any(encrypted) {
        let bytes = legacy_key::text(&label, &headers, &data);
        push(Item::Locked { kind: Kind::LegacyEncryptedKey, bytes }, at, &repairs, out);
        return;
    }
    if !complete {
        match size(&data) {
            Size::Complete(size) => return read(&data[..size], at, &label, &repairs, out),
            Size::Short(expected) => {
                let got = data.len();
                out.problems.push(problem(ProblemKind::Truncated { expected, got }));
            }
            Size::Unknown if repairs.contains(&Repair::MissingBegin) => {
                out.problems.push(problem(ProblemKind::EndWithoutBegin { label }));
            }
            Size::Unknown => out.problems.push(problem(ProblemKind::BeginWithoutEnd { label })),
        }
        return;
    }
    if label == openssh::PUBLIC_LABEL {
        // Its four dashes are how RFC 4716 wants them.
        repairs.retain(|repair| *repair != Repair::Dashes);
        let comment = headers.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("Comment"));
        let comment = comment.map(|(_, value)| value.trim_matches('"').to_owned());
        return openssh_public(&data, at, comment, &repairs, out);
    }
    match label.as_str() {
        "NEW CERTIFICATE REQUEST" => repairs.push(Repair::NewCertificateRequestLabel),
        "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" | "CRL" | "PKCS #7 SIGNED DATA" => {
            repairs.push(Repair::OldLabel(label.clone()));
        }
        _ => {}
    }
    read(&data, at, &label, &repairs, out);
}

enum Size {
    Complete(usize),
    Short(u64),
    Unknown,
}

/// How many bytes the SEQUENCE at the start takes.
fn size(data: &[u8]) -> Size {
    let Some(header) = header(data).filter(|_| data[0] == 0x30) else {
        return Size::Unknown;
    };
    let Some(length) = header.length else {
        return match ber::first(data, Limits::default()) {
            Some((node, problem)) if node.whole.end < data.len() || problem.is_none() => {
                Size::Complete(node.whole.end)
            }
            _ => Size::Unknown,
        };
    };
    let expected = length.saturating_add(header.size as u64);
    match usize::try_from(expected) {
        Ok(size) if size <= data.len() => Size::Complete(size),
        _ => Size::Short(expected),
    }
}

/// Reads one object after the other; `at` is the place of all of `data` when it came from text (`label` not empty).
pub(super) fn read(data: &[u8], at: Range<usize>, label: &str, repairs: &[Repair], out: &mut Reading) {
    let armored = !label.is_empty();
    let secret = armor::is_secret(label);
    if let Some(shape) = shape::bare(data).filter(|_| data[0] != 0x30) {
        return one(data, Some(shape), at, label, repairs, out);
    }
    let mut start = 0;
    while start < data.len() {
        if out.is_full(if armored { at.clone() } else { at.start + start..at.start + data.len() }) {
            return;
        }
        let rest = &data[start..];
        let place = |size: usize| match armored {
            true => at.clone(),
            false => at.start + start..at.start + start + size,
        };
        let size = match size(rest) {
            Size::Complete(size) => size,
            Size::Short(expected) if start == 0 && damaged_frame(rest).is_none() => {
                let (kind, at) = (ProblemKind::Truncated { expected, got: rest.len() }, place(rest.len()));
                out.problems.push(Problem::new(kind, at, secret));
                return;
            }
            _ if start == 0 => return whole(data, place(data.len()), label, repairs, out),
            _ => return left_over(rest, place(rest.len()), label, out),
        };
        let der = &rest[..size];
        let mut shape = shape::of(der);
        if start == 0 {
            // A label says more than a structure that many things have.
            let vague = |shape: &Shape| matches!(shape, Shape::Known { kind: Kind::Unknown, .. });
            shape =
                shape.filter(|shape| !vague(shape) || by_label(label).is_none()).or_else(|| by_label(label));
            let unknown = shape.is_none() && !armored;
            if unknown && ber::parse(der, Limits::default()).problem.is_some() {
                return;
            }
        } else if shape.is_none() {
            return left_over(rest, place(rest.len()), label, out);
        }
        let mut repairs = repairs.to_vec();
        if let Some(shape) = shape
            && armored
            && by_label(label).is_some_and(|expected| !fits(expected, shape))
        {
            repairs.push(Repair::WrongLabel(label.to_owned()));
        }
        one(der, shape, place(size), label, &repairs, out);
        start += size;
    }
}

/// A container that is cut off but whose members can still be read.
fn damaged_frame(data: &[u8]) -> Option<pkcs7::Pkcs7> {
    (shape::of(data) == Some(Shape::Pkcs7))
        .then(|| pkcs7::read(data).ok())
        .flatten()
        .filter(|read| read.certificates.len() > 1)
}

/// A private key in OpenSSH's own form.
fn openssh_private(data: &[u8], at: Range<usize>, repairs: &[Repair], out: &mut Reading) {
    if openssh::is_encrypted(data) == Ok(true) {
        let item = Item::Locked { kind: Kind::EncryptedOpenSshKey, bytes: data.to_vec() };
        return push(item, at, repairs, out);
    }
    match openssh::open(data, "") {
        Ok(keys) => {
            for key in keys {
                push(key.item, at.clone(), repairs, out);
                name_last(key.comment, out);
            }
        }
        Err(error) => {
            let label = "OPENSSH PRIVATE KEY".to_owned();
            out.problems.push(Problem::new(ProblemKind::Unreadable { label, error }, at, true));
        }
    }
}

/// A public key or certificate of OpenSSH, and inside of it the key in the form of everybody else.
pub(super) fn openssh_public(
    blob: &[u8],
    at: Range<usize>,
    comment: Option<String>,
    repairs: &[Repair],
    out: &mut Reading,
) {
    let parsed = match openssh::PublicBlob::parse(blob) {
        Ok(parsed) => parsed,
        Err(Error { kind: ErrorKind::UnsupportedAlgorithm { oid }, .. }) => {
            let item = Item::Other { kind: Kind::OpenSshPublicKey, label: oid, bytes: blob.to_vec() };
            return push(item, at, repairs, out);
        }
        Err(error) => {
            let label = "OpenSSH public key".to_owned();
            return out.problems.push(Problem::new(ProblemKind::Unreadable { label, error }, at, false));
        }
    };
    let item = Item::Other { kind: Kind::OpenSshPublicKey, label: parsed.algorithm, bytes: blob.to_vec() };
    push(item, at.clone(), repairs, out);
    name_last(comment.unwrap_or_default(), out);
    if let Some(key) = parsed.key {
        let within = Some(out.found.len() - 1);
        out.found.push(Found { within, ..Found::new(Item::PublicKey(key), at) });
    }
}

/// A JSON Web Key at its place; one of a kind that is not known is shown as its text.
pub(super) fn json_web_key(key: &JsonKey, text: &[u8], at: Range<usize>, out: &mut Reading) {
    let unreadable = |error, secret| {
        let label = "JSON Web Key".to_owned();
        Problem::new(ProblemKind::Unreadable { label, error }, at.clone(), secret)
    };
    let Some(read) = jwk::read(&text[key.at.clone()]).into_iter().next() else {
        let error = ErrorKind::CorruptContainer { what: "members of the JSON Web Key" }.into();
        return out.problems.push(unreadable(error, key.private));
    };
    match read.items {
        // The certificates of `x5c` are found where they stand, as anywhere in a text.
        Ok(items) => {
            for item in items.into_iter().take(1) {
                push(item, at.clone(), &[], out);
                name_last(read.name.clone().unwrap_or_default(), out);
            }
        }
        Err(Error { kind: ErrorKind::UnsupportedAlgorithm { .. }, .. }) => {
            push(key.item(text), at, &[], out);
            name_last(read.name.unwrap_or_default(), out);
        }
        Err(error) => out.problems.push(unreadable(error, read.secret)),
    }
}

fn name_last(name: String, out: &mut Reading) {
    if let Some(last) = out.found.last_mut().filter(|_| !name.is_empty()) {
        last.name = Some(name);
    }
}

/// Bytes that are not a SEQUENCE, or a container that is cut off.
fn whole(data: &[u8], at: Range<usize>, label: &str, repairs: &[Repair], out: &mut Reading) {
    if openssh::is_private(data) {
        return openssh_private(data, at, repairs, out);
    }
    if shape::of(data) == Some(Shape::Pkcs7) {
        return one(data, Some(Shape::Pkcs7), at, label, repairs, out);
    }
    if by_label(label).is_some() {
        let error = Error::from(ErrorKind::BadDer { what: "SEQUENCE" });
        let secret = armor::is_secret(label);
        let label = label.to_owned();
        let kind = ProblemKind::Unreadable { label, error };
        out.problems.push(Problem::new(kind, at, secret));
        return;
    }
    let label = match label {
        _ if is_key_store(data) => label,
        // Binary without a name that cannot be followed: nothing is recognised.
        "" => return,
        label => label,
    };
    let item = match is_key_store(data) {
        true => Item::Locked { kind: Kind::KeyStore, bytes: data.to_vec() },
        false => Item::Other { kind: Kind::Unknown, label: label.to_owned(), bytes: data.to_vec() },
    };
    push(item, at, repairs, out);
}

/// Bytes behind the last object: OpenSSL's trust settings, padding, or something to report.
fn left_over(rest: &[u8], at: Range<usize>, label: &str, out: &mut Reading) {
    if label == "TRUSTED CERTIFICATE" {
        return;
    }
    let padding = rest.iter().all(|octet| *octet == 0 || octet.is_ascii_whitespace());
    let outermost = out.found.iter_mut().rfind(|found| found.within.is_none());
    if let Some(last) = outermost.filter(|_| padding || !label.is_empty()) {
        last.repairs.push(Repair::TrailingBytes(rest.len()));
    } else {
        let kind = ProblemKind::LeftOver { bytes: rest.len() };
        out.problems.push(Problem::new(kind, at, armor::is_secret(label)));
    }
}

/// What a PEM label announces.
fn by_label(label: &str) -> Option<Shape> {
    Some(match label {
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Shape::Certificate,
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Shape::Request,
        "X509 CRL" | "CRL" => Shape::Crl,
        "PRIVATE KEY" => Shape::Pkcs8,
        "RSA PRIVATE KEY" => Shape::Pkcs1,
        "EC PRIVATE KEY" => Shape::Sec1,
        "ENCRYPTED PRIVATE KEY" => Shape::EncryptedKey,
        "PUBLIC KEY" => Shape::PublicKey,
        "RSA PUBLIC KEY" => Shape::Pkcs1Public,
        "PKCS7" | "PKCS #7 SIGNED DATA" | "CMS" => Shape::Pkcs7,
        "PKCS12" => Shape::Pkcs12,
        "SPKAC" => Shape::SignedPublicKey,
        _ => return by_other_label(label),
    })
}

/// What the rarer labels announce.
fn by_other_label(label: &str) -> Option<Shape> {
    let known = |kind, label| Some(Shape::Known { kind, label });
    match label {
        "DH PARAMETERS" => known(Kind::Parameters, "DH PARAMETERS"),
        "X9.42 DH PARAMETERS" => known(Kind::Parameters, "X9.42 DH PARAMETERS"),
        "DSA PARAMETERS" => known(Kind::Parameters, "DSA PARAMETERS"),
        "EC PARAMETERS" => known(Kind::Parameters, "EC PARAMETERS"),
        "ATTRIBUTE CERTIFICATE" => known(Kind::AttributeCertificate, "ATTRIBUTE CERTIFICATE"),
        "OCSP REQUEST" => known(Kind::OcspRequest, "OCSP REQUEST"),
        "OCSP RESPONSE" => known(Kind::OcspResponse, "OCSP RESPONSE"),
        _ => None,
    }
}

/// Whether a content may stand under a label without remark.
fn fits(label: Shape, content: Shape) -> bool {
    match (label, content) {
        (Shape::Pkcs7, Shape::OtherContent) => true,
        (Shape::Known { kind: label, .. }, Shape::Known { kind: content, .. }) => label == content,
        (label, content) => label == content,
    }
}

fn push(item: Item, at: Range<usize>, repairs: &[Repair], out: &mut Reading) {
    out.found.push(Found { repairs: repairs.to_vec(), ..Found::new(item, at) });
}

/// The name of a shape where no label gives one.
fn name(shape: Option<Shape>) -> &'static str {
    match shape {
        Some(Shape::Certificate) => "CERTIFICATE",
        Some(Shape::Request) => "CERTIFICATE REQUEST",
        Some(Shape::Crl) => "X509 CRL",
        Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1) => "PRIVATE KEY",
        Some(Shape::DsaPrivate) => "DSA PRIVATE KEY",
        Some(Shape::EncryptedKey) => "ENCRYPTED PRIVATE KEY",
        Some(Shape::PublicKey | Shape::Pkcs1Public) => "PUBLIC KEY",
        Some(Shape::Pkcs7) => "PKCS7",
        Some(Shape::Pkcs12) => "PKCS12",
        Some(Shape::SignedPublicKey) => "SPKAC",
        Some(Shape::OtherContent) => "CMS",
        Some(Shape::SctList) => "SCT LIST",
        Some(Shape::Known { label, .. }) => label,
        None => "ASN.1",
    }
}

/// Reads one complete object of a known or unknown shape.
fn one(
    der: &[u8],
    shape: Option<Shape>,
    at: Range<usize>,
    label: &str,
    repairs: &[Repair],
    out: &mut Reading,
) {
    if matches!(shape, Some(Shape::Pkcs7 | Shape::OtherContent | Shape::Known { kind: Kind::Cms, .. })) {
        return message::read(der, shape, at, label, repairs, out);
    }
    let item = match shape {
        Some(Shape::Certificate) => Certificate::parse(der).map(Item::Certificate),
        Some(Shape::Request) => Request::parse(der).map(Item::Request),
        Some(Shape::Crl) => Crl::parse(der).map(Item::Crl),
        Some(Shape::Pkcs8) => PrivateKey::from_pkcs8(der).map(Item::PrivateKey),
        Some(Shape::Pkcs1) => PrivateKey::from_pkcs1(der).map(Item::PrivateKey),
        Some(Shape::Sec1) => PrivateKey::from_sec1(der).map(Item::PrivateKey),
        Some(Shape::EncryptedKey) => {
            Ok(Item::Locked { kind: Kind::EncryptedPrivateKey, bytes: der.to_vec() })
        }
        Some(Shape::Pkcs12) => Ok(Item::Locked { kind: Kind::Pkcs12, bytes: der.to_vec() }),
        Some(Shape::PublicKey) => PublicKey::from_spki(der).map(Item::PublicKey),
        Some(Shape::Pkcs1Public) => PublicKey::from_spki(&spki(der)).map(Item::PublicKey),
        _ => Ok(other(der, shape, label)),
    };
    match item {
        Ok(item) => {
            let (place, carried) = (out.found.len(), message::carried(item.kind(), der));
            push(item, at.clone(), repairs, out);
            message::take_in(carried, place, &at, repairs, out);
        }
        Err(error) => {
            // A key of a kind that cannot be used here is still recognised, unless it contradicts itself.
            let error = match (&error.kind, shape) {
                (ErrorKind::UnsupportedAlgorithm { .. }, Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1)) => {
                    key::outline(der).err()
                }
                (ErrorKind::UnsupportedAlgorithm { .. }, _) => None,
                _ => Some(error),
            };
            let Some(error) = error else {
                return push(other(der, shape, label), at, repairs, out);
            };
            let name = name(shape);
            let secret = armor::is_secret(name) || armor::is_secret(label);
            let kind = ProblemKind::Unreadable { label: name.to_owned(), error };
            out.problems.push(Problem::new(kind, at.clone(), secret));
            // What cannot be worked with is shown as far as it can be read.
            let item = other(der, shape, label);
            let shows =
                |item: &Item| item.kind() != Kind::PrivateKey || describe(Kind::PrivateKey, der).is_ok();
            if shows(&item) {
                push(item, at, repairs, out);
            }
        }
    }
}

fn other(der: &[u8], shape: Option<Shape>, label: &str) -> Item {
    let name = name(shape);
    let label = if label.is_empty() || armor::is_secret(name) { name } else { label };
    let kind = match shape {
        Some(Shape::Certificate) => Kind::Certificate,
        Some(Shape::Request) => Kind::Request,
        Some(Shape::Crl) => Kind::Crl,
        Some(Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 | Shape::DsaPrivate) => Kind::PrivateKey,
        Some(Shape::PublicKey | Shape::Pkcs1Public) => Kind::PublicKey,
        Some(Shape::Pkcs7 | Shape::OtherContent) => Kind::Cms,
        Some(Shape::SignedPublicKey) => Kind::SignedPublicKey,
        Some(Shape::SctList) => Kind::SctList,
        Some(Shape::Known { kind, .. }) => kind,
        // What the label says is believed where the content says nothing.
        _ if armor::is_secret(label) => Kind::PrivateKey,
        _ if label.ends_with("PUBLIC KEY") => Kind::PublicKey,
        _ if label.ends_with("PARAMETERS") => Kind::Parameters,
        _ => Kind::Unknown,
    };
    Item::Other { kind, label: label.to_owned(), bytes: der.to_vec() }
}

/// A PKCS#1 public key as SubjectPublicKeyInfo.
fn spki(pkcs1: &[u8]) -> Vec<u8> {
    let algorithm = encode::sequence(&[&encode::oid(RSA_ENCRYPTION), &encode::NULL]);
    let bits = [&[0], pkcs1].concat();
    encode::sequence(&[&algorithm, &tlv::write(3, &bits)])
}
