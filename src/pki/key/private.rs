//! Private keys: made, imported from three formats, kept as PKCS#8 version 1, used for signing.
//!
//! Leaves out passwords and PEM. Version 2 of PKCS#8 is read but never written, because OpenSSL 3.0
//! refuses it for Ed25519.

mod own;

use std::fmt;

use p256::elliptic_curve::Generate;
use pkcs8::{EncodePrivateKey, EncodePublicKey};
use rand_core::CryptoRng;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey};
use zeroize::Zeroizing;

use super::{
    EC_PUBLIC_KEY, ED25519, KeyKind, P256, P384, P521, PublicKey, PublicKeyAlgorithm, RSA_ENCRYPTION, RSA_PSS,
};
use crate::error::{Error, ErrorKind, Result};
use crate::signature::{self, SignatureAlgorithm};
use crate::tlv::{self, Tlv, encode};

/// Most octets of a modulus whose key can be used.
const MAX_RSA_OCTETS: usize = 2_048;

/// A private key with its public half. The bytes are wiped when it goes, and `Debug` hides them.
pub struct PrivateKey {
    pkcs8: Zeroizing<Vec<u8>>,
    public: PublicKey,
}

impl PrivateKey {
    /// Makes a key from the randomness given.
    ///
    /// # Errors
    /// [`ErrorKind::EngineFailed`] when the search for primes gives up.
    pub fn generate(kind: KeyKind, rng: &mut impl CryptoRng) -> Result<Self> {
        match kind {
            KeyKind::Rsa2048 => Self::generate_rsa(2048, rng),
            KeyKind::Rsa3072 => Self::generate_rsa(3072, rng),
            KeyKind::Rsa4096 => Self::generate_rsa(4096, rng),
            KeyKind::P256 => {
                let key = p256::SecretKey::generate_from_rng(rng);
                Self::from_parts(&key, &key.public_key())
            }
            KeyKind::P384 => {
                let key = p384::SecretKey::generate_from_rng(rng);
                Self::from_parts(&key, &key.public_key())
            }
            KeyKind::Ed25519 => {
                let mut seed = Zeroizing::new([0; 32]);
                rng.fill_bytes(seed.as_mut());
                Self::from_seed(&seed)
            }
        }
    }

    fn generate_rsa(bits: usize, rng: &mut impl CryptoRng) -> Result<Self> {
        let key = rsa::PrivateKey::new(rng, bits)
            .map_err(|error| ErrorKind::EngineFailed { what: error.to_string() })?;
        Self::from_parts(&key, key.as_public_key())
    }

    /// Imports a PKCS#8 `PrivateKeyInfo` ([RFC 5958]), of version 1 or 2; attributes are dropped.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] for another structure, [`ErrorKind::UnsupportedAlgorithm`] for a key of
    /// another algorithm or curve, [`ErrorKind::BadKey`] for one whose numbers do not fit together.
    ///
    /// [RFC 5958]: https://datatracker.ietf.org/doc/html/rfc5958#section-2
    pub fn from_pkcs8(der: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, "private key")?.inside();
        fields.take(tlv::INTEGER, "private key version")?;
        let algorithm = fields.take(tlv::SEQUENCE, "private key algorithm")?;
        let key = fields.take(tlv::OCTET_STRING, "private key octets")?;
        fields.optional(tlv::explicit(0), "private key attributes")?;
        let public = fields.optional(tlv::implicit(1), "public key")?;
        fields.end()?;

        let mut parameters = algorithm.inside();
        let oid = dotted(&parameters.take(tlv::OID, "private key algorithm")?)?;
        match oid.as_str() {
            RSA_ENCRYPTION => Self::from_pkcs1(key.content).map_err(|e| e.moved(key.content_start())),
            RSA_PSS => Self::from_rsa_pss(&algorithm, key.content),
            EC_PUBLIC_KEY => {
                let curve = named_curve(&parameters.any("curve")?)?;
                Self::from_ec(&curve, key.content)
            }
            ED25519 => {
                let seed = tlv::only(key.content, tlv::OCTET_STRING, "Ed25519 key")
                    .map_err(|error| error.moved(key.content_start()))?;
                let seed = <&[u8; 32]>::try_from(seed.content).map_err(|_| ErrorKind::BadKey)?;
                let made = Self::from_seed(seed)?;
                match public {
                    Some(bits) if bits.content.get(1..) != Some(made.public.bits()) => {
                        Err(ErrorKind::BadKey.into())
                    }
                    _ => Ok(made),
                }
            }
            _ => Err(ErrorKind::UnsupportedAlgorithm { oid }.into()),
        }
    }

    /// Imports a PKCS#1 `RSAPrivateKey` ([RFC 8017 appendix A.1.2]) with two primes.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedAlgorithm`] when there are more primes;
    /// [`ErrorKind::BadKey`] when the numbers do not fit together or the size is not supported.
    ///
    /// [RFC 8017 appendix A.1.2]: https://datatracker.ietf.org/doc/html/rfc8017#appendix-A.1.2
    pub fn from_pkcs1(der: &[u8]) -> Result<Self> {
        tlv::only(der, tlv::SEQUENCE, "RSA key")?;
        if is_multi_prime(der) {
            return Err(ErrorKind::UnsupportedAlgorithm { oid: RSA_ENCRYPTION.to_owned() }.into());
        }
        let key = rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| ErrorKind::BadKey)?;
        Self::from_parts(&key, key.as_public_key())
    }

    /// Imports the numbers of an RSA key, big-endian; the primes may be missing and are then found.
    ///
    /// # Errors
    /// [`ErrorKind::BadKey`] when the numbers do not fit together or the size is not supported.
    pub fn from_rsa_numbers(n: &[u8], e: &[u8], d: &[u8], primes: &[&[u8]]) -> Result<Self> {
        if n.len() > MAX_RSA_OCTETS || [e, d].iter().chain(primes).any(|number| number.len() > n.len()) {
            return Err(ErrorKind::BadKey.into());
        }
        let bits = n.len() as u32 * 8;
        let number = |octets: &[u8]| {
            rsa::BoxedUint::from_be_slice(octets, bits).map_err(|_| Error::from(ErrorKind::BadKey))
        };
        let primes = primes.iter().map(|prime| number(prime)).collect::<Result<_>>()?;
        let key = rsa::PrivateKey::from_components(number(n)?, number(e)?, number(d)?, primes)
            .map_err(|_| ErrorKind::BadKey)?;
        Self::from_parts(&key, key.as_public_key())
    }

    /// Imports the 32 octets that an Ed25519 key is made of (RFC 8032 section 5.1.5).
    ///
    /// # Errors
    /// [`ErrorKind::BadKey`] for another number of octets.
    pub fn from_ed25519_seed(seed: &[u8]) -> Result<Self> {
        Self::from_seed(seed.try_into().map_err(|_| ErrorKind::BadKey)?)
    }

    /// Imports the number of a key on a NIST curve, given by its dotted object identifier; a point that is given has to
    /// belong to it.
    ///
    /// # Errors
    /// [`ErrorKind::BadKey`]; [`ErrorKind::UnsupportedAlgorithm`] for another curve.
    pub fn from_ec_number(curve: &str, number: &[u8], point: Option<&[u8]>) -> Result<Self> {
        let point = point.map(|point| {
            let bits = tlv::write(tlv::BIT_STRING, &[&[0], point].concat());
            encode::constructed(tlv::explicit(1), &[&bits])
        });
        let octets = Zeroizing::new(encode::octet_string(number));
        let sec1 = encode::sequence(&[&encode::integer(1), &octets, &point.unwrap_or_default()]);
        Self::from_ec(curve, &Zeroizing::new(sec1))
    }

    /// Imports a SEC 1 `ECPrivateKey` ([RFC 5915]) that names its curve.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`]; [`ErrorKind::BadDer`] also when no curve is named.
    ///
    /// [RFC 5915]: https://datatracker.ietf.org/doc/html/rfc5915#section-3
    pub fn from_sec1(der: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(der, tlv::SEQUENCE, "EC key")?.inside();
        fields.take(tlv::INTEGER, "EC key version")?;
        fields.take(tlv::OCTET_STRING, "EC key octets")?;
        let curve = fields.take(tlv::explicit(0), "curve")?;
        let curve = named_curve(&curve.inside().any("curve")?)?;
        Self::from_ec(&curve, der)
    }

    /// Reads an `ECPrivateKey` whose curve is known.
    ///
    /// Laxer than RFC 5915: the octets of the key may be fewer or more than the curve's, as old programs
    /// drop or add zeros in front.
    fn from_ec(curve: &str, sec1: &[u8]) -> Result<Self> {
        let mut fields = tlv::only(sec1, tlv::SEQUENCE, "EC key")?.inside();
        fields.take(tlv::INTEGER, "EC key version")?;
        let octets = fields.take(tlv::OCTET_STRING, "EC key octets")?.content;
        if let Some(stated) = fields.optional(tlv::explicit(0), "curve")? {
            let stated = named_curve(&stated.inside().any("curve")?)?;
            if stated != curve {
                return Err(ErrorKind::InconsistentKey { what: "two curves are named" }.into());
            }
        }
        let point = match fields.optional(tlv::explicit(1), "EC public key")? {
            Some(wrapper) => {
                let bits = wrapper.inside().take(tlv::BIT_STRING, "EC public key")?;
                Some(bits.content.get(1..).unwrap_or_default())
            }
            None => None,
        };
        fields.end()?;
        macro_rules! import_on {
            ($curve:ident, $length:literal) => {{
                let octets = resized::<$length>(octets).ok_or(ErrorKind::BadKey)?;
                let key = $curve::SecretKey::from_slice(octets.as_slice()).map_err(|_| ErrorKind::BadKey)?;
                let public = key.public_key();
                let same = |point| $curve::PublicKey::from_sec1_bytes(point) == Ok(public);
                if point.is_some_and(|point| !same(point)) {
                    return Err(ErrorKind::BadKey.into());
                }
                Self::from_parts(&key, &public)
            }};
        }
        match curve {
            P256 => import_on!(p256, 32),
            P384 => import_on!(p384, 48),
            P521 => import_on!(p521, 66),
            _ => Err(ErrorKind::UnsupportedAlgorithm { oid: curve.to_owned() }.into()),
        }
    }

    fn from_seed(seed: &[u8; 32]) -> Result<Self> {
        let signing = ed25519_dalek::SigningKey::from_bytes(seed);
        let pair = ed25519_dalek::pkcs8::KeypairBytes { secret_key: *seed, public_key: None };
        Self::from_parts(&pair, &signing.verifying_key())
    }

    /// Keeps the algorithm identifier of an id-RSASSA-PSS key, with its parameters.
    fn from_rsa_pss(algorithm: &Tlv<'_>, pkcs1: &[u8]) -> Result<Self> {
        let key = rsa::PrivateKey::from_pkcs1_der(pkcs1).map_err(|_| ErrorKind::BadKey)?;
        let pkcs1 = key.to_pkcs1_der().map_err(|_| ErrorKind::BadKey)?;
        let octets = Zeroizing::new(tlv::write(tlv::OCTET_STRING, pkcs1.as_bytes()));
        let mut content = Zeroizing::new(tlv::write(tlv::INTEGER, &[0]));
        content.reserve_exact(algorithm.whole.len() + octets.len());
        content.extend_from_slice(algorithm.whole);
        content.extend_from_slice(&octets);

        let public = rsa::pkcs1::EncodeRsaPublicKey::to_pkcs1_der(key.as_public_key())
            .map_err(|_| ErrorKind::BadKey)?;
        let bits = tlv::write(tlv::BIT_STRING, &[&[0], public.as_bytes()].concat());
        let spki = tlv::write(tlv::SEQUENCE, &[algorithm.whole, &bits].concat());
        Ok(Self {
            pkcs8: Zeroizing::new(tlv::write(tlv::SEQUENCE, &content)),
            public: PublicKey::from_spki(&spki)?,
        })
    }

    fn from_parts(key: &impl EncodePrivateKey, public: &impl EncodePublicKey) -> Result<Self> {
        let pkcs8 = key.to_pkcs8_der().map_err(|_| ErrorKind::BadKey)?;
        let spki = public.to_public_key_der().map_err(|_| ErrorKind::BadKey)?;
        Ok(Self {
            pkcs8: Zeroizing::new(pkcs8.as_bytes().to_vec()),
            public: PublicKey::from_spki(spki.as_bytes())?,
        })
    }

    /// The key as PKCS#8 version 1 DER. Handle with care.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// Gives the PKCS#8 version 1 DER away.
    pub fn into_pkcs8(self) -> Zeroizing<Vec<u8>> {
        self.pkcs8
    }

    /// The key as a PKCS#1 `RSAPrivateKey`; `None` when it is not for RSA, or for RSASSA-PSS alone.
    ///
    /// An id-RSASSA-PSS key has no such form: PKCS#1 cannot say what it must not be used for.
    #[must_use]
    pub fn to_pkcs1(&self) -> Option<Zeroizing<Vec<u8>>> {
        let rsa = matches!(self.public.algorithm(), PublicKeyAlgorithm::Rsa { .. });
        let octets = self.octets().ok().filter(|_| rsa && !self.public.is_rsa_pss())?;
        Some(Zeroizing::new(octets.to_vec()))
    }

    /// The key as a SEC 1 `ECPrivateKey` that names its curve; `None` when it is not on one of the NIST curves.
    #[must_use]
    pub fn to_sec1(&self) -> Option<Zeroizing<Vec<u8>>> {
        let curve = match self.public.algorithm() {
            PublicKeyAlgorithm::P256 => P256,
            PublicKeyAlgorithm::P384 => P384,
            PublicKeyAlgorithm::P521 => P521,
            _ => return None,
        };
        let curve = const_oid::ObjectIdentifier::new(curve).ok()?;
        let mut fields = tlv::only(self.octets().ok()?, tlv::SEQUENCE, "EC key").ok()?.inside();
        fields.take(tlv::INTEGER, "EC key version").ok()?;
        let octets = fields.take(tlv::OCTET_STRING, "EC key octets").ok()?;
        let point = [&[0], self.public.bits()].concat();
        Some(Zeroizing::new(encode::sequence(&[
            &encode::integer(1),
            octets.whole,
            &encode::constructed(tlv::explicit(0), &[&encode::oid(curve)]),
            &encode::constructed(tlv::explicit(1), &[&tlv::write(tlv::BIT_STRING, &point)]),
        ])))
    }

    /// The public half.
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a message; the randomness is for RSA's blinding and the salt of RSASSA-PSS.
    ///
    /// The signature is in the form that certificates carry: an ECDSA one is a DER `Ecdsa-Sig-Value`.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] when the algorithm is for another type of key,
    /// [`ErrorKind::UnsupportedAlgorithm`] for one that cannot be computed.
    pub fn sign(
        &self,
        algorithm: &SignatureAlgorithm,
        message: &[u8],
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>> {
        signature::sign(self, algorithm, message, rng)
    }

    /// The private key octets inside the PKCS#8 structure.
    pub(crate) fn octets(&self) -> Result<&[u8]> {
        let mut fields = tlv::only(&self.pkcs8, tlv::SEQUENCE, "private key")?.inside();
        fields.any("private key version")?;
        fields.any("private key algorithm")?;
        Ok(fields.any("private key octets")?.content)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({}, ..)", self.public.label())
    }
}

/// The curve of an ECParameters; one that is written out instead of named is not computed with.
fn named_curve(parameters: &Tlv<'_>) -> Result<String> {
    match parameters.tag {
        tlv::SEQUENCE => Err(ErrorKind::UnsupportedAlgorithm { oid: EC_PUBLIC_KEY.to_owned() }.into()),
        _ => dotted(&parameters.expect(tlv::OID, "curve")?),
    }
}

/// Whether a PKCS#1 key says that it has more than two primes (RFC 8017 appendix A.1.2).
fn is_multi_prime(pkcs1: &[u8]) -> bool {
    let version = tlv::only(pkcs1, tlv::SEQUENCE, "RSA key")
        .and_then(|key| key.inside().take(tlv::INTEGER, "RSA key version").map(|version| version.content));
    version.is_ok_and(|version| version == [1])
}

/// The number in exactly this many octets; `None` when it is larger.
fn resized<const N: usize>(octets: &[u8]) -> Option<Zeroizing<[u8; N]>> {
    let zeros = octets.len().saturating_sub(N);
    let (front, digits) = octets.split_at(zeros);
    if front.iter().any(|octet| *octet != 0) {
        return None;
    }
    let mut out = Zeroizing::new([0; N]);
    out[N - digits.len()..].copy_from_slice(digits);
    Some(out)
}

fn dotted(oid: &Tlv<'_>) -> Result<String> {
    tlv::dotted(oid.content).ok_or_else(|| Error::der("object identifier", oid.range()))
}
