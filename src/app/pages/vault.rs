//! The vault: the passphrase, locking, backups and their return.

use crate::components::advice::{AdviceBox, advices};
use crate::components::badge::BadgeView;
use crate::components::field::TextField;
use crate::components::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::state::VaultPhase;
use certwright_workbench::update::MINIMUM_PASSPHRASE;
use certwright_workbench::view::{self, Mood};
use yew::prelude::*;

mod backup;

/// Draws the vault.
#[component]
pub fn VaultPage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let view = view::vault(&state);
    let on_accept = dispatch.reform(|_: MouseEvent| Action::LossesAccepted);
    let on_lock = Callback::from(move |_: MouseEvent| dispatch.emit(Action::LockWanted));
    html! {
        <>
            <header class="head">
                <h1>{ "Vault" }</h1>
                { for view.says.iter().map(|line| html! { <p>{ line.clone() }</p> }) }
            </header>
            if let Some(advice) = &view.storage_fault { <AdviceBox advice={advice.clone()} mood={Mood::Warn} /> }
            { advices(&view.warnings, Mood::Bad) }
            if !view.warnings.is_empty() && view.writer {
                <div class="line">
                    <button type="button" class="button" onclick={on_accept}>{ "Go on with what is left" }</button>
                    <span class="soft">{ "What does not open is removed; write a backup of it first if you can." }</span>
                </div>
            }
            <WaitBox wait={view.wait.clone()} label="Working on the vault" />
            if view.phase == VaultPhase::Memory { <NewPassphraseForm /> }
            if view.phase == VaultPhase::Open {
                <section class="card">
                    <h2>{ "Lock" }</h2>
                    <p>{ "Everything readable is dropped from this page until the passphrase is typed again." }</p>
                    <div class="line"><button type="button" class="button" data-kind="primary" onclick={on_lock}>{ "Lock the vault" }</button></div>
                </section>
            }
            <section class="card" aria-labelledby="keys-title">
                <h2 id="keys-title">{ "Private keys" }</h2>
                if view.keys.is_empty() { <p class="soft">{ "None yet." }</p> }
                <ul class="stack">{ for view.keys.iter().map(|(label, badge)| html! {
                    <li class="line"><span>{ label.clone() }</span><BadgeView badge={badge.clone()} /></li>
                }) }</ul>
            </section>
            <backup::BackupCard last={view.last_backup.clone()} unconfirmed={view.backup_unconfirmed} />
            <backup::RestoreCard restore={view.restore.clone()} />
            if view.phase == VaultPhase::Open { <ChangePassphraseForm /> }
        </>
    }
}

#[derive(Clone, PartialEq, Default)]
struct Typed {
    old: String,
    new: String,
    again: String,
}

fn too_short() -> String {
    format!("At least {MINIMUM_PASSPHRASE} characters; four or five random words make a good one")
}

fn differ(typed: &Typed) -> &'static str {
    if typed.new == typed.again { "" } else { "The two are not the same yet" }
}

#[component]
fn NewPassphraseForm() -> Html {
    let dispatch = use_dispatch();
    let draft = use_draft(Typed::default);
    let typed = draft.0.clone();
    let on_submit = {
        let new = typed.new.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::PassphraseSet(Passphrase::new(new.clone())));
        })
    };
    html! {
        <form class="card" data-next="true" onsubmit={on_submit}>
            <h2>{ "Keep it: set a passphrase" }</h2>
            <p>{ "It can’t be recovered: whoever forgets it needs a backup whose passphrase is known." }</p>
            <div class="columns">
                <TextField id="passphrase" label="Passphrase" kind="password" autocomplete="new-password" value={typed.new.clone()} hint={too_short()}
                    on_change={put(&draft, |typed: &mut Typed, text: String| typed.new = text)} />
                <TextField id="passphrase-again" label="Passphrase again" kind="password" autocomplete="new-password" value={typed.again.clone()} hint={differ(&typed)}
                    on_change={put(&draft, |typed: &mut Typed, text: String| typed.again = text)} />
            </div>
            <div class="line"><button type="submit" class="button" data-kind="primary" disabled={typed.new != typed.again}>{ "Make the vault" }</button></div>
        </form>
    }
}

#[component]
fn ChangePassphraseForm() -> Html {
    let dispatch = use_dispatch();
    let draft = use_draft(Typed::default);
    let typed = draft.0.clone();
    let on_submit = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (old, new) = (Passphrase::new(typed.old.clone()), Passphrase::new(typed.new.clone()));
            dispatch.emit(Action::PassphraseChanged { old, new });
        })
    };
    html! {
        <form class="card" onsubmit={on_submit}>
            <h2>{ "Change the passphrase" }</h2>
            <div class="columns">
                <TextField id="old-passphrase" label="Present passphrase" kind="password" autocomplete="current-password" value={typed.old.clone()}
                    on_change={put(&draft, |typed: &mut Typed, text: String| typed.old = text)} />
                <TextField id="new-passphrase" label="New passphrase" kind="password" autocomplete="new-password" value={typed.new.clone()} hint={too_short()}
                    on_change={put(&draft, |typed: &mut Typed, text: String| typed.new = text)} />
                <TextField id="new-again" label="New passphrase again" kind="password" autocomplete="new-password" value={typed.again.clone()} hint={differ(&typed)}
                    on_change={put(&draft, |typed: &mut Typed, text: String| typed.again = text)} />
            </div>
            <div class="line"><button type="submit" class="button" disabled={typed.new != typed.again}>{ "Change it" }</button></div>
        </form>
    }
}
