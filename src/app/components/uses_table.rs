//! What a certificate is usable for, and why not.

use super::badge::BadgeView;
use certwright_workbench::view::{Badge, Mood, UseRow};
use yew::prelude::*;

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct UsesTableProps {
    pub uses: Vec<UseRow>,
}

/// Draws the table.
#[component]
pub fn UsesTable(props: &UsesTableProps) -> Html {
    html! {
        <table class="uses">
            <thead><tr><th scope="col">{ "Usable for" }</th><th scope="col">{ "" }<span class="unseen">{ "Answer" }</span></th><th scope="col">{ "Because" }</th></tr></thead>
            <tbody>
                { for props.uses.iter().map(|line| {
                    let badge = if line.usable { Badge::new(Mood::Good, "Yes") } else { Badge::new(Mood::Plain, "No") };
                    html! { <tr><td>{ line.what.clone() }</td><td><BadgeView {badge} /></td><td class="soft">{ line.why.clone() }</td></tr> }
                }) }
            </tbody>
        </table>
    }
}
