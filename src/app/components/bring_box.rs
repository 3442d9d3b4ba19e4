//! A box to bring something to: paste, pick or drop.

use crate::bring;
use crate::platform::{files, form};
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::state::Place;
use certwright_workbench::view;
use yew::prelude::*;

/// What the box needs.
#[derive(Properties, PartialEq)]
pub struct BringBoxProps {
    pub id: AttrValue,
    pub place: Place,
    /// What to paste, for example `Certificate request`.
    pub label: AttrValue,
    pub hint: AttrValue,
}

/// Draws the box.
#[component]
pub fn BringBox(props: &BringBoxProps) -> Html {
    let dispatch = use_dispatch();
    let text = use_state(String::new);
    let over = use_state(|| false);
    let stray_key = view::holds_stray_key(&use_snapshot(), &props.place);
    use_effect_with(stray_key, {
        let text = text.clone();
        move |stray_key| {
            if *stray_key {
                text.set(String::new());
            }
        }
    });
    let bring_files = {
        let (dispatch, place) = (dispatch.clone(), props.place.clone());
        move |arrived: files::Arrived| bring::bring(arrived, place.clone(), dispatch.clone())
    };
    let on_pick = {
        let bring_files = bring_files.clone();
        Callback::from(move |event: Event| bring_files(files::picked(event)))
    };
    let on_folder = {
        let bring_files = bring_files.clone();
        Callback::from(move |event: Event| bring_files(files::picked(event)))
    };
    let on_drop = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            bring_files(files::dropped(event));
        })
    };
    let on_over = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        })
    };
    let on_leave = {
        let over = over.clone();
        Callback::from(move |_: DragEvent| over.set(false))
    };
    let on_input = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(form::area(&event)))
    };
    let on_read = {
        let (dispatch, place, text) = (dispatch.clone(), props.place.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            bring::bring_text(&text, place.clone(), &dispatch);
        })
    };
    let hint_id = format!("{}-hint", props.id);
    html! {
        <div class="bring" data-over={over.to_string()} ondrop={on_drop} ondragover={on_over} ondragleave={on_leave}>
            <div class="field">
                <label for={props.id.clone()}>{ props.label.clone() }</label>
                <p class="hint" id={hint_id.clone()}>{ props.hint.clone() }</p>
                <textarea id={props.id.clone()} value={(*text).clone()} oninput={on_input} spellcheck="false"
                    autocomplete="off" aria-describedby={hint_id} />
            </div>
            <div class="line">
                <button type="button" class="button" data-kind="primary" onclick={on_read}>{ "Read the text" }</button>
                <span class="soft">{ "or drop a file here, or" }</span>
                <label class="button pick">
                    { "Choose a file" }
                    <input type="file" multiple=true onchange={on_pick} id={format!("{}-file", props.id)} />
                </label>
                if props.place == Place::Desk {
                    <label class="button pick">
                        { "Choose a folder" }
                        <input type="file" webkitdirectory=true multiple=true onchange={on_folder} id={format!("{}-folder", props.id)} />
                    </label>
                }
            </div>
        </div>
    }
}
