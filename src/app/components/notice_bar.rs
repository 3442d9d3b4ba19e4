//! What was just said, to eyes and to screen readers.

use crate::session::use_dispatch;
use certwright_workbench::action::Action;
use certwright_workbench::state::{Notice, Tone};
use yew::prelude::*;

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub struct NoticeBarProps {
    pub notice: Option<Notice>,
}

/// Draws the bar. The live region itself is always there, so that a change within it is announced.
#[component]
pub fn NoticeBar(props: &NoticeBarProps) -> Html {
    let dispatch = use_dispatch();
    let on_dismiss = Callback::from(move |_: MouseEvent| dispatch.emit(Action::NoticeDismissed));
    html! {
        <div class="notice" role="status" aria-live="polite">
            if let Some(notice) = &props.notice {
                <div class="said" key={notice.number.to_string()} data-mood={if notice.tone == Tone::Good { "good" } else { "bad" }}>
                    <span>{ notice.text.clone() }</span>
                    <button type="button" class="button" data-kind="small" onclick={on_dismiss}>{ "Dismiss" }</button>
                </div>
            }
        </div>
    }
}
