//! PKCS#12 files: a key with its certificates under a password (RFC 7292).
//!
//! Files protected by a public key instead of a password are named and not opened; secret bags are counted only.

mod bag;
mod mac;
mod pfx;
mod write;

pub use crate::encryption::MAX_ITERATIONS;
pub use write::{Contents, KeyToWrite, Pkcs12Plan, Scheme, Suite, USUAL_MAC_SALT, write, write_contents};

use crate::encryption::{Password, check_iterations};
use crate::error::{Error, ErrorKind};
use crate::key::PrivateKey;
use bag::{Bags, Opener};
use pfx::{Part, Pfx};
use std::fmt;

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

/// Something about a file that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The file has no integrity check: its contents may have been replaced.
    NoIntegrityCheck,
    /// A part of the file is not encrypted.
    Unencrypted,
    /// An algorithm that newer software refuses without being told to accept it.
    LegacyAlgorithm {
        /// Its dotted OID.
        oid: String,
    },
    /// A part in a form that is not read.
    UnreadPart {
        /// Its dotted OID.
        oid: String,
    },
    /// A bag that is neither a key nor a certificate, such as a secret or a CRL.
    UnreadBag {
        /// The dotted OID of the bag type.
        oid: String,
        /// Its friendlyName.
        friendly_name: Option<String>,
    },
    /// A private key that was decrypted but cannot be used.
    UnusableKey {
        /// Its friendlyName.
        friendly_name: Option<String>,
        /// Why.
        error: Error,
    },
    /// A private key under a password of its own.
    KeyUnderOtherPassword {
        /// Its friendlyName.
        friendly_name: Option<String>,
    },
}

impl Note {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Note::NoIntegrityCheck => "no-integrity-check",
            Note::Unencrypted => "unencrypted",
            Note::LegacyAlgorithm { .. } => "legacy-algorithm",
            Note::UnreadPart { .. } => "unread-part",
            Note::UnreadBag { .. } => "unread-bag",
            Note::UnusableKey { .. } => "unusable-key",
            Note::KeyUnderOtherPassword { .. } => "key-under-other-password",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let called = |name: &Option<String>| name.as_ref().map_or(String::new(), |name| format!(" {name:?}"));
        match self {
            Note::NoIntegrityCheck => f.write_str("no integrity check"),
            Note::Unencrypted => f.write_str("a part is not encrypted"),
            Note::LegacyAlgorithm { oid } => write!(f, "old algorithm {oid}"),
            Note::UnreadPart { oid } => write!(f, "a part of type {oid} is not read"),
            Note::UnreadBag { oid, friendly_name } => {
                write!(f, "the bag{} of type {oid} is not read", called(friendly_name))
            }
            Note::UnusableKey { friendly_name, error } => {
                write!(f, "the key{} cannot be used: {error}", called(friendly_name))
            }
            Note::KeyUnderOtherPassword { friendly_name } => {
                write!(f, "the key{} is under another password", called(friendly_name))
            }
        }
    }
}

/// The contents of a file.
#[derive(Debug, Default)]
pub struct Pkcs12 {
    /// The private keys.
    pub keys: Vec<KeyEntry>,
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
                check_iterations(encryption.iterations())?;
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
            Err(error) => out.notes.push(Note::UnusableKey { friendly_name: key.friendly_name, error }),
        }
    }
    out
}

#[cfg(test)]
mod tests;
