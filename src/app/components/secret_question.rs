//! One question before a private key leaves, and what it means.
//!
//! Whether it has to be asked is the form's business.

use crate::platform::focus;
use yew::prelude::*;

const QUESTION: &str = "export-question";

/// What the question needs.
#[derive(Properties, PartialEq)]
pub struct SecretQuestionProps {
    /// No password protects it.
    pub bare: bool,
    /// The two passwords are not the same.
    pub differ: bool,
    pub on_no: Callback<MouseEvent>,
}

/// Asks once before a private key leaves; its button submits the form around it.
#[component]
pub fn SecretQuestion(props: &SecretQuestionProps) -> Html {
    // The button that was pressed is gone; the keyboard goes on from here.
    use_effect_with((), |()| focus::focus(QUESTION));
    html! {
        <div id={QUESTION} class="advice question" data-mood="warn" role="alert" tabindex="-1">
            <p class="title">{ "This file holds a private key." }</p>
            <p>
                { "Whoever has it can act as the server. " }
                { if props.bare { "It is not protected by a password: anybody who gets the file can use it." } else { "Its password is all that protects it." } }
            </p>
            <div class="line">
                <button type="submit" class="button" data-kind="primary" disabled={props.differ}>{ "Download the private key" }</button>
                <button type="button" class="button" onclick={props.on_no.clone()}>{ "No, leave it here" }</button>
            </div>
        </div>
    }
}
