//! Something that runs, with how far it is and a way to stop it; or why it failed.

use super::advice::AdviceBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::view::{Running, WaitView};
use yew::prelude::*;

/// What a wait needs.
#[derive(Properties, PartialEq)]
pub struct WaitBoxProps {
    pub wait: WaitView,
    /// What is being done, for example `Making the key`.
    pub label: AttrValue,
}

/// Draws a wait; nothing if nothing runs and nothing failed.
#[component]
pub fn WaitBox(props: &WaitBoxProps) -> Html {
    match (&props.wait.running, &props.wait.failed) {
        (Some(running), _) => html! { <RunningBox running={running.clone()} label={props.label.clone()} /> },
        (None, Some(advice)) => html! { <AdviceBox advice={advice.clone()} /> },
        (None, None) => html! {},
    }
}

#[derive(Properties, PartialEq)]
struct RunningBoxProps {
    running: Running,
    label: AttrValue,
}

#[component]
fn RunningBox(props: &RunningBoxProps) -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let Running { done, total, since, job } = props.running.clone();
    let seconds = (state.now.0 - since.0).max(0);
    let on_cancel =
        job.map(|job| Callback::from(move |_: MouseEvent| dispatch.emit(Action::JobCancelled(job))));
    html! {
        <div class="wait">
            <p>{ format!("{}… {seconds} s", props.label) }</p>
            if total > 0 {
                <progress aria-label={props.label.clone()} value={done.to_string()} max={total.to_string()} />
            } else {
                <progress aria-label={props.label.clone()} />
            }
            if let Some(on_cancel) = on_cancel {
                <p><button type="button" class="button" onclick={on_cancel}>{ "Cancel" }</button></p>
            }
        </div>
    }
}
