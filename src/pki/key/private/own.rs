//! Taking back a private key that this program has written: its public half is copied out, not computed again.
//!
//! Leaves out whether the numbers fit together: [`PrivateKey::from_pkcs8`] finds that out, with arithmetic that the
//! page's own program can do without.

use zeroize::Zeroizing;

use super::super::{EC_PUBLIC_KEY, ED25519, PublicKey, RSA_ENCRYPTION, RSA_PSS};
use super::{PrivateKey, dotted};
use crate::error::{ErrorKind, Result};
use crate::tlv::{self, encode};

impl PrivateKey {
    /// Takes back what [`PrivateKey::pkcs8`] gave, from a place that nobody else writes to.
    ///
    /// Only the structure is checked: what is used to sign with goes through [`PrivateKey::from_pkcs8`] first.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] for another structure, [`ErrorKind::UnsupportedAlgorithm`] for a key of another
    /// algorithm, [`ErrorKind::BadKey`] for one on a curve without its public half.
    pub fn from_own_pkcs8(der: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, "private key")?.inside();
        fields.take(tlv::INTEGER, "private key version")?;
        let algorithm = fields.take(tlv::SEQUENCE, "private key algorithm")?;
        let key = fields.take(tlv::OCTET_STRING, "private key octets")?.content;
        fields.end()?;
        let oid = dotted(&algorithm.inside().take(tlv::OID, "private key algorithm")?)?;
        let bits = match oid.as_str() {
            RSA_ENCRYPTION | RSA_PSS => rsa_numbers(key)?,
            EC_PUBLIC_KEY => point(key)?,
            ED25519 => {
                let seed = tlv::only(key, tlv::OCTET_STRING, "Ed25519 key")?.content;
                return Self::from_ed25519_seed(seed);
            }
            _ => return Err(ErrorKind::UnsupportedAlgorithm { oid }.into()),
        };
        let bits = tlv::write(tlv::BIT_STRING, &[&[0], &*bits].concat());
        Ok(Self {
            pkcs8: Zeroizing::new(der.to_vec()),
            public: PublicKey::from_spki(&encode::sequence(&[algorithm.whole, &bits]))?,
        })
    }
}

/// The `RSAPublicKey` of an `RSAPrivateKey` (RFC 8017 appendix A.1).
fn rsa_numbers(key: &[u8]) -> Result<Vec<u8>> {
    let mut fields = tlv::only(key, tlv::SEQUENCE, "RSA key")?.inside();
    fields.take(tlv::INTEGER, "RSA key version")?;
    let modulus = fields.take(tlv::INTEGER, "modulus")?;
    let exponent = fields.take(tlv::INTEGER, "public exponent")?;
    Ok(encode::sequence(&[modulus.whole, exponent.whole]))
}

/// The point in an `ECPrivateKey` (RFC 5915).
fn point(key: &[u8]) -> Result<Vec<u8>> {
    let mut fields = tlv::only(key, tlv::SEQUENCE, "EC key")?.inside();
    fields.take(tlv::INTEGER, "EC key version")?;
    fields.take(tlv::OCTET_STRING, "EC key octets")?;
    fields.optional(tlv::explicit(0), "curve")?;
    let wrapper = fields.optional(tlv::explicit(1), "EC public key")?.ok_or(ErrorKind::BadKey)?;
    let bits = wrapper.inside().take(tlv::BIT_STRING, "EC public key")?;
    Ok(bits.content.get(1..).unwrap_or_default().to_vec())
}
