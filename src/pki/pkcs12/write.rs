//! Writes a file with one key and its certificates.
//!
//! It does not choose the order of the chain and does not judge the certificates.

use super::bag::{CERTIFICATE, FRIENDLY_NAME, LOCAL_KEY_ID, SHROUDED_KEY, X509_CERTIFICATE};
use super::pfx::ENCRYPTED_DATA;
use super::{MAX_ITERATIONS, mac};
use crate::ber::encode;
use crate::encryption::kdf::Hash;
use crate::encryption::{Encryption, Password, check_iterations};
use crate::error::{Error, ErrorKind};
use crate::key::PrivateKey;
use crate::pkcs7::DATA;
use const_oid::ObjectIdentifier;
use sha1::{Digest, Sha1};

/// Octets of the MAC salt. Eight, as every producer wrote for decades: some importers refuse more.
const MAC_SALT: usize = 8;

/// Which algorithms protect the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// PBES2 with AES-256-CBC, PBKDF2 and MAC with HMAC-SHA256: OpenSSL 1.1+, Windows Server 2019+, Java 8u301+.
    Modern,
    /// Triple DES and SHA-1 of RFC 7292 appendix C: for older Windows, macOS, Android and Java.
    Legacy,
}

/// What a file will hold.
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

/// Writes a file; `random` fills salts and initialisation vectors.
///
/// # Errors
/// `EmptyPassword`, because empty passwords open on some systems only; `KeyMismatch` when the first certificate has
/// another public key; `BadDer` when it is none; `TooManyIterations` above the limit for reading.
pub fn write(plan: &Pkcs12Plan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<u8>, Error> {
    if plan.password.is_empty() {
        return Err(ErrorKind::EmptyPassword.into());
    }
    check_iterations(u64::from(plan.iterations))?;
    let iterations = plan.iterations.max(1);
    let password = Password::new(plan.password);
    let identifier: Vec<u8> = match plan.certificates {
        [leaf, ..] => {
            if crate::Certificate::parse(leaf)?.public_key() != plan.key.public() {
                return Err(ErrorKind::KeyMismatch.into());
            }
            Sha1::digest(leaf).to_vec()
        }
        [] => Sha1::digest(plan.key.public().as_der()).to_vec(),
    };
    let encryption = || match plan.scheme {
        Scheme::Modern => Encryption::modern(iterations, random),
        Scheme::Legacy => Encryption::legacy(iterations, random),
    };
    let attributes = attributes(plan.friendly_name, &identifier);
    let mut infos = Vec::new();
    if !plan.certificates.is_empty() {
        let bags: Vec<Vec<u8>> = plan
            .certificates
            .iter()
            .enumerate()
            .map(|(index, der)| certificate_bag(der, if index == 0 { &attributes } else { &[] }))
            .collect();
        infos.extend(encrypted_data(&encryption(), &password, &encode::element(0x30, &bags.concat()))?);
    }
    let shrouded = encryption();
    let key = encode::sequence(&[
        &shrouded.to_der(),
        &encode::octet_string(&shrouded.seal(&password, plan.key.pkcs8())?),
    ]);
    let key_bag = bag(SHROUDED_KEY, &key, &attributes);
    infos.extend(data(&encode::sequence(&[&key_bag])));
    let authenticated = encode::element(0x30, &infos);
    let mut salt = [0; MAC_SALT];
    random(&mut salt);
    let hash = match plan.scheme {
        Scheme::Modern => Hash::Sha256,
        Scheme::Legacy => Hash::Sha1,
    };
    Ok(encode::sequence(&[
        &encode::integer(3),
        &data(&authenticated),
        &mac::write(hash, &password, &salt, iterations, &authenticated),
    ]))
}

const _: () = assert!(MAX_ITERATIONS <= u32::MAX as u64);

/// ContentInfo of type data.
fn data(content: &[u8]) -> Vec<u8> {
    encode::sequence(&[&encode::oid(DATA), &encode::constructed(0xa0, &[&encode::octet_string(content)])])
}

/// ContentInfo of type encryptedData.
fn encrypted_data(encryption: &Encryption, password: &Password, contents: &[u8]) -> Result<Vec<u8>, Error> {
    let info = encode::sequence(&[
        &encode::oid(DATA),
        &encryption.to_der(),
        &encode::element(0x80, &encryption.seal(password, contents)?),
    ]);
    let data = encode::sequence(&[&encode::integer(0), &info]);
    Ok(encode::sequence(&[&encode::oid(ENCRYPTED_DATA), &encode::constructed(0xa0, &[&data])]))
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

/// The SET of friendlyName and localKeyId, in DER order.
fn attributes(friendly_name: &str, identifier: &[u8]) -> Vec<u8> {
    let attribute = |oid, value: Vec<u8>| encode::sequence(&[&encode::oid(oid), &encode::set(&[&value])]);
    let mut members = vec![attribute(LOCAL_KEY_ID, encode::octet_string(identifier))];
    if !friendly_name.is_empty() {
        let units: Vec<u8> = friendly_name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        members.push(attribute(FRIENDLY_NAME, encode::element(0x1e, &units)));
    }
    members.sort();
    encode::element(0x31, &members.concat())
}
