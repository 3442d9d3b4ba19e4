//! Looking at live servers, judging what they sent, and bringing home what the store lacks.

use super::commit::{self, Commit};
use super::{is_barred, job, store};
use crate::desk::{CertificateEntry, Origin, ProbeEntry, StoreEntry, Trusted};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::{CertificateId, ProbeId, StoreId};
use crate::job::{ChainReport, Job, Verdict};
use crate::probe::{ProbeResult, Sighting};
use crate::record::{Change, Entry};
use crate::state::{Followed, Purpose, Slot, State, Tone, Wait};
use certwright_pki::Certificate;
use certwright_pki::peer_name::NameRule;

/// Checks what was typed and has the companion look.
pub(super) fn wanted(
    state: &mut State,
    host: &str,
    port: &str,
    store: Option<StoreId>,
    rule: NameRule,
) -> Vec<Effect> {
    if state.is_busy(&Slot::Probe) {
        return Vec::new();
    }
    let host = host.trim();
    let advice = match (host.is_empty(), port.trim().parse::<u16>(), &store) {
        (true, _, _) => Some(explain::no_host()),
        (_, Err(_) | Ok(0), _) => Some(explain::bad_port(port)),
        (_, _, None) => Some(explain::no_store()),
        _ if !state.proxy => Some(explain::no_proxy()),
        _ => None,
    };
    if let Some(advice) = advice {
        return refuse(state, advice);
    }
    let (Ok(port), Some(store)) = (port.trim().parse(), store) else { return Vec::new() };
    let id = ProbeId(format!("{host}:{port}"));
    let last = state.desk.probes.get(&id).and_then(|entry| entry.last.clone());
    let entry = ProbeEntry { id: id.clone(), host: host.into(), port, store, rule, last };
    start(state, entry)
}

/// Looks again, after something was imported.
pub(super) fn again(state: &mut State, id: &ProbeId) -> Vec<Effect> {
    match state.desk.probes.get(id).cloned() {
        Some(entry) => start(state, ProbeEntry::clone(&entry)),
        None => Vec::new(),
    }
}

fn start(state: &mut State, entry: ProbeEntry) -> Vec<Effect> {
    let since = state.now;
    let order = Effect::Probe { id: entry.id.clone(), host: entry.host.clone(), port: entry.port };
    // Shown at once: that a probe runs is no fact that has to be kept.
    state.desk.probes.insert(entry.id.clone(), std::rc::Rc::new(entry));
    state.waits.insert(Slot::Probe, Wait::Running { done: 0, total: 0, since, job: None });
    vec![order]
}

fn refuse(state: &mut State, advice: Advice) -> Vec<Effect> {
    state.say(advice.title.clone(), Tone::Bad);
    state.waits.insert(Slot::Probe, Wait::Failed(advice));
    Vec::new()
}

/// The companion has looked, or could not be reached.
pub(super) fn ended(state: &mut State, id: &ProbeId, result: Result<Sighting, Advice>) -> Vec<Effect> {
    let Some(entry) = state.desk.probes.get(id).cloned() else { return Vec::new() };
    let sighting = match result {
        Ok(sighting) => sighting,
        Err(advice) => return refuse(state, advice),
    };
    if sighting.chain.is_empty() {
        let verdict = if sighting.network_fault { Verdict::NetworkError } else { Verdict::Failed };
        return keep(state, id, sighting, None, verdict);
    }
    let order =
        store::order(state, sighting.chain.clone(), &entry.store, Some((entry.host.clone(), entry.rule)));
    let purpose = Purpose::JudgeProbe { id: id.clone(), sighting: Box::new(sighting) };
    job::start(state, Slot::Probe, purpose, Job::Judge(order), Vec::new())
}

/// The chain is judged.
pub(super) fn judged(
    state: &mut State,
    id: &ProbeId,
    sighting: Sighting,
    report: ChainReport,
) -> Vec<Effect> {
    let unproven = sighting.key_proven == Some(false) || sighting.fault.is_some();
    let verdict = match report.verdict {
        Verdict::Verified if unproven && sighting.network_fault => Verdict::NetworkError,
        Verdict::Verified if unproven => Verdict::Failed,
        verdict => verdict,
    };
    keep(state, id, sighting, Some(report), verdict)
}

fn keep(
    state: &mut State,
    id: &ProbeId,
    sighting: Sighting,
    report: Option<ChainReport>,
    verdict: Verdict,
) -> Vec<Effect> {
    let Some(entry) = state.desk.probes.get(id).cloned() else { return Vec::new() };
    state.waits.remove(&Slot::Probe);
    let tone = if verdict == Verdict::Verified { Tone::Good } else { Tone::Bad };
    let said = format!("{}: {}. {}.", id, sighting.reachability.words(), verdict.words());
    let result = ProbeResult { at: state.now, sighting, report, verdict };
    let entry = ProbeEntry { last: Some(result), ..ProbeEntry::clone(&entry) };
    state.say(said, tone);
    if !state.may_write() {
        state.desk.probes.insert(id.clone(), std::rc::Rc::new(entry));
        return Vec::new();
    }
    let changes = vec![Change::put(Entry::Probe(entry))];
    commit::order(state, Commit { changes, slot: Some(Slot::Probe), ..Commit::default() })
}

/// The person approved: the missing authorities go into the store, and the server is looked at again.
pub(super) fn import_approved(state: &mut State, id: &ProbeId, approved: &[CertificateId]) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(probe) = state.desk.probes.get(id).cloned() else { return Vec::new() };
    let Some(store) = state.desk.stores.get(&probe.store).cloned() else { return Vec::new() };
    let report = probe.last.as_ref().and_then(|last| last.report.as_ref());
    let importable = report.map(|report| report.importable.as_slice()).unwrap_or_default();
    let mut changes = Vec::new();
    let mut trusted = store.trusted.clone();
    for certificate in importable.iter().filter_map(|der| Certificate::parse(der).ok()) {
        let entry = CertificateEntry::new(certificate, Origin::Probed, state.now);
        if !approved.contains(&entry.id) || trusted.iter().any(|one| one.certificate == entry.id) {
            continue;
        }
        let name = free_name(&trusted, &entry.label);
        trusted.push(Trusted { name, certificate: entry.id.clone(), added: state.now });
        if !state.desk.certificates.contains_key(&entry.id) {
            changes.push(Change::put(Entry::Certificate(entry)));
        }
    }
    let added = trusted.len() - store.trusted.len();
    if added == 0 {
        return Vec::new();
    }
    changes.push(Change::put(Entry::Store(StoreEntry { trusted, ..StoreEntry::clone(&store) })));
    state.judged.retain(|(_, judged_by), _| *judged_by != store.id);
    let commit = Commit {
        changes,
        notice: Some(format!("{} now trusts {added} more.", store.name)),
        followed_by: Some(Followed::ProbeAgain(id.clone())),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// The label without characters that a store's name can't have, with a number if it is taken.
fn free_name(trusted: &[Trusted], label: &str) -> String {
    let clean: String =
        label.chars().map(|c| if "/\\".contains(c) || c.is_control() { '-' } else { c }).collect();
    let clean = store::without_extension(&clean);
    let taken = |name: &str| trusted.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{clean}-{number}"));
    std::iter::once(clean.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(clean)
}
