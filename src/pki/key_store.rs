//! Key stores of Java (JKS, JCEKS) and of Bouncy Castle (BKS, UBER): keys and certificates under aliases.
//!
//! Reads all four, writes JKS. What the keys and certificates are is not looked at here.

mod bouncy_castle;
mod java;
mod protection;
mod reader;
mod serialized;
mod write;

pub use crate::pkcs12::Note;
pub use write::{EntryToWrite, write};

use crate::error::{Error, ErrorKind};
use std::fmt;
use zeroize::Zeroizing;

/// Most entries of a store.
pub const MAX_ENTRIES: usize = 10_000;

/// The form of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Java's first key store.
    Jks,
    /// The one of Sun's cryptography extension; it holds secret keys too.
    Jceks,
    /// Bouncy Castle's, version 1; its integrity check has sixteen bits and proves little.
    BksV1,
    /// Bouncy Castle's, version 2.
    BksV2,
    /// Bouncy Castle's, encrypted as a whole.
    Uber,
}

impl Form {
    /// The form that a file begins like.
    #[must_use]
    pub fn of(input: &[u8]) -> Option<Self> {
        match input {
            [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 1 | 2, ..] => Some(Self::Jks),
            [0xce, 0xce, 0xce, 0xce, 0, 0, 0, 1 | 2, ..] => Some(Self::Jceks),
            [0, 0, 0, 1 | 2, 0, 0, 0, bouncy_castle::SALT, ..] => bouncy_castle::form(input),
            _ => None,
        }
    }

    /// The name to show.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Jks => "JKS",
            Self::Jceks => "JCEKS",
            Self::BksV1 => "BKS version 1",
            Self::BksV2 => "BKS version 2",
            Self::Uber => "UBER",
        }
    }
}

/// What stands under an alias, apart from certificates.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A PrivateKeyInfo (RFC 5958 section 2).
    PrivateKey(Zeroizing<Vec<u8>>),
    /// A SubjectPublicKeyInfo.
    PublicKey(Vec<u8>),
    /// A secret key.
    SecretKey {
        /// Java's name of its algorithm, such as `AES`.
        algorithm: String,
        /// The key.
        octets: Zeroizing<Vec<u8>>,
    },
    /// Nothing but the certificate.
    Certificate,
    /// Something that the password did not open, or that cannot be read.
    Closed(Note),
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without keys.
        f.write_str(match self {
            Self::PrivateKey(_) => "PrivateKey",
            Self::PublicKey(_) => "PublicKey",
            Self::SecretKey { .. } => "SecretKey",
            Self::Certificate => "Certificate",
            Self::Closed(_) => "Closed",
        })
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub alias: String,
    /// When it was made, in milliseconds since 1970.
    pub created: u64,
    /// What it is.
    pub content: Content,
    /// Its certificate, or the chain of its key, leaf first; not decoded.
    pub certificates: Vec<Vec<u8>>,
}

/// The contents of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyStore {
    /// Its form.
    pub form: Form,
    /// Its entries in the order of the file.
    pub entries: Vec<Entry>,
    /// What is remarkable about the store as a whole.
    pub notes: Vec<Note>,
}

fn form(input: &[u8]) -> Result<Form, Error> {
    Form::of(input).ok_or_else(|| ErrorKind::CorruptContainer { what: "beginning of the key store" }.into())
}

/// Tells how many rounds of key derivation opening will take, as far as can be seen without the password.
///
/// # Errors
/// `TooManyIterations` when opening would be refused; `CorruptContainer`.
pub fn cost(input: &[u8]) -> Result<u64, Error> {
    let rounds = match form(input)? {
        Form::Jks | Form::Jceks => java::cost(input)?,
        _ => bouncy_castle::cost(input)?,
    };
    let limit = crate::pkcs12::MAX_TOTAL_ITERATIONS;
    match rounds {
        rounds if rounds > limit => Err(ErrorKind::TooManyIterations { count: rounds, limit }.into()),
        rounds => Ok(rounds),
    }
}

/// Opens a store with the password of the store, of one of its entries, or both where they are one.
///
/// Every alias is in the result; what stays closed is [`Content::Closed`]. When the password is that of an entry alone,
/// or is empty and nothing in the store is encrypted, a [`Note::Unchecked`] says that the integrity was not proven.
///
/// # Errors
/// `WrongPassword` when the password fits neither the store nor an entry; `CorruptContainer`; those of [`cost`].
pub fn open(input: &[u8], password: &str) -> Result<KeyStore, Error> {
    cost(input)?;
    let form = form(input)?;
    let mut store = match form {
        Form::Jks | Form::Jceks => java::open(form, input, password)?,
        _ => bouncy_castle::open(form, input, password)?,
    };
    let mut seen = std::collections::BTreeSet::new();
    for entry in &store.entries {
        let repeated = Note::DuplicateName { name: entry.alias.clone() };
        if !seen.insert(&entry.alias) && !store.notes.contains(&repeated) {
            store.notes.push(repeated);
        }
    }
    Ok(store)
}

fn corrupt(what: &'static str) -> Error {
    ErrorKind::CorruptContainer { what }.into()
}

/// An entry whose content the password does not open, or that cannot be read at all.
fn closed(alias: &str, error: &Error) -> Content {
    Content::Closed(match &error.kind {
        ErrorKind::WrongPassword => Note::KeyUnderOtherPassword { friendly_name: Some(alias.to_owned()) },
        kind => Note::UnreadEntry { name: alias.to_owned(), reason: kind.to_string() },
    })
}

#[cfg(test)]
mod tests;
