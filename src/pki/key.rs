//! Public keys as their exact bytes, private keys that never show theirs, and the kinds on offer.
//!
//! Leaves out signatures (`signature`) and encrypted key files (`input`, `pkcs12`).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::algorithm;
use crate::error::{Error, Result};
use crate::tlv::{self, Cursor, Tlv};

mod ml_dsa;
mod ml_kem;
mod outline;
mod private;

pub use outline::{Expansion, Outline, outline};
pub use private::PrivateKey;

pub(crate) const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";
pub(crate) const RSA_PSS: &str = "1.2.840.113549.1.1.10";
pub(crate) const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";
pub(crate) const P256: &str = "1.2.840.10045.3.1.7";
pub(crate) const P384: &str = "1.3.132.0.34";
pub(crate) const P521: &str = "1.3.132.0.35";
pub(crate) const ED25519: &str = "1.3.101.112";

/// The kinds of key that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum KeyKind {
    /// RSA with a modulus of 2048 bits.
    Rsa2048,
    /// RSA with a modulus of 3072 bits.
    Rsa3072,
    /// RSA with a modulus of 4096 bits.
    Rsa4096,
    /// ECDSA on the curve P-256.
    P256,
    /// ECDSA on the curve P-384.
    P384,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl KeyKind {
    /// Every kind, in the order to offer them.
    pub const ALL: [Self; 6] =
        [Self::Rsa2048, Self::Rsa3072, Self::Rsa4096, Self::P256, Self::P384, Self::Ed25519];

    /// The name to show.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Rsa2048 => "RSA 2048",
            Self::Rsa3072 => "RSA 3072",
            Self::Rsa4096 => "RSA 4096",
            Self::P256 => "ECDSA P-256",
            Self::P384 => "ECDSA P-384",
            Self::Ed25519 => "Ed25519",
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// What a public key is for, from its algorithm identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PublicKeyAlgorithm {
    /// RSA, also when the identifier is id-RSASSA-PSS.
    Rsa {
        /// The length of the modulus.
        bits: u32,
    },
    /// The curve P-256.
    P256,
    /// The curve P-384.
    P384,
    /// The curve P-521.
    P521,
    /// Ed25519.
    Ed25519,
    /// Any other, by the dotted object identifier of the curve or else of the algorithm.
    Other(String),
}

/// A `SubjectPublicKeyInfo` of [RFC 5280 section 4.1.2.7], held as its exact DER bytes.
///
/// ```text
/// SubjectPublicKeyInfo ::= SEQUENCE {
///     algorithm         AlgorithmIdentifier,
///     subjectPublicKey  BIT STRING }
/// ```
///
/// That the key itself is sound (a point on its curve, a usable modulus) is checked only when it is used.
///
/// [RFC 5280 section 4.1.2.7]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.7
#[derive(Clone)]
pub struct PublicKey {
    der: Arc<[u8]>,
    algorithm: PublicKeyAlgorithm,
    key: Range<usize>,
    is_pss: bool,
}

impl PublicKey {
    /// Keeps a key's bytes, after a look at its structure.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] when the bytes are no single `SubjectPublicKeyInfo`.
    pub fn from_spki(der: &[u8]) -> Result<Self> {
        Self::from_tlv(&tlv::only(der, tlv::SEQUENCE, "public key")?)
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let mut fields = element.expect(tlv::SEQUENCE, "public key")?.inside();
        let algorithm = fields.take(tlv::SEQUENCE, "public key algorithm")?;
        let bits = fields.take(tlv::BIT_STRING, "public key bits")?;
        fields.end()?;
        let mut algorithm = algorithm.inside();
        let oid = algorithm.take(tlv::OID, "public key algorithm")?;
        let oid = tlv::dotted(oid.content).ok_or_else(|| Error::der("public key algorithm", oid.range()))?;
        let content =
            bits.content.split_first().ok_or_else(|| Error::der("public key bits", bits.range()))?.1;
        let end = element.whole.len();
        Ok(Self {
            der: element.whole.into(),
            is_pss: oid == RSA_PSS,
            algorithm: algorithm_of(oid, algorithm, content),
            key: end - content.len()..end,
        })
    }

    /// The exact DER bytes of the `SubjectPublicKeyInfo`.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// What the key is for.
    pub const fn algorithm(&self) -> &PublicKeyAlgorithm {
        &self.algorithm
    }

    /// The content of the `subjectPublicKey` BIT STRING, without the count of unused bits.
    pub fn bits(&self) -> &[u8] {
        &self.der[self.key.clone()]
    }

    /// Whether the identifier is id-RSASSA-PSS, which forbids PKCS#1 v1.5 signatures (RFC 4055 section 1.2).
    pub const fn is_rsa_pss(&self) -> bool {
        self.is_pss
    }

    /// The name to show: `RSA 2048`, `ECDSA P-256`, `ML-DSA-65`, or a dotted object identifier that has no name.
    pub fn label(&self) -> String {
        match &self.algorithm {
            PublicKeyAlgorithm::Rsa { bits } => format!("RSA {bits}"),
            PublicKeyAlgorithm::P256 => "ECDSA P-256".to_owned(),
            PublicKeyAlgorithm::P384 => "ECDSA P-384".to_owned(),
            PublicKeyAlgorithm::P521 => "ECDSA P-521".to_owned(),
            PublicKeyAlgorithm::Ed25519 => "Ed25519".to_owned(),
            PublicKeyAlgorithm::Other(oid) => algorithm::name(oid).unwrap_or(oid).to_owned(),
        }
    }

    /// The dotted object identifier of the algorithm, for elliptic curves with a name that of the curve.
    pub fn algorithm_oid(&self) -> String {
        match &self.algorithm {
            PublicKeyAlgorithm::Rsa { .. } if self.is_pss => RSA_PSS,
            PublicKeyAlgorithm::Rsa { .. } => RSA_ENCRYPTION,
            PublicKeyAlgorithm::P256 => P256,
            PublicKeyAlgorithm::P384 => P384,
            PublicKeyAlgorithm::P521 => P521,
            PublicKeyAlgorithm::Ed25519 => ED25519,
            PublicKeyAlgorithm::Other(oid) => oid,
        }
        .to_owned()
    }

    /// The kind, when it is one of those that can be made.
    pub const fn kind(&self) -> Option<KeyKind> {
        match self.algorithm {
            PublicKeyAlgorithm::Rsa { bits: 2048 } => Some(KeyKind::Rsa2048),
            PublicKeyAlgorithm::Rsa { bits: 3072 } => Some(KeyKind::Rsa3072),
            PublicKeyAlgorithm::Rsa { bits: 4096 } => Some(KeyKind::Rsa4096),
            PublicKeyAlgorithm::P256 => Some(KeyKind::P256),
            PublicKeyAlgorithm::P384 => Some(KeyKind::P384),
            PublicKeyAlgorithm::Ed25519 => Some(KeyKind::Ed25519),
            _ => None,
        }
    }

    /// The SHA-256 of the whole `SubjectPublicKeyInfo`.
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// The SHA-1 of the key's bits: method (1) of RFC 5280 section 4.2.1.2.
    pub fn key_identifier(&self) -> [u8; 20] {
        Sha1::digest(self.bits()).into()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for PublicKey {}

impl Hash for PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.der.hash(state);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.label())
    }
}

fn algorithm_of(oid: String, mut parameters: Cursor<'_>, key: &[u8]) -> PublicKeyAlgorithm {
    match oid.as_str() {
        RSA_ENCRYPTION | RSA_PSS => match modulus_bits(key) {
            Some(bits) => PublicKeyAlgorithm::Rsa { bits },
            None => PublicKeyAlgorithm::Other(oid),
        },
        EC_PUBLIC_KEY => {
            let curve = parameters.take(tlv::OID, "curve").ok();
            match curve.and_then(|curve| tlv::dotted(curve.content)) {
                Some(curve) => match curve.as_str() {
                    P256 => PublicKeyAlgorithm::P256,
                    P384 => PublicKeyAlgorithm::P384,
                    P521 => PublicKeyAlgorithm::P521,
                    _ => PublicKeyAlgorithm::Other(curve),
                },
                None => PublicKeyAlgorithm::Other(oid),
            }
        }
        ED25519 => PublicKeyAlgorithm::Ed25519,
        _ => PublicKeyAlgorithm::Other(oid),
    }
}

/// The bit length of the modulus in an `RSAPublicKey` (RFC 8017 appendix A.1.1).
fn modulus_bits(key: &[u8]) -> Option<u32> {
    let mut fields = tlv::only(key, tlv::SEQUENCE, "RSA key").ok()?.inside();
    let modulus = fields.take(tlv::INTEGER, "modulus").ok()?.content;
    let start = modulus.iter().position(|octet| *octet != 0)?;
    let bits = (modulus.len() - start) * 8 - modulus[start].leading_zeros() as usize;
    u32::try_from(bits).ok()
}

#[cfg(test)]
mod tests;
