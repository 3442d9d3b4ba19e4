//! Asks a revocation list: what it says of the certificates that are here, and of a number that is typed.

use super::badge::BadgeView;
use super::field::TextField;
use super::rail::link;
use crate::session::use_snapshot;
use certwright_workbench::id::ObjectId;
use certwright_workbench::view;
use yew::prelude::*;

/// What the box needs.
#[derive(Properties, PartialEq)]
pub struct RevokedBoxProps {
    /// The revocation list.
    pub id: ObjectId,
}

/// Draws the question and the answers.
#[component]
pub fn RevokedBox(props: &RevokedBoxProps) -> Html {
    let state = use_snapshot();
    let typed = use_state(String::new);
    let here = (props.id.clone(), (*typed).clone(), state.opened.len(), state.desk.certificates.len());
    // A long list takes some milliseconds, too long for every change elsewhere.
    let view = use_memo(here, |(id, typed, ..)| view::revoked(&state, id, typed));
    let on_change = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(text))
    };
    let Some(view) = &*view else { return html! {} };
    html! {
        <section class="card revoked" aria-labelledby="revoked-title">
            <h2 id="revoked-title">{ "Whom it revokes" }</h2>
            <TextField id="revoked-serial" label="Look up a serial number" value={(*typed).clone()}
                hint="Hexadecimal with or without colons, or decimal" {on_change} />
            <p role="status">if let Some(answer) = &view.answer { <BadgeView badge={answer.clone()} /> }</p>
            if view.known.is_empty() {
                <p class="soft">{ "No certificate of this issuer is open or on the desk." }</p>
            } else {
                <ul class="kin">
                    { for view.known.iter().map(|row| html! {
                        <li><a href={link(&row.route)}>{ row.label.clone() }</a><BadgeView badge={row.said.clone()} /></li>
                    }) }
                </ul>
            }
        </section>
    }
}
