//! How Java's key stores protect a key and themselves.
//!
//! Which octets are protected is `java`'s business.

use super::corrupt;
use crate::encryption::block::Cipher;
use crate::encryption::{Encryption, Password, check_iterations, is_element};
use crate::error::{Error, ErrorKind};
use crate::tlv::{Cursor, encode};
use const_oid::ObjectIdentifier;
use md5::{Digest, Md5};
use sha1::Sha1;
use zeroize::Zeroizing;

/// Sun's protection of JKS: a stream of SHA-1.
const JKS_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.42.2.17.1.1");
/// PBEWithMD5AndTripleDES, which is no PBES1.
const JCEKS_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.42.2.19.1");
/// Octets of a SHA-1, of the salt and of the check in JKS.
const HASH: usize = 20;
/// The word that goes into the integrity check, against mistaking it for another hash of the password.
const WHITENER: &[u8] = b"Mighty Aphrodite";

/// The password as Java's characters: UTF-16, the high octet first.
fn characters(password: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(password.encode_utf16().flat_map(u16::to_be_bytes).collect())
}

/// The integrity check of JKS and JCEKS.
pub(super) fn digest(password: &str, contents: &[u8]) -> [u8; HASH] {
    let hash = Sha1::new().chain_update(&*characters(password)).chain_update(WHITENER);
    hash.chain_update(contents).finalize().into()
}

/// Opens an EncryptedPrivateKeyInfo under any of the protections met in such stores.
pub(super) fn open(sealed: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut fields = Cursor::new(sealed).sequence("protected key")?;
    let mut algorithm = fields.clone().sequence("protection")?;
    match algorithm.oid("protection")? {
        JKS_PROTECTION => {
            fields.any("protection")?;
            open_jks(fields.octets("protected key")?, password)
        }
        JCEKS_PROTECTION => {
            let (salt, iterations) = parameters(&mut algorithm)?;
            fields.any("protection")?;
            open_jceks(fields.octets("protected key")?, &salt, iterations, password)
        }
        _ => {
            let encryption = Encryption::parse(&mut fields)?;
            encryption.open(&Password::new(password), fields.octets("protected key")?)
        }
    }
}

/// Rounds of key derivation of a protected key.
pub(super) fn cost(sealed: &[u8]) -> Result<u64, Error> {
    let mut fields = Cursor::new(sealed).sequence("protected key")?;
    let mut algorithm = fields.clone().sequence("protection")?;
    let rounds = match algorithm.oid("protection")? {
        JKS_PROTECTION => 1,
        JCEKS_PROTECTION => parameters(&mut algorithm)?.1.saturating_mul(2),
        // What is not known is said when it is opened.
        _ => Encryption::parse(&mut fields).map_or(0, |encryption| encryption.iterations()),
    };
    check_iterations(rounds)?;
    Ok(rounds)
}

/// PBEParameter: a salt and an iteration count.
pub(super) fn parameters(cursor: &mut Cursor<'_>) -> Result<(Vec<u8>, u64), Error> {
    let mut fields = cursor.sequence("PBE parameters")?;
    Ok((fields.octets("PBE salt")?.to_vec(), fields.integer("PBE iterations")?))
}

/// The stream of JKS: each block hashes the password and the block before, the first the salt.
fn stream(password: &[u8], salt: &[u8], data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut block = Zeroizing::new(salt.to_vec());
    let mut out = Zeroizing::new(Vec::with_capacity(data.len()));
    for chunk in data.chunks(HASH) {
        *block = Sha1::new().chain_update(password).chain_update(&*block).finalize().to_vec();
        out.extend(chunk.iter().zip(&*block).map(|(octet, key)| octet ^ key));
    }
    out
}

fn check(password: &[u8], clear: &[u8]) -> Vec<u8> {
    Sha1::new().chain_update(password).chain_update(clear).finalize().to_vec()
}

fn open_jks(data: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
    if data.len() < 2 * HASH {
        return Err(corrupt("length of a protected key"));
    }
    let (salt, rest) = data.split_at(HASH);
    let (sealed, expect) = rest.split_at(rest.len() - HASH);
    let password = characters(password);
    let clear = stream(&password, salt, sealed);
    match check(&password, &clear) == expect {
        true => Ok(clear),
        false => Err(ErrorKind::WrongPassword.into()),
    }
}

/// Protects a key as JKS does; the salt has to be random.
pub(super) fn seal_jks(clear: &[u8], password: &str, salt: &[u8; HASH]) -> Vec<u8> {
    let password = characters(password);
    let data = [&salt[..], &stream(&password, salt, clear), &check(&password, clear)].concat();
    let algorithm = encode::sequence(&[&encode::oid(JKS_PROTECTION), &encode::NULL]);
    encode::sequence(&[&algorithm, &encode::octet_string(&data)])
}

/// PBEWithMD5AndTripleDES; what comes out is whatever was protected.
pub(super) fn open_triple_des(
    data: &[u8],
    salt: &[u8],
    iterations: u64,
    password: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    check_iterations(iterations.saturating_mul(2))?;
    let halves = salt.split_at_checked(4).filter(|_| salt.len() == 8);
    let (first, second) = halves.ok_or_else(|| corrupt("PBE salt"))?;
    let mut first = first.to_vec();
    if first == second {
        // Java reverses three of the four octets, and does so wrongly: the last but one is lost.
        first = vec![first[3], first[0], first[1], first[3]];
    }
    // Java takes the low seven bits of each character.
    let octets: Zeroizing<Vec<u8>> =
        Zeroizing::new(password.encode_utf16().map(|unit| (unit & 0x7f) as u8).collect());
    let mut derived = Zeroizing::new(Vec::with_capacity(32));
    for half in [&first[..], second] {
        let mut value = half.to_vec();
        for _ in 0..iterations {
            value = Md5::new().chain_update(&value).chain_update(&*octets).finalize().to_vec();
        }
        derived.extend_from_slice(&value);
    }
    let (key, iv) = derived.split_at(24.min(derived.len()));
    if data.is_empty() || !data.len().is_multiple_of(8) || iv.len() != 8 {
        return Err(corrupt("length of a protected key"));
    }
    Cipher::TripleDes.decrypt(key, iv, data).ok_or_else(|| ErrorKind::WrongPassword.into())
}

fn open_jceks(
    data: &[u8],
    salt: &[u8],
    iterations: u64,
    password: &str,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let clear = open_triple_des(data, salt, iterations, password)?;
    if is_element(&clear) { Ok(clear) } else { Err(ErrorKind::WrongPassword.into()) }
}
