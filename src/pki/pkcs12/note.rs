//! What is remarkable about a container, as data.
//!
//! Advice for people is the application's.

use crate::error::Error;
use std::fmt;

/// Something about a container that its reader should know.
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
    /// A private key, or another entry, under a password of its own.
    KeyUnderOtherPassword {
        /// Its friendlyName or alias.
        friendly_name: Option<String>,
    },
    /// Two entries under one name; both are given.
    DuplicateName {
        /// The alias.
        name: String,
    },
    /// An entry that cannot be opened whatever the password.
    UnreadEntry {
        /// The alias.
        name: String,
        /// Why, in lower case and without a full stop.
        reason: String,
    },
    /// The password does not fit the integrity check: contents that are not encrypted were read unchecked.
    Unchecked,
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
            Note::DuplicateName { .. } => "duplicate-name",
            Note::UnreadEntry { .. } => "unread-entry",
            Note::Unchecked => "unchecked",
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
            Note::DuplicateName { name } => write!(f, "more than one entry is called {name:?}"),
            Note::UnreadEntry { name, reason } => write!(f, "the entry {name:?} is not read: {reason}"),
            Note::Unchecked => {
                f.write_str("the password does not fit the integrity check, so nothing was verified")
            }
        }
    }
}
