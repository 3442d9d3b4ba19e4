//! The first depth: what it is, what belongs to it, who issued it, where it was found, and the ways to take it along.

use crate::components::export_box::ExportBox;
use crate::components::fact_list::FactList;
use crate::components::field::SelectField;
use crate::components::kin_list::{BondList, KinList};
use crate::components::rail::link;
use crate::components::receipt_list::ReceiptList;
use crate::components::revoked_box::RevokedBox;
use crate::components::uses_table::UsesTable;
use crate::platform::route;
use crate::session::{use_dispatch, use_snapshot};
use certwright_pki::Kind;
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::route::Route;
use certwright_workbench::view::{self, ObjectView};
use yew::prelude::*;

/// What each part of the page needs.
#[derive(Properties, PartialEq)]
pub(super) struct ViewProps {
    pub view: ObjectView,
}

/// Draws the first depth.
#[component]
pub(super) fn Summary(props: &ViewProps) -> Html {
    let state = use_snapshot();
    let view = &props.view;
    html! {
        <>
            <Actions view={view.clone()} />
            <Together view={view.clone()} />
            <section class="card" aria-labelledby="says-title">
                <h2 id="says-title">{ "What it says" }</h2>
                { unusual(view) }
                <FactList facts={view.facts.clone()} />
            </section>
            if !view.uses.is_empty() {
                <section class="card" aria-labelledby="uses-title">
                    <h2 id="uses-title">{ "What it can be used for" }</h2>
                    <UsesTable uses={view.uses.clone()} />
                </section>
            }
            if view.kind == Kind::Crl { <RevokedBox id={view.id.clone()} /> }
            <Bonds view={view.clone()} />
            <Sources view={view.clone()} />
            if let Some(export) = view::export(&state, std::slice::from_ref(&view.id)) { <ExportBox view={export} /> }
            <ReceiptList receipts={view::receipts(&state)} />
        </>
    }
}

/// What is unusual about it: for today's programs, and in how it is written.
pub(super) fn unusual(view: &ObjectView) -> Html {
    let notes = view.described.as_ref().map(|one| one.description.notes.as_slice()).unwrap_or_default();
    html! {
        if !notes.is_empty() || !view.cautions.is_empty() {
            <div class="advice" data-mood="warn">
                <p class="title">{ "What is unusual" }</p>
                <ul class="plain">
                    { for view.cautions.iter().map(|caution| html! { <li>{ format!("{caution}.") }</li> }) }
                    { for notes.iter().map(|note| html! {
                        <li>
                            { format!("{}.", note.text) }
                            if let Some(at) = &note.at { <span class="soft">{ format!(" Bytes {} to {}.", at.start, at.end) }</span> }
                        </li>
                    }) }
                </ul>
            </div>
        }
    }
}

#[component]
fn Actions(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let keep = {
        let (dispatch, id) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::ObjectsKept(vec![id.clone()])))
    };
    let close = {
        let (dispatch, id) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::ObjectsClosed(vec![id.clone()])))
    };
    let mut options = vec![(String::new(), "Choose the other one".to_owned())];
    options.extend(view.others.iter().map(|(id, label)| (id.0.clone(), label.clone())));
    let compare = {
        let id = view.id.clone();
        Callback::from(move |other: String| {
            if !other.is_empty() {
                route::go(&Route::Compare(id.clone(), ObjectId(other)).hash());
            }
        })
    };
    html! {
        <div class="stack">
            <div class="line">
                if view.can_be_kept { <button type="button" class="button" data-kind="primary" onclick={keep}>{ "Keep on the desk" }</button> }
                if let Some(route) = &view.on_desk { <a class="button" href={link(route)}>{ "Go to it on the desk" }</a> }
                if !view.sources.is_empty() { <button type="button" class="button" onclick={close}>{ "Close it" }</button> }
            </div>
            if !view.others.is_empty() {
                <SelectField id="compare-with" label="Compare with" value={String::new()} {options} on_change={compare} />
            }
        </div>
    }
}

#[component]
fn Together(props: &ViewProps) -> Html {
    let view = &props.view;
    html! {
        if !view.card.is_empty() || !view.missing.is_empty() {
            <section class="card" aria-labelledby="together-title">
                <h2 id="together-title">{ "What belongs together" }</h2>
                if !view.card.is_empty() {
                    <p class="soft">{ "These have the same public key." }</p>
                    <KinList rows={view.card.clone()} />
                }
                { for view.missing.iter().map(|missing| html! { <p class="absent"><strong>{ "Missing: " }</strong>{ missing.clone() }</p> }) }
            </section>
        }
    }
}

#[component]
fn Bonds(props: &ViewProps) -> Html {
    let view = &props.view;
    html! {
        if !view.issuers.is_empty() || !view.issued.is_empty() {
            <section class="card" aria-labelledby="bonds-title">
                <h2 id="bonds-title">{ "Who signed it, and what it signed" }</h2>
                if !view.issuers.is_empty() { <h3>{ "Signed by" }</h3><BondList rows={view.issuers.clone()} /> }
                if !view.issued.is_empty() { <h3>{ "Has signed" }</h3><BondList rows={view.issued.clone()} /> }
            </section>
        }
    }
}

#[component]
fn Sources(props: &ViewProps) -> Html {
    let view = &props.view;
    html! {
        if let Some((first, copies)) = view.sources.split_first() {
            <section class="card" aria-labelledby="sources-title">
                <h2 id="sources-title">{ "Where it was found" }</h2>
                <p>
                    { first.file.clone() }
                    <span class="soft">{ format!(", bytes {} to {}", first.at.0, first.at.1) }</span>
                    if let Some(name) = &first.name { { format!(", there called “{name}”") } }
                </p>
                if !first.repairs.is_empty() {
                    <p>{ format!("Read although {}.", first.repairs.join(", ")) }</p>
                }
                if !copies.is_empty() {
                    <p>{ format!("Also in {}.", copies.iter().map(|copy| copy.file.clone()).collect::<Vec<_>>().join(", ")) }</p>
                }
            </section>
        }
    }
}
