//! Private keys of ML-KEM (FIPS 203): from the seed to both halves, and whether an expanded key is sound.
//!
//! Neither encapsulates nor decapsulates, and takes no care to run in constant time: it reads one's own files.

use crate::error::{ErrorKind, Result};
use sha3::{Digest, Sha3_256, Sha3_512};
use shake::{ExtendableOutput, Shake128, Shake256, Update, XofReader};
use zeroize::Zeroizing;

/// The modulus.
const Q: u16 = 3_329;
/// Coefficients of a polynomial, and the octets of one of 12 bits each.
const N: usize = 256;
const PACKED: usize = N * 12 / 8;

type Poly = [u16; N];

/// The numbers of a parameter set (FIPS 203 table 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    pub k: usize,
    eta: usize,
}

impl Set {
    /// The set of a dotted object identifier.
    pub(super) fn from_oid(oid: &str) -> Option<Self> {
        Some(match oid {
            "2.16.840.1.101.3.4.4.1" => Set { k: 2, eta: 3 },
            "2.16.840.1.101.3.4.4.2" => Set { k: 3, eta: 2 },
            "2.16.840.1.101.3.4.4.3" => Set { k: 4, eta: 2 },
            _ => return None,
        })
    }

    fn public_size(self) -> usize {
        self.k * PACKED + 32
    }

    /// Octets of an expanded private key.
    pub(super) fn private_size(self) -> usize {
        self.k * PACKED + self.public_size() + 64
    }

    /// Checks what there is of a private key and gives the public one.
    ///
    /// # Errors
    /// `InconsistentKey` with what does not fit.
    pub(super) fn public(self, seed: Option<&[u8]>, expanded: Option<&[u8]>) -> Result<Vec<u8>> {
        match (seed, expanded) {
            (Some(seed), expanded) => {
                let (public, private) = self.generate(seed);
                if expanded.is_some_and(|expanded| expanded != private.as_slice()) {
                    return Err(inconsistent("the expanded key is not that of the seed"));
                }
                Ok(public)
            }
            (None, Some(expanded)) => self.check(expanded),
            (None, None) => Err(ErrorKind::BadKey.into()),
        }
    }

    /// ML-KEM.KeyGen_internal (algorithm 16) with the halves d and z of the seed.
    fn generate(self, seed: &[u8]) -> (Vec<u8>, Zeroizing<Vec<u8>>) {
        let (d, z) = seed.split_at(32);
        let material =
            Zeroizing::new(Sha3_512::new().chain_update(d).chain_update([self.k as u8]).finalize());
        let (rho, sigma) = material.split_at(32);
        let noise = |nonce: usize| {
            let mut poly = self.noise(sigma, nonce as u8);
            ntt(&mut poly);
            poly
        };
        let s: Vec<Poly> = (0..self.k).map(noise).collect();
        let mut public = Vec::with_capacity(self.public_size());
        for row in 0..self.k {
            let mut t = product(rho, row, &s);
            let e = noise(self.k + row);
            t.iter_mut().zip(&e).for_each(|(t, e)| *t = (*t + e) % Q);
            pack(&t, &mut public);
        }
        public.extend_from_slice(rho);
        let mut private = Zeroizing::new(Vec::with_capacity(self.private_size()));
        s.iter().for_each(|poly| pack(poly, &mut private));
        private.extend_from_slice(&public);
        private.extend_from_slice(&Sha3_256::digest(&public));
        private.extend_from_slice(z);
        (public, private)
    }

    /// The input checks of section 7.3, and that the public half follows from the private one: what is left of it
    /// without the product has to be as small as noise is.
    fn check(self, expanded: &[u8]) -> Result<Vec<u8>> {
        let (secret, rest) = expanded.split_at(self.k * PACKED);
        let (public, rest) = rest.split_at(self.public_size());
        if Sha3_256::digest(public)[..] != rest[..32] {
            return Err(inconsistent("the hash of the public key is another"));
        }
        let (t, rho) = public.split_at(self.k * PACKED);
        let unpacked = |octets: &[u8]| {
            let polys: Option<Vec<Poly>> = octets.chunks_exact(PACKED).map(unpack).collect();
            polys.ok_or_else(|| inconsistent("a coefficient is out of range"))
        };
        let (s, t) = (unpacked(secret)?, unpacked(t)?);
        for (row, t) in t.iter().enumerate() {
            let product = product(rho, row, &s);
            let mut rest: Poly = std::array::from_fn(|index| (t[index] + Q - product[index]) % Q);
            inverse_ntt(&mut rest);
            let bound = self.eta as u16;
            if rest.iter().any(|value| *value > bound && *value < Q - bound) {
                return Err(inconsistent("the private key does not lead to the public one"));
            }
        }
        Ok(public.to_vec())
    }

    /// SamplePolyCBD (algorithm 8).
    fn noise(self, sigma: &[u8], nonce: u8) -> Poly {
        let mut octets = Zeroizing::new(vec![0; 64 * self.eta]);
        let mut hash = Shake256::default();
        hash.update(sigma);
        hash.update(&[nonce]);
        hash.finalize_xof().read(&mut octets);
        let bit = |index: usize| u16::from(octets[index / 8] >> (index % 8) & 1);
        let sum = |start: usize| (start..start + self.eta).map(bit).sum::<u16>();
        std::array::from_fn(|index| {
            let start = 2 * index * self.eta;
            (sum(start) + Q - sum(start + self.eta)) % Q
        })
    }
}

fn inconsistent(what: &'static str) -> crate::Error {
    ErrorKind::InconsistentKey { what }.into()
}

/// One row of the matrix times a vector, all transformed.
fn product(rho: &[u8], row: usize, vector: &[Poly]) -> Poly {
    let mut out = [0; N];
    for (column, poly) in vector.iter().enumerate() {
        let a = uniform(rho, row as u8, column as u8);
        for pair in 0..N / 2 {
            // BaseCaseMultiply (algorithm 12).
            let root = power(17, 2 * u16::from((pair as u8).reverse_bits() >> 1) + 1);
            let (a0, a1, b0, b1) = (a[2 * pair], a[2 * pair + 1], poly[2 * pair], poly[2 * pair + 1]);
            let low = multiply(a0, b0) + multiply(multiply(a1, b1), root);
            let high = multiply(a0, b1) + multiply(a1, b0);
            out[2 * pair] = (out[2 * pair] + low) % Q;
            out[2 * pair + 1] = (out[2 * pair + 1] + high) % Q;
        }
    }
    out
}

/// SampleNTT (algorithm 7) for one entry of the matrix.
fn uniform(rho: &[u8], row: u8, column: u8) -> Poly {
    let mut hash = Shake128::default();
    hash.update(rho);
    hash.update(&[column, row]);
    let mut reader = hash.finalize_xof();
    let mut out = [0; N];
    let mut filled = 0;
    while filled < N {
        let mut octets = [0; 3];
        reader.read(&mut octets);
        let [a, b, c] = octets.map(u16::from);
        for value in [a | (b & 0xf) << 8, b >> 4 | c << 4] {
            if let Some(place) = out.get_mut(filled).filter(|_| value < Q) {
                *place = value;
                filled += 1;
            }
        }
    }
    out
}

fn multiply(a: u16, b: u16) -> u16 {
    (u32::from(a) * u32::from(b) % u32::from(Q)) as u16
}

fn power(base: u16, mut exponent: u16) -> u16 {
    let (mut result, mut base) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

/// The power of the 256th root of unity that step `index` of the transform takes.
fn zeta(index: u8) -> u16 {
    power(17, u16::from(index.reverse_bits() >> 1))
}

/// NTT (algorithm 9).
fn ntt(poly: &mut Poly) {
    let mut index = 1;
    let mut length = N / 2;
    while length >= 2 {
        for start in (0..N).step_by(2 * length) {
            let zeta = zeta(index);
            index += 1;
            for place in start..start + length {
                let turned = multiply(zeta, poly[place + length]);
                poly[place + length] = (poly[place] + Q - turned) % Q;
                poly[place] = (poly[place] + turned) % Q;
            }
        }
        length /= 2;
    }
}

/// NTT⁻¹ (algorithm 10).
fn inverse_ntt(poly: &mut Poly) {
    let mut index = 127;
    let mut length = 2;
    while length <= N / 2 {
        for start in (0..N).step_by(2 * length) {
            let zeta = zeta(index);
            index -= 1;
            for place in start..start + length {
                let kept = poly[place];
                poly[place] = (kept + poly[place + length]) % Q;
                poly[place + length] = multiply(zeta, (poly[place + length] + Q - kept) % Q);
            }
        }
        length *= 2;
    }
    // 128 to the power of -1.
    poly.iter_mut().for_each(|value| *value = multiply(*value, 3_303));
}

/// ByteEncode with 12 bits (algorithm 5).
fn pack(poly: &Poly, out: &mut Vec<u8>) {
    for pair in poly.chunks_exact(2) {
        let (a, b) = (pair[0], pair[1]);
        out.extend([a as u8, (a >> 8 | b << 4) as u8, (b >> 4) as u8]);
    }
}

/// ByteDecode with 12 bits (algorithm 6); `None` for a value that is not below the modulus.
fn unpack(octets: &[u8]) -> Option<Poly> {
    let mut out = [0; N];
    for (pair, octets) in out.chunks_exact_mut(2).zip(octets.chunks_exact(3)) {
        let [a, b, c] = [octets[0], octets[1], octets[2]].map(u16::from);
        pair[0] = a | (b & 0xf) << 8;
        pair[1] = b >> 4 | c << 4;
    }
    out.iter().all(|value| *value < Q).then_some(out)
}
