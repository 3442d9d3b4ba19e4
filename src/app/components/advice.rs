//! What happened, why, and what to do now.

use super::badge::mood_name;
use certwright_workbench::explain::Advice;
use certwright_workbench::view::Mood;
use yew::prelude::*;

/// What an advice needs.
#[derive(Properties, PartialEq)]
pub struct AdviceProps {
    pub advice: Advice,
    #[prop_or(Mood::Bad)]
    pub mood: Mood,
}

/// Draws an advice.
#[component]
pub fn AdviceBox(props: &AdviceProps) -> Html {
    let Advice { title, detail, hint } = &props.advice;
    html! {
        <div class="advice" data-mood={mood_name(props.mood)}>
            <p class="title">{ title.clone() }</p>
            if !detail.is_empty() { <p>{ detail.clone() }</p> }
            if !hint.is_empty() { <p>{ hint.clone() }</p> }
        </div>
    }
}

/// Draws several.
pub fn advices(list: &[Advice], mood: Mood) -> Html {
    list.iter().map(|advice| html! { <AdviceBox advice={advice.clone()} {mood} /> }).collect()
}
