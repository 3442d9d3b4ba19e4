//! RSA signatures: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017).
//!
//! Leaves out encryption.

use rand_core::CryptoRng;
use rsa::pkcs1::{DecodeRsaPrivateKey, RsaPublicKeyRef};
use rsa::traits::SignatureScheme;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::{HashAlgorithm, SignatureAlgorithm, unsupported};
use crate::error::{ErrorKind, Result};
use crate::key::{PrivateKey, PublicKey};

/// Laxer than today's practice, so that an old certificate's signature can still be judged.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 512..=16_384;

pub(super) fn verify(
    key: &PublicKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<()> {
    let key = public(key)?;
    let (hash, salt) = parameters(algorithm)?;
    let digest = hash.digest(message);
    let outcome = match (salt, hash) {
        (None, _) => key.verify(pkcs1(hash), &digest, signature),
        (Some(salt), HashAlgorithm::Sha1) => key.verify(pss::<Sha1>(salt), &digest, signature),
        (Some(salt), HashAlgorithm::Sha224) => key.verify(pss::<Sha224>(salt), &digest, signature),
        (Some(salt), HashAlgorithm::Sha256) => key.verify(pss::<Sha256>(salt), &digest, signature),
        (Some(salt), HashAlgorithm::Sha384) => key.verify(pss::<Sha384>(salt), &digest, signature),
        (Some(salt), HashAlgorithm::Sha512) => key.verify(pss::<Sha512>(salt), &digest, signature),
    };
    outcome.map_err(|_| ErrorKind::BadSignature.into())
}

pub(super) fn sign(
    key: &PrivateKey,
    algorithm: &SignatureAlgorithm,
    message: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>> {
    let key = rsa::PrivateKey::from_pkcs1_der(key.octets()?).map_err(|_| ErrorKind::BadKey)?;
    let (hash, salt) = parameters(algorithm)?;
    let digest = hash.digest(message);
    let made = match (salt, hash) {
        (None, _) => key.sign_with_rng(rng, pkcs1(hash), &digest),
        (Some(salt), HashAlgorithm::Sha1) => key.sign_with_rng(rng, pss::<Sha1>(salt), &digest),
        (Some(salt), HashAlgorithm::Sha224) => key.sign_with_rng(rng, pss::<Sha224>(salt), &digest),
        (Some(salt), HashAlgorithm::Sha256) => key.sign_with_rng(rng, pss::<Sha256>(salt), &digest),
        (Some(salt), HashAlgorithm::Sha384) => key.sign_with_rng(rng, pss::<Sha384>(salt), &digest),
        (Some(salt), HashAlgorithm::Sha512) => key.sign_with_rng(rng, pss::<Sha512>(salt), &digest),
    };
    made.map_err(|error| ErrorKind::EngineFailed { what: error.to_string() }.into())
}

fn public(key: &PublicKey) -> Result<rsa::PublicKey> {
    let fields = RsaPublicKeyRef::try_from(key.bits()).map_err(|_| ErrorKind::BadKey)?;
    let modulus = BoxedUint::from_be_slice_vartime(fields.modulus.as_bytes());
    let exponent = BoxedUint::from_be_slice_vartime(fields.public_exponent.as_bytes());
    rsa::PublicKey::new_with_size_limits(modulus, exponent, MODULUS_BITS)
        .map_err(|_| ErrorKind::BadKey.into())
}

fn parameters(algorithm: &SignatureAlgorithm) -> Result<(HashAlgorithm, Option<usize>)> {
    match algorithm {
        SignatureAlgorithm::RsaPss { hash, salt_len } => Ok((*hash, Some(*salt_len as usize))),
        other => other.hash().map(|hash| (hash, None)).ok_or_else(|| unsupported(other.oid())),
    }
}

fn pkcs1(hash: HashAlgorithm) -> Pkcs1v15Sign {
    match hash {
        HashAlgorithm::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        HashAlgorithm::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
        HashAlgorithm::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        HashAlgorithm::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        HashAlgorithm::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    }
}

fn pss<D>(salt: usize) -> Pss<D>
where
    D: digest::Digest,
    Pss<D>: SignatureScheme,
{
    Pss::new_blinded_with_salt(salt)
}
