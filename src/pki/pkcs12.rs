//! PKCS#12 files: a key with its certificates under a password (RFC 7292).
//!
//! Files protected by a public key instead of a password are named and not opened; secret bags are counted only.

mod bag;
mod mac;
mod note;
mod pfx;
mod write;

pub use crate::encryption::MAX_ITERATIONS;
pub use note::Note;
pub use write::{Contents, KeyToWrite, Pkcs12Plan, Scheme, Suite, USUAL_MAC_SALT, write, write_contents};

use crate::encryption::{Password, check_iterations};
use crate::error::{Error, ErrorKind};
use crate::key::PrivateKey;
use bag::{Bags, Opener};
use pfx::{Part, Pfx};
use std::fmt;
use zeroize::Zeroizing;

/// Most iterations of one file in all; each derivation has its own limit, [`MAX_ITERATIONS`].
pub const MAX_TOTAL_ITERATIONS: u64 = 40_000_000;

/// A private key of a file.
#[derive(Debug)]
pub struct KeyEntry {
    /// The key.
    pub key: PrivateKey,
    /// Its friendlyName.
    pub friendly_name: Option<String>,
    /// Its localKeyId, which the certificate of the key carries too.
    pub local_key_id: Option<Vec<u8>>,
}

/// A private key of an algorithm that cannot be worked with.
#[derive(Clone, PartialEq, Eq)]
pub struct OtherKey {
    /// The PrivateKeyInfo (RFC 5958 section 2).
    pub pkcs8: Zeroizing<Vec<u8>>,
    /// Its friendlyName.
    pub friendly_name: Option<String>,
    /// Its localKeyId.
    pub local_key_id: Option<Vec<u8>>,
}

impl fmt::Debug for OtherKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the key.
        f.debug_struct("OtherKey").field("friendly_name", &self.friendly_name).finish_non_exhaustive()
    }
}

/// A certificate of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateEntry {
    /// The bytes as they stand in the file; not decoded.
    pub der: Vec<u8>,
    /// Its friendlyName.
    pub friendly_name: Option<String>,
    /// Its localKeyId.
    pub local_key_id: Option<Vec<u8>>,
}

/// The contents of a file.
#[derive(Debug, Default)]
pub struct Pkcs12 {
    /// The private keys.
    pub keys: Vec<KeyEntry>,
    /// The private keys of other algorithms.
    pub other_keys: Vec<OtherKey>,
    /// The certificates in the order of the file.
    pub certificates: Vec<CertificateEntry>,
    /// The CRLs, as they stand in the file.
    pub crls: Vec<Vec<u8>>,
    /// What is remarkable about the file.
    pub notes: Vec<Note>,
}

/// Tells how many iterations opening the file will take, as far as can be seen without the password.
///
/// # Errors
/// `TooManyIterations` when opening would be refused; `BadDer` and `UnsupportedContainer` as [`read`].
pub fn cost(input: &[u8]) -> Result<u64, Error> {
    Pfx::parse(input)?.cost()
}

/// Whether a private key can be read without the password; what cannot be read at all holds none.
pub fn holds_bare_key(input: &[u8]) -> bool {
    Pfx::parse(input).is_ok_and(|pfx| {
        let plain = |part: &Part| matches!(part, Part::Plain(contents) if bag::holds_bare_key(contents, 0));
        pfx.parts.iter().any(plain)
    })
}

/// Opens a file in DER or BER.
///
/// An empty password also stands for no password. A key that cannot be used becomes a [`Note`] and does not
/// lose the rest.
///
/// # Errors
/// `WrongPassword`; `CorruptContainer` when the password is right but the integrity check is not;
/// `UnsupportedContainer` with the OID that is not known; `TooManyIterations` before any work; `BadDer`.
pub fn read(input: &[u8], password: &str) -> Result<Pkcs12, Error> {
    let pfx = Pfx::parse(input)?;
    pfx.cost()?;
    let mut password = Password::new(password);
    let mut verified = false;
    if let Some(mac) = &pfx.mac {
        let accepted = mac.accepted_encoding(&password, &pfx.authenticated)?;
        verified = accepted.is_some();
        if let Some(encoding) = accepted {
            password.prefer(&encoding);
        }
    }
    let mut opener = Opener::new(&password, verified);
    let opened = collect(&pfx, &mut opener);
    if pfx.mac.is_some() && !verified {
        // Decryption proves the password on its own, so the file must have been altered.
        let kind = match opener.decrypted {
            0 => ErrorKind::WrongPassword,
            _ => ErrorKind::CorruptContainer { what: "integrity check" },
        };
        return Err(kind.into());
    }
    let mut out = finish(opened?);
    if pfx.mac.is_none() {
        out.notes.insert(0, Note::NoIntegrityCheck);
    }
    Ok(out)
}

fn collect(pfx: &Pfx, opener: &mut Opener<'_>) -> Result<Bags, Error> {
    let mut bags = Bags::default();
    for part in &pfx.parts {
        match part {
            Part::Plain(contents) => {
                if bag::holds_certificates(contents) {
                    bags.note(Note::Unencrypted);
                }
                opener.contents(contents, &mut bags, 0)?;
            }
            Part::Encrypted { encryption, data } => {
                encryption.check()?;
                if let Some(oid) = encryption.legacy_oid() {
                    bags.note(Note::LegacyAlgorithm { oid });
                }
                let clear = opener.open(encryption, data)?;
                let contents = zeroize::Zeroizing::new(crate::ber::normalise(&clear)?);
                opener.contents(&contents, &mut bags, 0)?;
            }
            Part::Other(oid) => bags.note(Note::UnreadPart { oid: oid.to_string() }),
        }
    }
    Ok(bags)
}

fn finish(bags: Bags) -> Pkcs12 {
    let mut out =
        Pkcs12 { certificates: bags.certificates, crls: bags.crls, notes: bags.notes, ..Pkcs12::default() };
    for key in bags.keys {
        match PrivateKey::from_pkcs8(&key.pkcs8) {
            Ok(private) => out.keys.push(KeyEntry {
                key: private,
                friendly_name: key.friendly_name,
                local_key_id: key.local_key_id,
            }),
            Err(Error { kind: ErrorKind::UnsupportedAlgorithm { .. }, .. }) => {
                out.other_keys.push(OtherKey {
                    pkcs8: key.pkcs8,
                    friendly_name: key.friendly_name,
                    local_key_id: key.local_key_id,
                })
            }
            Err(error) => out.notes.push(Note::UnusableKey { friendly_name: key.friendly_name, error }),
        }
    }
    out
}

#[cfg(test)]
mod tests;
