//! Certificate revocation lists: read with their exact bytes, and planned for signing.
//!
//! Leaves out applying them: delta, indirect and partitioned lists are read but not combined.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::certificate::SerialNumber;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::extension::decoded::Decoded;
use crate::extension::{self, Extension, oids};
use crate::key::PublicKey;
use crate::name::DistinguishedName;
use crate::signature::SignatureAlgorithm;
use crate::signed::Signed;
use crate::time::UnixTime;
use crate::tlv::{self, Cursor, Tlv};

mod lookup;
mod plan;
mod reason;

pub use lookup::{look_up, serials_of};
pub use plan::CrlPlan;
pub use reason::RevocationReason;

/// One revoked certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokedEntry {
    /// Its serial number.
    pub serial: SerialNumber,
    /// When it was revoked.
    pub date: UnixTime,
    /// Why, if the list says so.
    pub reason: Option<RevocationReason>,
}

/// A `CertificateList` of [RFC 5280 section 5.1]; a clone shares the bytes, and `Eq` compares them.
///
/// ```text
/// TBSCertList ::= SEQUENCE {
///     version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name,
///     thisUpdate Time, nextUpdate Time OPTIONAL,
///     revokedCertificates SEQUENCE OF SEQUENCE {
///         userCertificate INTEGER, revocationDate Time, crlEntryExtensions Extensions OPTIONAL } OPTIONAL,
///     crlExtensions [0] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// [RFC 5280 section 5.1]: https://datatracker.ietf.org/doc/html/rfc5280#section-5.1
#[derive(Clone)]
pub struct Crl(Arc<Fields>);

struct Fields {
    signed: Signed,
    issuer: DistinguishedName,
    this_update: UnixTime,
    next_update: Option<UnixTime>,
    entries: Vec<RevokedEntry>,
    /// Where the entries lie, in order.
    places: Vec<Range<u32>>,
    entry_extensions: Vec<String>,
    extensions: Vec<Extension>,
    decoded: Decoded,
}

impl Crl {
    /// Reads exactly one revocation list, of version 1 or 2.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] and [`crate::ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let (signed, tbs) = Signed::parse(der, "revocation list", "to-be-signed revocation list")?;
        let mut inner = tbs.inside();
        inner.optional(tlv::INTEGER, "version")?;
        inner.take(tlv::SEQUENCE, "signature algorithm")?;
        let issuer = DistinguishedName::from_tlv(&inner.any("issuer")?)?;
        let this_update = UnixTime::from_tlv(&inner.any("this update")?)?;
        let next_update = match inner.peek() {
            Some(tlv::UTC_TIME | tlv::GENERALIZED_TIME) => {
                Some(UnixTime::from_tlv(&inner.any("next update")?)?)
            }
            _ => None,
        };
        let mut revoked = Revoked::default();
        if let Some(list) = inner.optional(tlv::SEQUENCE, "revoked certificates")? {
            revoked.read(&list)?;
        }
        let list = match inner.optional(tlv::explicit(0), "extensions")? {
            Some(wrapper) => extension::read_list(&wrapper.inside().any("extensions")?)?,
            None => Vec::new(),
        };
        inner.end()?;

        Ok(Self(Arc::new(Fields {
            issuer,
            this_update,
            next_update,
            entries: revoked.entries,
            places: revoked.places,
            entry_extensions: revoked.others,
            decoded: Decoded::of(&list),
            extensions: list.into_iter().map(|(extension, _)| extension).collect(),
            signed,
        })))
    }

    /// The exact bytes of the list.
    pub fn der(&self) -> &[u8] {
        self.0.signed.der()
    }

    /// The bytes that the signature covers.
    pub fn tbs(&self) -> &[u8] {
        self.0.signed.to_be_signed()
    }

    /// The signature, without the count of unused bits.
    pub fn signature(&self) -> &[u8] {
        self.0.signed.signature()
    }

    /// The algorithm of the signature.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        self.0.signed.algorithm()
    }

    /// Who signed.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.0.issuer
    }

    /// When the list was made.
    pub fn this_update(&self) -> UnixTime {
        self.0.this_update
    }

    /// When the next list is due.
    pub fn next_update(&self) -> Option<UnixTime> {
        self.0.next_update
    }

    /// The revoked certificates in order.
    pub fn entries(&self) -> &[RevokedEntry] {
        &self.0.entries
    }

    /// The first entry for a serial number.
    pub fn find(&self, serial: &SerialNumber) -> Option<&RevokedEntry> {
        self.position(serial).map(|index| &self.0.entries[index])
    }

    /// Which entry is the first for a serial number; a search through a list of a hundred thousand takes about a
    /// millisecond.
    pub fn position(&self, serial: &SerialNumber) -> Option<usize> {
        self.0.entries.iter().position(|entry| entry.serial == *serial)
    }

    /// Where an entry lies in [`Crl::der`].
    pub fn entry_place(&self, index: usize) -> Option<Range<usize>> {
        let place = self.0.places.get(index)?;
        Some(place.start as usize..place.end as usize)
    }

    /// All extensions of an entry, decoded anew at each call.
    ///
    /// # Errors
    /// Those of reading an extension; its place is in [`Crl::der`].
    pub fn extensions_of(&self, index: usize) -> Result<Vec<(Extension, Range<usize>)>> {
        let Some(place) = self.entry_place(index) else {
            return Ok(Vec::new());
        };
        let mut cursor = Cursor::placed(&self.der()[place.clone()], place.start);
        let mut fields = cursor.take(tlv::SEQUENCE, "revoked entry")?.inside();
        fields.any("serial number")?;
        fields.any("revocation date")?;
        let Some(list) = fields.optional(tlv::SEQUENCE, "entry extensions")? else {
            return Ok(Vec::new());
        };
        let (mut list, mut out) = (list.inside(), Vec::new());
        while !list.is_empty() {
            let element = list.any("extension")?;
            out.push((Extension::from_tlv(&element)?, element.range()));
        }
        Ok(out)
    }

    /// The dotted identifiers of the extensions that entries carry besides the reason, each once.
    pub fn entry_extensions(&self) -> &[String] {
        &self.0.entry_extensions
    }

    /// All extensions of the list in order.
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// The CRL number in decimal; it may have up to 20 octets.
    pub fn number(&self) -> Option<String> {
        let found = self.0.extensions.iter().find(|found| found.oid == oids::CRL_NUMBER)?;
        let number = tlv::only(&found.value, tlv::INTEGER, "CRL number").ok()?;
        Some(SerialNumber::from_octets(number.content).decimal())
    }

    /// The key identifier of the authority key identifier.
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.0.decoded.authority_key_identifier.as_deref()
    }

    /// Whether it lists only changes since another list.
    pub fn is_delta(&self) -> bool {
        let mut extensions = self.0.extensions.iter();
        extensions.any(|found| found.oid == oids::DELTA_CRL_INDICATOR)
    }

    /// The SHA-256 of the list in lower-case hexadecimal, by which it is known.
    pub fn id(&self) -> String {
        crate::certificate::hex(&Sha256::digest(self.der()))
    }

    /// Checks the signature against the issuer's key.
    ///
    /// # Errors
    /// See [`crate::signature::verify`].
    pub async fn verify(&self, engine: &impl Engine, issuer: &PublicKey) -> Result<()> {
        let algorithm = self.signature_algorithm();
        engine.verify(issuer, algorithm, self.tbs(), self.signature()).await
    }
}

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Crl {}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuer = self.issuer().label();
        write!(f, "Crl({issuer}, {} entries)", self.entries().len())
    }
}

/// The entries as they are read.
#[derive(Default)]
struct Revoked {
    entries: Vec<RevokedEntry>,
    places: Vec<Range<u32>>,
    /// The identifiers of extensions other than the reason, dotted and as octets.
    others: Vec<String>,
    seen: Vec<Vec<u8>>,
}

/// The octets of [`oids::REASON_CODE`].
const REASON_CODE: [u8; 3] = [0x55, 0x1d, 0x15];

impl Revoked {
    fn read(&mut self, list: &Tlv<'_>) -> Result<()> {
        // The smallest entry has 20 octets.
        let most = list.content.len() / 20;
        self.entries.reserve(most.min(1 << 16));
        self.places.reserve(most.min(1 << 16));
        let mut list = list.inside();
        while !list.is_empty() {
            let element = list.any("revoked entry")?;
            let entry = self.read_entry(&element)?;
            self.entries.push(entry);
            let place = element.range();
            let octet = |at: usize| u32::try_from(at).map_err(|_| Error::der("revoked entry", place.clone()));
            self.places.push(octet(place.start)?..octet(place.end)?);
        }
        Ok(())
    }

    /// Reads an entry without a copy of its extensions: there may be hundreds of thousands.
    fn read_entry(&mut self, element: &Tlv<'_>) -> Result<RevokedEntry> {
        let mut fields = element.expect(tlv::SEQUENCE, "revoked entry")?.inside();
        let serial = fields.take(tlv::INTEGER, "serial number")?;
        let date = UnixTime::from_tlv(&fields.any("revocation date")?)?;
        let mut reason = None;
        if let Some(list) = fields.optional(tlv::SEQUENCE, "entry extensions")? {
            let mut list = list.inside();
            while !list.is_empty() {
                let mut parts = list.take(tlv::SEQUENCE, "extension")?.inside();
                let oid = parts.take(tlv::OID, "extension identifier")?;
                parts.optional(tlv::BOOLEAN, "extension criticality")?;
                let value = parts.take(tlv::OCTET_STRING, "extension value")?;
                parts.end()?;
                if oid.content == REASON_CODE {
                    reason = read_reason(value.content);
                } else if !self.seen.iter().any(|seen| seen == oid.content) {
                    let dotted = tlv::dotted(oid.content);
                    let dotted = dotted.ok_or_else(|| Error::der("extension identifier", oid.range()))?;
                    self.others.push(dotted);
                    self.seen.push(oid.content.to_vec());
                }
            }
        }
        fields.end()?;
        Ok(RevokedEntry { serial: SerialNumber::from_octets(serial.content), date, reason })
    }
}

fn read_reason(value: &[u8]) -> Option<RevocationReason> {
    let code = Cursor::new(value).take(tlv::ENUMERATED, "reason").ok()?;
    match code.content {
        [code] => RevocationReason::from_code(*code),
        _ => None,
    }
}
