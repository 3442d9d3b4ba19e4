//! Requests: made here, handed to an authority, denied, completed by the certificate that comes back.

use super::commit::{self, Commit};
use super::{is_barred, job};
use crate::action::RequestForm;
use crate::desk::{KeyEntry, Queue, Reply, RequestEntry};
use crate::effect::Effect;
use crate::explain::{self, Advice};
use crate::id::{AuthorityId, CertificateId, KeyId, RequestId};
use crate::job::{Job, RequestOrder};
use crate::record::{Change, Entry};
use crate::route::Route;
use crate::state::{Purpose, Slot, State, Tone, Wait};
use crate::subject;
use certwright_pki::Request;

/// What a finished request job was for.
pub(super) struct Made {
    pub(super) label: String,
    pub(super) typed_name: String,
    pub(super) file_name: String,
    pub(super) submit_to: Option<AuthorityId>,
    pub(super) der: Vec<u8>,
    pub(super) key: KeyId,
}

/// Checks the form and has the key and the request made.
pub(super) fn wanted(state: &mut State, form: &RequestForm) -> Vec<Effect> {
    if is_barred(state) || state.is_busy(&Slot::MakeRequest) {
        return Vec::new();
    }
    match order(form) {
        Ok(order) => {
            let typed_name = form.name.common_name.trim().to_owned();
            let label =
                if form.label.trim().is_empty() { typed_name.clone() } else { form.label.trim().to_owned() };
            let file_name = file_name(&form.file_name, &typed_name);
            let purpose =
                Purpose::MakeRequest { label, typed_name, file_name, submit_to: form.submit_to.clone() };
            job::start(state, Slot::MakeRequest, purpose, Job::MakeRequest(order), Vec::new())
        }
        Err(advice) => {
            state.say(advice.title.clone(), Tone::Bad);
            state.waits.insert(Slot::MakeRequest, Wait::Failed(advice));
            Vec::new()
        }
    }
}

fn order(form: &RequestForm) -> Result<RequestOrder, Advice> {
    let subject = subject::build(&form.name)?;
    let names = subject::names(&form.name.common_name, &form.more_names)?;
    Ok(RequestOrder {
        subject: subject.as_der().to_vec(),
        names: names.iter().map(ToString::to_string).collect(),
        key: form.key.0,
        hash: form.hash,
    })
}

/// The name as typed, also without extension; never a path.
fn file_name(typed: &str, common_name: &str) -> String {
    let typed = typed.trim();
    let name = if typed.is_empty() { format!("{common_name}.csr") } else { typed.to_owned() };
    name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect()
}

/// The request is made; it is shown when the vault has its key.
pub(super) fn made(state: &mut State, made: Made, held: Vec<KeyId>) -> Vec<Effect> {
    let Ok(request) = Request::parse(&made.der) else {
        state.waits.insert(Slot::MakeRequest, Wait::Failed(explain::own_output()));
        return vec![Effect::Forget(held)];
    };
    let key = KeyEntry {
        id: made.key.clone(),
        label: format!("Key of {}", made.label),
        public: request.public_key().clone(),
        created: state.now,
        exported: None,
        backed_up: None,
    };
    let queue = match made.submit_to {
        Some(authority) => Queue::Pending { authority, since: state.now },
        None => Queue::NotSubmitted,
    };
    let entry = RequestEntry {
        id: RequestEntry::id_of(&request),
        label: made.label,
        request,
        typed_name: Some(made.typed_name),
        file_name: made.file_name,
        key: Some(made.key),
        repairs: Vec::new(),
        created: state.now,
        queue,
        reply: None,
    };
    let go = Route::Request(entry.id.clone());
    let commit = Commit {
        notice: Some(format!("The request for {} is ready. Its private key is in the vault.", entry.label)),
        changes: vec![Change::put(Entry::Key(key)), Change::put(Entry::Request(entry))],
        secrets: held,
        slot: Some(Slot::MakeRequest),
        go: Some(go),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// A request is handed to an authority: it becomes pending. A denied one may be handed in again.
pub(super) fn submitted(state: &mut State, id: &RequestId, authority: &AuthorityId) -> Vec<Effect> {
    let queue = Queue::Pending { authority: authority.clone(), since: state.now };
    let name = state.desk.authorities.get(authority).map(|entry| entry.label.clone()).unwrap_or_default();
    requeue(state, id, queue, Slot::Deny, format!("Handed to {name}. It is pending."))
}

/// A pending request is denied, with the reason.
pub(super) fn denied(state: &mut State, id: &RequestId, reason: &str) -> Vec<Effect> {
    let Some(authority) = state
        .desk
        .requests
        .get(id)
        .filter(|entry| entry.is_pending())
        .and_then(|entry| entry.authority().cloned())
    else {
        return Vec::new();
    };
    let reason = if reason.trim().is_empty() { "no reason given" } else { reason.trim() };
    let queue = Queue::Denied { authority, reason: reason.into(), at: state.now };
    requeue(state, id, queue, Slot::Deny, "The request is denied.".into())
}

fn requeue(state: &mut State, id: &RequestId, queue: Queue, slot: Slot, notice: String) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some(entry) = state.desk.requests.get(id) else { return Vec::new() };
    if matches!(entry.queue, Queue::Issued { .. }) {
        return Vec::new();
    }
    let entry = RequestEntry { queue, ..RequestEntry::clone(entry) };
    let commit = Commit {
        changes: vec![Change::put(Entry::Request(entry))],
        slot: Some(slot),
        notice: Some(notice),
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// The certificate that an authority of ours issued completes the request, without the detour over a file.
pub(super) fn reply_taken(state: &mut State, id: &RequestId, certificate: &CertificateId) -> Vec<Effect> {
    if is_barred(state) {
        return Vec::new();
    }
    let Some((entry, reply)) = state.desk.requests.get(id).zip(state.desk.certificates.get(certificate))
    else {
        return Vec::new();
    };
    if let Some(advice) = mismatch(state, entry, &reply.certificate) {
        state.waits.insert(Slot::Bring(crate::state::Place::Completion(id.clone())), Wait::Failed(advice));
        return Vec::new();
    }
    let entry = completed(entry, certificate, state.now);
    let commit = Commit {
        notice: Some(format!("The request {} is complete.", entry.label)),
        changes: vec![Change::put(Entry::Request(entry))],
        ..Commit::default()
    };
    commit::order(state, commit)
}

/// The request with its reply.
pub(super) fn completed(
    entry: &RequestEntry,
    certificate: &CertificateId,
    at: certwright_pki::UnixTime,
) -> RequestEntry {
    RequestEntry { reply: Some(Reply { certificate: certificate.clone(), at }), ..entry.clone() }
}

/// Why a certificate is not the answer to a request: its key is another one.
pub(super) fn mismatch(
    state: &State,
    entry: &RequestEntry,
    certificate: &certwright_pki::Certificate,
) -> Option<Advice> {
    if certificate.public_key() == entry.request.public_key() {
        return None;
    }
    let belongs = state.desk.request_for(certificate);
    Some(explain::reply_mismatch(entry, certificate, belongs.map(std::rc::Rc::as_ref)))
}

/// What a request is called that came from elsewhere.
pub(super) fn label(request: &Request) -> String {
    let san = || request.subject_alt_names().first().map(ToString::to_string);
    request.subject().common_name().or_else(san).unwrap_or_else(|| request.subject().label())
}
