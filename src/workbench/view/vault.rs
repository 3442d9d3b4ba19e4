//! The vault's page and the chips of the header.

use super::{Badge, Mood, WaitView, day, wait};
use crate::explain::Advice;
use crate::state::{Restore, Slot, State, VaultPhase};
use std::rc::Rc;

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct VaultView {
    pub phase: VaultPhase,
    pub writer: bool,
    /// What is kept, where and how safely, in sentences.
    pub says: Vec<String>,
    pub storage_fault: Option<Advice>,
    pub warnings: Vec<Advice>,
    pub keys: Vec<(String, Badge)>,
    pub last_backup: String,
    pub backup_unconfirmed: bool,
    pub restore: Option<Rc<Restore>>,
    pub wait: WaitView,
}

/// A chip of the header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    pub mood: Mood,
    pub text: String,
}

/// The vault.
pub fn vault(state: &State) -> VaultView {
    let keys = state.desk.keys.values().map(|key| {
        let badge = match (key.backed_up, key.exported) {
            (Some(at), _) => Badge::new(Mood::Good, format!("Backed up {}", at.date())),
            (None, Some(at)) => Badge::new(Mood::Plain, format!("Exported {}", at.date())),
            (None, None) => Badge::new(Mood::Bad, "Only in this browser"),
        };
        (format!("{} ({})", key.label, key.public.label()), badge)
    });
    VaultView {
        phase: state.vault.phase,
        writer: state.vault.writer,
        says: says(state),
        storage_fault: state.vault.storage_fault.clone(),
        warnings: state.vault.warnings.clone(),
        keys: keys.collect(),
        last_backup: state.vault.last_backup.map_or_else(|| "never".into(), |at| day(at, state.now)),
        backup_unconfirmed: state.vault.backup_unconfirmed,
        restore: state.restore.clone(),
        wait: wait(state, &Slot::Vault),
    }
}

fn says(state: &State) -> Vec<String> {
    match state.vault.phase {
        VaultPhase::Starting => vec!["Looking for a vault in this browser…".into()],
        VaultPhase::Memory => vec![
            "Nothing is saved. What you make here is in memory only and will be gone when this tab is closed.".into(),
            "Set a passphrase to keep it in this browser, encrypted.".into(),
        ],
        VaultPhase::Locked => vec!["There is a vault in this browser. It is locked.".into()],
        VaultPhase::Open => {
            let mut says = vec![
                "Everything here exists in this browser profile only, encrypted with AES-256 under your passphrase. \
                 Clearing the site’s data deletes it: keep a backup file."
                    .into(),
            ];
            says.push(match state.vault.persisted {
                Some(true) => "The browser has promised not to clear it on its own.".into(),
                Some(false) => "The browser may clear it when it runs short of space: it did not promise to keep it.".into(),
                None => "The browser does not say whether it may clear it.".into(),
            });
            says
        }
    }
}

/// The chips: what is true of this page right now.
pub fn chips(state: &State) -> Vec<Chip> {
    let chip = |mood, text: &str| Chip { mood, text: text.into() };
    let mut chips = vec![match state.vault.phase {
        VaultPhase::Starting => chip(Mood::Plain, "Looking for the vault"),
        VaultPhase::Memory => chip(Mood::Warn, "Not saved: memory only"),
        VaultPhase::Locked => chip(Mood::Plain, "Vault locked"),
        VaultPhase::Open if !state.vault.writer => chip(Mood::Warn, "Following another tab"),
        VaultPhase::Open => chip(Mood::Good, "Vault open"),
    }];
    match state.desk.keys_only_here() {
        0 => {}
        1 => chips.push(chip(Mood::Warn, "1 key not backed up")),
        count => chips.push(Chip { mood: Mood::Warn, text: format!("{count} keys not backed up") }),
    }
    chips.push(match state.proxy {
        true => chip(Mood::Plain, "Companion connected"),
        false => chip(Mood::Plain, "No network"),
    });
    chips
}
