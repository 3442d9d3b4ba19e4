//! The signing itself: one certificate or the whole queue, batch by batch. A certificate counts as issued when the
//! vault has it.

use super::super::commit::{self, Commit};
use super::super::{is_barred, job};
use super::{hash_of, line};
use crate::desk::{AuthorityEntry, CertificateEntry, Origin, Queue, RequestEntry};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::{CertificateId, RequestId};
use crate::job::{IssueLine, IssueOrder, Job};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Followed, IssueForm, Purpose, Run, Slot, State, Tone, Wait};
use certwright_pki::{Certificate, order};
use std::rc::Rc;

/// Certificates in one job and one commit; between two the run can be cancelled.
const BATCH: usize = 100;

/// Signs one certificate.
pub fn wanted(state: &mut State, id: &RequestId, form: &IssueForm) -> Vec<Effect> {
    let pending = state.desk.requests.get(id).is_some_and(|entry| entry.is_pending());
    if pending { begin(state, vec![id.clone()], form, true) } else { Vec::new() }
}

/// Signs a certificate for each request that is pending with the authority.
pub fn all_wanted(state: &mut State, form: &IssueForm) -> Vec<Effect> {
    let mut pending: Vec<_> = state
        .desk
        .requests
        .values()
        .filter(|entry| entry.is_pending() && entry.authority() == Some(&form.authority))
        .collect();
    order::sort_by_key(&mut pending, |entry| entry.created);
    let pending = pending.into_iter().map(|entry| entry.id.clone()).collect();
    begin(state, pending, form, false)
}

fn begin(state: &mut State, requests: Vec<RequestId>, form: &IssueForm, from_preview: bool) -> Vec<Effect> {
    if is_barred(state) || state.is_busy(&Slot::Issue) || requests.is_empty() {
        return Vec::new();
    }
    state.run = Some(Run {
        total: requests.len(),
        form: Some(form.clone()),
        rest: requests.into(),
        from_preview,
        ..Run::default()
    });
    go_on(state)
}

fn authority_of(state: &State) -> Option<(Rc<AuthorityEntry>, Certificate)> {
    let id = state.run.as_ref()?.authority()?;
    let certificate = state.desk.authority_certificate(id)?.certificate.clone();
    Some((state.desk.authorities.get(id)?.clone(), certificate))
}

/// Gives the worker the next lines. When nothing is left, neither with the worker nor on its way to the vault, the
/// run is over.
fn go_on(state: &mut State) -> Vec<Effect> {
    let Some((authority, certificate)) = authority_of(state) else { return Vec::new() };
    let (lines, requests) = next_lines(state);
    if lines.is_empty() {
        settle(state);
        return Vec::new();
    }
    let order = IssueOrder {
        authority: certificate.der().to_vec(),
        hash: hash_of(&certificate),
        requests,
        preview: false,
    };
    let keys = vec![authority.key.clone()];
    let effects = job::start(state, Slot::Issue, Purpose::Issue { lines }, Job::Issue(order), keys);
    show_progress(state);
    effects
}

/// Takes lines from the front of the rest until a batch is full; what can't be issued is refused on the way. They are
/// made only now, because all at once they would hold up the page.
fn next_lines(state: &mut State) -> (Vec<RequestId>, Vec<IssueLine>) {
    let Some(form) = state.run.as_ref().and_then(|run| run.form.clone()) else { return Default::default() };
    let (mut ids, mut lines) = (Vec::new(), Vec::new());
    while lines.len() < BATCH
        && let Some(id) = state.run.as_mut().and_then(|run| run.rest.pop_front())
    {
        match line(state, &id, &form) {
            Ok((line, _)) => {
                ids.push(id);
                lines.push(line);
            }
            Err(advice) => refuse(state, &id, advice),
        }
    }
    (ids, lines)
}

fn show_progress(state: &mut State) {
    let Some(run) = &state.run else { return };
    let (so_far, all) = (run.issued + run.refused.len(), run.total);
    if let Some(Wait::Running { done, total, .. }) = state.waits.get_mut(&Slot::Issue) {
        (*done, *total) = (so_far, all);
    }
}

/// A batch is signed: its certificates and their serial numbers go to the vault, the next batch to the worker.
pub fn issued(state: &mut State, lines: &[RequestId], results: Vec<Result<Vec<u8>, Advice>>) -> Vec<Effect> {
    let Some((authority, _)) = authority_of(state) else { return Vec::new() };
    let mut batch = Batch::default();
    for (id, result) in lines.iter().zip(results) {
        match result.and_then(|der| Certificate::parse(&der).map_err(|error| explain::error(&error))) {
            Ok(certificate) => batch.take(state, &authority, id, certificate),
            Err(advice) => refuse(state, id, advice),
        }
    }
    let mut effects = Vec::new();
    if !batch.changes.is_empty() {
        let single = state.run.as_ref().is_some_and(|run| run.total == 1);
        let commit = Commit {
            changes: batch.changes,
            go: batch.last.filter(|_| single).map(Route::Certificate),
            followed_by: Some(Followed::Batch(batch.lines)),
            ..Commit::default()
        };
        effects.extend(commit::order(state, commit));
    }
    effects.extend(go_on(state));
    effects
}

/// What one commit of a run holds.
#[derive(Default)]
struct Batch {
    changes: Vec<Change>,
    lines: Vec<RequestId>,
    last: Option<CertificateId>,
}

impl Batch {
    fn take(&mut self, state: &State, authority: &AuthorityEntry, id: &RequestId, certificate: Certificate) {
        let Some(entry) = state.desk.requests.get(id) else { return };
        let serial = format!("{}/{}", authority.id, certificate.serial().hex());
        let issued = CertificateEntry {
            label: entry.label.clone(),
            ..CertificateEntry::new(certificate, Origin::Issued(authority.id.clone()), state.now)
        };
        let (by, certificate) = (authority.id.clone(), issued.id.clone());
        let queue = Queue::Issued { authority: by, certificate: certificate.clone(), at: state.now };
        let request = RequestEntry { queue, ..RequestEntry::clone(entry) };
        self.changes.push(Change::new(Entry::Serial(serial)));
        self.changes.push(Change::put(Entry::Certificate(issued)));
        self.changes.push(Change::put(Entry::Request(request)));
        self.lines.push(id.clone());
        self.last = Some(certificate);
    }
}

fn refuse(state: &mut State, id: &RequestId, advice: Advice) {
    if let Some(run) = &mut state.run {
        run.refused.push((id.clone(), advice));
    }
}

/// The vault has a batch.
pub fn kept(state: &mut State, lines: &[RequestId]) {
    if let Some(run) = &mut state.run {
        run.issued += lines.len();
    }
    state.preview = None;
    show_progress(state);
    settle(state);
}

/// The vault refused a batch: its certificates are worth nothing, and no further ones are signed.
pub fn lost(state: &mut State, lines: &[RequestId], advice: &Advice) {
    for id in lines {
        refuse(state, id, advice.clone());
    }
    stop(state);
}

/// No further batches are begun.
pub fn stop(state: &mut State) {
    if let Some(run) = &mut state.run {
        run.rest.clear();
    }
    settle(state);
}

/// Ends the run if nothing of it is left anywhere.
fn settle(state: &mut State) {
    let signing = state.jobs.values().any(|purpose| matches!(purpose, Purpose::Issue { .. }));
    let on_the_way =
        |pending: &Rc<crate::state::Pending>| matches!(pending.followed_by, Some(Followed::Batch(_)));
    let storing = state.commits.values().any(on_the_way);
    let Some(run) = &mut state.run else { return };
    if signing || storing || !run.rest.is_empty() || run.finished {
        return;
    }
    run.finished = true;
    let (issued, refused) = (run.issued, run.refused.len());
    let first = run.refused.first().map(|(_, advice)| advice.clone());
    state.waits.remove(&Slot::Issue);
    match (issued, first) {
        (0, Some(advice)) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::Issue, Wait::Failed(advice));
        }
        (1, None) => state.say("The certificate is issued.", Tone::Good),
        _ => {
            let tone = if refused == 0 { Tone::Good } else { Tone::Bad };
            state.say(format!("Issued: {issued}. Refused: {refused}."), tone);
        }
    }
}
