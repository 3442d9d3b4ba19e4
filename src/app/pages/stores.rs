//! The trust stores.

use crate::components::field::TextField;
use crate::components::row_list::{Row, RowList};
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::route::Route;
use certwright_workbench::state::Slot;
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the list and the form for a new one.
#[component]
pub fn StoresPage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let name = use_state(|| "cup-trust".to_owned());
    let rows: Vec<Row> = view::stores(&state)
        .into_iter()
        .map(|row| Row {
            key: row.id.0.clone(),
            route: Route::Store(row.id),
            title: row.name,
            more: match row.count {
                1 => "1 authority".into(),
                count => format!("{count} authorities"),
            },
            badges: Vec::new(),
        })
        .collect();
    let on_submit = {
        let name = name.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::StoreWanted { name: (*name).clone() });
        })
    };
    let on_change = {
        let name = name.clone();
        Callback::from(move |text| name.set(text))
    };
    html! {
        <>
            <header class="head">
                <h1>{ "Trust stores" }</h1>
                <p class="soft">{ "What a server trusts. Build here what the other server’s store holds, or should hold, and check chains against it before you upload anything." }</p>
            </header>
            if !rows.is_empty() { <RowList {rows} label="Trust stores" /> }
            <form class="card" onsubmit={on_submit}>
                <h2>{ "Make a trust store" }</h2>
                <TextField id="store-name" label="Name" value={(*name).clone()} {on_change}
                    hint="As the server calls it, for example cup-trust, tomcat-trust or CallManager-trust" />
                <WaitBox wait={view::wait(&state, &Slot::Store)} label="Saving" />
                <div class="line"><button type="submit" class="button" data-kind="primary">{ "Make the store" }</button></div>
            </form>
        </>
    }
}
