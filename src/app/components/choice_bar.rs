//! A bar over a list with what can be done with the lines that are chosen; it stays in view while the list is scrolled.

use yew::prelude::*;

/// What the bar needs.
#[derive(Properties, PartialEq)]
pub struct ChoiceBarProps {
    /// What it is for.
    pub label: AttrValue,
    /// How many are chosen, in words.
    pub said: AttrValue,
    /// Buttons.
    pub children: Children,
}

/// Draws the bar.
#[component]
pub fn ChoiceBar(props: &ChoiceBarProps) -> Html {
    html! {
        <div class="choice" role="group" aria-label={props.label.clone()}>
            <p role="status">{ props.said.clone() }</p>
            { props.children.clone() }
        </div>
    }
}
