//! Words for what the vault and the worker say.

use super::Advice;
use crate::job::JobFailure;
use crate::vault::VaultFault;

/// Words for a fault of the vault.
pub fn vault(fault: &VaultFault) -> Advice {
    match fault {
        VaultFault::WrongPassphrase => Advice::new(
            "The passphrase does not open it.",
            "Nothing was lost, and there is no limit to tries.",
            "Type it again; look at capital letters and the keyboard's language.",
        ),
        VaultFault::NewerFormat { found } => Advice::new(
            "It was written by a newer Certwright.",
            format!("Its format is {found}."),
            "Open it with that version. Nothing was changed.",
        ),
        VaultFault::UnsupportedKdf => Advice::new(
            "Its key derivation can't be run here.",
            "It is unknown, or asks for more memory than this page will take.",
            "Open it with the version that wrote it.",
        ),
        VaultFault::DamagedRecord { id } => Advice::new(
            "A record of the vault can't be opened.",
            format!("It is {id}. Everything else is untouched."),
            "Restore it from a backup if you have one.",
        ),
        VaultFault::NotWhole { expected, found } => Advice::new(
            "The vault is not whole.",
            format!(
                "It should hold {expected} records and holds {found}, or some are older than they were: something \
                 outside Certwright changed the browser's storage."
            ),
            "Compare with your last backup before you go on.",
        ),
        VaultFault::Stale => Advice::new(
            "Another tab has written in the meantime.",
            "This tab has to catch up first.",
            "Try again.",
        ),
        VaultFault::Follower => Advice::new(
            "Another tab is working in this vault.",
            "Only one tab writes at a time, so that nothing is overwritten.",
            "Choose “Work in this tab”.",
        ),
        VaultFault::Duplicate { id } => {
            Advice::new("This is there already.", format!("It is {id}, and it must be unique."), "Try again.")
        }
        VaultFault::Locked => Advice::new("The vault is locked.", "", "Unlock it first."),
        VaultFault::MissingKey => Advice::new(
            "The private key is not in the vault.",
            "Without it this can't be done.",
            "Restore it from a backup, or bring the file that holds it.",
        ),
        VaultFault::Storage { what } => Advice::new(
            "The browser can't keep anything.",
            format!("It said: {what}."),
            "Leave private browsing, free some space, or work with a backup file.",
        ),
        VaultFault::NotABackup => Advice::new(
            "This is not a Certwright backup.",
            "A backup begins with the words certwright-backup.",
            "Choose the file that was saved from this page.",
        ),
    }
}

/// Words for a job that came to nothing.
pub fn job(failure: &JobFailure) -> Advice {
    match failure {
        JobFailure::Refused(advice) => advice.clone(),
        JobFailure::Crashed { what } => Advice::new(
            "This step broke down.",
            format!("Nothing was changed, and the vault is untouched. ({what})"),
            "Try again. If it stays, report it with the file that causes it, if that is no secret.",
        ),
        JobFailure::Cancelled => Advice::new("Cancelled.", "Nothing was changed.", ""),
        JobFailure::MissingKey(fault) => vault(fault),
    }
}
