//! The elements of an ASN.1 value level by level, for a viewer: each level costs as much as it is long, and can be
//! taken in pages, so that a list of a hundred thousand entries opens at once.
//!
//! Nothing is judged here: what an element means is said by `describe`, whose fields have the same places.

use crate::ber::{self, Class, Header, Limits, Tag};
use crate::describe::{unknown, value};
use crate::tlv::{self, Cursor, Tlv};
use std::ops::Range;

/// Deepest nesting that is followed.
pub const MAX_DEPTH: usize = 64;
/// Longest value in octets that is put into words.
const LONGEST: usize = 1_024;
/// Most characters of a value.
const SHOWN: usize = 120;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Identifier, length and content octets, and the end-of-contents octets of an indefinite length.
    pub whole: Range<usize>,
    /// The content octets.
    pub content: Range<usize>,
    /// The type, `SEQUENCE`, or the number of another tag, `[0]`.
    pub label: String,
    /// A primitive value in words, shortened; empty for what is made of elements.
    pub text: String,
    /// What its own elements are in: the content, or what an OCTET STRING or BIT STRING wraps. None for a plain value.
    pub inside: Option<Range<usize>>,
}

/// Some elements of one level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    let mut out = Level::default();
    let mut elements = Elements { input, at: within.start, end: within.end.min(input.len()) };
    for _ in 0..skip {
        if elements.next().is_none() {
            break;
        }
    }
    while out.elements.len() < count {
        let Some((header, whole)) = elements.next() else { break };
        out.elements.push(element(input, header, whole));
    }
    out.more = elements.peek();
    if !out.more && elements.at < elements.end && !elements.at_end_of_contents() {
        out.unread = Some(elements.at..elements.end);
    }
    out
}

/// The elements around an octet, from the outermost to the innermost.
#[must_use]
pub fn path(input: &[u8], at: usize) -> Vec<Range<usize>> {
    let mut path = Vec::new();
    let mut within = 0..input.len();
    while path.len() < MAX_DEPTH {
        let mut elements = Elements { input, at: within.start, end: within.end };
        let found = std::iter::from_fn(|| elements.next()).find(|(_, whole)| whole.contains(&at));
        let Some((header, whole)) = found else { break };
        let inside = inside(input, header, &content(header, &whole));
        path.push(whole);
        match inside.filter(|inside| inside.contains(&at)) {
            Some(inside) => within = inside,
            None => break,
        }
    }
    path
}

/// Where among the elements around it the one at this place stands.
#[must_use]
pub fn position(input: &[u8], within: Range<usize>, start: usize) -> usize {
    let mut elements = Elements { input, at: within.start, end: within.end.min(input.len()) };
    std::iter::from_fn(|| elements.next()).take_while(|(_, whole)| whole.start < start).count()
}

/// A walk along one level that looks at headers only.
struct Elements<'a> {
    input: &'a [u8],
    at: usize,
    end: usize,
}

impl Elements<'_> {
    fn rest(&self) -> &[u8] {
        self.input.get(self.at..self.end).unwrap_or_default()
    }

    fn at_end_of_contents(&self) -> bool {
        self.rest() == [0, 0]
    }

    fn read(&self) -> Option<(Header, Range<usize>)> {
        let rest = self.rest();
        if rest.is_empty() || self.at_end_of_contents() {
            return None;
        }
        let header = ber::header(rest)?;
        let size = match header.length {
            Some(length) => usize::try_from(length).ok()?.checked_add(header.size)?,
            None => ber::first(rest, Limits::default())?.0.whole.end,
        };
        (size <= rest.len()).then(|| (header, self.at..self.at + size))
    }

    fn peek(&self) -> bool {
        self.read().is_some()
    }

    fn next(&mut self) -> Option<(Header, Range<usize>)> {
        let read = self.read()?;
        self.at = read.1.end;
        Some(read)
    }
}

fn content(header: Header, whole: &Range<usize>) -> Range<usize> {
    let closing = if header.length.is_none() { 2 } else { 0 };
    let start = (whole.start + header.size).min(whole.end);
    start..whole.end.saturating_sub(closing).max(start)
}

fn element(input: &[u8], header: Header, whole: Range<usize>) -> Element {
    let content = content(header, &whole);
    let inside = inside(input, header, &content);
    let octet = input.get(whole.start).copied().unwrap_or_default();
    let text = match inside {
        Some(_) => String::new(),
        None => plain(&input[whole.clone()]),
    };
    Element { label: named(octet, header.tag), text, content, inside, whole }
}

/// What holds the element's own elements.
fn inside(input: &[u8], header: Header, content: &Range<usize>) -> Option<Range<usize>> {
    if header.tag.constructed {
        return Some(content.clone());
    }
    let skip = match header.tag {
        tag if tag.is_universal(4) => 0,
        tag if tag.is_universal(3) && input.get(content.start) == Some(&0) => 1,
        _ => return None,
    };
    let inner = content.start + skip..content.end;
    let octets = input.get(inner.clone())?;
    let first = ber::header(octets)?;
    let fills = first.length.is_some_and(|length| length == (octets.len() - first.size) as u64);
    // Random octets fit now and then; what begins a structure hardly ever does.
    let plausible = first.tag.class == Class::Universal
        && matches!(octets[0], 0x30 | 0x31 | 0x02..=0x06 | 0x0c | 0x13 | 0x16);
    let deep = !first.tag.constructed || level(octets, first.size..octets.len(), 0, 0).unread.is_none();
    (fills && plausible && deep && !(octets.len() == 2 && octets[1] == 0)).then_some(inner)
}

fn named(octet: u8, tag: Tag) -> String {
    match tag.number {
        0..=30 => unknown::label(octet),
        number => format!("[{number}]"),
    }
}

/// A primitive value in words.
fn plain(whole: &[u8]) -> String {
    match Cursor::new(whole).any("element") {
        Ok(element) if element.content.len() <= LONGEST => words(&element),
        Ok(element) => value::abridged(element.content),
        Err(_) => value::abridged(whole),
    }
}

fn words(element: &Tlv<'_>) -> String {
    if matches!(element.tag, tlv::OCTET_STRING | tlv::BIT_STRING) || element.tag & 0xc0 != 0 {
        return value::abridged(element.content);
    }
    let field = value::any("element", "", element);
    match field.oid {
        Some(oid) if oid != field.text => format!("{} ({oid})", field.text),
        _ => shortened(&field.text),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ber::encode;

    /// SEQUENCE { SEQUENCE { INTEGER 1, OCTET STRING { SEQUENCE { UTF8String } } }, NULL }
    fn sample() -> Vec<u8> {
        let inner = encode::sequence(&[&encode::element(0x0c, b"hello")]);
        let first = encode::sequence(&[&encode::integer(1), &encode::octet_string(&inner)]);
        encode::sequence(&[&first, &encode::NULL])
    }

    fn labels(input: &[u8], within: Range<usize>) -> Vec<(String, String)> {
        level(input, within, 0, 100).elements.into_iter().map(|one| (one.label, one.text)).collect()
    }

    #[test]
    fn each_level_is_listed_and_wrapped_structures_are_opened() {
        let input = sample();
        let top = level(&input, 0..input.len(), 0, 10);
        assert_eq!(top.elements.len(), 1);
        let outer = top.elements[0].inside.clone().unwrap();
        assert_eq!(
            labels(&input, outer.clone()),
            [("SEQUENCE".into(), String::new()), ("NULL".into(), "NULL".into())]
        );
        let first = level(&input, outer, 0, 1).elements[0].inside.clone().unwrap();
        let parts = level(&input, first, 0, 10).elements;
        assert_eq!((parts[0].label.as_str(), parts[0].text.as_str()), ("INTEGER", "1"));
        let wrapped = parts[1].inside.clone().unwrap();
        let string = level(&input, wrapped, 0, 10).elements[0].inside.clone().unwrap();
        assert_eq!(labels(&input, string), [("UTF8String".into(), "hello".into())]);
    }

    #[test]
    fn a_long_level_is_taken_in_pages() {
        let many: Vec<u8> = (0..1_000u64).flat_map(encode::integer).collect();
        let page = level(&many, 0..many.len(), 990, 4);
        let numbers: Vec<&str> = page.elements.iter().map(|one| one.text.as_str()).collect();
        assert_eq!((numbers, page.more), (vec!["990", "991", "992", "993"], true));
        assert!(!level(&many, 0..many.len(), 996, 100).more);
    }

    #[test]
    fn the_path_leads_to_the_innermost_element() {
        let input = sample();
        let at = input.windows(5).position(|octets| octets == b"hello").unwrap();
        let path = path(&input, at);
        assert_eq!(path.len(), 5);
        assert!(path.windows(2).all(|pair| pair[0].start <= pair[1].start && pair[1].end <= pair[0].end));
        assert_eq!(path[4], at - 2..at + 5);
        let outer = level(&input, 0..input.len(), 0, 1).elements[0].inside.clone().unwrap();
        assert_eq!(position(&input, outer.clone(), outer.start), 0);
    }

    #[test]
    fn what_is_no_element_is_told_as_unread() {
        let mut input = sample();
        let size = input.len();
        input.extend([0x30, 0x82, 0xff, 0xff, 1]);
        let level = level(&input, 0..input.len(), 0, 10);
        assert_eq!((level.elements.len(), level.unread), (1, Some(size..size + 5)));
    }

    #[test]
    fn deep_nesting_ends_the_path_and_not_the_program() {
        let deep = [0x30, 0x80].repeat(100_000);
        assert!(path(&deep, 5).len() <= MAX_DEPTH);
        assert!(level(&deep, 0..deep.len(), 0, 10).elements.len() <= 1);
    }
}
