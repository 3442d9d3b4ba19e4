//! Signed messages (CMS, PKCS#7) and the objects that they carry.
//!
//! Signatures are not checked, and encrypted messages stay closed.

use super::super::shape::{self, Shape};
use super::super::{Reading, Repair};
use super::{one, other, push};
use crate::{Kind, cmc, pkcs7};
use std::ops::Range;

/// A message, followed by the requests, certificates and revocation lists that it carries.
pub(super) fn read(
    der: &[u8],
    shape: Option<Shape>,
    at: Range<usize>,
    label: &str,
    repairs: &[Repair],
    out: &mut Reading,
) {
    let place = out.found.len();
    push(other(der, shape, label), at.clone(), repairs, out);
    let Ok(read) = pkcs7::read(der) else {
        return;
    };
    for (der, shape) in signed(&read) {
        one(&der, Some(shape), at.clone(), "", repairs, out);
    }
    for der in &read.certificates {
        one(der, Some(Shape::Certificate), at.clone(), "", repairs, out);
    }
    for der in &read.crls {
        one(der, Some(Shape::Crl), at.clone(), "", repairs, out);
    }
    for member in &mut out.found[place + 1..] {
        member.within = Some(place);
    }
}

/// Objects that are themselves the signed content: a renewal (plain PKCS#10), the requests of a CMC full request
/// (RFC 5272 section 3.2), a certificate or a revocation list.
fn signed(read: &pkcs7::Pkcs7) -> Vec<(Vec<u8>, Shape)> {
    let Some(content) = &read.content else {
        return Vec::new();
    };
    if let Some(shape @ (Shape::Request | Shape::Certificate | Shape::Crl)) = shape::of(content) {
        return vec![(content.clone(), shape)];
    }
    if read.content_type != cmc::PKI_DATA {
        return Vec::new();
    }
    let body = cmc::Body::request(content).unwrap_or_default();
    let request = |request| match request {
        cmc::TaggedRequest::Pkcs10(der) => Some((der, Shape::Request)),
        cmc::TaggedRequest::Crmf(der) => {
            let (kind, label) = (Kind::CertificateRequestMessages, "CERTIFICATE REQUEST MESSAGE");
            Some((der, Shape::Known { kind, label }))
        }
        cmc::TaggedRequest::Other(_) => None,
    };
    body.requests.into_iter().filter_map(request).collect()
}
