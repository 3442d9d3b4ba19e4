//! Orders to the world that follow from an action. The page carries them out and answers with actions.

use crate::id::{CommitId, JobId, KeyId, ProbeId};
use crate::job::Job;
use crate::route::Route;
use crate::secret::Passphrase;
use crate::vault::Write;

/// An order.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Gives a job to the worker, with these private keys from the vault, in this order.
    StartJob {
        id: JobId,
        job: Box<Job>,
        keys: Vec<KeyId>,
    },
    CancelJob(JobId),
    /// Makes these writes durable in one transaction, with the named private keys that are held.
    Commit {
        id: CommitId,
        writes: Vec<Write>,
        secrets: Vec<KeyId>,
    },
    /// Drops private keys that are held and that nobody will keep.
    Forget(Vec<KeyId>),
    Download {
        name: String,
        media_type: String,
        bytes: Vec<u8>,
    },
    Navigate(Route),
    Probe {
        id: ProbeId,
        host: String,
        port: u16,
    },
    Vault(VaultOrder),
}

/// An order to the vault.
#[derive(Clone, PartialEq, Debug)]
pub enum VaultOrder {
    Create(Passphrase),
    Unlock(Passphrase),
    Lock,
    ChangePassphrase {
        old: Passphrase,
        new: Passphrase,
    },
    TakeOver,
    /// Removes the vault with everything in it.
    Erase,
    /// Takes what still opens as the whole from now on.
    AcceptLosses,
    Backup(Passphrase),
    OpenBackup {
        bytes: Vec<u8>,
        passphrase: Passphrase,
    },
}
