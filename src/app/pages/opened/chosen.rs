//! What can be done with the lines that were chosen. The bar stays in view however long the list is.

use crate::components::choice_bar::ChoiceBar;
use crate::components::rail::link;
use crate::platform::focus;
use crate::session::use_dispatch;
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::route::Route;
use yew::prelude::*;

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub(super) struct ChosenBarProps {
    /// Those that are chosen.
    pub ids: Vec<ObjectId>,
    /// Lines that are shown and could be chosen.
    pub lines: usize,
    pub on_all: Callback<MouseEvent>,
    pub on_none: Callback<MouseEvent>,
}

/// Draws the bar.
#[component]
pub(super) fn ChosenBar(props: &ChosenBarProps) -> Html {
    let dispatch = use_dispatch();
    let say = |action: fn(Vec<ObjectId>) -> Action| {
        let (dispatch, ids) = (dispatch.clone(), props.ids.clone());
        Callback::from(move |_: MouseEvent| dispatch.emit(action(ids.clone())))
    };
    let said = match props.ids.len() {
        0 => "Nothing chosen".to_owned(),
        1 => "1 object chosen".to_owned(),
        count => format!("{count} objects chosen"),
    };
    let to_export = Callback::from(|_: MouseEvent| focus::focus("export-title"));
    html! {
        <ChoiceBar label="Those that are chosen" {said}>
            if props.ids.is_empty() {
                <button type="button" class="button" disabled={props.lines == 0} onclick={props.on_all.clone()}>{ "Choose all that are listed" }</button>
            } else {
                if let [left, right] = props.ids.as_slice() {
                    <a class="button" href={link(&Route::Compare(left.clone(), right.clone()))}>{ "Compare the two" }</a>
                }
                <button type="button" class="button" onclick={to_export}>{ "Write to a file" }</button>
                <button type="button" class="button" onclick={say(Action::ObjectsKept)}>{ "Keep on the desk" }</button>
                <button type="button" class="button" onclick={say(Action::ObjectsClosed)}>{ "Close" }</button>
                <button type="button" class="button" onclick={props.on_none.clone()}>{ "Choose none" }</button>
            }
        </ChoiceBar>
    }
}
