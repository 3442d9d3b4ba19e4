//! Octets in hexadecimal and as letters, with a part of them marked; a cursor moves with the mouse and the arrow
//! keys. What an octet belongs to is the page's business.

use super::long_list::LongList;
use crate::platform::form;
use crate::platform::scroll::Scroller;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Octets in a line.
const WIDTH: usize = 16;

/// What the view needs.
#[derive(Properties, PartialEq)]
pub struct HexViewProps {
    pub bytes: Rc<Vec<u8>>,
    /// First octet and the one behind the last.
    pub mark: (usize, usize),
    pub cursor: usize,
    pub on_cursor: Callback<usize>,
}

/// Draws the octets.
#[component]
pub fn HexView(props: &HexViewProps) -> Html {
    let HexViewProps { bytes, mark, cursor, on_cursor } = props;
    let lines = {
        let (bytes, mark, cursor) = (bytes.clone(), *mark, *cursor);
        Callback::from(move |range: Range<usize>| {
            html! { { for range.map(|number| line(&bytes, number, mark, cursor)) } }
        })
    };
    let on_key = {
        let (on_cursor, cursor, last) = (on_cursor.clone(), *cursor, bytes.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" => cursor.saturating_sub(1),
                "ArrowRight" => cursor + 1,
                "ArrowUp" => cursor.saturating_sub(WIDTH),
                "ArrowDown" => cursor + WIDTH,
                "PageUp" => cursor.saturating_sub(WIDTH * 16),
                "PageDown" => cursor + WIDTH * 16,
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            on_cursor.emit(to.min(last));
        })
    };
    let on_click = {
        let on_cursor = on_cursor.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(at) = form::datum(&event, "data-at").and_then(|at| at.parse().ok()) {
                on_cursor.emit(at);
            }
        })
    };
    html! {
        <div class="hex" onclick={on_click}>
            <LongList id="octets" label="Octets; the arrow keys move the cursor" count={bytes.len().div_ceil(WIDTH)} {lines} {on_key}
                scroller={Scroller::Own} reveal={Some(*cursor / WIDTH)} />
        </div>
    }
}

fn line(bytes: &[u8], number: usize, mark: (usize, usize), cursor: usize) -> Html {
    let start = number * WIDTH;
    let octets = bytes.get(start..bytes.len().min(start + WIDTH)).unwrap_or_default();
    let letters: String = octets
        .iter()
        .map(|octet| if (0x20..0x7f).contains(octet) { char::from(*octet) } else { '·' })
        .collect();
    html! {
        <li key={number}>
            <span class="offset">{ format!("{start:06x}") }</span>
            <span class="octets">
                { for octets.iter().enumerate().map(|(column, octet)| {
                    let at = start + column;
                    let marked = (mark.0..mark.1).contains(&at).then_some("true");
                    html! { <b data-at={at.to_string()} data-marked={marked} data-cursor={(at == cursor).then_some("true")}>{ format!("{octet:02x}") }</b> }
                }) }
            </span>
            <span class="letters" aria-hidden="true">{ letters }</span>
        </li>
    }
}
