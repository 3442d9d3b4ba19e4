//! What was written, as it reads back.
//!
//! The reading itself is `input`'s and `unlock`'s.

use super::{ExportPlan, Object};
use crate::error::{Error, ErrorKind};
use crate::input::{self, Item, Reading};
use crate::{Certificate, certificate};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// One file, read back before it is given out.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// The name with its ending.
    pub name: String,
    /// The media type, such as `application/x-pkcs12`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What it holds, as read back, one line an object: `Certificate: mail.example.com`.
    pub contents: Vec<String>,
    /// Whether it holds a private key, protected or not.
    pub secret: bool,
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the bytes: they may be a private key.
        f.debug_struct("Written")
            .field("name", &self.name)
            .field("size", &self.bytes.len())
            .field("contents", &self.contents)
            .finish_non_exhaustive()
    }
}

impl Written {
    /// The SHA-256 in hexadecimal.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        certificate::hex(&self.sha256)
    }
}

/// One line about an object.
pub(super) fn line(item: &Item) -> String {
    match item {
        Item::Certificate(one) => certificate_line(one),
        Item::Request(one) => format!("Certificate request: {}", one.subject().label()),
        Item::Crl(_) => "Revocation list".to_owned(),
        Item::PrivateKey(key) => format!("Private key: {}", key.public().label()),
        Item::PublicKey(key) => format!("Public key: {}", key.label()),
        other => capital(other.kind().label()),
    }
}

pub(super) fn certificate_line(one: &Certificate) -> String {
    format!("Certificate: {}", one.subject().label())
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A file whose reading gave exactly these objects, in this order.
pub(super) fn check(
    name: String,
    media_type: &'static str,
    bytes: Zeroizing<Vec<u8>>,
    read: &Reading,
    expect: &[Object<'_>],
) -> Result<Written, Error> {
    let same = |(item, object): (&Item, &Object<'_>)| item.bytes() == object.bytes();
    let items: Vec<&Item> = read.found.iter().map(|found| &found.item).collect();
    if items.len() != expect.len() || !items.iter().copied().zip(expect).all(same) {
        return Err(ErrorKind::NotReadBack.into());
    }
    let contents = items.iter().map(|item| line(item)).collect();
    let secret = items.iter().any(|item| item.is_secret());
    Ok(file(name, media_type, bytes, contents, secret))
}

/// A file with its hash.
pub(super) fn file(
    name: String,
    media_type: &'static str,
    bytes: Zeroizing<Vec<u8>>,
    contents: Vec<String>,
    secret: bool,
) -> Written {
    let sha256 = Sha256::digest(&*bytes).into();
    Written { name, media_type, bytes, sha256, contents, secret }
}

/// Reads a text or a binary file back; what a message carries was not asked for by itself.
pub(super) fn read(bytes: &[u8]) -> Reading {
    let mut reading = input::read(bytes);
    reading.found.retain(|found| found.within.is_none());
    reading
}

/// A name that every file system takes.
pub(super) fn file_name(plan: &ExportPlan<'_>, suffix: &str) -> String {
    let stem = safe(plan.name);
    let stem = if stem.is_empty() { "export" } else { &stem };
    format!("{stem}{suffix}")
}

/// Without what Windows, macOS or a shell would trip over.
pub(super) fn safe(name: &str) -> String {
    let keep = |letter: char| match letter {
        letter if letter.is_alphanumeric() => letter,
        '-' | '.' | '@' => letter,
        '*' => '_',
        _ => '-',
    };
    let text: String = name.trim().chars().take(80).map(keep).collect();
    text.trim_matches(['-', '.']).to_owned()
}
