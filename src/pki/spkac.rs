//! Signed public keys and challenges (SPKAC): what `<keygen>` sent, and `openssl spkac` still makes.
//!
//! Leaves out the text form, `SPKAC=` and base64, which `input` unfolds.

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::key::PublicKey;
use crate::signature::SignatureAlgorithm;
use crate::tlv;
use std::ops::Range;

/// A `SignedPublicKeyAndChallenge`.
///
/// ```text
/// PublicKeyAndChallenge ::= SEQUENCE { spki SubjectPublicKeyInfo, challenge IA5String }
/// SignedPublicKeyAndChallenge ::= SEQUENCE {
///     publicKeyAndChallenge PublicKeyAndChallenge,
///     signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
/// ```
#[derive(Debug, Clone)]
pub struct SignedPublicKey {
    /// The key.
    pub public_key: PublicKey,
    /// The text that the one who asked for the key had it signed with; mostly empty.
    pub challenge: String,
    /// The algorithm of the signature.
    pub algorithm: SignatureAlgorithm,
    der: Box<[u8]>,
    tbs: Range<usize>,
    signature: Range<usize>,
}

impl SignedPublicKey {
    /// Reads exactly one; the signature is not checked.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] and [`crate::ErrorKind::TrailingBytes`], with the place in the input.
    pub fn parse(der: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, "signed public key")?.inside();
        let tbs = fields.take(tlv::SEQUENCE, "public key and challenge")?;
        let algorithm = SignatureAlgorithm::from_tlv(&fields.any("signature algorithm")?)?;
        let signature = fields.take(tlv::BIT_STRING, "signature")?;
        fields.end()?;
        if signature.content.is_empty() {
            return Err(Error::der("signature", signature.range()));
        }
        let mut inner = tbs.inside();
        let public_key = PublicKey::from_tlv(&inner.any("public key")?)?;
        let challenge = inner.take(tlv::IA5_STRING, "challenge")?;
        inner.end()?;
        Ok(Self {
            public_key,
            challenge: String::from_utf8_lossy(challenge.content).into_owned(),
            algorithm,
            der: der.into(),
            tbs: tbs.range(),
            signature: signature.content_start() + 1..signature.range().end,
        })
    }

    /// The exact bytes.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Checks that it was signed with the key it carries.
    ///
    /// # Errors
    /// See [`crate::signature::verify`].
    pub async fn verify(&self, engine: &impl Engine) -> Result<()> {
        let (tbs, signature) = (&self.der[self.tbs.clone()], &self.der[self.signature.clone()]);
        engine.verify(&self.public_key, &self.algorithm, tbs, signature).await
    }
}
