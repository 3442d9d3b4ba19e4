//! Writes keys as JSON Web Keys, each named by its thumbprint (RFC 7638).
//!
//! The text is put together by hand, so that no copy of a private number stays in memory.

use super::{Curve, EC, OKP, base64url};
use crate::error::{ErrorKind, Result};
use crate::key::PublicKeyAlgorithm;
use crate::tlv;
use crate::{Certificate, PrivateKey, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A key to be written.
#[derive(Debug, Clone)]
pub struct KeyToWrite<'a> {
    /// Its public half.
    pub public: &'a PublicKey,
    /// Its private half.
    pub private: Option<&'a PrivateKey>,
    /// Its certificate and the chain above, for `x5c`; may be empty.
    pub certificates: Vec<&'a Certificate>,
}

/// Members of an object: names and values that need no escaping.
type Members = Vec<(&'static str, Zeroizing<String>)>;

/// Whether a key can be written: RSA (but not an id-RSASSA-PSS key, whose restriction would be lost), the NIST curves,
/// and public keys of OKP.
#[must_use]
pub fn fits(key: &PublicKey) -> bool {
    Numbers::of(key).is_ok()
}

/// Writes one key as an object, several as a set.
///
/// # Errors
/// `UnsupportedAlgorithm` for a key that [`fits`] says no to.
pub fn write(keys: &[KeyToWrite<'_>]) -> Result<Zeroizing<String>> {
    let mut out = Zeroizing::new(String::new());
    if let [key] = keys {
        object(key, "", &mut out)?;
        out.push('\n');
        return Ok(out);
    }
    out.push_str("{\n  \"keys\": [\n");
    for (index, key) in keys.iter().enumerate() {
        out.push_str(if index == 0 { "    " } else { ",\n    " });
        object(key, "    ", &mut out)?;
    }
    out.push_str("\n  ]\n}\n");
    Ok(out)
}

/// The thumbprint of a public key: SHA-256 of its members in the order of the alphabet (RFC 7638 section 3).
fn thumbprint(members: &Members) -> Zeroizing<String> {
    let mut sorted: Vec<String> =
        members.iter().map(|(name, value)| format!("\"{name}\":\"{}\"", value.as_str())).collect();
    sorted.sort();
    base64url(&Sha256::digest(format!("{{{}}}", sorted.join(","))))
}

fn object(key: &KeyToWrite<'_>, indent: &str, out: &mut Zeroizing<String>) -> Result<()> {
    let mut members = public_members(key.public)?;
    let name = thumbprint(&members);
    members.insert(1, ("kid", name));
    if let Some(private) = key.private {
        members.extend(private_members(private)?);
    }
    // No reallocation may leave a copy behind.
    let size: usize = members.iter().map(|(name, value)| name.len() + value.len() + indent.len() + 12).sum();
    let mut text = Zeroizing::new(String::with_capacity(out.len() + size));
    text.push_str(out);
    *out = text;
    out.push('{');
    for (index, (name, value)) in members.iter().enumerate() {
        for part in [if index == 0 { "\n" } else { ",\n" }, indent, "  \"", name, "\": \"", value, "\""] {
            out.push_str(part);
        }
    }
    if !key.certificates.is_empty() {
        let texts: Vec<String> = key
            .certificates
            .iter()
            .map(|certificate| format!("{indent}    \"{}\"", STANDARD.encode(certificate.der())))
            .collect();
        let list = format!(",\n{indent}  \"x5c\": [\n{}\n{indent}  ]", texts.join(",\n"));
        let mut text = Zeroizing::new(String::with_capacity(out.len() + list.len() + indent.len() + 64));
        text.push_str(out);
        text.push_str(&list);
        *out = text;
    }
    out.push('\n');
    out.push_str(indent);
    out.push('}');
    Ok(())
}

fn plain(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn unsupported(key: &PublicKey) -> crate::Error {
    ErrorKind::UnsupportedAlgorithm { oid: key.algorithm_oid() }.into()
}

/// The numbers of a public key, as far as JSON Web Keys have a place for them.
enum Numbers<'a> {
    Rsa { modulus: &'a [u8], exponent: &'a [u8] },
    Ec { curve: &'static Curve, x: &'a [u8], y: &'a [u8] },
    Okp { curve: &'static Curve, x: &'a [u8] },
}

impl<'a> Numbers<'a> {
    fn of(key: &'a PublicKey) -> Result<Self> {
        let bits = key.bits();
        let curve = |name: &str| EC.iter().find(|curve| curve.name == name);
        let curve = match key.algorithm() {
            PublicKeyAlgorithm::Rsa { .. } if !key.is_rsa_pss() => {
                let mut fields = tlv::only(bits, tlv::SEQUENCE, "RSA key")?.inside();
                let mut number = || fields.take(tlv::INTEGER, "RSA key").map(|number| digits(number.content));
                return Ok(Self::Rsa { modulus: number()?, exponent: number()? });
            }
            PublicKeyAlgorithm::P256 => curve("P-256"),
            PublicKeyAlgorithm::P384 => curve("P-384"),
            PublicKeyAlgorithm::P521 => curve("P-521"),
            _ => None,
        };
        if let Some(curve) = curve {
            let point = bits.strip_prefix(&[4]).filter(|point| point.len() == 2 * curve.size);
            let (x, y) = point.ok_or(ErrorKind::BadKey)?.split_at(curve.size);
            return Ok(Self::Ec { curve, x, y });
        }
        let oid = key.algorithm_oid();
        let curve = OKP.iter().find(|curve| curve.oid == oid).filter(|curve| curve.size == bits.len());
        Ok(Self::Okp { curve: curve.ok_or_else(|| unsupported(key))?, x: bits })
    }
}

fn public_members(key: &PublicKey) -> Result<Members> {
    Ok(match Numbers::of(key)? {
        Numbers::Rsa { modulus, exponent } => {
            vec![("kty", plain("RSA")), ("n", base64url(modulus)), ("e", base64url(exponent))]
        }
        Numbers::Ec { curve, x, y } => {
            vec![("kty", plain("EC")), ("crv", plain(curve.name)), ("x", base64url(x)), ("y", base64url(y))]
        }
        Numbers::Okp { curve, x } => {
            vec![("kty", plain("OKP")), ("crv", plain(curve.name)), ("x", base64url(x))]
        }
    })
}

fn private_members(key: &PrivateKey) -> Result<Members> {
    let octets = key.octets()?;
    match key.public().algorithm() {
        PublicKeyAlgorithm::Rsa { .. } => {
            let mut fields = tlv::only(octets, tlv::SEQUENCE, "RSA key")?.inside();
            let mut out = Vec::new();
            for name in ["version", "n", "e", "d", "p", "q", "dp", "dq", "qi"] {
                let number = fields.take(tlv::INTEGER, "RSA key")?;
                if !matches!(name, "version" | "n" | "e") {
                    out.push((name, base64url(digits(number.content))));
                }
            }
            Ok(out)
        }
        PublicKeyAlgorithm::P256 | PublicKeyAlgorithm::P384 | PublicKeyAlgorithm::P521 => {
            let mut fields = tlv::only(octets, tlv::SEQUENCE, "EC key")?.inside();
            fields.take(tlv::INTEGER, "EC key version")?;
            // As many octets as the curve has (RFC 7518 section 6.2.2.1), which is how the key is kept.
            Ok(vec![("d", base64url(fields.take(tlv::OCTET_STRING, "EC key")?.content))])
        }
        PublicKeyAlgorithm::Ed25519 => {
            let seed = tlv::only(octets, tlv::OCTET_STRING, "Ed25519 key")?;
            Ok(vec![("d", base64url(seed.content))])
        }
        PublicKeyAlgorithm::Other(_) => Err(unsupported(key.public())),
    }
}

/// The digits of a number without the zero of its sign.
fn digits(content: &[u8]) -> &[u8] {
    content.strip_prefix(&[0]).filter(|rest| !rest.is_empty()).unwrap_or(content)
}
