//! What holds of every answer, whatever the question was.

use certwright_pki::ber::{Node, Tree};
use certwright_pki::describe::{self, Field};
use certwright_pki::export::{Format, Object, Written};
use certwright_pki::input::Reading;
use certwright_pki::{Kind, compare, input, outline};
use std::ops::Range;

fn inside(at: &Range<usize>, size: usize) -> bool {
    at.start <= at.end && at.end <= size
}

/// A reading has an answer, its places lie in the input, and containers come before what is in them.
pub fn reading(reading: &Reading, size: usize) {
    assert!(!reading.is_empty(), "no answer");
    for (index, found) in reading.found.iter().enumerate() {
        assert!(found.entry.is_some() || inside(&found.at, size), "{:?} in {size}", found.at);
        assert!(found.within.is_none_or(|outer| outer < index), "{:?} at {index}", found.within);
        let words: Vec<String> = found.repairs.iter().map(ToString::to_string).collect();
        assert!(words.iter().all(|words| !words.is_empty()));
        drop(format!("{:?}", found));
    }
    for problem in &reading.problems {
        assert!(problem.entry.is_some() || inside(&problem.at, size), "{:?} in {size}", problem.at);
        assert!(!problem.kind.to_string().is_empty() && !problem.kind.id().is_empty());
    }
}

/// A description, if there is one, names things and places them in the object.
pub fn describe(kind: Kind, bytes: &[u8]) {
    let Ok(description) = describe::describe(kind, bytes) else { return };
    for section in &description.sections {
        field(section, bytes.len(), 0);
    }
    for note in &description.notes {
        assert!(note.at.as_ref().is_none_or(|at| inside(at, bytes.len())), "{note:?}");
    }
}

fn field(one: &Field, size: usize, depth: usize) {
    assert!(depth < 256, "{}", one.name);
    assert!(!one.name.is_empty(), "{one:?}");
    assert!(one.at.as_ref().is_none_or(|at| inside(at, size)), "{}: {:?} in {size}", one.name, one.at);
    one.fields.iter().for_each(|part| field(part, size, depth + 1));
}

/// The elements of a tree lie in order and within what encloses them.
pub fn tree(tree: &Tree, size: usize) {
    level(&tree.nodes, &(0..size));
    assert!(tree.problem.as_ref().is_none_or(|problem| inside(&problem.at, size)));
}

fn level(nodes: &[Node], around: &Range<usize>) {
    let mut at = around.start;
    for node in nodes {
        assert!(at <= node.whole.start && node.whole.end <= around.end, "{:?} in {around:?}", node.whole);
        assert!(node.header.start == node.whole.start && node.header.end <= node.content.start);
        at = node.whole.end;
        level(&node.children, &node.content);
    }
}

/// Most elements of an outline that are looked at, and of one page of it.
const LOOKED_AT: usize = 200;
const PAGE: usize = 5;

/// Every level of an outline lies in order within the one around it, whole or in pages, and paths lead to its elements.
pub fn outline(data: &[u8]) {
    let mut pending: Vec<Range<usize>> = std::iter::once(0..data.len()).collect();
    let mut seen = 0;
    while let Some(within) = pending.pop() {
        let level = outline::level(data, within.clone(), 0, LOOKED_AT);
        ordered(&level, &within);
        let pages = [(0, PAGE), (PAGE, LOOKED_AT)].map(|(skip, count)| {
            let page = outline::level(data, within.clone(), skip, count);
            page.elements
        });
        let most = pages.concat();
        assert_eq!(
            most.iter().take(LOOKED_AT).collect::<Vec<_>>(),
            level.elements.iter().collect::<Vec<_>>()
        );
        for (index, element) in level.elements.iter().enumerate() {
            assert_eq!(outline::position(data, within.clone(), element.whole.start), index);
            let path = outline::path(data, element.whole.start);
            let deep = path.len() == outline::MAX_DEPTH;
            assert!(deep || path.contains(&element.whole), "{:?} is not in {path:?}", element.whole);
            let nested = |pair: &[Range<usize>]| pair[0].start <= pair[1].start && pair[1].end <= pair[0].end;
            assert!(path.windows(2).all(nested), "{path:?}");
            pending.extend(element.inside.clone());
            seen += 1;
        }
        if seen > LOOKED_AT {
            return;
        }
    }
}

/// As an object of a kind, the elements are the same: only their names differ.
pub fn outline_of(kind: Kind, data: &[u8]) {
    let whole = 0..data.len();
    let named = outline::level_of(kind, data, whole.clone(), 0, PAGE);
    ordered(&named, &whole);
    let plain = outline::level(data, whole, 0, PAGE);
    let places = |level: &outline::Level| {
        let places: Vec<Range<usize>> = level.elements.iter().map(|element| element.whole.clone()).collect();
        (places, level.more, level.unread.clone())
    };
    assert_eq!(places(&named), places(&plain), "{kind}");
    for inside in named.elements.iter().filter_map(|element| element.inside.clone()) {
        ordered(&outline::level_of(kind, data, inside.clone(), 0, PAGE), &inside);
    }
}

fn ordered(level: &outline::Level, within: &Range<usize>) {
    let mut at = within.start;
    for element in &level.elements {
        let (whole, content) = (&element.whole, &element.content);
        assert!(
            at <= whole.start && whole.start < whole.end && whole.end <= within.end,
            "{whole:?} in {within:?}"
        );
        assert!(whole.start <= content.start && content.end <= whole.end, "{content:?} in {whole:?}");
        if let Some(inside) = &element.inside {
            assert!(content.start <= inside.start && inside.end <= content.end, "{inside:?} in {content:?}");
        }
        at = whole.end;
    }
    assert!(level.unread.as_ref().is_none_or(|unread| at <= unread.start && unread.end <= within.end));
}

/// The differences of two inputs lie in order within them, and there is one if and only if they differ.
pub fn differences(left: &[u8], right: &[u8]) {
    let found = compare::bytes(left, right);
    assert_eq!(found.is_empty(), left == right, "{left:02x?} and {right:02x?}");
    let mut at = (0, 0);
    for one in &found {
        assert!(inside(&one.left, left.len()) && inside(&one.right, right.len()), "{one:?}");
        assert!(at.0 <= one.left.start && at.1 <= one.right.start, "{one:?} after {at:?}");
        assert_ne!(left[one.left.clone()], right[one.right.clone()], "{one:?}");
        at = (one.left.end, one.right.end);
    }
}

/// A written file has a name that every file system takes, and reads as nothing but the objects that were written.
pub fn file(file: &Written, objects: &[Object<'_>], format: Format) {
    assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', ':', '\0']), "{}", file.name);
    assert!(!file.contents.is_empty(), "{format:?}");
    let secret = objects.iter().any(|object| object.kind() == Kind::PrivateKey);
    assert!(secret || !file.secret || format == Format::Pem || format == Format::Der, "{format:?}");
    // Containers are opened by their own readers, which the writer asks as well.
    if !matches!(format, Format::Pem) {
        return;
    }
    for found in input::read(&file.bytes).found.iter().filter(|found| found.within.is_none()) {
        let same = |object: &Object<'_>| object.bytes() == found.item.bytes();
        assert!(objects.iter().any(same), "a {} came of nothing", found.item.kind());
    }
}
