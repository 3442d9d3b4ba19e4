//! The form for a server's request.

use super::subject_fields::{SubjectFields, hash_of, hash_options, key_of, key_options};
use crate::components::field::{ChoiceField, SelectField, TextField};
use crate::components::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft, use_snapshot};
use certwright_workbench::action::{Action, KeyChoice, RequestForm, SubjectForm};
use certwright_workbench::id::AuthorityId;
use certwright_workbench::state::Slot;
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the form.
#[component]
pub fn NewRequestPage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let draft = use_draft(RequestForm::default);
    let form = draft.0.clone();
    let on_submit = {
        let draft = draft.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::RequestWanted(draft.0.clone()));
        })
    };
    let wait = view::wait(&state, &Slot::MakeRequest);
    let busy = wait.running.is_some();
    let mut authorities = vec![(String::new(), "Not yet".to_owned())];
    authorities.extend(view::authorities(&state).into_iter().map(|row| (row.id.0, row.label)));
    let on_submit_to = put(&draft, |form: &mut RequestForm, id: String| {
        form.submit_to = (!id.is_empty()).then_some(AuthorityId(id));
    });
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/requests">{ "Requests" }</a></p>
                <h1>{ "Make a request" }</h1>
                <p class="soft">{ "The private key is made here and stays in the vault; only the request is handed on." }</p>
            </header>
            <form class="card" onsubmit={on_submit}>
                <h2>{ "Name" }</h2>
                <TextField id="typed-name" label="Name clients will type" value={form.name.common_name.clone()}
                    on_change={put(&draft, |form: &mut RequestForm, text: String| form.name.common_name = text)}
                    hint="Host name (FQDN) or IP address, exactly as it will stand in the other server’s configuration, the Presence Gateway field for example. It becomes the common name and a subject alternative name." />
                <TextField id="more-names" label="Further names (optional)" value={form.more_names.clone()}
                    on_change={put(&draft, |form: &mut RequestForm, text: String| form.more_names = text)}
                    hint="Separated by spaces or commas" />
                <TextField id="label" label="Friendly name (optional)" value={form.label.clone()}
                    on_change={put(&draft, |form: &mut RequestForm, text: String| form.label = text)}
                    hint="How you will find it again here" />
                <SubjectFields name={form.name.clone()} on_change={put(&draft, |form: &mut RequestForm, name: SubjectForm| form.name = name)} />
                <h2>{ "Key" }</h2>
                <ChoiceField name="key" label="Kind of key" value={form.key.0.label().to_owned()} options={key_options()}
                    on_change={put(&draft, |form: &mut RequestForm, label: String| form.key = KeyChoice(key_of(&label)))} />
                <details>
                    <summary>{ "Hash and file name" }</summary>
                    <div class="columns">
                        <SelectField id="hash" label="Hash" value={form.hash.label().to_owned()} options={hash_options()}
                            on_change={put(&draft, |form: &mut RequestForm, label: String| form.hash = hash_of(&label))} />
                        <TextField id="file-name" label="File name" value={form.file_name.clone()}
                            on_change={put(&draft, |form: &mut RequestForm, text: String| form.file_name = text)}
                            hint="With or without extension; the guide for Cisco wants none" />
                    </div>
                </details>
                if authorities.len() > 1 {
                    <SelectField id="submit-to" label="Hand it to an authority at once" options={authorities} on_change={on_submit_to}
                        value={form.submit_to.clone().map(|id| id.0).unwrap_or_default()} />
                }
                <WaitBox {wait} label="Making the key and the request" />
                <div class="line">
                    <button type="submit" class="button" data-kind="primary" disabled={busy}>{ "Make the request" }</button>
                    <a class="button" href="#/requests/bring">{ "Bring one instead" }</a>
                </div>
            </form>
        </>
    }
}
