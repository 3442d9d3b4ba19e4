//! A box to bring something to: paste, pick or drop.

use crate::platform::{files, form};
use crate::session::{use_dispatch, use_snapshot};
use certwright_pki::input::MAX_INPUT;
use certwright_workbench::action::Action;
use certwright_workbench::explain;
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
        move |list: Vec<files::File>| {
            let (dispatch, place) = (dispatch.clone(), place.clone());
            yew::platform::spawn_local(async move { bring(list, &place, &dispatch).await });
        }
    };
    let on_pick = {
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
            let files = vec![text.as_bytes().to_vec()];
            dispatch.emit(Action::Brought { place: place.clone(), source: "pasted text".into(), files });
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
            </div>
        </div>
    }
}

/// Reads the files and says what was brought.
async fn bring(list: Vec<files::File>, place: &Place, dispatch: &Callback<Action>) {
    let (mut names, mut read) = (Vec::new(), Vec::new());
    for file in list {
        let name = file.name();
        let advice = match files::read(file, MAX_INPUT as u64).await {
            Ok(bytes) => {
                names.push(name);
                read.push(bytes);
                continue;
            }
            Err(files::ReadFault::TooLarge { size }) => explain::too_large(&name, size),
            Err(files::ReadFault::Unreadable { what }) => explain::unreadable(&name, &what),
        };
        dispatch.emit(Action::NotBrought { place: place.clone(), advice });
        return;
    }
    let source = match names.as_slice() {
        [] => return,
        [one] => one.clone(),
        several => format!("{} files", several.len()),
    };
    dispatch.emit(Action::Brought { place: place.clone(), source, files: read });
}
