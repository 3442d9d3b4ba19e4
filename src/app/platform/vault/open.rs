//! Making, unlocking and erasing the vault, reading it again, and changing its passphrase.

use super::commit::{Change, Changes, Expected, seal, transact};
use super::contents::{self, HEADER, Memory, is_secret, stored_sequence};
use super::keyring::{self, Keyring};
use super::{Mode, Opened, Opening, Stored, Vault, VaultFault, secret_id};
use crate::platform::crypto::random;
use crate::platform::database::{Access, answer, refused};
use crate::platform::worker::Workshop;
use certwright_pki::UnixTime;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::vault::{FORMAT, Head, Header, Kdf};
use std::cell::RefCell;
use std::rc::Rc;
use zeroize::Zeroizing;

impl Vault {
    /// Makes the vault, with everything that was in memory until now, and leaves it unlocked.
    ///
    /// # Errors
    /// [`VaultFault::Duplicate`] if there is a vault already, [`VaultFault::Follower`] if another tab doesn't let go
    /// of the writing, [`VaultFault::Storage`].
    pub async fn create(
        &self,
        passphrase: &Passphrase,
        workshop: &Workshop,
        now: UnixTime,
    ) -> Result<(), VaultFault> {
        let _turn = self.0.turn.lock().await;
        let database = self.database()?;
        if !matches!(*self.0.mode.borrow(), Mode::Memory(_)) {
            return Err(VaultFault::Duplicate { id: HEADER.into() });
        }
        if let Some(tabs) = self.tabs()
            && !tabs.take_over().await
        {
            return Err(VaultFault::Follower);
        }
        let _writing = self.tabs().map(|tabs| tabs.write()).transpose()?;
        let (header, key) = new_header(contents::new_vault_name(), passphrase, workshop, now).await?;
        let keyring = Keyring::import(&key).await?;
        drop(key);
        let changes = self.memory_changes();
        let mut head = Head { sequence: 1, ..Head::default() };
        changes.keys().for_each(|id| head.add(keyring.head_key(), id, 1));
        let batch = seal(&keyring, &header.vault, &changes, &head).await?;
        let text = header_text(&header)?;
        let expected = Expected::NoVault { header: &text };
        transact(database, expected, &header.vault, batch).await?;
        let revisions = changes.into_keys().map(|id| (id, 1)).collect();
        self.0.mode.replace(Mode::Open(Rc::new(Opening {
            header: RefCell::new(header),
            keyring,
            head: RefCell::new(head),
            revisions: RefCell::new(revisions),
        })));
        if let Some(tabs) = self.tabs() {
            tabs.announce_creation();
        }
        Ok(())
    }

    /// Unlocks the vault and reads all of it. A record that doesn't open keeps no other from being read.
    ///
    /// # Errors
    /// [`VaultFault::WrongPassphrase`], after which everything is as before; [`VaultFault::NewerFormat`],
    /// [`VaultFault::UnsupportedKdf`], [`VaultFault::Storage`].
    pub async fn unlock(&self, passphrase: &Passphrase, workshop: &Workshop) -> Result<Opened, VaultFault> {
        let _turn = self.0.turn.lock().await;
        let header = contents::header(self.database()?).await?;
        let header =
            header.ok_or_else(|| VaultFault::Storage { what: "there is no vault in this browser".into() })?;
        let wrapping = workshop.derive(header.kdf.clone(), passphrase.clone()).await?;
        let keyring = Keyring::import(&keyring::unwrap(&header, &wrapping).await?).await?;
        let opening = Rc::new(Opening {
            header: RefCell::new(header),
            keyring,
            head: RefCell::default(),
            revisions: RefCell::default(),
        });
        let mut opened = self.read(&opening).await?;
        if let Mode::Memory(memory) = self.0.mode.replace(Mode::Open(opening)) {
            opened.carried = memory.stored();
            self.0.pending.borrow_mut().extend(memory.keys);
        }
        Ok(opened)
    }

    /// Reads all of the unlocked vault again, after another tab has written or before this tab begins to.
    ///
    /// # Errors
    /// [`VaultFault::Locked`], [`VaultFault::Storage`].
    pub async fn refresh(&self) -> Result<Opened, VaultFault> {
        let _turn = self.0.turn.lock().await;
        let opening = self.opening()?;
        self.read(&opening).await
    }

    /// Looks again whether there is a vault, after another tab has made or erased it. What is in memory stays.
    ///
    /// # Errors
    /// [`VaultFault::Storage`], [`VaultFault::NewerFormat`].
    pub async fn look_again(&self) -> Result<(), VaultFault> {
        let _turn = self.0.turn.lock().await;
        let header = contents::header(self.database()?).await?;
        let mut mode = self.0.mode.borrow_mut();
        let empty =
            matches!(&*mode, Mode::Memory(memory) if memory.records.is_empty() && memory.keys.is_empty());
        let same = match (&header, &*mode) {
            (Some(header), Mode::Open(opening)) => opening.header.borrow().vault == header.vault,
            _ => false,
        };
        match header {
            Some(_) if empty || (!same && matches!(&*mode, Mode::Open(_))) => *mode = Mode::Locked,
            None if !matches!(&*mode, Mode::Memory(_)) => *mode = Mode::Memory(Memory::default()),
            _ => {}
        }
        Ok(())
    }

    /// Wraps the data key anew; records are not touched.
    ///
    /// # Errors
    /// [`VaultFault::WrongPassphrase`] if `old` is not the passphrase, [`VaultFault::Follower`],
    /// [`VaultFault::Locked`], [`VaultFault::Stale`] if the vault is not the one that was unlocked.
    pub async fn change_passphrase(
        &self,
        old: &Passphrase,
        new: &Passphrase,
        workshop: &Workshop,
    ) -> Result<(), VaultFault> {
        let _turn = self.0.turn.lock().await;
        let opening = self.opening()?;
        let _writing = self.tabs().map(|tabs| tabs.write()).transpose()?;
        let database = self.database()?;
        let header = contents::header(database).await?.ok_or(VaultFault::Stale)?;
        if header.vault != opening.header.borrow().vault {
            return Err(VaultFault::Stale);
        }
        let wrapping = workshop.derive(header.kdf.clone(), old.clone()).await?;
        let key = keyring::unwrap(&header, &wrapping).await?;
        let renewed = wrap_header(header.vault, header.created, &key, new, workshop).await?;
        let transaction = database.begin(Access::Write)?;
        let text = header_text(&renewed)?;
        let put = transaction.meta().and_then(|meta| meta.put_with_key(&text.into(), &HEADER.into()));
        answer(put).await.map_err(|error| refused(&error))?;
        transaction.finished().await.map_err(|error| refused(&error))?;
        opening.header.replace(renewed);
        Ok(())
    }

    /// Erases the vault for good, locked or not.
    ///
    /// # Errors
    /// [`VaultFault::Follower`], [`VaultFault::Storage`].
    pub async fn erase(&self) -> Result<(), VaultFault> {
        let _turn = self.0.turn.lock().await;
        let _writing = self.tabs().map(|tabs| tabs.write()).transpose()?;
        let transaction = self.database()?.begin(Access::Write)?;
        for store in [transaction.meta(), transaction.records()] {
            answer(store.and_then(|store| store.clear())).await.map_err(|error| refused(&error))?;
        }
        transaction.finished().await.map_err(|error| refused(&error))?;
        self.0.mode.replace(Mode::Memory(Memory::default()));
        self.0.pending.borrow_mut().clear();
        if let Some(tabs) = self.tabs() {
            tabs.announce_erasure();
        }
        Ok(())
    }

    async fn read(&self, opening: &Opening) -> Result<Opened, VaultFault> {
        let snapshot = contents::snapshot(self.database()?).await?;
        let vault = opening.header.borrow().vault.clone();
        let bodies = contents::open_all(&opening.keyring, &vault, &snapshot.records).await;
        let head = contents::head(&opening.keyring, &vault, &snapshot.head).await;
        let sequence = stored_sequence(&snapshot.head).unwrap_or(0);
        let reckoned = contents::reckoned(&opening.keyring, sequence, &snapshot.records);
        let mut opened = Opened { records: Vec::new(), warnings: Vec::new(), carried: Vec::new() };
        if head.as_ref() != Some(&reckoned) {
            let expected = head.as_ref().map_or(0, |head| head.count);
            opened.warnings.push(VaultFault::NotWhole { expected, found: reckoned.count });
        }
        for (raw, body) in snapshot.records.iter().zip(bodies) {
            match body {
                None => opened.warnings.push(VaultFault::DamagedRecord { id: raw.id.clone() }),
                Some(_) if is_secret(&raw.id) => {}
                Some(body) => opened.records.push(Stored { id: raw.id.clone(), body: body.to_vec() }),
            }
        }
        opening.head.replace(head.unwrap_or(reckoned));
        opening.revisions.replace(snapshot.records.into_iter().map(|raw| (raw.id, raw.revision)).collect());
        Ok(opened)
    }

    fn memory_changes(&self) -> Changes {
        let Mode::Memory(memory) = &*self.0.mode.borrow() else {
            return Changes::new();
        };
        let records = memory.records.iter().map(|(id, body)| (id.clone(), body.clone()));
        let keys = memory.keys.iter().map(|(id, key)| (secret_id(id), key.pkcs8().to_vec()));
        records.chain(keys).map(|(id, body)| (id, Change::Add(Zeroizing::new(body)))).collect()
    }
}

/// Makes a data key and the header that wraps it under a passphrase.
pub async fn new_header(
    vault: String,
    passphrase: &Passphrase,
    workshop: &Workshop,
    now: UnixTime,
) -> Result<(Header, keyring::DataKey), VaultFault> {
    let key = keyring::new_data_key();
    let header = wrap_header(vault, now, &key, passphrase, workshop).await?;
    Ok((header, key))
}

async fn wrap_header(
    vault: String,
    created: UnixTime,
    key: &keyring::DataKey,
    passphrase: &Passphrase,
    workshop: &Workshop,
) -> Result<Header, VaultFault> {
    let kdf = Kdf::current(random());
    let wrapping = workshop.derive(kdf.clone(), passphrase.clone()).await?;
    let wrapped_key = keyring::wrap(key, &wrapping, FORMAT, &vault, &kdf).await?;
    Ok(Header { format: FORMAT, vault, created, kdf, wrapped_key })
}

fn header_text(header: &Header) -> Result<String, VaultFault> {
    serde_json::to_string(header).map_err(|error| VaultFault::Storage { what: error.to_string() })
}
