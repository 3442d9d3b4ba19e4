//! The block ciphers of containers, in CBC mode with PKCS#7 padding.
//!
//! Padding errors are not told apart from other failures.

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{
    BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit,
};
use const_oid::ObjectIdentifier;
use des::{TdesEde2, TdesEde3};
use rc2::Rc2;
use zeroize::Zeroizing;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    /// Triple DES with three keys, under PBES2.
    TripleDes,
    TripleDes3,
    TripleDes2,
    Rc2Bits128,
    Rc2Bits40,
}

impl Cipher {
    /// The cipher of a PBES2 encryption scheme.
    pub(crate) fn from_oid(oid: ObjectIdentifier) -> Option<Self> {
        let schemes = [Cipher::Aes128, Cipher::Aes192, Cipher::Aes256, Cipher::TripleDes];
        schemes.into_iter().find(|cipher| cipher.oid() == oid)
    }

    /// The OID of the scheme: of the cipher alone under PBES2, of the whole otherwise.
    pub(crate) fn oid(self) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(match self {
            Cipher::Aes128 => "2.16.840.1.101.3.4.1.2",
            Cipher::Aes192 => "2.16.840.1.101.3.4.1.22",
            Cipher::Aes256 => "2.16.840.1.101.3.4.1.42",
            Cipher::TripleDes => "1.2.840.113549.3.7",
            Cipher::TripleDes3 => "1.2.840.113549.1.12.1.3",
            Cipher::TripleDes2 => "1.2.840.113549.1.12.1.4",
            Cipher::Rc2Bits128 => "1.2.840.113549.1.12.1.5",
            Cipher::Rc2Bits40 => "1.2.840.113549.1.12.1.6",
        })
    }

    /// Octets of the key.
    pub(crate) fn key_size(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::TripleDes2 | Cipher::Rc2Bits128 => 16,
            Cipher::Aes192 | Cipher::TripleDes | Cipher::TripleDes3 => 24,
            Cipher::Aes256 => 32,
            Cipher::Rc2Bits40 => 5,
        }
    }

    /// Octets of a block and of the initialisation vector.
    pub(crate) fn block_size(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::Aes192 | Cipher::Aes256 => 16,
            _ => 8,
        }
    }

    /// `None` when the sizes or the padding do not fit.
    pub(crate) fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        match self {
            Cipher::Aes128 => decrypt(Aes128::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes192 => decrypt(Aes192::new_from_slice(key).ok()?, iv, data),
            Cipher::Aes256 => decrypt(Aes256::new_from_slice(key).ok()?, iv, data),
            Cipher::TripleDes | Cipher::TripleDes3 => decrypt(TdesEde3::new_from_slice(key).ok()?, iv, data),
            Cipher::TripleDes2 => decrypt(TdesEde2::new_from_slice(key).ok()?, iv, data),
            Cipher::Rc2Bits128 => decrypt(Rc2::new_with_eff_key_len(key, 128), iv, data),
            Cipher::Rc2Bits40 => decrypt(Rc2::new_with_eff_key_len(key, 40), iv, data),
        }
    }

    /// `None` when the sizes do not fit.
    pub(crate) fn encrypt(self, key: &[u8], iv: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
        match self {
            Cipher::Aes128 => encrypt(Aes128::new_from_slice(key).ok()?, iv, clear),
            Cipher::Aes192 => encrypt(Aes192::new_from_slice(key).ok()?, iv, clear),
            Cipher::Aes256 => encrypt(Aes256::new_from_slice(key).ok()?, iv, clear),
            Cipher::TripleDes | Cipher::TripleDes3 => encrypt(TdesEde3::new_from_slice(key).ok()?, iv, clear),
            Cipher::TripleDes2 => encrypt(TdesEde2::new_from_slice(key).ok()?, iv, clear),
            Cipher::Rc2Bits128 => encrypt(Rc2::new_with_eff_key_len(key, 128), iv, clear),
            Cipher::Rc2Bits40 => encrypt(Rc2::new_with_eff_key_len(key, 40), iv, clear),
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
