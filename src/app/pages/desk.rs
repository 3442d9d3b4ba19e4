//! The desk: the steps of the exchange, and a box that takes anything.

use crate::components::bring_box::BringBox;
use crate::components::step_list::StepList;
use crate::components::wait_box::WaitBox;
use crate::session::use_snapshot;
use certwright_workbench::state::Place;
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the desk.
#[component]
pub fn DeskPage() -> Html {
    let state = use_snapshot();
    let view = view::desk(&state);
    html! {
        <>
            <header class="head">
                <h1>{ "Make two servers trust each other" }</h1>
                <p class="soft">{ "Keys, requests, an authority of your own, and a look at the live server. Everything is made in this page; nothing leaves it unless you press a button." }</p>
            </header>
            <section class="stack" aria-labelledby="steps-title">
                <h2 id="steps-title">{ "The exchange with an authority of your own" }</h2>
                <StepList steps={view.steps} />
            </section>
            <section class="stack" aria-labelledby="open-title">
                <h2 id="open-title">{ "Open a file" }</h2>
                <BringBox id="desk-text" place={Place::Desk} label="Any certificate, key, request, container, folder or zip"
                    hint="Drop it anywhere in this window, paste it, or choose it. It is recognised by its content; damaged text is repaired where that is unambiguous." />
                <WaitBox wait={view.wait} label="Reading" />
                if view.opened > 0 { <p><a href="#/opened">{ format!("{} opened before", if view.opened == 1 { "1 object was".to_owned() } else { format!("{} objects were", view.opened) }) }</a></p> }
            </section>
        </>
    }
}
