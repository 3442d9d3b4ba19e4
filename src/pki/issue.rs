//! Issuing: a plan becomes bytes to be signed, and these and a signature become a certificate.
//!
//! Leaves out where the signature comes from, and the authority's record of serial numbers.

use der::asn1::{AnyRef, BitStringRef};
use der::{Decode, Encode, Sequence};

use crate::certificate::{Certificate, SerialNumber, Validity};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{Extension, KeyUsage};
use crate::general_name::GeneralName;
use crate::key::{PrivateKey, PublicKey};
use crate::name::DistinguishedName;
use crate::profile::Profile;
use crate::request::Request;
use crate::signature::SignatureAlgorithm;
use crate::tlv;

/// Bytes that wait for a signature: of a certificate, a request or a revocation list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The DER to be signed.
    pub tbs: Vec<u8>,
    /// The algorithm that is already named in a certificate's bytes.
    pub algorithm: SignatureAlgorithm,
}

/// The frame that certificates, requests and revocation lists share.
#[derive(Sequence)]
struct Signed<'a> {
    tbs: AnyRef<'a>,
    algorithm: AnyRef<'a>,
    signature: BitStringRef<'a>,
}

impl Prepared {
    pub(crate) fn new(tbs: Vec<u8>, algorithm: SignatureAlgorithm) -> Result<Self> {
        match &algorithm {
            SignatureAlgorithm::Other(oid) => {
                Err(ErrorKind::UnsupportedAlgorithm { oid: oid.clone() }.into())
            }
            _ => Ok(Self { tbs, algorithm }),
        }
    }

    /// Puts the signature under the bytes. The signature is not verified.
    pub fn assemble(&self, signature: &[u8]) -> Vec<u8> {
        let algorithm = self.algorithm.to_der();
        let strict = || -> der::Result<Vec<u8>> {
            Signed {
                tbs: AnyRef::from_der(&self.tbs)?,
                algorithm: AnyRef::from_der(&algorithm)?,
                signature: BitStringRef::new(0, signature)?,
            }
            .to_der()
        };
        // Only bytes put into the public field by hand can fail to be an element; the frame is the same.
        strict().unwrap_or_else(|_| {
            let bits = tlv::write(tlv::BIT_STRING, &[&[0], signature].concat());
            tlv::write(tlv::SEQUENCE, &[&self.tbs, &algorithm, &bits[..]].concat())
        })
    }

    /// Signs and assembles.
    ///
    /// # Errors
    /// See [`PrivateKey::sign`].
    pub async fn sign(self, engine: &impl Engine, key: &PrivateKey) -> Result<Vec<u8>> {
        let signature = engine.sign(key, &self.algorithm, &self.tbs).await?;
        Ok(self.assemble(&signature))
    }
}

/// What a new certificate is to say. Names and key are written byte for byte as they are.
#[derive(Debug, Clone)]
pub struct CertificatePlan {
    /// The serial number, unique for the issuer.
    pub serial: SerialNumber,
    /// The algorithm that the issuer signs with.
    pub algorithm: SignatureAlgorithm,
    /// The issuer's subject.
    pub issuer: DistinguishedName,
    /// From when until when.
    pub validity: Validity,
    /// The holder's name.
    pub subject: DistinguishedName,
    /// The holder's key.
    pub public_key: PublicKey,
    /// The extensions in order.
    pub extensions: Vec<Extension>,
}

/// `TBSCertificate` of RFC 5280 section 4.1, without the unique identifiers.
#[derive(Sequence)]
struct TbsCertificate<'a> {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    version: Option<u8>,
    serial: AnyRef<'a>,
    algorithm: AnyRef<'a>,
    issuer: AnyRef<'a>,
    validity: TbsValidity<'a>,
    subject: AnyRef<'a>,
    public_key: AnyRef<'a>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<AnyRef<'a>>,
}

#[derive(Sequence)]
struct TbsValidity<'a> {
    not_before: AnyRef<'a>,
    not_after: AnyRef<'a>,
}

impl CertificatePlan {
    /// Plans a self-signed root: critical basic constraints and key usage, and key identifiers.
    pub fn root(
        subject: DistinguishedName,
        public_key: PublicKey,
        algorithm: SignatureAlgorithm,
        serial: SerialNumber,
        validity: Validity,
        path_len: Option<u8>,
    ) -> Self {
        let extensions = vec![
            Extension::basic_constraints(true, path_len),
            Extension::key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN),
            Extension::subject_key_identifier(&public_key),
            Extension::authority_key_identifier(&public_key.key_identifier()),
        ];
        Self { serial, algorithm, issuer: subject.clone(), validity, subject, public_key, extensions }
    }

    /// Plans a certificate for a request: the request's subject and key byte for byte, the profile's
    /// extensions, and the alternative names given (those that the request asks for are not looked at).
    ///
    /// Neither the request's signature nor the CA's right to sign is checked.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyName`] when the profile wants alternative names, or the subject is empty, and
    /// there are none; [`ErrorKind::BadDer`] when a purpose of the profile is no object identifier.
    pub fn from_request(
        ca: &Certificate,
        request: &Request,
        profile: &Profile,
        names: &[GeneralName],
        serial: SerialNumber,
        validity: Validity,
        algorithm: SignatureAlgorithm,
    ) -> Result<Self> {
        let subject = request.subject().clone();
        let public_key = request.public_key().clone();
        if names.is_empty() && (profile.names_required || subject.is_empty()) {
            return Err(ErrorKind::EmptyName.into());
        }
        let mut extensions = profile.extensions(&public_key)?;
        if !names.is_empty() {
            extensions.push(Extension::subject_alt_name(names, subject.is_empty()));
        }
        extensions.push(Extension::subject_key_identifier(&public_key));
        let computed = ca.public_key().key_identifier();
        let authority = ca.subject_key_identifier().unwrap_or(&computed);
        extensions.push(Extension::authority_key_identifier(authority));
        Ok(Self {
            serial,
            algorithm,
            issuer: ca.subject().clone(),
            validity,
            subject,
            public_key,
            extensions,
        })
    }

    /// Writes the part to be signed; version 3, or version 1 without extensions.
    ///
    /// # Errors
    /// [`ErrorKind::BadSerialNumber`], [`ErrorKind::ReversedValidity`], [`ErrorKind::EmptyName`] for an
    /// issuer without a name, [`ErrorKind::BadTime`], [`ErrorKind::UnsupportedAlgorithm`] for an algorithm
    /// that cannot be written, [`ErrorKind::BadDer`] when a kept name or key is no strict DER.
    pub fn prepare(&self) -> Result<Prepared> {
        if !self.serial.is_conforming() {
            return Err(ErrorKind::BadSerialNumber.into());
        }
        if self.validity.not_after < self.validity.not_before {
            return Err(ErrorKind::ReversedValidity.into());
        }
        if self.issuer.is_empty() {
            return Err(ErrorKind::EmptyName.into());
        }
        let serial = self.serial.to_der();
        let algorithm = self.algorithm.to_der();
        let not_before = self.validity.not_before.to_der()?;
        let not_after = self.validity.not_after.to_der()?;
        let extensions = write_extensions(&self.extensions)?;
        let tbs = TbsCertificate {
            version: extensions.is_some().then_some(2),
            serial: element(&serial)?,
            algorithm: element(&algorithm)?,
            issuer: element(self.issuer.as_der())?,
            validity: TbsValidity { not_before: element(&not_before)?, not_after: element(&not_after)? },
            subject: element(self.subject.as_der())?,
            public_key: element(self.public_key.as_der())?,
            extensions: extensions.as_deref().map(element).transpose()?,
        };
        Prepared::new(tbs.to_der().map_err(unencodable)?, self.algorithm.clone())
    }
}

/// Writes a list of extensions; `None` when there are none.
pub(crate) fn write_extensions(extensions: &[Extension]) -> Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    for extension in extensions {
        content.extend(extension.to_der()?);
    }
    Ok((!content.is_empty()).then(|| tlv::write(tlv::SEQUENCE, &content)))
}

/// One element that is written as it is.
pub(crate) fn element(der: &[u8]) -> Result<AnyRef<'_>> {
    AnyRef::from_der(der).map_err(unencodable)
}

/// What the encoder refuses: a kept name or key that is not strict DER, or more than 256 MiB.
pub(crate) fn unencodable(_: der::Error) -> Error {
    ErrorKind::BadDer { what: "part to be signed" }.into()
}
