//! The vault's life: looked for, made, unlocked, locked; backups and their return.

use super::commit::{self, Commit};
use super::is_barred;
use crate::action::VaultOpened;
use crate::desk::{Desk, KeyEntry};
use crate::effect::{Effect, VaultOrder};
use crate::explain::{self, Advice};
use crate::id::KeyId;
use crate::record::{self, Change, Entry};
use crate::secret::Passphrase;
use crate::state::{Followed, Restore, Slot, State, Tone, VaultPhase, Wait};
use crate::vault::{Stored, VaultFault};
use certwright_pki::UnixTime;
use std::rc::Rc;

/// Passphrases shorter than this are refused: the vault's file may be taken away and tried at leisure.
pub const MINIMUM_PASSPHRASE: usize = 10;

/// What has to be typed before a vault is erased.
pub const ERASE_WORD: &str = "erase";

/// Takes in what the page found.
pub(super) fn opened(state: &mut State, opened: VaultOpened) -> Vec<Effect> {
    state.waits.remove(&Slot::Vault);
    match opened {
        VaultOpened::Memory { fault } => {
            forget_everything(state);
            state.vault.phase = VaultPhase::Memory;
            state.vault.writer = true;
            state.vault.storage_fault = fault.as_ref().map(explain::vault);
        }
        VaultOpened::Locked => {
            forget_everything(state);
            state.vault.phase = VaultPhase::Locked;
        }
        VaultOpened::Created { persisted, writer } => {
            state.vault.phase = VaultPhase::Open;
            (state.vault.persisted, state.vault.writer) = (persisted, writer);
            state.say(
                "The vault is made. From now on everything here is kept, encrypted, in this browser.",
                Tone::Good,
            );
        }
        VaultOpened::Unlocked { records, carried, warnings, persisted, writer } => {
            state.vault.phase = VaultPhase::Open;
            (state.vault.persisted, state.vault.writer) = (persisted, writer);
            load(state, &records, &warnings);
            state.say("The vault is open.", Tone::Good);
            return carry(state, &carried);
        }
        VaultOpened::Reread { records, warnings } => load(state, &records, &warnings),
        VaultOpened::PassphraseChanged => state.say("The passphrase is changed.", Tone::Good),
    }
    Vec::new()
}

/// Keeps what was made before the vault was unlocked, where the vault does not have it.
fn carry(state: &mut State, carried: &[Stored]) -> Vec<Effect> {
    let entries = carried.iter().filter_map(|stored| record::load(stored).ok());
    let fresh: Vec<Entry> = entries.filter(|entry| on_desk(state, entry).is_none()).collect();
    if fresh.is_empty() {
        return Vec::new();
    }
    let secrets = fresh.iter().filter_map(|entry| match entry {
        Entry::Key(key) => Some(key.id.clone()),
        _ => None,
    });
    let secrets = secrets.collect();
    let notice = Some("The vault is open. What was made before it was unlocked is in it now.".into());
    commit::order(
        state,
        Commit {
            changes: fresh.into_iter().map(Change::put).collect(),
            secrets,
            notice,
            ..Commit::default()
        },
    )
}

fn load(state: &mut State, records: &[Stored], warnings: &[VaultFault]) {
    state.desk = Desk::default();
    state.vault.warnings = warnings.iter().map(explain::vault).collect();
    for stored in records {
        match record::load(stored) {
            Ok(entry) => commit::apply(state, Change::put(entry)),
            Err(fault) => state.vault.warnings.push(explain::vault(&fault)),
        }
    }
}

fn forget_everything(state: &mut State) {
    let (now, proxy, next, route) = (state.now, state.proxy, state.next, state.route.clone());
    *state = State { now, proxy, next, route, ..State::default() };
}

/// The vault refused an order.
pub(super) fn refused(state: &mut State, fault: &VaultFault) -> Vec<Effect> {
    let advice = explain::vault(fault);
    state.say(advice.title.clone(), Tone::Bad);
    state.waits.insert(Slot::Vault, Wait::Failed(advice));
    Vec::new()
}

fn order(state: &mut State, order: VaultOrder) -> Vec<Effect> {
    let since = state.now;
    state.waits.insert(Slot::Vault, Wait::Running { done: 0, total: 0, since, job: None });
    vec![Effect::Vault(order)]
}

fn refuse(state: &mut State, advice: Advice) -> Vec<Effect> {
    state.say(advice.title.clone(), Tone::Bad);
    state.waits.insert(Slot::Vault, Wait::Failed(advice));
    Vec::new()
}

/// The first passphrase: what is in memory becomes a vault.
pub(super) fn passphrase_set(state: &mut State, passphrase: Passphrase) -> Vec<Effect> {
    if passphrase.length() < MINIMUM_PASSPHRASE {
        return refuse(state, explain::short_passphrase(MINIMUM_PASSPHRASE));
    }
    order(state, VaultOrder::Create(passphrase))
}

/// The passphrase is tried.
pub(super) fn unlock_wanted(state: &mut State, passphrase: Passphrase) -> Vec<Effect> {
    order(state, VaultOrder::Unlock(passphrase))
}

/// Everything readable is dropped.
pub(super) fn lock_wanted(state: &mut State) -> Vec<Effect> {
    if state.vault.phase != VaultPhase::Open || !state.commits.is_empty() {
        return Vec::new();
    }
    order(state, VaultOrder::Lock)
}

/// The vault goes, with everything in it, if the word was typed.
pub(super) fn erase_wanted(state: &mut State, confirmed: &str) -> Vec<Effect> {
    if confirmed.trim() != ERASE_WORD {
        return refuse(state, explain::erase_not_confirmed(ERASE_WORD));
    }
    order(state, VaultOrder::Erase)
}

/// The person has read what is damaged, and goes on with the rest.
pub(super) fn losses_accepted(state: &mut State) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    order(state, VaultOrder::AcceptLosses)
}

/// The passphrase is replaced; nothing is sealed anew.
pub(super) fn passphrase_changed(state: &mut State, old: Passphrase, new: Passphrase) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    if new.length() < MINIMUM_PASSPHRASE {
        return refuse(state, explain::short_passphrase(MINIMUM_PASSPHRASE));
    }
    order(state, VaultOrder::ChangePassphrase { old, new })
}

/// A backup file is asked for.
pub(super) fn backup_wanted(state: &mut State, passphrase: Passphrase) -> Vec<Effect> {
    if passphrase.length() < MINIMUM_PASSPHRASE {
        return refuse(state, explain::short_passphrase(MINIMUM_PASSPHRASE));
    }
    order(state, VaultOrder::Backup(passphrase))
}

/// The backup was written and read back; it counts when the person says that the file is there.
pub(super) fn backup_written(state: &mut State, name: String, bytes: Vec<u8>) -> Vec<Effect> {
    state.waits.remove(&Slot::Vault);
    state.vault.backup_unconfirmed = true;
    state.say(format!("{name} is written and was read back. Look for it in your downloads."), Tone::Good);
    vec![Effect::Download { name, media_type: "application/octet-stream".into(), bytes }]
}

/// The person has the file.
pub(super) fn backup_confirmed(state: &mut State) -> Vec<Effect> {
    if is_barred(state) || !state.vault.backup_unconfirmed {
        return Vec::new();
    }
    state.vault.backup_unconfirmed = false;
    let at = state.now;
    let mut changes: Vec<Change> = state
        .desk
        .keys
        .values()
        .map(|key| Change::put(Entry::Key(KeyEntry { backed_up: Some(at), ..KeyEntry::clone(key) })))
        .collect();
    changes.push(Change::put(Entry::Backup(at)));
    let notice = Some("Noted: there is a backup of today.".into());
    commit::order(state, Commit { changes, notice, ..Commit::default() })
}

/// A backup file was brought, with its passphrase.
pub(super) fn backup_brought(state: &mut State, bytes: Vec<u8>, passphrase: Passphrase) -> Vec<Effect> {
    state.restore = None;
    order(state, VaultOrder::OpenBackup { bytes, passphrase })
}

/// The backup is open: what is new, what is the same, what differs. Nothing is changed yet.
pub(super) fn backup_opened(
    state: &mut State,
    created: UnixTime,
    records: Vec<Stored>,
    keys: Vec<KeyId>,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Vault);
    let mut restore = Restore {
        fresh: Vec::new(),
        same: 0,
        different: Vec::new(),
        created,
        records: Vec::new(),
        keys: Vec::new(),
    };
    for stored in records {
        let Ok(entry) = record::load(&stored) else { continue };
        match on_desk(state, &entry) {
            Some(here) if here == entry => restore.same += 1,
            Some(_) => restore.different.push(title(&entry)),
            None => {
                restore.fresh.extend(shown(&entry).then(|| title(&entry)));
                restore.records.push(stored);
            }
        }
    }
    let (wanted, spare): (Vec<KeyId>, Vec<KeyId>) =
        keys.into_iter().partition(|key| !state.desk.keys.contains_key(key));
    restore.keys = wanted;
    state.say(
        format!("The backup of {created} opens. Look at what it holds before you merge it."),
        Tone::Good,
    );
    state.restore = Some(Rc::new(restore));
    vec![Effect::Forget(spare)]
}

/// What the desk has under the entry's id.
fn on_desk(state: &State, entry: &Entry) -> Option<Entry> {
    let desk = &state.desk;
    match entry {
        Entry::Key(one) => desk.keys.get(&one.id).map(|here| Entry::Key(KeyEntry::clone(here))),
        Entry::Request(one) => desk.requests.get(&one.id).map(|here| Entry::Request((**here).clone())),
        Entry::Certificate(one) => {
            desk.certificates.get(&one.id).map(|here| Entry::Certificate((**here).clone()))
        }
        Entry::Authority(one) => desk.authorities.get(&one.id).map(|here| Entry::Authority((**here).clone())),
        Entry::Store(one) => desk.stores.get(&one.id).map(|here| Entry::Store((**here).clone())),
        Entry::Probe(one) => desk.probes.get(&one.id).map(|here| Entry::Probe((**here).clone())),
        // A serial number that is written again stays what it is.
        Entry::Serial(_) => None,
        Entry::Backup(_) => Some(entry.clone()),
    }
}

fn shown(entry: &Entry) -> bool {
    !matches!(entry, Entry::Serial(_) | Entry::Backup(_))
}

fn title(entry: &Entry) -> String {
    match entry {
        Entry::Key(one) => format!("Key: {}", one.label),
        Entry::Request(one) => format!("Request: {}", one.label),
        Entry::Certificate(one) => format!("Certificate: {}", one.label),
        Entry::Authority(one) => format!("Authority: {}", one.label),
        Entry::Store(one) => format!("Trust store: {}", one.name),
        Entry::Probe(one) => format!("Probed server: {}", one.id),
        Entry::Serial(_) => "Serial number".into(),
        Entry::Backup(_) => "Backup".into(),
    }
}

/// The person wants what the backup has and the desk lacks.
pub(super) fn restore_wanted(state: &mut State) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(restore) = state.restore.clone() else { return Vec::new() };
    let changes: Vec<Change> = restored(&restore).map(Change::put).collect();
    let commit = Commit {
        notice: Some(format!("Restored: {} objects.", restore.fresh.len())),
        changes,
        secrets: restore.keys.clone(),
        followed_by: Some(Followed::ClearRestore),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// The entries of a backup; its keys are in a backup, this one, whatever their records say.
fn restored(restore: &Restore) -> impl Iterator<Item = Entry> {
    restore.records.iter().filter_map(|stored| record::load(stored).ok()).map(|entry| match entry {
        Entry::Key(key) => {
            let backed_up = key.backed_up.max(Some(restore.created));
            Entry::Key(KeyEntry { backed_up, ..key })
        }
        entry => entry,
    })
}

/// The person does not want it after all.
pub(super) fn restore_dropped(state: &mut State) -> Vec<Effect> {
    match state.restore.take() {
        Some(restore) => vec![Effect::Forget(restore.keys.clone())],
        None => Vec::new(),
    }
}
