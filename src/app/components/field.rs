//! Fields of forms: a label, the input, and a hint that screen readers read with it.

use crate::platform::form;
use yew::prelude::*;

/// What a text field needs.
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub on_change: Callback<String>,
    #[prop_or_default]
    pub hint: AttrValue,
    /// `text`, `password` or `number`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
}

/// A line of text.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let on_input = props.on_change.reform(|event: InputEvent| form::text(&event));
    let hint_id = format!("{}-hint", props.id);
    let described = (!props.hint.is_empty()).then(|| hint_id.clone());
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <input id={props.id.clone()} type={props.kind.clone()} value={props.value.clone()} oninput={on_input}
                autocomplete={props.autocomplete.clone()} spellcheck="false" autocapitalize="none" aria-describedby={described} />
            if !props.hint.is_empty() { <p class="hint" id={hint_id}>{ props.hint.clone() }</p> }
        </div>
    }
}

/// What a choice from a list needs.
#[derive(Properties, PartialEq)]
pub struct SelectFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: String,
    /// Value and text of each option.
    pub options: Vec<(String, String)>,
    pub on_change: Callback<String>,
    #[prop_or_default]
    pub hint: AttrValue,
}

/// A choice from a list.
#[component]
pub fn SelectField(props: &SelectFieldProps) -> Html {
    let on_change = props.on_change.reform(|event: Event| form::chosen(&event));
    let hint_id = format!("{}-hint", props.id);
    let described = (!props.hint.is_empty()).then(|| hint_id.clone());
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <select id={props.id.clone()} onchange={on_change} aria-describedby={described}>
                { for props.options.iter().map(|(value, text)| html! {
                    <option value={value.clone()} selected={*value == props.value}>{ text.clone() }</option>
                }) }
            </select>
            if !props.hint.is_empty() { <p class="hint" id={hint_id}>{ props.hint.clone() }</p> }
        </div>
    }
}

/// What a row of choices needs.
#[derive(Properties, PartialEq)]
pub struct ChoiceFieldProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: String,
    /// Value, text and a note for each.
    pub options: Vec<(String, String, String)>,
    pub on_change: Callback<String>,
}

/// A row of choices of which one is made.
#[component]
pub fn ChoiceField(props: &ChoiceFieldProps) -> Html {
    html! {
        <fieldset class="field">
            <legend class="label">{ props.label.clone() }</legend>
            <div class="choices">
                { for props.options.iter().map(|(value, text, note)| {
                    let chosen = value.clone();
                    let on_change = props.on_change.reform(move |_: Event| chosen.clone());
                    html! {
                        <label>
                            <input type="radio" name={props.name.clone()} value={value.clone()}
                                checked={*value == props.value} onchange={on_change} />
                            { text.clone() }
                            if !note.is_empty() { <small>{ note.clone() }</small> }
                        </label>
                    }
                }) }
            </div>
        </fieldset>
    }
}

/// What a tick box needs.
#[derive(Properties, PartialEq)]
pub struct TickFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: bool,
    pub on_change: Callback<bool>,
}

/// A tick box.
#[component]
pub fn TickField(props: &TickFieldProps) -> Html {
    let on_change = props.on_change.reform(|event: Event| form::ticked(&event));
    html! {
        <div class="tick">
            <input id={props.id.clone()} type="checkbox" checked={props.value} onchange={on_change} />
            <label for={props.id.clone()}>{ props.label.clone() }</label>
        </div>
    }
}
