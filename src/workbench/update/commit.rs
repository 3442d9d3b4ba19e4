//! The way of every change: first to the vault, and only when it is durable onto the desk.

use crate::effect::Effect;
use crate::explain;
use crate::id::{CommitId, KeyId};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Followed, Pending, Slot, State, Tone, Wait};
use crate::vault::VaultFault;
use std::rc::Rc;

/// What comes with a set of changes.
#[derive(Default)]
pub(super) struct Commit {
    pub(super) changes: Vec<Change>,
    /// Private keys that must be stored with them.
    pub(super) secrets: Vec<KeyId>,
    pub(super) slot: Option<Slot>,
    pub(super) notice: Option<String>,
    pub(super) go: Option<Route>,
    pub(super) followed_by: Option<Followed>,
}

/// Sends changes to the vault.
pub(super) fn order(state: &mut State, commit: Commit) -> Vec<Effect> {
    let writes: Result<Vec<_>, _> = commit.changes.iter().map(Change::write).collect();
    let writes = match writes {
        Ok(writes) => writes,
        Err(fault) => {
            state.say(explain::vault(&fault).title, Tone::Bad);
            return Vec::new();
        }
    };
    let id = CommitId(state.number());
    let pending = Pending {
        changes: commit.changes,
        slot: commit.slot,
        notice: commit.notice,
        go: commit.go,
        followed_by: commit.followed_by,
    };
    state.commits.insert(id, Rc::new(pending));
    vec![Effect::Commit { id, writes, secrets: commit.secrets }]
}

/// The vault has it: now it is so.
pub(super) fn committed(state: &mut State, id: CommitId) -> Vec<Effect> {
    let Some(pending) = state.commits.remove(&id).map(Rc::unwrap_or_clone) else { return Vec::new() };
    for change in pending.changes {
        apply(state, change);
    }
    if let Some(slot) = pending.slot {
        state.waits.remove(&slot);
    }
    if let Some(notice) = pending.notice {
        state.say(notice, Tone::Good);
    }
    let mut effects: Vec<Effect> = pending.go.into_iter().map(Effect::Navigate).collect();
    match pending.followed_by {
        Some(Followed::ProbeAgain(probe)) => effects.extend(super::probe::again(state, &probe)),
        Some(Followed::ClearTray(place)) => {
            state.trays.remove(&place);
        }
        Some(Followed::Batch(lines)) => super::issue::kept(state, &lines),
        Some(Followed::ClearRestore) => state.restore = None,
        None => {}
    }
    effects
}

/// The vault refused: nothing is shown as done, and what was typed is still there.
pub(super) fn failed(state: &mut State, id: CommitId, fault: &VaultFault) -> Vec<Effect> {
    let Some(pending) = state.commits.remove(&id).map(Rc::unwrap_or_clone) else { return Vec::new() };
    let advice = explain::vault(fault);
    state.say(format!("{} Nothing was changed.", advice.title), Tone::Bad);
    if let Some(slot) = pending.slot {
        state.waits.insert(slot, Wait::Failed(advice));
    }
    if let Some(Followed::Batch(lines)) = pending.followed_by {
        super::issue::lost(state, &lines, &explain::vault(fault));
    }
    Vec::new()
}

/// Puts a loaded or committed entry in its place.
pub(super) fn apply(state: &mut State, change: Change) {
    match change {
        Change::New(entry) | Change::Put(entry) => put(state, *entry),
        Change::Remove(id) => remove(state, &id),
    }
}

fn put(state: &mut State, entry: Entry) {
    let desk = &mut state.desk;
    match entry {
        Entry::Key(key) => drop(desk.keys.insert(key.id.clone(), Rc::new(key))),
        Entry::Request(request) => drop(desk.requests.insert(request.id.clone(), Rc::new(request))),
        Entry::Certificate(one) => drop(desk.certificates.insert(one.id.clone(), Rc::new(one))),
        Entry::Authority(authority) => {
            drop(desk.authorities.insert(authority.id.clone(), Rc::new(authority)))
        }
        Entry::Store(store) => drop(desk.stores.insert(store.id.clone(), Rc::new(store))),
        Entry::Probe(probe) => drop(desk.probes.insert(probe.id.clone(), Rc::new(probe))),
        Entry::Serial(_) => {}
        Entry::Backup(at) => state.vault.last_backup = Some(at),
    }
}

fn remove(state: &mut State, id: &str) {
    let Some((kind, name)) = id.split_once(':') else { return };
    let desk = &mut state.desk;
    match kind {
        "request" => desk.requests.retain(|id, _| id.0 != name),
        "certificate" => desk.certificates.retain(|id, _| id.0 != name),
        "store" => desk.stores.retain(|id, _| id.0 != name),
        "probe" => desk.probes.retain(|id, _| id.0 != name),
        _ => {}
    }
}
