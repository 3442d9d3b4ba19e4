//! Keys in OpenSSH's own forms: private keys, plain and under a passphrase, public keys and certificates.
//!
//! Only reading. The tags of authenticated ciphers are not verified: a wrong passphrase is found by the two check numbers,
//! damage by comparing the private with the public half. Certificates are taken apart and not verified.

mod cipher;
mod private;
mod public;
mod wire;

pub use public::{Certificate, PublicBlob};

use crate::error::{Error, ErrorKind};
use crate::input::Item;
use cipher::Cipher;
use std::fmt;
use wire::Wire;
use zeroize::Zeroizing;

/// The word that a private key begins with.
const MAGIC: &[u8] = b"openssh-key-v1\0";

/// The label of a public key in the form of RFC 4716.
pub(crate) const PUBLIC_LABEL: &str = "SSH2 PUBLIC KEY";

/// A round of bcrypt-pbkdf in rounds of PBKDF2-HMAC-SHA-256 that take about as long where the processor has no
/// instructions for the hash; where it has, three times as many.
const ROUND: u64 = 20_000;

/// Most keys of one file.
const MAX_KEYS: u32 = 64;

/// A private key with what stands beside it.
pub struct OpenSshKey {
    /// The key; one that cannot be worked with is [`Item::Other`], as PKCS#8 where it can be written so.
    pub item: Item,
    /// The comment, often `user@host`.
    pub comment: String,
}

impl fmt::Debug for OpenSshKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenSshKey({:?}, {:?})", self.item, self.comment)
    }
}

/// The frame of a private key file ([PROTOCOL.key] of OpenSSH).
///
/// [PROTOCOL.key]: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
struct Frame<'a> {
    cipher: &'a str,
    kdf: &'a str,
    options: &'a [u8],
    public: Vec<&'a [u8]>,
    sealed: &'a [u8],
}

/// Whether bytes are a private key in the binary form.
pub(crate) fn is_private(input: &[u8]) -> bool {
    input.starts_with(MAGIC)
}

fn corrupt(what: &'static str) -> Error {
    ErrorKind::CorruptContainer { what }.into()
}

impl<'a> Frame<'a> {
    fn parse(input: &'a [u8]) -> Result<Self, Error> {
        let rest = input.strip_prefix(MAGIC).ok_or_else(|| corrupt("beginning of the OpenSSH key"))?;
        let mut wire = Wire::new(rest);
        let (cipher, kdf, options) = (wire.text()?, wire.text()?, wire.string()?);
        let count = wire.u32()?;
        if count == 0 || count > MAX_KEYS {
            return Err(corrupt("number of keys"));
        }
        let public = (0..count).map(|_| wire.string()).collect::<Result<_, _>>()?;
        Ok(Frame { cipher, kdf, options, public, sealed: wire.string()? })
    }

    /// Salt and rounds of bcrypt.
    fn derivation(&self) -> Result<(&'a [u8], u32), Error> {
        if self.kdf != "bcrypt" {
            return Err(ErrorKind::UnsupportedContainer { oid: self.kdf.to_owned() }.into());
        }
        let mut wire = Wire::new(self.options);
        Ok((wire.string()?, wire.u32()?))
    }
}

/// Whether a private key in the binary form needs a passphrase.
///
/// # Errors
/// `CorruptContainer` when the frame cannot be followed.
pub fn is_encrypted(input: &[u8]) -> Result<bool, Error> {
    Ok(Frame::parse(input)?.cipher != "none")
}

/// What a private key file shows without its passphrase.
pub(crate) struct Outline<'a> {
    pub cipher: &'a str,
    pub derivation: &'a str,
    /// Rounds of bcrypt.
    pub rounds: Option<u32>,
    /// The public halves, see [`PublicBlob`].
    pub public: Vec<&'a [u8]>,
}

/// Takes the frame of a private key file apart.
///
/// # Errors
/// `CorruptContainer` when it cannot be followed.
pub(crate) fn outline(input: &[u8]) -> Result<Outline<'_>, Error> {
    let frame = Frame::parse(input)?;
    let rounds = frame.derivation().ok().map(|(_, rounds)| rounds);
    Ok(Outline { cipher: frame.cipher, derivation: frame.kdf, rounds, public: frame.public })
}

/// Tells the rounds of key derivation as rounds of PBKDF2 that take as long.
///
/// # Errors
/// `TooManyIterations`; `UnsupportedContainer` with the name of a cipher or derivation that is not known;
/// `CorruptContainer`.
pub fn cost(input: &[u8]) -> Result<u64, Error> {
    let frame = Frame::parse(input)?;
    if frame.cipher == "none" {
        return Ok(0);
    }
    Cipher::from_name(frame.cipher)?;
    let count = u64::from(frame.derivation()?.1).saturating_mul(ROUND);
    crate::encryption::check_iterations(count)?;
    Ok(count)
}

/// Opens a private key file; the passphrase of one that is not encrypted is not looked at.
///
/// # Errors
/// `WrongPassword`; `BadKey` when the private half does not belong to the public one; those of [`cost`].
pub fn open(input: &[u8], password: &str) -> Result<Vec<OpenSshKey>, Error> {
    cost(input)?;
    let frame = Frame::parse(input)?;
    if frame.cipher == "none" {
        return private::keys(&frame.public, frame.sealed, corrupt("check numbers"));
    }
    // bcrypt-pbkdf takes no empty passphrase, and nobody can have set one.
    if password.is_empty() {
        return Err(ErrorKind::WrongPassword.into());
    }
    let cipher = Cipher::from_name(frame.cipher)?;
    let (salt, rounds) = frame.derivation()?;
    let mut material = Zeroizing::new(vec![0; cipher.key_size() + cipher.iv_size()]);
    bcrypt_pbkdf::bcrypt_pbkdf(password.as_bytes(), salt, rounds, &mut material)
        .map_err(|_| corrupt("parameters of bcrypt"))?;
    let (key, iv) = material.split_at(cipher.key_size());
    let clear = cipher.decrypt(key, iv, frame.sealed).ok_or_else(|| corrupt("length of encrypted data"))?;
    private::keys(&frame.public, &clear, ErrorKind::WrongPassword.into())
}

#[cfg(test)]
mod tests;
