//! A tolerant walk over BER and DER that keeps offsets and never fails as a whole.
//!
//! It knows tags and lengths only: no schema, no OID names, no value decoding.

mod normalise;

pub use normalise::normalise;

use std::fmt;
use std::ops::Range;

/// The four tag classes of X.690 section 8.1.2.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Types of X.680 itself.
    Universal,
    /// Application-wide tags.
    Application,
    /// Tags that only mean something inside one structure.
    ContextSpecific,
    /// Private tags.
    Private,
}

/// An identifier: class, constructed bit and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The tag class.
    pub class: Class,
    /// Whether the content is itself a series of elements.
    pub constructed: bool,
    /// The tag number.
    pub number: u32,
}

impl Tag {
    /// Whether this is the universal type with this number, primitive or constructed.
    #[must_use]
    pub fn is_universal(self, number: u32) -> bool {
        self.class == Class::Universal && self.number == number
    }
}

/// One element with the places of its parts in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The identifier.
    pub tag: Tag,
    /// Identifier and length octets.
    pub header: Range<usize>,
    /// Content octets, without the end-of-contents octets of an indefinite length.
    pub content: Range<usize>,
    /// The whole element.
    pub whole: Range<usize>,
    /// Whether the length was indefinite (BER only).
    pub indefinite: bool,
    /// Whether the children were found inside a primitive OCTET STRING or BIT STRING.
    pub encapsulates: bool,
    /// Content octets that could not be read as elements.
    pub unread: Option<Range<usize>>,
    /// The elements inside.
    pub children: Vec<Node>,
}

/// What stopped or bent the walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BerProblem {
    /// What was wrong.
    pub kind: BerProblemKind,
    /// The bytes concerned.
    pub at: Range<usize>,
}

/// The kinds of structural damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BerProblemKind {
    /// Identifier or length octets that are cut off or not allowed.
    BadHeader,
    /// A length that reaches beyond what encloses it.
    Overrun {
        /// Octets announced.
        expected: u64,
        /// Octets present.
        got: usize,
    },
    /// An indefinite length without its end-of-contents octets.
    MissingEndOfContents,
    /// Deeper nesting than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More elements than the limit.
    TooManyNodes {
        /// The limit.
        limit: usize,
    },
}

impl fmt::Display for BerProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            BerProblemKind::BadHeader => write!(f, "tag or length cannot be read"),
            BerProblemKind::Overrun { expected, got } => {
                write!(f, "length says {expected} bytes, {got} are there")
            }
            BerProblemKind::MissingEndOfContents => write!(f, "end of contents is missing"),
            BerProblemKind::TooDeep { limit } => write!(f, "nested deeper than {limit}"),
            BerProblemKind::TooManyNodes { limit } => write!(f, "more than {limit} elements"),
        }?;
        write!(f, " at byte {}", self.at.start)
    }
}

/// How far a walk may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Deepest nesting.
    pub depth: usize,
    /// Most elements in all.
    pub nodes: usize,
    /// Whether to look inside primitive OCTET STRING and BIT STRING values.
    pub encapsulated: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 64, nodes: 200_000, encapsulated: false }
    }
}

/// The elements of an input and what was wrong with it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// Elements at the top level.
    pub nodes: Vec<Node>,
    /// The first problem met; the nodes read before and around it are still there.
    pub problem: Option<BerProblem>,
    /// Bytes at the top level that could not be read as elements.
    pub unread: Option<Range<usize>>,
}

/// Walks `input` as a series of elements.
///
/// Nothing is checked beyond tags and lengths; damage is reported in [`Tree::problem`].
#[must_use]
pub fn parse(input: &[u8], limits: Limits) -> Tree {
    let mut walk = Walk { input, limits, nodes_left: limits.nodes, problem: None };
    let level = walk.level(0..input.len(), 0, false);
    Tree { nodes: level.nodes, problem: walk.problem, unread: level.unread }
}

/// Walks the first element of `input` alone; `None` when its header cannot be read.
///
/// What follows the element costs nothing, so a series can be taken apart one by one in linear time.
#[must_use]
pub fn first(input: &[u8], limits: Limits) -> Option<(Node, Option<BerProblem>)> {
    let mut walk = Walk { input, limits, nodes_left: limits.nodes, problem: None };
    let header = header(input)?;
    let node = walk.node(header, 0..input.len(), 0);
    Some((node, walk.problem))
}

/// Tag and length octets of the first element, as far as they can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The identifier.
    pub tag: Tag,
    /// Octets of identifier and length.
    pub size: usize,
    /// Content octets; `None` for an indefinite length.
    pub length: Option<u64>,
}

/// Reads the header of the element that `input` begins with; `None` when it is cut off or not allowed.
#[must_use]
pub fn header(input: &[u8]) -> Option<Header> {
    let first = *input.first()?;
    let class = match first >> 6 {
        0 => Class::Universal,
        1 => Class::Application,
        2 => Class::ContextSpecific,
        _ => Class::Private,
    };
    let constructed = first & 0x20 != 0;
    let mut at = 1;
    let mut number = u32::from(first & 0x1f);
    if number == 0x1f {
        number = 0;
        loop {
            let octet = *input.get(at)?;
            at += 1;
            if number > u32::MAX >> 7 {
                return None;
            }
            number = number << 7 | u32::from(octet & 0x7f);
            if octet & 0x80 == 0 {
                break;
            }
        }
    }
    let octet = *input.get(at)?;
    at += 1;
    let length = match octet {
        0..=0x7f => Some(u64::from(octet)),
        0x80 if constructed => None,
        0x80 | 0xff => return None,
        _ => {
            let count = usize::from(octet & 0x7f);
            let octets = input.get(at..at.checked_add(count)?)?;
            at += count;
            let significant = octets.iter().skip_while(|octet| **octet == 0);
            if significant.clone().count() > 8 {
                return None;
            }
            Some(significant.fold(0, |sum, octet| sum << 8 | u64::from(*octet)))
        }
    };
    let tag = Tag { class, constructed, number };
    Some(Header { tag, size: at, length })
}

struct Walk<'a> {
    input: &'a [u8],
    limits: Limits,
    nodes_left: usize,
    problem: Option<BerProblem>,
}

#[derive(Default)]
struct Level {
    nodes: Vec<Node>,
    unread: Option<Range<usize>>,
    /// Where an enclosing indefinite length ended: after its end-of-contents octets.
    ended: Option<usize>,
}

impl Walk<'_> {
    fn note(&mut self, kind: BerProblemKind, at: Range<usize>) {
        self.problem.get_or_insert(BerProblem { kind, at });
    }

    /// Reads elements in `range`; with `until_end`, stops at end-of-contents octets.
    fn level(&mut self, range: Range<usize>, depth: usize, until_end: bool) -> Level {
        let mut level = Level::default();
        let mut at = range.start;
        while at < range.end {
            let rest = at..range.end;
            if until_end && self.input[rest.clone()].starts_with(&[0, 0]) {
                level.ended = Some(at + 2);
                return level;
            }
            if depth >= self.limits.depth {
                let limit = self.limits.depth;
                self.note(BerProblemKind::TooDeep { limit }, rest.clone());
                level.unread = Some(rest);
                return level;
            }
            if self.nodes_left == 0 {
                let limit = self.limits.nodes;
                self.note(BerProblemKind::TooManyNodes { limit }, rest.clone());
                level.unread = Some(rest);
                return level;
            }
            let Some(header) = header(&self.input[rest.clone()]) else {
                self.note(BerProblemKind::BadHeader, rest.clone());
                level.unread = Some(rest);
                return level;
            };
            self.nodes_left -= 1;
            let node = self.node(header, rest, depth);
            at = node.whole.end;
            level.nodes.push(node);
        }
        level
    }

    fn node(&mut self, header: Header, rest: Range<usize>, depth: usize) -> Node {
        let start = rest.start + header.size;
        let mut node = Node {
            tag: header.tag,
            header: rest.start..start,
            content: start..rest.end,
            whole: rest.clone(),
            indefinite: header.length.is_none(),
            encapsulates: false,
            unread: None,
            children: Vec::new(),
        };
        if let Some(expected) = header.length {
            let got = rest.end - start;
            match usize::try_from(expected).ok().filter(|length| *length <= got) {
                Some(length) => node.content.end = start + length,
                None => self.note(BerProblemKind::Overrun { expected, got }, rest),
            }
            node.whole.end = node.content.end;
        }
        if header.tag.constructed {
            let inner = self.level(node.content.clone(), depth + 1, node.indefinite);
            node.children = inner.nodes;
            node.unread = inner.unread;
            match inner.ended {
                Some(end) => {
                    node.content.end = end - 2;
                    node.whole.end = end;
                }
                None if node.indefinite => {
                    self.note(BerProblemKind::MissingEndOfContents, node.whole.clone());
                }
                None => {}
            }
        } else if self.limits.encapsulated {
            self.encapsulated(&mut node, depth);
        }
        node
    }

    /// Takes the content of a string as elements when it is exactly one well-formed element.
    fn encapsulated(&mut self, node: &mut Node, depth: usize) {
        let mut content = node.content.clone();
        if node.tag.is_universal(3) {
            if self.input[content.clone()].first() != Some(&0) {
                return;
            }
            content.start += 1;
        } else if !node.tag.is_universal(4) {
            return;
        }
        let whole = header(&self.input[content.clone()]).is_some_and(|header| {
            header.tag.class == Class::Universal
                && header.length == u64::try_from(content.len() - header.size).ok()
        });
        if !whole {
            return;
        }
        let before = self.problem.take();
        let inner = self.level(content, depth + 1, false);
        if self.problem.is_none() && inner.unread.is_none() {
            node.children = inner.nodes;
            node.encapsulates = true;
        }
        self.problem = before;
    }
}

#[cfg(test)]
mod tests;
