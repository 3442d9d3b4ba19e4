//! The wizard for a stand-alone root authority: name, key, validity, summary.

use super::subject_fields::{SubjectFields, hash_of, hash_options, key_of, key_options};
use crate::components::field::{ChoiceField, SelectField, TextField, TickField};
use crate::components::wait_box::WaitBox;
use crate::platform::focus;
use crate::session::{DraftHandle, put, use_dispatch, use_draft, use_snapshot};
use certwright_workbench::action::{Action, AuthorityForm, KeyChoice, SubjectForm};
use certwright_workbench::state::Slot;
use certwright_workbench::view;
use yew::prelude::*;

/// The pages of the wizard.
const STEPS: [&str; 4] = ["Name", "Key", "Validity", "Summary"];

#[derive(Clone, PartialEq, Default)]
struct Wizard {
    step: usize,
    form: AuthorityForm,
    /// What can't be changed afterwards was read.
    understood: bool,
}

/// Draws the wizard.
#[component]
pub fn NewAuthorityPage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let draft = use_draft(|| Wizard {
        form: AuthorityForm { years: 10, ..AuthorityForm::default() },
        ..Wizard::default()
    });
    let step = draft.0.step;
    use_effect_with(step, |step| {
        if *step > 0 {
            focus::focus("wizard-title");
        }
    });
    let on_next = {
        let (draft, dispatch) = (draft.clone(), dispatch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if draft.0.step + 1 < STEPS.len() {
                draft.dispatch(Box::new(|wizard: &mut Wizard| wizard.step += 1));
            } else {
                dispatch.emit(Action::AuthorityWanted(draft.0.form.clone()));
            }
        })
    };
    let back = put(&draft, |wizard, _: MouseEvent| wizard.step -= 1);
    let wait = view::wait(&state, &Slot::MakeAuthority);
    let busy = wait.running.is_some();
    let last = step + 1 == STEPS.len();
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/authorities">{ "Authorities" }</a></p>
                <h1>{ "Make an authority" }</h1>
                <p class="soft">{ "A stand-alone root: it signs with its own name and key, and needs no directory." }</p>
            </header>
            <form class="card" onsubmit={on_next}>
                <h2 id="wizard-title" tabindex="-1">{ format!("Step {} of {}: {}", step + 1, STEPS.len(), STEPS[step]) }</h2>
                { match step {
                    0 => name_step(&draft),
                    1 => key_step(&draft),
                    2 => validity_step(&draft),
                    _ => summary_step(&draft),
                } }
                <WaitBox {wait} label={format!("Making the {} key and the certificate; large RSA keys take from one to twenty seconds", draft.0.form.key.0.label())} />
                <div class="line">
                    if step > 0 { <button type="button" class="button" onclick={back} disabled={busy}>{ "Back" }</button> }
                    <button type="submit" class="button" data-kind="primary"
                        disabled={busy || (last && !draft.0.understood) || draft.0.form.name.common_name.trim().is_empty()}>
                        { if last { "Make the authority" } else { "Next" } }
                    </button>
                </div>
            </form>
        </>
    }
}

fn name_step(draft: &DraftHandle<Wizard>) -> Html {
    let form = &draft.0.form;
    let on_name = put(draft, |wizard: &mut Wizard, text: String| wizard.form.name.common_name = text);
    let on_rest = put(draft, |wizard: &mut Wizard, name: SubjectForm| wizard.form.name = name);
    html! {
        <>
            <TextField id="authority-name" label="Name of the authority (CN)" value={form.name.common_name.clone()} on_change={on_name}
                hint="Free text, for example Example Root CA. An IP address will do where there is no DNS. It must not be the name of a server that it signs for." />
            <SubjectFields name={form.name.clone()} on_change={on_rest} />
        </>
    }
}

fn key_step(draft: &DraftHandle<Wizard>) -> Html {
    let form = &draft.0.form;
    let on_key = put(draft, |wizard: &mut Wizard, label: String| wizard.form.key = KeyChoice(key_of(&label)));
    let on_hash = put(draft, |wizard: &mut Wizard, label: String| wizard.form.hash = hash_of(&label));
    let brings_its_own = form.key.0 == certwright_pki::KeyKind::Ed25519;
    html! {
        <>
            <ChoiceField name="key" label="Kind of key" value={form.key.0.label().to_owned()} options={key_options()} on_change={on_key} />
            if brings_its_own {
                <p class="soft">{ "Ed25519 brings its own hash." }</p>
            } else {
                <SelectField id="hash" label="Hash" value={form.hash.label().to_owned()} options={hash_options()} on_change={on_hash} />
            }
            <p class="soft">{ "The key is made here, in this browser, by its own cryptography. It goes into the vault before anything is shown." }</p>
        </>
    }
}

fn validity_step(draft: &DraftHandle<Wizard>) -> Html {
    let on_years =
        put(draft, |wizard: &mut Wizard, text: String| wizard.form.years = text.trim().parse().unwrap_or(0));
    let years = draft.0.form.years;
    html! {
        <>
            <TextField id="years" label="Valid for (years)" kind="number" on_change={on_years}
                value={if years == 0 { String::new() } else { years.to_string() }} hint="From 1 to 50. Ten years are usual for a private root." />
            <p>{ "The authority issues nothing that is valid past its own end. When it comes near, make a new one in time." }</p>
        </>
    }
}

fn summary_step(draft: &DraftHandle<Wizard>) -> Html {
    let form = &draft.0.form;
    let on_tick = put(draft, |wizard: &mut Wizard, ticked: bool| wizard.understood = ticked);
    let others =
        [&form.name.organization, &form.name.unit, &form.name.locality, &form.name.state, &form.name.country];
    let others: Vec<&str> =
        others.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let facts = vec![
        view::Fact::new("Name", form.name.common_name.trim().to_owned()),
        view::Fact::new(
            "Further name parts",
            if others.is_empty() { "none".to_owned() } else { others.join(", ") },
        ),
        view::Fact::new("Key", form.key.0.label()),
        view::Fact::new("Hash", form.hash.label()),
        view::Fact::new("Valid for", format!("{} years", form.years)),
    ];
    html! {
        <>
            <crate::components::fact_list::FactList {facts} />
            <div class="advice" data-mood="warn">
                <p class="title">{ "These can’t be changed afterwards" }</p>
                <p>{ "The name, the key, the hash and the end are part of the certificate that others will trust. To change one, make a new authority and have it trusted everywhere again." }</p>
            </div>
            <TickField id="understood" label="I have read this" value={draft.0.understood} on_change={on_tick} />
        </>
    }
}
