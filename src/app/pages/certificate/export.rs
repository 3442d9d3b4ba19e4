//! Taking a certificate along: Base-64, DER, PKCS#7 with the chain, PKCS#12 with the key.

use super::ViewProps;
use crate::components::field::{ChoiceField, SelectField, TextField};
use crate::components::secret_question::SecretQuestion;
use crate::components::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft};
use certwright_pki::export::Destination;
use certwright_workbench::action::{Action, Export, Exported, Format};
use certwright_workbench::secret::Passphrase;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Choice {
    form: Form,
    /// Empty for the usual name of the form.
    name: String,
    password: String,
    again: String,
    destination: Destination,
    /// The person was asked about the private key.
    asked: bool,
}

#[derive(Clone, Copy, PartialEq, Default)]
enum Form {
    #[default]
    Base64,
    Der,
    Pkcs7,
    Pkcs12,
}

impl Form {
    const ALL: [Self; 4] = [Self::Base64, Self::Der, Self::Pkcs7, Self::Pkcs12];

    /// Value, text and note of the choice, in the words of the Windows export wizard.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Base64 => ("base64", "Base-64 encoded X.509", ".cer or .pem, the usual one"),
            Self::Der => ("der", "DER encoded binary X.509", ".cer or .der"),
            Self::Pkcs7 => ("pkcs7", "PKCS#7 with its chain", ".p7b"),
            Self::Pkcs12 => ("pkcs12", "PKCS#12 with its key", ".pfx, protected by a password"),
        }
    }

    fn usual_name(self, is_ca: bool) -> &'static str {
        match (self, is_ca) {
            (Self::Base64 | Self::Der, false) => "cert.cer",
            (Self::Base64 | Self::Der, true) => "certnew.cer",
            (Self::Pkcs7, _) => "certnew.p7b",
            (Self::Pkcs12, _) => "server.pfx",
        }
    }
}

/// Draws the choice of a form and the button that writes the file.
#[component]
pub(super) fn ExportCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let draft = use_draft(|| Choice {
        form: Form::default(),
        name: String::new(),
        password: String::new(),
        again: String::new(),
        destination: Destination::default(),
        asked: false,
    });
    let choice = draft.0.clone();
    let usual = choice.form.usual_name(view.is_ca);
    let name = if choice.name.is_empty() { usual.to_owned() } else { choice.name.clone() };
    let differ = choice.form == Form::Pkcs12 && choice.password != choice.again;
    let on_submit = {
        let (draft, name, id) = (draft.clone(), name.clone(), view.id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if draft.0.form == Form::Pkcs12 && !draft.0.asked {
                return draft.dispatch(Box::new(|choice: &mut Choice| choice.asked = true));
            }
            let export = |what, format| Action::ExportWanted(Export { what, format, name: name.clone() });
            dispatch.emit(match draft.0.form {
                Form::Base64 => export(Exported::Certificate(id.clone()), Format::Pem),
                Form::Der => export(Exported::Certificate(id.clone()), Format::Der),
                Form::Pkcs7 => export(Exported::Chain(id.clone()), Format::Pkcs7),
                Form::Pkcs12 => Action::Pkcs12Wanted {
                    certificate: id.clone(),
                    name: name.clone(),
                    password: Passphrase::new(draft.0.password.clone()),
                    destination: draft.0.destination,
                    secret: draft.0.asked,
                },
            });
            draft.dispatch(Box::new(|choice: &mut Choice| choice.asked = false));
        })
    };
    let options = Form::ALL
        .into_iter()
        .filter(|form| *form != Form::Pkcs12 || view.has_key)
        .map(|form| form.words())
        .map(|(value, text, note)| (value.to_owned(), text.to_owned(), note.to_owned()))
        .collect::<Vec<_>>();
    let on_form = put(&draft, |choice: &mut Choice, value: String| {
        choice.form = Form::ALL.into_iter().find(|form| form.words().0 == value).unwrap_or_default();
        choice.name.clear();
        choice.asked = false;
    });
    let destinations: Vec<(String, String)> =
        Destination::ALL.into_iter().map(|one| (one.id().to_owned(), one.label().to_owned())).collect();
    html! {
        <form class="card" data-next="true" onsubmit={on_submit} aria-labelledby="export-title">
            <h2 id="export-title">{ "Take it along" }</h2>
            <ChoiceField name="form" label="Form" value={choice.form.words().0.to_owned()} {options} on_change={on_form} />
            if !view.has_key { <p class="soft">{ "PKCS#12 with the key is not offered: the private key is not in this vault." }</p> }
            <TextField id="export-name" label="File name" value={name}
                on_change={put(&draft, |choice: &mut Choice, text: String| choice.name = text)} />
            if choice.form == Form::Pkcs12 {
                <div class="columns">
                    <TextField id="p12-password" label="Password of the file" kind="password" value={choice.password.clone()} autocomplete="new-password"
                        on_change={put(&draft, |choice: &mut Choice, text: String| choice.password = text)} />
                    <TextField id="p12-again" label="Password again" kind="password" value={choice.again.clone()} autocomplete="new-password"
                        hint={if differ { "The two are not the same yet" } else { "" }}
                        on_change={put(&draft, |choice: &mut Choice, text: String| choice.again = text)} />
                </div>
                <SelectField id="p12-destination" label="Where it is to be imported" value={choice.destination.id().to_owned()} options={destinations} hint={choice.destination.why()}
                    on_change={put(&draft, |choice: &mut Choice, id: String| choice.destination = Destination::from_id(&id).unwrap_or_default())} />
            }
            <WaitBox wait={view.export_wait.clone()} label="Writing and reading back" />
            if choice.asked {
                <SecretQuestion bare=false {differ} on_no={put(&draft, |choice: &mut Choice, _: MouseEvent| choice.asked = false)} />
            } else {
                <div class="line"><button type="submit" class="button" data-kind="primary" disabled={differ}>{ "Download" }</button></div>
            }
        </form>
    }
}
