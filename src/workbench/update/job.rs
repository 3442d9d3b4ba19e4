//! Jobs: started for a purpose, and taken up again where they end.

use super::{authority, bring, export, issue, opened, opening, probe, request, store};
use crate::effect::Effect;
use crate::explain;
use crate::id::{JobId, KeyId};
use crate::job::{Contents, Job, JobFailure, Outcome};
use crate::state::{Place, Purpose, Slot, State, Tone, Wait};

/// Starts a job and shows `slot` as busy.
pub(super) fn start(
    state: &mut State,
    slot: Slot,
    purpose: Purpose,
    job: Job,
    keys: Vec<KeyId>,
) -> Vec<Effect> {
    let id = JobId(state.number());
    let since = state.now;
    state.jobs.insert(id, purpose);
    state.waits.insert(slot, Wait::Running { done: 0, total: 0, since, job: Some(id) });
    vec![Effect::StartJob { id, job: Box::new(job), keys }]
}

/// A job has come further.
pub(super) fn progressed(state: &mut State, id: JobId, now_done: usize, now_total: usize) -> Vec<Effect> {
    for wait in state.waits.values_mut() {
        if let Wait::Running { done, total, job, .. } = wait
            && *job == Some(id)
        {
            (*done, *total) = (now_done, now_total);
        }
    }
    Vec::new()
}

/// A job has found something and goes on.
pub(super) fn yielded(state: &mut State, id: JobId, contents: Contents) -> Vec<Effect> {
    opening::yielded(state, id, contents);
    Vec::new()
}

/// A job has ended; one that nobody waits for any more is forgotten, with its keys.
pub(super) fn ended(
    state: &mut State,
    id: JobId,
    result: Result<Outcome, JobFailure>,
    held: Vec<KeyId>,
) -> Vec<Effect> {
    let Some(purpose) = state.jobs.remove(&id) else { return vec![Effect::Forget(held)] };
    match (purpose, result) {
        (Purpose::MakeAuthority { label }, Ok(Outcome::AuthorityMade { certificate, crl, checks })) => {
            authority::made(state, label, &certificate, crl, checks, held)
        }
        (Purpose::Crl { authority, number, next }, Ok(Outcome::CrlMade(der))) => {
            authority::crl_made(state, &authority, der, number, next)
        }
        (
            Purpose::MakeRequest { label, typed_name, file_name, submit_to },
            Ok(Outcome::RequestMade { request, key }),
        ) => {
            let made = request::Made { label, typed_name, file_name, submit_to, der: request, key };
            request::made(state, made, held)
        }
        (Purpose::Bring { place, source }, Ok(Outcome::Read(contents))) => {
            bring::read(state, place, source, contents, held)
        }
        (Purpose::Unlock { place, source }, Ok(Outcome::Unlocked(contents))) => {
            bring::read(state, place, source, contents, held)
        }
        (Purpose::Open { names, .. }, Ok(Outcome::Read(contents))) => {
            opening::ended(state, &names, contents, held)
        }
        (Purpose::UnlockObject(id), Ok(Outcome::Unlocked(contents))) => {
            opened::unlocked(state, &id, contents, held)
        }
        (Purpose::Describe(id), Ok(Outcome::Described(described))) => {
            opened::described_so(state, &id, *described);
            Vec::new()
        }
        (Purpose::Export { format, keys, name }, Ok(Outcome::Exported(files))) => {
            export::objects_written(state, format, &keys, name, files)
        }
        (Purpose::Preview { request, form, clamped }, Ok(Outcome::Issued(results))) => {
            issue::previewed(state, request, form, clamped, results)
        }
        (Purpose::Issue { lines }, Ok(Outcome::Issued(results))) => issue::issued(state, &lines, results),
        (Purpose::Judge { certificate, store }, Ok(Outcome::Judged(report))) => {
            store::judged(state, certificate, store, *report)
        }
        (Purpose::JudgeProbe { id, sighting }, Ok(Outcome::Judged(report))) => {
            probe::judged(state, &id, *sighting, *report)
        }
        (Purpose::Open { names, again, found }, Err(failure)) => {
            opening::lost(state, &names, again, found, &failure)
        }
        (purpose, Err(failure)) => failed(state, &purpose, &failure, held),
        // An outcome of another kind than the job's can't come back; were it to, nothing is shown as done.
        (purpose, Ok(_)) => {
            failed(state, &purpose, &JobFailure::Crashed { what: "unexpected outcome".into() }, held)
        }
    }
}

/// The person gave up; the worker is told, and the place is free again.
pub(super) fn cancelled(state: &mut State, id: JobId) -> Vec<Effect> {
    if let Some(Purpose::Open { .. }) = state.jobs.get(&id) {
        return opening::given_up(state);
    }
    state.waits.retain(|_, wait| !matches!(wait, Wait::Running { job: Some(job), .. } if *job == id));
    if let Some(Purpose::Issue { .. }) = state.jobs.remove(&id)
        && let Some(run) = &mut state.run
    {
        run.cancelled = true;
        issue::stop(state);
    }
    state.say("Cancelled. Nothing was changed by the step that was running.", Tone::Good);
    vec![Effect::CancelJob(id)]
}

fn failed(state: &mut State, purpose: &Purpose, failure: &JobFailure, held: Vec<KeyId>) -> Vec<Effect> {
    if *failure == JobFailure::Cancelled {
        return vec![Effect::Forget(held)];
    }
    let advice = explain::job(failure);
    if let Purpose::Issue { lines } = purpose {
        issue::lost(state, lines, &advice);
        return vec![Effect::Forget(held)];
    }
    // A description is nothing that the person asked for; its place says why there is none.
    if !matches!(purpose, Purpose::Describe(_)) {
        state.say(advice.title.clone(), Tone::Bad);
    }
    let slot = match purpose {
        Purpose::MakeAuthority { .. } => Slot::MakeAuthority,
        Purpose::MakeRequest { .. } => Slot::MakeRequest,
        Purpose::Bring { place, .. } | Purpose::Unlock { place, .. } => Slot::Bring(place.clone()),
        Purpose::Open { .. } => Slot::Bring(Place::Desk),
        Purpose::UnlockObject(id) => Slot::Unlock(id.clone()),
        Purpose::Describe(id) => Slot::Describe(id.clone()),
        Purpose::Export { .. } => Slot::Export,
        Purpose::Preview { .. } => Slot::Preview,
        Purpose::Issue { .. } => Slot::Issue,
        Purpose::Crl { authority, .. } => Slot::Crl(authority.clone()),
        Purpose::Judge { certificate, .. } => Slot::Judge(certificate.clone()),
        Purpose::JudgeProbe { .. } => Slot::Probe,
    };
    state.waits.insert(slot, Wait::Failed(advice));
    vec![Effect::Forget(held)]
}
