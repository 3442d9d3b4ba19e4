//! Says everything that an object says: fields in words, each with its bytes, for the page and for the terminal.
//!
//! It judges nothing, opens nothing that needs a password, and never puts the private part of a key into words.

pub(crate) mod algorithm;
mod certificate;
mod crl;
pub(crate) mod extension;
mod field;
pub(crate) mod general_name;
pub(crate) mod key;
mod locked;
pub(crate) mod margin;
pub(crate) mod name;
pub(crate) mod oid;
mod older_key;
mod openssh;
mod private_key;
mod punycode;
mod recognised;
pub(crate) mod strictness;
mod structure;
pub(crate) mod unknown;
pub(crate) mod value;

pub use field::{Description, Field, Form, Note};

use crate::error::Error;
use crate::{Crl, Kind};

/// Describes an object of a known kind.
///
/// What cannot be decoded inside is still listed, with its object identifier and its bytes, and a [`Note`] says so.
/// Times are in UTC.
///
/// A certificate or a public key that is damaged is described by its structure alone, and a [`Note`] says why.
///
/// # Errors
/// Those of reading the object as a whole.
pub fn describe(kind: Kind, bytes: &[u8]) -> Result<Description, Error> {
    match kind {
        Kind::Certificate => {
            certificate::describe(bytes).or_else(|error| recognised::damaged(kind, bytes, error))
        }
        Kind::PublicKey => key::describe(bytes).or_else(|error| recognised::damaged(kind, bytes, error)),
        Kind::PrivateKey => private_key::describe(bytes).or_else(|_| older_key::describe(bytes)),
        Kind::SecretKey => Ok(older_key::secret(bytes)),
        Kind::OpenSshPublicKey => openssh::public(bytes),
        kind if kind.needs_password() => locked::describe(kind, bytes),
        kind => recognised::describe(kind, bytes),
    }
}

/// Describes one entry of a revocation list by its place in [`Crl::entries`]: any of them, also of those beyond the
/// first thousand, which [`describe`] leaves out.
#[must_use]
pub fn revoked_certificate(crl: &Crl, index: usize) -> Option<Field> {
    crl.entries().get(index).map(|entry| crl::entry(crl, index, entry))
}
