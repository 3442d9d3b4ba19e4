//! Issuing: the preview of what would be signed, and what a line of an order holds. The signing is in `run`.

mod run;

pub(super) use run::{all_wanted, issued, kept, lost, stop, wanted};

use super::job;
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::RequestId;
use crate::job::{Hash, IssueLine, IssueOrder, Job, Span};
use crate::state::{IssueForm, Overrun, Preview, Purpose, Slot, State, Tone, Wait};
use crate::subject;
use certwright_pki::{Certificate, SignatureAlgorithm, UnixTime};
use std::rc::Rc;

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
