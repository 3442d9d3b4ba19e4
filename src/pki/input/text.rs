//! Unfolds what mail, web and source code do to a text, so that one octet stands for one character.
//!
//! Characters beyond ASCII become one octet above 127; their identity is not needed here.

mod layer;
mod spelling;

use super::Repair;
use layer::{Layer, Spelling, Start};
use memchr::memmem;
use spelling::Meaning;
use std::borrow::Cow;
use std::ops::Range;

/// Stands for any dash but the one of ASCII.
pub(crate) const DASH: u8 = 0x96;
/// Stands for any other character beyond ASCII.
pub(crate) const FOREIGN: u8 = 0x80;

/// How many octets are looked at to recognise UTF-16 without a byte order mark.
const SAMPLE: usize = 256;

/// A text whose places can be traced back to the input.
pub(crate) struct Text<'a> {
    pub octets: Cow<'a, [u8]>,
    /// What holds for the whole text.
    whole: Vec<Repair>,
    /// What was undone, the outermost first.
    layers: Vec<Layer>,
}

/// How octets are paired.
type Unit = fn([u8; 2]) -> u16;

impl<'a> Text<'a> {
    /// The characters as they stand: UTF-16 and byte order marks are undone, escapes are not.
    pub(super) fn plain(input: &'a [u8]) -> Self {
        let mut text = Text { octets: Cow::Borrowed(input), whole: Vec::new(), layers: Vec::new() };
        let unit: Option<Unit> = match input {
            [0xef, 0xbb, 0xbf, ..] => {
                text.whole.push(Repair::ByteOrderMark);
                None
            }
            [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
            [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
            _ => zero_side(input).map(|side| match side {
                1 => u16::from_le_bytes as Unit,
                _ => u16::from_be_bytes,
            }),
        };
        let Some(unit) = unit else {
            return text;
        };
        text.whole.push(Repair::Utf16);
        text.undo(None, Start::Any, |text, at| {
            let Some(pair) = text.get(at..at + 2).and_then(|pair| pair.try_into().ok()) else {
                return Some(Spelling { size: 1, octet: None });
            };
            let octet = match unit(pair) {
                // NUL and its like stay what they are.
                value @ 0..0x20 => Some(value as u8),
                value => match spelling::character(u32::from(value)) {
                    Meaning::Octet(octet) => Some(octet),
                    Meaning::Nothing => None,
                },
            };
            Some(Spelling { size: 2, octet })
        });
        text
    }

    /// The text with every escape undone.
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self::plain(input).unfolded()
    }

    /// Undoes escapes, the outermost first: those of mail, addresses, strings, markup, and characters beyond ASCII.
    pub(super) fn unfolded(mut self) -> Self {
        let rich = self.octets.starts_with(b"{\\rtf");
        let form = memmem::find(&self.octets, b"-BEGIN+").is_some();
        let one = |octet| Start::OneOf([octet; 3]);
        self.undo(Some(Repair::QuotedPrintable), one(b'='), spelling::quoted_printable);
        if form {
            self.undo(Some(Repair::UrlEncoded), one(b'+'), spelling::plus);
        }
        self.undo(Some(Repair::UrlEncoded), one(b'%'), spelling::percent);
        if rich {
            self.undo(Some(Repair::Markup), Start::Any, spelling::rich_text);
        }
        self.undo(Some(Repair::EscapedNewlines), Start::OneOf([b'\\', b'`', b'`']), spelling::backslash);
        // The second time for the source of a page that shows the source of a page.
        for _ in 0..2 {
            self.undo(Some(Repair::Markup), Start::OneOf([b'&', b'<', b'<']), spelling::markup);
        }
        self.undo(Some(Repair::Invisible), Start::From(0xc2), spelling::invisible);
        self.undo(None, Start::From(0x80), spelling::wide);
        self
    }

    fn undo(
        &mut self,
        repair: Option<Repair>,
        start: Start,
        spelling: impl Fn(&[u8], usize) -> Option<Spelling>,
    ) {
        if let Some((octets, layer)) = Layer::undo(&self.octets, repair, start, spelling) {
            self.octets = Cow::Owned(octets);
            self.layers.push(layer);
        }
    }

    /// The place in the text of a place in the input, the other way round.
    pub(super) fn find_place(&self, input: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let (mut low, mut high) = (0, self.octets.len());
            while low < high {
                let middle = usize::midpoint(low, high);
                match self.place(&(middle..middle)).start < at {
                    true => low = middle + 1,
                    false => high = middle,
                }
            }
            low
        };
        place(input.start)..place(input.end)
    }

    /// The place in the input of a place in the text.
    pub(crate) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.layers.iter().rev().fold(range.clone(), |range, layer| layer.trace(&range).0)
    }

    /// What had to be undone to read this part of the text, in the order in which it was.
    pub(crate) fn repairs(&self, range: &Range<usize>) -> Vec<Repair> {
        let mut range = range.clone();
        let mut repairs = Vec::new();
        for layer in self.layers.iter().rev() {
            let (before, bent) = layer.trace(&range);
            range = before;
            if let Some(repair) = layer.repair.clone().filter(|repair| bent && !repairs.contains(repair)) {
                repairs.push(repair);
            }
        }
        repairs.extend(self.whole.iter().rev().cloned());
        repairs.reverse();
        repairs
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
