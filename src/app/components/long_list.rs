//! A list of any length: only the lines that are seen are drawn. What a line shows is the page's business.

use crate::platform::scroll::{self, Scroller, Seen};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Lines drawn beyond what is seen, so that the keyboard always finds the next one.
const MARGIN: usize = 8;
/// A line's height in pixels until one was measured.
const GUESS: f64 = 80.0;
/// Lines drawn before anything was measured.
const FIRST: usize = 20;

/// What the list needs.
#[derive(Properties, PartialEq)]
pub struct LongListProps {
    pub id: AttrValue,
    /// What the list is of.
    pub label: AttrValue,
    /// How many lines there are.
    pub count: usize,
    /// Draws these lines, each as an `li`.
    pub lines: Callback<Range<usize>, Html>,
    /// Draws all lines as one class of list.
    #[prop_or_default]
    pub class: Classes,
    /// `Scroller::Own` for a box of its own that scrolls; it takes the focus and these keys then.
    #[prop_or(Scroller::Window)]
    pub scroller: Scroller,
    #[prop_or_default]
    pub on_key: Callback<KeyboardEvent>,
    /// A line that is brought into view whenever it changes.
    #[prop_or_default]
    pub reveal: Option<usize>,
}

/// Draws the list.
#[component]
pub fn LongList(props: &LongListProps) -> Html {
    let (outer, inner) = (format!("{}-all", props.id), props.id.to_string());
    let drawn = use_state_eq(|| 0..FIRST);
    let height = use_mut_ref(|| GUESS);
    // The line that is still to be brought into view; heights change while lines are drawn, so it may take two rounds.
    let wanted = use_mut_ref(|| None::<usize>);
    let asked = use_mut_ref(|| None::<usize>);
    if *asked.borrow() != props.reveal {
        *asked.borrow_mut() = props.reveal;
        *wanted.borrow_mut() = props.reveal;
    }
    let place = {
        let (drawn, height, count) = (drawn.clone(), height.clone(), props.count);
        Rc::new(move |seen: Seen| drawn.set(range(seen, *height.borrow(), count)))
    };
    {
        let (outer, place) = (outer.clone(), place.clone());
        use_effect_with((props.count, outer, props.scroller), move |(_, outer, scroller)| {
            if let Some(seen) = scroll::seen(outer, *scroller) {
                place(seen);
            }
            let watch = scroll::Watch::begin(outer, *scroller, place);
            move || drop(watch)
        });
    }
    let shown = drawn.start.min(props.count)..drawn.end.min(props.count);
    {
        let (inner, outer, shown, count) = (inner.clone(), outer.clone(), shown.clone(), props.count);
        use_effect(move || {
            if let Some(measured) = scroll::first_height(&inner) {
                *height.borrow_mut() = measured;
            }
            let height = *height.borrow();
            // The space is as high as all lines together and never changes while one scrolls.
            scroll::set_height(&format!("{outer}-space"), count as f64 * height);
            scroll::set_top(&inner, shown.start as f64 * height);
            if wanted.borrow().is_some_and(|line| is_revealed(&outer, line as f64 * height, height)) {
                *wanted.borrow_mut() = None;
            }
        });
    }
    let own = props.scroller == Scroller::Own;
    html! {
        <div id={outer.clone()} class="long" data-own={own.to_string()} tabindex={own.then_some("0")}
            role={own.then_some("group")} aria-label={own.then(|| props.label.clone())} onkeydown={props.on_key.clone()}>
            <div id={format!("{outer}-space")} />
            <ul id={inner} class={props.class.clone()} aria-label={props.label.clone()}>
                { props.lines.emit(shown) }
            </ul>
        </div>
    }
}

/// Brings a line into view; false if there is not yet room enough to scroll that far.
fn is_revealed(outer: &str, top: f64, height: f64) -> bool {
    let in_view = |seen: Seen| top >= seen.above && top + height <= seen.above + seen.window;
    let Some(seen) = scroll::seen(outer, Scroller::Own) else { return true };
    if in_view(seen) {
        return true;
    }
    scroll::scroll_to(outer, (top - seen.window / 3.0).max(0.0));
    scroll::seen(outer, Scroller::Own).is_none_or(in_view)
}

/// The lines under the window, with a margin.
fn range(seen: Seen, height: f64, count: usize) -> Range<usize> {
    let first = (seen.above / height).floor().max(0.0) as usize;
    let start = first.saturating_sub(MARGIN).min(count);
    let end = first + (seen.window / height).ceil() as usize + 2 * MARGIN;
    start..end.min(count).max(start)
}
