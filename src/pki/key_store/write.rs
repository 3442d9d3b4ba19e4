//! Writes JKS, for Java that is too old for PKCS#12 or told to use nothing else.
//!
//! Java itself has moved to PKCS#12 with version 9: JKS protects a key by a single SHA-1.

use super::reader::to_modified_utf8;
use super::{MAX_ENTRIES, protection};
use crate::error::{Error, ErrorKind};
use crate::{PrivateKey, UnixTime};
use std::collections::BTreeSet;

/// One entry to be written.
#[derive(Debug, Clone)]
pub struct EntryToWrite<'a> {
    /// Its name; written in lower case, as Java looks it up, and numbered where it is taken.
    pub alias: String,
    /// The private key; without one the entry is a trusted certificate.
    pub key: Option<&'a PrivateKey>,
    /// The chain of the key, leaf first, or the one trusted certificate; in DER.
    pub certificates: Vec<&'a [u8]>,
}

/// Writes a store whose keys have the password of the store; `at` is the creation date of the entries.
///
/// # Errors
/// `EmptyPassword`; `TooLarge`; `BadDer` when an entry without a key has not exactly one certificate, or one with a key
/// has none.
pub fn write(
    entries: &[EntryToWrite<'_>],
    password: &str,
    at: UnixTime,
    random: &dyn Fn(&mut [u8]),
) -> Result<Vec<u8>, Error> {
    if password.is_empty() {
        return Err(ErrorKind::EmptyPassword.into());
    }
    if entries.len() > MAX_ENTRIES {
        return Err(ErrorKind::TooLarge { limit: MAX_ENTRIES, got: entries.len() }.into());
    }
    let milliseconds = at.0.max(0).saturating_mul(1_000);
    let mut out = vec![0xfe, 0xed, 0xfe, 0xed];
    number(&mut out, 2);
    number(&mut out, entries.len());
    let mut taken = BTreeSet::new();
    for entry in entries {
        let trusted = entry.key.is_none();
        if entry.certificates.is_empty() || (trusted && entry.certificates.len() > 1) {
            return Err(ErrorKind::BadDer { what: "entry without its certificate" }.into());
        }
        number(&mut out, if trusted { 2 } else { 1 });
        text(&mut out, &alias(&entry.alias, &mut taken))?;
        out.extend(milliseconds.to_be_bytes());
        if let Some(key) = entry.key {
            let mut salt = [0; 20];
            random(&mut salt);
            octets(&mut out, &protection::seal_jks(key.pkcs8(), password, &salt));
            number(&mut out, entry.certificates.len());
        }
        for der in &entry.certificates {
            text(&mut out, "X.509")?;
            octets(&mut out, der);
        }
    }
    out.extend(protection::digest(password, &out));
    Ok(out)
}

/// The name in lower case, with a number when there is one like it.
fn alias(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let lower = wanted.trim().to_lowercase();
    let base: String = if lower.is_empty() { "mykey".to_owned() } else { lower.chars().take(200).collect() };
    let mut name = base.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{base}-{count}");
    }
    name
}

fn number(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u32).to_be_bytes());
}

fn octets(out: &mut Vec<u8>, octets: &[u8]) {
    number(out, octets.len());
    out.extend(octets);
}

fn text(out: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    let encoded = to_modified_utf8(text);
    let size = u16::try_from(encoded.len())
        .map_err(|_| ErrorKind::TooLarge { limit: 0xffff, got: encoded.len() })?;
    out.extend(size.to_be_bytes());
    out.extend(encoded);
    Ok(())
}
