//! Messages and the objects that they carry: CMS (PKCS#7), OCSP, time stamps, CMP.
//!
//! Signatures are not checked, and encrypted messages stay closed.

use super::super::shape::{self, Shape};
use super::super::{Reading, Repair};
use super::{one, other, push};
use crate::ocsp::{OcspRequest, OcspResponse};
use crate::tlv::{self, Cursor};
use crate::{Certificate, Kind, cmc, pkcs7};
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
    take_in(in_signed_data(der), place, &at, repairs, out);
}

/// Reads what the message at a place in the list carries.
pub(super) fn take_in(
    carried: Vec<(Vec<u8>, Shape)>,
    place: usize,
    at: &Range<usize>,
    repairs: &[Repair],
    out: &mut Reading,
) {
    for (der, shape) in carried {
        one(&der, Some(shape), at.clone(), "", repairs, out);
    }
    for member in &mut out.found[place + 1..] {
        member.within.get_or_insert(place);
    }
}

/// What a message of another kind than CMS carries: the certificates that help to check it. Of those that are damaged
/// the fields tell.
pub(super) fn carried(kind: Kind, der: &[u8]) -> Vec<(Vec<u8>, Shape)> {
    let plain = |certificates: Vec<Certificate>| {
        certificates.into_iter().map(|one| (one.der().to_vec(), Shape::Certificate)).collect()
    };
    match kind {
        Kind::OcspResponse => {
            let basic = OcspResponse::parse(der).ok().and_then(|response| response.basic);
            plain(basic.map(|basic| basic.certificates).unwrap_or_default())
        }
        Kind::OcspRequest => {
            let signature = OcspRequest::parse(der).ok().and_then(|request| request.signature);
            plain(signature.map(|signature| signature.certificates).unwrap_or_default())
        }
        Kind::TimestampResponse => time_stamp_token(der).map(in_signed_data).unwrap_or_default(),
        Kind::CmpMessage => plain(extra_certificates(der).unwrap_or_default()),
        _ => Vec::new(),
    }
}

/// The signed data in a `TimeStampResp` (RFC 3161 section 2.4.2), behind its status.
fn time_stamp_token(der: &[u8]) -> Option<&[u8]> {
    let mut fields = Cursor::new(der).sequence("time-stamp response").ok()?;
    fields.sequence("status").ok()?;
    fields.any("token").ok().map(|token| token.whole)
}

/// The extraCerts of a `PKIMessage` (RFC 4210 section 5.1), as far as they can be read.
fn extra_certificates(der: &[u8]) -> Option<Vec<Certificate>> {
    let mut fields = Cursor::new(der).sequence("CMP message").ok()?;
    fields.any("header").ok()?;
    fields.any("body").ok()?;
    fields.optional(tlv::explicit(0), "protection").ok()?;
    let wrapper = fields.take(tlv::explicit(1), "extra certificates").ok()?;
    let mut list = wrapper.inside().sequence("extra certificates").ok()?;
    let mut out = Vec::new();
    while !list.is_empty() {
        out.extend(Certificate::parse(list.any("certificate").ok()?.whole));
    }
    Some(out)
}

/// What signed data carries: its content where that is an object itself, certificates, revocation lists.
fn in_signed_data(der: &[u8]) -> Vec<(Vec<u8>, Shape)> {
    let Ok(read) = pkcs7::read(der) else {
        return Vec::new();
    };
    let mut all = signed(&read);
    all.extend(read.certificates.into_iter().map(|der| (der, Shape::Certificate)));
    all.extend(read.crls.into_iter().map(|der| (der, Shape::Crl)));
    all
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
