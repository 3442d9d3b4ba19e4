//! The frame of a file: PFX, AuthenticatedSafe and its parts (RFC 7292 section 4).
//!
//! Nothing is decrypted here.

use super::bag;
use super::mac::MacData;
use super::{MAX_TOTAL_ITERATIONS, check_iterations};
use crate::ber::normalise;
use crate::encryption::{Encryption, unsupported};
use crate::error::{Error, ErrorKind};
use crate::pkcs7::{DATA, SIGNED_DATA};
use crate::tlv::{self, Cursor, Tlv};
use const_oid::ObjectIdentifier;
use zeroize::Zeroizing;

pub(super) const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");

/// The most parts that are looked at.
const MAX_PARTS: usize = 1_000;

/// A file before decryption.
pub(super) struct Pfx {
    /// The octets that the integrity check covers.
    pub authenticated: Vec<u8>,
    pub parts: Vec<Part>,
    pub mac: Option<MacData>,
}

pub(super) enum Part {
    /// SafeContents in DER.
    Plain(Zeroizing<Vec<u8>>),
    Encrypted {
        encryption: Encryption,
        data: Vec<u8>,
    },
    Other(ObjectIdentifier),
}

impl Pfx {
    /// ```text
    /// PFX ::= SEQUENCE { version INTEGER {v3(3)}, authSafe ContentInfo, macData MacData OPTIONAL }
    /// ```
    pub(super) fn parse(input: &[u8]) -> Result<Self, Error> {
        let der = normalise(input)?;
        let mut pfx = Cursor::new(&der).sequence("PFX")?;
        if pfx.integer("PFX version")? != 3 {
            return Err(ErrorKind::CorruptContainer { what: "version" }.into());
        }
        let mut safe = pfx.sequence("authSafe")?;
        let kind = safe.oid("authSafe")?;
        if kind == SIGNED_DATA || kind != DATA {
            return Err(unsupported(kind));
        }
        let content = safe.take(tlv::explicit(0), "authSafe")?.inside().octets("authSafe")?;
        let mac = match pfx.peek() {
            Some(_) => Some(MacData::parse(&mut pfx)?),
            None => None,
        };
        // Some producers write BER inside the BER.
        let inner = normalise(content)?;
        let mut parts = Vec::new();
        let mut infos = Cursor::new(&inner).sequence("AuthenticatedSafe")?;
        while !infos.is_empty() {
            if parts.len() == MAX_PARTS {
                let (limit, got) = (MAX_PARTS, MAX_PARTS + 1);
                return Err(ErrorKind::TooLarge { limit, got }.into());
            }
            parts.push(Part::parse(&mut infos)?);
        }
        Ok(Pfx { authenticated: content.to_vec(), parts, mac })
    }

    /// Iterations that are visible without the password, refused when too many.
    pub(super) fn cost(&self) -> Result<u64, Error> {
        let mut counts = Vec::new();
        counts.extend(self.mac.as_ref().map(MacData::iterations));
        for part in &self.parts {
            match part {
                Part::Plain(contents) => counts.extend(bag::shrouded_iterations(contents)),
                Part::Encrypted { encryption, .. } => counts.push(encryption.iterations()),
                Part::Other(_) => {}
            }
        }
        let mut total = 0u64;
        for count in counts {
            check_iterations(count)?;
            total += count;
            if total > MAX_TOTAL_ITERATIONS {
                let limit = MAX_TOTAL_ITERATIONS;
                return Err(ErrorKind::TooManyIterations { count: total, limit }.into());
            }
        }
        Ok(total)
    }
}

impl Part {
    fn parse(infos: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut info = infos.sequence("ContentInfo")?;
        let kind = info.oid("ContentInfo")?;
        if kind == DATA {
            let contents = info.take(tlv::explicit(0), "data")?.inside().octets("data")?;
            return Ok(Part::Plain(Zeroizing::new(normalise(contents)?)));
        }
        if kind != ENCRYPTED_DATA {
            return Ok(Part::Other(kind));
        }
        let mut data = info.take(tlv::explicit(0), "EncryptedData")?.inside().sequence("EncryptedData")?;
        data.integer("EncryptedData version")?;
        let mut content = data.sequence("EncryptedContentInfo")?;
        content.oid("EncryptedContentInfo")?;
        let encryption = Encryption::parse(&mut content)?;
        let data = implicit_octets(&content.any("encrypted content")?)?;
        Ok(Part::Encrypted { encryption, data })
    }
}

/// The octets of `[0] IMPLICIT OCTET STRING`, in one piece or in segments.
fn implicit_octets(element: &Tlv<'_>) -> Result<Vec<u8>, Error> {
    if element.tag == 0x80 {
        return Ok(element.content.to_vec());
    }
    let mut out = Vec::with_capacity(element.content.len());
    let mut segments = element.inside();
    while !segments.is_empty() {
        out.extend(segments.octets("encrypted content")?);
    }
    Ok(out)
}
