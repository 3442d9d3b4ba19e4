//! ECDSA on the three NIST curves, with any hash, and the two forms of its signatures.
//!
//! Leaves out other curves.

use ::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use der::Encode;
use der::asn1::UintRef;

use super::SignatureAlgorithm;
use crate::error::{ErrorKind, Result};
use crate::key::{PrivateKey, PublicKey, PublicKeyAlgorithm};
use crate::tlv;

pub(super) fn verify(
    key: &PublicKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<()> {
    let digest = padded_digest(key, algorithm, message)?;
    macro_rules! verify_on {
        ($curve:ident) => {{
            let key =
                $curve::ecdsa::VerifyingKey::from_sec1_bytes(key.bits()).map_err(|_| ErrorKind::BadKey)?;
            let signature =
                $curve::ecdsa::Signature::from_der(signature).map_err(|_| ErrorKind::BadSignature)?;
            key.verify_prehash(&digest, &signature)
        }};
    }
    let outcome = match key.algorithm() {
        PublicKeyAlgorithm::P256 => verify_on!(p256),
        PublicKeyAlgorithm::P384 => verify_on!(p384),
        PublicKeyAlgorithm::P521 => verify_on!(p521),
        _ => return Err(ErrorKind::KeyMismatch.into()),
    };
    outcome.map_err(|_| ErrorKind::BadSignature.into())
}

/// Signs with the nonce of RFC 6979, so that no randomness is needed.
pub(super) fn sign(key: &PrivateKey, algorithm: &SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>> {
    let digest = padded_digest(key.public(), algorithm, message)?;
    macro_rules! sign_on {
        ($curve:ident) => {{
            let secret = $curve::SecretKey::from_sec1_der(key.octets()?).map_err(|_| ErrorKind::BadKey)?;
            let signature: $curve::ecdsa::Signature = $curve::ecdsa::SigningKey::from(&secret)
                .sign_prehash(&digest)
                .map_err(|_| ErrorKind::BadKey)?;
            Ok(signature.to_der().as_bytes().to_vec())
        }};
    }
    match key.public().algorithm() {
        PublicKeyAlgorithm::P256 => sign_on!(p256),
        PublicKeyAlgorithm::P384 => sign_on!(p384),
        PublicKeyAlgorithm::P521 => sign_on!(p521),
        _ => Err(ErrorKind::KeyMismatch.into()),
    }
}

/// The digest, with zeros in front when it is shorter than half a field element.
///
/// The number it stands for is the same; the crates refuse such short digests as they are.
fn padded_digest(key: &PublicKey, algorithm: &SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>> {
    let hash = algorithm.hash().ok_or(ErrorKind::KeyMismatch)?;
    let digest = hash.digest(message);
    let half = field_length(key)?.div_ceil(2);
    let mut padded = vec![0; half.saturating_sub(digest.len())];
    padded.extend(digest);
    Ok(padded)
}

/// The length of a field element in octets.
fn field_length(key: &PublicKey) -> Result<usize> {
    match key.algorithm() {
        PublicKeyAlgorithm::P256 => Ok(32),
        PublicKeyAlgorithm::P384 => Ok(48),
        PublicKeyAlgorithm::P521 => Ok(66),
        _ => Err(ErrorKind::KeyMismatch.into()),
    }
}

/// Turns a DER `Ecdsa-Sig-Value` into r and s side by side, as WebCrypto wants them.
///
/// # Errors
/// [`ErrorKind::KeyMismatch`] for a key that is not on a known curve, [`ErrorKind::BadSignature`] when
/// the bytes are no such structure or a number does not fit the curve.
pub fn ecdsa_der_to_raw(key: &PublicKey, signature: &[u8]) -> Result<Vec<u8>> {
    let length = field_length(key)?;
    let halves = || -> Result<[&[u8]; 2]> {
        let mut fields = tlv::only(signature, tlv::SEQUENCE, "signature")?.inside();
        let r = fields.take(tlv::INTEGER, "signature r")?.content;
        let s = fields.take(tlv::INTEGER, "signature s")?.content;
        fields.end()?;
        Ok([r, s])
    };
    let mut out = Vec::with_capacity(length * 2);
    for half in halves().map_err(|_| ErrorKind::BadSignature)? {
        let negative = half.first().is_none_or(|octet| *octet >= 0x80);
        let start = half.iter().position(|octet| *octet != 0);
        let digits = &half[start.unwrap_or(half.len())..];
        if negative || digits.len() > length {
            return Err(ErrorKind::BadSignature.into());
        }
        out.resize(out.len() + length - digits.len(), 0);
        out.extend_from_slice(digits);
    }
    Ok(out)
}

/// Turns r and s side by side, as WebCrypto gives them, into a DER `Ecdsa-Sig-Value`.
///
/// # Errors
/// [`ErrorKind::BadSignature`] for an empty or odd number of octets.
pub fn ecdsa_raw_to_der(signature: &[u8]) -> Result<Vec<u8>> {
    if signature.is_empty() || !signature.len().is_multiple_of(2) {
        return Err(ErrorKind::BadSignature.into());
    }
    let mut content = Vec::with_capacity(signature.len() + 6);
    for half in signature.chunks(signature.len() / 2) {
        let number = UintRef::new(half).and_then(|number| number.to_der());
        content.extend(number.map_err(|_| ErrorKind::BadSignature)?);
    }
    Ok(tlv::write(tlv::SEQUENCE, &content))
}
