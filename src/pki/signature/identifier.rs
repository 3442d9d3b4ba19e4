//! The `AlgorithmIdentifier` of each signature algorithm, read and written.
//!
//! Leaves out algorithm identifiers of keys and containers.

use der::asn1::ObjectIdentifier;

use super::{HashAlgorithm, SignatureAlgorithm as S};
use crate::error::{Error, Result};
use crate::key::{ED25519, RSA_PSS};
use crate::tlv::{self, Tlv};

const MGF1: &str = "1.2.840.113549.1.1.8";

const KNOWN: [(S, &str); 11] = [
    (S::RsaSha1, "1.2.840.113549.1.1.5"),
    (S::RsaSha224, "1.2.840.113549.1.1.14"),
    (S::RsaSha256, "1.2.840.113549.1.1.11"),
    (S::RsaSha384, "1.2.840.113549.1.1.12"),
    (S::RsaSha512, "1.2.840.113549.1.1.13"),
    (S::EcdsaSha1, "1.2.840.10045.4.1"),
    (S::EcdsaSha224, "1.2.840.10045.4.3.1"),
    (S::EcdsaSha256, "1.2.840.10045.4.3.2"),
    (S::EcdsaSha384, "1.2.840.10045.4.3.3"),
    (S::EcdsaSha512, "1.2.840.10045.4.3.4"),
    (S::Ed25519, ED25519),
];

/// Another identifier of RSA with SHA-1, from the OIW, still found in old certificates.
const OIW_RSA_SHA1: &str = "1.3.14.3.2.29";

const HASHES: [(HashAlgorithm, &str); 5] = [
    (HashAlgorithm::Sha1, "1.3.14.3.2.26"),
    (HashAlgorithm::Sha224, "2.16.840.1.101.3.4.2.4"),
    (HashAlgorithm::Sha256, "2.16.840.1.101.3.4.2.1"),
    (HashAlgorithm::Sha384, "2.16.840.1.101.3.4.2.2"),
    (HashAlgorithm::Sha512, "2.16.840.1.101.3.4.2.3"),
];

pub(super) fn oid(algorithm: &S) -> &str {
    match algorithm {
        S::Other(oid) => oid,
        S::RsaPss { .. } => RSA_PSS,
        known => KNOWN.iter().find(|row| row.0 == *known).map_or("", |row| row.1),
    }
}

pub(super) fn read(element: &Tlv<'_>) -> Result<S> {
    let mut fields = element.inside();
    let oid = fields.take(tlv::OID, "signature algorithm")?;
    let oid = tlv::dotted(oid.content).ok_or_else(|| Error::der("signature algorithm", oid.range()))?;
    if oid == RSA_PSS {
        let parameters = fields.any("RSASSA-PSS parameters").ok();
        return Ok(parameters.and_then(|parameters| read_pss(&parameters)).unwrap_or(S::Other(oid)));
    }
    if oid == OIW_RSA_SHA1 {
        return Ok(S::RsaSha1);
    }
    Ok(KNOWN.iter().find(|row| row.1 == oid).map_or(S::Other(oid), |row| row.0.clone()))
}

/// Reads `RSASSA-PSS-params` (RFC 4055 section 3.1); `None` when hash and mask disagree or are unknown.
fn read_pss(parameters: &Tlv<'_>) -> Option<S> {
    let mut fields = parameters.expect(tlv::SEQUENCE, "parameters").ok()?.inside();
    let mut field = |number| fields.optional(tlv::explicit(number), "parameter").ok();
    let (hash, mask, salt, trailer) = (field(0)?, field(1)?, field(2)?, field(3)?);
    fields.end().ok()?;
    let hash = match hash {
        Some(hash) => read_hash(&hash)?,
        None => HashAlgorithm::Sha1,
    };
    let mask_hash = match mask {
        Some(mask) => {
            let mut mask = only(&mask, tlv::SEQUENCE)?.inside();
            let name = tlv::dotted(mask.take(tlv::OID, "mask").ok()?.content)?;
            (name == MGF1).then_some(())?;
            let hash = mask.take(tlv::SEQUENCE, "mask hash").ok()?;
            mask.end().ok()?;
            hash_named(&hash)?
        }
        None => HashAlgorithm::Sha1,
    };
    let number = |field: Tlv<'_>| match only(&field, tlv::INTEGER)?.content {
        [high, low] if *high < 0x80 => Some(u32::from(*high) * 256 + u32::from(*low)),
        [low] if *low < 0x80 => Some(u32::from(*low)),
        _ => None,
    };
    let salt_len = salt.map_or(Some(20), number)?;
    let trailer = trailer.map_or(Some(1), number)?;
    (hash == mask_hash && trailer == 1).then_some(S::RsaPss { hash, salt_len })
}

/// What an explicit tag is around, with nothing behind it.
fn only<'a>(field: &Tlv<'a>, tag: u8) -> Option<Tlv<'a>> {
    let mut inside = field.inside();
    let found = inside.take(tag, "parameter").ok()?;
    inside.end().ok()?;
    Some(found)
}

fn read_hash(field: &Tlv<'_>) -> Option<HashAlgorithm> {
    hash_named(&only(field, tlv::SEQUENCE)?)
}

fn hash_named(identifier: &Tlv<'_>) -> Option<HashAlgorithm> {
    let oid = identifier.inside().take(tlv::OID, "hash").ok()?;
    let oid = tlv::dotted(oid.content)?;
    HASHES.iter().find(|row| row.1 == oid).map(|row| row.0)
}

pub(super) fn write(algorithm: &S) -> Vec<u8> {
    let mut content = write_oid(oid(algorithm));
    match algorithm {
        S::RsaPss { hash, salt_len } => content.extend(write_pss(*hash, *salt_len)),
        rsa if rsa.is_rsa() => content.extend(tlv::write(tlv::NULL, &[])),
        _ => {}
    }
    tlv::write(tlv::SEQUENCE, &content)
}

fn write_pss(hash: HashAlgorithm, salt_len: u32) -> Vec<u8> {
    let mut content = Vec::new();
    if hash != HashAlgorithm::Sha1 {
        let named = write_hash(hash);
        let mask = tlv::write(tlv::SEQUENCE, &[write_oid(MGF1), named.clone()].concat());
        content.extend(tlv::write(tlv::explicit(0), &named));
        content.extend(tlv::write(tlv::explicit(1), &mask));
    }
    if salt_len != 20 {
        let octets = salt_len.to_be_bytes();
        let start = octets.iter().position(|octet| *octet != 0).unwrap_or(3);
        let mut number = octets[start..].to_vec();
        if number[0] >= 0x80 {
            number.insert(0, 0);
        }
        content.extend(tlv::write(tlv::explicit(2), &tlv::write(tlv::INTEGER, &number)));
    }
    tlv::write(tlv::SEQUENCE, &content)
}

fn write_hash(hash: HashAlgorithm) -> Vec<u8> {
    let oid = HASHES.iter().find(|row| row.0 == hash).map_or("", |row| row.1);
    let content = [write_oid(oid), tlv::write(tlv::NULL, &[])].concat();
    tlv::write(tlv::SEQUENCE, &content)
}

/// An identifier that is not well-formed is written empty; no reader takes it.
fn write_oid(oid: &str) -> Vec<u8> {
    let content = ObjectIdentifier::new(oid);
    tlv::write(tlv::OID, content.as_ref().map_or(&[], ObjectIdentifier::as_bytes))
}
