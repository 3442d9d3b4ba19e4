//! The steps of the exchange, with the one to do next.

use super::rail::link;
use certwright_workbench::view::{Step, StepState};
use yew::prelude::*;

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct StepListProps {
    pub steps: Vec<Step>,
}

/// Draws the steps.
#[component]
pub fn StepList(props: &StepListProps) -> Html {
    html! { <ol class="steps">{ for props.steps.iter().map(step) }</ol> }
}

fn step(step: &Step) -> Html {
    let (name, word) = match step.state {
        StepState::Done => ("done", "Done: "),
        StepState::Next => ("next", "Next: "),
        StepState::Later => ("later", ""),
    };
    html! {
        <li data-state={name}>
            <span class="mark" aria-hidden="true"></span>
            <div>
                <h3><span class="unseen">{ word }</span>{ step.title }</h3>
                <p class="soft small">{ step.says.clone() }</p>
            </div>
            if step.state == StepState::Next {
                <a class="button" data-kind="primary" href={link(&step.route)}>{ step.action }</a>
            } else if step.state == StepState::Done {
                <a class="button" data-kind="small" href={link(&step.route)}>{ "Open" }<span class="unseen">{ format!(": {}", step.title) }</span></a>
            }
        </li>
    }
}
