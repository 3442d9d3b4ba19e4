//! Trust stores: made, filled, emptied, and asked whether they trust a certificate.

use super::commit::{self, Commit};
use super::{is_barred, job};
use crate::desk::{CertificateEntry, Origin, StoreEntry, Trusted};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::{CertificateId, StoreId};
use crate::job::{BroughtKind, ChainReport, Job, JudgeOrder};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Place, Purpose, Slot, State, Tone, Wait};
use certwright_pki::Certificate;
use std::rc::Rc;

/// File extensions that a name in a store must not carry.
const EXTENSIONS: [&str; 8] = [".cer", ".crt", ".pem", ".der", ".p7b", ".p7c", ".txt", ".cert"];

/// The id for a store's name.
pub fn id_of(name: &str) -> StoreId {
    let slug: String =
        name.trim().chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    StoreId(slug)
}

/// A name without extension, as stores want it.
pub fn without_extension(name: &str) -> String {
    let name = name.trim();
    let lower = name.to_ascii_lowercase();
    let extension = EXTENSIONS.iter().find(|extension| lower.ends_with(**extension));
    name[..name.len() - extension.map_or(0, |extension| extension.len())].trim().to_owned()
}

/// Makes a store.
pub(super) fn wanted(state: &mut State, name: &str) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let name = name.trim();
    let id = id_of(name);
    if name.is_empty() || state.desk.stores.contains_key(&id) {
        let advice =
            if name.is_empty() { explain::store_without_name() } else { explain::store_exists(name) };
        return refuse(state, advice);
    }
    let store = StoreEntry { id: id.clone(), name: name.into(), created: state.now, trusted: Vec::new() };
    let commit = Commit {
        changes: vec![Change::new(Entry::Store(store))],
        slot: Some(Slot::Store),
        notice: Some(format!("The trust store {name} is made.")),
        go: Some(Route::Store(id)),
        ..Commit::default()
    };
    commit::order(state, commit)
}

fn refuse(state: &mut State, advice: Advice) -> Vec<Effect> {
    state.say(advice.title.clone(), Tone::Bad);
    state.waits.insert(Slot::Store, Wait::Failed(advice));
    Vec::new()
}

/// Takes a certificate into a store, under a name.
pub(super) fn trust_wanted(
    state: &mut State,
    id: &StoreId,
    certificate: &CertificateId,
    name: &str,
) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(store) = state.desk.stores.get(id).cloned() else { return Vec::new() };
    let Some((found, known)) = find(state, id, certificate) else { return Vec::new() };
    let name = without_extension(name);
    if let Some(advice) = objection(state, &store, &found, &name) {
        return refuse(state, advice);
    }
    let mut changes = Vec::new();
    if !known {
        changes.push(Change::put(Entry::Certificate(found.clone())));
    }
    let mut trusted = store.trusted.clone();
    trusted.push(Trusted { name: name.clone(), certificate: found.id.clone(), added: state.now });
    changes.push(Change::put(Entry::Store(StoreEntry { trusted, ..StoreEntry::clone(&store) })));
    state.judged.retain(|(_, judged_by), _| judged_by != id);
    let commit = Commit {
        changes,
        slot: Some(Slot::Store),
        notice: Some(format!("{} now trusts {name}.", store.name)),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// The certificate, and whether the desk has it already; it may still lie in the store's tray.
fn find(state: &State, store: &StoreId, id: &CertificateId) -> Option<(CertificateEntry, bool)> {
    if let Some(entry) = state.desk.certificates.get(id) {
        return Some((CertificateEntry::clone(entry), true));
    }
    let tray = state.trays.get(&Place::Store(store.clone()))?;
    let read = |item: &crate::job::Brought| match item.kind {
        BroughtKind::Certificate => Certificate::parse(&item.der).ok(),
        _ => None,
    };
    let found = tray.contents.items.iter().filter_map(read).find(|one| one.id() == id.0)?;
    Some((CertificateEntry::new(found, Origin::Brought, state.now), false))
}

/// Why a store does not take a certificate.
fn objection(state: &State, store: &StoreEntry, entry: &CertificateEntry, name: &str) -> Option<Advice> {
    if name.is_empty() || name.contains(['/', '\\']) || name.chars().any(char::is_control) {
        return Some(explain::store_entry_name(name));
    }
    if store.trusted.iter().any(|one| one.certificate == entry.id) {
        return Some(explain::already_trusted(&store.name));
    }
    if store.trusted.iter().any(|one| one.name.eq_ignore_ascii_case(name)) {
        return Some(explain::entry_name_taken(name));
    }
    if entry.certificate.validity().not_after < state.now {
        return Some(explain::expired_authority(&entry.certificate.validity().not_after));
    }
    let v1_root = entry.certificate.is_self_issued() && entry.certificate.extensions().is_empty();
    if !entry.certificate.is_ca() && !v1_root {
        return Some(explain::not_an_authority(&entry.label));
    }
    None
}

/// Takes a certificate out of a store; the certificate itself stays on the desk.
pub(super) fn trust_removed(state: &mut State, id: &StoreId, certificate: &CertificateId) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(store) = state.desk.stores.get(id).cloned() else { return Vec::new() };
    let trusted: Vec<_> =
        store.trusted.iter().filter(|one| one.certificate != *certificate).cloned().collect();
    state.judged.retain(|(_, judged_by), _| judged_by != id);
    let commit = Commit {
        changes: vec![Change::put(Entry::Store(StoreEntry { trusted, ..StoreEntry::clone(&store) }))],
        slot: Some(Slot::Store),
        notice: Some(format!("{} no longer trusts it. The certificate stays on the desk.", store.name)),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// Has a certificate judged against a store.
pub(super) fn judgement_wanted(
    state: &mut State,
    certificate: &CertificateId,
    store: &StoreId,
) -> Vec<Effect> {
    let Some(entry) = state.desk.certificates.get(certificate) else { return Vec::new() };
    let sent = vec![entry.certificate.der().to_vec()];
    let order = order(state, sent, store, None);
    let purpose = Purpose::Judge { certificate: certificate.clone(), store: store.clone() };
    job::start(state, Slot::Judge(certificate.clone()), purpose, Job::Judge(order), Vec::new())
}

/// The question for the judge: what was sent, what the desk knows, what the store trusts.
pub(super) fn order(
    state: &State,
    sent: Vec<Vec<u8>>,
    store: &StoreId,
    name: Option<(String, certwright_pki::peer_name::NameRule)>,
) -> JudgeOrder {
    let ders = |entries: Vec<&Rc<CertificateEntry>>| -> Vec<Vec<u8>> {
        entries.into_iter().map(|entry| entry.certificate.der().to_vec()).collect()
    };
    JudgeOrder {
        sent,
        pool: ders(state.desk.certificates.values().filter(|entry| entry.certificate.is_ca()).collect()),
        store: ders(state.desk.trusted_by(store)),
        at: state.now,
        name,
    }
}

/// The judgement is there.
pub(super) fn judged(
    state: &mut State,
    certificate: CertificateId,
    store: StoreId,
    report: ChainReport,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Judge(certificate.clone()));
    let tone = if report.verdict == crate::job::Verdict::Verified { Tone::Good } else { Tone::Bad };
    state.say(report.verdict.words(), tone);
    state.judged.insert((certificate, store), Rc::new(report));
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_stores_lose_their_extension() {
        for (typed, kept) in [
            ("certnew.cer", "certnew"),
            ("Root CA.CRT", "Root CA"),
            ("no extension", "no extension"),
            ("example.com", "example.com"),
            (" spaced.pem ", "spaced"),
        ] {
            assert_eq!(without_extension(typed), kept);
        }
    }
}
