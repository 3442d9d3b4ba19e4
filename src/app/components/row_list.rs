//! A list of things that can be opened.

use super::badge::badges;
use super::rail::link;
use certwright_workbench::route::Route;
use certwright_workbench::view::Badge;
use yew::prelude::*;

/// One line.
#[derive(Clone, PartialEq)]
pub struct Row {
    pub key: String,
    pub route: Route,
    pub title: String,
    /// What stands below the title.
    pub more: String,
    pub badges: Vec<Badge>,
}

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct RowListProps {
    pub rows: Vec<Row>,
    /// What the list is of.
    pub label: AttrValue,
}

/// Lines drawn at first; more on demand, so that ten thousand don't freeze the page.
const FIRST: usize = 100;

/// Draws the list.
#[component]
pub fn RowList(props: &RowListProps) -> Html {
    let shown = use_state(|| FIRST);
    let rest = props.rows.len().saturating_sub(*shown);
    let on_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST))
    };
    html! {
        <>
            <ul class="rows" aria-label={props.label.clone()}>
                { for props.rows.iter().take(*shown).map(|row| html! {
                    <li key={row.key.clone()}>
                        <a class="row" href={link(&row.route)}>
                            <strong>{ row.title.clone() }</strong>
                            <span class="marks">{ badges(&row.badges) }</span>
                            <span class="more">{ row.more.clone() }</span>
                        </a>
                    </li>
                }) }
            </ul>
            if rest > 0 {
                <p><button type="button" class="button" onclick={on_more}>{ format!("Show {} more of {rest}", rest.min(FIRST)) }</button></p>
            }
        </>
    }
}
