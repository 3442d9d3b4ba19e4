//! Signed messages (CMS SignedData, RFC 5652 section 5): their content, what they carry, and their signers.
//!
//! Leaves out building and judging the signer's chain, and every other content type, which is shown as structure.

use crate::ber;
use crate::certificate::SerialNumber;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::name::DistinguishedName;
use crate::signature::{HashAlgorithm, SignatureAlgorithm};
use crate::time::UnixTime;
use crate::tlv::{self, Cursor, Tlv};
use crate::{Certificate, PublicKey};

/// id-signedData.
pub(crate) const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const RSA: &str = "1.2.840.113549.1.1.1";
const EC: &str = "1.2.840.10045.2.1";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const MAX_SEGMENTS: usize = 16;

/// A signed message, in DER or BER.
///
/// ```text
/// SignedData ::= SEQUENCE {
///     version CMSVersion, digestAlgorithms SET OF DigestAlgorithmIdentifier,
///     encapContentInfo SEQUENCE { eContentType OBJECT IDENTIFIER, eContent [0] EXPLICIT OCTET STRING OPTIONAL },
///     certificates [0] IMPLICIT CertificateSet OPTIONAL, crls [1] IMPLICIT RevocationInfoChoices OPTIONAL,
///     signerInfos SET OF SignerInfo }
/// ```
#[derive(Debug, Clone)]
pub struct SignedData {
    /// The dotted object identifier of the content.
    pub content_type: String,
    /// The content, unless it is detached. Of content without an OCTET STRING around it (PKCS#7 version 1.5,
    /// Authenticode) the whole element.
    pub content: Option<Vec<u8>>,
    /// X.509 certificates as they stand, in order.
    pub certificates: Vec<Vec<u8>>,
    /// X.509 revocation lists as they stand, in order.
    pub crls: Vec<Vec<u8>>,
    /// Members of these two sets that are something else.
    pub others: usize,
    /// The signers; one that cannot be read is an error by itself.
    pub signers: Vec<Result<Signer>>,
    /// What the digest is made over, when it is not the content as given.
    inner: Option<Vec<u8>>,
}

/// Whom a signer says to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignerId {
    /// By the certificate's issuer and serial number.
    IssuerAndSerial(DistinguishedName, SerialNumber),
    /// By the certificate's subject key identifier.
    KeyIdentifier(Vec<u8>),
}

impl SignerId {
    /// Whether this certificate is meant.
    pub fn is(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial(issuer, serial) => {
                certificate.serial() == serial && certificate.issuer().matches(issuer)
            }
            Self::KeyIdentifier(identifier) => certificate.subject_key_identifier() == Some(identifier),
        }
    }
}

/// One `SignerInfo`.
#[derive(Debug, Clone)]
pub struct Signer {
    /// Who.
    pub id: SignerId,
    /// The dotted object identifier of the digest.
    pub digest: String,
    /// The signed attributes: dotted object identifier, and the DER of each value.
    pub signed_attributes: Vec<(String, Vec<Vec<u8>>)>,
    /// The algorithm of the signature; together with the digest where it does not name one itself.
    pub algorithm: SignatureAlgorithm,
    /// The signature.
    pub signature: Vec<u8>,
    /// The signed attributes as a DER SET, which is what the signature covers.
    signed: Option<Vec<u8>>,
}

impl SignedData {
    /// Reads a ContentInfo with signed data, or signed data that stands alone; no signature is checked.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedContainer`] for other content types, [`ErrorKind::BadDer`] with the place in the
    /// input.
    pub fn parse(input: &[u8]) -> Result<Self> {
        let mut cursor = Cursor::ber(input);
        let message = cursor.take(tlv::SEQUENCE, "message")?;
        let mut info = message.inside();
        if info.peek() == Some(tlv::INTEGER) {
            return Self::from_tlv(&message);
        }
        let oid = identifier(&info.take(tlv::OID, "content type")?)?;
        if oid != SIGNED_DATA {
            return Err(ErrorKind::UnsupportedContainer { oid }.into());
        }
        let wrapper = info.take(tlv::explicit(0), "signed data")?;
        let data = wrapper.inside().take(tlv::SEQUENCE, "signed data")?;
        Self::from_tlv(&data)
    }

    fn from_tlv(data: &Tlv<'_>) -> Result<Self> {
        let mut fields = data.inside();
        fields.take(tlv::INTEGER, "version")?;
        fields.take(tlv::SET, "digest algorithms")?;
        let mut encapsulated = fields.take(tlv::SEQUENCE, "signed content")?.inside();
        let mut out = Self {
            content_type: identifier(&encapsulated.take(tlv::OID, "content type")?)?,
            content: None,
            certificates: Vec::new(),
            crls: Vec::new(),
            others: 0,
            signers: Vec::new(),
            inner: None,
        };
        if let Some(wrapper) = encapsulated.optional(tlv::explicit(0), "content")? {
            let content = wrapper.inside().any("content")?;
            match content.tag & !0x20 == tlv::OCTET_STRING {
                true => out.content = Some(octets(&content, 0)?),
                false => {
                    out.content = Some(content.whole.to_vec());
                    out.inner = Some(content.content.to_vec());
                }
            }
        }
        if let Some(set) = fields.optional(tlv::explicit(0), "certificates")? {
            members(&set, &mut out.certificates, &mut out.others)?;
        }
        if let Some(set) = fields.optional(tlv::explicit(1), "revocation lists")? {
            members(&set, &mut out.crls, &mut out.others)?;
        }
        if let Some(set) = fields.optional(tlv::SET, "signers")? {
            let mut set = set.inside();
            while !set.is_empty() {
                out.signers.push(Signer::from_tlv(&set.any("signer")?));
            }
        }
        Ok(out)
    }

    /// The certificate of a signer among those in the message.
    pub fn certificate_of(&self, signer: &Signer) -> Option<Certificate> {
        let certificates = self.certificates.iter().filter_map(|der| Certificate::parse(der).ok());
        certificates.into_iter().find(|certificate| signer.id.is(certificate))
    }

    /// Checks a signature over the content in the message, or over a detached one.
    ///
    /// # Errors
    /// [`ErrorKind::BadSignature`] also when the digest of the content is not the signed one or there is no
    /// content; those of [`crate::signature::verify`].
    pub async fn verify(
        &self,
        engine: &impl Engine,
        signer: &Signer,
        key: &PublicKey,
        detached: Option<&[u8]>,
    ) -> Result<()> {
        let content = self.inner.as_deref().or(self.content.as_deref()).or(detached);
        signer.verify(engine, key, content.ok_or(ErrorKind::BadSignature)?).await
    }
}

impl Signer {
    fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut fields = element.expect(tlv::SEQUENCE, "signer")?.inside();
        fields.take(tlv::INTEGER, "version of the signer")?;
        let id = fields.any("signer's identifier")?;
        let id = match id.tag {
            tlv::SEQUENCE => {
                let mut inside = id.inside();
                let issuer = DistinguishedName::from_tlv(&inside.any("signer's issuer")?)?;
                let serial = inside.take(tlv::INTEGER, "signer's serial number")?;
                inside.end()?;
                SignerId::IssuerAndSerial(issuer, SerialNumber::from_octets(serial.content))
            }
            0x80 => SignerId::KeyIdentifier(id.content.to_vec()),
            _ => return Err(Error::der("signer's identifier", id.range())),
        };
        let digest = fields.take(tlv::SEQUENCE, "digest algorithm")?;
        let digest = identifier(&digest.inside().take(tlv::OID, "digest algorithm")?)?;
        let attributes = fields.optional(tlv::explicit(0), "signed attributes")?;
        let algorithm = fields.take(tlv::SEQUENCE, "signature algorithm")?;
        let algorithm = combined(SignatureAlgorithm::from_tlv(&algorithm)?, &digest);
        let signature = fields.any("signature")?;
        if signature.tag & !0x20 != tlv::OCTET_STRING {
            return Err(Error::der("signature", signature.range()));
        }
        fields.optional(tlv::explicit(1), "unsigned attributes")?;
        fields.end()?;
        Ok(Self {
            id,
            digest,
            signed_attributes: attributes.as_ref().map(read_attributes).transpose()?.unwrap_or_default(),
            algorithm,
            signature: octets(&signature, 0)?,
            signed: attributes.as_ref().map(as_set).transpose()?,
        })
    }

    /// The only value of a signed attribute.
    fn attribute(&self, oid: &str) -> Option<&[u8]> {
        let (_, values) = self.signed_attributes.iter().find(|row| row.0 == oid)?;
        match values.as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// The signed digest of the content.
    pub fn message_digest(&self) -> Option<&[u8]> {
        let value = tlv::only(self.attribute(MESSAGE_DIGEST)?, tlv::OCTET_STRING, "digest").ok()?;
        Some(value.content)
    }

    /// When the signer says to have signed.
    pub fn signing_time(&self) -> Option<UnixTime> {
        UnixTime::from_der(self.attribute(SIGNING_TIME)?).ok()
    }

    /// Checks the signature over a content.
    ///
    /// # Errors
    /// [`ErrorKind::BadSignature`] also when the digest of the content is not the signed one,
    /// [`ErrorKind::UnsupportedAlgorithm`] for a digest that is not known; those of [`crate::signature::verify`].
    pub async fn verify(&self, engine: &impl Engine, key: &PublicKey, content: &[u8]) -> Result<()> {
        let Some(signed) = &self.signed else {
            return engine.verify(key, &self.algorithm, content, &self.signature).await;
        };
        let unsupported = || ErrorKind::UnsupportedAlgorithm { oid: self.digest.clone() };
        let hash = hash_of(&self.digest).ok_or_else(unsupported)?;
        if self.message_digest() != Some(hash.digest(content).as_slice()) {
            return Err(ErrorKind::BadSignature.into());
        }
        engine.verify(key, &self.algorithm, signed, &self.signature).await
    }
}

fn identifier(element: &Tlv<'_>) -> Result<String> {
    tlv::dotted(element.content).ok_or_else(|| Error::der("object identifier", element.range()))
}

pub(crate) fn hash_of(oid: &str) -> Option<HashAlgorithm> {
    Some(match oid {
        "1.3.14.3.2.26" => HashAlgorithm::Sha1,
        "2.16.840.1.101.3.4.2.4" => HashAlgorithm::Sha224,
        "2.16.840.1.101.3.4.2.1" => HashAlgorithm::Sha256,
        "2.16.840.1.101.3.4.2.2" => HashAlgorithm::Sha384,
        "2.16.840.1.101.3.4.2.3" => HashAlgorithm::Sha512,
        _ => return None,
    })
}

/// The signature algorithm where only the key's was written (RFC 3370 section 3.2).
fn combined(written: SignatureAlgorithm, digest: &str) -> SignatureAlgorithm {
    let SignatureAlgorithm::Other(oid) = &written else {
        return written;
    };
    match (oid.as_str(), hash_of(digest)) {
        (RSA, Some(HashAlgorithm::Sha1)) => SignatureAlgorithm::RsaSha1,
        (RSA, Some(HashAlgorithm::Sha224)) => SignatureAlgorithm::RsaSha224,
        (RSA, Some(HashAlgorithm::Sha256)) => SignatureAlgorithm::RsaSha256,
        (RSA, Some(HashAlgorithm::Sha384)) => SignatureAlgorithm::RsaSha384,
        (RSA, Some(HashAlgorithm::Sha512)) => SignatureAlgorithm::RsaSha512,
        (EC, Some(HashAlgorithm::Sha1)) => SignatureAlgorithm::EcdsaSha1,
        (EC, Some(HashAlgorithm::Sha224)) => SignatureAlgorithm::EcdsaSha224,
        (EC, Some(HashAlgorithm::Sha256)) => SignatureAlgorithm::EcdsaSha256,
        (EC, Some(HashAlgorithm::Sha384)) => SignatureAlgorithm::EcdsaSha384,
        (EC, Some(HashAlgorithm::Sha512)) => SignatureAlgorithm::EcdsaSha512,
        _ => written,
    }
}

/// Appends the universal SEQUENCE members of a set, in DER; anything else is counted.
fn members(set: &Tlv<'_>, out: &mut Vec<Vec<u8>>, others: &mut usize) -> Result<()> {
    let mut set = set.inside();
    while !set.is_empty() {
        let member = set.any("member of the message")?;
        if member.tag != tlv::SEQUENCE {
            *others += 1;
            continue;
        }
        // The second octet of an indefinite length.
        let is_indefinite = member.whole.get(1) == Some(&0x80);
        out.push(if is_indefinite { ber::normalise(member.whole)? } else { member.whole.to_vec() });
    }
    Ok(())
}

/// The octets of a string in one or several segments.
fn octets(element: &Tlv<'_>, depth: usize) -> Result<Vec<u8>> {
    if !element.is_constructed() {
        return Ok(element.content.to_vec());
    }
    if depth > MAX_SEGMENTS {
        return Err(Error::at(ErrorKind::TooDeep { limit: MAX_SEGMENTS }, element.range()));
    }
    let (mut segments, mut out) = (element.inside(), Vec::new());
    while !segments.is_empty() {
        out.extend(octets(&segments.any("segment of a string")?, depth + 1)?);
    }
    Ok(out)
}

fn read_attributes(set: &Tlv<'_>) -> Result<Vec<(String, Vec<Vec<u8>>)>> {
    let (mut set, mut out) = (set.inside(), Vec::new());
    while !set.is_empty() {
        let mut parts = set.take(tlv::SEQUENCE, "attribute")?.inside();
        let oid = identifier(&parts.take(tlv::OID, "attribute type")?)?;
        let (mut list, mut values) = (parts.take(tlv::SET, "attribute values")?.inside(), Vec::new());
        while !list.is_empty() {
            values.push(list.any("attribute value")?.whole.to_vec());
        }
        parts.end()?;
        out.push((oid, values));
    }
    Ok(out)
}

/// The signed attributes with the tag that the signature covers: SET instead of `[0]` (RFC 5652 section 5.4).
fn as_set(attributes: &Tlv<'_>) -> Result<Vec<u8>> {
    let set = tlv::write(tlv::SET, attributes.content);
    if attributes.whole.get(1) == Some(&0x80) {
        return ber::normalise(&set);
    }
    Ok(set)
}
