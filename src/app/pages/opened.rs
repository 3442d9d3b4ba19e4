//! What was opened: a box for more, what went wrong, and a list of any length that is searched while one types.

use crate::components::advice::AdviceBox;
use crate::components::badge::badges;
use crate::components::bring_box::BringBox;
use crate::components::export_box::ExportBox;
use crate::components::field::{SelectField, TextField};
use crate::components::long_list::LongList;
use crate::components::rail::link;
use crate::components::receipt_list::ReceiptList;
use crate::components::wait_box::WaitBox;
use crate::platform::form;
use crate::session::{use_dispatch, use_snapshot};
use certwright_pki::Kind;
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::opened::FileTrouble;
use certwright_workbench::route::{Depth, Route};
use certwright_workbench::state::Place;
use certwright_workbench::view::{self, GroupRow, Mood, OpenedView};
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Problems that are shown at once.
const PROBLEMS: usize = 5;

/// Draws the page.
#[component]
pub fn OpenedPage() -> Html {
    let state = use_snapshot();
    let query = use_state(String::new);
    let kind = use_state(|| None::<Kind>);
    let chosen = use_state(BTreeSet::<ObjectId>::new);
    let opened = state.opened.clone();
    let places = use_memo(
        ((*query).clone(), *kind, Rc::as_ptr(&opened) as usize, opened.len(), opened.groups.len()),
        |(query, kind, ..)| view::found(&opened, query, *kind),
    );
    let view = view::opened(&state);
    let lines = {
        let (state, places, chosen) = (state.clone(), places.clone(), chosen.clone());
        Callback::from(move |range: Range<usize>| {
            let rows = view::group_rows(&state, places.get(range).unwrap_or_default());
            html! { { for rows.into_iter().map(|row| line(row, &chosen)) } }
        })
    };
    let on_query = {
        let query = query.clone();
        Callback::from(move |text: String| query.set(text))
    };
    let on_kind = {
        let kind = kind.clone();
        Callback::from(move |id: String| kind.set(Kind::ALL.into_iter().find(|one| one.id() == id)))
    };
    let mut options = vec![(String::new(), "Everything".to_owned())];
    options.extend(view.kinds.iter().map(|(kind, said)| (kind.id().to_owned(), said.clone())));
    let ids: Vec<ObjectId> = chosen.iter().filter(|id| state.opened.get(id).is_some()).cloned().collect();
    html! {
        <>
            <header class="head">
                <h1>{ "Opened files" }</h1>
                <p>{ view.summary.clone() }</p>
                <p class="soft">{ "They are in this tab only. Keep on the desk what is to stay." }</p>
            </header>
            <WaitBox wait={view.wait.clone()} label="Reading" />
            if let Some(refused) = view.refused.clone() { <AdviceBox advice={refused} mood={Mood::Bad} /> }
            <Problems problems={view.problems.clone()} />
            if !view.kinds.is_empty() {
                <section class="stack" aria-labelledby="found-title">
                    <div class="line">
                        <h2 id="found-title">{ "What was found" }</h2>
                        <Whole view={view.clone()} />
                    </div>
                    <div class="columns">
                        <TextField id="opened-search" label="Search" value={(*query).clone()} on_change={on_query}
                            hint="Names, issuers, serial numbers, fingerprints, file names" />
                        <SelectField id="opened-kind" label="Show" value={kind.map(Kind::id).unwrap_or_default().to_owned()} {options} on_change={on_kind} />
                    </div>
                    <p class="soft" role="status">{ said(places.len(), state.opened.groups.len()) }</p>
                    <LongList id="opened-list" label="Opened objects" class={classes!("rows")} count={places.len()} {lines} />
                </section>
            }
            if !ids.is_empty() { <Chosen {ids} clear={Callback::from(move |_: MouseEvent| chosen.set(BTreeSet::new()))} /> }
            <ReceiptList receipts={view::receipts(&state)} />
            <section class="stack" aria-labelledby="open-title">
                <h2 id="open-title">{ "Open more" }</h2>
                <BringBox id="opened-text" place={Place::Desk} label="Any certificate, key, request, container, folder or zip"
                    hint="Drop it anywhere in this window, paste it, or choose it. It is recognised by its content." />
            </section>
        </>
    }
}

fn said(shown: usize, all: usize) -> String {
    match (shown, all) {
        (shown, all) if shown == all => format!("{all} in all"),
        (0, _) => "Nothing fits. Search for part of a name, or show everything.".into(),
        (shown, all) => format!("{shown} of {all}"),
    }
}

fn line(row: GroupRow, chosen: &UseStateHandle<BTreeSet<ObjectId>>) -> Html {
    let ticked = row.members.iter().all(|id| chosen.contains(id));
    let on_tick = {
        let (chosen, members) = (chosen.clone(), row.members.clone());
        Callback::from(move |event: Event| {
            let mut next = (*chosen).clone();
            for id in &members {
                match form::ticked(&event) {
                    true => next.insert(id.clone()),
                    false => next.remove(id),
                };
            }
            chosen.set(next);
        })
    };
    html! {
        <li key={row.id.0.clone()} class="choosable">
            <label class="pickbox"><input type="checkbox" checked={ticked} onchange={on_tick} /><span class="unseen">{ format!("Choose {}", row.title) }</span></label>
            <a class="row" href={link(&Route::Object(row.id.clone(), Depth::Summary))}>
                <strong>{ row.title.clone() }</strong>
                <span class="marks">{ badges(&row.badges) }</span>
                <span class="more">{ row.holds.join(" · ") }</span>
                <span class="more">{ row.detail.clone() }</span>
            </a>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ProblemsProps {
    problems: Vec<Rc<FileTrouble>>,
}

#[component]
fn Problems(props: &ProblemsProps) -> Html {
    let all = use_state(|| false);
    let count = props.problems.len();
    let shown = if *all { count } else { count.min(PROBLEMS) };
    let on_all = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    html! {
        if count > 0 {
            <section class="card problems" aria-labelledby="problems-title">
                <h2 id="problems-title">{ if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") } }</h2>
                { for props.problems.iter().take(shown).map(|one| html! {
                    <details class="problem">
                        <summary>
                            if !one.file.is_empty() { <span>{ format!("{}: ", one.file) }</span> }
                            { one.advice.title.clone() }
                        </summary>
                        <AdviceBox advice={one.advice.clone()} mood={Mood::Warn} />
                    </details>
                }) }
                if shown < count {
                    <p><button type="button" class="button" onclick={on_all}>{ format!("Show all {count} problems") }</button></p>
                }
            </section>
        }
    }
}

#[derive(Properties, PartialEq)]
struct WholeProps {
    view: OpenedView,
}

/// What can be done with all of it.
#[component]
fn Whole(props: &WholeProps) -> Html {
    let dispatch = use_dispatch();
    let say = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(action.clone()))
    };
    let busy = props.view.wait.running.is_some();
    html! {
        <>
            if let Some((id, file)) = props.view.locked.first() {
                <a class="button" data-kind="primary" href={link(&Route::Object(id.clone(), Depth::Summary))}>{ format!("Give the password of {file}") }</a>
            }
            if props.view.can_keep > 0 {
                <button type="button" class="button" disabled={busy} onclick={say(Action::ObjectsKept(Vec::new()))}>{ "Keep all on the desk" }</button>
            }
            <button type="button" class="button" disabled={busy} onclick={say(Action::ObjectsClosed(Vec::new()))}>{ "Close all" }</button>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ChosenProps {
    ids: Vec<ObjectId>,
    clear: Callback<MouseEvent>,
}

/// What can be done with those that were chosen.
#[component]
fn Chosen(props: &ChosenProps) -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let say = |action: fn(Vec<ObjectId>) -> Action| {
        let (dispatch, ids) = (dispatch.clone(), props.ids.clone());
        Callback::from(move |_: MouseEvent| dispatch.emit(action(ids.clone())))
    };
    html! {
        <section class="stack" aria-labelledby="chosen-title">
            <h2 id="chosen-title">{ match props.ids.len() { 1 => "1 object chosen".to_owned(), count => format!("{count} objects chosen") } }</h2>
            <div class="line">
                if let [left, right] = props.ids.as_slice() {
                    <a class="button" href={link(&Route::Compare(left.clone(), right.clone()))}>{ "Compare the two" }</a>
                }
                <button type="button" class="button" onclick={say(Action::ObjectsKept)}>{ "Keep them on the desk" }</button>
                <button type="button" class="button" onclick={say(Action::ObjectsClosed)}>{ "Close them" }</button>
                <button type="button" class="button" onclick={props.clear.clone()}>{ "Choose none" }</button>
            </div>
            if let Some(view) = view::export(&state, &props.ids) { <ExportBox {view} /> }
        </section>
    }
}
