//! Recognises an object: the common ones by the first few tags of their structure, all others by fitting a table.
//!
//! Values are not decoded, apart from the object identifiers that tell containers apart and the numbers that tell
//! parameters from keys.

use crate::ber::{self, Limits, header};
use crate::schema::{cms, known};
use crate::{Kind, sct};
use const_oid::ObjectIdentifier;

/// What an element seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Certificate,
    Request,
    Crl,
    Pkcs8,
    Pkcs1,
    Sec1,
    DsaPrivate,
    EncryptedKey,
    PublicKey,
    Pkcs1Public,
    /// Signed data (CMS, PKCS#7).
    Pkcs7,
    Pkcs12,
    SignedPublicKey,
    /// Another CMS content type.
    OtherContent,
    /// Certificate transparency timestamps in their TLS encoding, without ASN.1 around it.
    SctList,
    /// One of the structures that are recognised by a table.
    Known {
        kind: Kind,
        label: &'static str,
    },
}

impl Shape {
    /// Whether it is an object of a known kind, and not a mere structure that many numbers and names have.
    pub(super) fn is_object(self) -> bool {
        !matches!(self, Shape::Known { kind: Kind::Unknown, .. })
    }
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 2;
const OCTETS: u8 = 4;
const OID: u8 = 6;

/// A member of a structure: identifier octet and content.
type Member<'a> = (u8, &'a [u8]);

/// The first members of a series; an indefinite length takes all that follows.
fn members(content: &[u8], most: usize) -> Vec<Member<'_>> {
    let mut out = Vec::new();
    let mut rest = content;
    while out.len() < most {
        let Some(header) = header(rest) else {
            break;
        };
        let body = &rest[header.size..];
        let length = header.length.and_then(|length| usize::try_from(length).ok());
        let length = length.unwrap_or(body.len()).min(body.len());
        out.push((rest[0], &body[..length]));
        rest = &body[length..];
    }
    out
}

/// The object identifier at the start of a SEQUENCE's content.
fn leading_oid(content: &[u8]) -> Option<String> {
    match members(content, 1).first() {
        Some((OID, octets)) => Some(ObjectIdentifier::from_bytes(octets).ok()?.to_string()),
        _ => None,
    }
}

/// What the element in `der` seems to be; `None` for anything unknown.
pub(super) fn of(der: &[u8]) -> Option<Shape> {
    by_tags(der).or_else(|| by_table(der))
}

/// What fits a table from the first octet to the last.
fn by_table(der: &[u8]) -> Option<Shape> {
    known::find(der).map(|known| Shape::Known { kind: known.kind, label: known.label })
}

/// What begins like one of the common objects, which may be cut off.
fn by_tags(der: &[u8]) -> Option<Shape> {
    let top = members(der, 1);
    let (SEQUENCE, content) = *top.first()? else {
        return None;
    };
    let inside = members(content, 10);
    let tags: Vec<u8> = inside.iter().map(|member| member.0).collect();
    let first = inside.first()?.1;
    match tags.as_slice() {
        [OID, 0xa0, ..] => match leading_oid(content)?.as_str() {
            "1.2.840.113549.1.7.2" => Some(Shape::Pkcs7),
            oid => cms::is_message(oid).then_some(Shape::OtherContent),
        },
        [INTEGER, SEQUENCE, rest @ ..] if first == [3] && rest.first() != Some(&OCTETS) => {
            leading_oid(inside[1].1)
                .filter(|oid| oid.starts_with("1.2.840.113549.1.7."))
                .map(|_| Shape::Pkcs12)
        }
        [INTEGER, SEQUENCE, OCTETS, ..] => leading_oid(inside[1].1).map(|_| Shape::Pkcs8),
        [INTEGER, OCTETS, ..] if first == [1] => Some(Shape::Sec1),
        [INTEGER, INTEGER] => by_table(der).or(Some(Shape::Pkcs1Public)),
        [INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER] if first == [0] => Some(Shape::DsaPrivate),
        [INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, ..] => {
            Some(Shape::Pkcs1)
        }
        [SEQUENCE, OCTETS] => leading_oid(first)
            .filter(|oid| oid.starts_with("1.2.840.113549.1.5.") || oid.starts_with("1.2.840.113549.1.12.1."))
            .map(|_| Shape::EncryptedKey),
        [SEQUENCE, 3] => leading_oid(first).map(|_| Shape::PublicKey),
        [SEQUENCE, SEQUENCE, 3] => signed(first),
        [0x0a, ..] if first.len() == 1 && tags[1..].iter().all(|tag| *tag == 0xa0) => {
            Some(Shape::Known { kind: Kind::OcspResponse, label: "OCSP RESPONSE" })
        }
        _ => None,
    }
}

/// Which of the signed structures the to-be-signed part belongs to.
fn signed(content: &[u8]) -> Option<Shape> {
    const TIME: [u8; 2] = [0x17, 0x18];
    let inside = members(content, 6);
    let tags: Vec<u8> = inside.iter().map(|member| member.0).collect();
    match tags.as_slice() {
        [0xa0, INTEGER, SEQUENCE, ..] => Some(Shape::Certificate),
        [INTEGER, SEQUENCE, SEQUENCE, time, ..] | [SEQUENCE, SEQUENCE, time, ..] if TIME.contains(time) => {
            Some(Shape::Crl)
        }
        [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE] => Some(Shape::Certificate),
        [INTEGER, SEQUENCE, SEQUENCE] | [INTEGER, SEQUENCE, SEQUENCE, 0xa0, ..] => Some(Shape::Request),
        [SEQUENCE, 0x16] => Some(Shape::SignedPublicKey),
        _ => None,
    }
}

/// What an input is as a whole that is no SEQUENCE: the few structures that begin with another tag, or with none.
pub(super) fn bare(input: &[u8]) -> Option<Shape> {
    match input.first()? {
        // OCTET STRING, OBJECT IDENTIFIER, SET, context-specific and constructed.
        4 | 6 | 0x31 | 0xa0..=0xbe => by_table(input),
        _ => sct::read(input).is_ok_and(|list| !list.is_empty()).then_some(Shape::SctList),
    }
}

/// Whether an input is binary BER or DER rather than text that happens to begin with `0`.
pub(super) fn looks_like_der(input: &[u8]) -> bool {
    let Some(first) = header(input).filter(|_| input[0] == SEQUENCE) else {
        return bare(input).is_some();
    };
    // A long form of the length never is a printable character.
    if first.size > 2 || first.length.is_none() {
        let inner = input.get(first.size).copied();
        let plausible = [SEQUENCE, INTEGER, OCTETS, OID, 0x0a, 0xa0].map(Some).contains(&inner);
        return of(input).is_some() || plausible;
    }
    let size = first.size + first.length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    input.get(..size).is_some_and(|whole| {
        let tree = ber::parse(whole, Limits::default());
        tree.problem.is_none() && (of(whole).is_some() || size == input.len())
    })
}
