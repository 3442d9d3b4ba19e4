//! The ciphers of containers: blocks in CBC mode with PKCS#7 padding, and RC4.
//!
//! Padding errors are not told apart from other failures.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit,
    StreamCipher,
};
use const_oid::ObjectIdentifier;
use des::{Des, TdesEde2, TdesEde3};
use rc2::Rc2;
use rc4::Rc4;
use zeroize::Zeroizing;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    Des,
    /// Triple DES with three keys.
    TripleDes,
    /// Triple DES with two keys.
    TripleDes2,
    /// RC2: octets of the key, effective bits.
    Rc2 {
        key: u8,
        bits: u16,
    },
    /// RC4: octets of the key.
    Rc4 {
        key: u8,
    },
}

impl Cipher {
    /// rc2CBC; its parameters say more than the vector.
    pub(super) const RC2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.3.2");

    /// The cipher of a PBES2 encryption scheme whose parameter is the vector alone.
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
        let schemes = [Cipher::Aes128, Cipher::Aes192, Cipher::Aes256, Cipher::TripleDes, Cipher::Des];
        schemes.into_iter().find(|cipher| cipher.oid() == Some(oid))
    }

    /// The OID of the cipher in CBC mode, where it has one.
    pub(crate) fn oid(self) -> Option<ObjectIdentifier> {
        Some(ObjectIdentifier::new_unwrap(match self {
            Cipher::Aes128 => "2.16.840.1.101.3.4.1.2",
            Cipher::Aes192 => "2.16.840.1.101.3.4.1.22",
            Cipher::Aes256 => "2.16.840.1.101.3.4.1.42",
            Cipher::Des => "1.3.14.3.2.7",
            Cipher::TripleDes => "1.2.840.113549.3.7",
            Cipher::Rc2 { .. } => return Some(Self::RC2),
            Cipher::TripleDes2 | Cipher::Rc4 { .. } => return None,
        }))
    }

    /// Octets of the key.
    pub(crate) fn key_size(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::TripleDes2 => 16,
            Cipher::Aes192 | Cipher::TripleDes => 24,
            Cipher::Aes256 => 32,
            Cipher::Des => 8,
            Cipher::Rc2 { key, .. } | Cipher::Rc4 { key } => usize::from(key),
        }
    }

    /// Octets of a block and of the initialisation vector; 1 for a stream.
    pub(crate) fn block_size(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => 16,
            Cipher::Rc4 { .. } => 1,
            _ => 8,
        }
    }

    /// Decrypts and takes the padding off; `None` when the sizes or the padding do not fit.
    pub(crate) fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Cipher::Aes128 => decrypt(Aes128::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes192 => decrypt(Aes192::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes256 => decrypt(Aes256::new_from_slice(key).ok()?, iv, data),
            Cipher::Des => decrypt(Des::new_from_slice(key).ok()?, iv, data),
            Cipher::TripleDes => decrypt(TdesEde3::new_from_slice(key).ok()?, iv, data),
            Cipher::TripleDes2 => decrypt(TdesEde2::new_from_slice(key).ok()?, iv, data),
            Cipher::Rc2 { bits, .. } => decrypt(Rc2::new_with_eff_key_len(key, bits.into()), iv, data),
            Cipher::Rc4 { .. } => rc4(key, data).map(Zeroizing::new),
        }
    }

    /// Decrypts whole blocks of AES or triple DES that are padded in a way of their own.
    pub(crate) fn decrypt_blocks(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        fn run<C: BlockCipherDecrypt>(cipher: C, iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
            let mode = cbc::Decryptor::<C>::inner_iv_slice_init(cipher, iv).ok()?;
            mode.decrypt_padded_vec::<NoPadding>(data).ok().map(Zeroizing::new)
        }
        match self {
            Cipher::Aes128 => run(Aes128::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes192 => run(Aes192::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes256 => run(Aes256::new_from_slice(key).ok()?, iv, data),
            Cipher::TripleDes => run(TdesEde3::new_from_slice(key).ok()?, iv, data),
            _ => None,
        }
    }

    /// Encrypts with padding; `None` when the sizes do not fit.
    pub(crate) fn encrypt(self, key: &[u8], iv: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
        match self {
            Cipher::Aes128 => encrypt(Aes128::new_from_slice(key).ok()?, iv, clear),
            Cipher::Aes192 => encrypt(Aes192::new_from_slice(key).ok()?, iv, clear),
            Cipher::Aes256 => encrypt(Aes256::new_from_slice(key).ok()?, iv, clear),
            Cipher::Des => encrypt(Des::new_from_slice(key).ok()?, iv, clear),
            Cipher::TripleDes => encrypt(TdesEde3::new_from_slice(key).ok()?, iv, clear),
            Cipher::TripleDes2 => encrypt(TdesEde2::new_from_slice(key).ok()?, iv, clear),
            Cipher::Rc2 { bits, .. } => encrypt(Rc2::new_with_eff_key_len(key, bits.into()), iv, clear),
            Cipher::Rc4 { .. } => rc4(key, clear),
        }
    }
}

fn decrypt<C: BlockCipherDecrypt>(cipher: C, iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mode = cbc::Decryptor::<C>::inner_iv_slice_init(cipher, iv).ok()?;
    mode.decrypt_padded_vec::<Pkcs7>(data).ok().map(Zeroizing::new)
}

fn encrypt<C: BlockCipherEncrypt>(cipher: C, iv: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
    let mode = cbc::Encryptor::<C>::inner_iv_slice_init(cipher, iv).ok()?;
    Some(mode.encrypt_padded_vec::<Pkcs7>(clear))
}

fn rc4(key: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let mut out = data.to_vec();
    Rc4::new_from_slice(key).ok()?.apply_keystream(&mut out);
    Some(out)
}
