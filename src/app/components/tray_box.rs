//! What was brought to a box: what it is, what was repaired, what is wrong with it, and the button that keeps it.

use super::advice::{AdviceBox, advices};
use super::badge::badges;
use super::fact_list::FactList;
use super::field::TextField;
use crate::session::use_dispatch;
use certwright_workbench::action::Action;
use certwright_workbench::id::AuthorityId;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::state::Place;
use certwright_workbench::view::{FoundRow, Mood, TrayView};
use yew::prelude::*;

/// What a tray needs.
#[derive(Properties, PartialEq)]
pub struct TrayBoxProps {
    pub place: Place,
    pub tray: TrayView,
    /// Where requests can be handed to while they are kept.
    #[prop_or_default]
    pub authorities: Vec<(AuthorityId, String)>,
    /// Drawn for each certificate, for places that can take one in.
    #[prop_or_default]
    pub children: Children,
}

/// Draws the tray.
#[component]
pub fn TrayBox(props: &TrayBoxProps) -> Html {
    let dispatch = use_dispatch();
    let tray = &props.tray;
    let clear = {
        let (dispatch, place) = (dispatch.clone(), props.place.clone());
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::TrayCleared(place.clone())))
    };
    html! {
        <section class="card tray" aria-labelledby="tray-title">
            <div class="line">
                <h2 id="tray-title">{ format!("{}: {}", tray.source, tray.summary) }</h2>
                <button type="button" class="button" data-kind="small" onclick={clear}>{ "Clear" }</button>
            </div>
            { advices(&tray.refusals, Mood::Bad) }
            { advices(&tray.problems, Mood::Warn) }
            { for tray.done.iter().map(|line| html! {
                <div class="advice" data-mood="good"><p class="title">{ line.clone() }</p></div>
            }) }
            if !tray.found.is_empty() {
                <ul class="rows">{ for tray.found.iter().map(found) }</ul>
            }
            if tray.more > 0 { <p class="soft">{ format!("and {} more of the same file", tray.more) }</p> }
            if let Some(facts) = &tray.only { <FactList facts={facts.clone()} /> }
            if tray.asks_password { <PasswordForm place={props.place.clone()} cost={tray.cost.clone()} /> }
            { props.children.clone() }
            if tray.good_requests > 0 {
                <KeepButtons place={props.place.clone()} requests={tray.good_requests} authorities={props.authorities.clone()} />
            }
        </section>
    }
}

fn found(row: &FoundRow) -> Html {
    html! {
        <li>
            <div class="row">
                <strong>{ row.title.clone() }</strong>
                <span class="marks">{ badges(&row.badges) }</span>
                <span class="more">
                    { row.kind.clone() }
                    if !row.repairs.is_empty() { { format!(" · read although {}", row.repairs.join(", ")) } }
                </span>
            </div>
            if let Some(advice) = &row.fault { <AdviceBox advice={advice.clone()} /> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct KeepButtonsProps {
    place: Place,
    requests: usize,
    authorities: Vec<(AuthorityId, String)>,
}

#[component]
fn KeepButtons(props: &KeepButtonsProps) -> Html {
    let dispatch = use_dispatch();
    let keep = |submit_to: Option<AuthorityId>| {
        let (dispatch, place) = (dispatch.clone(), props.place.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::TrayKept { place: place.clone(), submit_to: submit_to.clone() });
        })
    };
    let what = match props.requests {
        0 | 1 => "it".to_owned(),
        count => format!("all {count} requests"),
    };
    html! {
        <div class="line">
            { for props.authorities.iter().map(|(id, name)| html! {
                    <button type="button" class="button" data-kind="primary" onclick={keep(Some(id.clone()))}>
                        { format!("Hand {what} to {name}") }
                    </button>
                }) }
            <button type="button" class="button" onclick={keep(None)}>
                { "Keep without handing in" }
            </button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PasswordFormProps {
    place: Place,
    cost: Option<String>,
}

#[component]
fn PasswordForm(props: &PasswordFormProps) -> Html {
    let dispatch = use_dispatch();
    let typed = use_state(String::new);
    let on_submit = {
        let (dispatch, place, typed) = (dispatch.clone(), props.place.clone(), typed.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let password = Passphrase::new((*typed).clone());
            dispatch.emit(Action::PasswordGiven { place: place.clone(), password });
        })
    };
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    html! {
        <form class="stack" onsubmit={on_submit}>
            <TextField id="tray-password" label="Password of the file" kind="password" value={(*typed).clone()} {on_change}
                hint={props.cost.clone().unwrap_or_default()} />
            <div class="line"><button type="submit" class="button" data-kind="primary">{ "Open it" }</button></div>
        </form>
    }
}
