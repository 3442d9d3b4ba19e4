//! Two objects beside each other.

use certwright_workbench::id::ObjectId;
use yew::prelude::*;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct ComparePageProps {
    pub left: ObjectId,
    pub right: ObjectId,
}

/// Draws the comparison.
#[component]
pub fn ComparePage(_props: &ComparePageProps) -> Html {
    html! {}
}
