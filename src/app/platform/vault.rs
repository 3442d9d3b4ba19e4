//! The vault: records and private keys, sealed in IndexedDB once there is a passphrase, in memory before. The format
//! is [`certwright_workbench::vault`]'s; which records there are is the application's.

mod backup;
mod commit;
mod contents;
mod keyring;
mod open;
mod room;

use super::database::Database;
use super::tabs::Tabs;
use certwright_pki::PrivateKey;
use certwright_workbench::id::{KeyId, hex};
use certwright_workbench::vault::{Head, Header};
pub use certwright_workbench::vault::{Stored, VaultFault, Write};
use contents::Memory;
use keyring::Keyring;
pub use room::Persistence;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

/// What the ids of records with a private key begin with; the rest is the [`KeyId`], the body is the PKCS#8 DER.
pub const SECRET: &str = "secret:";

/// The vault of this page; cheap to clone.
#[derive(Clone)]
pub struct Vault(Rc<Inner>);

struct Inner {
    database: Option<Database>,
    fault: RefCell<Option<VaultFault>>,
    tabs: RefCell<Option<Tabs>>,
    mode: RefCell<Mode>,
    /// Private keys that no commit has taken in yet.
    pending: RefCell<HashMap<KeyId, PrivateKey>>,
    /// One change at a time.
    turn: futures_util::lock::Mutex<()>,
}

enum Mode {
    Memory(Memory),
    Locked,
    Open(Rc<Opening>),
}

/// An unlocked vault.
struct Opening {
    header: RefCell<Header>,
    keyring: Keyring,
    head: RefCell<Head>,
    /// The revision of each record, as of the head's sequence.
    revisions: RefCell<HashMap<String, u64>>,
}

/// Where things are kept and whether they may be changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VaultStatus {
    /// In memory: gone when the page is closed.
    Memory,
    /// There is a vault; its passphrase is wanted.
    Locked,
    /// Unlocked, and this tab writes.
    Writer,
    /// Unlocked, but another tab writes.
    Follower,
}

/// What an unlocked vault holds.
#[derive(Debug)]
pub struct Opened {
    /// The records, without private keys.
    pub records: Vec<Stored>,
    /// [`VaultFault::DamagedRecord`] for each record that doesn't open, [`VaultFault::NotWhole`] if something was
    /// removed, swapped or rolled back.
    pub warnings: Vec<VaultFault>,
    /// What was in memory before the vault was unlocked and is in no vault yet. The private keys that were with it
    /// are held, ready for a commit that names them.
    pub carried: Vec<Stored>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("status", &self.status()).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the browser's storage and looks whether there is a vault. Where the browser refuses, everything is kept
    /// in memory and [`Self::storage_fault`] says why.
    ///
    /// # Errors
    /// [`VaultFault::NewerFormat`] if the vault was written by a later version; it is left as it is.
    pub async fn open() -> Result<Self, VaultFault> {
        let (database, mut fault) = match Database::open().await {
            Ok(database) => (Some(database), None),
            Err(fault) => (None, Some(fault)),
        };
        let mut mode = Mode::Memory(Memory::default());
        if let Some(database) = &database {
            match contents::header(database).await {
                Ok(Some(_)) => mode = Mode::Locked,
                Ok(None) => {}
                Err(newer @ VaultFault::NewerFormat { .. }) => return Err(newer),
                Err(other) => fault = Some(other),
            }
        }
        if super::crypto::subtle().is_none() {
            fault = Some(VaultFault::Storage { what: "this page has no secure context".into() });
        }
        Ok(Self(Rc::new(Inner {
            database,
            fault: RefCell::new(fault),
            tabs: RefCell::default(),
            mode: RefCell::new(mode),
            pending: RefCell::default(),
            turn: futures_util::lock::Mutex::new(()),
        })))
    }

    /// A vault of this page alone, kept in memory, for a browser whose own can't be used.
    pub fn in_memory() -> Self {
        Self(Rc::new(Inner {
            database: None,
            fault: RefCell::default(),
            tabs: RefCell::default(),
            mode: RefCell::new(Mode::Memory(Memory::default())),
            pending: RefCell::default(),
            turn: futures_util::lock::Mutex::new(()),
        }))
    }

    /// Heeds the other tabs from now on; without that, this one writes.
    pub fn join(&self, tabs: Tabs) {
        self.0.tabs.replace(Some(tabs));
    }

    /// Why nothing can be kept in this browser, if so.
    pub fn storage_fault(&self) -> Option<VaultFault> {
        self.0.fault.borrow().clone()
    }

    /// The state as of now.
    pub fn status(&self) -> VaultStatus {
        match &*self.0.mode.borrow() {
            Mode::Memory(_) => VaultStatus::Memory,
            Mode::Locked => VaultStatus::Locked,
            Mode::Open(_) if self.0.tabs.borrow().as_ref().is_none_or(Tabs::is_writer) => VaultStatus::Writer,
            Mode::Open(_) => VaultStatus::Follower,
        }
    }

    /// Lets go of everything that was decrypted, in this tab. What is in memory only is left: there is no vault that
    /// it could be got back from.
    pub fn lock(&self) {
        let mut mode = self.0.mode.borrow_mut();
        if matches!(*mode, Mode::Open(_)) {
            *mode = Mode::Locked;
            self.0.pending.borrow_mut().clear();
        }
    }

    /// Takes a fresh private key, to be kept by the next commit that names it.
    pub fn hold(&self, key: PrivateKey) -> KeyId {
        let id = key_id(&key);
        self.0.pending.borrow_mut().insert(id.clone(), key);
        id
    }

    /// Drops a private key that was held and will not be kept after all.
    pub fn discard(&self, id: &KeyId) {
        self.0.pending.borrow_mut().remove(id);
    }

    /// A private key that is held, or out of the vault.
    ///
    /// # Errors
    /// [`VaultFault::MissingKey`], [`VaultFault::Locked`], [`VaultFault::DamagedRecord`], [`VaultFault::Storage`].
    pub async fn private_key(&self, id: &KeyId) -> Result<PrivateKey, VaultFault> {
        if let Some(key) = self.0.pending.borrow().get(id) {
            return PrivateKey::from_own_pkcs8(key.pkcs8()).map_err(|_| VaultFault::MissingKey);
        }
        let opening = match &*self.0.mode.borrow() {
            Mode::Memory(memory) => {
                let key = memory.keys.get(id).ok_or(VaultFault::MissingKey)?;
                return PrivateKey::from_own_pkcs8(key.pkcs8()).map_err(|_| VaultFault::MissingKey);
            }
            Mode::Locked => return Err(VaultFault::Locked),
            Mode::Open(opening) => opening.clone(),
        };
        let record = secret_id(id);
        let der = contents::one(self.database()?, &opening, &record).await?.ok_or(VaultFault::MissingKey)?;
        match PrivateKey::from_own_pkcs8(&der) {
            Ok(key) if key_id(&key) == *id => Ok(key),
            _ => Err(VaultFault::DamagedRecord { id: record }),
        }
    }

    fn database(&self) -> Result<&Database, VaultFault> {
        let without = || self.storage_fault().unwrap_or(VaultFault::Storage { what: "no storage".into() });
        self.0.database.as_ref().ok_or_else(without)
    }

    fn opening(&self) -> Result<Rc<Opening>, VaultFault> {
        match &*self.0.mode.borrow() {
            Mode::Open(opening) => Ok(opening.clone()),
            _ => Err(VaultFault::Locked),
        }
    }

    fn tabs(&self) -> Option<Tabs> {
        self.0.tabs.borrow().clone()
    }
}

/// The id of a private key's pair.
pub fn key_id(key: &PrivateKey) -> KeyId {
    KeyId(hex(&key.public().sha256()))
}

fn secret_id(id: &KeyId) -> String {
    format!("{SECRET}{id}")
}
