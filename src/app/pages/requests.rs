//! The requests, with the queue of the authorities.

use super::request_row::as_row;
use crate::components::field::ChoiceField;
use crate::components::row_list::{Row, RowList, use_shown};
use crate::session::use_snapshot;
use certwright_workbench::view::{self, QueueFilter};
use yew::prelude::*;

/// Draws the list.
#[component]
pub fn RequestsPage() -> Html {
    let state = use_snapshot();
    let filter = use_state(QueueFilter::default);
    let (shown, on_more) = use_shown();
    let list = view::requests(&state, *filter, shown);
    let total = list.total;
    let rows: Vec<Row> = list.rows.into_iter().map(as_row).collect();
    let on_filter = {
        let filter = filter.clone();
        Callback::from(move |label: String| {
            let chosen = QueueFilter::ALL.into_iter().find(|one| one.label() == label);
            filter.set(chosen.unwrap_or_default());
        })
    };
    let options =
        QueueFilter::ALL.map(|one| (one.label().to_owned(), one.label().to_owned(), String::new())).to_vec();
    html! {
        <>
            <header class="head">
                <h1>{ "Requests" }</h1>
                <p class="soft">{ "A request asks an authority for a certificate. Its private key stays where it was made." }</p>
                <div class="line">
                    <a class="button" data-kind="primary" href="#/requests/new">{ "Make a request" }</a>
                    <a class="button" href="#/requests/bring">{ "Bring a request" }</a>
                </div>
            </header>
            <ChoiceField name="queue" label="Show" value={filter.label().to_owned()} {options} on_change={on_filter} />
            if rows.is_empty() {
                <section class="card"><p>{ "No requests here. Make one for a server of yours, or bring one that was made on the server itself, with IIS or Exchange for example." }</p></section>
            } else {
                <RowList {rows} {total} {on_more} label="Requests" />
            }
        </>
    }
}
