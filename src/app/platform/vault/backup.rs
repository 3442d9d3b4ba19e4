//! Backup files: everything of the vault, private keys included, under a passphrase and a data key of their own.
//! Restoring is the application's: it decides what of a backup is wanted, and commits that.

use super::contents::{self, is_secret};
use super::keyring::{self, Keyring};
use super::{Mode, SECRET, Stored, Vault, VaultFault, hex, open, secret_id};
use crate::platform::worker::Workshop;
use certwright_pki::{PrivateKey, UnixTime};
use certwright_workbench::secret::Passphrase;
use certwright_workbench::vault::{self as format, Header, Sealed, backup_associated_data};
use zeroize::{Zeroize, Zeroizing};

/// What a backup file holds.
#[derive(Debug)]
pub struct Backup {
    /// When it was made.
    pub created: UnixTime,
    /// The records, without private keys.
    pub records: Vec<Stored>,
    pub keys: Vec<PrivateKey>,
}

/// Records among which private keys are, wiped when they are let go.
struct WithSecrets(Vec<Stored>);

impl Drop for WithSecrets {
    fn drop(&mut self) {
        self.0.iter_mut().filter(|stored| is_secret(&stored.id)).for_each(|stored| stored.body.zeroize());
    }
}

impl Vault {
    /// Writes a backup of everything, from the vault or from memory, and opens it again before it is given out.
    /// A record of the vault that doesn't open is left out; unlocking has warned of it.
    ///
    /// # Errors
    /// [`VaultFault::Locked`], [`VaultFault::Storage`].
    pub async fn backup(
        &self,
        passphrase: &Passphrase,
        workshop: &Workshop,
        now: UnixTime,
    ) -> Result<Vec<u8>, VaultFault> {
        let _turn = self.0.turn.lock().await;
        let everything = self.everything().await?;
        let (header, key) = open::new_header(contents::new_vault_name(), passphrase, workshop, now).await?;
        let keyring = Keyring::import(&key).await?;
        let associated_data = backup_associated_data(&header.vault);
        let json = json(&everything)?;
        let sealed = keyring.seal(&associated_data, &json).await?.sealed();
        let bytes = format::write_backup(&header, &sealed)?;

        let (header_read, sealed_read) = format::read_backup(&bytes)?;
        let wrapping = workshop.derive(header_read.kdf.clone(), passphrase.clone()).await?;
        if *unseal(&header_read, &sealed_read, &wrapping).await? != *json {
            return Err(VaultFault::Storage {
                what: "the backup doesn't read back as it was written".into(),
            });
        }
        Ok(bytes)
    }

    /// Opens a backup file. Nothing in the vault changes, and it may be locked.
    ///
    /// # Errors
    /// [`VaultFault::NotABackup`], [`VaultFault::NewerFormat`], [`VaultFault::WrongPassphrase`],
    /// [`VaultFault::DamagedRecord`] if a part of it doesn't open.
    pub async fn read_backup(
        &self,
        bytes: &[u8],
        passphrase: &Passphrase,
        workshop: &Workshop,
    ) -> Result<Backup, VaultFault> {
        let (header, sealed) = format::read_backup(bytes)?;
        let wrapping = workshop.derive(header.kdf.clone(), passphrase.clone()).await?;
        let json = unseal(&header, &sealed, &wrapping).await?;
        let all = serde_json::from_slice(&json).map(WithSecrets).map_err(|_| VaultFault::NotABackup)?;
        let mut backup = Backup { created: header.created, records: Vec::new(), keys: Vec::new() };
        for stored in &all.0 {
            match stored.id.strip_prefix(SECRET) {
                None => backup.records.push(stored.clone()),
                Some(id) => match PrivateKey::from_own_pkcs8(&stored.body) {
                    Ok(key) if hex(&key.public().sha256()) == id => backup.keys.push(key),
                    _ => {
                        return Err(VaultFault::DamagedRecord { id: stored.id.clone() });
                    }
                },
            }
        }
        Ok(backup)
    }

    async fn everything(&self) -> Result<WithSecrets, VaultFault> {
        let opening = match &*self.0.mode.borrow() {
            Mode::Memory(memory) => {
                let keys = memory.keys.iter();
                let keys = keys.map(|(id, key)| Stored { id: secret_id(id), body: key.pkcs8().to_vec() });
                return Ok(WithSecrets(memory.stored().into_iter().chain(keys).collect()));
            }
            Mode::Locked => return Err(VaultFault::Locked),
            Mode::Open(opening) => opening.clone(),
        };
        let snapshot = contents::snapshot(self.database()?).await?;
        let vault = opening.header.borrow().vault.clone();
        let bodies = contents::open_all(&opening.keyring, &vault, &snapshot.records).await;
        let stored = snapshot.records.iter().zip(bodies).filter_map(|(raw, body)| {
            let body = body?;
            Some(Stored { id: raw.id.clone(), body: body.to_vec() })
        });
        Ok(WithSecrets(stored.collect()))
    }
}

async fn unseal(
    header: &Header,
    sealed: &Sealed,
    wrapping: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
    let keyring = Keyring::import(&keyring::unwrap(header, wrapping).await?).await?;
    let associated_data = backup_associated_data(&header.vault);
    let opened = keyring.open(&associated_data, &sealed.nonce, &sealed.ciphertext).await;
    opened.ok_or_else(|| VaultFault::DamagedRecord { id: "backup".into() })
}

/// Written into a buffer that is large enough from the start: one that grows leaves copies of the keys behind.
fn json(everything: &WithSecrets) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
    let size: usize =
        everything.0.iter().map(|stored| stored.id.len() * 2 + stored.body.len() * 4 / 3 + 64).sum();
    let mut json = Zeroizing::new(Vec::with_capacity(size + 16));
    serde_json::to_writer(&mut *json, &everything.0)
        .map_err(|error| VaultFault::Storage { what: error.to_string() })?;
    Ok(json)
}
