//! The way between the depths of one object.

use super::rail::link;
use certwright_workbench::id::ObjectId;
use certwright_workbench::route::{Depth, Route};
use yew::prelude::*;

/// What the way needs.
#[derive(Properties, PartialEq)]
pub struct DepthNavProps {
    pub id: ObjectId,
    pub here: Depth,
    /// Those that there are.
    pub depths: Vec<Depth>,
}

/// Draws a link for each depth.
#[component]
pub fn DepthNav(props: &DepthNavProps) -> Html {
    html! {
        <nav class="depths" aria-label="How deep">
            { for props.depths.iter().map(|depth| html! {
                <a href={link(&Route::Object(props.id.clone(), *depth))} aria-current={(*depth == props.here).then_some("page")}>
                    { depth.label() }
                </a>
            }) }
        </nav>
    }
}
