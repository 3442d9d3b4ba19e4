//! The page that is shown while the vault is locked.

use crate::components::field::TextField;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::update::ERASE_WORD;
use certwright_workbench::view;
use yew::prelude::*;

/// Draws the lock.
#[component]
pub fn LockPage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let typed = use_state(String::new);
    let view = view::vault(&state);
    let on_submit = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::UnlockWanted(Passphrase::new((*typed).clone())));
        })
    };
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    html! {
        <main class="lock" id="main" tabindex="-1">
            <h1>{ "Certwright" }</h1>
            <form class="card" onsubmit={on_submit}>
                <h2>{ "Unlock the vault" }</h2>
                { for view.says.iter().map(|line| html! { <p class="soft">{ line.clone() }</p> }) }
                <TextField id="unlock" label="Passphrase" kind="password" autocomplete="current-password" value={(*typed).clone()} {on_change} />
                <WaitBox wait={view.wait.clone()} label="Opening" />
                <div class="line"><button type="submit" class="button" data-kind="primary" disabled={view.wait.running.is_some()}>{ "Unlock" }</button></div>
            </form>
            <EraseForm />
        </main>
    }
}

/// The way out for a person who has lost the passphrase.
#[component]
fn EraseForm() -> Html {
    let dispatch = use_dispatch();
    let typed = use_state(String::new);
    let on_submit = {
        let typed = typed.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::EraseWanted { confirmed: (*typed).clone() });
        })
    };
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |text| typed.set(text))
    };
    html! {
        <details>
            <summary>{ "The passphrase is lost" }</summary>
            <form class="card" onsubmit={on_submit}>
                <p>{ "No one can recover it. If you have a backup file whose passphrase you know, erase this vault, and restore the backup into a new one. Otherwise its keys are lost for good." }</p>
                <TextField id="erase" label={format!("Type the word {ERASE_WORD} to remove everything in this vault")} value={(*typed).clone()} {on_change} />
                <div class="line"><button type="submit" class="button" data-kind="danger">{ "Erase this vault" }</button></div>
            </form>
        </details>
    }
}
