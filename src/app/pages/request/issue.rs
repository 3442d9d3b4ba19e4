//! The authority's decision on a pending request: look at what would be signed, then issue, or deny with a reason.

use super::ViewProps;
use crate::components::fact_list::FactList;
use crate::components::field::{SelectField, TextField};
use crate::components::uses_table::UsesTable;
use crate::components::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft};
use certwright_pki::profile::Profile;
use certwright_workbench::action::Action;
use certwright_workbench::id::{AuthorityId, RequestId};
use certwright_workbench::state::{IssueForm, Overrun};
use certwright_workbench::view::PreviewView;
use yew::prelude::*;

/// What a certificate is good for unless chosen otherwise: within what browsers accept from private authorities.
pub const DEFAULT_DAYS: u32 = 397;

/// The form that issuing starts with: the profile of a web server, never a wrong one.
pub fn first_form(authority: &AuthorityId) -> IssueForm {
    IssueForm {
        authority: authority.clone(),
        profile: Profile::web_server().id,
        days: DEFAULT_DAYS,
        overrun: Overrun::Refuse,
    }
}

#[derive(Clone, PartialEq)]
struct Decision {
    form: IssueForm,
    reason: String,
}

/// Draws the decision.
#[component]
pub(super) fn IssueCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let authority = view.pending_with.clone().unwrap_or_else(|| AuthorityId(String::new()));
    let draft = use_draft(|| Decision { form: first_form(&authority), reason: String::new() });
    let form = IssueForm { authority, ..draft.0.form.clone() };
    let look = |overrun: Overrun| {
        let (dispatch, request, form) =
            (dispatch.clone(), view.id.clone(), IssueForm { overrun, ..form.clone() });
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::PreviewWanted { request: request.clone(), form: form.clone() });
        })
    };
    html! {
        <section class="card" data-next="true" aria-labelledby="issue-title">
            <h2 id="issue-title">{ "Issue or deny" }</h2>
            if let Some(preview) = view.preview.clone() {
                <PreviewCard request={view.id.clone()} {preview} />
            } else {
                <div class="columns">
                    <SelectField id="profile" label="Profile" value={form.profile.clone()} options={profiles()}
                        on_change={put(&draft, |decision: &mut Decision, id: String| decision.form.profile = id)}
                        hint="What the certificate may be used for" />
                    <TextField id="days" label="Valid for (days)" kind="number" value={form.days.to_string()}
                        on_change={put(&draft, |decision: &mut Decision, text: String| decision.form.days = text.trim().parse().unwrap_or(0))}
                        hint="Apple accepts at most 825 days from a private authority" />
                </div>
                <div class="line">
                    <button type="button" class="button" data-kind="primary" onclick={look(Overrun::Refuse)}>{ "Look at what will be signed" }</button>
                </div>
                <WaitBox wait={view.preview_wait.clone()} label="Preparing" />
                if view.can_clamp {
                    <div class="line"><button type="button" class="button" onclick={look(Overrun::Clamp)}>{ "Let it end with the authority" }</button></div>
                }
            }
            <WaitBox wait={view.issue_wait.clone()} label="Signing" />
            <DenyForm id={view.id.clone()} reason={draft.0.reason.clone()}
                on_reason={put(&draft, |decision: &mut Decision, text: String| decision.reason = text)} />
        </section>
    }
}

fn profiles() -> Vec<(String, String)> {
    let leaf = |profile: &Profile| profile.ca.is_none();
    Profile::all().into_iter().filter(leaf).map(|profile| (profile.id, profile.name)).collect()
}

#[derive(Properties, PartialEq)]
struct PreviewCardProps {
    request: RequestId,
    preview: PreviewView,
}

#[component]
fn PreviewCard(props: &PreviewCardProps) -> Html {
    let dispatch = use_dispatch();
    let on_issue = {
        let (dispatch, request, form) = (dispatch.clone(), props.request.clone(), props.preview.form.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::IssueWanted { request: request.clone(), form: form.clone() });
        })
    };
    let on_back = Callback::from(move |_: MouseEvent| dispatch.emit(Action::PreviewClosed));
    html! {
        <div class="stack">
            <h3>{ format!("{} will sign this", props.preview.authority) }</h3>
            if props.preview.clamped {
                <div class="advice" data-mood="warn"><p class="title">{ "Its validity was shortened to the authority’s own end." }</p></div>
            }
            <FactList facts={props.preview.facts.clone()} />
            <UsesTable uses={props.preview.uses.clone()} />
            <div class="line">
                <button type="button" class="button" data-kind="primary" onclick={on_issue}>{ "Issue the certificate" }</button>
                <button type="button" class="button" onclick={on_back}>{ "Back" }</button>
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DenyFormProps {
    id: RequestId,
    reason: String,
    on_reason: Callback<String>,
}

#[component]
fn DenyForm(props: &DenyFormProps) -> Html {
    let dispatch = use_dispatch();
    let on_deny = {
        let (id, reason) = (props.id.clone(), props.reason.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::RequestDenied { request: id.clone(), reason: reason.clone() });
        })
    };
    html! {
        <details>
            <summary>{ "Deny it" }</summary>
            <form class="stack" onsubmit={on_deny}>
                <TextField id="reason" label="Reason" value={props.reason.clone()} on_change={props.on_reason.clone()}
                    hint="It is kept with the request; it can be handed in again later" />
                <div class="line"><button type="submit" class="button" data-kind="danger">{ "Deny the request" }</button></div>
            </form>
        </details>
    }
}
