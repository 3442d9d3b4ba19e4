//! The desk: the guide's seven steps with how far each has come, and what was dropped.

use super::{WaitView, wait};
use crate::desk::Queue;
use crate::job::Verdict;
use crate::route::Route;
use crate::state::{Place, Slot, State};

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct DeskView {
    pub steps: Vec<Step>,
    /// Number of objects that were opened.
    pub opened: usize,
    pub wait: WaitView,
}

/// One step of the checklist.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    pub title: &'static str,
    pub says: String,
    pub state: StepState,
    pub route: Route,
    pub action: &'static str,
}

/// How a step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepState {
    Done,
    /// The one to do now.
    Next,
    Later,
}

/// The desk.
pub fn desk(state: &State) -> DeskView {
    let mut steps = steps(state);
    if let Some(next) = steps.iter_mut().find(|step| step.state == StepState::Later) {
        next.state = StepState::Next;
    }
    DeskView { steps, opened: state.opened.len(), wait: wait(state, &Slot::Bring(Place::Desk)) }
}

fn steps(state: &State) -> Vec<Step> {
    let desk = &state.desk;
    let authority = desk.authorities.values().max_by_key(|entry| entry.created);
    // The request that is furthest on its way tells how far the exchange has come.
    let request = desk.requests.values().max_by_key(|entry| {
        (
            matches!(entry.queue, Queue::Issued { .. }),
            entry.reply.is_some(),
            entry.is_pending(),
            entry.created,
        )
    });
    let issued = request.and_then(|entry| match &entry.queue {
        Queue::Issued { certificate, .. } => Some(certificate.clone()),
        _ => None,
    });
    let submitted = request.is_some_and(|entry| entry.authority().is_some());
    let store = desk.stores.values().find(|store| !store.trusted.is_empty()).or(desk.stores.values().next());
    let trusted = authority.is_some_and(|authority| {
        desk.stores
            .values()
            .any(|store| store.trusted.iter().any(|one| one.certificate == authority.certificate))
    });
    let verified = desk
        .probes
        .values()
        .any(|probe| probe.last.as_ref().is_some_and(|last| last.verdict == Verdict::Verified));
    let at_request = request.map_or(Route::NewRequest, |entry| Route::Request(entry.id.clone()));
    let at_authority = authority.map_or(Route::NewAuthority, |entry| Route::Authority(entry.id.clone()));
    let at_store = store.map_or(Route::Stores, |entry| Route::Store(entry.id.clone()));
    let name = |found: Option<String>, otherwise: &str| found.unwrap_or_else(|| otherwise.into());
    let step = |title, says, done, route, action| Step {
        title,
        says,
        state: if done { StepState::Done } else { StepState::Later },
        route,
        action,
    };
    vec![
        step(
            "Make a certification authority",
            name(authority.map(|one| one.label.clone()), "It will sign the server’s certificate."),
            authority.is_some(),
            at_authority.clone(),
            "Make an authority",
        ),
        step(
            "Make the server’s request",
            name(request.map(|one| one.label.clone()), "Here, or on the server itself: bring it along then."),
            request.is_some(),
            at_request.clone(),
            "Make a request",
        ),
        step(
            "Hand it to the authority",
            "It becomes pending; you look at it and issue.".into(),
            submitted,
            at_request.clone(),
            "Hand it in",
        ),
        step(
            "Issue and download the certificate",
            "As cert.cer, with its chain, or as PKCS#12 with the key.".into(),
            issued.is_some(),
            issued.map_or(at_request.clone(), Route::Certificate),
            "Issue it",
        ),
        step(
            "Complete the server’s request",
            "The certificate and the key are matched.".into(),
            request.is_some_and(|one| one.reply.is_some()),
            at_request,
            "Complete it",
        ),
        step(
            "Trust the root",
            "Download it, and import it into the other server’s trust store.".into(),
            trusted,
            at_store,
            "Open the trust stores",
        ),
        step(
            "See it live",
            "The companion looks at the server and says whether it is verified.".into(),
            verified,
            Route::Probe,
            "Probe the server",
        ),
    ]
}
