//! One trust store: whom it trusts, and whom it could.

use super::gone;
use crate::components::badge::BadgeView;
use crate::components::bring_box::BringBox;
use crate::components::field::TextField;
use crate::components::rail::link;
use crate::components::tray_box::TrayBox;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::id::{CertificateId, StoreId};
use certwright_workbench::route::Route;
use certwright_workbench::state::Place;
use certwright_workbench::view::{self, TrustedRow};
use yew::prelude::*;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct StorePageProps {
    pub id: StoreId,
}

/// Draws the store.
#[component]
pub fn StorePage(props: &StorePageProps) -> Html {
    let state = use_snapshot();
    let Some(view) = view::store(&state, &props.id) else { return gone("trust store") };
    let place = Place::Store(props.id.clone());
    let brought =
        view.tray.iter().flat_map(|tray| tray.found.iter()).filter_map(|row| row.certificate.clone());
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/stores">{ "Trust stores" }</a></p>
                <h1>{ view.name.clone() }</h1>
            </header>
            <section class="stack" aria-labelledby="trusted-title">
                <h2 id="trusted-title">{ "It trusts" }</h2>
                if view.trusted.is_empty() {
                    <p class="soft">{ "No one yet. Import the root below." }</p>
                } else {
                    <ul class="rows">{ for view.trusted.iter().map(|row| html! { <TrustedLine store={props.id.clone()} row={row.clone()} /> }) }</ul>
                }
            </section>
            <WaitBox wait={view.wait.clone()} label="Saving" />
            if !view.candidates.is_empty() {
                <section class="card" data-next="true" aria-labelledby="candidates-title">
                    <h2 id="candidates-title">{ "Import an authority that is here" }</h2>
                    { for view.candidates.iter().map(|(id, label, name)| html! {
                        <ImportForm key={id.0.clone()} field={format!("import-{id}")} store={props.id.clone()} certificate={id.clone()} label={label.clone()} name={name.clone()} />
                    }) }
                </section>
            }
            <section class="stack" aria-labelledby="upload-title">
                <h2 id="upload-title">{ "Import a file" }</h2>
                <BringBox id="store-text" place={place.clone()} label="Certificate of an authority"
                    hint="The root, and each intermediate authority: certnew.cer, or a .p7b with all of them." />
                <WaitBox wait={view.bring_wait.clone()} label="Reading" />
                if let Some(tray) = view.tray.clone() {
                    <TrayBox {place} {tray}>
                        { for brought.map(|(id, name)| html! {
                            <ImportForm key={format!("brought-{id}")} field={format!("brought-{id}")} store={props.id.clone()} certificate={id.clone()} label={name.clone()} name={name.clone()} />
                        }) }
                    </TrayBox>
                }
            </section>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct TrustedLineProps {
    store: StoreId,
    row: TrustedRow,
}

#[component]
fn TrustedLine(props: &TrustedLineProps) -> Html {
    let dispatch = use_dispatch();
    let row = &props.row;
    let on_remove = {
        let (store, certificate) = (props.store.clone(), row.certificate.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::TrustRemoved { store: store.clone(), certificate: certificate.clone() });
        })
    };
    html! {
        <li>
            <div class="row">
                <a href={link(&Route::Certificate(row.certificate.clone()))}><strong>{ row.name.clone() }</strong></a>
                <span class="marks">
                    <BadgeView badge={row.badge.clone()} />
                    <button type="button" class="button" data-kind="small" onclick={on_remove}>{ "Take out" }<span class="unseen">{ format!(" {}", row.name) }</span></button>
                </span>
                <span class="more">{ format!("{} · until {}", row.subject, row.expires) }</span>
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ImportFormProps {
    /// The id of its field; a certificate may be on the desk and in the tray.
    field: String,
    store: StoreId,
    certificate: CertificateId,
    label: String,
    name: String,
}

#[component]
fn ImportForm(props: &ImportFormProps) -> Html {
    let dispatch = use_dispatch();
    let name = use_state(|| props.name.clone());
    let on_submit = {
        let (store, certificate, name) = (props.store.clone(), props.certificate.clone(), name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (store, certificate) = (store.clone(), certificate.clone());
            dispatch.emit(Action::TrustWanted { store, certificate, name: (*name).clone() });
        })
    };
    let on_change = {
        let name = name.clone();
        Callback::from(move |text| name.set(text))
    };
    html! {
        <form class="import" onsubmit={on_submit}>
            <TextField id={props.field.clone()} label={format!("Name of {} in the store, without extension", props.label)}
                value={(*name).clone()} {on_change} />
            <button type="submit" class="button" data-kind="primary">{ format!("Import {}", props.label) }</button>
        </form>
    }
}
