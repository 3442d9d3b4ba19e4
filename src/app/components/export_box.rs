//! Writing a selection to files: the form by its destination, its choices, and one question before a private key
//! leaves.

use super::field::{SelectField, TextField, TickField};
use super::secret_question::SecretQuestion;
use super::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft};
use certwright_pki::export::{ChainOrder, Format, KeyForm, LineEnding};
use certwright_workbench::action::Action;
use certwright_workbench::job::ExportChoice;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::view::{self, ExportView, FormatRow};
use yew::prelude::*;

/// What the box needs.
#[derive(Properties, PartialEq)]
pub struct ExportBoxProps {
    pub view: ExportView,
}

#[derive(Clone, PartialEq, Default)]
struct Draft {
    /// Places in the lists that are offered.
    format: usize,
    key_form: usize,
    order: usize,
    windows_lines: bool,
    /// None for the usual one; what was typed may be empty while one types.
    name: Option<String>,
    friendly_name: String,
    password: String,
    again: String,
    /// The person was asked about the private key.
    asked: bool,
}

/// The choices as they stand.
struct Chosen {
    row: FormatRow,
    key_form: KeyForm,
    chain: ChainOrder,
    password: bool,
}

impl Chosen {
    fn of(view: &ExportView, draft: &Draft) -> Option<Self> {
        let row = view.formats.get(draft.format).or(view.formats.first())?.clone();
        let key_form = row.key_forms.get(draft.key_form).copied();
        Some(Self {
            key_form: key_form.unwrap_or_default(),
            chain: view::chain_orders(row.format).get(draft.order).copied().unwrap_or_default(),
            password: row.format.needs_password() || key_form == Some(KeyForm::EncryptedPkcs8),
            row,
        })
    }
}

fn place(text: &str) -> usize {
    text.parse().unwrap_or_default()
}

fn places<T>(all: &[T], label: impl Fn(&T) -> String) -> Vec<(String, String)> {
    all.iter().enumerate().map(|(at, one)| (at.to_string(), label(one))).collect()
}

/// Draws the choices.
#[component]
pub fn ExportBox(props: &ExportBoxProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let draft = use_draft(Draft::default);
    let now = draft.0.clone();
    let Some(chosen) = Chosen::of(view, &now) else { return html! {} };
    let differ = chosen.password && now.password != now.again;
    let write = {
        let (view, now) = (view.clone(), now.clone());
        move |draft: &crate::session::DraftHandle<Draft>| {
            let Some(chosen) = Chosen::of(&view, &now) else { return };
            if chosen.row.secret && !now.asked {
                return draft.dispatch(Box::new(|draft: &mut Draft| draft.asked = true));
            }
            let choice = ExportChoice {
                format: chosen.row.format,
                key_form: chosen.key_form,
                chain: chosen.chain,
                line_ending: if now.windows_lines { LineEnding::CrLf } else { LineEnding::Lf },
                name: now.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| view.name.clone()),
                friendly_name: now.friendly_name.clone(),
            };
            let password =
                Passphrase::new(if chosen.password { now.password.clone() } else { String::new() });
            let (objects, secret) = (chosen.row.objects, chosen.row.secret);
            dispatch.emit(Action::ObjectsExported { objects, choice, password, secret });
            draft.dispatch(Box::new(|draft: &mut Draft| draft.asked = false));
        }
    };
    let on_submit = {
        let (draft, write) = (draft.clone(), write.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            write(&draft);
        })
    };
    let format = chosen.row.format;
    let (forms, orders) = (&chosen.row.key_forms, view::chain_orders(format));
    html! {
        <form class="card export" onsubmit={on_submit} aria-labelledby="export-title">
            <h2 id="export-title">{ "Write to a file" }</h2>
            <p class="soft">{ view.what.clone() }</p>
            <SelectField id="export-format" label="Form" value={now.format.to_string()} hint={chosen.row.why}
                options={places(&view.formats, |row| row.label.clone())}
                on_change={put(&draft, |draft: &mut Draft, text: String| {
                    (draft.format, draft.key_form, draft.order) = (place(&text), 0, 0);
                })} />
            if !chosen.row.left_out.is_empty() { <p>{ chosen.row.left_out.clone() }</p> }
            <div class="columns">
                if !forms.is_empty() {
                    <SelectField id="export-key" label="The private key" value={now.key_form.to_string()}
                        options={places(forms, |form| form.label().to_owned())}
                        on_change={put(&draft, |draft: &mut Draft, text: String| draft.key_form = place(&text))} />
                }
                if chosen.row.chain && !orders.is_empty() {
                    <SelectField id="export-order" label="Order of the certificates" value={now.order.to_string()}
                        options={places(orders, |order| order.label().to_owned())}
                        on_change={put(&draft, |draft: &mut Draft, text: String| draft.order = place(&text))} />
                }
                <TextField id="export-name" label="File name, without its ending" value={now.name.clone().unwrap_or_else(|| view.name.clone())}
                    on_change={put(&draft, |draft: &mut Draft, text: String| draft.name = Some(text))} />
                if format.needs_password() {
                    <TextField id="export-friendly" label="Name of the key inside" value={now.friendly_name.clone()} hint="Empty: the name of the certificate"
                        on_change={put(&draft, |draft: &mut Draft, text: String| draft.friendly_name = text)} />
                }
            </div>
            if chosen.password {
                <div class="columns">
                    <TextField id="export-password" label="Password of the file" kind="password" value={now.password.clone()} autocomplete="new-password"
                        on_change={put(&draft, |draft: &mut Draft, text: String| draft.password = text)} />
                    <TextField id="export-again" label="Password again" kind="password" value={now.again.clone()} autocomplete="new-password"
                        hint={if differ { "The two are not the same yet" } else { "" }}
                        on_change={put(&draft, |draft: &mut Draft, text: String| draft.again = text)} />
                </div>
            }
            if matches!(format, Format::Pem | Format::Pkcs7Pem) {
                <TickField id="export-lines" label="Line ends as on Windows (CR LF)" value={now.windows_lines}
                    on_change={put(&draft, |draft: &mut Draft, ticked: bool| draft.windows_lines = ticked)} />
            }
            <WaitBox wait={view.wait.clone()} label="Writing and reading back" />
            if chosen.row.secret && now.asked {
                <SecretQuestion bare={!chosen.password} {differ} on_no={put(&draft, |draft: &mut Draft, _: MouseEvent| draft.asked = false)} />
            } else {
                <div class="line"><button type="submit" class="button" data-kind="primary" disabled={differ}>{ "Download" }</button></div>
            }
        </form>
    }
}
