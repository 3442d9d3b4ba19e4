//! One request: what it asks for, where it stands, and the next thing to do with it.

use super::gone;
use crate::components::badge::badges;
use crate::components::bring_box::BringBox;
use crate::components::fact_list::FactList;
use crate::components::field::TextField;
use crate::components::rail::link;
use crate::components::receipt_list::ReceiptList;
use crate::components::tray_box::TrayBox;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::{Action, Export, Exported, Format};
use certwright_workbench::desk::Queue;
use certwright_workbench::id::{AuthorityId, RequestId};
use certwright_workbench::route::Route;
use certwright_workbench::state::Place;
use certwright_workbench::view::{self, RequestView};
use yew::prelude::*;

mod issue;

pub use issue::first_form;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct RequestPageProps {
    pub id: RequestId,
}

/// Draws the request.
#[component]
pub fn RequestPage(props: &RequestPageProps) -> Html {
    let state = use_snapshot();
    let Some(view) = view::request(&state, &props.id) else { return gone("request") };
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/requests">{ "Requests" }</a></p>
                <h1>{ view.label.clone() }</h1>
                <p class="line">{ badges(&view.badges) }</p>
                <p class="soft">{ view.queue_says.clone() }</p>
            </header>
            if view.pending_with.is_some() {
                <issue::IssueCard view={view.clone()} />
            } else if !matches!(view.queue, Queue::Issued { .. }) {
                <SubmitCard view={view.clone()} />
            } else if let Some(certificate) = &view.issued {
                <section class="card" data-next={view.reply.is_some().then_some("true")}>
                    <h2>{ "The certificate is issued" }</h2>
                    <div class="line"><a class="button" data-kind="primary" href={link(&Route::Certificate(certificate.clone()))}>{ "Open the certificate" }</a></div>
                </section>
            }
            <CompletionCard view={view.clone()} />
            <section class="card" aria-labelledby="read-back">
                <div class="line"><h2 id="read-back">{ "Read back from the request" }</h2></div>
                <FactList facts={view.facts.clone()} />
                if !view.repairs.is_empty() { <p class="soft">{ format!("It could be read although {}.", view.repairs.join(", ")) }</p> }
                <DownloadButtons id={view.id.clone()} file_name={view.file_name.clone()} />
            </section>
            <ReceiptList receipts={view::receipts(&state)} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ViewProps {
    view: RequestView,
}

#[component]
fn SubmitCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let submit = |authority: AuthorityId| {
        let (dispatch, request) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch
                .emit(Action::RequestSubmitted { request: request.clone(), authority: authority.clone() });
        })
    };
    html! {
        <section class="card" data-next="true" aria-labelledby="submit-title">
            <h2 id="submit-title">{ "Hand it to an authority" }</h2>
            if view.authorities.is_empty() {
                <p>{ "There is no authority here yet. Make one, or send the file below to the authority that you use." }</p>
                <div class="line"><a class="button" href="#/authorities/new">{ "Make an authority" }</a></div>
            } else {
                <div class="line">
                    { for view.authorities.iter().map(|(id, name)| html! {
                        <button type="button" class="button" data-kind="primary" onclick={submit(id.clone())}>{ format!("Hand it to {name}") }</button>
                    }) }
                </div>
                <p class="soft">{ "Or send the file below to another authority, and complete the request when its certificate comes back." }</p>
            }
        </section>
    }
}

#[component]
fn CompletionCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    if let Some((certificate, when)) = &view.reply {
        return html! {
            <section class="card" data-next="true" aria-labelledby="complete-title">
                <h2 id="complete-title">{ "Complete" }</h2>
                <p>{ format!("The certificate was matched to this request’s key on {when}.") }</p>
                <div class="line"><a class="button" href={link(&Route::Certificate(certificate.clone()))}>{ "Open its certificate" }</a></div>
            </section>
        };
    }
    let place = Place::Completion(view.id.clone());
    let take = view.issued.clone().map(|certificate| {
        let (dispatch, request) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::ReplyTaken { request: request.clone(), certificate: certificate.clone() });
        })
    });
    html! {
        <section class="card" aria-labelledby="complete-title">
            <h2 id="complete-title">{ "Complete the request" }</h2>
            <p class="soft">{ "When the certificate comes back, bring it here as PEM, DER or P7B. It is matched to the request by its public key." }</p>
            if let Some(take) = take {
                <div class="line"><button type="button" class="button" onclick={take}>{ "Take the certificate that was issued here" }</button></div>
            }
            <BringBox id="reply-text" place={place.clone()} label="Certificate that came back" hint="Paste it, or choose the file, cert.cer for example." />
            <WaitBox wait={view.completion_wait.clone()} label="Reading" />
            if let Some(tray) = view.completion.clone() { <TrayBox {place} {tray} /> }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DownloadButtonsProps {
    id: RequestId,
    file_name: String,
}

#[component]
fn DownloadButtons(props: &DownloadButtonsProps) -> Html {
    let dispatch = use_dispatch();
    let name = use_state(|| props.file_name.clone());
    let download = |format: Format| {
        let (dispatch, id, name) = (dispatch.clone(), props.id.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let what = Exported::Request(id.clone());
            dispatch.emit(Action::ExportWanted(Export { what, format, name: (*name).clone() }));
        })
    };
    let on_change = {
        let name = name.clone();
        Callback::from(move |text| name.set(text))
    };
    html! {
        <div class="stack">
            <TextField id="request-file" label="Save as" value={(*name).clone()} {on_change} hint="With or without extension" />
            <div class="line">
                <button type="button" class="button" onclick={download(Format::Pem)}>{ "Download the request" }</button>
                <button type="button" class="button" onclick={download(Format::Der)}>{ "Download as DER" }</button>
            </div>
        </div>
    }
}
