//! The left rail: the seven sections, with what waits in each.

use certwright_workbench::route::{Route, Section};
use yew::prelude::*;

/// What the rail needs.
#[derive(Properties, PartialEq)]
pub struct RailProps {
    pub here: Section,
    /// Pending requests.
    pub pending: usize,
}

/// Draws the rail.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    html! {
        <nav class="rail" aria-label="Sections">
            <a class="brand" href={link(&Route::Desk)}>{ mark() }{ "Certwright" }</a>
            <ul>
                { for Section::ALL.into_iter().map(|section| {
                    let current = (section == props.here).then_some("page");
                    html! {
                        <li>
                            <a href={link(&section.route())} aria-current={current}>
                                { section.label() }
                                if section == Section::Requests && props.pending > 0 {
                                    <span class="count">{ props.pending }<span class="unseen">{ " pending" }</span></span>
                                }
                            </a>
                        </li>
                    }
                }) }
            </ul>
        </nav>
    }
}

/// The address of a route within the page.
pub fn link(route: &Route) -> String {
    format!("#{}", route.hash())
}

fn mark() -> Html {
    html! {
        <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.2"
            stroke-linejoin="round" stroke-linecap="round">
            <path d="M4 6h24v14H18" />
            <path d="M4 6v14h6" />
            <circle cx="14" cy="20" r="4" />
            <path d="M11.5 23.5 10 29l4-2 4 2-1.500-5.500" />
            <path d="M9 11h14M9 15h6" />
        </svg>
    }
}
