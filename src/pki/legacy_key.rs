//! Private keys in OpenSSL's old encrypted form: PEM with `Proc-Type` and `DEK-Info` headers (RFC 1421 section 4.6).
//!
//! Only reading; what is written under a password is PKCS#8. Unknown ciphers are named.

use crate::Wiped;
use crate::armor;
use crate::ber::header;
use crate::encryption::block::Cipher;
use crate::encryption::{Password, is_element};
use crate::error::{Error, ErrorKind};
use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// The names of OpenSSL; RC2 with the effective bits of its key.
const CIPHERS: [(&str, Cipher); 9] = [
    ("DES-CBC", Cipher::Des),
    ("DES-EDE-CBC", Cipher::TripleDes2),
    ("DES-EDE3-CBC", Cipher::TripleDes),
    ("AES-128-CBC", Cipher::Aes128),
    ("AES-192-CBC", Cipher::Aes192),
    ("AES-256-CBC", Cipher::Aes256),
    ("RC2-CBC", Cipher::Rc2 { key: 16, bits: 128 }),
    ("RC2-64-CBC", Cipher::Rc2 { key: 8, bits: 64 }),
    ("RC2-40-CBC", Cipher::Rc2 { key: 5, bits: 40 }),
];

/// A key behind its headers.
struct Sealed {
    label: String,
    cipher: Cipher,
    iv: Vec<u8>,
    data: Wiped,
}

/// The text of one block, as [`crate::Kind::LegacyEncryptedKey`] keeps it.
pub(crate) fn text(label: &str, headers: &[(String, String)], data: &[u8]) -> Vec<u8> {
    let plain = armor::encode(label, data);
    let (begin, rest) = plain.split_once('\n').unwrap_or((&plain, ""));
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{begin}\n{headers}\n{rest}").into_bytes()
}

/// Tells the rounds of key derivation: one MD5 for each 16 octets, so next to nothing.
///
/// # Errors
/// As [`open`], without the password's.
pub fn cost(input: &[u8]) -> Result<u64, Error> {
    parse(input).map(|_| 1)
}

/// Decrypts a key: gives the label of its block and the DER inside, in the form that the label says.
///
/// The form has no integrity check: a wrong password is known by what it yields, and damage looks the same.
///
/// # Errors
/// `WrongPassword`; `UnsupportedContainer` with the name of a cipher that is not known; `CorruptContainer` when the
/// headers or the length are not as they must be.
pub fn open(input: &[u8], password: &str) -> Result<(String, Zeroizing<Vec<u8>>), Error> {
    let sealed = parse(input)?;
    let salt = sealed.iv.get(..8).unwrap_or_default();
    for encoding in Password::new(password).octets() {
        let key = key(&encoding, salt, sealed.cipher.key_size());
        if let Some(clear) = sealed.cipher.decrypt(&key, &sealed.iv, &sealed.data)
            && is_element(&clear)
            && is_key(&clear)
        {
            return Ok((sealed.label, clear));
        }
    }
    Err(ErrorKind::WrongPassword.into())
}

fn parse(input: &[u8]) -> Result<Sealed, Error> {
    let corrupt = |what| Error::from(ErrorKind::CorruptContainer { what });
    let block = armor::decode(input).blocks.into_iter().next().ok_or_else(|| corrupt("PEM block"))?;
    let info = block.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("DEK-Info"));
    let (_, info) = info.ok_or_else(|| corrupt("DEK-Info header"))?;
    let (name, iv) = info.split_once(',').unwrap_or((info, ""));
    let name = name.trim();
    let cipher = CIPHERS.iter().find(|row| row.0.eq_ignore_ascii_case(name)).map(|row| row.1);
    let oid = name.to_owned();
    let cipher = cipher.ok_or(ErrorKind::UnsupportedContainer { oid })?;
    let iv = octets(iv.trim()).filter(|iv| iv.len() == cipher.block_size());
    let iv = iv.ok_or_else(|| corrupt("DEK-Info vector"))?;
    if !block.data.len().is_multiple_of(cipher.block_size()) {
        return Err(corrupt("length of encrypted data"));
    }
    Ok(Sealed { label: block.label, cipher, iv, data: block.data })
}

/// `EVP_BytesToKey` with MD5 and one round: each block hashes the one before, the password and the salt.
fn key(password: &[u8], salt: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(size + 16));
    let mut block = Zeroizing::new(Vec::new());
    while out.len() < size {
        *block =
            Md5::new().chain_update(&*block).chain_update(password).chain_update(salt).finalize().to_vec();
        out.extend_from_slice(&block);
    }
    out.truncate(size);
    out
}

/// Whether a SEQUENCE begins like one of the private keys: with a small version number.
fn is_key(clear: &[u8]) -> bool {
    header(clear).is_some_and(|header| matches!(clear.get(header.size..), Some([2, 1, 0..=1, ..])))
}

fn octets(hexadecimal: &str) -> Option<Vec<u8>> {
    let digit = |octet: &u8| char::from(*octet).to_digit(16).map(|digit| digit as u8);
    let pairs = hexadecimal.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?)).collect()
}
