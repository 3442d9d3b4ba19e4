//! Two columns of values, with a word for how each pair stands to each other.

use certwright_pki::compare::Verdict;
use certwright_workbench::view::Line;
use yew::prelude::*;

/// What the table needs.
#[derive(Properties, PartialEq)]
pub struct DifferenceTableProps {
    pub lines: Vec<Line>,
    /// What stands in the left column, and in the right one.
    pub left: AttrValue,
    pub right: AttrValue,
    /// Leaves out what is the same.
    pub only_different: bool,
}

/// Draws the table.
#[component]
pub fn DifferenceTable(props: &DifferenceTableProps) -> Html {
    let shown = props.lines.iter().filter(|line| !props.only_different || line.verdict != Verdict::Same);
    html! {
        <div class="differences" tabindex="0" role="group" aria-label="Comparison">
            <table>
                <thead><tr>
                    <th scope="col">{ "Field" }</th>
                    <th scope="col">{ props.left.clone() }</th>
                    <th scope="col">{ props.right.clone() }</th>
                    <th scope="col">{ "Stands" }</th>
                </tr></thead>
                <tbody>{ for shown.map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(line: &Line) -> Html {
    html! {
        <tr data-verdict={line.word} data-depth={line.depth.min(6).to_string()}>
            <th scope="row">{ line.label.clone() }</th>
            <td>{ value(line.left.as_deref()) }</td>
            <td>{ value(line.right.as_deref()) }</td>
            <td>{ line.word }</td>
        </tr>
    }
}

fn value(value: Option<&str>) -> Html {
    match value {
        None => html! { <span class="soft">{ "–" }<span class="unseen">{ "not there" }</span></span> },
        Some(text) => html! { { text.to_owned() } },
    }
}
