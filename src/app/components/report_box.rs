//! A judgement: the verdict, the chain with each certificate's state, what is missing and why.

use super::advice::advices;
use super::badge::{BadgeView, badges};
use super::fact_list::FactList;
use certwright_workbench::view::{LinkRow, Mood, ReportView};
use yew::prelude::*;

/// What a judgement needs.
#[derive(Properties, PartialEq)]
pub struct ReportBoxProps {
    pub report: ReportView,
    /// The store that it was judged by.
    pub store: AttrValue,
}

/// Draws the judgement.
#[component]
pub fn ReportBox(props: &ReportBoxProps) -> Html {
    let report = &props.report;
    let mood = if report.verdict.mood == Mood::Good { Mood::Warn } else { Mood::Bad };
    html! {
        <div class="report stack">
            <p class="line">{ format!("Against {}:", props.store) }<BadgeView badge={report.verdict.clone()} /></p>
            { advices(&report.reasons, mood) }
            <div class="chain" tabindex="0" role="group" aria-label="Chain">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Certificate" }</th><th scope="col">{ "Role" }</th>
                        <th scope="col">{ "Valid until" }</th><th scope="col">{ "State" }</th>
                    </tr></thead>
                    <tbody>{ for report.links.iter().map(link_row) }</tbody>
                </table>
            </div>
            if let Some(facts) = &report.missing { <FactList facts={facts.clone()} /> }
            if !report.unused.is_empty() {
                <p class="soft">{ format!("Sent, but not part of the chain: {}", report.unused.join(", ")) }</p>
            }
        </div>
    }
}

fn link_row(link: &LinkRow) -> Html {
    html! {
        <tr>
            <td>{ link.label.clone() }</td>
            <td>{ link.role }</td>
            <td>{ link.expires.clone() }</td>
            <td><span class="line">{ badges(&link.badges) }</span></td>
        </tr>
    }
}
