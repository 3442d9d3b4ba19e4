//! The integrity check of a file: MacData of RFC 7292 section 4 and PBMAC1 of RFC 9579.
//!
//! Integrity by signature is not known here.

use super::check_iterations;
use crate::encryption::kdf::{self, Hash, Purpose};
use crate::encryption::{Password, Pbkdf2, unsupported};
use crate::error::{Error, ErrorKind};
use crate::tlv::{Cursor, encode};
use const_oid::ObjectIdentifier;
use zeroize::Zeroizing;

const PBMAC1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.14");

/// ```text
/// MacData ::= SEQUENCE { mac DigestInfo, macSalt OCTET STRING, iterations INTEGER DEFAULT 1 }
/// ```
pub(super) struct MacData {
    method: Method,
    digest: Vec<u8>,
}

enum Method {
    Classic { hash: Hash, salt: Vec<u8>, iterations: u64 },
    Pbmac1 { kdf: Pbkdf2, hash: Hash },
}

impl MacData {
    pub(super) fn parse(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let mut data = cursor.sequence("MacData")?;
        let mut info = data.sequence("DigestInfo")?;
        let mut algorithm = info.sequence("MAC algorithm")?;
        let oid = algorithm.oid("MAC algorithm")?;
        let digest = info.octets("MAC value")?.to_vec();
        let salt = data.octets("MAC salt")?.to_vec();
        let iterations = if data.is_empty() { 1 } else { data.integer("MAC iterations")? };
        let method = if oid == PBMAC1 {
            let mut fields = algorithm.sequence("PBMAC1 parameters")?;
            let kdf = Pbkdf2::parse(&mut fields)?;
            let oid = fields.sequence("PBMAC1 scheme")?.oid("PBMAC1 scheme")?;
            let hash = Hash::from_hmac_oid(oid).ok_or_else(|| unsupported(oid))?;
            Method::Pbmac1 { kdf, hash }
        } else {
            let hash = Hash::from_oid(oid).ok_or_else(|| unsupported(oid))?;
            Method::Classic { hash, salt, iterations }
        };
        Ok(MacData { method, digest })
    }

    pub(super) fn iterations(&self) -> u64 {
        match &self.method {
            Method::Classic { iterations, .. } => *iterations,
            Method::Pbmac1 { kdf, .. } => kdf.iterations,
        }
    }

    /// The encoding of the password under which the check holds; `None` when it never does.
    pub(super) fn accepted_encoding(
        &self,
        password: &Password,
        authenticated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        check_iterations(self.iterations())?;
        let encodings = match self.method {
            Method::Classic { .. } => password.bmp(),
            Method::Pbmac1 { .. } => password.octets(),
        };
        for encoding in encodings {
            if same(&self.compute(&encoding, authenticated)?, &self.digest) {
                return Ok(Some(encoding));
            }
        }
        Ok(None)
    }

    fn compute(&self, password: &[u8], authenticated: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(match &self.method {
            Method::Classic { hash, salt, iterations } => {
                classic(*hash, password, salt, *iterations, authenticated)
            }
            Method::Pbmac1 { kdf, hash } => {
                // RFC 9579 section 3: the key length has to be stated.
                let size = kdf.key_size.and_then(|size| usize::try_from(size).ok());
                let size = size
                    .filter(|size| (1..=1024).contains(size))
                    .ok_or(ErrorKind::CorruptContainer { what: "PBMAC1 key length" })?;
                kdf::hmac(*hash, &kdf.derive(password, size), authenticated)
            }
        })
    }
}

fn classic(hash: Hash, password: &[u8], salt: &[u8], iterations: u64, authenticated: &[u8]) -> Vec<u8> {
    let key = kdf::pkcs12(hash, password, salt, Purpose::Mac, iterations, hash.size());
    kdf::hmac(hash, &key, authenticated)
}

/// Compares without stopping at the first difference.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// Writes the MacData over `authenticated`.
pub(super) fn write(
    hash: Hash,
    password: &Password,
    salt: &[u8],
    iterations: u32,
    authenticated: &[u8],
) -> Vec<u8> {
    let encodings = password.bmp();
    let encoding = encodings.first().map_or(&[][..], |encoding| encoding.as_slice());
    let digest = classic(hash, encoding, salt, u64::from(iterations), authenticated);
    encode::sequence(&[
        &encode::sequence(&[
            &encode::sequence(&[&encode::oid(hash.oid()), &encode::NULL]),
            &encode::octet_string(&digest),
        ]),
        &encode::octet_string(salt),
        &encode::integer(u64::from(iterations)),
    ])
}
