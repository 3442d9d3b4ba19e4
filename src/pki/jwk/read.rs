//! Reads a JSON Web Key or a set of them.
//!
//! Whether a text is one is decided by its members, not by its media type.

use super::{AKP, BASE64URL, Curve, EC, OKP};
use crate::error::{Error, ErrorKind, Result};
use crate::input::{Item, read_labelled};
use crate::tlv::{self, encode};
use crate::{Certificate, Kind, PrivateKey, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use const_oid::ObjectIdentifier;
use serde::Deserialize;
use std::borrow::Cow;
use std::fmt;
use zeroize::Zeroizing;

/// Most octets of a text that is looked at.
const MAX_TEXT: usize = 4 * 1024 * 1024;
/// Most keys of a set.
const MAX_KEYS: usize = 10_000;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// One key of a text.
pub struct Jwk {
    /// Its `kid`.
    pub name: Option<String>,
    /// The key, and the certificates of its `x5c`; or why there is none.
    pub items: Result<Vec<Item>>,
    /// Whether it has the private half or is a secret.
    pub secret: bool,
}

impl fmt::Debug for Jwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jwk({:?}, {:?})", self.name, self.items)
    }
}

type Text<'a> = Option<Cow<'a, str>>;

/// The members that matter, as they stand in the text.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow)]
    kty: Text<'a>,
    #[serde(borrow)]
    kid: Text<'a>,
    #[serde(borrow)]
    alg: Text<'a>,
    #[serde(borrow)]
    crv: Text<'a>,
    #[serde(borrow)]
    x: Text<'a>,
    #[serde(borrow)]
    y: Text<'a>,
    #[serde(borrow)]
    n: Text<'a>,
    #[serde(borrow)]
    e: Text<'a>,
    #[serde(borrow)]
    d: Text<'a>,
    #[serde(borrow)]
    p: Text<'a>,
    #[serde(borrow)]
    q: Text<'a>,
    #[serde(borrow)]
    k: Text<'a>,
    #[serde(borrow, rename = "pub")]
    public: Text<'a>,
    #[serde(borrow, rename = "priv")]
    private: Text<'a>,
    #[serde(borrow)]
    x5c: Option<Vec<Cow<'a, str>>>,
    /// Further primes of an RSA key.
    oth: Option<serde::de::IgnoredAny>,
    #[serde(borrow)]
    keys: Option<Vec<Members<'a>>>,
}

/// Reads a text; nothing when it is no JSON Web Key.
///
/// A set whose JSON is damaged anywhere is none: there is no telling where its keys begin and end.
#[must_use]
pub fn read(text: &[u8]) -> Vec<Jwk> {
    let start = text.iter().position(|octet| !octet.is_ascii_whitespace()).unwrap_or(text.len());
    let text = &text[start..];
    if text.len() > MAX_TEXT || !matches!(text.first(), Some(b'{' | b'[')) {
        return Vec::new();
    }
    let members = match text.first() {
        Some(b'{') => serde_json::from_slice::<Members<'_>>(text).map(|one| vec![one]),
        _ => serde_json::from_slice::<Vec<Members<'_>>>(text),
    };
    let all = members.unwrap_or_default().into_iter().flat_map(|mut one| match one.keys.take() {
        Some(keys) => keys,
        None => vec![one],
    });
    all.filter(|one| one.kty.is_some()).take(MAX_KEYS).map(|one| one.read()).collect()
}

/// A member that must be there, decoded.
fn octets(member: &Text<'_>, what: &'static str) -> Result<Zeroizing<Vec<u8>>> {
    let text = member.as_deref().ok_or(ErrorKind::CorruptContainer { what })?;
    let octets = BASE64URL.decode(text.as_bytes());
    octets.map(Zeroizing::new).map_err(|_| ErrorKind::CorruptContainer { what }.into())
}

fn unsupported(name: &str) -> Error {
    ErrorKind::UnsupportedAlgorithm { oid: name.to_owned() }.into()
}

impl Members<'_> {
    fn read(&self) -> Jwk {
        let secret = self.d.is_some() || self.k.is_some() || self.private.is_some();
        let items = self.key().and_then(|key| self.with_certificates(key));
        Jwk { name: self.kid.as_deref().map(str::to_owned), items, secret }
    }

    fn key(&self) -> Result<Item> {
        match self.kty.as_deref().unwrap_or_default() {
            "RSA" => self.rsa(),
            "EC" => self.ec(curve(&EC, &self.crv)?),
            "OKP" => self.okp(curve(&OKP, &self.crv)?),
            "AKP" => self.akp(curve(&AKP, &self.alg)?),
            "oct" => {
                let label = self.alg.as_deref().unwrap_or("oct").to_owned();
                let bytes = octets(&self.k, "member k of the JSON Web Key")?.to_vec();
                Ok(Item::Other { kind: Kind::SecretKey, label, bytes })
            }
            other => Err(unsupported(other)),
        }
    }

    fn rsa(&self) -> Result<Item> {
        let n = octets(&self.n, "member n of the JSON Web Key")?;
        let e = octets(&self.e, "member e of the JSON Web Key")?;
        if self.d.is_none() {
            let numbers = encode::sequence(&[&encode::unsigned(&n), &encode::unsigned(&e)]);
            return public(&[&encode::oid(RSA), &encode::NULL], &numbers);
        }
        if self.oth.is_some() {
            return Err(unsupported("RSA with more than two primes"));
        }
        let d = octets(&self.d, "member d of the JSON Web Key")?;
        let primes = match (&self.p, &self.q) {
            (None, None) => Vec::new(),
            (p, q) => {
                vec![octets(p, "member p of the JSON Web Key")?, octets(q, "member q of the JSON Web Key")?]
            }
        };
        let primes: Vec<&[u8]> = primes.iter().map(|prime| prime.as_slice()).collect();
        PrivateKey::from_rsa_numbers(&n, &e, &d, &primes).map(Item::PrivateKey)
    }

    fn ec(&self, curve: &Curve) -> Result<Item> {
        let x = octets(&self.x, "member x of the JSON Web Key")?;
        let y = octets(&self.y, "member y of the JSON Web Key")?;
        if x.len() != curve.size || y.len() != curve.size {
            return Err(
                ErrorKind::CorruptContainer { what: "length of a coordinate in the JSON Web Key" }.into()
            );
        }
        let point = [&[4], x.as_slice(), &y].concat();
        let oid = encode::oid(identifier(curve)?);
        let algorithm = [encode::oid(EC_KEY), oid];
        let algorithm: Vec<&[u8]> = algorithm.iter().map(Vec::as_slice).collect();
        if self.d.is_none() {
            return public(&algorithm, &point);
        }
        let number = octets(&self.d, "member d of the JSON Web Key")?;
        match PrivateKey::from_ec_number(curve.oid, &number, Some(&point)) {
            Err(Error { kind: ErrorKind::UnsupportedAlgorithm { .. }, .. }) => {
                let bits = tlv::write(3, &[&[0], &point[..]].concat());
                let sec1 = Zeroizing::new(encode::sequence(&[
                    &encode::integer(1),
                    &encode::octet_string(&number),
                    &encode::constructed(0xa1, &[&bits]),
                ]));
                Ok(private(&algorithm, &sec1))
            }
            key => key.map(Item::PrivateKey),
        }
    }

    fn okp(&self, curve: &Curve) -> Result<Item> {
        let x = octets(&self.x, "member x of the JSON Web Key")?;
        if x.len() != curve.size {
            return Err(
                ErrorKind::CorruptContainer { what: "length of the public key in the JSON Web Key" }.into()
            );
        }
        let algorithm = encode::oid(identifier(curve)?);
        if self.d.is_none() {
            return public(&[&algorithm], &x);
        }
        let seed = octets(&self.d, "member d of the JSON Web Key")?;
        if curve.oid == crate::key::ED25519 {
            let key = PrivateKey::from_ed25519_seed(&seed)?;
            return match key.public().bits() == x.as_slice() {
                true => Ok(Item::PrivateKey(key)),
                false => Err(ErrorKind::BadKey.into()),
            };
        }
        if seed.len() != curve.size {
            return Err(ErrorKind::BadKey.into());
        }
        Ok(private(&[&algorithm], &Zeroizing::new(encode::octet_string(&seed))))
    }

    fn akp(&self, set: &Curve) -> Result<Item> {
        let key = octets(&self.public, "member pub of the JSON Web Key")?;
        if key.len() != set.size {
            return Err(
                ErrorKind::CorruptContainer { what: "length of the public key in the JSON Web Key" }.into()
            );
        }
        let algorithm = encode::oid(identifier(set)?);
        if self.private.is_none() {
            return public(&[&algorithm], &key);
        }
        let seed = octets(&self.private, "member priv of the JSON Web Key")?;
        // The seed alone: [0] IMPLICIT OCTET STRING of RFC 9881 section 6.
        let octets = Zeroizing::new(tlv::write(0x80, &seed));
        let item = private(&[&algorithm], &octets);
        let read = crate::key::outline(item.bytes())?;
        match read.public.is_some_and(|public| public.bits() == key.as_slice()) {
            true => Ok(item),
            false => Err(ErrorKind::BadKey.into()),
        }
    }

    /// The certificates of `x5c`; the first has to be that of the key (RFC 7517 section 4.7).
    fn with_certificates(&self, key: Item) -> Result<Vec<Item>> {
        let mut out = vec![key];
        for text in self.x5c.iter().flatten() {
            let what = "member x5c of the JSON Web Key";
            let der = STANDARD.decode(text.as_bytes()).map_err(|_| ErrorKind::CorruptContainer { what })?;
            let certificate = Certificate::parse(&der).map_err(|error| Error::from(error.kind))?;
            if out.len() == 1 && public_of(&out[0]).is_some_and(|key| key != *certificate.public_key()) {
                return Err(ErrorKind::KeyMismatch.into());
            }
            out.push(Item::Certificate(certificate));
        }
        Ok(out)
    }
}

fn public_of(item: &Item) -> Option<PublicKey> {
    match item {
        Item::PrivateKey(key) => Some(key.public().clone()),
        Item::PublicKey(key) => Some(key.clone()),
        _ => None,
    }
}

fn curve<'c>(curves: &'c [Curve], name: &Text<'_>) -> Result<&'c Curve> {
    let name = name.as_deref().unwrap_or_default();
    curves.iter().find(|curve| curve.name == name).ok_or_else(|| unsupported(name))
}

fn identifier(curve: &Curve) -> Result<ObjectIdentifier> {
    ObjectIdentifier::new(curve.oid).map_err(|_| unsupported(curve.oid))
}

fn public(algorithm: &[&[u8]], key: &[u8]) -> Result<Item> {
    let bits = tlv::write(3, &[&[0], key].concat());
    PublicKey::from_spki(&encode::sequence(&[&encode::sequence(algorithm), &bits])).map(Item::PublicKey)
}

/// A key that cannot be worked with, as PKCS#8; what it is called is read from the bytes.
fn private(algorithm: &[&[u8]], octets: &[u8]) -> Item {
    let octets = Zeroizing::new(encode::octet_string(octets));
    let der = Zeroizing::new(encode::sequence(&[&encode::integer(0), &encode::sequence(algorithm), &octets]));
    let found = read_labelled(&der, "PRIVATE KEY").found.into_iter().next();
    found.map_or_else(
        || Item::Other { kind: Kind::PrivateKey, label: "PRIVATE KEY".to_owned(), bytes: der.to_vec() },
        |found| found.item,
    )
}
