//! Sealing and opening with AES-256-GCM, which is WebCrypto's. The key is one that scripts can't read out.

use super::VaultFault;
use crate::platform::crypto::{random, subtle};
use crate::platform::database::refused;
use crate::platform::script;
use certwright_workbench::vault::{Header, Kdf, Sealed, header_associated_data};
use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

/// Sealing operations that are begun before the page gets another turn.
pub const AT_ONCE: usize = 32;

/// The data key of a vault or a backup, 64 octets: AES-256-GCM key, then HMAC-SHA-256 key of the head.
pub type DataKey = Zeroizing<[u8; 64]>;

/// A data key ready for use.
pub struct Keyring {
    cipher: Cipher,
    head_key: Zeroizing<[u8; 32]>,
}

/// What was sealed, still in the browser's hands.
pub struct Parcel {
    pub nonce: [u8; 12],
    pub ciphertext: Uint8Array,
}

impl Parcel {
    /// As the format's plain data.
    pub fn sealed(&self) -> Sealed {
        Sealed { nonce: self.nonce.to_vec(), ciphertext: self.ciphertext.to_vec() }
    }
}

struct Cipher {
    subtle: SubtleCrypto,
    key: CryptoKey,
}

impl Keyring {
    /// Imports a data key.
    pub async fn import(key: &DataKey) -> Result<Self, VaultFault> {
        let (aes, head) = key.split_at(32);
        let mut head_key = Zeroizing::new([0; 32]);
        head_key.copy_from_slice(head);
        Ok(Self { cipher: Cipher::import(aes).await?, head_key })
    }

    /// The key of the head's HMAC.
    pub fn head_key(&self) -> &[u8] {
        self.head_key.as_ref()
    }

    /// Seals one plaintext.
    pub async fn seal(&self, associated_data: &[u8], plaintext: &[u8]) -> Result<Parcel, VaultFault> {
        self.cipher.seal(associated_data, plaintext).await
    }

    /// Seals many, each with its associated data, in their order.
    pub async fn seal_all<'a>(
        &self,
        plaintexts: impl Iterator<Item = (Vec<u8>, &'a [u8])>,
    ) -> Result<Vec<Parcel>, VaultFault> {
        let mut parcels = Vec::with_capacity(plaintexts.size_hint().0);
        let mut plaintexts = plaintexts.peekable();
        while plaintexts.peek().is_some() {
            // All are begun before one is awaited: the browser seals them beside each other.
            let begun = plaintexts.by_ref().take(AT_ONCE);
            let begun: Vec<_> = begun.map(|(data, plain)| self.cipher.begin_sealing(&data, plain)).collect();
            for (nonce, promise) in begun {
                parcels.push(Cipher::parcel(nonce, promise).await?);
            }
        }
        Ok(parcels)
    }

    /// Opens one; `None` if it was not sealed like this under this key.
    pub async fn open(
        &self,
        associated_data: &[u8],
        nonce: &[u8],
        sealed: &[u8],
    ) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher.open(associated_data, nonce, sealed).await
    }

    /// Begins to open one; to be finished with [`Self::opened`].
    pub fn begin_opening(
        &self,
        associated_data: &[u8],
        nonce: &[u8],
        sealed: &Uint8Array,
    ) -> Result<Promise, JsValue> {
        let Cipher { subtle, key } = &self.cipher;
        subtle.decrypt_with_object_and_js_u8_array(&parameters(nonce, associated_data), key, sealed)
    }

    /// Finishes opening.
    pub async fn opened(promise: Result<Promise, JsValue>) -> Option<Zeroizing<Vec<u8>>> {
        let plaintext = script::settled(promise).await.ok()?;
        Some(Zeroizing::new(script::take_bytes(&plaintext)))
    }
}

impl Cipher {
    async fn import(octets: &[u8]) -> Result<Self, VaultFault> {
        let subtle = subtle().ok_or_else(|| refused(&script::missing("WebCrypto")))?;
        let raw = Uint8Array::from(octets);
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let algorithm = script::object(&[("name", &"AES-GCM".into())]);
        let imported = subtle.import_key_with_object("raw", &raw, &algorithm, false, &usages);
        // The browser has taken its copy.
        raw.fill(0, 0, raw.length());
        let key = script::settled(imported).await.map_err(|error| refused(&error))?.unchecked_into();
        Ok(Self { subtle, key })
    }

    fn begin_sealing(
        &self,
        associated_data: &[u8],
        plaintext: &[u8],
    ) -> ([u8; 12], Result<Promise, JsValue>) {
        let nonce = random();
        let parameters = parameters(&nonce, associated_data);
        (nonce, self.subtle.encrypt_with_object_and_u8_array(&parameters, &self.key, plaintext))
    }

    async fn parcel(nonce: [u8; 12], promise: Result<Promise, JsValue>) -> Result<Parcel, VaultFault> {
        let ciphertext = script::settled(promise).await.map_err(|error| refused(&error))?;
        Ok(Parcel { nonce, ciphertext: Uint8Array::new(&ciphertext) })
    }

    async fn seal(&self, associated_data: &[u8], plaintext: &[u8]) -> Result<Parcel, VaultFault> {
        let (nonce, promise) = self.begin_sealing(associated_data, plaintext);
        Self::parcel(nonce, promise).await
    }

    async fn open(&self, associated_data: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let parameters = parameters(nonce, associated_data);
        Keyring::opened(self.subtle.decrypt_with_object_and_u8_array(&parameters, &self.key, sealed)).await
    }
}

/// Makes the data key of a new vault or backup.
pub fn new_data_key() -> DataKey {
    Zeroizing::new(random())
}

/// Seals a data key under a wrapping key.
pub async fn wrap(
    key: &DataKey,
    wrapping: &[u8; 32],
    format: u32,
    vault: &str,
    kdf: &Kdf,
) -> Result<Sealed, VaultFault> {
    let associated_data = header_associated_data(format, vault, kdf);
    Ok(Cipher::import(wrapping).await?.seal(&associated_data, key.as_ref()).await?.sealed())
}

/// Opens a header's data key.
///
/// # Errors
/// [`VaultFault::WrongPassphrase`] if the wrapping key is not the one.
pub async fn unwrap(header: &Header, wrapping: &[u8; 32]) -> Result<DataKey, VaultFault> {
    let associated_data = header_associated_data(header.format, &header.vault, &header.kdf);
    let Sealed { nonce, ciphertext } = &header.wrapped_key;
    let opened = Cipher::import(wrapping).await?.open(&associated_data, nonce, ciphertext).await;
    let opened = opened.filter(|key| key.len() == 64).ok_or(VaultFault::WrongPassphrase)?;
    let mut key = Zeroizing::new([0; 64]);
    key.copy_from_slice(&opened);
    Ok(key)
}

fn parameters(nonce: &[u8], associated_data: &[u8]) -> Object {
    script::object(&[
        ("name", &"AES-GCM".into()),
        ("iv", &Uint8Array::from(nonce)),
        ("additionalData", &Uint8Array::from(associated_data)),
        ("tagLength", &128.into()),
    ])
}
