//! Opens anything that a password protects, whatever its form, and tells the cost before.
//!
//! Which objects these are is said by [`Kind::needs_password`]; how each is opened is in its own module.

use crate::error::{Error, ErrorKind, Result};
use crate::input::{self, Found, Item, Problem, ProblemKind, Reading};
use crate::{Kind, armor, encrypted_key, key_store, legacy_key, openssh, pkcs12};

/// Tells how many rounds of key derivation opening will take, as far as can be seen without the password.
///
/// Rounds of PBKDF2; of other derivations as many as take the same time.
///
/// # Errors
/// `TooManyIterations` and `TooMuchMemory` when opening would be refused; `UnsupportedContainer` with the OID or the
/// name of an algorithm or a form that is not known; `BadDer` and `CorruptContainer`.
pub fn cost(kind: Kind, bytes: &[u8]) -> Result<u64> {
    match kind {
        Kind::Pkcs12 => pkcs12::cost(bytes),
        Kind::EncryptedPrivateKey => encrypted_key::cost(bytes),
        Kind::LegacyEncryptedKey => legacy_key::cost(bytes),
        Kind::EncryptedOpenSshKey => openssh::cost(bytes),
        Kind::KeyStore => key_store::cost(bytes),
        _ => Err(unsupported(kind)),
    }
}

/// Opens an object with its password; what is inside comes as from any input, with places in `bytes`.
///
/// The entries of a key store may have passwords of their own: those that stay closed are among the problems, as
/// [`ProblemKind::Container`], and calling again with another password opens them. A store whose own password is
/// unknown but whose contents are not encrypted gives them, with a problem that says that they are unchecked.
///
/// # Errors
/// `WrongPassword`, or `MissingPassword` when the password given is empty and not the right one; `CorruptContainer`,
/// `UnsupportedContainer` and `UnsupportedAlgorithm` where the password is not to blame; those of [`cost`].
pub fn open(kind: Kind, bytes: &[u8], password: &str) -> Result<Reading> {
    let reading = match kind {
        Kind::Pkcs12 => pkcs12::read(bytes, password).map(|opened| of_pkcs12(opened, bytes.len())),
        Kind::EncryptedPrivateKey => {
            encrypted_key::decrypt(bytes, password).map(|clear| of_key(&clear, "PRIVATE KEY", bytes.len()))
        }
        Kind::LegacyEncryptedKey => {
            legacy_key::open(bytes, password).map(|(label, clear)| of_key(&clear, &label, bytes.len()))
        }
        Kind::EncryptedOpenSshKey => openssh::open(bytes, password).map(|keys| of_openssh(keys, bytes.len())),
        Kind::KeyStore => key_store::open(bytes, password).map(|store| of_key_store(store, bytes.len())),
        _ => Err(unsupported(kind)),
    };
    reading.map_err(|error| match error.kind {
        ErrorKind::WrongPassword if password.is_empty() => ErrorKind::MissingPassword.into(),
        _ => error,
    })
}

fn unsupported(kind: Kind) -> Error {
    ErrorKind::UnsupportedContainer { oid: kind.id().to_owned() }.into()
}

fn found(item: Item, name: Option<String>, size: usize) -> Found {
    Found { name, ..Found::new(item, 0..size) }
}

fn note(note: pkcs12::Note, size: usize) -> Problem {
    Problem::new(ProblemKind::Container(note), 0..size, true)
}

/// A key in DER, which may be of a kind that cannot be used but is still shown.
fn of_key(der: &[u8], label: &str, size: usize) -> Reading {
    let mut out = Reading::default();
    inside(der, label, None, size, &mut out);
    out
}

/// Adds what a part of a container holds, under the name that the container gives it.
fn inside(der: &[u8], label: &str, name: Option<String>, size: usize, out: &mut Reading) {
    let inner = input::read_labelled(der, label);
    let base = out.found.len();
    out.found.extend(inner.found.into_iter().map(|one| Found {
        within: one.within.map(|place| base + place),
        ..found(one.item, name.clone(), size)
    }));
    let secret = armor::is_secret(label);
    let moved = |one: Problem| Problem { at: 0..size, secret: one.secret || secret, ..one };
    out.problems.extend(inner.problems.into_iter().map(moved));
}

fn of_pkcs12(opened: pkcs12::Pkcs12, size: usize) -> Reading {
    let mut out = Reading::default();
    for entry in opened.keys {
        out.found.push(found(Item::PrivateKey(entry.key), entry.friendly_name, size));
    }
    for entry in opened.other_keys {
        inside(&entry.pkcs8, "PRIVATE KEY", entry.friendly_name, size, &mut out);
    }
    for entry in opened.certificates {
        inside(&entry.der, "", entry.friendly_name, size, &mut out);
    }
    for der in opened.crls {
        inside(&der, "", None, size, &mut out);
    }
    out.problems.extend(opened.notes.into_iter().map(|one| note(one, size)));
    out
}

fn of_openssh(keys: Vec<openssh::OpenSshKey>, size: usize) -> Reading {
    let mut out = Reading::default();
    for key in keys {
        let name = (!key.comment.is_empty()).then_some(key.comment);
        out.found.push(found(key.item, name, size));
    }
    out
}

fn of_key_store(store: key_store::KeyStore, size: usize) -> Reading {
    let mut out = Reading::default();
    for entry in store.entries {
        let name = Some(entry.alias);
        match entry.content {
            key_store::Content::PrivateKey(pkcs8) => {
                inside(&pkcs8, "PRIVATE KEY", name.clone(), size, &mut out);
            }
            key_store::Content::PublicKey(spki) => inside(&spki, "PUBLIC KEY", name.clone(), size, &mut out),
            key_store::Content::SecretKey { algorithm, octets } => {
                let item = Item::Other { kind: Kind::SecretKey, label: algorithm, bytes: octets.to_vec() };
                out.found.push(found(item, name.clone(), size));
            }
            key_store::Content::Certificate => {}
            key_store::Content::Closed(reason) => out.problems.push(note(reason, size)),
        }
        for der in entry.certificates {
            inside(&der, "CERTIFICATE", name.clone(), size, &mut out);
        }
    }
    out.problems.extend(store.notes.into_iter().map(|one| note(one, size)));
    out
}
