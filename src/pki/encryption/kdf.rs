//! Key derivation and HMAC over the hashes that containers use.
//!
//! Iteration limits are checked by the callers.

use super::iterate;
use blake2::Blake2b512;
use const_oid::ObjectIdentifier;
use digest::block_api::BlockSizeUser;
use digest::{Digest, KeyInit, Mac};
use hmac::SimpleHmac;
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use zeroize::Zeroizing;

/// A hash function of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512_224,
    Sha512_256,
    Blake2b512,
}

/// Hash, OID of the hash, OID of HMAC with it.
const OIDS: [(Hash, &str, &str); 9] = [
    (Hash::Md5, "1.2.840.113549.2.5", "1.2.840.113549.2.6"),
    (Hash::Sha1, "1.3.14.3.2.26", "1.2.840.113549.2.7"),
    (Hash::Sha224, "2.16.840.1.101.3.4.2.4", "1.2.840.113549.2.8"),
    (Hash::Sha256, "2.16.840.1.101.3.4.2.1", "1.2.840.113549.2.9"),
    (Hash::Sha384, "2.16.840.1.101.3.4.2.2", "1.2.840.113549.2.10"),
    (Hash::Sha512, "2.16.840.1.101.3.4.2.3", "1.2.840.113549.2.11"),
    (Hash::Sha512_224, "2.16.840.1.101.3.4.2.5", "1.2.840.113549.2.12"),
    (Hash::Sha512_256, "2.16.840.1.101.3.4.2.6", "1.2.840.113549.2.13"),
    (Hash::Blake2b512, "1.3.6.1.4.1.1722.12.2.1.16", "1.3.6.1.4.1.1722.12.2.1.16.1"),
];

/// What derived bytes are for (RFC 7292 appendix B.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

impl Hash {
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
        let text = oid.to_string();
        OIDS.iter().find(|row| row.1 == text).map(|row| row.0)
    }

    pub(crate) fn from_hmac_oid(oid: ObjectIdentifier) -> Option<Self> {
        let text = oid.to_string();
        OIDS.iter().find(|row| row.2 == text).map(|row| row.0)
    }

    pub(crate) fn oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(self.row().1)
    }

    pub(crate) fn hmac_oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(self.row().2)
    }

    fn row(self) -> (Hash, &'static str, &'static str) {
        OIDS.into_iter().find(|row| row.0 == self).unwrap_or(OIDS[0])
    }

    /// Octets of a hash value.
    pub(crate) fn size(self) -> usize {
        match self {
            Hash::Md5 => 16,
            Hash::Sha1 => 20,
            Hash::Sha224 | Hash::Sha512_224 => 28,
            Hash::Sha256 | Hash::Sha512_256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 | Hash::Blake2b512 => 64,
        }
    }
}

/// Calls a generic function with the type of a hash.
macro_rules! with_hash {
    ($hash:expr, $function:ident ( $($argument:expr),* )) => {
        match $hash {
            Hash::Md5 => $function::<Md5>($($argument),*),
            Hash::Sha1 => $function::<Sha1>($($argument),*),
            Hash::Sha224 => $function::<Sha224>($($argument),*),
            Hash::Sha256 => $function::<Sha256>($($argument),*),
            Hash::Sha384 => $function::<Sha384>($($argument),*),
            Hash::Sha512 => $function::<Sha512>($($argument),*),
            Hash::Sha512_224 => $function::<Sha512_224>($($argument),*),
            Hash::Sha512_256 => $function::<Sha512_256>($($argument),*),
            Hash::Blake2b512 => $function::<Blake2b512>($($argument),*),
        }
    };
}

/// The derivation of RFC 7292 appendix B.2; `password` is a BMPString with its two zero octets, or empty.
pub(crate) fn pkcs12(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    purpose: Purpose,
    iterations: u64,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    with_hash!(hash, pkcs12_with(password, salt, purpose, iterations, size))
}

fn pkcs12_with<D: Digest + BlockSizeUser>(
    password: &[u8],
    salt: &[u8],
    purpose: Purpose,
    iterations: u64,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    let block = <D as BlockSizeUser>::block_size();
    let fill = |source: &[u8]| -> Zeroizing<Vec<u8>> {
        let size = source.len().div_ceil(block) * block;
        Zeroizing::new(source.iter().copied().cycle().take(size).collect())
    };
    let diversifier = vec![purpose as u8; block];
    let mut input = fill(salt);
    input.extend_from_slice(&fill(password));
    let mut out = Zeroizing::new(Vec::with_capacity(size + block));
    loop {
        let mut value = D::new().chain_update(&diversifier).chain_update(&*input).finalize();
        for _ in 1..iterations {
            value = D::digest(&value);
        }
        out.extend_from_slice(&value);
        if out.len() >= size {
            out.truncate(size);
            return out;
        }
        // Each block of the input plus the repeated hash plus one, modulo the block.
        let addend = fill(&value[..value.len().min(block)]);
        for chunk in input.chunks_exact_mut(block) {
            let mut carry = 1;
            for (octet, add) in chunk.iter_mut().zip(&addend[..block]).rev() {
                carry += u16::from(*octet) + u16::from(*add);
                *octet = carry as u8;
                carry >>= 8;
            }
        }
    }
}

/// PBKDF1 of RFC 8018 section 5.1, all octets of the last hash.
pub(crate) fn pbkdf1(hash: Hash, password: &[u8], salt: &[u8], iterations: u64) -> Zeroizing<Vec<u8>> {
    with_hash!(hash, pbkdf1_with(password, salt, iterations))
}

fn pbkdf1_with<D: Digest>(password: &[u8], salt: &[u8], iterations: u64) -> Zeroizing<Vec<u8>> {
    let mut value = D::new().chain_update(password).chain_update(salt).finalize();
    for _ in 1..iterations {
        value = D::digest(&value);
    }
    Zeroizing::new(value.to_vec())
}

/// PBKDF2 of RFC 8018 section 5.2 with HMAC.
pub(crate) fn pbkdf2(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    with_hash!(hash, pbkdf2_with(hash, password, salt, iterations, size))
}

fn pbkdf2_with<D: Digest + BlockSizeUser + Clone>(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    let keyed = keyed::<D>(password);
    let mut key = Zeroizing::new(vec![0; <D as BlockSizeUser>::block_size()]);
    if password.len() <= key.len() {
        key[..password.len()].copy_from_slice(password);
    } else {
        key[..hash.size()].copy_from_slice(&D::digest(password));
    }
    let mut out = Zeroizing::new(Vec::with_capacity(size + hash.size()));
    for index in 1..=size.div_ceil(hash.size()) as u32 {
        let mut first = keyed.clone();
        first.update(salt);
        first.update(&index.to_be_bytes());
        let start = out.len();
        out.extend_from_slice(&first.finalize().into_bytes());
        let count = iterations.saturating_sub(1);
        if !iterate::finish(hash, &key, &mut out[start..], count) {
            iterate_slowly(&keyed, &mut out[start..], count);
        }
    }
    out.truncate(size);
    out
}

fn iterate_slowly<D: Digest + BlockSizeUser + Clone>(keyed: &SimpleHmac<D>, sum: &mut [u8], count: u64) {
    let mut value = Zeroizing::new(sum.to_vec());
    for _ in 0..count {
        let next = keyed.clone().chain_update(&*value).finalize().into_bytes();
        value.copy_from_slice(&next);
        for (octet, add) in sum.iter_mut().zip(&*value) {
            *octet ^= add;
        }
    }
}

/// HMAC with a fresh key.
pub(crate) fn hmac(hash: Hash, key: &[u8], message: &[u8]) -> Vec<u8> {
    with_hash!(hash, hmac_with(key, message))
}

fn hmac_with<D: Digest + BlockSizeUser + Clone>(key: &[u8], message: &[u8]) -> Vec<u8> {
    keyed::<D>(key).chain_update(message).finalize().into_bytes().to_vec()
}

fn keyed<D: Digest + BlockSizeUser + Clone>(key: &[u8]) -> SimpleHmac<D> {
    match <SimpleHmac<D> as KeyInit>::new_from_slice(key) {
        Ok(keyed) => keyed,
        Err(_) => unreachable!("HMAC takes a key of any length"),
    }
}
