//! A request that was made elsewhere.

use crate::components::bring_box::BringBox;
use crate::components::tray_box::TrayBox;
use crate::components::wait_box::WaitBox;
use crate::session::use_snapshot;
use certwright_workbench::state::{Place, Slot};
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the box and what was found in it.
#[component]
pub fn BringRequestPage() -> Html {
    let state = use_snapshot();
    let place = Place::RequestBox;
    let authorities =
        view::authorities(&state).into_iter().map(|row| (row.id, row.label)).collect::<Vec<_>>();
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/requests">{ "Requests" }</a></p>
                <h1>{ "Bring a request" }</h1>
                <p class="soft">{ "Made with IIS, Exchange, a Cisco server or OpenSSL. Its private key stays where it is." }</p>
            </header>
            <BringBox id="request-text" place={place.clone()} label="Certificate request"
                hint="Copy everything from and including -----BEGIN CERTIFICATE REQUEST----- to and including -----END CERTIFICATE REQUEST-----, or choose the file. UTF-16, NEW CERTIFICATE REQUEST and DER are understood." />
            <WaitBox wait={view::wait(&state, &Slot::Bring(place.clone()))} label="Reading" />
            if let Some(tray) = view::tray(&state, &place) { <TrayBox {place} {tray} {authorities} /> }
        </>
    }
}
