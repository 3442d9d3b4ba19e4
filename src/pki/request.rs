//! Certification requests (PKCS#10): read with their exact bytes, and planned for signing.
//!
//! Leaves out issuing from them (`issue`).

use std::fmt;
use std::sync::Arc;

use der::asn1::AnyRef;
use der::{Decode, Encode, Sequence};
use sha2::{Digest, Sha256};

use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::decoded::Decoded;
use crate::extension::{self, Extension, oids};
use crate::general_name::GeneralName;
use crate::issue::{Prepared, unencodable};
use crate::key::PublicKey;
use crate::name::{self, DistinguishedName};
use crate::signature::SignatureAlgorithm;
use crate::signed::Signed;
use crate::tlv;

/// A `CertificationRequest` of [RFC 2986 section 4]; a clone shares the bytes, and `Eq` compares them.
///
/// ```text
/// CertificationRequestInfo ::= SEQUENCE {
///     version       INTEGER { v1(0) },
///     subject       Name,
///     subjectPKInfo SubjectPublicKeyInfo,
///     attributes    [0] IMPLICIT SET OF Attribute }
/// ```
///
/// Reading checks structure only; [`Request::verify`] checks the signature.
///
/// [RFC 2986 section 4]: https://datatracker.ietf.org/doc/html/rfc2986#section-4
#[derive(Clone)]
pub struct Request(Arc<Fields>);

struct Fields {
    signed: Signed,
    subject: DistinguishedName,
    public_key: PublicKey,
    attributes: Vec<(String, Vec<u8>)>,
    extensions: Vec<Extension>,
    decoded: Decoded,
}

impl Request {
    /// Reads exactly one request. An unusual version and missing attributes are passed over.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] and [`ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let (signed, tbs) = Signed::parse(der, "request", "to-be-signed request")?;
        let mut inner = tbs.inside();
        inner.take(tlv::INTEGER, "request version")?;
        let subject = DistinguishedName::from_tlv(&inner.any("subject")?)?;
        let public_key = PublicKey::from_tlv(&inner.any("public key")?)?;
        let mut attributes = Vec::new();
        let mut list = Vec::new();
        if let Some(set) = inner.optional(tlv::explicit(0), "request attributes")? {
            let mut set = set.inside();
            while !set.is_empty() {
                let (oid, values) = read_attribute(&set.any("request attribute")?)?;
                if oid == oids::EXTENSION_REQUEST || oid == oids::MICROSOFT_EXTENSION_REQUEST {
                    let mut values = values.inside();
                    while !values.is_empty() {
                        list.extend(extension::read_list(&values.any("requested extensions")?)?);
                    }
                }
                attributes.push((oid, values.content.to_vec()));
            }
        }
        inner.end()?;

        Ok(Self(Arc::new(Fields {
            subject,
            public_key,
            attributes,
            decoded: Decoded::of(&list),
            extensions: list.into_iter().map(|(extension, _)| extension).collect(),
            signed,
        })))
    }

    /// The exact bytes of the request.
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

    /// The name asked for.
    pub fn subject(&self) -> &DistinguishedName {
        &self.0.subject
    }

    /// The key to be certified.
    pub fn public_key(&self) -> &PublicKey {
        &self.0.public_key
    }

    /// The attributes in order: dotted object identifier, and the DER of the values one after another.
    pub fn attributes(&self) -> &[(String, Vec<u8>)] {
        &self.0.attributes
    }

    /// The extensions asked for by the PKCS#9 attribute or by Microsoft's.
    pub fn requested_extensions(&self) -> &[Extension] {
        &self.0.extensions
    }

    /// The dotted identifiers of requested extensions that are known but cannot be decoded.
    pub fn undecoded(&self) -> &[String] {
        &self.0.decoded.undecoded
    }

    /// The alternative names asked for, in order.
    pub fn subject_alt_names(&self) -> &[GeneralName] {
        &self.0.decoded.subject_alt_names
    }

    /// The key usage asked for.
    pub fn key_usage(&self) -> Option<extension::KeyUsage> {
        self.0.decoded.key_usage
    }

    /// The purposes asked for, as dotted object identifiers.
    pub fn extended_key_usage(&self) -> Option<&[String]> {
        self.0.decoded.extended_key_usage.as_deref()
    }

    /// The challenge password (RFC 2985 section 5.4.1), if there is one.
    pub fn challenge_password(&self) -> Option<String> {
        let is_password = |row: &&(String, Vec<u8>)| row.0 == oids::CHALLENGE_PASSWORD;
        let (_, values) = self.0.attributes.iter().find(is_password)?;
        let value = tlv::Cursor::new(values).any("challenge password").ok()?;
        name::string(&value)
    }

    /// The SHA-256 of the request in lower-case hexadecimal, by which it is known.
    pub fn id(&self) -> String {
        crate::certificate::hex(&Sha256::digest(self.der()))
    }

    /// Checks that the request was signed with the key it carries.
    ///
    /// # Errors
    /// See [`crate::signature::verify`].
    pub async fn verify(&self, engine: &impl Engine) -> Result<()> {
        let key = self.public_key();
        let algorithm = self.signature_algorithm();
        engine.verify(key, algorithm, self.tbs(), self.signature()).await
    }
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.der() == other.der()
    }
}

impl Eq for Request {}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({})", self.subject().label())
    }
}

fn read_attribute<'a>(element: &tlv::Tlv<'a>) -> Result<(String, tlv::Tlv<'a>)> {
    let mut fields = element.expect(tlv::SEQUENCE, "request attribute")?.inside();
    let oid = fields.take(tlv::OID, "attribute type")?;
    let values = fields.take(tlv::SET, "attribute values")?;
    fields.end()?;
    let dotted = tlv::dotted(oid.content);
    let dotted = dotted.ok_or_else(|| Error::der("attribute type", oid.range()))?;
    Ok((dotted, values))
}

/// What a new request is to say.
#[derive(Debug, Clone)]
pub struct RequestPlan {
    /// The name asked for; may be empty when there are alternative names.
    pub subject: DistinguishedName,
    /// The alternative names asked for.
    pub names: Vec<GeneralName>,
    /// The key to be certified.
    pub public_key: PublicKey,
    /// The algorithm that the request is to be signed with.
    pub algorithm: SignatureAlgorithm,
}

/// The to-be-signed part of a request.
#[derive(Sequence)]
struct RequestInfo<'a> {
    version: u8,
    subject: AnyRef<'a>,
    public_key: AnyRef<'a>,
    attributes: AnyRef<'a>,
}

impl RequestPlan {
    /// Writes the part to be signed.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyName`] without a subject and names, [`ErrorKind::UnsupportedAlgorithm`] for an
    /// algorithm that cannot be written, [`ErrorKind::BadDer`] when a kept name or key is no strict DER.
    pub fn prepare(&self) -> Result<Prepared> {
        let mut attributes = Vec::new();
        if !self.names.is_empty() {
            let names = Extension::subject_alt_name(&self.names, self.subject.is_empty());
            let extensions = tlv::write(tlv::SEQUENCE, &names.to_der()?);
            let mut content = extension::write_oid(oids::EXTENSION_REQUEST)?;
            content.extend(tlv::write(tlv::SET, &extensions));
            attributes = tlv::write(tlv::SEQUENCE, &content);
        } else if self.subject.is_empty() {
            return Err(ErrorKind::EmptyName.into());
        }
        let attributes = tlv::write(tlv::explicit(0), &attributes);
        let info = RequestInfo {
            version: 0,
            subject: AnyRef::from_der(self.subject.as_der()).map_err(unencodable)?,
            public_key: AnyRef::from_der(self.public_key.as_der()).map_err(unencodable)?,
            attributes: AnyRef::from_der(&attributes).map_err(unencodable)?,
        };
        Prepared::new(info.to_der().map_err(unencodable)?, self.algorithm.clone())
    }
}
