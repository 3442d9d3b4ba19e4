//! OCSP requests and responses (RFC 6960): what is asked, what is answered, and who signed it.
//!
//! Leaves out the network and the clock: whether an answer is fresh enough is the caller's to say.

use std::ops::Range;

use crate::certificate::SerialNumber;
use crate::cms::hash_of;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{self, Extension};
use crate::general_name::GeneralName;
use crate::name::DistinguishedName;
use crate::signature::SignatureAlgorithm;
use crate::tlv::{self, Cursor, Tlv};
use crate::{Certificate, PublicKey};

mod response;

pub use response::{
    Answer, BasicResponse, CertificateStatus, OcspResponse, Responder, ResponseStatus, Signer,
};

/// id-pkix-ocsp-basic.
pub(crate) const BASIC: &str = "1.3.6.1.5.5.7.48.1.1";
/// id-pkix-ocsp-nonce.
pub(crate) const NONCE: &str = "1.3.6.1.5.5.7.48.1.2";

/// Which certificate is meant: a `CertID` of [RFC 6960 section 4.1.1].
///
/// [RFC 6960 section 4.1.1]: https://datatracker.ietf.org/doc/html/rfc6960#section-4.1.1
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateId {
    /// The dotted object identifier of the hash.
    pub hash: String,
    /// The hash of the issuer's distinguished name in DER.
    pub issuer_name_hash: Vec<u8>,
    /// The hash of the issuer's key: the bits of the key alone.
    pub issuer_key_hash: Vec<u8>,
    /// The serial number.
    pub serial: SerialNumber,
}

impl CertificateId {
    /// Whether the issuer meant is this one; `None` when the hash is not known.
    pub fn is_issued_by(&self, name: &DistinguishedName, key: &PublicKey) -> Option<bool> {
        let hash = hash_of(&self.hash)?;
        Some(
            hash.digest(name.as_der()) == self.issuer_name_hash
                && hash.digest(key.bits()) == self.issuer_key_hash,
        )
    }

    /// Whether this certificate is meant; `None` when the hash is not known.
    pub fn is(&self, certificate: &Certificate, issuer: &Certificate) -> Option<bool> {
        let issued = self.is_issued_by(issuer.subject(), issuer.public_key())?;
        Some(issued && self.serial == *certificate.serial())
    }

    fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut fields = element.expect(tlv::SEQUENCE, "certificate identifier")?.inside();
        let algorithm = fields.take(tlv::SEQUENCE, "hash algorithm")?;
        let name = fields.take(tlv::OCTET_STRING, "hash of the issuer's name")?;
        let key = fields.take(tlv::OCTET_STRING, "hash of the issuer's key")?;
        let serial = fields.take(tlv::INTEGER, "serial number")?;
        fields.end()?;
        Ok(Self {
            hash: leading_oid(&algorithm, "hash algorithm")?,
            issuer_name_hash: name.content.to_vec(),
            issuer_key_hash: key.content.to_vec(),
            serial: SerialNumber::from_octets(serial.content),
        })
    }
}

/// The object identifier that a SEQUENCE begins with.
fn leading_oid(element: &Tlv<'_>, what: &'static str) -> Result<String> {
    let oid = element.inside().take(tlv::OID, what)?;
    tlv::dotted(oid.content).ok_or_else(|| Error::der(what, oid.range()))
}

/// The number in an explicit version tag, counted from 1.
fn version(wrapper: &Tlv<'_>) -> Result<u32> {
    let number = wrapper.inside().take(tlv::INTEGER, "version")?;
    match number.content {
        [octet @ 0..=127] => Ok(u32::from(*octet) + 1),
        _ => Err(Error::der("version", number.range())),
    }
}

/// The extensions inside an explicit tag.
fn extensions(wrapper: &Tlv<'_>) -> Result<Vec<Extension>> {
    let mut inside = wrapper.inside();
    let list = extension::read_list(&inside.any("extensions")?)?;
    inside.end()?;
    Ok(list.into_iter().map(|(extension, _)| extension).collect())
}

/// The nonce among extensions: without its OCTET STRING, which some leave away.
fn nonce(extensions: &[Extension]) -> Option<&[u8]> {
    let value = &extensions.iter().find(|found| found.oid == NONCE)?.value;
    let inner = tlv::only(value, tlv::OCTET_STRING, "nonce");
    Some(inner.map_or(value, |inner| inner.content))
}

/// Certificates inside an explicit tag, as they stand; one that cannot be read is left out.
fn certificates(wrapper: &Tlv<'_>) -> Result<Vec<Certificate>> {
    let mut inside = wrapper.inside();
    let mut list = inside.take(tlv::SEQUENCE, "certificates")?.inside();
    inside.end()?;
    let mut out = Vec::new();
    while !list.is_empty() {
        out.extend(Certificate::parse(list.any("certificate")?.whole));
    }
    Ok(out)
}

/// One certificate that a request asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The certificate.
    pub id: CertificateId,
    /// Extensions of this question alone.
    pub extensions: Vec<Extension>,
}

/// An `OCSPRequest` of [RFC 6960 section 4.1.1].
///
/// ```text
/// OCSPRequest ::= SEQUENCE { tbsRequest TBSRequest, optionalSignature [0] EXPLICIT Signature OPTIONAL }
/// TBSRequest ::= SEQUENCE {
///     version [0] EXPLICIT Version DEFAULT v1, requestorName [1] EXPLICIT GeneralName OPTIONAL,
///     requestList SEQUENCE OF Request, requestExtensions [2] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// [RFC 6960 section 4.1.1]: https://datatracker.ietf.org/doc/html/rfc6960#section-4.1.1
#[derive(Debug, Clone)]
pub struct OcspRequest {
    /// The version, counted from 1; 1 is the only one there is.
    pub version: u32,
    /// Who asks.
    pub requestor: Option<GeneralName>,
    /// What is asked, in order.
    pub questions: Vec<Question>,
    /// Extensions of the whole request.
    pub extensions: Vec<Extension>,
    /// The signature, if the request is signed.
    pub signature: Option<RequestSignature>,
    tbs: Range<usize>,
}

/// The signature of a request.
#[derive(Debug, Clone)]
pub struct RequestSignature {
    /// The algorithm.
    pub algorithm: SignatureAlgorithm,
    /// The signature, without the count of unused bits.
    pub signature: Vec<u8>,
    /// Certificates that help to check it, as far as they can be read.
    pub certificates: Vec<Certificate>,
}

impl OcspRequest {
    /// Reads exactly one request; the signature is not checked.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] and [`ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let mut outer = tlv::only(der, tlv::SEQUENCE, "OCSP request")?.inside();
        let tbs = outer.take(tlv::SEQUENCE, "to-be-signed request")?;
        let mut fields = tbs.inside();
        let mut out = Self {
            version: 1,
            requestor: None,
            questions: Vec::new(),
            extensions: Vec::new(),
            signature: None,
            tbs: tbs.range(),
        };
        if let Some(wrapper) = fields.optional(tlv::explicit(0), "version")? {
            out.version = version(&wrapper)?;
        }
        if let Some(wrapper) = fields.optional(tlv::explicit(1), "requestor")? {
            out.requestor = Some(GeneralName::from_tlv(&wrapper.inside().any("requestor")?));
        }
        let mut list = fields.take(tlv::SEQUENCE, "list of requests")?.inside();
        while !list.is_empty() {
            let mut question = list.take(tlv::SEQUENCE, "single request")?.inside();
            let id = CertificateId::from_tlv(&question.any("certificate identifier")?)?;
            let own = question.optional(tlv::explicit(0), "extensions")?;
            question.end()?;
            let extensions = own.as_ref().map(extensions).transpose()?.unwrap_or_default();
            out.questions.push(Question { id, extensions });
        }
        if let Some(wrapper) = fields.optional(tlv::explicit(2), "extensions")? {
            out.extensions = extensions(&wrapper)?;
        }
        fields.end()?;
        if let Some(wrapper) = outer.optional(tlv::explicit(0), "signature")? {
            out.signature = Some(RequestSignature::from_tlv(&wrapper)?);
        }
        outer.end()?;
        Ok(out)
    }

    /// The nonce.
    pub fn nonce(&self) -> Option<&[u8]> {
        nonce(&self.extensions)
    }

    /// The bytes that the signature covers, in what was given to [`OcspRequest::parse`].
    pub fn tbs(&self) -> Range<usize> {
        self.tbs.clone()
    }
}

impl RequestSignature {
    fn from_tlv(wrapper: &Tlv<'_>) -> Result<Self> {
        let mut inside = wrapper.inside();
        let mut fields = inside.take(tlv::SEQUENCE, "signature")?.inside();
        inside.end()?;
        let algorithm = SignatureAlgorithm::from_tlv(&fields.any("signature algorithm")?)?;
        let signature = bits(&mut fields)?;
        let list = fields.optional(tlv::explicit(0), "certificates")?;
        fields.end()?;
        let certificates = list.as_ref().map(certificates).transpose()?.unwrap_or_default();
        Ok(Self { algorithm, signature: signature.content[1..].to_vec(), certificates })
    }
}

/// A BIT STRING that has at least its count of unused bits.
fn bits<'a>(fields: &mut Cursor<'a>) -> Result<Tlv<'a>> {
    let signature = fields.take(tlv::BIT_STRING, "signature")?;
    match signature.content.is_empty() {
        true => Err(Error::at(ErrorKind::BadDer { what: "signature" }, signature.range())),
        false => Ok(signature),
    }
}
