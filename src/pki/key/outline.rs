//! What a private key says of itself, also where its algorithm cannot be worked with.
//!
//! It finds the public half where that stands in the key or can be computed, and refuses keys that contradict
//! themselves. Names for object identifiers are not given here.

use super::{EC_PUBLIC_KEY, PublicKey, ml_dsa, ml_kem};
use crate::error::{Error, ErrorKind, Result};
use crate::tlv::{self, Tlv, encode};
use zeroize::Zeroizing;

const DSA: &str = "1.2.840.10040.4.1";
const X25519: &str = "1.3.101.110";
/// Key sizes of what is one string of octets: X25519, X448, Ed448 (RFC 8410), by their private half.
const STRINGS: [(&str, usize); 3] = [(X25519, 32), ("1.3.101.111", 56), ("1.3.101.113", 57)];
/// The arc of the algorithms of FIPS 205, in which the private key ends with the public one.
const SLH_DSA: std::ops::RangeInclusive<u32> = 20..=31;
const FIPS_SIGNATURES: &str = "2.16.840.1.101.3.4.3.";

/// How the private half of a key of ML-DSA or ML-KEM is kept (RFC 9881 section 6, RFC 9935 section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expansion {
    /// The seed alone.
    Seed,
    /// The expanded key alone: the seed is lost.
    Expanded,
    /// Both, which were compared.
    Both,
}

/// What a private key says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The dotted object identifier of the algorithm.
    pub algorithm: String,
    /// That of the curve, for elliptic curves with a name.
    pub curve: Option<String>,
    /// The public half, where it is known.
    pub public: Option<PublicKey>,
    /// How it is kept, for ML-DSA and ML-KEM.
    pub expansion: Option<Expansion>,
}

/// Reads the outline of a key in PKCS#8 (RFC 5958), SEC 1 (RFC 5915), PKCS#1 or OpenSSL's form of DSA.
///
/// # Errors
/// `BadDer` for another structure; `InconsistentKey` for a key whose parts contradict each other, `BadKey` for one of the
/// wrong size. Algorithms that are not known are not checked.
pub fn outline(der: &[u8]) -> Result<Outline> {
    let mut fields = tlv::only(der, tlv::SEQUENCE, "private key")?.inside();
    fields.take(tlv::INTEGER, "private key version")?;
    match fields.peek() {
        Some(tlv::SEQUENCE) => {}
        Some(tlv::OCTET_STRING) => return sec1(der),
        _ => return numbers(der),
    }
    let algorithm = fields.take(tlv::SEQUENCE, "private key algorithm")?;
    let key = fields.take(tlv::OCTET_STRING, "private key octets")?;
    fields.optional(tlv::explicit(0), "private key attributes")?;
    let stated = fields.optional(tlv::implicit(1), "public key")?;
    fields.end()?;

    let mut parameters = algorithm.inside();
    let oid = dotted(&parameters.take(tlv::OID, "private key algorithm")?)?;
    let curve = match parameters.peek() {
        Some(tlv::OID) if oid == EC_PUBLIC_KEY => Some(dotted(&parameters.take(tlv::OID, "curve")?)?),
        _ => None,
    };
    let (computed, expansion) = half(&oid, key.content)?;
    let stated = stated.map(|bits| bits.content.get(1..).unwrap_or_default().to_vec());
    if let (Some(computed), Some(stated)) = (&computed, &stated)
        && computed != stated
    {
        return Err(ErrorKind::InconsistentKey { what: "the public key is that of another" }.into());
    }
    let public = computed.or(stated).map(|bits| spki(&algorithm, &bits)).transpose()?;
    Ok(Outline { algorithm: oid, curve, public, expansion })
}

/// The public half of an algorithm, as the octets of the BIT STRING.
fn half(oid: &str, octets: &[u8]) -> Result<(Option<Vec<u8>>, Option<Expansion>)> {
    if let Some(set) = ml_dsa::Set::from_oid(oid) {
        let parts = Parts::read(octets, 32, set.private_size())?;
        return Ok((Some(set.public(parts.seed, parts.expanded)?), Some(parts.expansion())));
    }
    if let Some(set) = ml_kem::Set::from_oid(oid) {
        let parts = Parts::read(octets, 64, set.private_size())?;
        return Ok((Some(set.public(parts.seed, parts.expanded)?), Some(parts.expansion())));
    }
    if let Some((_, size)) = STRINGS.iter().find(|row| row.0 == oid) {
        let secret = tlv::only(octets, tlv::OCTET_STRING, "private key octets")?.content;
        if secret.len() != *size {
            return Err(ErrorKind::BadKey.into());
        }
        return Ok((if oid == X25519 { x25519(secret) } else { None }, None));
    }
    let last = oid.strip_prefix(FIPS_SIGNATURES).and_then(|last| last.parse().ok());
    if last.is_some_and(|last| SLH_DSA.contains(&last)) {
        // SK.seed, SK.prf, PK.seed, PK.root (FIPS 205 section 9.1), of 16, 24 or 32 octets each.
        if ![64, 96, 128].contains(&octets.len()) {
            return Err(ErrorKind::BadKey.into());
        }
        return Ok((Some(octets[octets.len() / 2..].to_vec()), None));
    }
    if oid == EC_PUBLIC_KEY {
        return Ok((point(octets)?, None));
    }
    Ok((None, None))
}

fn x25519(secret: &[u8]) -> Option<Vec<u8>> {
    let secret: Zeroizing<[u8; 32]> = Zeroizing::new(secret.try_into().ok()?);
    Some(curve25519_dalek::MontgomeryPoint::mul_base_clamped(*secret).0.to_vec())
}

/// The forms of RFC 9881 and RFC 9935:
///
/// ```text
/// CHOICE { seed [0] OCTET STRING, expandedKey OCTET STRING, both SEQUENCE { seed, expandedKey OCTET STRING } }
/// ```
struct Parts<'a> {
    seed: Option<&'a [u8]>,
    expanded: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn read(octets: &'a [u8], seed_size: usize, expanded_size: usize) -> Result<Self> {
        let what = "seed or expanded key";
        let parts = match octets.first() {
            Some(0x80) => {
                Self { seed: Some(tlv::only(octets, tlv::implicit(0), what)?.content), expanded: None }
            }
            Some(0x30) => {
                let mut fields = tlv::only(octets, tlv::SEQUENCE, what)?.inside();
                let seed = Some(fields.take(tlv::OCTET_STRING, what)?.content);
                let expanded = Some(fields.take(tlv::OCTET_STRING, what)?.content);
                fields.end()?;
                Self { seed, expanded }
            }
            _ => Self { seed: None, expanded: Some(tlv::only(octets, tlv::OCTET_STRING, what)?.content) },
        };
        let fits = |part: Option<&[u8]>, size| part.is_none_or(|part| part.len() == size);
        match fits(parts.seed, seed_size) && fits(parts.expanded, expanded_size) {
            true => Ok(parts),
            false => Err(ErrorKind::BadKey.into()),
        }
    }

    fn expansion(&self) -> Expansion {
        match (self.seed, self.expanded) {
            (Some(_), None) => Expansion::Seed,
            (None, _) => Expansion::Expanded,
            (Some(_), Some(_)) => Expansion::Both,
        }
    }
}

/// The point that an ECPrivateKey may carry.
fn point(sec1: &[u8]) -> Result<Option<Vec<u8>>> {
    let mut fields = tlv::only(sec1, tlv::SEQUENCE, "EC key")?.inside();
    fields.take(tlv::INTEGER, "EC key version")?;
    fields.take(tlv::OCTET_STRING, "EC key octets")?;
    fields.optional(tlv::explicit(0), "curve")?;
    let Some(wrapper) = fields.optional(tlv::explicit(1), "EC public key")? else {
        return Ok(None);
    };
    let bits = wrapper.inside().take(tlv::BIT_STRING, "EC public key")?;
    Ok(bits.content.get(1..).map(<[u8]>::to_vec))
}

/// An ECPrivateKey alone, on a curve that cannot be computed or that is written out.
fn sec1(der: &[u8]) -> Result<Outline> {
    let mut fields = tlv::only(der, tlv::SEQUENCE, "EC key")?.inside();
    fields.take(tlv::INTEGER, "EC key version")?;
    fields.take(tlv::OCTET_STRING, "EC key octets")?;
    let parameters = fields.optional(tlv::explicit(0), "curve")?;
    let parameters = parameters.map(|wrapper| wrapper.inside().any("curve")).transpose()?;
    let curve = parameters.filter(|curve| curve.tag == tlv::OID).map(|curve| dotted(&curve)).transpose()?;
    let mut outline = Outline { algorithm: EC_PUBLIC_KEY.to_owned(), curve, public: None, expansion: None };
    if let (Some(parameters), Some(point)) = (parameters, point(der)?) {
        let oid = const_oid::ObjectIdentifier::new_unwrap(EC_PUBLIC_KEY);
        let algorithm = encode::sequence(&[&encode::oid(oid), parameters.whole]);
        let algorithm = tlv::only(&algorithm, tlv::SEQUENCE, "algorithm")?;
        outline.public = Some(spki(&algorithm, &point)?);
    }
    Ok(outline)
}

/// Integers alone: RSA in PKCS#1, or DSA as OpenSSL keeps it (version, p, q, g, y, x).
fn numbers(der: &[u8]) -> Result<Outline> {
    let mut fields = tlv::only(der, tlv::SEQUENCE, "private key")?.inside();
    let mut all = Vec::new();
    while fields.peek() == Some(tlv::INTEGER) {
        all.push(fields.take(tlv::INTEGER, "private key number")?);
    }
    let oid = |text| encode::oid(const_oid::ObjectIdentifier::new_unwrap(text));
    let (algorithm, head, key) = match all.as_slice() {
        [_, p, q, g, y, _] => {
            let parameters = encode::sequence(&[p.whole, q.whole, g.whole]);
            (DSA, encode::sequence(&[&oid(DSA), &parameters]), y.whole.to_vec())
        }
        // More than two primes follow as a SEQUENCE.
        [_, n, e, _, _, _, _, _, _] => {
            let key = encode::sequence(&[n.whole, e.whole]);
            (super::RSA_ENCRYPTION, encode::sequence(&[&oid(super::RSA_ENCRYPTION), &encode::NULL]), key)
        }
        _ => return Err(ErrorKind::BadDer { what: "private key" }.into()),
    };
    let public = spki(&tlv::only(&head, tlv::SEQUENCE, "algorithm")?, &key)?;
    Ok(Outline { algorithm: algorithm.to_owned(), curve: None, public: Some(public), expansion: None })
}

fn spki(algorithm: &Tlv<'_>, bits: &[u8]) -> Result<PublicKey> {
    let bits = tlv::write(tlv::BIT_STRING, &[&[0], bits].concat());
    PublicKey::from_spki(&encode::sequence(&[algorithm.whole, &bits]))
}

fn dotted(oid: &Tlv<'_>) -> Result<String> {
    tlv::dotted(oid.content).ok_or_else(|| Error::der("object identifier", oid.range()))
}
