//! The elements of an ASN.1 value level by level, for a viewer: each level costs as much as it is long, and can be
//! taken in pages, so that a list of a hundred thousand entries opens at once.
//!
//! Nothing is judged here: what an element means is said by `describe`, whose fields have the same places. The steps
//! of each call are bounded, and nothing is kept between calls.

mod place;
mod schema;
mod walk;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Kind;
use place::{Place, Places};
use walk::{Raw, Walk};
use words::Openness;

/// Deepest nesting that is followed.
pub const MAX_DEPTH: usize = 64;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Identifier, length and content octets, and the end-of-contents octets of an indefinite length.
    pub whole: Range<usize>,
    /// The content octets.
    pub content: Range<usize>,
    /// The type, `SEQUENCE`, or the number of another tag, `[0]`.
    pub label: String,
    /// What the structure calls it, for scripts, `serial-number`; empty where that is not known.
    pub name: Cow<'static, str>,
    /// What the structure calls it, for people; empty where that is not known.
    pub title: Cow<'static, str>,
    /// A primitive value in words, shortened; for what is made of elements, what names it, if anything does.
    pub text: String,
    /// An object identifier, or the one that names what is made of elements, dotted.
    pub oid: Option<String>,
    /// What its own elements are in: the content, or what an OCTET STRING or BIT STRING wraps. None for a plain value.
    pub inside: Option<Range<usize>>,
    /// What is wrong with it; empty if nothing is.
    pub problem: Cow<'static, str>,
}

/// Some elements of one level.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Level {
    /// The elements of the page that was asked for.
    pub elements: Vec<Element>,
    /// Further elements follow the page.
    pub more: bool,
    /// Octets at the end that are no element.
    pub unread: Option<Range<usize>>,
}

/// The elements in a part of the input, without the first `skip`, at most `count` of them.
///
/// The time is linear in the elements up to the end of the page, apart from those of indefinite length, which are
/// walked whole.
#[must_use]
pub fn level(input: &[u8], within: Range<usize>, skip: usize, count: usize) -> Level {
    page(&mut Walk::new(input), within, Places::default(), Openness::Open, skip, count)
}

/// The same for an object of a known kind: elements have the names of its structure, and of private keys nothing is
/// put into words but identifiers.
///
/// Takes time with the width of the levels above, too.
#[must_use]
pub fn level_of(kind: Kind, input: &[u8], within: Range<usize>, skip: usize, count: usize) -> Level {
    let mut walk = Walk::new(input);
    let mut places = None;
    let top = Places::of(Place::top(kind, input));
    if within.start == 0 && within.end >= input.len() {
        places = Some(top);
    } else {
        descend(&mut walk, top, within.start, |raw, place, inside| {
            if inside.as_ref() == Some(&within) {
                places = Some(place.places(&raw.octets(input)));
            }
            places.is_none()
        });
    }
    page(&mut walk, within, places.unwrap_or_default(), Openness::of(kind), skip, count)
}

/// The elements around an octet, from the outermost to the innermost.
#[must_use]
pub fn path(input: &[u8], at: usize) -> Vec<Range<usize>> {
    let mut path = Vec::new();
    descend(&mut Walk::new(input), Places::default(), at, |raw, _, _| {
        path.push(raw.whole.clone());
        true
    });
    path
}

/// Where among the elements around it the one at this place stands.
#[must_use]
pub fn position(input: &[u8], within: Range<usize>, start: usize) -> usize {
    let mut walk = Walk::new(input);
    let (mut at, end) = (within.start, within.end.min(input.len()));
    let mut count = 0;
    while at < end && at < start && !walk.is_tired() {
        at = walk.read(at, end).whole.end;
        count += 1;
    }
    count
}

/// Walks down through the elements around an octet, as long as `visit` wants more.
fn descend(
    walk: &mut Walk<'_>,
    mut places: Places,
    at: usize,
    mut visit: impl FnMut(&Raw, &Place, &Option<Range<usize>>) -> bool,
) {
    let bytes = walk.bytes();
    let mut within = 0..bytes.len();
    for _ in 0..MAX_DEPTH {
        let mut position = within.start;
        let (raw, place) = loop {
            if position >= within.end || walk.is_tired() {
                return;
            }
            let raw = walk.read(position, within.end);
            let place = places.next(&raw.octets(bytes));
            if raw.whole.contains(&at) {
                break (raw, place);
            }
            position = raw.whole.end;
        };
        if raw.tag.is_none() {
            return;
        }
        let inside = walk.inside(&raw, place.opens());
        if !visit(&raw, &place, &inside) {
            return;
        }
        let Some(inside) = inside.filter(|inside| inside.contains(&at)) else {
            return;
        };
        places = place.places(&raw.octets(bytes));
        within = inside;
    }
}

fn page(
    walk: &mut Walk<'_>,
    within: Range<usize>,
    mut places: Places,
    openness: Openness,
    skip: usize,
    count: usize,
) -> Level {
    let mut out = Level::default();
    let bytes = walk.bytes();
    let (mut position, end) = (within.start, within.end.min(bytes.len()));
    let mut index = 0;
    while position < end {
        if walk.is_tired() {
            out.unread = Some(position..end);
            break;
        }
        let raw = walk.read(position, end);
        if raw.tag.is_none() {
            out.unread = Some(raw.whole);
            break;
        }
        if out.elements.len() == count {
            out.more = true;
            break;
        }
        let place = places.next(&raw.octets(bytes));
        if index >= skip {
            out.elements.push(element(walk, &raw, &place, openness));
        }
        index += 1;
        position = raw.whole.end;
    }
    out
}

fn element(walk: &mut Walk<'_>, raw: &Raw, place: &Place, openness: Openness) -> Element {
    let inside = walk.inside(raw, place.opens());
    let (text, oid) = words::of(walk.bytes(), raw, place, inside.is_some(), openness);
    Element {
        whole: raw.whole.clone(),
        content: raw.content.clone(),
        label: words::label(raw).into_owned(),
        name: place.name.into(),
        title: place.label.into(),
        text,
        oid,
        inside,
        problem: raw.problem.into(),
    }
}

#[cfg(test)]
mod tests;
