//! Signature algorithms: their identifiers, which fit a key, signing and verifying in software.
//!
//! Leaves out who may sign what (`path`, `usage`) and MD5, which nothing here accepts.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::algorithm;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{PrivateKey, PublicKey, PublicKeyAlgorithm};
use crate::tlv;

mod choice;
mod ecdsa;
mod hash;
mod identifier;
mod rsa;

pub use ecdsa::{ecdsa_der_to_raw, ecdsa_raw_to_der};
pub use hash::HashAlgorithm;

/// An algorithm that certificates, requests and revocation lists are signed with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-1.
    RsaSha1,
    /// RSASSA-PKCS1-v1_5 with SHA-224.
    RsaSha224,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RsaSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaSha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaSha512,
    /// RSASSA-PSS with one hash for message and mask (RFC 4055).
    RsaPss {
        /// The hash.
        hash: HashAlgorithm,
        /// The length of the salt in octets.
        salt_len: u32,
    },
    /// ECDSA with SHA-1.
    EcdsaSha1,
    /// ECDSA with SHA-224.
    EcdsaSha224,
    /// ECDSA with SHA-256.
    EcdsaSha256,
    /// ECDSA with SHA-384.
    EcdsaSha384,
    /// ECDSA with SHA-512.
    EcdsaSha512,
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Any other, by its dotted object identifier; RSASSA-PSS too when its parameters are unusual.
    Other(String),
}

impl SignatureAlgorithm {
    /// Reads a DER `AlgorithmIdentifier`; what is not known becomes [`SignatureAlgorithm::Other`].
    ///
    /// Laxer than RFC 5758 and RFC 8410: parameters of the wrong kind are passed over, except for RSASSA-PSS.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] when the bytes are no single `AlgorithmIdentifier`.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        identifier::read(&tlv::only(der, tlv::SEQUENCE, "signature algorithm")?)
    }

    pub(crate) fn from_tlv(element: &tlv::Tlv<'_>) -> Result<Self> {
        identifier::read(&element.expect(tlv::SEQUENCE, "signature algorithm")?)
    }

    /// Writes the DER `AlgorithmIdentifier`. One read as [`SignatureAlgorithm::Other`] loses its parameters.
    pub fn to_der(&self) -> Vec<u8> {
        identifier::write(self)
    }

    /// The dotted object identifier.
    pub fn oid(&self) -> &str {
        identifier::oid(self)
    }

    /// The name to show.
    pub fn label(&self) -> String {
        let name = match self {
            Self::Ed25519 => "Ed25519",
            Self::Other(oid) => algorithm::name(oid).unwrap_or(oid),
            Self::RsaPss { hash, .. } => return format!("RSA-PSS with {}", hash.label()),
            known => {
                let family = if known.is_rsa() { "RSA" } else { "ECDSA" };
                let hash = known.hash().map_or("", HashAlgorithm::label);
                return format!("{family} with {hash}");
            }
        };
        name.to_owned()
    }

    /// The hash of the message; none for Ed25519 and unknown algorithms.
    pub const fn hash(&self) -> Option<HashAlgorithm> {
        match self {
            Self::RsaSha1 | Self::EcdsaSha1 => Some(HashAlgorithm::Sha1),
            Self::RsaSha224 | Self::EcdsaSha224 => Some(HashAlgorithm::Sha224),
            Self::RsaSha256 | Self::EcdsaSha256 => Some(HashAlgorithm::Sha256),
            Self::RsaSha384 | Self::EcdsaSha384 => Some(HashAlgorithm::Sha384),
            Self::RsaSha512 | Self::EcdsaSha512 => Some(HashAlgorithm::Sha512),
            Self::RsaPss { hash, .. } => Some(*hash),
            Self::Ed25519 | Self::Other(_) => None,
        }
    }

    const fn is_rsa(&self) -> bool {
        matches!(self, Self::RsaSha1 | Self::RsaSha224 | Self::RsaSha256 | Self::RsaSha384 | Self::RsaSha512)
    }

    const fn is_ecdsa(&self) -> bool {
        matches!(
            self,
            Self::EcdsaSha1 | Self::EcdsaSha224 | Self::EcdsaSha256 | Self::EcdsaSha384 | Self::EcdsaSha512
        )
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

/// Verifies a signature in software.
///
/// RSA moduli of 512 to 16384 bits are taken, SHA-1 too: whether that is acceptable is a policy for others.
///
/// # Errors
/// [`ErrorKind::BadSignature`] when it does not fit, [`ErrorKind::KeyMismatch`] when the algorithm is
/// for another type of key, [`ErrorKind::BadKey`] for an unusable key and
/// [`ErrorKind::UnsupportedAlgorithm`] for an algorithm or curve that is not known.
pub fn verify(
    key: &PublicKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<()> {
    check_pair(key, algorithm)?;
    match algorithm {
        SignatureAlgorithm::Ed25519 => verify_ed25519(key, message, signature),
        SignatureAlgorithm::Other(oid) => Err(unsupported(oid)),
        ecdsa if ecdsa.is_ecdsa() => ecdsa::verify(key, algorithm, message, signature),
        _ => rsa::verify(key, algorithm, message, signature),
    }
}

/// Signs with a private key in software; see [`PrivateKey::sign`].
pub(crate) fn sign(
    key: &PrivateKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>> {
    check_pair(key.public(), algorithm)?;
    match algorithm {
        SignatureAlgorithm::Ed25519 => sign_ed25519(key, message),
        SignatureAlgorithm::Other(oid) => Err(unsupported(oid)),
        ecdsa if ecdsa.is_ecdsa() => ecdsa::sign(key, algorithm, message),
        _ => rsa::sign(key, algorithm, message, rng),
    }
}

/// Refuses an algorithm for another type of key.
fn check_pair(key: &PublicKey, algorithm: &SignatureAlgorithm) -> Result<()> {
    let fits = match (key.algorithm(), algorithm) {
        (_, SignatureAlgorithm::Other(oid)) | (PublicKeyAlgorithm::Other(oid), _) => {
            return Err(unsupported(oid));
        }
        (PublicKeyAlgorithm::Rsa { .. }, SignatureAlgorithm::RsaPss { .. }) => true,
        (PublicKeyAlgorithm::Rsa { .. }, algorithm) => algorithm.is_rsa() && !key.is_rsa_pss(),
        (PublicKeyAlgorithm::Ed25519, algorithm) => *algorithm == SignatureAlgorithm::Ed25519,
        (_, algorithm) => algorithm.is_ecdsa(),
    };
    if fits { Ok(()) } else { Err(ErrorKind::KeyMismatch.into()) }
}

fn unsupported(oid: &str) -> Error {
    ErrorKind::UnsupportedAlgorithm { oid: oid.to_owned() }.into()
}

fn verify_ed25519(key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<()> {
    let bytes = <&[u8; 32]>::try_from(key.bits()).map_err(|_| ErrorKind::BadKey)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| ErrorKind::BadKey)?;
    let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| ErrorKind::BadSignature)?;
    // Stricter than RFC 8032: keys and points of small order are refused.
    key.verify_strict(message, &signature).map_err(|_| ErrorKind::BadSignature.into())
}

fn sign_ed25519(key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>> {
    use ed25519_dalek::Signer;
    let seed = key.octets()?.get(2..).ok_or(ErrorKind::BadKey)?;
    let seed = <&[u8; 32]>::try_from(seed).map_err(|_| ErrorKind::BadKey)?;
    let key = ed25519_dalek::SigningKey::from_bytes(seed);
    Ok(key.sign(message).to_bytes().to_vec())
}

#[cfg(test)]
mod tests;
