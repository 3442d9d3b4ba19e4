//! What holds of every answer, whatever the question was.

use certwright_pki::Kind;
use certwright_pki::ber::{Node, Tree};
use certwright_pki::describe::{self, Field};
use certwright_pki::input::Reading;
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
