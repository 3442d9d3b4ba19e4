//! The ciphers of encrypted private keys.
//!
//! Authentication tags are not verified.

use crate::encryption::block;
use crate::error::{Error, ErrorKind};
use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::{BlockCipherEncrypt, KeyInit};
use zeroize::Zeroizing;

/// A cipher by what it does to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cipher {
    Cbc(block::Cipher),
    Ctr(block::Cipher),
    /// Counter mode whose tag lies outside.
    Gcm(block::Cipher),
    ChaCha20,
}

const NAMES: [(&str, Cipher); 10] = [
    ("aes128-cbc", Cipher::Cbc(block::Cipher::Aes128)),
    ("aes192-cbc", Cipher::Cbc(block::Cipher::Aes192)),
    ("aes256-cbc", Cipher::Cbc(block::Cipher::Aes256)),
    ("3des-cbc", Cipher::Cbc(block::Cipher::TripleDes)),
    ("aes128-ctr", Cipher::Ctr(block::Cipher::Aes128)),
    ("aes192-ctr", Cipher::Ctr(block::Cipher::Aes192)),
    ("aes256-ctr", Cipher::Ctr(block::Cipher::Aes256)),
    ("aes128-gcm@openssh.com", Cipher::Gcm(block::Cipher::Aes128)),
    ("aes256-gcm@openssh.com", Cipher::Gcm(block::Cipher::Aes256)),
    ("chacha20-poly1305@openssh.com", Cipher::ChaCha20),
];

impl Cipher {
    pub(super) fn from_name(name: &str) -> Result<Self, Error> {
        let row = NAMES.iter().find(|row| row.0 == name);
        row.map(|row| row.1).ok_or_else(|| ErrorKind::UnsupportedContainer { oid: name.to_owned() }.into())
    }

    pub(super) fn key_size(self) -> usize {
        match self {
            Cipher::Cbc(cipher) | Cipher::Ctr(cipher) | Cipher::Gcm(cipher) => cipher.key_size(),
            Cipher::ChaCha20 => 64,
        }
    }

    pub(super) fn iv_size(self) -> usize {
        match self {
            Cipher::Cbc(cipher) | Cipher::Ctr(cipher) => cipher.block_size(),
            Cipher::Gcm(_) => 12,
            Cipher::ChaCha20 => 0,
        }
    }

    /// `None` when the sizes do not fit.
    pub(super) fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Cipher::Cbc(cipher) => cipher.decrypt_blocks(key, iv, data),
            Cipher::Ctr(cipher) => counter(cipher, key, iv.try_into().ok()?, data),
            Cipher::Gcm(cipher) => {
                // The first value of the counter is for the tag.
                let mut start = [0; 16];
                start[..12].copy_from_slice(iv.get(..12)?);
                start[15] = 2;
                counter(cipher, key, start, data)
            }
            Cipher::ChaCha20 => Some(chacha20(key.get(..32)?.try_into().ok()?, data)),
        }
    }
}

fn counter(cipher: block::Cipher, key: &[u8], start: [u8; 16], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    fn run<C: KeyInit + BlockCipherEncrypt>(
        key: &[u8],
        start: [u8; 16],
        data: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let cipher = C::new_from_slice(key).ok()?;
        let mut value = u128::from_be_bytes(start);
        let mut out = Zeroizing::new(Vec::with_capacity(data.len()));
        for chunk in data.chunks(16) {
            let mut block = cbc::cipher::Block::<C>::default();
            block.copy_from_slice(&value.to_be_bytes());
            cipher.encrypt_block(&mut block);
            out.extend(chunk.iter().zip(&block).map(|(octet, key)| octet ^ key));
            value = value.wrapping_add(1);
        }
        Some(out)
    }
    match cipher {
        block::Cipher::Aes128 => run::<Aes128>(key, start, data),
        block::Cipher::Aes192 => run::<Aes192>(key, start, data),
        block::Cipher::Aes256 => run::<Aes256>(key, start, data),
        _ => None,
    }
}

/// ChaCha20 with a nonce of zero from the second block on: the first is for the tag (RFC 8439 section 2.3).
fn chacha20(key: &[u8; 32], data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut state =
        [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0u32];
    for (word, octets) in state[4..12].iter_mut().zip(key.chunks_exact(4)) {
        *word = octets.iter().rev().fold(0, |sum, octet| sum << 8 | u32::from(*octet));
    }
    let mut out = Zeroizing::new(Vec::with_capacity(data.len()));
    for chunk in data.chunks(64) {
        state[12] += 1;
        let mut mixed = state;
        for _ in 0..10 {
            for [a, b, c, d] in [
                [0, 4, 8, 12],
                [1, 5, 9, 13],
                [2, 6, 10, 14],
                [3, 7, 11, 15],
                [0, 5, 10, 15],
                [1, 6, 11, 12],
                [2, 7, 8, 13],
                [3, 4, 9, 14],
            ] {
                for (x, y, z, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
                    mixed[x] = mixed[x].wrapping_add(mixed[y]);
                    mixed[z] = (mixed[z] ^ mixed[x]).rotate_left(turn);
                }
            }
        }
        let stream = mixed.iter().zip(&state).flat_map(|(a, b)| a.wrapping_add(*b).to_le_bytes());
        out.extend(chunk.iter().zip(stream).map(|(octet, key)| octet ^ key));
    }
    out
}
