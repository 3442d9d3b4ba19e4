//! The elements of an object as a tree that opens level by level. What an element means is said by the page.

use certwright_pki::Kind;
use certwright_pki::outline::{self, Element};
use certwright_workbench::view::Places;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Elements of a level that are shown at once.
const PAGE: usize = 100;

/// What the tree needs.
#[derive(Properties, PartialEq)]
pub struct OutlineTreeProps {
    /// What the octets are.
    pub kind: Kind,
    pub bytes: Rc<Vec<u8>>,
    pub places: Rc<Places>,
    /// The element that is chosen: first octet and the one behind the last.
    pub chosen: (usize, usize),
    pub on_choose: Callback<(usize, usize)>,
}

/// What is open.
#[derive(Clone, PartialEq, Default)]
struct Open {
    /// First octets of the elements whose parts are shown.
    starts: BTreeSet<usize>,
    /// From which part on, by the element's first octet.
    skip: BTreeMap<usize, usize>,
}

/// Draws the tree.
#[component]
pub fn OutlineTree(props: &OutlineTreeProps) -> Html {
    let open = use_state(Open::default);
    // The way to what is chosen is always open.
    {
        let (open, bytes) = (open.clone(), props.bytes.clone());
        use_effect_with(props.chosen, move |chosen| {
            let mut next = (*open).clone();
            let path = outline::path(&bytes, chosen.0);
            let mut within = 0..bytes.len();
            for whole in path {
                let place = outline::position(&bytes, within.clone(), whole.start);
                let around = within.start;
                let first = next.skip.get(&around).copied().unwrap_or_default();
                if !(first..first + PAGE).contains(&place) {
                    next.skip.insert(around, place / PAGE * PAGE);
                }
                if whole.start == chosen.0 && whole.end == chosen.1 {
                    break;
                }
                let level = outline::level(&bytes, within, place, 1);
                let Some(inside) = level.elements.into_iter().next().and_then(|one| one.inside) else {
                    break;
                };
                next.starts.insert(whole.start);
                within = inside;
            }
            if next != *open {
                open.set(next);
            }
        });
    }
    html! { <div class="outline">{ level(props, &open, 0..props.bytes.len(), 0) }</div> }
}

fn level(props: &OutlineTreeProps, open: &UseStateHandle<Open>, within: Range<usize>, depth: usize) -> Html {
    let skip = open.skip.get(&within.start).copied().unwrap_or_default();
    let level = outline::level_of(props.kind, &props.bytes, within.clone(), skip, PAGE);
    let turn = |to: usize| {
        let (open, at) = (open.clone(), within.start);
        Callback::from(move |_: MouseEvent| {
            let mut next = (*open).clone();
            next.skip.insert(at, to);
            open.set(next);
        })
    };
    html! {
        <ul>
            if skip > 0 {
                <li><button type="button" class="button" data-kind="small" onclick={turn(skip.saturating_sub(PAGE))}>{ format!("The {} before", PAGE.min(skip)) }</button></li>
            }
            { for level.elements.iter().map(|one| element(props, open, one, depth)) }
            if level.more {
                <li><button type="button" class="button" data-kind="small" onclick={turn(skip + PAGE)}>{ format!("Those after number {}", skip + PAGE) }</button></li>
            }
            if let Some(unread) = &level.unread {
                <li class="unread">{ format!("{} octets that are no element, from octet {}", unread.len(), unread.start) }</li>
            }
        </ul>
    }
}

fn element(props: &OutlineTreeProps, open: &UseStateHandle<Open>, one: &Element, depth: usize) -> Html {
    let whole = (one.whole.start, one.whole.end);
    let is_open = open.starts.contains(&whole.0);
    let inside = one.inside.clone().filter(|inside| !inside.is_empty() && depth < outline::MAX_DEPTH);
    let named = Some(one.title.as_ref()).filter(|title| !title.is_empty());
    let name = named.or_else(|| props.places.exact(whole));
    let said = name.map_or_else(|| one.label.clone(), str::to_owned);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| {
            let mut next = (*open).clone();
            if !next.starts.remove(&whole.0) {
                next.starts.insert(whole.0);
            }
            open.set(next);
        })
    };
    let choose = props.on_choose.reform(move |_: MouseEvent| whole);
    html! {
        <li key={whole.0}>
            <div class="element">
                if inside.is_some() {
                    <button type="button" class="twist" aria-expanded={is_open.to_string()} aria-label={format!("Parts of {said}, octet {}", whole.0)} onclick={toggle}>
                        { if is_open { "▾" } else { "▸" } }
                    </button>
                }
                <button type="button" class="choose" aria-pressed={(whole == props.chosen).to_string()} onclick={choose}>
                    if let Some(name) = name { <strong>{ name.to_owned() }</strong>{ " " } }
                    <span class="type">{ one.label.clone() }</span>{ " " }
                    if !one.text.is_empty() { <span class="text">{ one.text.clone() }</span> }
                    if !one.problem.is_empty() { <span class="unread">{ one.problem.clone() }</span> }
                </button>
            </div>
            if is_open { if let Some(inside) = inside { { level(props, open, inside, depth + 1) } } }
        </li>
    }
}
