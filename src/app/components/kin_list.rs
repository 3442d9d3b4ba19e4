//! Things that hang together with an object: what has the same key, what signed it, what it signed.

use super::rail::link;
use certwright_workbench::job::Bond;
use certwright_workbench::view::{BondRow, CardRow};
use yew::prelude::*;

/// What has the same key.
#[derive(Properties, PartialEq)]
pub struct KinListProps {
    pub rows: Vec<CardRow>,
}

/// Draws what has the same key.
#[component]
pub fn KinList(props: &KinListProps) -> Html {
    html! {
        <ul class="kin">
            { for props.rows.iter().map(|row| html! {
                <li data-here={row.here.to_string()}>
                    <span class="what">{ row.what.clone() }</span>
                    if row.here { <strong>{ format!("{} (this one)", row.label) }</strong> }
                    else if let Some(route) = &row.route { <a href={link(route)}>{ row.label.clone() }</a> }
                    else { <span>{ row.label.clone() }</span> }
                </li>
            }) }
        </ul>
    }
}

/// Signers, or what was signed.
#[derive(Properties, PartialEq)]
pub struct BondListProps {
    pub rows: Vec<BondRow>,
}

/// Draws signers, or what was signed; a name alone looks different from a signature that verifies.
#[component]
pub fn BondList(props: &BondListProps) -> Html {
    html! {
        <ul class="kin">
            { for props.rows.iter().map(|row| html! {
                <li data-bond={if row.bond == Bond::Signed { "signed" } else { "name" }}>
                    <a href={link(&row.route)}>{ row.label.clone() }</a>
                    <span class="words">{ row.words }</span>
                </li>
            }) }
        </ul>
    }
}
