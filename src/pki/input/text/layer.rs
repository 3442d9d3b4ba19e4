//! One way of writing a text that was undone: which octets stayed, so that places can be traced back.
//!
//! What is undone is decided by the caller, octet by octet.

use crate::input::Repair;
use std::ops::Range;

/// What a run of octets stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    /// How many octets it takes; at least one.
    pub size: usize,
    /// The octet that it means; nothing when it means nothing.
    pub octet: Option<u8>,
}

/// The octets with which a spelling may begin.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start {
    /// Any.
    Any,
    /// One of these three.
    OneOf([u8; 3]),
    /// This one and all above.
    From(u8),
}

impl Start {
    fn find(self, text: &[u8]) -> Option<usize> {
        match self {
            Start::Any => (!text.is_empty()).then_some(0),
            Start::OneOf([one, two, three]) => memchr::memchr3(one, two, three, text),
            Start::From(least) => text.iter().position(|octet| *octet >= least),
        }
    }
}

/// Words of 64 bits for which one count is kept.
const BLOCK: usize = 8;

/// One undone way of writing.
#[derive(Debug)]
pub(super) struct Layer {
    /// What is said of objects in which something was undone.
    pub repair: Option<Repair>,
    /// One bit for each octet before: whether it began an octet after.
    words: Vec<u64>,
    /// How many bits are set before each block of words.
    ranks: Vec<usize>,
    before: usize,
    after: usize,
}

/// Octets that are built together with their layer.
struct Builder {
    octets: Vec<u8>,
    words: Vec<u64>,
}

impl Builder {
    fn keep(&mut self, place: usize, octet: u8) {
        self.words[place / 64] |= 1 << (place % 64);
        self.octets.push(octet);
    }
}

impl Layer {
    /// Undoes a way of writing; `None` when there is nothing to undo.
    ///
    /// `spelling` is asked for every octet with which one may begin, and says what the octets from there on stand for.
    pub fn undo(
        text: &[u8],
        repair: Option<Repair>,
        start: Start,
        spelling: impl Fn(&[u8], usize) -> Option<Spelling>,
    ) -> Option<(Vec<u8>, Layer)> {
        let next = |mut from: usize| {
            while let Some(step) = start.find(&text[from..]) {
                let place = from + step;
                if let Some(spelling) = spelling(text, place) {
                    return Some((place, spelling));
                }
                from = place + 1;
            }
            None
        };
        let mut found = next(0);
        found?;
        let mut builder =
            Builder { octets: Vec::with_capacity(text.len()), words: vec![0; text.len() / 64 + 1] };
        let mut at = 0;
        loop {
            let end = found.map_or(text.len(), |(place, _)| place);
            for (index, octet) in text[at..end].iter().enumerate() {
                builder.keep(at + index, *octet);
            }
            let Some((place, spelling)) = found else {
                break;
            };
            if let Some(octet) = spelling.octet {
                builder.keep(place, octet);
            }
            at = (place + spelling.size.max(1)).min(text.len());
            found = next(at);
        }
        Some((builder.octets, Layer::of(builder.words, text.len(), repair)))
    }

    fn of(words: Vec<u64>, before: usize, repair: Option<Repair>) -> Layer {
        let mut count = 0;
        let ranks = words
            .chunks(BLOCK)
            .map(|block| {
                let rank = count;
                count += block.iter().map(|word| word.count_ones() as usize).sum::<usize>();
                rank
            })
            .collect();
        Layer { repair, words, ranks, before, after: count }
    }

    /// The place before of a place after.
    fn place(&self, after: usize) -> usize {
        if after >= self.after {
            return self.before;
        }
        let block = self.ranks.partition_point(|rank| *rank <= after) - 1;
        let mut left = after - self.ranks[block];
        for (index, word) in self.words.iter().enumerate().skip(block * BLOCK) {
            let ones = word.count_ones() as usize;
            if left >= ones {
                left -= ones;
                continue;
            }
            let mut word = *word;
            for _ in 0..left {
                word &= word - 1;
            }
            return index * 64 + word.trailing_zeros() as usize;
        }
        self.before
    }

    /// The range before of a range after, and whether anything was undone in it.
    pub fn trace(&self, after: &Range<usize>) -> (Range<usize>, bool) {
        let before = self.place(after.start)..self.place(after.end);
        let bent = before.len() != after.len();
        (before, bent)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_place_is_traced_to_where_it_came_from() {
        let text: Vec<u8> =
            (0..5_000u32).map(|n| if n % 7 == 0 { b'%' } else { b'a' + (n % 5) as u8 }).collect();
        let spelling = |_: &[u8], at: usize| {
            (at % 3 != 2)
                .then_some(Spelling { size: 1 + at % 4, octet: at.is_multiple_of(2).then_some(b'#') })
        };
        let (octets, layer) = Layer::undo(&text, None, Start::OneOf([b'%'; 3]), spelling).unwrap();
        let mut from = 0;
        for (after, octet) in octets.iter().enumerate() {
            let place = layer.place(after);
            assert!(place >= from && place < text.len());
            assert!(*octet == b'#' || text[place] == *octet, "{after}");
            from = place + 1;
        }
        assert_eq!(layer.place(octets.len()), text.len());
    }

    #[test]
    fn a_text_without_anything_to_undo_has_no_layer() {
        let never = |_: &[u8], _: usize| None;
        assert!(Layer::undo(b"a%b", None, Start::OneOf([b'%'; 3]), never).is_none());
        assert!(Layer::undo(b"", None, Start::Any, never).is_none());
    }
}
