//! Authorities: the list, and one of them with its queue and its downloads.

use super::request::run_says;
use super::{Badge, Fact, Mood, WaitView, certificate, day, facts, wait};
use crate::desk::{AuthorityEntry, Origin};
use crate::explain::Advice;
use crate::id::{AuthorityId, CertificateId};
use crate::job::Check;
use crate::state::{Slot, State};
use certwright_pki::order;

/// One line of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct AuthorityRow {
    pub id: AuthorityId,
    pub label: String,
    pub key: String,
    pub expires: String,
    pub pending: usize,
    pub issued: usize,
    pub badges: Vec<Badge>,
}

/// One authority as a page.
#[derive(Clone, PartialEq, Debug)]
pub struct AuthorityView {
    pub id: AuthorityId,
    pub label: String,
    pub certificate: CertificateId,
    pub badges: Vec<Badge>,
    pub facts: Vec<Fact>,
    pub checks: Vec<Check>,
    pub crl_says: String,
    pub crl_wait: WaitView,
    pub issue_wait: WaitView,
    /// How the last bulk run went, with what was refused.
    pub run: Option<(String, Vec<(String, Advice)>)>,
}

/// All authorities, the newest first.
pub fn authorities(state: &State) -> Vec<AuthorityRow> {
    let mut entries: Vec<_> = state.desk.authorities.values().collect();
    order::sort_by_key(&mut entries, |entry| std::cmp::Reverse(entry.created));
    entries.into_iter().filter_map(|entry| row(state, entry)).collect()
}

fn row(state: &State, entry: &AuthorityEntry) -> Option<AuthorityRow> {
    let certificate = &state.desk.certificates.get(&entry.certificate)?.certificate;
    let here = |request: &&std::rc::Rc<crate::desk::RequestEntry>| request.authority() == Some(&entry.id);
    Some(AuthorityRow {
        id: entry.id.clone(),
        label: entry.label.clone(),
        key: certificate.public_key().label(),
        expires: day(certificate.validity().not_after, state.now),
        pending: state.desk.requests.values().filter(here).filter(|request| request.is_pending()).count(),
        issued: issued(state, &entry.id).count(),
        badges: badges(state, entry)?,
    })
}

fn issued<'a>(state: &'a State, id: &'a AuthorityId) -> impl Iterator<Item = &'a CertificateId> {
    let certificates = state.desk.certificates.values();
    certificates
        .filter(move |entry| matches!(&entry.origin, Origin::Issued(by) if by == id))
        .map(|entry| &entry.id)
}

fn badges(state: &State, entry: &AuthorityEntry) -> Option<Vec<Badge>> {
    let certificate = &state.desk.certificates.get(&entry.certificate)?.certificate;
    let mut badges = vec![certificate::lifetime(certificate, state.now)];
    if entry.crl_next < state.now {
        badges.push(Badge::new(Mood::Warn, "Revocation list overdue"));
    }
    let key = state.desk.keys.get(&entry.key);
    if key.is_some_and(|key| key.exported.is_none() && key.backed_up.is_none()) {
        badges.push(Badge::new(Mood::Warn, "Key not backed up"));
    }
    Some(badges)
}

/// One authority.
pub fn authority(state: &State, id: &AuthorityId) -> Option<AuthorityView> {
    let entry = state.desk.authorities.get(id)?;
    let certificate = &state.desk.certificates.get(&entry.certificate)?.certificate;
    let run = state.run.as_ref().filter(|run| run.authority() == Some(id) && !run.from_preview);
    Some(AuthorityView {
        id: id.clone(),
        label: entry.label.clone(),
        certificate: entry.certificate.clone(),
        badges: badges(state, entry)?,
        facts: facts(certificate, state.now),
        checks: entry.checks.clone(),
        crl_says: format!(
            "Number {}, to be replaced by {}.",
            entry.crl_number,
            day(entry.crl_next, state.now)
        ),
        crl_wait: wait(state, &Slot::Crl(id.clone())),
        issue_wait: wait(state, &Slot::Issue),
        run: run.map(|run| (run_says(run), refused(state, run))),
    })
}

fn refused(state: &State, run: &crate::state::Run) -> Vec<(String, Advice)> {
    run.refused
        .iter()
        .map(|(id, advice)| {
            let label = state.desk.requests.get(id).map(|entry| entry.label.clone()).unwrap_or_default();
            (label, advice.clone())
        })
        .collect()
}
