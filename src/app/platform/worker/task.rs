//! What the worker was asked for and has not answered yet.

use super::super::vault::VaultFault;
use certwright_pki::PrivateKey;
use certwright_workbench::id::JobId;
use certwright_workbench::job::Job;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::vault::Kdf;
use futures_channel::oneshot;
use zeroize::Zeroizing;

/// The result of a derivation.
pub type Derived = Result<Zeroizing<[u8; 32]>, VaultFault>;

/// A task, with everything that it takes to begin it again.
pub enum Task {
    Job { id: JobId, job: Job, keys: Vec<PrivateKey> },
    Derive { kdf: Kdf, passphrase: Passphrase, answer: oneshot::Sender<Derived> },
}

impl Task {
    pub fn job_id(&self) -> Option<JobId> {
        match self {
            Self::Job { id, .. } => Some(*id),
            Self::Derive { .. } => None,
        }
    }

    pub fn is_job(&self, id: JobId) -> bool {
        self.job_id() == Some(id)
    }
}

/// A derivation came to nothing, and not for a reason of its own.
pub fn no_derivation(why: &str) -> VaultFault {
    VaultFault::Storage { what: format!("the key could not be derived: {why}") }
}
