//! A word with a mood: icon, word and colour together.

use certwright_workbench::view::{Badge, Mood};
use yew::prelude::*;

/// What a badge needs.
#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    pub badge: Badge,
}

/// The mood as an attribute.
pub fn mood_name(mood: Mood) -> &'static str {
    match mood {
        Mood::Good => "good",
        Mood::Warn => "warn",
        Mood::Bad => "bad",
        Mood::Plain => "plain",
    }
}

fn icon(mood: Mood) -> Html {
    let mark = match mood {
        Mood::Good => "✓",
        Mood::Warn => "!",
        Mood::Bad => "✕",
        Mood::Plain => return html! {},
    };
    html! { <span aria-hidden="true">{ mark }</span> }
}

/// Draws a badge.
#[component]
pub fn BadgeView(props: &BadgeProps) -> Html {
    let Badge { mood, text } = &props.badge;
    html! { <span class="badge" data-mood={mood_name(*mood)}>{ icon(*mood) }{ text.clone() }</span> }
}

/// Draws several badges.
pub fn badges(badges: &[Badge]) -> Html {
    badges.iter().map(|badge| html! { <BadgeView badge={badge.clone()} /> }).collect()
}
