//! Asks for the password of what was opened, and says before what it costs.

use super::field::{TextField, TickField};
use super::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft};
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::view::LockedView;
use yew::prelude::*;

/// What the box needs.
#[derive(Properties, PartialEq)]
pub struct UnlockBoxProps {
    pub id: ObjectId,
    pub view: LockedView,
}

#[derive(Clone, Default)]
struct Typed {
    password: String,
    all: bool,
}

/// Draws the form.
#[component]
pub fn UnlockBox(props: &UnlockBoxProps) -> Html {
    let dispatch = use_dispatch();
    let draft = use_draft(Typed::default);
    let others = props.view.others.len();
    let on_submit = {
        let (draft, id, others) = (draft.clone(), props.id.clone(), props.view.others.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut objects = vec![id.clone()];
            if draft.0.all {
                objects.extend(others.iter().cloned());
            }
            let password = Passphrase::new(draft.0.password.clone());
            dispatch.emit(Action::UnlockObjects { objects, password });
        })
    };
    html! {
        <form class="card unlock" data-next="true" onsubmit={on_submit} aria-labelledby="unlock-title">
            <h2 id="unlock-title">{ "It asks for a password" }</h2>
            <TextField id="unlock-password" label="Password of the file" kind="password" value={draft.0.password.clone()}
                hint={props.view.cost.clone()} on_change={put(&draft, |typed: &mut Typed, text: String| typed.password = text)} />
            if others > 0 {
                <TickField id="unlock-all" value={draft.0.all}
                    label={props.view.all.clone()}
                    on_change={put(&draft, |typed: &mut Typed, ticked: bool| typed.all = ticked)} />
            }
            <WaitBox wait={props.view.wait.clone()} label="Opening" />
            <div class="line"><button type="submit" class="button" data-kind="primary">{ "Open it" }</button></div>
        </form>
    }
}
