//! Writes a file with keys, certificates, or both.
//!
//! It does not choose the order of the chain and does not judge the certificates.

use super::bag::{CERTIFICATE, FRIENDLY_NAME, LOCAL_KEY_ID, SHROUDED_KEY, X509_CERTIFICATE};
use super::pfx::ENCRYPTED_DATA;
use super::{MAX_ITERATIONS, mac};
use crate::encryption::kdf::Hash;
use crate::encryption::{Encryption, Password, check_iterations};
use crate::error::{Error, ErrorKind};
use crate::key::PrivateKey;
use crate::order;
use crate::pkcs7::DATA;
use crate::tlv::{self, encode};
use const_oid::ObjectIdentifier;
use sha1::{Digest, Sha1};

/// The octets of MAC salt that every producer wrote for decades; some importers refuse more.
pub const USUAL_MAC_SALT: usize = 8;

/// Oracle's attribute trustedKeyUsage: without it, Java does not see a certificate that has no key beside it.
const TRUSTED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.113894.746875.1.1");
const ANY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");

/// Which algorithms protect the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// PBES2 with AES-256-CBC, PBKDF2 and MAC with HMAC-SHA256: OpenSSL 1.1+, Windows Server 2019+, Java 8u301+.
    Modern,
    /// Triple DES and SHA-1 of RFC 7292 appendix C: for older Windows, macOS, Android and Java.
    Legacy,
}

/// How a file is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    /// The algorithms.
    pub scheme: Scheme,
    /// Iterations of each key derivation; at least 1.
    pub iterations: u32,
    /// Octets of the salt of the integrity check, see [`USUAL_MAC_SALT`].
    pub mac_salt: usize,
}

/// A key to be written.
#[derive(Debug, Clone, Copy)]
pub struct KeyToWrite<'a> {
    /// The key.
    pub key: &'a PrivateKey,
    /// Its friendlyName; empty for none.
    pub friendly_name: &'a str,
    /// The place of its certificate in [`Contents::certificates`]; both get the same localKeyId and name.
    pub certificate: Option<usize>,
}

/// What a file will hold.
#[derive(Debug, Clone, Default)]
pub struct Contents<'a> {
    /// The keys.
    pub keys: Vec<KeyToWrite<'a>>,
    /// Certificates in DER, in the order in which readers show them.
    pub certificates: Vec<&'a [u8]>,
    /// The friendlyName of each certificate that has no key; one that is missing gets none. Where there is no key at
    /// all they are marked as trusted, for Java.
    pub certificate_names: Vec<String>,
}

/// What a file for one key will hold.
#[derive(Debug, Clone, Copy)]
pub struct Pkcs12Plan<'a> {
    /// The friendlyName of key and leaf; empty for none.
    pub friendly_name: &'a str,
    /// The private key.
    pub key: &'a PrivateKey,
    /// Certificates in DER, the one of the key first.
    pub certificates: &'a [&'a [u8]],
    /// The password; Java refuses files whose password is not ASCII.
    pub password: &'a str,
    /// Iterations of each of the three key derivations; at least 1.
    pub iterations: u32,
    /// The algorithms.
    pub scheme: Scheme,
}

/// Writes a file for one key; `random` fills salts and initialisation vectors.
///
/// # Errors
/// Those of [`write_contents`].
pub fn write(plan: &Pkcs12Plan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<u8>, Error> {
    let contents = Contents {
        keys: vec![KeyToWrite {
            key: plan.key,
            friendly_name: plan.friendly_name,
            certificate: (!plan.certificates.is_empty()).then_some(0),
        }],
        certificates: plan.certificates.to_vec(),
        certificate_names: Vec::new(),
    };
    let suite = Suite { scheme: plan.scheme, iterations: plan.iterations, mac_salt: USUAL_MAC_SALT };
    write_contents(&contents, plan.password, suite, random)
}

/// Writes a file; `random` fills salts and initialisation vectors.
///
/// # Errors
/// `EmptyPassword`, because empty passwords open on some systems only; `KeyMismatch` when the certificate of a key has
/// another public key; `BadDer` when it is none; `TooManyIterations` above the limit for reading.
pub fn write_contents(
    contents: &Contents<'_>,
    password: &str,
    suite: Suite,
    random: &dyn Fn(&mut [u8]),
) -> Result<Vec<u8>, Error> {
    if password.is_empty() {
        return Err(ErrorKind::EmptyPassword.into());
    }
    check_iterations(u64::from(suite.iterations))?;
    let writer = Writer { suite, password: Password::new(password), random };
    let mut infos = Vec::new();
    if !contents.certificates.is_empty() {
        infos.extend(writer.encrypted_data(&tlv::write(0x30, &certificate_bags(contents).concat()))?);
    }
    let mut keys = Vec::new();
    for key in &contents.keys {
        let value = writer.shrouded(key.key)?;
        keys.extend(bag(
            SHROUDED_KEY,
            &value,
            &attributes(key.friendly_name, Some(&identifier(contents, key)?)),
        ));
    }
    if !keys.is_empty() {
        infos.extend(data(&tlv::write(0x30, &keys)));
    }
    let authenticated = tlv::write(0x30, &infos);
    Ok(encode::sequence(&[&encode::integer(3), &data(&authenticated), &writer.mac(&authenticated)]))
}

const _: () = assert!(MAX_ITERATIONS <= u32::MAX as u64);

struct Writer<'a> {
    suite: Suite,
    password: Password,
    random: &'a dyn Fn(&mut [u8]),
}

impl Writer<'_> {
    fn iterations(&self) -> u32 {
        self.suite.iterations.max(1)
    }

    fn encryption(&self) -> Encryption {
        match self.suite.scheme {
            Scheme::Modern => Encryption::modern(self.iterations(), self.random),
            Scheme::Legacy => Encryption::legacy(self.iterations(), self.random),
        }
    }

    /// EncryptedPrivateKeyInfo.
    fn shrouded(&self, key: &PrivateKey) -> Result<Vec<u8>, Error> {
        let encryption = self.encryption();
        let sealed = encryption.seal(&self.password, key.pkcs8())?;
        Ok(encode::sequence(&[&encryption.to_der(), &encode::octet_string(&sealed)]))
    }

    /// ContentInfo of type encryptedData.
    fn encrypted_data(&self, contents: &[u8]) -> Result<Vec<u8>, Error> {
        let encryption = self.encryption();
        let info = encode::sequence(&[
            &encode::oid(DATA),
            &encryption.to_der(),
            &tlv::write(0x80, &encryption.seal(&self.password, contents)?),
        ]);
        let data = encode::sequence(&[&encode::integer(0), &info]);
        Ok(encode::sequence(&[&encode::oid(ENCRYPTED_DATA), &encode::constructed(0xa0, &[&data])]))
    }

    fn mac(&self, authenticated: &[u8]) -> Vec<u8> {
        let mut salt = vec![0; self.suite.mac_salt.clamp(8, 64)];
        (self.random)(&mut salt);
        let hash = match self.suite.scheme {
            Scheme::Modern => Hash::Sha256,
            Scheme::Legacy => Hash::Sha1,
        };
        mac::write(hash, &self.password, &salt, self.iterations(), authenticated)
    }
}

/// ContentInfo of type data.
fn data(content: &[u8]) -> Vec<u8> {
    encode::sequence(&[&encode::oid(DATA), &encode::constructed(0xa0, &[&encode::octet_string(content)])])
}

/// The localKeyId that a key shares with its certificate.
fn identifier(contents: &Contents<'_>, key: &KeyToWrite<'_>) -> Result<Vec<u8>, Error> {
    let Some(leaf) = key.certificate.and_then(|index| contents.certificates.get(index)) else {
        return Ok(Sha1::digest(key.key.public().as_der()).to_vec());
    };
    if crate::Certificate::parse(leaf)?.public_key() != key.key.public() {
        return Err(ErrorKind::KeyMismatch.into());
    }
    Ok(Sha1::digest(leaf).to_vec())
}

fn certificate_bags(contents: &Contents<'_>) -> Vec<Vec<u8>> {
    let one = |(index, der): (usize, &&[u8])| {
        let key = contents.keys.iter().find(|key| key.certificate == Some(index));
        let own = contents.certificate_names.get(index).map_or("", String::as_str);
        let attributes = match key {
            Some(key) => attributes(key.friendly_name, Some(&Sha1::digest(der))),
            None if contents.keys.is_empty() => trusted(own),
            None => attributes(own, None),
        };
        certificate_bag(der, &attributes)
    };
    contents.certificates.iter().enumerate().map(one).collect()
}

fn certificate_bag(der: &[u8], attributes: &[u8]) -> Vec<u8> {
    let value = encode::sequence(&[
        &encode::oid(X509_CERTIFICATE),
        &encode::constructed(0xa0, &[&encode::octet_string(der)]),
    ]);
    bag(CERTIFICATE, &value, attributes)
}

fn bag(kind: ObjectIdentifier, value: &[u8], attributes: &[u8]) -> Vec<u8> {
    encode::sequence(&[&encode::oid(kind), &encode::constructed(0xa0, &[value]), attributes])
}

fn attribute(oid: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    encode::sequence(&[&encode::oid(oid), &encode::set(&[value])])
}

fn name_attribute(friendly_name: &str) -> Option<Vec<u8>> {
    let units: Vec<u8> = friendly_name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    (!units.is_empty()).then(|| attribute(FRIENDLY_NAME, &tlv::write(0x1e, &units)))
}

/// The SET of friendlyName and localKeyId, in DER order; nothing when both are missing.
fn attributes(friendly_name: &str, identifier: Option<&[u8]>) -> Vec<u8> {
    let identifier = identifier.map(|octets| attribute(LOCAL_KEY_ID, &encode::octet_string(octets)));
    attribute_set(identifier.into_iter().chain(name_attribute(friendly_name)))
}

/// The attributes of a certificate that stands alone.
fn trusted(friendly_name: &str) -> Vec<u8> {
    let trusted = attribute(TRUSTED_KEY_USAGE, &encode::oid(ANY_USAGE));
    attribute_set(name_attribute(friendly_name).into_iter().chain([trusted]))
}

fn attribute_set(members: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut members: Vec<Vec<u8>> = members.collect();
    order::sort_by(&mut members, Ord::cmp);
    match members.is_empty() {
        true => Vec::new(),
        false => tlv::write(0x31, &members.concat()),
    }
}
