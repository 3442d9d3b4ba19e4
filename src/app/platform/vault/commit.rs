//! Commits: several changes become durable together or not at all. What is sealed is sealed before the transaction
//! begins, because a transaction doesn't wait for anything but its own requests.

mod plan;
mod transaction;

use super::contents::{Memory, stored_sequence};
use super::keyring::Keyring;
use super::{KeyId, Mode, Opening, Vault, VaultFault, Write, contents, secret_id};
use crate::platform::database::Database;
use certwright_workbench::vault::{Head, head_associated_data, record_associated_data};
use gloo_timers::future::TimeoutFuture;
pub use plan::{Change, Changes};
use std::rc::Rc;
pub use transaction::{Batch, Expected, Row, transact};
use zeroize::Zeroizing;

/// Records that are reckoned into the head before the page gets another turn.
const RECKONED_AT_ONCE: usize = 128;

impl Vault {
    /// Makes the changes durable, together with the held private keys that are named: when it returns, they outlive
    /// a crash. Gives the number of the commit. After a fault nothing has changed, and the keys are still held.
    ///
    /// # Errors
    /// [`VaultFault::Duplicate`] for a [`Write::Create`] of what is there already, [`VaultFault::Stale`],
    /// [`VaultFault::Follower`], [`VaultFault::Locked`], [`VaultFault::MissingKey`] for a key that is not held,
    /// [`VaultFault::Storage`].
    pub async fn commit(&self, writes: Vec<Write>, secrets: &[KeyId]) -> Result<u64, VaultFault> {
        let _turn = self.0.turn.lock().await;
        let opening = match &mut *self.0.mode.borrow_mut() {
            Mode::Memory(memory) => return self.commit_in_memory(memory, writes, secrets),
            Mode::Locked => return Err(VaultFault::Locked),
            Mode::Open(opening) => opening.clone(),
        };
        let _writing = self.tabs().map(|tabs| tabs.write()).transpose()?;
        let mut changes = plan::plan(writes, |id| opening.revisions.borrow().contains_key(id))?;
        for id in secrets {
            let record = secret_id(id);
            if opening.revisions.borrow().contains_key(&record) {
                continue;
            }
            let pending = self.0.pending.borrow();
            let key = pending.get(id).ok_or(VaultFault::MissingKey)?;
            changes.insert(record, Change::Put(Zeroizing::new(key.pkcs8().to_vec())));
        }
        let sequence = if changes.is_empty() {
            opening.head.borrow().sequence
        } else {
            let base = opening.head.borrow().clone();
            write(self.database()?, &opening, changes, base).await?
        };
        for id in secrets {
            self.discard(id);
        }
        if let Some(tabs) = self.tabs() {
            tabs.announce_change(sequence);
        }
        Ok(sequence)
    }

    fn commit_in_memory(
        &self,
        memory: &mut Memory,
        writes: Vec<Write>,
        secrets: &[KeyId],
    ) -> Result<u64, VaultFault> {
        let changes = plan::plan(writes, |id| memory.records.contains_key(id))?;
        let mut pending = self.0.pending.borrow_mut();
        if secrets.iter().any(|id| !memory.keys.contains_key(id) && !pending.contains_key(id)) {
            return Err(VaultFault::MissingKey);
        }
        for (id, change) in changes {
            match change {
                Change::Add(body) | Change::Put(body) => {
                    memory.records.insert(id, body.to_vec());
                }
                Change::Delete => {
                    memory.records.remove(&id);
                    memory.keys.retain(|key, _| secret_id(key) != id);
                }
            }
        }
        for id in secrets {
            if let Some(key) = pending.remove(id) {
                memory.keys.insert(id.clone(), key);
            }
        }
        memory.sequence += 1;
        Ok(memory.sequence)
    }

    /// Takes what is there as the whole from now on, after the person has read the warnings: records that don't open
    /// are removed, and the head is written anew.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub async fn accept_losses(&self) -> Result<u64, VaultFault> {
        let _turn = self.0.turn.lock().await;
        let opening = self.opening()?;
        let _writing = self.tabs().map(|tabs| tabs.write()).transpose()?;
        let database = self.database()?;
        let snapshot = contents::snapshot(database).await?;
        let vault = opening.header.borrow().vault.clone();
        let opened = contents::open_all(&opening.keyring, &vault, &snapshot.records).await;
        let damaged = snapshot.records.iter().zip(&opened).filter(|(_, body)| body.is_none());
        let changes: Changes = damaged.map(|(raw, _)| (raw.id.clone(), Change::Delete)).collect();
        let sequence = stored_sequence(&snapshot.head).unwrap_or(0);
        let base = contents::reckoned(&opening.keyring, sequence, &snapshot.records);
        opening.revisions.replace(snapshot.records.into_iter().map(|raw| (raw.id, raw.revision)).collect());
        write(database, &opening, changes, base).await
    }
}

/// Seals the changes and commits them on top of `base`. A record's revision is the number of the commit that wrote
/// it: it rises with each write, and doesn't begin again for an id that was deleted in between.
async fn write(
    database: &Database,
    opening: &Rc<Opening>,
    mut changes: Changes,
    base: Head,
) -> Result<u64, VaultFault> {
    let keyring = &opening.keyring;
    let vault = opening.header.borrow().vault.clone();
    let expected = base.sequence;
    let sequence = expected + 1;
    let mut head = Head { sequence, ..base };
    let mut revisions = opening.revisions.borrow().clone();
    changes.retain(|id, change| !matches!(change, Change::Delete) || revisions.contains_key(id));
    for (index, (id, change)) in changes.iter().enumerate() {
        if (index + 1).is_multiple_of(RECKONED_AT_ONCE) {
            TimeoutFuture::new(0).await;
        }
        if let Some(revision) = revisions.remove(id) {
            head.remove(keyring.head_key(), id, revision);
        }
        if !matches!(change, Change::Delete) {
            head.add(keyring.head_key(), id, sequence);
            revisions.insert(id.clone(), sequence);
        }
    }
    let batch = seal(keyring, &vault, &changes, &head).await?;
    transact(database, Expected::Sequence(expected), &vault, batch).await?;
    opening.head.replace(head);
    opening.revisions.replace(revisions);
    Ok(sequence)
}

/// Seals the changes and the head that they lead to.
pub async fn seal(
    keyring: &Keyring,
    vault: &str,
    changes: &Changes,
    head: &Head,
) -> Result<Batch, VaultFault> {
    let sequence = head.sequence;
    let bodies = changes.iter().filter_map(|(id, change)| match change {
        Change::Add(body) | Change::Put(body) => {
            Some((record_associated_data(vault, id, sequence), body.as_slice()))
        }
        Change::Delete => None,
    });
    let mut parcels = keyring.seal_all(bodies).await?.into_iter();
    let mut parcel =
        || parcels.next().ok_or_else(|| VaultFault::Storage { what: "a record was not sealed".into() });
    let rows = changes.iter().map(|(id, change)| match change {
        Change::Add(_) => parcel().map(|parcel| Row::Add(id.clone(), parcel)),
        Change::Put(_) => parcel().map(|parcel| Row::Put(id.clone(), parcel)),
        Change::Delete => Ok(Row::Delete(id.clone())),
    });
    let rows = rows.collect::<Result<_, _>>()?;
    let json = serde_json::to_vec(head).map_err(|error| VaultFault::Storage { what: error.to_string() })?;
    let head = keyring.seal(&head_associated_data(vault, sequence), &json).await?;
    Ok(Batch { rows, sequence, head })
}
