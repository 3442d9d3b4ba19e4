//! Steps from element to element by their headers alone, with a bound on the steps of one walk.
//!
//! Leaves out what the elements are called.

use std::ops::Range;

use crate::ber::{self, Tag};

/// Headers that one walk reads; a list of a million entries takes two million.
const MOST_STEPS: usize = 8_000_000;
/// Strings that are longer are taken for a structure by their first element alone.
const LONGEST_CHECKED: usize = 1 << 16;

/// An element as far as its header tells; without a tag for bytes that are none.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub tag: Option<Tag>,
    pub content: Range<usize>,
    pub whole: Range<usize>,
    /// What is wrong; empty if nothing is.
    pub problem: &'static str,
}

/// The first octet of an element and its content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Octets<'a> {
    pub first: u8,
    pub content: &'a [u8],
}

impl Raw {
    pub fn octets<'a>(&self, bytes: &'a [u8]) -> Octets<'a> {
        let first = if self.tag.is_some() { bytes[self.whole.start] } else { 0 };
        Octets { first, content: &bytes[self.content.clone()] }
    }
}

/// A walk over the bytes of one object.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    steps: usize,
}

impl<'a> Walk<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, steps: 0 }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether the walk has taken all its steps.
    pub fn is_tired(&self) -> bool {
        self.steps >= MOST_STEPS
    }

    /// The element at a position, which must lie before `end`; it never reaches beyond that.
    pub fn read(&mut self, position: usize, end: usize) -> Raw {
        self.steps += 1;
        let unreadable = |problem| Raw { tag: None, content: position..end, whole: position..end, problem };
        let Some(header) = ber::header(&self.bytes[position..end]) else {
            return unreadable("no element can be read here");
        };
        let start = position + header.size;
        let tag = Some(header.tag);
        let Some(length) = header.length else {
            return match self.end_of_contents(start, end) {
                Some(stop) => Raw { tag, content: start..stop, whole: position..stop + 2, problem: "" },
                None if self.is_tired() => unreadable("too large to be followed"),
                None => {
                    let problem = "the end of its indefinite length is missing";
                    Raw { tag, content: start..end, whole: position..end, problem }
                }
            };
        };
        let fits = usize::try_from(length).ok().and_then(|length| start.checked_add(length));
        match fits.filter(|stop| *stop <= end) {
            Some(stop) => Raw { tag, content: start..stop, whole: position..stop, problem: "" },
            None => {
                let problem = "its length reaches beyond what encloses it";
                Raw { tag, content: start..end, whole: position..end, problem }
            }
        }
    }

    /// Where the elements inside of one lie: in its content, or in what octets or bits wrap.
    ///
    /// `wanted`: whether the structure says that octets hold elements; where it says nothing, they are looked at.
    pub fn inside(&mut self, raw: &Raw, wanted: Option<bool>) -> Option<Range<usize>> {
        let tag = raw.tag?;
        let content = raw.content.clone();
        if tag.constructed {
            return Some(content);
        }
        let content = match (tag.is_universal(3), tag.is_universal(4)) {
            (true, _) if self.bytes[content.clone()].first() == Some(&0) => content.start + 1..content.end,
            (_, true) => content,
            _ => return None,
        };
        wanted.unwrap_or_else(|| self.is_structure(&content)).then_some(content)
    }

    /// Whether octets are exactly one element of a type that structures are made of, sound one level down.
    fn is_structure(&mut self, content: &Range<usize>) -> bool {
        let octets = &self.bytes[content.clone()];
        let likely = matches!(octets.first(), Some(2..=6 | 0x0c | 0x13 | 0x16..=0x18 | 0x1e | 0x30 | 0x31));
        let Some(header) = ber::header(octets).filter(|_| likely && octets.len() > 1) else {
            return false;
        };
        if header.length != u64::try_from(octets.len() - header.size).ok() {
            return false;
        }
        if !header.tag.constructed || octets.len() > LONGEST_CHECKED {
            return true;
        }
        let mut position = content.start + header.size;
        while position < content.end {
            let element = self.read(position, content.end);
            if element.tag.is_none() || !element.problem.is_empty() {
                return false;
            }
            position = element.whole.end;
        }
        true
    }

    /// Where the end-of-contents octets lie that close content which begins at `position`.
    fn end_of_contents(&mut self, mut position: usize, end: usize) -> Option<usize> {
        let mut open = 1usize;
        while position + 2 <= end && !self.is_tired() {
            self.steps += 1;
            let rest = &self.bytes[position..end];
            if rest.starts_with(&[0, 0]) {
                open -= 1;
                if open == 0 {
                    return Some(position);
                }
                position += 2;
                continue;
            }
            let header = ber::header(rest)?;
            position = position.checked_add(header.size)?;
            match header.length {
                Some(length) => position = position.checked_add(usize::try_from(length).ok()?)?,
                None => open += 1,
            }
        }
        None
    }
}
