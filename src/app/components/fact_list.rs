//! Labels and values, with a copy button where people take the value along.

use crate::platform::{clipboard, clock};
use certwright_pki::UnixTime;
use certwright_workbench::view::Fact;
use yew::prelude::*;

/// What a list of facts needs.
#[derive(Properties, PartialEq)]
pub struct FactListProps {
    pub facts: Vec<Fact>,
}

/// Draws the list.
#[component]
pub fn FactList(props: &FactListProps) -> Html {
    html! {
        <dl class="facts">
            { for props.facts.iter().map(|fact| html! { <FactLine fact={fact.clone()} /> }) }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
struct FactLineProps {
    fact: Fact,
}

#[component]
fn FactLine(props: &FactLineProps) -> Html {
    let copied = use_state(|| false);
    let Fact { label, value, copy, code, at } = props.fact.clone();
    let on_copy = {
        let (copied, value) = (copied.clone(), value.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, value) = (copied.clone(), value.clone());
            yew::platform::spawn_local(async move { copied.set(clipboard::copy(&value).await) });
        })
    };
    html! {
        <>
            <dt>{ label }</dt>
            <dd>
                if code { <code>{ value }</code> } else { <span>{ value }{ local(at) }</span> }
                if copy {
                    <button type="button" class="button" data-kind="small" onclick={on_copy}>
                        { if *copied { "Copied" } else { "Copy" } }<span class="unseen">{ format!(" {label}") }</span>
                    </button>
                }
            </dd>
        </>
    }
}

/// The moment in the person's own time, if the browser can say it.
fn local(at: Option<UnixTime>) -> Html {
    match at.and_then(clock::local) {
        Some(local) => html! { <span class="local">{ format!("{local} here") }</span> },
        None => html! {},
    }
}
