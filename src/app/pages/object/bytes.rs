//! The third depth: the ASN.1 tree and the octets.

use certwright_workbench::view::ObjectView;
use yew::prelude::*;

/// What the depth needs.
#[derive(Properties, PartialEq)]
pub(super) struct BytesProps {
    pub view: ObjectView,
    /// Octets to begin with.
    pub place: Option<(usize, usize)>,
}

/// Draws the third depth.
#[component]
pub(super) fn Bytes(_props: &BytesProps) -> Html {
    html! {}
}
