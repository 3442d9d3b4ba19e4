//! Says everything that an object says: fields in words, each with its bytes, for the page and for the terminal.
//!
//! It judges nothing, opens nothing that needs a password, and never puts the private part of a key into words.

mod certificate;
pub(crate) mod extension;
mod field;
pub(crate) mod general_name;
pub(crate) mod margin;
pub(crate) mod name;
pub(crate) mod oid;
mod recognised;
mod structure;
pub(crate) mod value;

pub use field::{Description, Field, Form, Note};

use crate::error::{Error, ErrorKind};
use crate::{Certificate, Kind};

/// Describes an object of a known kind.
///
/// What cannot be decoded inside is still listed, with its object identifier and its bytes, and a [`Note`] says so.
/// Times are in UTC.
///
/// # Errors
/// Those of reading the object as a whole.
pub fn describe(kind: Kind, bytes: &[u8]) -> Result<Description, Error> {
    match kind {
        Kind::Certificate => Certificate::parse(bytes).map(|one| certificate::describe(&one)),
        kind => recognised::describe(kind, bytes)
            .ok_or_else(|| ErrorKind::UnsupportedContainer { oid: kind.id().to_owned() }.into()),
    }
}
