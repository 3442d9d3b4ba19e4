//! Tests of the tolerant walk and of the normaliser.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::error::ErrorKind;

fn walk(input: &[u8]) -> Tree {
    parse(input, Limits::default())
}

#[test]
fn offsets_of_nested_elements_are_kept() {
    let tree = walk(&[0x30, 6, 2, 1, 5, 4, 1, 7, 5, 0]);
    assert_eq!(tree.problem, None);
    assert_eq!(tree.nodes.len(), 2);
    let sequence = &tree.nodes[0];
    assert_eq!((sequence.header.clone(), sequence.content.clone()), (0..2, 2..8));
    assert_eq!(sequence.children[1].whole, 5..8);
    assert_eq!(tree.nodes[1].whole, 8..10);
}

#[test]
fn damage_is_reported_and_the_rest_is_kept() {
    let rows: [(&[u8], usize, BerProblemKind, Range<usize>); 7] = [
        (&[0x30, 9, 2, 1, 5], 1, BerProblemKind::Overrun { expected: 9, got: 3 }, 0..5),
        (&[0x30, 3, 2, 5, 1, 5, 0], 2, BerProblemKind::Overrun { expected: 5, got: 1 }, 2..5),
        (&[5, 0, 0x30], 1, BerProblemKind::BadHeader, 2..3),
        (&[5, 0, 0x04, 0x80, 1], 1, BerProblemKind::BadHeader, 2..5),
        (&[0x30, 0x80, 5, 0], 1, BerProblemKind::MissingEndOfContents, 0..4),
        (&[0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0], 0, BerProblemKind::BadHeader, 0..8),
        (&[0x04, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0, BerProblemKind::BadHeader, 0..11),
    ];
    for (input, nodes, kind, at) in rows {
        let tree = walk(input);
        assert_eq!(tree.nodes.len(), nodes, "{input:?}");
        assert_eq!(tree.problem, Some(BerProblem { kind, at }), "{input:?}");
    }
}

#[test]
fn a_child_that_overruns_its_parent_does_not_swallow_the_next_element() {
    let tree = walk(&[0x30, 3, 2, 9, 1, 5, 0]);
    assert_eq!(tree.nodes[0].children[0].content, 4..5);
    assert!(tree.nodes[1].tag.is_universal(5));
}

#[test]
fn depth_and_node_limits_end_the_walk_with_a_report() {
    let deep: Vec<u8> = [0x30, 0x80].repeat(10_000);
    let tree = walk(&deep);
    assert_eq!(tree.problem.unwrap().kind, BerProblemKind::TooDeep { limit: 64 });
    let wide = [5, 0].repeat(200_001);
    let tree = walk(&wide);
    assert_eq!(tree.nodes.len(), 200_000);
    assert_eq!(tree.unread, Some(400_000..400_002));
}

#[test]
fn strings_that_hold_one_element_are_opened_only_when_asked() {
    let input = [0x30, 12, 4, 3, 2, 1, 5, 3, 5, 0, 0x30, 2, 5, 0];
    assert!(walk(&input).nodes[0].children[0].children.is_empty());
    let limits = Limits { encapsulated: true, ..Limits::default() };
    let tree = parse(&input, limits);
    assert!(tree.nodes[0].children[0].encapsulates);
    assert_eq!(tree.nodes[0].children[0].children[0].content, 6..7);
    assert_eq!(tree.nodes[0].children[1].children[0].children.len(), 1);
    let noise = parse(&[4, 3, 0x30, 5, 0], limits);
    assert_eq!((noise.problem, noise.nodes[0].children.len()), (None, 0));
}

#[test]
fn ber_becomes_der() {
    let rows: [(&[u8], &[u8]); 5] = [
        (&[0x30, 0x80, 2, 1, 5, 0, 0], &[0x30, 3, 2, 1, 5]),
        (&[0x24, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0], &[4, 3, 1, 2, 3]),
        (&[0x24, 8, 0x24, 3, 4, 1, 1, 4, 1, 2], &[4, 2, 1, 2]),
        (&[0x23, 9, 3, 2, 0, 0xff, 3, 3, 4, 0xf0, 0xf0], &[3, 4, 4, 0xff, 0xf0, 0xf0]),
        (&[4, 0x82, 0, 1, 9], &[4, 1, 9]),
    ];
    for (input, expect) in rows {
        assert_eq!(normalise(input).unwrap(), expect, "{input:?}");
    }
}

#[test]
fn der_is_left_as_it_is() {
    let mut long = vec![0x30, 0x82, 0x01, 0x04, 0x04, 0x82, 0x01, 0x00];
    long.extend([7; 256]);
    assert_eq!(normalise(&long).unwrap(), long);
}

#[test]
fn what_cannot_be_normalised_says_where() {
    let error = normalise(&[0x30, 3, 2, 9, 1]).unwrap_err();
    assert_eq!(error.position, Some(2..5));
    let error = normalise(&[0x24, 3, 2, 1, 9]).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::BadDer { .. }));
    let error = normalise(&[0x30, 0x80].repeat(100)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooDeep { limit: 64 });
    assert!(normalise(&[5, 0, 5, 0]).is_err());
    assert!(normalise(&[]).is_err());
}
