//! The authorities.

use crate::components::row_list::{Row, RowList};
use crate::session::use_snapshot;
use certwright_workbench::route::Route;
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the list.
#[component]
pub fn AuthoritiesPage() -> Html {
    let state = use_snapshot();
    let rows: Vec<Row> = view::authorities(&state)
        .into_iter()
        .map(|row| Row {
            key: row.id.0.clone(),
            route: Route::Authority(row.id),
            title: row.label,
            more: format!(
                "{} · until {} · {} pending · {} issued",
                row.key, row.expires, row.pending, row.issued
            ),
            badges: row.badges,
        })
        .collect();
    html! {
        <>
            <header class="head">
                <h1>{ "Authorities" }</h1>
                <p class="soft">{ "An authority signs what servers ask for. Whoever trusts its root trusts them all." }</p>
                <div class="line"><a class="button" data-kind="primary" href="#/authorities/new">{ "Make an authority" }</a></div>
            </header>
            if rows.is_empty() {
                <section class="card"><p>{ "There is no authority yet. It takes a name and half a minute." }</p></section>
            } else {
                <RowList {rows} label="Authorities" />
            }
        </>
    }
}
