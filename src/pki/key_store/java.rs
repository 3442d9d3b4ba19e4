//! The frame of JKS and JCEKS.
//!
//! Protection is in `protection`, Java's serialised objects are in `serialized`.

use super::reader::Reader;
use super::{Content, Entry, Form, KeyStore, MAX_ENTRIES, Note, closed, corrupt, protection, serialized};
use crate::error::{Error, ErrorKind};

/// Octets of the integrity check at the end.
const CHECK: usize = 20;

/// One entry before decryption.
struct Sealed<'a> {
    alias: String,
    created: u64,
    what: What<'a>,
    certificates: Vec<Vec<u8>>,
}

enum What<'a> {
    PrivateKey(&'a [u8]),
    Certificate,
    SecretKey(serialized::SealedKey),
    /// A secret key in an object that is not understood.
    Unread(Error),
}

struct Frame<'a> {
    entries: Vec<Sealed<'a>>,
    /// What the check covers.
    covered: &'a [u8],
    check: &'a [u8],
}

fn parse(input: &[u8]) -> Result<Frame<'_>, Error> {
    let mut reader = Reader::new(input);
    reader.u32()?;
    let typed = reader.u32()? == 2;
    let count = reader.u32()?;
    let mut entries = Vec::new();
    for _ in 0..count {
        if entries.len() == MAX_ENTRIES {
            let (limit, got) = (MAX_ENTRIES, MAX_ENTRIES + 1);
            return Err(ErrorKind::TooLarge { limit, got }.into());
        }
        let tag = reader.u32()?;
        let (alias, created) = (reader.text()?, reader.u64()?);
        let mut certificates = Vec::new();
        let what = match tag {
            1 => {
                let key = reader.octets()?;
                for _ in 0..reader.u32()? {
                    certificates.push(reader.certificate(typed)?);
                }
                What::PrivateKey(key)
            }
            2 => {
                certificates.push(reader.certificate(typed)?);
                What::Certificate
            }
            3 => {
                // An object has no length of its own: one that cannot be followed hides what comes after it.
                let (size, key) = serialized::sealed_key(reader.rest())?;
                reader.take(size)?;
                key.map_or_else(What::Unread, What::SecretKey)
            }
            _ => return Err(corrupt("type of an entry")),
        };
        entries.push(Sealed { alias, created, what, certificates });
    }
    let (covered, check) = (&input[..reader.position()], reader.rest());
    if check.len() != CHECK {
        return Err(corrupt("length of the integrity check"));
    }
    Ok(Frame { entries, covered, check })
}

pub(super) fn cost(input: &[u8]) -> Result<u64, Error> {
    let mut total = 1u64;
    for entry in parse(input)?.entries {
        let rounds = match entry.what {
            What::PrivateKey(sealed) => protection::cost(sealed).or_else(tolerable)?,
            What::SecretKey(key) => key.rounds().or_else(tolerable)?,
            What::Certificate | What::Unread(_) => 0,
        };
        total = total.saturating_add(rounds);
    }
    Ok(total)
}

/// A damaged entry does not lose the others; only what would take too long is refused before.
fn tolerable(error: Error) -> Result<u64, Error> {
    match error.kind {
        ErrorKind::TooManyIterations { .. } => Err(error),
        _ => Ok(0),
    }
}

pub(super) fn open(form: Form, input: &[u8], password: &str) -> Result<KeyStore, Error> {
    let frame = parse(input)?;
    let verified = protection::digest(password, frame.covered) == frame.check;
    let (mut encrypted, mut opened) = (0, 0);
    let mut entries = Vec::with_capacity(frame.entries.len());
    for entry in frame.entries {
        let attempt = match entry.what {
            What::PrivateKey(sealed) => Some(protection::open(sealed, password).map(Content::PrivateKey)),
            What::SecretKey(key) => Some(key.open(password)),
            What::Unread(error) => Some(Err(error)),
            What::Certificate => None,
        };
        encrypted += usize::from(attempt.is_some());
        opened += usize::from(matches!(attempt, Some(Ok(_))));
        let content = match attempt {
            Some(Ok(content)) => content,
            Some(Err(error)) => closed(&entry.alias, &error),
            None => Content::Certificate,
        };
        let Sealed { alias, created, certificates, .. } = entry;
        entries.push(Entry { alias, created, content, certificates });
    }
    let mut notes = Vec::new();
    if !verified {
        // The password of an entry opens it all the same, and certificates are not encrypted at all.
        if opened == 0 && (encrypted > 0 || !password.is_empty()) {
            return Err(ErrorKind::WrongPassword.into());
        }
        notes.push(Note::Unchecked);
    }
    Ok(KeyStore { form, entries, notes })
}
