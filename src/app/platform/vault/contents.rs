//! What is in the vault: records out of IndexedDB and opened, the head they must add up to, or all of it in memory.
//! It writes nothing.

use super::keyring::{AT_ONCE, Keyring};
use super::{KeyId, Opening, SECRET, Stored, VaultFault, hex};
use crate::platform::database::{Access, Database, answer, refused};
use crate::platform::script;
use certwright_pki::PrivateKey;
use certwright_workbench::vault::{FORMAT, Head, Header, head_associated_data, record_associated_data};
use js_sys::{Array, Uint8Array};
use std::collections::{BTreeMap, HashMap};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

/// Keys of the store of header and head.
pub const HEADER: &str = "header";
/// See [`HEADER`].
pub const HEAD: &str = "head";

/// Records and keys before there is a vault.
#[derive(Default)]
pub struct Memory {
    pub records: BTreeMap<String, Vec<u8>>,
    pub keys: HashMap<KeyId, PrivateKey>,
    pub sequence: u64,
}

impl Memory {
    /// The records, without keys.
    pub fn stored(&self) -> Vec<Stored> {
        self.records.iter().map(|(id, body)| Stored { id: id.clone(), body: body.clone() }).collect()
    }
}

/// A record as it lies in the database.
pub struct Raw {
    pub id: String,
    pub revision: u64,
    nonce: Vec<u8>,
    ciphertext: Uint8Array,
}

impl Raw {
    fn read(id: String, value: &JsValue) -> Self {
        Self {
            id,
            revision: script::property(value, "revision").as_f64().unwrap_or_default() as u64,
            nonce: octets(value, "nonce").to_vec(),
            ciphertext: octets(value, "ciphertext"),
        }
    }
}

/// Everything as of one moment.
pub struct Snapshot {
    pub records: Vec<Raw>,
    pub head: JsValue,
}

/// The header, if there is a vault.
pub async fn header(database: &Database) -> Result<Option<Header>, VaultFault> {
    let transaction = database.begin(Access::Read)?;
    let store = transaction.meta().map_err(|error| refused(&error))?;
    let text = answer(store.get(&HEADER.into())).await.map_err(|error| refused(&error))?;
    let Some(text) = text.as_string() else {
        return Ok(None);
    };
    let damaged = || VaultFault::DamagedRecord { id: HEADER.into() };
    // The format's number first: what else a newer header holds is unknown.
    let plain: serde_json::Value = serde_json::from_str(&text).map_err(|_| damaged())?;
    match plain["format"].as_u64() {
        Some(found) if found > u64::from(FORMAT) => {
            Err(VaultFault::NewerFormat { found: u32::try_from(found).unwrap_or(u32::MAX) })
        }
        _ => serde_json::from_value(plain).map(Some).map_err(|_| damaged()),
    }
}

/// Reads all there is, still sealed.
pub async fn snapshot(database: &Database) -> Result<Snapshot, VaultFault> {
    let read = async {
        let transaction = database.begin(Access::Read).map_err(|_| script::missing("open database"))?;
        let head = transaction.meta()?.get(&HEAD.into());
        let store = transaction.records()?;
        let (keys, values) = (store.get_all_keys(), store.get_all());
        let (head, keys, values) = (answer(head).await?, answer(keys).await?, answer(values).await?);
        let (keys, values): (Array, Array) = (keys.unchecked_into(), values.unchecked_into());
        let pairs = keys.iter().zip(values.iter());
        let records =
            pairs.map(|(key, value)| Raw::read(key.as_string().unwrap_or_default(), &value)).collect();
        Ok(Snapshot { records, head })
    };
    read.await.map_err(|error: JsValue| refused(&error))
}

/// Opens records in their order, many beside each other; `None` for one that doesn't open.
pub async fn open_all(keyring: &Keyring, vault: &str, records: &[Raw]) -> Vec<Option<Zeroizing<Vec<u8>>>> {
    let mut opened = Vec::with_capacity(records.len());
    for several in records.chunks(AT_ONCE) {
        let begun: Vec<_> = several.iter().map(|raw| begin(keyring, vault, raw)).collect();
        for promise in begun {
            opened.push(Keyring::opened(promise).await);
        }
    }
    opened
}

/// Opens the record of that id.
pub async fn one(
    database: &Database,
    opening: &Opening,
    id: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, VaultFault> {
    let transaction = database.begin(Access::Read)?;
    let store = transaction.records().map_err(|error| refused(&error))?;
    let value = answer(store.get(&id.into())).await.map_err(|error| refused(&error))?;
    if value.is_undefined() {
        return Ok(None);
    }
    let raw = Raw::read(id.to_owned(), &value);
    let vault = opening.header.borrow().vault.clone();
    let opened = Keyring::opened(begin(&opening.keyring, &vault, &raw)).await;
    opened.map(Some).ok_or_else(|| VaultFault::DamagedRecord { id: id.to_owned() })
}

/// Opens the head; `None` if there is none or it doesn't open.
pub async fn head(keyring: &Keyring, vault: &str, value: &JsValue) -> Option<Head> {
    let sequence = stored_sequence(value)?;
    let (nonce, ciphertext) = (octets(value, "nonce").to_vec(), octets(value, "ciphertext").to_vec());
    let plain = keyring.open(&head_associated_data(vault, sequence), &nonce, &ciphertext).await?;
    serde_json::from_slice(&plain).ok().filter(|head: &Head| head.sequence == sequence)
}

/// The number of the latest commit, as it lies beside the sealed head.
pub fn stored_sequence(value: &JsValue) -> Option<u64> {
    script::property(value, "sequence").as_f64().map(|sequence| sequence as u64)
}

/// The vault's name, as it lies beside the sealed head.
pub fn stored_vault(value: &JsValue) -> Option<String> {
    script::property(value, "vault").as_string()
}

/// The head that these records add up to.
pub fn reckoned(keyring: &Keyring, sequence: u64, records: &[Raw]) -> Head {
    let mut head = Head { sequence, ..Head::default() };
    for raw in records {
        head.add(keyring.head_key(), &raw.id, raw.revision);
    }
    head
}

/// True for a record that holds a private key.
pub fn is_secret(id: &str) -> bool {
    id.starts_with(SECRET)
}

/// A random name for a vault, 32 hex digits.
pub fn new_vault_name() -> String {
    hex(&crate::platform::crypto::random::<16>())
}

fn begin(keyring: &Keyring, vault: &str, raw: &Raw) -> Result<js_sys::Promise, JsValue> {
    keyring.begin_opening(&record_associated_data(vault, &raw.id, raw.revision), &raw.nonce, &raw.ciphertext)
}

fn octets(value: &JsValue, name: &str) -> Uint8Array {
    script::property(value, name).dyn_into().unwrap_or_default()
}
