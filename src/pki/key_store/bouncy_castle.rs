//! The key stores of Bouncy Castle: BKS in two versions, and UBER, which is encrypted as a whole.
//!
//! Only reading.

use super::reader::Reader;
use super::{Content, Entry, Form, KeyStore, MAX_ENTRIES, Note, closed, corrupt};
use crate::encryption::block::Cipher;
use crate::encryption::kdf::{self, Hash, Purpose};
use crate::encryption::{Password, check_iterations};
use crate::error::{Error, ErrorKind};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, InnerIvInit, KeyInit};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

/// Octets of the salt of every store.
pub(super) const SALT: u8 = 20;
/// Octets of the check at the end.
const CHECK: usize = 20;

/// Salt and iteration count, and what comes after.
struct Frame<'a> {
    salt: &'a [u8],
    iterations: u64,
    rest: &'a [u8],
}

impl<'a> Frame<'a> {
    fn parse(input: &'a [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(input);
        reader.u32()?;
        Self::read(&mut reader)
    }

    fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let (salt, iterations) = (reader.octets()?, u64::from(reader.u32()?));
        if iterations == 0 {
            return Err(corrupt("iteration count"));
        }
        Ok(Frame { salt, iterations, rest: reader.rest() })
    }

    fn derive(&self, password: &[u8], purpose: Purpose, size: usize) -> Zeroizing<Vec<u8>> {
        kdf::pkcs12(Hash::Sha1, password, self.salt, purpose, self.iterations, size)
    }
}

/// Tells BKS and UBER apart, which begin alike: the entries of BKS can be followed.
pub(super) fn form(input: &[u8]) -> Option<Form> {
    let frame = Frame::parse(input).ok()?;
    match (input[3], entries(frame.rest)) {
        (2, Ok(_)) => Some(Form::BksV2),
        (_, Ok(_)) => Some(Form::BksV1),
        (1, Err(_)) if !frame.rest.is_empty() && frame.rest.len().is_multiple_of(16) => Some(Form::Uber),
        _ => None,
    }
}

/// One entry before decryption.
struct Raw<'a> {
    kind: u8,
    alias: String,
    created: u64,
    body: &'a [u8],
    certificates: Vec<Vec<u8>>,
}

/// The entries, and the octets that they take.
fn entries(input: &[u8]) -> Result<(Vec<Raw<'_>>, usize), Error> {
    let mut reader = Reader::new(input);
    let mut out = Vec::new();
    loop {
        let kind = reader.u8()?;
        if kind == 0 {
            break;
        }
        if out.len() == MAX_ENTRIES {
            let (limit, got) = (MAX_ENTRIES, MAX_ENTRIES + 1);
            return Err(ErrorKind::TooLarge { limit, got }.into());
        }
        let (alias, created) = (reader.text()?, reader.u64()?);
        let mut certificates = Vec::new();
        for _ in 0..reader.u32()? {
            certificates.push(reader.certificate(true)?);
        }
        let start = reader.rest();
        match kind {
            1 => certificates.push(reader.certificate(true)?),
            2 => drop(key(&mut reader)?),
            3 | 4 => drop(reader.octets()?),
            _ => return Err(corrupt("type of an entry")),
        }
        let body = &start[..start.len() - reader.rest().len()];
        out.push(Raw { kind, alias, created, body, certificates });
    }
    match reader.rest().len() {
        CHECK => Ok((out, reader.position())),
        _ => Err(corrupt("length of the integrity check")),
    }
}

/// A key in the clear: kind, format, algorithm, octets.
fn key(reader: &mut Reader<'_>) -> Result<Content, Error> {
    let (kind, _format, algorithm) = (reader.u8()?, reader.text()?, reader.text()?);
    let octets = reader.octets()?;
    Ok(match kind {
        0 => Content::PrivateKey(Zeroizing::new(octets.to_vec())),
        1 => Content::PublicKey(octets.to_vec()),
        2 => Content::SecretKey { algorithm, octets: Zeroizing::new(octets.to_vec()) },
        _ => return Err(corrupt("type of a key")),
    })
}

pub(super) fn cost(input: &[u8]) -> Result<u64, Error> {
    let frame = Frame::parse(input)?;
    let mut total = frame.iterations;
    check_iterations(total)?;
    for entry in entries(frame.rest).map(|entries| entries.0).unwrap_or_default() {
        if entry.kind == 4 {
            let count = sealed(entry.body).map_or(0, |sealed| sealed.iterations);
            check_iterations(count)?;
            total = total.saturating_add(count);
        }
    }
    Ok(total)
}

/// Salt, iterations and ciphertext of a sealed key.
fn sealed(body: &[u8]) -> Result<Frame<'_>, Error> {
    Frame::read(&mut Reader::new(Reader::new(body).octets()?))
}

/// An empty password is no octets at all for Bouncy Castle; others are written as the standard says.
pub(super) fn open(form: Form, input: &[u8], password: &str) -> Result<KeyStore, Error> {
    let frame = Frame::parse(input)?;
    let mut result = Err(ErrorKind::WrongPassword.into());
    for encoding in Password::new(password).bmp() {
        let attempt = match form {
            Form::Uber => uber(&frame, &encoding),
            _ => bks(form, &frame, &encoding, password.is_empty()),
        };
        match attempt {
            Ok(store) if store.notes.is_empty() => return Ok(store),
            Ok(store) => result = Ok(store),
            Err(error) if error.kind == ErrorKind::WrongPassword => {}
            Err(error) => return Err(error),
        }
    }
    result
}

/// Opens the entries within a budget of iterations.
fn open_all(raw: Vec<Raw<'_>>, password: &[u8]) -> Vec<Entry> {
    let budget = &mut { crate::pkcs12::MAX_TOTAL_ITERATIONS };
    raw.into_iter().map(|entry| open_entry(entry, password, budget)).collect()
}

fn uber(frame: &Frame<'_>, password: &[u8]) -> Result<KeyStore, Error> {
    let contents = open_uber(frame, password)?;
    let (raw, size) = entries(&contents)?;
    if contents.get(size..) != Some(&Sha1::digest(&contents[..size])[..]) {
        return Err(corrupt("integrity check"));
    }
    Ok(KeyStore { form: Form::Uber, entries: open_all(raw, password), notes: Vec::new() })
}

fn bks(form: Form, frame: &Frame<'_>, password: &[u8], without: bool) -> Result<KeyStore, Error> {
    let (raw, size) = entries(frame.rest)?;
    // Version 1 took the number of octets for one of bits: its check has a key of two octets.
    let key = frame.derive(password, Purpose::Mac, if form == Form::BksV1 { CHECK / 8 } else { CHECK });
    let verified = kdf::hmac(Hash::Sha1, &key, &frame.rest[..size]) == frame.rest[size..];
    let sealed: Vec<bool> = raw.iter().map(|entry| entry.kind == 4).collect();
    let entries = open_all(raw, password);
    let closed = |entry: &Entry| matches!(entry.content, Content::Closed(_));
    let opened = entries.iter().zip(&sealed).any(|(entry, sealed)| *sealed && !closed(entry));
    let readable = verified || opened || (without && !sealed.contains(&true));
    if !readable {
        return Err(ErrorKind::WrongPassword.into());
    }
    let notes = if verified { Vec::new() } else { vec![Note::Unchecked] };
    Ok(KeyStore { form, entries, notes })
}

fn open_entry(raw: Raw<'_>, password: &[u8], budget: &mut u64) -> Entry {
    let content = match raw.kind {
        1 => Ok(Content::Certificate),
        2 => key(&mut Reader::new(raw.body)),
        3 => Reader::new(raw.body).octets().map(|octets| Content::SecretKey {
            algorithm: "stored value".to_owned(),
            octets: Zeroizing::new(octets.to_vec()),
        }),
        _ => open_sealed(raw.body, password, budget),
    };
    let content = content.unwrap_or_else(|error| closed(&raw.alias, &error));
    Entry { alias: raw.alias, created: raw.created, content, certificates: raw.certificates }
}

/// A key under triple DES with the derivation of PKCS#12.
fn open_sealed(body: &[u8], password: &[u8], budget: &mut u64) -> Result<Content, Error> {
    let frame = sealed(body)?;
    check_iterations(frame.iterations)?;
    let limit = *budget;
    *budget = budget
        .checked_sub(frame.iterations)
        .ok_or_else(|| Error::from(ErrorKind::TooManyIterations { count: frame.iterations, limit }))?;
    if frame.rest.is_empty() || !frame.rest.len().is_multiple_of(8) {
        return Err(corrupt("length of a sealed key"));
    }
    let (secret, iv) = (frame.derive(password, Purpose::Key, 24), frame.derive(password, Purpose::Iv, 8));
    let clear = Cipher::TripleDes.decrypt(&secret, &iv, frame.rest);
    let clear = clear.ok_or(ErrorKind::WrongPassword)?;
    let mut reader = Reader::new(&clear);
    let content = key(&mut reader).map_err(|_| Error::from(ErrorKind::WrongPassword))?;
    if reader.rest().is_empty() { Ok(content) } else { Err(ErrorKind::WrongPassword.into()) }
}

/// Twofish in CBC mode with the derivation of PKCS#12.
fn open_uber(frame: &Frame<'_>, password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (secret, iv) = (frame.derive(password, Purpose::Key, 32), frame.derive(password, Purpose::Iv, 16));
    let cipher = twofish::Twofish::new_from_slice(&secret).map_err(|_| ErrorKind::WrongPassword)?;
    let mode = cbc::Decryptor::inner_iv_slice_init(cipher, &iv).map_err(|_| ErrorKind::WrongPassword)?;
    let clear = mode.decrypt_padded_vec::<Pkcs7>(frame.rest).map(Zeroizing::new);
    let clear = clear.map_err(|_| ErrorKind::WrongPassword)?;
    // Padding fits one wrong password in 256; entries that can be followed settle it.
    if entries(&clear).is_ok() { Ok(clear) } else { Err(ErrorKind::WrongPassword.into()) }
}
