//! Public keys and certificates of OpenSSH, as they stand behind the base64 of a line.
//!
//! Signatures of certificates are not verified.

use super::corrupt;
use super::wire::Wire;
use crate::PublicKey;
use crate::error::{Error, ErrorKind};
use crate::tlv::{self, encode};
use const_oid::ObjectIdentifier;

/// What the names of certificate types end with.
const CERTIFICATE: &str = "-cert-v01@openssh.com";

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// A public key, or a certificate with the key inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicBlob {
    /// The type: `ssh-ed25519`, `ssh-rsa-cert-v01@openssh.com`.
    pub algorithm: String,
    /// The key as SubjectPublicKeyInfo; `None` for types that have no such form.
    pub key: Option<PublicKey>,
    /// The application of a security key (`ssh:`), for the types of which the other half is in a device.
    pub application: Option<String>,
    /// What a certificate says.
    pub certificate: Option<Certificate>,
}

/// What an OpenSSH certificate says ([PROTOCOL.certkeys]).
///
/// [PROTOCOL.certkeys]: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.certkeys
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub serial: u64,
    /// Whether it is for a host; otherwise it is for a user.
    pub for_host: bool,
    /// What the authority calls it.
    pub key_id: String,
    /// The names that it is for; all where there is none.
    pub principals: Vec<String>,
    /// Seconds since 1970.
    pub valid_after: u64,
    /// Seconds since 1970; the largest number for ever.
    pub valid_before: u64,
    /// Name and value of the critical options.
    pub critical_options: Vec<(String, Vec<u8>)>,
    /// Name and value of the extensions.
    pub extensions: Vec<(String, Vec<u8>)>,
    /// The type of the authority's key.
    pub authority_algorithm: String,
    /// The authority's key as it stands there.
    pub authority: Vec<u8>,
}

/// Number, string and so on behind each other make one key.
pub(super) struct Fields<'a> {
    pub key: Option<PublicKey>,
    pub application: Option<&'a str>,
}

impl PublicBlob {
    /// Takes a key or a certificate apart.
    ///
    /// # Errors
    /// `CorruptContainer` when it cannot be followed; `UnsupportedAlgorithm` with the name of a type that is not known.
    pub fn parse(input: &[u8]) -> Result<Self, Error> {
        let mut wire = Wire::new(input);
        let algorithm = wire.text()?;
        let base = algorithm.strip_suffix(CERTIFICATE);
        if base.is_some() {
            wire.string()?;
        }
        // The names of security keys end alike, with or without a certificate.
        let plain = match base {
            Some(base) if base.starts_with("sk-") => format!("{base}@openssh.com"),
            _ => base.unwrap_or(algorithm).to_owned(),
        };
        let fields = fields(&plain, &mut wire)?;
        let certificate = match base {
            Some(_) => Some(certificate(&mut wire)?),
            None if wire.is_empty() => None,
            None => return Err(corrupt("end of the public key")),
        };
        Ok(PublicBlob {
            algorithm: algorithm.to_owned(),
            key: fields.key,
            application: fields.application.map(str::to_owned),
            certificate,
        })
    }
}

/// Reads the fields of one type.
pub(super) fn fields<'a>(algorithm: &str, wire: &mut Wire<'a>) -> Result<Fields<'a>, Error> {
    let security_key = algorithm.starts_with("sk-");
    let spki = match algorithm {
        "ssh-rsa" => {
            let (exponent, modulus) = (wire.number()?, wire.number()?);
            let key = encode::sequence(&[&encode::unsigned(modulus), &encode::unsigned(exponent)]);
            Some(spki(&[&encode::oid(RSA), &encode::NULL], &key))
        }
        "ssh-dss" => {
            let (p, q, g, y) = (wire.number()?, wire.number()?, wire.number()?, wire.number()?);
            let parameters =
                encode::sequence(&[&encode::unsigned(p), &encode::unsigned(q), &encode::unsigned(g)]);
            Some(spki(&[&encode::oid(DSA), &parameters], &encode::unsigned(y)))
        }
        "ssh-ed25519" | "sk-ssh-ed25519@openssh.com" => {
            Some(spki(&[&encode::oid(ED25519)], point(wire.string()?, 32)?))
        }
        "ecdsa-sha2-nistp256"
        | "ecdsa-sha2-nistp384"
        | "ecdsa-sha2-nistp521"
        | "sk-ecdsa-sha2-nistp256@openssh.com" => {
            let name = wire.text()?;
            if !algorithm.trim_end_matches("@openssh.com").ends_with(name) {
                return Err(corrupt("name of the curve"));
            }
            let (curve, size) = curve(name).ok_or_else(|| corrupt("name of the curve"))?;
            let key = point(wire.string()?, size)?;
            Some(spki(&[&encode::oid(EC), &encode::oid(curve)], key))
        }
        _ => return Err(ErrorKind::UnsupportedAlgorithm { oid: algorithm.to_owned() }.into()),
    };
    let application = if security_key { Some(wire.text()?) } else { None };
    Ok(Fields { key: spki.as_deref().map(PublicKey::from_spki).transpose()?, application })
}

/// OID of a curve and octets of a point in the uncompressed form.
pub(super) fn curve(name: &str) -> Option<(ObjectIdentifier, usize)> {
    let (oid, size) = match name {
        "nistp256" => (crate::key::P256, 65),
        "nistp384" => (crate::key::P384, 97),
        "nistp521" => (crate::key::P521, 133),
        _ => return None,
    };
    Some((ObjectIdentifier::new(oid).ok()?, size))
}

fn point(octets: &[u8], size: usize) -> Result<&[u8], Error> {
    if octets.len() == size { Ok(octets) } else { Err(corrupt("length of the public key")) }
}

fn spki(algorithm: &[&[u8]], key: &[u8]) -> Vec<u8> {
    let bits = [&[0], key].concat();
    encode::sequence(&[&encode::sequence(algorithm), &tlv::write(3, &bits)])
}

fn certificate(wire: &mut Wire<'_>) -> Result<Certificate, Error> {
    let serial = wire.u64()?;
    let for_host = match wire.u32()? {
        1 => false,
        2 => true,
        _ => return Err(corrupt("type of the certificate")),
    };
    let key_id = String::from_utf8_lossy(wire.string()?).into_owned();
    let mut names = Wire::new(wire.string()?);
    let mut principals = Vec::new();
    while !names.is_empty() {
        principals.push(String::from_utf8_lossy(names.string()?).into_owned());
    }
    let (valid_after, valid_before) = (wire.u64()?, wire.u64()?);
    let (critical_options, extensions) = (options(wire.string()?, true)?, options(wire.string()?, false)?);
    wire.string()?;
    let authority = wire.string()?;
    let authority_algorithm = Wire::new(authority).text()?.to_owned();
    let signature = wire.string()?;
    let signed_by = Wire::new(signature).text()?;
    if !signs(&authority_algorithm, signed_by) {
        return Err(corrupt("type of the certificate's signature"));
    }
    if !wire.is_empty() {
        return Err(corrupt("end of the certificate"));
    }
    Ok(Certificate {
        serial,
        for_host,
        key_id,
        principals,
        valid_after,
        valid_before,
        critical_options,
        extensions,
        authority_algorithm,
        authority: authority.to_vec(),
    })
}

/// Whether a type of key makes this type of signature: RSA has two more, with newer hashes (RFC 8332).
fn signs(key: &str, signature: &str) -> bool {
    key == signature || (key == "ssh-rsa" && matches!(signature, "rsa-sha2-256" | "rsa-sha2-512"))
}

/// Names with their values, each in a string of its own. A value that is not is kept as it stands where that is not
/// critical: OpenSSH reads such certificates too.
fn options(input: &[u8], critical: bool) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut wire = Wire::new(input);
    let mut out = Vec::new();
    while !wire.is_empty() {
        let name = String::from_utf8_lossy(wire.string()?).into_owned();
        let data = wire.string()?;
        let mut inner = Wire::new(data);
        let value = match inner.string() {
            Ok(value) if inner.is_empty() => value,
            _ if data.is_empty() || !critical => data,
            _ => return Err(corrupt("value of an option")),
        };
        out.push((name, value.to_vec()));
    }
    Ok(out)
}
