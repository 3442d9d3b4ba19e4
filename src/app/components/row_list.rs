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
    /// The lines that are drawn.
    pub rows: Vec<Row>,
    /// What the list is of.
    pub label: AttrValue,
    /// How many lines there would be in all; without a number these are all.
    #[prop_or_default]
    pub total: usize,
    /// More of them are wanted.
    #[prop_or_default]
    pub on_more: Callback<MouseEvent>,
}

/// Lines drawn at first; more on demand, so that ten thousand don't freeze the page.
const FIRST: usize = 50;

/// How many lines are to be drawn, and the way to have more.
#[hook]
pub fn use_shown() -> (usize, Callback<MouseEvent>) {
    let shown = use_state(|| FIRST);
    let on_more = use_callback(shown.clone(), |_: MouseEvent, shown| shown.set(**shown + FIRST));
    (*shown, on_more)
}

/// Draws the list.
#[component]
pub fn RowList(props: &RowListProps) -> Html {
    let rest = props.total.saturating_sub(props.rows.len());
    html! {
        <>
            <ul class="rows" aria-label={props.label.clone()}>
                { for props.rows.iter().map(|row| html! {
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
                <p><button type="button" class="button" onclick={props.on_more.clone()}>{ format!("Show {} more of {rest}", rest.min(FIRST)) }</button></p>
            }
        </>
    }
}
