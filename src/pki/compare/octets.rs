//! Where two objects differ as bytes: along their elements, so that a longer value does not shift all that follows.
//!
//! The lengths of what encloses a difference differ too, and are not listed.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::ber;

/// Elements within elements that are followed.
const DEEPEST: usize = 64;
/// Differences that are listed; what comes after them is one more.
const MOST: usize = 1_000;
/// Equal octets between two differences that do not separate them.
const GAP: usize = 3;

/// Ranges that stand in the same place and differ; one of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// In the left object.
    pub left: Range<usize>,
    /// In the right object.
    pub right: Range<usize>,
}

/// The ranges in which two inputs differ, in order; none if and only if they are the same.
///
/// The time is linear in the length of both for each level of nesting, of which at most 64 are followed.
#[must_use]
pub fn bytes(left: &[u8], right: &[u8]) -> Vec<Difference> {
    let mut walk = Walk { left, right, out: Vec::new() };
    walk.level(0..left.len(), 0..right.len(), 0);
    walk.out
}

struct Walk<'a> {
    left: &'a [u8],
    right: &'a [u8],
    out: Vec<Difference>,
}

impl Walk<'_> {
    fn push(&mut self, left: Range<usize>, right: Range<usize>) {
        let is_full = self.out.len() >= MOST;
        match self.out.last_mut().filter(|_| is_full) {
            Some(last) => (last.left.end, last.right.end) = (left.end, right.end),
            None => self.out.push(Difference { left, right }),
        }
    }

    /// Compares two runs of elements; what is no run of elements is compared octet by octet.
    fn level(&mut self, left: Range<usize>, right: Range<usize>, depth: usize) {
        if self.left[left.clone()] == self.right[right.clone()] {
            return;
        }
        let (Some(ours), Some(theirs)) = (elements(self.left, &left), elements(self.right, &right)) else {
            return self.plain(left, right);
        };
        let equal = |a: &Range<usize>, b: &Range<usize>| self.left[a.clone()] == self.right[b.clone()];
        let before = ours.iter().zip(&theirs).take_while(|(a, b)| equal(a, b)).count();
        let (ours, theirs) = (&ours[before..], &theirs[before..]);
        let after = ours.iter().rev().zip(theirs.iter().rev()).take_while(|(a, b)| equal(a, b)).count();
        let (ours, theirs) = (&ours[..ours.len() - after], &theirs[..theirs.len() - after]);
        if ours.len() == theirs.len() {
            for (a, b) in ours.iter().zip(theirs) {
                self.element(a, b, depth);
            }
            return;
        }
        let span = |list: &[Range<usize>], whole: &Range<usize>, all: &[Range<usize>]| match list {
            [first, .., last] => first.start..last.end,
            [only] => only.clone(),
            // Nothing here: the place is where the equal elements before it end.
            [] => {
                let at = if before == 0 { whole.start } else { all[before - 1].end };
                at..at
            }
        };
        let all_ours = elements(self.left, &left).unwrap_or_default();
        let all_theirs = elements(self.right, &right).unwrap_or_default();
        self.push(span(ours, &left, &all_ours), span(theirs, &right, &all_theirs));
    }

    /// Compares two elements of which it is known that they stand in the same place.
    fn element(&mut self, left: &Range<usize>, right: &Range<usize>, depth: usize) {
        if self.left[left.clone()] == self.right[right.clone()] {
            return;
        }
        let (ours, theirs) = (ber::header(&self.left[left.clone()]), ber::header(&self.right[right.clone()]));
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return self.push(left.clone(), right.clone());
        };
        let (from, to) = (left.start + ours.size..left.end, right.start + theirs.size..right.end);
        if ours.tag == theirs.tag && self.left[from.clone()] == self.right[to.clone()] {
            // The same content under a length that is written in another way.
            return self.push(left.start..from.start, right.start..to.start);
        }
        match ours.tag == theirs.tag {
            false => self.push(left.clone(), right.clone()),
            // Octets may hold a structure; if they do not, they are compared as they are.
            true if depth < DEEPEST && (ours.tag.constructed || ours.tag.is_universal(4)) => {
                self.level(from, to, depth + 1);
            }
            true => self.plain(from, to),
        }
    }

    /// Compares octets: of the same number one by one, else by what is equal before and after.
    fn plain(&mut self, left: Range<usize>, right: Range<usize>) {
        let (ours, theirs) = (&self.left[left.clone()], &self.right[right.clone()]);
        if ours.len() != theirs.len() {
            let before = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
            let rest = ours[before..].iter().rev().zip(theirs[before..].iter().rev());
            let after = rest.take_while(|(a, b)| a == b).count();
            return self.push(left.start + before..left.end - after, right.start + before..right.end - after);
        }
        let mut run: Option<Range<usize>> = None;
        let mut runs = Vec::new();
        for at in (0..ours.len()).filter(|at| ours[*at] != theirs[*at]) {
            match &mut run {
                Some(run) if at - run.end <= GAP => run.end = at + 1,
                _ => runs.extend(run.replace(at..at + 1)),
            }
        }
        for run in runs.into_iter().chain(run) {
            self.push(
                left.start + run.start..left.start + run.end,
                right.start + run.start..right.start + run.end,
            );
        }
    }
}

/// The elements that fill a range; none when it is not exactly filled by elements of definite length.
fn elements(bytes: &[u8], range: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let mut out = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let header = ber::header(&bytes[at..range.end])?;
        let length = usize::try_from(header.length?).ok()?;
        let end = at.checked_add(header.size)?.checked_add(length).filter(|end| *end <= range.end)?;
        out.push(at..end);
        at = end;
    }
    Some(out)
}
