//! Opens anything that a password protects, whatever its form, and tells the cost before.
//!
//! Which objects these are is said by [`Kind::needs_password`]; how each is opened is in its own module.

use crate::error::{Error, ErrorKind, Result};
use crate::input::{self, Found, Item, Problem, ProblemKind, Reading};
use crate::{Kind, encrypted_key, pkcs12};

/// Tells how many rounds of key derivation opening will take, as far as can be seen without the password.
///
/// # Errors
/// `TooManyIterations` when opening would be refused; `UnsupportedContainer` with the OID of an algorithm or a form
/// that is not known; `BadDer`.
pub fn cost(kind: Kind, bytes: &[u8]) -> Result<u64> {
    match kind {
        Kind::Pkcs12 => pkcs12::cost(bytes),
        Kind::EncryptedPrivateKey => encrypted_key::cost(bytes),
        _ => Err(unsupported(kind)),
    }
}

/// Opens an object with its password; what is inside comes as from any input, with places in `bytes`.
///
/// # Errors
/// `WrongPassword`; `CorruptContainer`, `UnsupportedContainer` and `UnsupportedAlgorithm` where the password is not to
/// blame; those of [`cost`].
pub fn open(kind: Kind, bytes: &[u8], password: &str) -> Result<Reading> {
    match kind {
        Kind::Pkcs12 => pkcs12::read(bytes, password).map(|opened| of_pkcs12(opened, bytes.len())),
        Kind::EncryptedPrivateKey => {
            let item = Item::PrivateKey(encrypted_key::open(bytes, password)?);
            Ok(Reading { found: vec![found(item, None, bytes.len())], problems: Vec::new() })
        }
        _ => Err(unsupported(kind)),
    }
}

fn unsupported(kind: Kind) -> Error {
    ErrorKind::UnsupportedContainer { oid: kind.id().to_owned() }.into()
}

fn found(item: Item, name: Option<String>, size: usize) -> Found {
    Found { name, ..Found::new(item, 0..size) }
}

fn of_pkcs12(opened: pkcs12::Pkcs12, size: usize) -> Reading {
    let mut out = Reading::default();
    for entry in opened.keys {
        out.found.push(found(Item::PrivateKey(entry.key), entry.friendly_name, size));
    }
    for entry in opened.certificates {
        let inner = input::read(&entry.der);
        let before = out.found.len();
        out.found.extend(inner.found.into_iter().map(|one| Found {
            within: one.within.map(|place| before + place),
            ..found(one.item, entry.friendly_name.clone(), size)
        }));
        out.problems.extend(inner.problems.into_iter().map(|one| Problem { at: 0..size, ..one }));
    }
    for der in opened.crls {
        let inner = input::read(&der);
        let before = out.found.len();
        out.found.extend(inner.found.into_iter().map(|one| Found {
            within: one.within.map(|place| before + place),
            ..found(one.item, None, size)
        }));
        out.problems.extend(inner.problems.into_iter().map(|one| Problem { at: 0..size, ..one }));
    }
    for note in opened.notes {
        out.problems.push(Problem::new(ProblemKind::Container(note), 0..size, true));
    }
    out
}
