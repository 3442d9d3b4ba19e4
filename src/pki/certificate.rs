//! X.509 certificates: read once, kept with their exact bytes, shared cheaply.
//!
//! Leaves out judging them: paths (`path`), uses (`usage`) and names of peers (`peer_name`).

use std::fmt;
use std::sync::{Arc, OnceLock};

use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::extension::decoded::Decoded;
use crate::extension::{self, BasicConstraints, Extension, KeyUsage};
use crate::general_name::GeneralName;
use crate::key::PublicKey;
use crate::name::DistinguishedName;
use crate::signature::SignatureAlgorithm;
use crate::signed::Signed;
use crate::time::UnixTime;
use crate::tlv::{self, Cursor};

mod serial;

pub use serial::{SerialNumber, hex};

/// The time during which a certificate is good, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Validity {
    /// The first moment.
    pub not_before: UnixTime,
    /// The last moment.
    pub not_after: UnixTime,
}

impl Validity {
    /// Whether a moment lies within, ends included (RFC 5280 section 4.1.2.5).
    pub fn contains(&self, at: UnixTime) -> bool {
        (self.not_before..=self.not_after).contains(&at)
    }
}

/// A certificate of [RFC 5280 section 4.1]; a clone shares the bytes, and `Eq` compares them.
///
/// ```text
/// Certificate ::= SEQUENCE {
///     tbsCertificate       TBSCertificate,
///     signatureAlgorithm   AlgorithmIdentifier,
///     signatureValue       BIT STRING }
/// ```
///
/// Reading checks structure only: no signature, no date, no rule about versions or extensions.
///
/// [RFC 5280 section 4.1]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.1
#[derive(Clone)]
pub struct Certificate(Arc<Fields>);

struct Fields {
    signed: Signed,
    algorithms_agree: bool,
    version: u32,
    serial: SerialNumber,
    issuer: DistinguishedName,
    subject: DistinguishedName,
    validity: Validity,
    public_key: PublicKey,
    extensions: Vec<Extension>,
    decoded: Decoded,
    sha256: OnceLock<[u8; 32]>,
}

impl Certificate {
    /// Reads exactly one certificate.
    ///
    /// An extension that cannot be decoded keeps the certificate readable; see [`Certificate::undecoded`].
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] and [`crate::ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let (signed, tbs) = Signed::parse(der, "certificate", "to-be-signed certificate")?;
        let mut inner = tbs.inside();
        let version = read_version(&mut inner)?;
        let serial = inner.take(tlv::INTEGER, "serial number")?;
        let inner_algorithm = inner.take(tlv::SEQUENCE, "signature algorithm")?;
        let issuer = DistinguishedName::from_tlv(&inner.any("issuer")?)?;
        let mut validity = inner.take(tlv::SEQUENCE, "validity")?.inside();
        let not_before = UnixTime::from_tlv(&validity.any("not before")?)?;
        let not_after = UnixTime::from_tlv(&validity.any("not after")?)?;
        validity.end()?;
        let subject = DistinguishedName::from_tlv(&inner.any("subject")?)?;
        let public_key = PublicKey::from_tlv(&inner.any("public key")?)?;
        // Laxer than X.690: unique identifiers are passed over in a constructed wrapper too, as OpenSSL does.
        for number in [1, 2] {
            inner.optional(tlv::implicit(number), "unique identifier")?;
            inner.optional(tlv::explicit(number), "unique identifier")?;
        }
        let list = match inner.optional(tlv::explicit(3), "extensions")? {
            Some(wrapper) => {
                let mut wrapper = wrapper.inside();
                let list = extension::read_list(&wrapper.any("extensions")?)?;
                wrapper.end()?;
                list
            }
            None => Vec::new(),
        };
        inner.end()?;

        Ok(Self(Arc::new(Fields {
            algorithms_agree: signed.algorithm_der() == inner_algorithm.whole,
            version,
            serial: SerialNumber::from_octets(serial.content),
            issuer,
            subject,
            validity: Validity { not_before, not_after },
            public_key,
            decoded: Decoded::of(&list),
            extensions: list.into_iter().map(|(extension, _)| extension).collect(),
            sha256: OnceLock::new(),
            signed,
        })))
    }

    /// The exact bytes of the certificate.
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

    /// The algorithm of the signature, from outside the signed part.
    pub fn signature_algorithm(&self) -> &SignatureAlgorithm {
        self.0.signed.algorithm()
    }

    /// Whether the algorithm inside the signed part is the same, as RFC 5280 section 4.1.1.2 demands.
    pub fn signature_algorithms_agree(&self) -> bool {
        self.0.algorithms_agree
    }

    /// The version as people count: 1, 2 or 3; other numbers are kept.
    pub fn version(&self) -> u32 {
        self.0.version
    }

    /// The serial number.
    pub fn serial(&self) -> &SerialNumber {
        &self.0.serial
    }

    /// Who signed.
    pub fn issuer(&self) -> &DistinguishedName {
        &self.0.issuer
    }

    /// Whose key it is.
    pub fn subject(&self) -> &DistinguishedName {
        &self.0.subject
    }

    /// From when until when.
    pub fn validity(&self) -> Validity {
        self.0.validity
    }

    /// The subject's key.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public_key
    }

    /// All extensions in order.
    pub fn extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// The first extension with a dotted object identifier.
    pub fn extension(&self, oid: &str) -> Option<&Extension> {
        self.0.extensions.iter().find(|found| found.oid == oid)
    }

    /// The dotted identifiers of extensions that are known but cannot be decoded.
    pub fn undecoded(&self) -> &[String] {
        &self.0.decoded.undecoded
    }

    /// The subject alternative names in order.
    pub fn subject_alt_names(&self) -> &[GeneralName] {
        &self.0.decoded.subject_alt_names
    }

    /// The basic constraints.
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.0.decoded.basic_constraints
    }

    /// Whether the basic constraints say CA. A version 1 root is none by this measure.
    pub fn is_ca(&self) -> bool {
        self.basic_constraints().is_some_and(|found| found.ca)
    }

    /// The key usage bits.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.0.decoded.key_usage
    }

    /// The purposes of the extended key usage, as dotted object identifiers in order.
    pub fn extended_key_usage(&self) -> Option<&[String]> {
        self.0.decoded.extended_key_usage.as_deref()
    }

    /// The subject key identifier.
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        self.0.decoded.subject_key_identifier.as_deref()
    }

    /// The key identifier of the authority key identifier.
    pub fn authority_key_identifier(&self) -> Option<&[u8]> {
        self.0.decoded.authority_key_identifier.as_deref()
    }

    /// Where the authority information access says the issuer's certificate lies.
    pub fn ca_issuers(&self) -> Vec<String> {
        self.0.decoded.ca_issuers.clone()
    }

    /// Where the authority information access says OCSP is answered.
    pub fn ocsp_responders(&self) -> Vec<String> {
        self.0.decoded.ocsp.clone()
    }

    /// Whether issuer and subject are the same name; the signature is not looked at.
    pub fn is_self_issued(&self) -> bool {
        self.0.issuer.matches(&self.0.subject)
    }

    /// The SHA-256 fingerprint, computed once.
    pub fn sha256(&self) -> [u8; 32] {
        let compute = || Sha256::digest(self.der()).into();
        *self.0.sha256.get_or_init(compute)
    }

    /// The SHA-1 fingerprint.
    pub fn sha1(&self) -> [u8; 20] {
        Sha1::digest(self.der()).into()
    }

    /// The SHA-256 fingerprint in lower-case hexadecimal, by which the certificate is known.
    pub fn id(&self) -> String {
        hex(&self.sha256())
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Certificate {}

impl std::hash::Hash for Certificate {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.der().hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.id();
        write!(f, "Certificate({}, {})", self.subject().label(), &id[..8])
    }
}

/// Reads the optional version; absent means 1.
fn read_version(fields: &mut Cursor<'_>) -> Result<u32> {
    let Some(wrapper) = fields.optional(tlv::explicit(0), "version")? else {
        return Ok(1);
    };
    let number = wrapper.inside().take(tlv::INTEGER, "version")?;
    match number.content {
        [octet] => Ok(u32::from(*octet) + 1),
        _ => Err(Error::der("version", number.range())),
    }
}

#[cfg(test)]
mod tests;
