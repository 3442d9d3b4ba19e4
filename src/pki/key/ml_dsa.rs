//! Private keys of ML-DSA (FIPS 204): from the seed to both halves, and whether an expanded key is sound.
//!
//! Neither signs nor verifies, and takes no care to run in constant time: it reads one's own files.

use crate::error::{ErrorKind, Result};
use shake::{ExtendableOutput, Shake128, Shake256, Update, XofReader};
use zeroize::Zeroizing;

/// The modulus.
const Q: u32 = 8_380_417;
/// The bits that Power2Round drops.
const D: u32 = 13;
/// Coefficients of a polynomial.
const N: usize = 256;

type Poly = [u32; N];

/// The numbers of a parameter set (FIPS 204 table 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    pub k: usize,
    pub l: usize,
    pub eta: u32,
}

/// The two halves as FIPS 204 encodes them.
struct Pair {
    public: Vec<u8>,
    private: Zeroizing<Vec<u8>>,
}

impl Set {
    /// The set of a dotted object identifier.
    pub(super) fn from_oid(oid: &str) -> Option<Self> {
        Some(match oid {
            "2.16.840.1.101.3.4.3.17" => Set { k: 4, l: 4, eta: 2 },
            "2.16.840.1.101.3.4.3.18" => Set { k: 6, l: 5, eta: 4 },
            "2.16.840.1.101.3.4.3.19" => Set { k: 8, l: 7, eta: 2 },
            _ => return None,
        })
    }

    fn small_bits(self) -> u32 {
        if self.eta == 2 { 3 } else { 4 }
    }

    /// Octets of an expanded private key.
    pub(super) fn private_size(self) -> usize {
        128 + 32 * (self.k + self.l) * self.small_bits() as usize + 32 * self.k * D as usize
    }

    /// Checks what there is of a private key and gives the public one.
    ///
    /// # Errors
    /// `InconsistentKey` with what does not fit.
    pub(super) fn public(self, seed: Option<&[u8]>, expanded: Option<&[u8]>) -> Result<Vec<u8>> {
        match (seed, expanded) {
            (Some(seed), expanded) => {
                let pair = self.generate(seed);
                if expanded.is_some_and(|expanded| expanded != pair.private.as_slice()) {
                    return Err(inconsistent("the expanded key is not that of the seed"));
                }
                Ok(pair.public)
            }
            (None, Some(expanded)) => self.recompute(expanded),
            (None, None) => Err(ErrorKind::BadKey.into()),
        }
    }

    /// ML-DSA.KeyGen_internal (algorithm 6).
    fn generate(self, seed: &[u8]) -> Pair {
        let material = Zeroizing::new(hash(&[seed, &[self.k as u8, self.l as u8]], 128));
        let (rho, rest) = material.split_at(32);
        let (secret, key) = rest.split_at(64);
        let small = |index: usize| self.small(secret, index as u16);
        let s1: Vec<Poly> = (0..self.l).map(small).collect();
        let s2: Vec<Poly> = (self.l..self.l + self.k).map(small).collect();
        self.assemble(rho, key, &s1, &s2)
    }

    fn assemble(self, rho: &[u8], key: &[u8], s1: &[Poly], s2: &[Poly]) -> Pair {
        let mut transformed = s1.to_vec();
        transformed.iter_mut().for_each(ntt);
        let mut public = rho.to_vec();
        let mut low = Zeroizing::new(Vec::new());
        for (row, s2) in s2.iter().enumerate() {
            let mut t = [0; N];
            for (column, s1) in transformed.iter().enumerate() {
                let a = uniform(rho, row as u8, column as u8);
                for ((t, a), s) in t.iter_mut().zip(&a).zip(s1) {
                    *t = add(*t, multiply(*a, *s));
                }
            }
            inverse_ntt(&mut t);
            let (mut t1, mut t0) = ([0; N], [0; N]);
            for index in 0..N {
                let value = add(t[index], s2[index]);
                // Power2Round (algorithm 35), the low part as 2^12 - t0.
                let high = (value + (1 << (D - 1)) - 1) >> D;
                t1[index] = high;
                t0[index] = (high << D) + (1 << (D - 1)) - value;
            }
            pack(&t1, 10, &mut public);
            pack(&t0, D, &mut low);
        }
        let mut private = Zeroizing::new(Vec::with_capacity(self.private_size()));
        private.extend_from_slice(rho);
        private.extend_from_slice(key);
        private.extend_from_slice(&hash(&[&public], 64));
        for poly in s1.iter().chain(s2) {
            let shifted = poly.map(|value| subtract(self.eta, value));
            pack(&shifted, self.small_bits(), &mut private);
        }
        private.extend_from_slice(&low);
        Pair { public, private }
    }

    /// Computes everything again from the secret vectors of an expanded key.
    fn recompute(self, expanded: &[u8]) -> Result<Vec<u8>> {
        let (rho, rest) = expanded.split_at(32);
        let (key, rest) = rest.split_at(32);
        let size = 32 * self.small_bits() as usize;
        let vectors = &rest[64..64 + (self.k + self.l) * size];
        let mut polys = Vec::with_capacity(self.k + self.l);
        for octets in vectors.chunks_exact(size) {
            let values = unpack(octets, self.small_bits());
            if values.iter().any(|value| *value > 2 * self.eta) {
                return Err(inconsistent("a secret coefficient is out of range"));
            }
            polys.push(values.map(|value| subtract(self.eta, value)));
        }
        let (s1, s2) = polys.split_at(self.l);
        let pair = self.assemble(rho, key, s1, s2);
        match pair.private.as_slice() == expanded {
            true => Ok(pair.public),
            false if pair.private[64..128] != expanded[64..128] => {
                Err(inconsistent("the hash of the public key is another"))
            }
            false => Err(inconsistent("the low bits of the public key are others")),
        }
    }

    /// RejBoundedPoly (algorithm 31).
    fn small(self, secret: &[u8], nonce: u16) -> Poly {
        let mut reader = Shake256::default().chain_parts(&[secret, &nonce.to_le_bytes()]);
        let mut out = [0; N];
        let mut filled = 0;
        while filled < N {
            let mut octet = [0];
            reader.read(&mut octet);
            for half in [octet[0] & 0xf, octet[0] >> 4] {
                let value = match (self.eta, u32::from(half)) {
                    (2, half @ 0..=14) => subtract(2, half % 5),
                    (4, half @ 0..=8) => subtract(4, half),
                    _ => continue,
                };
                if let Some(place) = out.get_mut(filled) {
                    *place = value;
                    filled += 1;
                }
            }
        }
        out
    }
}

fn inconsistent(what: &'static str) -> crate::Error {
    ErrorKind::InconsistentKey { what }.into()
}

/// Feeding a hash in parts.
trait Parts: Update + ExtendableOutput + Sized {
    fn chain_parts(mut self, parts: &[&[u8]]) -> Self::Reader {
        parts.iter().for_each(|part| self.update(part));
        self.finalize_xof()
    }
}

impl<T: Update + ExtendableOutput> Parts for T {}

fn hash(parts: &[&[u8]], size: usize) -> Vec<u8> {
    let mut out = vec![0; size];
    Shake256::default().chain_parts(parts).read(&mut out);
    out
}

/// RejNTTPoly (algorithm 30) for one entry of the matrix.
fn uniform(rho: &[u8], row: u8, column: u8) -> Poly {
    let mut reader = Shake128::default().chain_parts(&[rho, &[column, row]]);
    let mut out = [0; N];
    for place in &mut out {
        *place = loop {
            let mut octets = [0; 4];
            reader.read(&mut octets[..3]);
            let value = u32::from_le_bytes(octets) & 0x7f_ffff;
            if value < Q {
                break value;
            }
        };
    }
    out
}

fn add(a: u32, b: u32) -> u32 {
    (a + b) % Q
}

fn subtract(a: u32, b: u32) -> u32 {
    (a + Q - b) % Q
}

fn multiply(a: u32, b: u32) -> u32 {
    (u64::from(a) * u64::from(b) % u64::from(Q)) as u32
}

/// The power of the 512th root of unity that step `index` of the transform takes.
fn zeta(index: u8) -> u32 {
    let (mut result, mut base, mut exponent) = (1, 1753, index.reverse_bits());
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// NTT (algorithm 41).
fn ntt(poly: &mut Poly) {
    let mut index = 0u8;
    let mut length = N / 2;
    while length >= 1 {
        for start in (0..N).step_by(2 * length) {
            index += 1;
            let zeta = zeta(index);
            for place in start..start + length {
                let turned = multiply(zeta, poly[place + length]);
                poly[place + length] = subtract(poly[place], turned);
                poly[place] = add(poly[place], turned);
            }
        }
        length /= 2;
    }
}

/// NTT⁻¹ (algorithm 42).
fn inverse_ntt(poly: &mut Poly) {
    let mut index = 256u16;
    let mut length = 1;
    while length < N {
        for start in (0..N).step_by(2 * length) {
            index -= 1;
            let zeta = subtract(0, zeta(index as u8));
            for place in start..start + length {
                let kept = poly[place];
                poly[place] = add(kept, poly[place + length]);
                poly[place + length] = multiply(zeta, subtract(kept, poly[place + length]));
            }
        }
        length *= 2;
    }
    // 256 to the power of -1.
    poly.iter_mut().for_each(|value| *value = multiply(*value, 8_347_681));
}

/// Appends the values, so many bits of each, the lowest first.
fn pack(poly: &Poly, bits: u32, out: &mut Vec<u8>) {
    let (mut held, mut count) = (0u64, 0);
    for value in poly {
        held |= u64::from(*value) << count;
        count += bits;
        while count >= 8 {
            out.push(held as u8);
            held >>= 8;
            count -= 8;
        }
    }
}

fn unpack(octets: &[u8], bits: u32) -> Poly {
    let mut out = [0; N];
    let (mut held, mut count) = (0u64, 0);
    let mut octets = octets.iter();
    for place in &mut out {
        while count < bits {
            held |= u64::from(octets.next().copied().unwrap_or_default()) << count;
            count += 8;
        }
        *place = (held & ((1 << bits) - 1)) as u32;
        held >>= bits;
        count -= bits;
    }
    out
}
