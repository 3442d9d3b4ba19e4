//! Two objects beside each other.

use super::gone;
use crate::components::badge::BadgeView;
use crate::components::difference_table::DifferenceTable;
use crate::components::field::TickField;
use crate::components::rail::link;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::route::{Depth, Route};
use certwright_workbench::view::{self, CompareView, Part, Side};
use yew::prelude::*;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct ComparePageProps {
    pub left: ObjectId,
    pub right: ObjectId,
}

/// Draws the comparison.
#[component]
pub fn ComparePage(props: &ComparePageProps) -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let only_different = use_state(|| true);
    use_effect_with((props.left.clone(), props.right.clone()), move |(left, right)| {
        for id in [left, right] {
            dispatch.emit(Action::DescriptionWanted(id.clone()));
        }
    });
    let Some(view) = view::compare(&state, &props.left, &props.right) else { return gone("pair of objects") };
    let on_tick = {
        let only_different = only_different.clone();
        Callback::from(move |ticked: bool| only_different.set(ticked))
    };
    let lines = if view.issued.is_empty() { view.fields.clone() } else { view.issued.clone() };
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/opened">{ "Opened files" }</a></p>
                <h1>{ if view.issued.is_empty() || !view.same_key { "Comparison" } else { "What the authority made of the request" } }</h1>
                <p class="line">
                    <BadgeView badge={view.verdict.clone()} />
                    if let Some(key) = &view.key { <BadgeView badge={key.clone()} /> }
                </p>
            </header>
            <div class="columns">{ side("Left", &view.left) }{ side("Right", &view.right) }</div>
            <WaitBox wait={view.wait.clone()} label="Reading every field" />
            if !lines.is_empty() {
                <section class="card" aria-labelledby="fields-title">
                    <h2 id="fields-title">{ "Field by field" }</h2>
                    <TickField id="only-different" label="Only what differs" value={*only_different} on_change={on_tick} />
                    <DifferenceTable {lines} only_different={*only_different} left={view.left.kind.clone()} right={view.right.kind.clone()} />
                </section>
            }
            <Octets view={view} />
        </>
    }
}

fn side(which: &'static str, side: &Side) -> Html {
    html! {
        <section class="card">
            <p class="soft">{ format!("{which}: {}", side.kind) }</p>
            <p><a href={link(&Route::Object(side.id.clone(), Depth::Summary))}>{ side.title.clone() }</a>{ format!(" · {}", side.file) }</p>
        </section>
    }
}

fn part(part: &Part) -> Html {
    html! { <td><span class="soft">{ part.place.clone() }</span><br /><code>{ part.hex.clone() }</code></td> }
}

#[derive(Properties, PartialEq)]
struct OctetsProps {
    view: CompareView,
}

#[component]
fn Octets(props: &OctetsProps) -> Html {
    let view = &props.view;
    html! {
        if !view.octets.is_empty() {
            <section class="card" aria-labelledby="octets-title">
                <h2 id="octets-title">{ "As bytes" }</h2>
                <div class="differences" tabindex="0" role="group" aria-label="Octets that differ">
                    <table>
                        <thead><tr><th scope="col">{ format!("Left: {}", view.left.kind) }</th><th scope="col">{ format!("Right: {}", view.right.kind) }</th></tr></thead>
                        <tbody>{ for view.octets.iter().map(|row| html! { <tr>{ part(&row.left) }{ part(&row.right) }</tr> }) }</tbody>
                    </table>
                </div>
                if view.more_octets > 0 { <p class="soft">{ format!("and {} more parts", view.more_octets) }</p> }
            </section>
        }
    }
}
