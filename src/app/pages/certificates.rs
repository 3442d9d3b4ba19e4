//! The certificates.

use crate::components::row_list::{Row, RowList, use_shown};
use crate::session::use_snapshot;
use certwright_workbench::route::Route;
use certwright_workbench::view::{self, CertificateRow};
use yew::prelude::*;

/// A certificate as a line of a list.
pub fn as_row(row: CertificateRow) -> Row {
    let parts = [row.names, format!("issued by {}", row.issuer), format!("until {}", row.expires)];
    Row {
        key: row.id.0.clone(),
        route: Route::Certificate(row.id),
        title: row.label,
        more: parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
        badges: row.badges,
    }
}

/// Draws the list.
#[component]
pub fn CertificatesPage() -> Html {
    let state = use_snapshot();
    let (shown, on_more) = use_shown();
    let list = view::certificates(&state, shown);
    let total = list.total;
    let rows: Vec<Row> = list.rows.into_iter().map(as_row).collect();
    html! {
        <>
            <header class="head">
                <h1>{ "Certificates" }</h1>
                <p class="soft">{ "Issued here, brought here, or sent by a server that was probed." }</p>
            </header>
            if rows.is_empty() {
                <section class="card">
                    <p>{ "No certificates yet. Issue one, or open a file." }</p>
                    <div class="line"><a class="button" href="#/">{ "Go to the desk" }</a></div>
                </section>
            } else {
                <RowList {rows} {total} {on_more} label="Certificates" />
            }
        </>
    }
}
