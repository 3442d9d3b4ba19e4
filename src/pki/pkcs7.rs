//! PKCS#7 / CMS SignedData as a bag of certificates and CRLs (RFC 5652 section 5), damaged ones too.
//!
//! Signatures inside are `cms`'s; encrypted and enveloped content is not opened.

use crate::ber::{self, Class, Limits, Node};
use crate::cms::SignedData;
use crate::error::{Error, ErrorKind};
use crate::tlv::encode;
use const_oid::ObjectIdentifier;

/// id-data.
pub(crate) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// id-signedData.
pub(crate) const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// What a SignedData holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pkcs7 {
    /// X.509 certificates, in the order of the file, as they stand there.
    pub certificates: Vec<Vec<u8>>,
    /// X.509 CRLs, in the order of the file.
    pub crls: Vec<Vec<u8>>,
    /// The dotted OID of the content that is signed.
    pub content_type: String,
    /// The content itself, unless it is detached.
    pub content: Option<Vec<u8>>,
    /// How many signatures there are; they were not verified.
    pub signers: usize,
    /// Members that are neither X.509 certificates nor X.509 CRLs.
    pub others: usize,
}

/// Writes a SignedData without signatures that carries certificates and CRLs ("certs-only", RFC 5751 section 3.8).
///
/// The order given is kept, although DER would sort a SET OF: readers show the chain in this order.
#[must_use]
pub fn certs_only(certificates: &[&[u8]], crls: &[&[u8]]) -> Vec<u8> {
    let implicit = |tag: u8, members: &[&[u8]]| match members {
        [] => Vec::new(),
        members => encode::constructed(tag, members),
    };
    let signed_data = encode::sequence(&[
        &encode::integer(1),
        &encode::set(&[]),
        &encode::sequence(&[&encode::oid(DATA)]),
        &implicit(0xa0, certificates),
        &implicit(0xa1, crls),
        &encode::set(&[]),
    ]);
    encode::sequence(&[&encode::oid(SIGNED_DATA), &encode::constructed(0xa0, &[&signed_data])])
}

/// Reads a SignedData in DER or BER.
///
/// Members are returned as they stand, without being decoded, so one bad certificate does not lose the rest;
/// a file that is cut off gives the members it still has.
///
/// # Errors
/// `UnsupportedContainer` for other CMS types, `BadDer` when the frame cannot be followed.
pub fn read(input: &[u8]) -> Result<Pkcs7, Error> {
    match SignedData::parse(input) {
        Ok(whole) => Ok(Pkcs7 {
            certificates: whole.certificates,
            crls: whole.crls,
            content_type: whole.content_type,
            content: whole.content,
            signers: whole.signers.len(),
            others: whole.others,
        }),
        Err(Error { kind: kind @ ErrorKind::UnsupportedContainer { .. }, .. }) => Err(kind.into()),
        // What is damaged is read as far as it goes.
        Err(_) => damaged(input),
    }
}

fn damaged(input: &[u8]) -> Result<Pkcs7, Error> {
    let tree = ber::parse(input, Limits::default());
    let frame = Frame { input };
    let info = tree.nodes.first().ok_or_else(|| frame.bad("ContentInfo", None))?;
    let kind = frame.oid(info.children.first(), info)?;
    if kind != SIGNED_DATA {
        return Err(ErrorKind::UnsupportedContainer { oid: kind.to_string() }.into());
    }
    let signed = frame.child(info, 1).and_then(|explicit| frame.child(explicit, 0))?;
    let content_info = frame.child(signed, 2)?;
    let mut out = Pkcs7 {
        certificates: Vec::new(),
        crls: Vec::new(),
        content_type: frame.oid(content_info.children.first(), content_info)?.to_string(),
        content: content_info
            .children
            .get(1)
            .and_then(|explicit| explicit.children.first())
            .map(|content| frame.string(content)),
        signers: 0,
        others: 0,
    };
    for field in signed.children.iter().skip(3) {
        match (field.tag.class, field.tag.number) {
            (Class::ContextSpecific, 0) => frame.members(field, &mut out.certificates, &mut out.others)?,
            (Class::ContextSpecific, 1) => frame.members(field, &mut out.crls, &mut out.others)?,
            (Class::Universal, 17) => out.signers = field.children.len(),
            _ => {}
        }
    }
    Ok(out)
}

struct Frame<'a> {
    input: &'a [u8],
}

impl Frame<'_> {
    fn bad(&self, what: &'static str, node: Option<&Node>) -> Error {
        Error {
            kind: ErrorKind::BadDer { what },
            position: Some(node.map_or(0..self.input.len(), |node| node.whole.clone())),
        }
    }

    fn child<'n>(&self, node: &'n Node, index: usize) -> Result<&'n Node, Error> {
        node.children.get(index).ok_or_else(|| self.bad("SignedData", Some(node)))
    }

    fn oid(&self, node: Option<&Node>, parent: &Node) -> Result<ObjectIdentifier, Error> {
        node.filter(|node| node.tag.is_universal(6))
            .and_then(|node| ObjectIdentifier::from_bytes(&self.input[node.content.clone()]).ok())
            .ok_or_else(|| self.bad("content type", Some(parent)))
    }

    /// Appends the universal SEQUENCE members of a set; anything else is counted.
    fn members(&self, field: &Node, out: &mut Vec<Vec<u8>>, others: &mut usize) -> Result<(), Error> {
        for node in &field.children {
            if !node.tag.is_universal(16) {
                *others += 1;
                continue;
            }
            let whole = &self.input[node.whole.clone()];
            out.push(if node.indefinite { ber::normalise(whole)? } else { whole.to_vec() });
        }
        Ok(())
    }

    /// The octets of a string in one or several segments; the whole element for any other type.
    fn string(&self, node: &Node) -> Vec<u8> {
        if !node.tag.is_universal(4) {
            return self.input[node.whole.clone()].to_vec();
        }
        if !node.tag.constructed {
            return self.input[node.content.clone()].to_vec();
        }
        node.children.iter().flat_map(|segment| self.string(segment)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn stand_in(octet: u8) -> Vec<u8> {
        encode::sequence(&[&encode::octet_string(&[octet; 3])])
    }

    #[test]
    fn what_is_written_is_read_back_in_order() {
        let (a, b, c) = (stand_in(9), stand_in(1), stand_in(5));
        let read = read(&certs_only(&[&a, &b], &[&c])).unwrap();
        assert_eq!(read.certificates, [a, b]);
        assert_eq!(read.crls, [c]);
        assert_eq!((read.content_type.as_str(), read.signers), ("1.2.840.113549.1.7.1", 0));
    }

    #[test]
    fn a_damaged_member_does_not_lose_its_neighbours() {
        let (a, c) = (stand_in(1), stand_in(3));
        let damaged = [0x30, 3, 4, 9, 9];
        let read = read(&certs_only(&[&a, &damaged, &c], &[])).unwrap();
        assert_eq!(read.certificates, [a, damaged.to_vec(), c]);
    }

    #[test]
    fn a_file_that_is_cut_off_gives_what_it_still_has() {
        let (a, b) = (stand_in(1), stand_in(2));
        let whole = certs_only(&[&a, &b], &[]);
        let read = read(&whole[..whole.len() - 5]).unwrap();
        assert_eq!(read.certificates[0], a);
        assert_eq!(read.certificates.len(), 2);
    }

    #[test]
    fn indefinite_lengths_and_segments_are_followed() {
        let a = stand_in(1);
        let mut input = vec![0x30, 0x80];
        input.extend(encode::oid(SIGNED_DATA));
        input.extend([0xa0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80]);
        input.extend(encode::oid(DATA));
        input.extend([0xa0, 0x80, 0x24, 0x80, 4, 1, 7, 4, 1, 8, 0, 0, 0, 0, 0, 0]);
        input.extend([0xa0, 0x80]);
        input.extend(&a);
        input.extend([0, 0, 0x31, 0, 0, 0, 0, 0, 0, 0]);
        let read = read(&input).unwrap();
        assert_eq!(read.certificates, [a]);
        assert_eq!(read.content.as_deref(), Some([7, 8].as_slice()));
    }

    #[test]
    fn another_content_type_is_named() {
        let input = encode::sequence(&[&encode::oid(DATA), &[0xa0, 2, 4, 0]]);
        let error = read(&input).unwrap_err();
        assert_eq!(error.kind, ErrorKind::UnsupportedContainer { oid: DATA.to_string() });
        assert!(read(&[]).is_err() && read(&[0x30, 0]).is_err());
    }
}
