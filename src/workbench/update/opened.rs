//! What is open to be looked at: described, unlocked, put away, and kept on the desk only when the person says so.
//!
//! How it is read is `opening`'s business.

use super::commit::{self, Commit};
use super::{is_barred, job, opening, request};
use crate::desk::{CertificateEntry, KeyEntry, Origin, Queue, RequestEntry};
use crate::effect::Effect;
use crate::id::{CertificateId, KeyId, ObjectId};
use crate::job::{BroughtKind, Contents, DescribeOrder, Described, Job};
use crate::opened::Object;
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::secret::Passphrase;
use crate::state::{Place, Purpose, Slot, State, Thing, Tone};
use certwright_pki::{Certificate, Kind, PublicKey, Request};
use std::rc::Rc;

/// Namesakes whose signatures are tried for one object.
const NAMESAKES: usize = 40;
/// Descriptions that are kept for looking at again.
const DESCRIPTIONS: usize = 30;

/// Puts objects away, all if none are named; private keys that nobody kept are dropped.
pub(super) fn closed(state: &mut State, ids: &[ObjectId]) -> Vec<Effect> {
    let opened = Rc::make_mut(&mut state.opened);
    if ids.is_empty() {
        *opened = Default::default();
        state.waits.remove(&Slot::Bring(Place::Desk));
    } else {
        opened.close(ids);
    }
    let opened = &state.opened;
    state.described.retain(|id, _| opened.get(id).is_some());
    let needed = |key: &KeyId| {
        opened.with_key(key).iter().any(|object| matches!(&object.is, BroughtKind::PrivateKey(_)))
    };
    let (kept, dropped): (Vec<KeyId>, Vec<KeyId>) =
        std::mem::take(&mut state.held).into_iter().partition(needed);
    state.held = kept.into_iter().collect();
    let away = match state.route {
        Route::Object(ref id, _) if state.opened.get(id).is_none() => Some(Effect::Navigate(Route::Opened)),
        _ => None,
    };
    dropped
        .is_empty()
        .then(Vec::new)
        .unwrap_or_else(|| vec![Effect::Forget(dropped)])
        .into_iter()
        .chain(away)
        .collect()
}

/// Tries a password on each of these.
pub(super) fn unlock_wanted(state: &mut State, ids: &[ObjectId], password: &Passphrase) -> Vec<Effect> {
    let mut effects = Vec::new();
    for id in ids {
        let Some(object) = state.opened.get(id).cloned() else { continue };
        if !object.is_locked() {
            continue;
        }
        let order =
            Job::Unlock { kind: object.kind(), bytes: object.bytes.to_vec(), password: password.clone() };
        let purpose = Purpose::UnlockObject(id.clone());
        effects.extend(job::start(state, Slot::Unlock(id.clone()), purpose, order, Vec::new()));
    }
    effects
}

/// The password was right.
pub(super) fn unlocked(
    state: &mut State,
    id: &ObjectId,
    contents: Contents,
    held: Vec<KeyId>,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Unlock(id.clone()));
    let Some(object) = state.opened.get(id).cloned() else { return vec![Effect::Forget(held)] };
    let file = object.sources.first().map_or_else(|| object.card.title.clone(), |source| source.file.clone());
    let found = contents.items.len();
    Rc::make_mut(&mut state.opened).note_unlocked(id);
    state.held.extend(held);
    opening::take_in(state, &[format!("inside {file}")], contents);
    state.say(format!("{file} is open: {}", opening::said(found, 0)), Tone::Good);
    // What was inside is listed there.
    match &state.route {
        Route::Object(here, _) if here == id => vec![Effect::Navigate(Route::Opened)],
        _ => Vec::new(),
    }
}

/// Has an object described, unless that was done.
pub(super) fn description_wanted(state: &mut State, id: &ObjectId) -> Vec<Effect> {
    let slot = Slot::Describe(id.clone());
    if state.is_busy(&slot) {
        return Vec::new();
    }
    let Some(thing) = state.thing(id) else { return Vec::new() };
    if let Some(description) = &thing.description {
        let described =
            Described { description: (**description).clone(), issuers: Vec::new(), issued: Vec::new() };
        described_so(state, id, described);
        return Vec::new();
    }
    let (issuers, issued) = (issuers_of(state, &thing), issued_by(state, &thing));
    let order = DescribeOrder { kind: thing.kind, bytes: thing.bytes.to_vec(), issuers, issued };
    job::start(state, slot, Purpose::Describe(id.clone()), Job::Describe(order), Vec::new())
}

/// Shows a description.
pub(super) fn described_so(state: &mut State, id: &ObjectId, described: Described) {
    state.waits.remove(&Slot::Describe(id.clone()));
    if state.described.len() >= DESCRIPTIONS {
        let shown = |known: &ObjectId| match &state.route {
            Route::Object(id, _) => id == known,
            Route::Compare(left, right) => left == known || right == known,
            _ => false,
        };
        let other = state.described.keys().find(|known| *known != id && !shown(known)).cloned();
        other.map(|other| state.described.remove(&other));
    }
    state.described.insert(id.clone(), Rc::new(described));
}

/// Certificates that bear the name of the object's issuer.
fn issuers_of(state: &State, thing: &Thing) -> Vec<(ObjectId, Vec<u8>)> {
    let Some(wanted) = thing.card.issuer else { return Vec::new() };
    let opened = state
        .opened
        .objects()
        .filter(|one| one.card.subject == Some(wanted) && one.kind() == Kind::Certificate);
    let opened = opened.map(|one| (one.id.clone(), one.bytes.to_vec()));
    let desk = state
        .desk
        .certificates
        .values()
        .filter(|entry| crate::job::card::name_number(entry.certificate.subject()) == wanted);
    let desk = desk.map(|entry| (ObjectId(entry.id.0.clone()), entry.certificate.der().to_vec()));
    once_each(opened.chain(desk), |one| &one.0)
}

/// What names the object as its issuer.
fn issued_by(state: &State, thing: &Thing) -> Vec<(ObjectId, Kind, Vec<u8>)> {
    let Some(wanted) = thing.card.subject.filter(|_| thing.kind == Kind::Certificate) else {
        return Vec::new();
    };
    let opened = state.opened.objects().filter(|one| one.card.issuer == Some(wanted) && one.id != thing.id);
    let opened = opened.map(|one| (one.id.clone(), one.kind(), one.bytes.to_vec()));
    let desk = state.desk.certificates.values().filter(|entry| {
        entry.id.0 != thing.id.0 && crate::job::card::name_number(entry.certificate.issuer()) == wanted
    });
    let desk =
        desk.map(|entry| (ObjectId(entry.id.0.clone()), Kind::Certificate, entry.certificate.der().to_vec()));
    once_each(opened.chain(desk), |one| &one.0)
}

fn once_each<T>(all: impl Iterator<Item = T>, id: impl Fn(&T) -> &ObjectId) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for one in all {
        if once.len() == NAMESAKES {
            break;
        }
        if !once.iter().any(|known| id(known) == id(&one)) {
            once.push(one);
        }
    }
    once
}

/// Keeps objects on the desk: certificates, requests whose signature verifies, private keys.
pub(super) fn kept(state: &mut State, ids: &[ObjectId]) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let objects: Vec<Rc<Object>> = match ids {
        [] => state.opened.objects().cloned().collect(),
        ids => ids.iter().filter_map(|id| state.opened.get(id).cloned()).collect(),
    };
    // A request that is kept together with its key knows it.
    let keys: Vec<KeyId> = objects
        .iter()
        .filter_map(|object| match &object.is {
            BroughtKind::PrivateKey(key) if state.held.contains(key) => Some(key.clone()),
            _ => None,
        })
        .filter(|key| !state.desk.keys.contains_key(key))
        .collect();
    let changes: Vec<Change> = objects
        .iter()
        .filter(|object| object.can_be_kept())
        .filter_map(|object| entry(state, object, &keys))
        .map(Change::put)
        .collect();
    let notice = match changes.len() {
        0 => "All of it was here already.".into(),
        1 => "Kept.".into(),
        count => format!("Kept: {count} objects."),
    };
    let commit = Commit { changes, secrets: keys, notice: Some(notice), ..Commit::default() };
    commit::order(state, commit)
}

fn entry(state: &State, object: &Object, keys: &[KeyId]) -> Option<Entry> {
    let source = object.sources.first()?;
    match &object.is {
        BroughtKind::Certificate
            if !state.desk.certificates.contains_key(&CertificateId(object.id.0.clone())) =>
        {
            let certificate = Certificate::parse(&object.bytes).ok()?;
            Some(Entry::Certificate(CertificateEntry::new(certificate, Origin::Brought, state.now)))
        }
        BroughtKind::Request { fault: None } => {
            let request = Request::parse(&object.bytes).ok()?;
            let id = RequestEntry::id_of(&request);
            let key = object.card.key.clone()?;
            (!state.desk.requests.contains_key(&id)).then(|| {
                Entry::Request(RequestEntry {
                    id,
                    label: request::label(&request),
                    key: (state.desk.keys.contains_key(&key) || keys.contains(&key)).then_some(key),
                    request,
                    typed_name: None,
                    file_name: source.file.clone(),
                    repairs: source.repairs.clone(),
                    created: state.now,
                    queue: Queue::NotSubmitted,
                    reply: None,
                })
            })
        }
        BroughtKind::PrivateKey(key) if keys.contains(key) => Some(Entry::Key(KeyEntry {
            id: key.clone(),
            label: format!("Key from {}", source.file.trim_start_matches("inside ")),
            public: PublicKey::from_spki(&object.bytes).ok()?,
            created: state.now,
            exported: Some(state.now),
            backed_up: None,
        })),
        _ => None,
    }
}
