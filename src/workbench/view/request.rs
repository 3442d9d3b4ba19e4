//! Requests: the queue, one of them, and the preview of what would be issued for it.

use super::{
    Badge, Fact, Listed, Mood, TrayView, UseRow, WaitView, colons, day, facts, tray, usable_for, wait,
};
use crate::desk::{Queue, RequestEntry};
use crate::id::{AuthorityId, CertificateId, RequestId, hex};
use crate::state::{IssueForm, Place, Run, Slot, State};
use certwright_pki::{Request, UnixTime, order};
use std::cmp::Reverse;

/// Which requests the list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum QueueFilter {
    #[default]
    All,
    Pending,
    Issued,
    Denied,
}

impl QueueFilter {
    /// All, in the order shown.
    pub const ALL: [Self; 4] = [Self::All, Self::Pending, Self::Issued, Self::Denied];

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Pending => "Pending",
            Self::Issued => "Issued",
            Self::Denied => "Denied",
        }
    }

    fn takes(self, entry: &RequestEntry) -> bool {
        match self {
            Self::All => true,
            Self::Pending => matches!(entry.queue, Queue::Pending { .. }),
            Self::Issued => matches!(entry.queue, Queue::Issued { .. }),
            Self::Denied => matches!(entry.queue, Queue::Denied { .. }),
        }
    }
}

/// One line of the list.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestRow {
    pub id: RequestId,
    pub label: String,
    pub names: String,
    pub key: String,
    pub age: String,
    pub badges: Vec<Badge>,
}

/// One request as a page.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestView {
    pub id: RequestId,
    pub label: String,
    pub file_name: String,
    pub badges: Vec<Badge>,
    pub facts: Vec<Fact>,
    pub repairs: Vec<String>,
    /// True if the private key is in this vault.
    pub has_key: bool,
    pub queue: Queue,
    pub queue_says: String,
    /// Authorities that it can be handed to.
    pub authorities: Vec<(AuthorityId, String)>,
    /// Set while it is pending with an authority of ours.
    pub pending_with: Option<AuthorityId>,
    pub reply: Option<(CertificateId, String)>,
    pub issued: Option<CertificateId>,
    pub completion: Option<TrayView>,
    pub completion_wait: WaitView,
    pub preview: Option<PreviewView>,
    pub preview_wait: WaitView,
    pub issue_wait: WaitView,
    /// True if the last refusal was a validity past the authority's end, so that shortening it can be offered.
    pub can_clamp: bool,
}

/// What would be signed.
#[derive(Clone, PartialEq, Debug)]
pub struct PreviewView {
    pub form: IssueForm,
    pub authority: String,
    pub clamped: bool,
    pub facts: Vec<Fact>,
    pub uses: Vec<UseRow>,
}

/// The first `shown` requests, pending ones first, then the newest.
pub fn requests(state: &State, filter: QueueFilter, shown: usize) -> Listed<RequestRow> {
    listed(state, shown, &|entry| filter.takes(entry))
}

/// The first `shown` requests that are pending with an authority.
pub fn pending_with(state: &State, id: &AuthorityId, shown: usize) -> Listed<RequestRow> {
    listed(state, shown, &|entry| entry.is_pending() && entry.authority() == Some(id))
}

fn listed(state: &State, shown: usize, takes: &dyn Fn(&RequestEntry) -> bool) -> Listed<RequestRow> {
    let mut entries: Vec<&RequestEntry> =
        state.desk.requests.values().map(|entry| &**entry).filter(|entry| takes(entry)).collect();
    fn rank(entry: &RequestEntry) -> (bool, Reverse<UnixTime>, &str) {
        (!entry.is_pending(), Reverse(entry.created), &entry.label)
    }
    order::sort_by(&mut entries, |one, other| rank(one).cmp(&rank(other)));
    let rows = entries.iter().take(shown).map(|entry| row(state, entry)).collect();
    Listed { rows, total: entries.len() }
}

fn row(state: &State, entry: &RequestEntry) -> RequestRow {
    RequestRow {
        id: entry.id.clone(),
        label: entry.label.clone(),
        names: names(&entry.request),
        key: entry.request.public_key().label(),
        age: age(state, entry),
        badges: badges(entry),
    }
}

fn age(state: &State, entry: &RequestEntry) -> String {
    match entry.created.days_until(state.now) {
        0 => "today".into(),
        1 => "1 day old".into(),
        days => format!("{days} days old"),
    }
}

fn names(request: &Request) -> String {
    request.subject_alt_names().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn badges(entry: &RequestEntry) -> Vec<Badge> {
    let mut badges = vec![match &entry.queue {
        Queue::NotSubmitted => Badge::new(Mood::Plain, "Not handed in"),
        Queue::Pending { .. } => Badge::new(Mood::Warn, "Pending"),
        Queue::Issued { .. } => Badge::new(Mood::Good, "Issued"),
        Queue::Denied { .. } => Badge::new(Mood::Bad, "Denied"),
    }];
    if entry.reply.is_some() {
        badges.push(Badge::new(Mood::Good, "Complete"));
    }
    if entry.key.is_some() {
        badges.push(Badge::new(Mood::Plain, "Key here"));
    }
    badges
}

/// One request.
pub fn request(state: &State, id: &RequestId) -> Option<RequestView> {
    let entry = state.desk.requests.get(id)?;
    let place = Place::Completion(id.clone());
    let preview_wait = wait(state, &Slot::Preview);
    let can_clamp = preview_wait
        .failed
        .as_ref()
        .is_some_and(|advice| advice.title.starts_with("The certificate would outlive"));
    Some(RequestView {
        id: id.clone(),
        label: entry.label.clone(),
        file_name: if entry.file_name.is_empty() { "request.csr".into() } else { entry.file_name.clone() },
        badges: badges(entry),
        facts: request_facts(&entry.request, entry.typed_name.as_deref()),
        repairs: entry.repairs.clone(),
        has_key: entry.key.is_some(),
        queue: entry.queue.clone(),
        queue_says: queue_says(state, &entry.queue),
        authorities: state.desk.authorities.values().map(|one| (one.id.clone(), one.label.clone())).collect(),
        pending_with: entry
            .authority()
            .filter(|authority| entry.is_pending() && state.desk.authorities.contains_key(authority))
            .cloned(),
        reply: entry.reply.as_ref().map(|reply| (reply.certificate.clone(), day(reply.at, state.now))),
        issued: match &entry.queue {
            Queue::Issued { certificate, .. } => Some(certificate.clone()),
            _ => None,
        },
        completion: tray(state, &place),
        completion_wait: wait(state, &Slot::Bring(place)),
        preview: preview(state)
            .filter(|_| state.preview.as_ref().is_some_and(|preview| preview.request == *id)),
        preview_wait,
        issue_wait: wait(state, &Slot::Issue),
        can_clamp,
    })
}

fn queue_says(state: &State, queue: &Queue) -> String {
    let name = |id: &AuthorityId| {
        state
            .desk
            .authorities
            .get(id)
            .map(|one| one.label.clone())
            .unwrap_or_else(|| "another authority".into())
    };
    match queue {
        Queue::NotSubmitted => "It has not been handed to an authority yet.".into(),
        Queue::Pending { authority, since } => {
            format!("It is pending with {} since {}.", name(authority), day(*since, state.now))
        }
        Queue::Issued { authority, at, .. } => {
            format!("{} issued a certificate for it on {}.", name(authority), at.date())
        }
        Queue::Denied { authority, reason, at } => {
            format!("{} denied it on {}: {reason}.", name(authority), at.date())
        }
    }
}

/// The fields of a request, read back from its DER.
pub fn request_facts(request: &Request, typed: Option<&str>) -> Vec<Fact> {
    let names = names(request);
    let mut facts = Vec::new();
    if let Some(typed) = typed {
        facts.push(Fact::copied("Name clients will type", typed));
    }
    facts.extend([
        Fact::copied("Subject", request.subject().rfc4514()),
        Fact::copied("Names (SAN)", if names.is_empty() { "none asked for".into() } else { names }),
        Fact::new("Public key", request.public_key().label()),
        Fact::new("Signed with", request.signature_algorithm().label()),
        Fact::code("SHA-256 of the public key", colons(&hex(&request.public_key().sha256()))),
        Fact::new("Size", format!("{} bytes", request.der().len())),
    ]);
    facts
}

/// The preview that is open.
pub fn preview(state: &State) -> Option<PreviewView> {
    let preview = state.preview.as_ref()?;
    let authority = state.desk.authorities.get(&preview.form.authority)?;
    Some(PreviewView {
        form: preview.form.clone(),
        authority: authority.label.clone(),
        clamped: preview.clamped,
        // The fingerprints of unsigned bytes mean nothing.
        facts: facts(&preview.certificate, state.now)
            .into_iter()
            .filter(|fact| !fact.label.ends_with("fingerprint") && fact.label != "Serial number")
            .collect(),
        uses: usable_for(&preview.certificate),
    })
}

/// How a bulk run stands, in one sentence.
pub fn run_says(run: &Run) -> String {
    let state = match (run.finished, run.cancelled) {
        (false, _) => "Running",
        (true, true) => "Cancelled",
        (true, false) => "Finished",
    };
    format!("{state}: {} of {} issued, {} refused.", run.issued, run.total, run.refused.len())
}
