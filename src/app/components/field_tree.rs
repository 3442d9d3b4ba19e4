//! Fields within fields: each with its words, its raw octets beside them, and a button that copies each spelling.

use crate::platform::clipboard;
use certwright_pki::describe::{Field, Form};
use std::rc::Rc;
use yew::prelude::*;

/// Octets that are shown raw; more can be seen among the bytes.
const RAW: usize = 256;
/// Parts of a field that are drawn at once.
const PARTS: usize = 100;

/// What the tree needs.
#[derive(Properties, PartialEq)]
pub struct FieldTreeProps {
    pub fields: Vec<Field>,
    /// The object's octets, for what is shown raw; none for a secret.
    pub bytes: Option<Rc<Vec<u8>>>,
    /// Shows a field among the bytes.
    #[prop_or_default]
    pub on_place: Option<Callback<(usize, usize)>>,
}

/// Draws each field of the top as a section.
#[component]
pub fn FieldTree(props: &FieldTreeProps) -> Html {
    html! {
        <div class="fields">
            { for props.fields.iter().map(|field| html! {
                <section>
                    <h3>{ field.label.clone() }{ critical(field) }{ oid(field) }</h3>
                    if field.fields.is_empty() || !field.text.is_empty() {
                        <FieldLine field={alone(field)} bytes={props.bytes.clone()} on_place={props.on_place.clone()} bare=true />
                    }
                    if !field.fields.is_empty() { <Parts fields={field.fields.clone()} bytes={props.bytes.clone()} on_place={props.on_place.clone()} /> }
                    { left_out(field) }
                </section>
            }) }
        </div>
    }
}

/// Some fields, and a button that draws more of them.
#[component]
fn Parts(props: &FieldTreeProps) -> Html {
    let shown = use_state(|| PARTS);
    let rest = props.fields.len().saturating_sub(*shown);
    let on_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PARTS))
    };
    html! {
        <>
            <ul>
                { for props.fields.iter().take(*shown).map(|field| html! {
                    <li>
                        <FieldLine field={alone(field)} bytes={props.bytes.clone()} on_place={props.on_place.clone()} bare=false />
                        if !field.fields.is_empty() { <Parts fields={field.fields.clone()} bytes={props.bytes.clone()} on_place={props.on_place.clone()} /> }
                        { left_out(field) }
                    </li>
                }) }
            </ul>
            if rest > 0 {
                <p><button type="button" class="button" data-kind="small" onclick={on_more}>{ format!("Show {} more of {}", rest.min(PARTS), props.fields.len()) }</button></p>
            }
        </>
    }
}

/// A field without its parts.
fn alone(field: &Field) -> Field {
    Field {
        name: field.name.clone(),
        label: field.label.clone(),
        text: field.text.clone(),
        forms: field.forms.clone(),
        encoding: field.encoding.clone(),
        at: field.at.clone(),
        oid: field.oid.clone(),
        critical: field.critical,
        fields: Vec::new(),
        left_out: 0,
    }
}

fn left_out(field: &Field) -> Html {
    html! {
        if field.left_out > 0 { <p class="soft">{ format!("and {} more; they are among the bytes", field.left_out) }</p> }
    }
}

fn critical(field: &Field) -> Html {
    match field.critical {
        Some(true) => html! { <span class="tag" data-mood="warn">{ "critical" }</span> },
        Some(false) => html! { <span class="tag">{ "not critical" }</span> },
        None => html! {},
    }
}

fn oid(field: &Field) -> Html {
    html! { if let Some(oid) = &field.oid { <code class="oid">{ oid.clone() }</code> } }
}

#[derive(Properties, PartialEq)]
struct FieldLineProps {
    /// Without its parts.
    field: Field,
    bytes: Option<Rc<Vec<u8>>>,
    on_place: Option<Callback<(usize, usize)>>,
    /// The label stands above already.
    bare: bool,
}

#[component]
fn FieldLine(props: &FieldLineProps) -> Html {
    let open = use_state(|| false);
    let field = &props.field;
    let raw = match (&props.bytes, &field.at) {
        (Some(bytes), Some(at)) => bytes.get(at.clone()).map(spaced),
        _ => None,
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let place = field
        .at
        .clone()
        .zip(props.on_place.clone())
        .map(|(at, on_place)| Callback::from(move |_: MouseEvent| on_place.emit((at.start, at.end))));
    let main = Form { label: "".into(), text: field.text.clone() };
    html! {
        <div class="value">
            if !props.bare { <span class="label">{ field.label.clone() }{ critical(field) }{ oid(field) }</span> }
            if is_code(&field.text) { <code class="text">{ field.text.clone() }</code> }
            else if !field.text.is_empty() { <span class="text">{ field.text.clone() }</span> }
            <span class="tools">
                if !field.text.is_empty() { <CopyButton form={main} of={field.label.to_string()} /> }
                if raw.is_some() || !field.forms.is_empty() {
                    <button type="button" class="button" data-kind="small" aria-expanded={open.to_string()} onclick={toggle}>
                        { if *open { "Less" } else { "More" } }<span class="unseen">{ format!(" of {}", field.label) }</span>
                    </button>
                }
            </span>
            if *open {
                <div class="spellings">
                    { for field.forms.iter().map(|form| html! {
                        <div><span class="label">{ form.label.clone() }</span><code>{ form.text.clone() }</code><CopyButton form={form.clone()} of={field.label.to_string()} /></div>
                    }) }
                    if let Some(raw) = raw {
                        <div>
                            <span class="label">{ "raw" }</span><code>{ raw.clone() }</code>
                            <CopyButton form={Form { label: "raw".into(), text: raw }} of={field.label.to_string()} />
                        </div>
                    }
                    if let Some(place) = place {
                        <div><button type="button" class="button" data-kind="small" onclick={place}>{ "Show among the bytes" }<span class="unseen">{ format!(": {}", field.label) }</span></button></div>
                    }
                </div>
            }
        </div>
    }
}

/// Whether a text is hexadecimal of some length, which is easier to read in a fixed width.
fn is_code(text: &str) -> bool {
    text.len() > 20 && text.chars().all(|letter| letter == ':' || letter.is_ascii_hexdigit())
}

fn spaced(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().min(RAW) * 3);
    for octet in octets.iter().take(RAW) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!("{octet:02x}"));
    }
    if octets.len() > RAW {
        text.push_str(&format!(" … {} more", octets.len() - RAW));
    }
    text
}

/// What a button that copies needs.
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    pub form: Form,
    /// What the value is of.
    pub of: AttrValue,
}

/// Copies a value.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state(|| false);
    let on_copy = {
        let (copied, text) = (copied.clone(), props.form.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.clone());
            yew::platform::spawn_local(async move { copied.set(clipboard::copy(&text).await) });
        })
    };
    html! {
        <button type="button" class="button" data-kind="small" onclick={on_copy}>
            { if *copied { "Copied" } else { "Copy" } }
            <span class="unseen">{ format!(" {} {}", props.of, props.form.label) }</span>
        </button>
    }
}
