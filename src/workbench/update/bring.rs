//! What somebody brings: pasted, picked or dropped. It is read in the worker, shown, and kept only when the person
//! says so. A certificate that completes a request is matched at once.

use super::commit::{self, Commit};
use super::{is_barred, job, request};
use crate::desk::{CertificateEntry, Origin, Queue, RequestEntry};
use crate::effect::Effect;
use crate::explain;
use crate::id::{AuthorityId, KeyId, RequestId};
use crate::job::{Brought, BroughtKind, Contents, File, Job};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::secret::Passphrase;
use crate::state::{Followed, Place, Purpose, Slot, State, Tone, Tray, Wait};
use certwright_pki::{Certificate, Kind, Request};
use std::rc::Rc;

/// Has the bytes read.
pub(super) fn brought(state: &mut State, place: Place, files: Vec<File>) -> Vec<Effect> {
    let mut effects = cleared(state, &place);
    let source = match files.as_slice() {
        [one] => one.name.clone(),
        several => format!("{} files", several.len()),
    };
    let purpose = Purpose::Bring { place: place.clone(), source };
    let read = Job::Read { files, in_parts: false };
    effects.extend(job::start(state, Slot::Bring(place), purpose, read, Vec::new()));
    effects
}

/// Says why a file was not read. What lies in the tray stays there.
pub(super) fn not_brought(state: &mut State, place: Place, advice: explain::Advice) -> Vec<Effect> {
    state.say(advice.title.clone(), Tone::Bad);
    state.waits.insert(Slot::Bring(place), Wait::Failed(advice));
    Vec::new()
}

/// Opens the PKCS#12 file that waits in the tray.
pub(super) fn password_given(state: &mut State, place: Place, password: Passphrase) -> Vec<Effect> {
    let Some(tray) = state.trays.get(&place) else { return Vec::new() };
    let Some(locked) = tray.locked.clone() else { return Vec::new() };
    let (kind, bytes) = (locked.0, locked.1.clone());
    let purpose = Purpose::Unlock { place: place.clone(), source: tray.source.clone() };
    let open = Job::Unlock { kind, bytes, password };
    job::start(state, Slot::Bring(place), purpose, open, Vec::new())
}

/// Empties a tray.
pub(super) fn cleared(state: &mut State, place: &Place) -> Vec<Effect> {
    state.waits.remove(&Slot::Bring(place.clone()));
    state.trays.remove(place);
    Vec::new()
}

/// Shows what was found.
pub(super) fn read(
    state: &mut State,
    place: Place,
    source: String,
    contents: Contents,
    held: Vec<KeyId>,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Bring(place.clone()));
    let locked = contents.items.iter().find_map(|item| match item.kind {
        BroughtKind::Locked { kind, .. } => Some(Rc::new((kind, item.der.clone()))),
        _ => None,
    });
    let refusals = refusals(&place, &contents);
    let faults = contents.items.iter().filter_map(|item| match &item.kind {
        BroughtKind::Request { fault } => fault.as_ref(),
        _ => None,
    });
    let problems = contents.problems.iter().map(|trouble| &trouble.advice);
    match refusals.iter().chain(problems).chain(faults).next() {
        Some(advice) => state.say(advice.title.clone(), Tone::Bad),
        None => state.say(format!("{source}: {}", summary(&contents)), Tone::Good),
    }
    let mut tray = Tray { source, contents, refusals, done: Vec::new(), locked };
    // A private key has no business in a box for something else.
    let mut effects = vec![Effect::Forget(held)];
    let completion = match &place {
        Place::Completion(id) => complete(state, id, &mut tray),
        _ => Vec::new(),
    };
    effects.extend(completion);
    state.trays.insert(place, Rc::new(tray));
    effects
}

/// What was found, counted.
pub fn summary(contents: &Contents) -> String {
    let count =
        |wanted: fn(&BroughtKind) -> bool| contents.items.iter().filter(|item| wanted(&item.kind)).count();
    let kinds: [(usize, &str); 6] = [
        (count(|kind| matches!(kind, BroughtKind::Request { .. })), "request"),
        (count(|kind| matches!(kind, BroughtKind::Certificate)), "certificate"),
        (count(|kind| matches!(kind, BroughtKind::Crl)), "revocation list"),
        (count(BroughtKind::is_private_key), "private key"),
        (count(|kind| matches!(kind, BroughtKind::Locked { kind: Kind::Pkcs12, .. })), "PKCS#12 file"),
        (count(BroughtKind::is_other), "other object"),
    ];
    let said: Vec<String> = kinds
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if said.is_empty() { "nothing that Certwright knows".into() } else { said.join(", ") }
}

/// What is wrong with the contents for this place.
fn refusals(place: &Place, contents: &Contents) -> Vec<explain::Advice> {
    let has = |wanted: fn(&BroughtKind) -> bool| contents.items.iter().any(|item| wanted(&item.kind));
    let key = has(BroughtKind::is_private_key);
    let certificate = has(|kind| matches!(kind, BroughtKind::Certificate));
    let request = has(|kind| matches!(kind, BroughtKind::Request { .. }));
    let mut said = Vec::new();
    match place {
        Place::RequestBox => {
            if key {
                said.push(explain::private_key_pasted());
            }
            if !request && certificate {
                said.push(explain::certificate_for_request());
            } else if !request && !key && contents.problems.is_empty() {
                said.push(explain::no_request());
            }
        }
        Place::Completion(_) | Place::Store(_) => {
            if key {
                said.push(explain::private_key_pasted());
            }
            if !certificate && request {
                said.push(explain::request_for_certificate());
            } else if !certificate && !key && contents.problems.is_empty() && !contents.items.is_empty() {
                said.push(explain::no_certificate());
            }
        }
        Place::Desk => {}
    }
    said
}

fn certificates(contents: &Contents) -> Vec<Certificate> {
    let of = |item: &Brought| match item.kind {
        BroughtKind::Certificate => Certificate::parse(&item.der).ok(),
        _ => None,
    };
    contents.items.iter().filter_map(of).collect()
}

/// Matches the certificates of a reply with the request by public key; a wrong one is refused with the reason, the
/// rest of its chain is kept beside it.
fn complete(state: &mut State, id: &RequestId, tray: &mut Tray) -> Vec<Effect> {
    let Some(entry) = state.desk.requests.get(id).cloned() else { return Vec::new() };
    let found = certificates(&tray.contents);
    let Some(answer) = found.iter().find(|one| one.public_key() == entry.request.public_key()) else {
        if let Some(first) = found.iter().find(|one| !one.is_ca()).or(found.first())
            && let Some(advice) = request::mismatch(state, &entry, first)
        {
            state.say(advice.title.clone(), Tone::Bad);
            tray.refusals.push(advice);
        }
        return Vec::new();
    };
    if is_barred(state) {
        return Vec::new();
    }
    let answer = CertificateEntry {
        label: entry.label.clone(),
        ..CertificateEntry::new(answer.clone(), Origin::Brought, state.now)
    };
    tray.refusals.extend(explain::contract(&entry.request, &answer.certificate));
    tray.done.push(format!("{} completes the request {}.", answer.label, entry.label));
    let reply = answer.id.clone();
    let mut changes: Vec<Change> = found
        .into_iter()
        .filter(|one| one != &answer.certificate)
        .map(|one| CertificateEntry::new(one, Origin::Brought, state.now))
        .filter(|one| !state.desk.certificates.contains_key(&one.id))
        .map(|one| Change::put(Entry::Certificate(one)))
        .collect();
    if !state.desk.certificates.contains_key(&reply) {
        changes.push(Change::put(Entry::Certificate(answer)));
    }
    changes.push(Change::put(Entry::Request(request::completed(&entry, &reply, state.now))));
    let commit = Commit {
        changes,
        notice: Some(format!("The request {} is complete.", entry.label)),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// Keeps the requests and certificates in a tray.
pub(super) fn kept(state: &mut State, place: &Place, submit_to: Option<&AuthorityId>) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(tray) = state.trays.get(place).cloned() else { return Vec::new() };
    let mut changes = Vec::new();
    let mut requests = Vec::new();
    for item in &tray.contents.items {
        match &item.kind {
            BroughtKind::Request { fault: None } => {
                if let Some(entry) = request_entry(state, &tray, item, submit_to) {
                    requests.push(entry.id.clone());
                    changes.push(Change::put(Entry::Request(entry)));
                }
            }
            BroughtKind::Certificate => {
                if let Ok(certificate) = Certificate::parse(&item.der) {
                    let entry = CertificateEntry::new(certificate, Origin::Brought, state.now);
                    if !state.desk.certificates.contains_key(&entry.id) {
                        changes.push(Change::put(Entry::Certificate(entry)));
                    }
                }
            }
            _ => {}
        }
    }
    let notice = kept_notice(
        changes.len(),
        submit_to.and_then(|id| state.desk.authorities.get(id)).map(|a| a.label.as_str()),
    );
    let go = match (place, requests.as_slice()) {
        (Place::RequestBox, [one]) => Some(Route::Request(one.clone())),
        (Place::RequestBox, [_, ..]) => Some(Route::Requests),
        _ => None,
    };
    let commit = Commit {
        changes,
        slot: Some(Slot::Bring(place.clone())),
        notice: Some(notice),
        go,
        followed_by: Some(Followed::ClearTray(place.clone())),
        ..Commit::default()
    };
    commit::order(state, commit)
}

fn kept_notice(count: usize, authority: Option<&str>) -> String {
    match (count, authority) {
        (0, _) => "All of it was here already.".into(),
        (1, None) => "Kept.".into(),
        (count, None) => format!("Kept: {count} objects."),
        (1, Some(authority)) => format!("Handed to {authority}. It is pending."),
        (count, Some(authority)) => format!("{count} requests handed to {authority}. They are pending."),
    }
}

fn request_entry(
    state: &State,
    tray: &Tray,
    item: &Brought,
    submit_to: Option<&AuthorityId>,
) -> Option<RequestEntry> {
    let request = Request::parse(&item.der).ok()?;
    let id = RequestEntry::id_of(&request);
    let queue = match submit_to {
        Some(authority) => Queue::Pending { authority: authority.clone(), since: state.now },
        None => Queue::NotSubmitted,
    };
    if let Some(known) = state.desk.requests.get(&id) {
        // Brought a second time: it keeps its place, unless it is only now handed in.
        let hand_in =
            submit_to.is_some() && matches!(known.queue, Queue::NotSubmitted | Queue::Denied { .. });
        return hand_in.then(|| RequestEntry { queue, ..RequestEntry::clone(known) });
    }
    let key = KeyId(crate::id::hex(&request.public_key().sha256()));
    Some(RequestEntry {
        id,
        label: request::label(&request),
        key: state.desk.keys.contains_key(&key).then_some(key),
        request,
        typed_name: None,
        file_name: if tray.contents.items.len() == 1 { tray.source.clone() } else { String::new() },
        repairs: item.repairs.clone(),
        created: state.now,
        queue,
        reply: None,
    })
}
