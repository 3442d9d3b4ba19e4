//! Unfolds UTF-16 and byte order marks so that one octet stands for one character.
//!
//! Characters beyond ASCII become one octet above 127; their identity is not needed here.

use super::Repair;
use std::borrow::Cow;
use std::ops::Range;

/// How many octets are looked at to recognise UTF-16 without a byte order mark.
const SAMPLE: usize = 256;

/// A text whose places can be traced back to the input.
pub(super) struct Text<'a> {
    pub octets: Cow<'a, [u8]>,
    pub repairs: Vec<Repair>,
    /// Octets before the text.
    skipped: usize,
    /// Octets of the input for one of the text.
    width: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        match input {
            [0xef, 0xbb, 0xbf, rest @ ..] => Text {
                octets: Cow::Borrowed(rest),
                repairs: vec![Repair::ByteOrderMark],
                skipped: 3,
                width: 1,
            },
            [0xff, 0xfe, rest @ ..] => Text::utf16(rest, 2, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => Text::utf16(rest, 2, u16::from_be_bytes),
            _ => match zero_side(input) {
                Some(1) => Text::utf16(input, 0, u16::from_le_bytes),
                Some(_) => Text::utf16(input, 0, u16::from_be_bytes),
                None => Text { octets: Cow::Borrowed(input), repairs: Vec::new(), skipped: 0, width: 1 },
            },
        }
    }

    fn utf16(units: &[u8], skipped: usize, decode: fn([u8; 2]) -> u16) -> Self {
        let octet = |pair: &[u8; 2]| u8::try_from(decode(*pair)).unwrap_or(0xff);
        Text {
            octets: units.as_chunks::<2>().0.iter().map(octet).collect(),
            repairs: vec![Repair::Utf16],
            skipped,
            width: 2,
        }
    }

    /// The place in the input of a place in the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| self.skipped + at * self.width;
        place(range.start)..place(range.end)
    }
}

/// Which octet of the pairs is always zero, as in UTF-16 of ASCII: 0 for big endian, 1 for little endian.
fn zero_side(input: &[u8]) -> Option<usize> {
    let pairs = input[..input.len().min(SAMPLE)].as_chunks::<2>().0;
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if pairs.len() < 4 {
        return None;
    }
    let nearly_all = pairs.len() * 9 / 10;
    match (first >= nearly_all, second >= nearly_all) {
        (true, false) if second * 10 <= pairs.len() => Some(0),
        (false, true) if first * 10 <= pairs.len() => Some(1),
        _ => None,
    }
}
