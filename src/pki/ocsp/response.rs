//! OCSP responses: their answers, and whether the right one signed them.
//!
//! Leaves out responses of other types than the basic one, which are shown as structure.

use super::{BASIC, CertificateId, bits, certificates, extensions, nonce, version};
use crate::certificate::SerialNumber;
use crate::crl::RevocationReason;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{Extension, oids};
use crate::name::DistinguishedName;
use crate::signature::{HashAlgorithm, SignatureAlgorithm};
use crate::time::UnixTime;
use crate::tlv::{self, Tlv};
use crate::{Certificate, PublicKey};

/// How the responder dealt with the request as a whole (RFC 6960 section 4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseStatus {
    /// There are answers.
    Successful,
    /// The request could not be read.
    MalformedRequest,
    /// The responder broke.
    InternalError,
    /// Later, perhaps.
    TryLater,
    /// The request must be signed.
    SignatureRequired,
    /// The client may not ask, or the responder knows nothing of these certificates.
    Unauthorized,
    /// A number that RFC 6960 does not have.
    Other(u8),
}

/// The status of one certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateStatus {
    /// Not revoked, as far as the responder knows.
    Good,
    /// Revoked.
    Revoked {
        /// When.
        at: UnixTime,
        /// Why, if that is said.
        reason: Option<RevocationReason>,
    },
    /// The responder does not know the certificate.
    Unknown,
}

/// Who signed, by their own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responder {
    /// By the subject of their certificate.
    Name(DistinguishedName),
    /// By the SHA-1 of their key's bits.
    KeyHash(Vec<u8>),
}

impl Responder {
    /// Whether this certificate's holder is meant.
    pub fn is(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Name(name) => certificate.subject().matches(name),
            Self::KeyHash(hash) => HashAlgorithm::Sha1.digest(certificate.public_key().bits()) == *hash,
        }
    }
}

/// What is said of one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The certificate.
    pub id: CertificateId,
    /// Its status.
    pub status: CertificateStatus,
    /// When this was known to be so.
    pub this_update: UnixTime,
    /// When newer information will be there.
    pub next_update: Option<UnixTime>,
    /// Extensions of this answer alone.
    pub extensions: Vec<Extension>,
}

/// An `OCSPResponse` of [RFC 6960 section 4.2.1].
///
/// ```text
/// OCSPResponse ::= SEQUENCE {
///     responseStatus OCSPResponseStatus, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
/// ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
/// ```
///
/// [RFC 6960 section 4.2.1]: https://datatracker.ietf.org/doc/html/rfc6960#section-4.2.1
#[derive(Debug, Clone)]
pub struct OcspResponse {
    /// How the request was dealt with.
    pub status: ResponseStatus,
    /// The dotted object identifier of the response's type, if there is one.
    pub response_type: Option<String>,
    /// The answers, when the type is the basic one.
    pub basic: Option<BasicResponse>,
}

/// A `BasicOCSPResponse`.
#[derive(Debug, Clone)]
pub struct BasicResponse {
    /// The version, counted from 1.
    pub version: u32,
    /// Who signed.
    pub responder: Responder,
    /// When it was signed.
    pub produced_at: UnixTime,
    /// The answers in order.
    pub answers: Vec<Answer>,
    /// Extensions of the whole response.
    pub extensions: Vec<Extension>,
    /// The algorithm of the signature.
    pub algorithm: SignatureAlgorithm,
    /// Certificates that help to check it, as far as they can be read.
    pub certificates: Vec<Certificate>,
    tbs: Vec<u8>,
    signature: Vec<u8>,
}

/// Whose signature was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// The issuer of the certificates asked about.
    Issuer,
    /// Somebody whom the issuer certified for signing OCSP responses (RFC 6960 section 4.2.2.2).
    Delegate(Certificate),
}

impl OcspResponse {
    /// Reads exactly one response; the signature is not checked.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] and [`ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, "OCSP response")?.inside();
        let status = fields.take(tlv::ENUMERATED, "status of the response")?;
        let status = match status.content {
            [0] => ResponseStatus::Successful,
            [1] => ResponseStatus::MalformedRequest,
            [2] => ResponseStatus::InternalError,
            [3] => ResponseStatus::TryLater,
            [5] => ResponseStatus::SignatureRequired,
            [6] => ResponseStatus::Unauthorized,
            [other] => ResponseStatus::Other(*other),
            _ => return Err(Error::der("status of the response", status.range())),
        };
        let mut out = Self { status, response_type: None, basic: None };
        if let Some(wrapper) = fields.optional(tlv::explicit(0), "response bytes")? {
            let mut wrapper = wrapper.inside();
            let mut inside = wrapper.take(tlv::SEQUENCE, "response bytes")?.inside();
            wrapper.end()?;
            let oid = inside.take(tlv::OID, "type of the response")?;
            let oid =
                tlv::dotted(oid.content).ok_or_else(|| Error::der("type of the response", oid.range()))?;
            let octets = inside.take(tlv::OCTET_STRING, "response")?;
            inside.end()?;
            if oid == BASIC {
                let mut inner = octets.inside();
                out.basic = Some(BasicResponse::from_tlv(&inner.any("basic response")?)?);
                inner.end()?;
            }
            out.response_type = Some(oid);
        }
        fields.end()?;
        Ok(out)
    }
}

impl BasicResponse {
    fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut outer = element.expect(tlv::SEQUENCE, "basic response")?.inside();
        let tbs = outer.take(tlv::SEQUENCE, "response data")?;
        let algorithm = SignatureAlgorithm::from_tlv(&outer.any("signature algorithm")?)?;
        let signature = bits(&mut outer)?.content[1..].to_vec();
        let list = outer.optional(tlv::explicit(0), "certificates")?;
        outer.end()?;

        let mut fields = tbs.inside();
        let version = match fields.optional(tlv::explicit(0), "version")? {
            Some(wrapper) => version(&wrapper)?,
            None => 1,
        };
        let responder = responder(&fields.any("responder")?)?;
        let produced_at = UnixTime::from_tlv(&fields.any("time of production")?)?;
        let mut singles = fields.take(tlv::SEQUENCE, "list of answers")?.inside();
        let mut answers = Vec::new();
        while !singles.is_empty() {
            answers.push(answer(&singles.any("answer")?)?);
        }
        let own = fields.optional(tlv::explicit(1), "extensions")?;
        fields.end()?;
        Ok(Self {
            version,
            responder,
            produced_at,
            answers,
            extensions: own.as_ref().map(extensions).transpose()?.unwrap_or_default(),
            algorithm,
            certificates: list.as_ref().map(certificates).transpose()?.unwrap_or_default(),
            tbs: tbs.whole.to_vec(),
            signature,
        })
    }

    /// The nonce.
    pub fn nonce(&self) -> Option<&[u8]> {
        nonce(&self.extensions)
    }

    /// The bytes that the signature covers.
    pub fn tbs(&self) -> &[u8] {
        &self.tbs
    }

    /// The signature, without the count of unused bits.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What is said of a serial number; of answers for several issuers the first counts.
    pub fn find(&self, serial: &SerialNumber) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.id.serial == *serial)
    }

    /// Checks the signature, given the issuer of the certificates asked about.
    ///
    /// The signer is the issuer, or somebody whose certificate is in the response, was signed by the issuer and is
    /// for signing OCSP responses. Validity periods and the revocation of that certificate are not looked at.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] when neither is meant by the response, and those of
    /// [`crate::signature::verify`].
    pub async fn verify(&self, engine: &impl Engine, issuer: &Certificate) -> Result<Signer> {
        if self.responder.is(issuer) {
            self.verify_with(engine, issuer.public_key()).await?;
            return Ok(Signer::Issuer);
        }
        let delegate = self.certificates.iter().find(|one| self.responder.is(one));
        let delegate = delegate.ok_or(ErrorKind::KeyMismatch)?;
        let purposes = delegate.extended_key_usage().unwrap_or_default();
        if !purposes.iter().any(|purpose| purpose == oids::OCSP_SIGNING)
            || !delegate.issuer().matches(issuer.subject())
        {
            return Err(ErrorKind::KeyMismatch.into());
        }
        let (tbs, signature) = (delegate.tbs(), delegate.signature());
        engine.verify(issuer.public_key(), delegate.signature_algorithm(), tbs, signature).await?;
        self.verify_with(engine, delegate.public_key()).await?;
        Ok(Signer::Delegate(delegate.clone()))
    }

    /// Checks the signature against a key.
    ///
    /// # Errors
    /// Those of [`crate::signature::verify`].
    pub async fn verify_with(&self, engine: &impl Engine, key: &PublicKey) -> Result<()> {
        engine.verify(key, &self.algorithm, &self.tbs, &self.signature).await
    }
}

fn responder(element: &Tlv<'_>) -> Result<Responder> {
    let mut inside = element.inside();
    let responder = match element.tag {
        0xa1 => Responder::Name(DistinguishedName::from_tlv(&inside.any("responder's name")?)?),
        0xa2 => Responder::KeyHash(inside.take(tlv::OCTET_STRING, "responder's key")?.content.to_vec()),
        _ => return Err(Error::der("responder", element.range())),
    };
    inside.end()?;
    Ok(responder)
}

fn answer(element: &Tlv<'_>) -> Result<Answer> {
    let mut fields = element.expect(tlv::SEQUENCE, "answer")?.inside();
    let id = CertificateId::from_tlv(&fields.any("certificate identifier")?)?;
    let status = status(&fields.any("status of the certificate")?)?;
    let this_update = UnixTime::from_tlv(&fields.any("this update")?)?;
    let next = fields.optional(tlv::explicit(0), "next update")?;
    let own = fields.optional(tlv::explicit(1), "extensions")?;
    fields.end()?;
    let next_update = match next {
        Some(wrapper) => {
            let mut inside = wrapper.inside();
            let time = UnixTime::from_tlv(&inside.any("next update")?)?;
            inside.end()?;
            Some(time)
        }
        None => None,
    };
    let extensions = own.as_ref().map(extensions).transpose()?.unwrap_or_default();
    Ok(Answer { id, status, this_update, next_update, extensions })
}

fn status(element: &Tlv<'_>) -> Result<CertificateStatus> {
    match element.tag {
        0x80 => Ok(CertificateStatus::Good),
        0x82 => Ok(CertificateStatus::Unknown),
        0xa1 => {
            let mut inside = element.inside();
            let at = UnixTime::from_tlv(&inside.any("revocation date")?)?;
            let mut reason = None;
            if let Some(wrapper) = inside.optional(tlv::explicit(0), "reason")? {
                let code = wrapper.inside().take(tlv::ENUMERATED, "reason")?;
                reason = code.content.first().copied().and_then(RevocationReason::from_code);
            }
            inside.end()?;
            Ok(CertificateStatus::Revoked { at, reason })
        }
        _ => Err(Error::der("status of the certificate", element.range())),
    }
}
