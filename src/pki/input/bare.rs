//! Finds objects in text without BEGIN and END lines: base64 of anything, hexadecimal, dumps, arrays of numbers.
//!
//! Only what begins like an object and whose length fits is believed. The time is linear in the text: what was
//! decoded once is not looked at again.

mod base64;
mod dump;
mod hexadecimal;
mod naming;

pub(super) use naming::friendly_name;

use super::shape::{self, Shape};
use super::{Budget, Found, MAX_FOUND, Problem, ProblemKind, Reading, Repair, Text, object};
use crate::ber::{self, Limits};
use crate::order;
use std::ops::Range;

/// Something that was found, with its place in the text.
struct Piece {
    at: Range<usize>,
    reading: Reading,
}

/// Decoded octets and where their text ends.
struct Decoded<'r> {
    data: &'r [u8],
    at: Range<usize>,
    repairs: Vec<Repair>,
}

/// What kind of object is believed without further evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Belief {
    /// Any SEQUENCE.
    Any,
    /// A SEQUENCE of a known shape.
    Known,
    /// A SEQUENCE of a shape that nothing else has by chance: the two INTEGERs of an ECDSA signature stand in many
    /// a listing, and look like a public key of PKCS#1.
    Distinct,
}

/// The search through one text.
pub(super) struct Search<'t, 'i, 'b> {
    text: &'t Text<'i>,
    octets: &'t [u8],
    budget: &'b mut Budget,
    /// The first letter or digit of the text.
    first: Option<usize>,
    /// Parts in which numbers stand that are no objects: JSON Web Keys.
    numbers: &'t [Range<usize>],
}

impl<'t, 'i, 'b> Search<'t, 'i, 'b> {
    /// Prepares a search; `numbers` are parts of the text, in order, where only certificates are looked for.
    pub fn new(text: &'t Text<'i>, numbers: &'t [Range<usize>], budget: &'b mut Budget) -> Self {
        let octets: &[u8] = &text.octets;
        let first = octets.iter().position(u8::is_ascii_alphanumeric);
        Search { text, octets, budget, first, numbers }
    }

    /// Searches one part of the text and adds what is found, in order, with places in the input.
    pub fn part(&mut self, part: Range<usize>, out: &mut Reading) {
        let mut pieces = self.base64(part.clone());
        let mut rest = Vec::with_capacity(pieces.len() + 1);
        let mut start = part.start;
        for piece in &pieces {
            rest.push(start..piece.at.start);
            start = piece.at.end;
        }
        rest.push(start..part.end);
        for rest in rest {
            pieces.extend(self.hexadecimal(rest));
        }
        order::sort_by_key(&mut pieces, |piece| piece.at.start);
        let prose = self.has_prose(&part, &pieces);
        for Piece { at, mut reading } in pieces {
            if prose {
                // What has a name is a value among others, not an object in prose.
                let unnamed = |found: &&mut Found| found.entry.is_none() && found.name.is_none();
                for found in reading.found.iter_mut().filter(unnamed) {
                    found.repairs.push(Repair::ProseAround);
                }
            }
            let undone = self.text.repairs(&at);
            for found in &mut reading.found {
                let missing = undone.iter().filter(|repair| !found.repairs.contains(repair));
                let missing: Vec<Repair> = missing.cloned().collect();
                found.repairs.splice(0..0, missing);
            }
            let place = self.text.place(&at);
            out.append(reading, |at, entry| {
                if entry.is_none() {
                    *at = place.clone()
                }
            });
        }
    }

    /// Whether letters or digits stand beside the pieces.
    fn has_prose(&self, part: &Range<usize>, pieces: &[Piece]) -> bool {
        let mut start = part.start;
        let ends = pieces.iter().map(|piece| piece.at.start..piece.at.end);
        ends.chain(std::iter::once(part.end..part.end)).any(|piece| {
            let gap = start..piece.start.max(start);
            start = piece.end;
            self.octets[gap].iter().any(u8::is_ascii_alphanumeric)
        })
    }

    /// Whether there is no letter or digit but those in a range.
    fn is_alone(&self, at: &Range<usize>) -> bool {
        self.first.is_some_and(|first| at.contains(&first) || at.start == first)
            && !self.octets[at.end..].iter().any(u8::is_ascii_alphanumeric)
    }

    /// Whether a place lies among the numbers of a key.
    fn is_number(&self, at: usize) -> bool {
        let index = self.numbers.partition_point(|range| range.end <= at);
        self.numbers.get(index).is_some_and(|range| range.contains(&at))
    }

    /// Reads a complete SEQUENCE, if it may be believed.
    fn object(&self, decoded: &Decoded<'_>, belief: Belief) -> Option<Piece> {
        let Decoded { data, at, repairs } = decoded;
        // Parts that stand in many an object, such as signatures, are no objects of their own.
        let shape = shape::of(data).filter(|shape| shape.is_object());
        let believed = match belief {
            _ if self.is_number(at.start) => shape == Some(Shape::Certificate),
            Belief::Any => true,
            Belief::Known => shape.is_some() || (data.len() >= 16 && self.is_alone(at)),
            Belief::Distinct => shape.is_some_and(|shape| shape != Shape::Pkcs1Public) || self.is_alone(at),
        };
        let mut reading = Reading::default();
        if believed {
            object::read(data, 0..data.len(), "", repairs, &mut reading);
        }
        (!reading.is_empty()).then(|| Piece { at: at.clone(), reading })
    }

    /// Reads text or an archive that was wrapped, if wrapping has not gone too far and there is something in it.
    fn wrapped(&mut self, decoded: &Decoded<'_>, repair: Repair) -> Option<Piece> {
        let Decoded { data, at, repairs } = decoded;
        let name = naming::of(self.octets, at.start);
        let mut reading = self.budget.unwrap(data)?;
        if reading.is_empty() {
            let Some(naming::Name::File(name)) = name else {
                return None;
            };
            let kind = ProblemKind::NothingRecognised;
            reading.problems.push(Problem { entry: Some(name), ..Problem::new(kind, 0..data.len(), false) });
            return Some(Piece { at: at.clone(), reading });
        }
        for found in &mut reading.found {
            found.repairs.splice(0..0, [repair.clone()].into_iter().chain(repairs.iter().cloned()));
        }
        name_all(&mut reading, name);
        Some(Piece { at: at.clone(), reading })
    }

    /// Stands for all that is left when there are more pieces than are listed.
    fn crowded(at: Range<usize>) -> Piece {
        let problem = Problem::new(ProblemKind::TooManyObjects { limit: MAX_FOUND }, at.clone(), false);
        Piece { at, reading: Reading { found: Vec::new(), problems: vec![problem] } }
    }

    fn truncated(at: Range<usize>, expected: u64, got: usize) -> Piece {
        let problem = Problem::new(ProblemKind::Truncated { expected, got }, at.clone(), false);
        Piece { at, reading: Reading { found: Vec::new(), problems: vec![problem] } }
    }
}

/// Gives what was found the name that stood before it.
fn name_all(reading: &mut Reading, name: Option<naming::Name>) {
    match name {
        Some(naming::Name::File(file)) => reading.enter(&file),
        Some(naming::Name::Key(key)) => {
            for found in reading.found.iter_mut().filter(|found| found.name.is_none()) {
                found.name = Some(key.clone());
            }
        }
        None => {}
    }
}

/// How many octets the SEQUENCE takes whose first octets these are; `Err` for an indefinite length.
fn announced(head: &[u8]) -> Option<Result<u64, ()>> {
    let header = ber::header(head).filter(|_| head[0] == 0x30)?;
    let Some(length) = header.length else {
        return Some(Err(()));
    };
    length.checked_add(header.size as u64).map(Ok)
}

/// The size of the element of indefinite length at the start, if it is complete.
fn indefinite(data: &[u8]) -> Option<usize> {
    let (node, problem) = ber::first(data, Limits::default())?;
    problem.is_none().then_some(node.whole.end)
}
