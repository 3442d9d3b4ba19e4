//! Issuing: first the preview of what would be signed, then the certificate, one by one or the whole queue.

use super::commit::{self, Commit};
use super::{is_barred, job};
use crate::desk::{AuthorityEntry, CertificateEntry, Origin, Queue, RequestEntry};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::RequestId;
use crate::job::{Hash, IssueLine, IssueOrder, Job, Span};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Followed, IssueForm, Overrun, Preview, Purpose, Run, Slot, State, Tone, Wait};
use crate::subject;
use certwright_pki::{Certificate, SignatureAlgorithm, UnixTime};
use std::rc::Rc;

/// Certificates in one job and one commit; between two the run can be cancelled.
const BATCH: usize = 100;

/// The hash that an authority signs with: the one that its own certificate was signed with.
pub(super) fn hash_of(certificate: &Certificate) -> Hash {
    match certificate.signature_algorithm() {
        SignatureAlgorithm::RsaSha384 | SignatureAlgorithm::EcdsaSha384 => Hash::Sha384,
        SignatureAlgorithm::RsaSha512 | SignatureAlgorithm::EcdsaSha512 => Hash::Sha512,
        _ => Hash::Sha256,
    }
}

/// Makes the to-be-signed certificate, to be looked at.
pub(super) fn preview_wanted(state: &mut State, id: &RequestId, form: IssueForm) -> Vec<Effect> {
    state.preview = None;
    match line(state, id, &form) {
        Ok((line, clamped)) => {
            let Some(order) = order(state, &form, vec![line], true) else { return Vec::new() };
            let purpose = Purpose::Preview { request: id.clone(), form, clamped };
            job::start(state, Slot::Preview, purpose, Job::Issue(order), Vec::new())
        }
        Err(advice) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::Preview, Wait::Failed(advice));
            Vec::new()
        }
    }
}

/// The preview is there, or the reason why there can be none.
pub(super) fn previewed(
    state: &mut State,
    request: RequestId,
    form: IssueForm,
    clamped: bool,
    results: Vec<Result<Vec<u8>, Advice>>,
) -> Vec<Effect> {
    state.waits.remove(&Slot::Preview);
    let read = |der: Vec<u8>| Certificate::parse(&der).map_err(|error| explain::error(&error));
    match results.into_iter().next().unwrap_or_else(|| Err(explain::own_output())).and_then(read) {
        Ok(certificate) => state.preview = Some(Rc::new(Preview { request, form, certificate, clamped })),
        Err(advice) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::Preview, Wait::Failed(advice));
        }
    }
    Vec::new()
}

/// Signs one certificate.
pub(super) fn wanted(state: &mut State, id: &RequestId, form: &IssueForm) -> Vec<Effect> {
    run(state, vec![id.clone()], form, true)
}

/// Signs a certificate for each request that is pending with the authority.
pub(super) fn all_wanted(state: &mut State, form: &IssueForm) -> Vec<Effect> {
    let mut pending: Vec<_> = state
        .desk
        .requests
        .values()
        .filter(|entry| entry.is_pending() && entry.authority() == Some(&form.authority))
        .collect();
    pending.sort_by_key(|entry| entry.created);
    let pending = pending.into_iter().map(|entry| entry.id.clone()).collect();
    run(state, pending, form, false)
}

fn run(state: &mut State, requests: Vec<RequestId>, form: &IssueForm, from_preview: bool) -> Vec<Effect> {
    if is_barred(state) || state.is_busy(&Slot::Issue) || requests.is_empty() {
        return Vec::new();
    }
    let mut run = Run {
        total: requests.len(),
        authority: Some(form.authority.clone()),
        from_preview,
        ..Run::default()
    };
    for id in requests {
        match line(state, &id, form) {
            Ok((line, _)) => run.rest.push_back((id, line)),
            Err(advice) => run.refused.push((id, advice)),
        }
    }
    state.run = Some(run);
    next_batch(state)
}

/// One line of the order, and whether its validity had to be shortened.
fn line(state: &State, id: &RequestId, form: &IssueForm) -> Result<(IssueLine, bool), Advice> {
    let gone = || Advice::new("This request is no longer here.", "", "Go back to the list.");
    let entry = state.desk.requests.get(id).ok_or_else(gone)?;
    let authority = state.desk.authority_certificate(&form.authority).ok_or_else(gone)?;
    let (validity, clamped) = validity(&authority.certificate, form, state.now)?;
    let names = subject::names_for(&entry.request);
    if names.is_empty() {
        return Err(explain::no_names());
    }
    let line = IssueLine {
        request: entry.request.der().to_vec(),
        profile: form.profile.clone(),
        names: names.iter().map(ToString::to_string).collect(),
        validity,
    };
    Ok((line, clamped))
}

/// The validity asked for, held against the authority's own end.
fn validity(authority: &Certificate, form: &IssueForm, now: UnixTime) -> Result<(Span, bool), Advice> {
    let own = authority.validity();
    if own.not_after <= now {
        return Err(explain::authority_expired(&own.not_after));
    }
    let from = UnixTime((now.0 - super::authority::BACKDATE_SECONDS).max(own.not_before.0));
    let to = from.plus_days(i64::from(form.days.clamp(1, 36_500)));
    match form.overrun {
        _ if to <= own.not_after => Ok((Span { from, to }, false)),
        Overrun::Clamp => Ok((Span { from, to: own.not_after }, true)),
        Overrun::Refuse => Err(explain::past_authority(&to, &own.not_after)),
    }
}

fn order(state: &State, form: &IssueForm, requests: Vec<IssueLine>, preview: bool) -> Option<IssueOrder> {
    let authority = state.desk.authority_certificate(&form.authority)?;
    Some(IssueOrder {
        authority: authority.certificate.der().to_vec(),
        hash: hash_of(&authority.certificate),
        requests,
        preview,
    })
}

fn authority_of(state: &State) -> Option<Rc<AuthorityEntry>> {
    let id = state.run.as_ref()?.authority.as_ref()?;
    state.desk.authorities.get(id).cloned()
}

/// Gives the worker the next lines, or ends the run.
fn next_batch(state: &mut State) -> Vec<Effect> {
    let Some(authority) = authority_of(state) else { return Vec::new() };
    let Some(run) = &mut state.run else { return Vec::new() };
    let count = run.rest.len().min(BATCH);
    let batch: Vec<_> = run.rest.drain(..count).collect();
    if batch.is_empty() {
        return finish(state);
    }
    let (lines, requests): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
    let Some(certificate) = state.desk.certificates.get(&authority.certificate) else { return finish(state) };
    let order = IssueOrder {
        authority: certificate.certificate.der().to_vec(),
        hash: hash_of(&certificate.certificate),
        requests,
        preview: false,
    };
    let effects = job::start(
        state,
        Slot::Issue,
        Purpose::Issue { lines },
        Job::Issue(order),
        vec![authority.key.clone()],
    );
    show_progress(state);
    effects
}

fn show_progress(state: &mut State) {
    let Some(run) = &state.run else { return };
    let (so_far, all) = (run.issued + run.refused.len(), run.total);
    if let Some(Wait::Running { done, total, .. }) = state.waits.get_mut(&Slot::Issue) {
        (*done, *total) = (so_far, all);
    }
}

/// A batch is signed: its certificates and their serial numbers go to the vault, the next batch to the worker.
pub(super) fn issued(
    state: &mut State,
    lines: &[RequestId],
    results: Vec<Result<Vec<u8>, Advice>>,
) -> Vec<Effect> {
    let Some(authority) = authority_of(state) else { return Vec::new() };
    let mut changes = Vec::with_capacity(results.len() * 3);
    let mut only = None;
    for (id, result) in lines.iter().zip(results) {
        match result.and_then(|der| Certificate::parse(&der).map_err(|error| explain::error(&error))) {
            Ok(certificate) => only = record(state, &authority, id, certificate, &mut changes),
            Err(advice) => refused(state, id, advice),
        }
    }
    let single = state.run.as_ref().is_some_and(|run| run.total == 1);
    let last = state.run.as_ref().is_some_and(|run| run.rest.is_empty());
    let commit = Commit {
        changes,
        go: if single { only.map(Route::Certificate) } else { None },
        followed_by: Some(if last { Followed::NextBatch } else { Followed::ClearPreview }),
        ..Commit::default()
    };
    let mut effects = commit::order(state, commit);
    if !last {
        effects.extend(next_batch(state));
    }
    effects
}

fn record(
    state: &mut State,
    authority: &AuthorityEntry,
    id: &RequestId,
    certificate: Certificate,
    changes: &mut Vec<Change>,
) -> Option<crate::id::CertificateId> {
    let entry = state.desk.requests.get(id)?;
    let serial = format!("{}/{}", authority.id, certificate.serial().hex());
    let issued = CertificateEntry {
        label: entry.label.clone(),
        ..CertificateEntry::new(certificate, Origin::Issued(authority.id.clone()), state.now)
    };
    let queue =
        Queue::Issued { authority: authority.id.clone(), certificate: issued.id.clone(), at: state.now };
    let request = RequestEntry { queue, ..RequestEntry::clone(entry) };
    let made = issued.id.clone();
    changes.push(Change::new(Entry::Serial(serial)));
    changes.push(Change::put(Entry::Certificate(issued)));
    changes.push(Change::put(Entry::Request(request)));
    if let Some(run) = &mut state.run {
        run.issued += 1;
    }
    Some(made)
}

fn refused(state: &mut State, id: &RequestId, advice: Advice) {
    if let Some(run) = &mut state.run {
        run.refused.push((id.clone(), advice));
    }
}

/// The last batch is durable.
pub(super) fn batch_committed(state: &mut State) {
    state.preview = None;
    finish(state);
}

/// Ends the run where it stands.
pub(super) fn stop(state: &mut State) -> Vec<Effect> {
    if let Some(run) = &mut state.run {
        run.rest.clear();
        run.finished = true;
    }
    Vec::new()
}

fn finish(state: &mut State) -> Vec<Effect> {
    let Some(run) = &mut state.run else { return Vec::new() };
    run.finished = true;
    let (issued, refused) = (run.issued, run.refused.len());
    let first = run.refused.first().map(|(_, advice)| advice.clone());
    match (issued, first) {
        (0, Some(advice)) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::Issue, Wait::Failed(advice));
        }
        (1, None) => {
            state.waits.remove(&Slot::Issue);
            state.say("The certificate is issued.", Tone::Good);
        }
        _ => {
            state.waits.remove(&Slot::Issue);
            let tone = if refused == 0 { Tone::Good } else { Tone::Bad };
            state.say(format!("Issued: {issued}. Refused: {refused}."), tone);
        }
    }
    Vec::new()
}
