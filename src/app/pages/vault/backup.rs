//! Backups: written, confirmed, opened, looked at and merged.

use crate::components::field::TextField;
use crate::platform::files;
use crate::session::{put, use_dispatch, use_draft};
use certwright_workbench::action::Action;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::state::Restore;
use std::rc::Rc;
use yew::prelude::*;

/// A backup larger than this is not read: 256 MiB.
const BACKUP_LIMIT: u64 = 256 * 1024 * 1024;

#[derive(Properties, PartialEq)]
pub(super) struct BackupCardProps {
    pub(super) last: String,
    pub(super) unconfirmed: bool,
}

/// The form that writes a backup.
#[component]
pub(super) fn BackupCard(props: &BackupCardProps) -> Html {
    let dispatch = use_dispatch();
    let passphrase = use_state(String::new);
    let on_submit = {
        let (dispatch, passphrase) = (dispatch.clone(), passphrase.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::BackupWanted(Passphrase::new((*passphrase).clone())));
        })
    };
    let on_confirm = Callback::from(move |_: MouseEvent| dispatch.emit(Action::BackupConfirmed));
    let on_change = {
        let passphrase = passphrase.clone();
        Callback::from(move |text| passphrase.set(text))
    };
    html! {
        <form class="card" onsubmit={on_submit}>
            <h2>{ "Backup" }</h2>
            <p>{ format!("One encrypted file with everything, private keys included. Last backup: {}.", props.last) }</p>
            <TextField id="backup-passphrase" label="Passphrase of the backup" kind="password" autocomplete="new-password" value={(*passphrase).clone()} {on_change}
                hint="May be the vault’s. Without it the file can’t be opened." />
            <div class="line"><button type="submit" class="button" data-kind="primary">{ "Write a backup file" }</button></div>
            if props.unconfirmed {
                <div class="advice" data-mood="warn">
                    <p class="title">{ "Is the file there?" }</p>
                    <p>{ "Look in your downloads, and put it where you will find it. It counts as a backup when you have it." }</p>
                    <p><button type="button" class="button" onclick={on_confirm}>{ "I have the file" }</button></p>
                </div>
            }
        </form>
    }
}

#[derive(Clone, PartialEq, Default)]
struct Chosen {
    name: String,
    bytes: Rc<Vec<u8>>,
    passphrase: String,
}

#[derive(Properties, PartialEq)]
pub(super) struct RestoreCardProps {
    pub(super) restore: Option<Rc<Restore>>,
}

/// The form that opens a backup, and what it holds.
#[component]
pub(super) fn RestoreCard(props: &RestoreCardProps) -> Html {
    let dispatch = use_dispatch();
    let draft = use_draft(Chosen::default);
    let chosen = draft.0.clone();
    let on_pick = {
        let draft = draft.clone();
        Callback::from(move |event: Event| {
            let dispatcher = draft.dispatcher();
            yew::platform::spawn_local(async move {
                for file in files::picked(event).into_files() {
                    let name = file.name.clone();
                    if let Ok(bytes) = files::read(file, BACKUP_LIMIT).await {
                        let bytes = Rc::new(bytes);
                        dispatcher.dispatch(Box::new(move |chosen: &mut Chosen| {
                            (chosen.name, chosen.bytes) = (name, bytes)
                        }));
                    }
                }
            });
        })
    };
    let on_submit = {
        let (dispatch, chosen) = (dispatch.clone(), chosen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let passphrase = Passphrase::new(chosen.passphrase.clone());
            dispatch.emit(Action::BackupBrought { bytes: chosen.bytes.to_vec(), passphrase });
        })
    };
    html! {
        <form class="card" onsubmit={on_submit}>
            <h2>{ "Restore" }</h2>
            <p>{ "What the backup has and the desk lacks is added. Nothing that is here is overwritten." }</p>
            <div class="line">
                <label class="button pick">{ "Choose a backup file" }<input type="file" id="backup-file" onchange={on_pick} /></label>
                <span class="soft">{ if chosen.name.is_empty() { "no file chosen".to_owned() } else { chosen.name.clone() } }</span>
            </div>
            <TextField id="restore-passphrase" label="Its passphrase" kind="password" autocomplete="off" value={chosen.passphrase.clone()}
                on_change={put(&draft, |chosen: &mut Chosen, text: String| chosen.passphrase = text)} />
            <div class="line"><button type="submit" class="button" disabled={chosen.name.is_empty()}>{ "Open the backup" }</button></div>
            if let Some(restore) = &props.restore { <RestoreList restore={restore.clone()} /> }
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct RestoreListProps {
    restore: Rc<Restore>,
}

#[component]
fn RestoreList(props: &RestoreListProps) -> Html {
    let dispatch = use_dispatch();
    let restore = &props.restore;
    let on_merge = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::RestoreWanted))
    };
    let on_drop = Callback::from(move |_: MouseEvent| dispatch.emit(Action::RestoreDropped));
    html! {
        <div class="stack">
            <h3>{ format!("New: {}. Already here: {}. Different here, and kept as it is: {}.", restore.fresh.len(), restore.same, restore.different.len()) }</h3>
            <ul>{ for restore.fresh.iter().map(|title| html! { <li>{ title.clone() }</li> }) }</ul>
            <ul>{ for restore.different.iter().map(|title| html! { <li class="soft">{ format!("kept: {title}") }</li> }) }</ul>
            <div class="line">
                <button type="button" class="button" data-kind="primary" onclick={on_merge}>{ "Add what is new" }</button>
                <button type="button" class="button" onclick={on_drop}>{ "Leave it" }</button>
            </div>
        </div>
    }
}
