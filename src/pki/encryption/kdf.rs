//! Key derivation and HMAC over the hashes that containers use.
//!
//! Iteration limits are checked by the callers.

use super::iterate;
use blake2::Blake2b512;
use const_oid::ObjectIdentifier;
use digest::{Digest, FixedOutputReset};
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

/// A hash in the making, whichever it is. One copy of each derivation serves all hashes: written out for each type they
/// were a fiftieth of the page's program.
trait Hashing {
    fn update(&mut self, octets: &[u8]);
    /// Writes the value, which is as long as `out`, and begins anew.
    fn finish(&mut self, out: &mut [u8]);
    fn copy(&self) -> Box<dyn Hashing>;
}

impl<D: Digest + FixedOutputReset + Clone + 'static> Hashing for D {
    fn update(&mut self, octets: &[u8]) {
        Digest::update(self, octets);
    }

    fn finish(&mut self, out: &mut [u8]) {
        out.copy_from_slice(&self.finalize_reset());
    }

    fn copy(&self) -> Box<dyn Hashing> {
        Box::new(self.clone())
    }
}

impl Hash {
    fn start(self) -> Box<dyn Hashing> {
        match self {
            Hash::Md5 => Box::new(Md5::new()),
            Hash::Sha1 => Box::new(Sha1::new()),
            Hash::Sha224 => Box::new(Sha224::new()),
            Hash::Sha256 => Box::new(Sha256::new()),
            Hash::Sha384 => Box::new(Sha384::new()),
            Hash::Sha512 => Box::new(Sha512::new()),
            Hash::Sha512_224 => Box::new(Sha512_224::new()),
            Hash::Sha512_256 => Box::new(Sha512_256::new()),
            Hash::Blake2b512 => Box::new(Blake2b512::new()),
        }
    }

    /// Octets of a block of its compression function.
    fn block_size(self) -> usize {
        match self {
            Hash::Md5 | Hash::Sha1 | Hash::Sha224 | Hash::Sha256 => 64,
            _ => 128,
        }
    }

    /// The value of some octets, in as many as [`Hash::size`] says.
    fn value(self, pieces: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        let mut value = Zeroizing::new(vec![0; self.size()]);
        let mut hashing = self.start();
        pieces.iter().for_each(|piece| hashing.update(piece));
        hashing.finish(&mut value);
        value
    }
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
    let block = hash.block_size();
    let fill = |source: &[u8]| -> Zeroizing<Vec<u8>> {
        let size = source.len().div_ceil(block) * block;
        Zeroizing::new(source.iter().copied().cycle().take(size).collect())
    };
    let diversifier = vec![purpose as u8; block];
    let mut input = fill(salt);
    input.extend_from_slice(&fill(password));
    let mut out = Zeroizing::new(Vec::with_capacity(size + block));
    loop {
        let value = repeated(hash, &[&diversifier, &input], iterations);
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
    repeated(hash, &[password, salt], iterations)
}

/// The hash of the hash of some octets, and so on.
fn repeated(hash: Hash, pieces: &[&[u8]], iterations: u64) -> Zeroizing<Vec<u8>> {
    let mut value = hash.value(pieces);
    let mut hashing = hash.start();
    for _ in 1..iterations {
        hashing.update(&value);
        hashing.finish(&mut value);
    }
    value
}

/// PBKDF2 of RFC 8018 section 5.2 with HMAC.
pub(crate) fn pbkdf2(
    hash: Hash,
    password: &[u8],
    salt: &[u8],
    iterations: u64,
    size: usize,
) -> Zeroizing<Vec<u8>> {
    let keyed = Keyed::new(hash, password);
    let mut out = Zeroizing::new(Vec::with_capacity(size + hash.size()));
    let mut sum = Zeroizing::new(vec![0; hash.size()]);
    for index in 1..=size.div_ceil(hash.size()) as u32 {
        keyed.value(&[salt, &index.to_be_bytes()], &mut sum);
        let count = iterations.saturating_sub(1);
        if !iterate::finish(hash, &keyed.key, &mut sum, count) {
            iterate_slowly(&keyed, &mut sum, count);
        }
        out.extend_from_slice(&sum);
    }
    out.truncate(size);
    out
}

fn iterate_slowly(keyed: &Keyed, sum: &mut [u8], count: u64) {
    let mut value = Zeroizing::new(sum.to_vec());
    let mut next = value.clone();
    for _ in 0..count {
        keyed.value(&[&value], &mut next);
        value.copy_from_slice(&next);
        for (octet, add) in sum.iter_mut().zip(&*value) {
            *octet ^= add;
        }
    }
}

/// HMAC with a fresh key.
pub(crate) fn hmac(hash: Hash, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut value = vec![0; hash.size()];
    Keyed::new(hash, key).value(&[message], &mut value);
    value
}

/// HMAC (RFC 2104) with a key that both hashes have taken in.
struct Keyed {
    /// The key in the octets of one block.
    key: Zeroizing<Vec<u8>>,
    inner: Box<dyn Hashing>,
    outer: Box<dyn Hashing>,
}

impl Keyed {
    fn new(hash: Hash, key: &[u8]) -> Self {
        let mut block = Zeroizing::new(vec![0; hash.block_size()]);
        if key.len() <= block.len() {
            block[..key.len()].copy_from_slice(key);
        } else {
            block[..hash.size()].copy_from_slice(&hash.value(&[key]));
        }
        let begun = |pad: u8| {
            let mut hashing = hash.start();
            hashing.update(&Zeroizing::new(block.iter().map(|octet| octet ^ pad).collect::<Vec<u8>>()));
            hashing
        };
        Self { inner: begun(0x36), outer: begun(0x5c), key: block }
    }

    fn value(&self, pieces: &[&[u8]], out: &mut [u8]) {
        let (mut inner, mut outer) = (self.inner.copy(), self.outer.copy());
        pieces.iter().for_each(|piece| inner.update(piece));
        inner.finish(out);
        outer.update(out);
        outer.finish(out);
    }
}
