//! Textual encoding (RFC 7468): strict when writing, forgiving when reading.
//!
//! It finds BEGIN and END lines and decodes what lies between; what the bytes mean is not its business.

pub(crate) mod body;
mod marker;

use crate::Wiped;
use crate::ber;
use crate::input::{Problem, ProblemKind, Repair, Text};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use marker::{Marker, Side};
use std::ops::Range;

/// Characters in a line of base64 that is written.
const COLUMNS: usize = 64;

/// Writes `der` between BEGIN and END lines: 64 columns, LF, one newline at the end.
#[must_use]
pub fn encode(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let mut out = String::with_capacity(base64.len() + base64.len() / COLUMNS + 2 * label.len() + 40);
    out.push_str("-----BEGIN ");
    out.push_str(label);
    out.push_str("-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(COLUMNS));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str("-----\n");
    out
}

/// Reads what [`encode`] has written, and nothing else: each block's label and octets.
#[must_use]
pub fn decode_own(text: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut blocks = Vec::new();
    let mut lines = std::str::from_utf8(text).ok()?.lines();
    while let Some(line) = lines.next() {
        let label = line.strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
        let end = format!("-----END {label}-----");
        let mut base64 = String::new();
        loop {
            match lines.next()? {
                line if line == end => break,
                line => base64.push_str(line),
            }
        }
        blocks.push((label.to_owned(), STANDARD.decode(base64).ok()?));
    }
    Some(blocks)
}

/// One decoded block.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// The label after BEGIN (after END where BEGIN is missing).
    pub label: String,
    /// The bytes of the block, its BEGIN and END lines included.
    pub at: Range<usize>,
    /// Header lines between BEGIN and the base64, such as `Proc-Type` and `DEK-Info`.
    pub headers: Vec<(String, String)>,
    /// The decoded bytes.
    pub data: Wiped,
    /// Whether both lines were there; if not, `data` may hold more or less than the object.
    pub complete: bool,
    /// What was put right.
    pub repairs: Vec<Repair>,
}

impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The data may be a private key.
        f.debug_struct("Block")
            .field("label", &self.label)
            .field("at", &self.at)
            .field("size", &self.data.len())
            .field("complete", &self.complete)
            .field("repairs", &self.repairs)
            .finish_non_exhaustive()
    }
}

/// What a text held.
#[derive(Debug, Clone, PartialEq)]
pub struct Armored {
    /// The blocks in the order of the text.
    pub blocks: Vec<Block>,
    /// What could not be decoded.
    pub problems: Vec<Problem>,
}

/// Finds and decodes every block of a text of any disguise, in time linear in its length.
///
/// Escapes, quoting and UTF-16 are seen through; byte ranges refer to `text` as it is.
#[must_use]
pub fn decode(text: &[u8]) -> Armored {
    let text = Text::new(text);
    let mut armored = blocks(&text.octets);
    for block in &mut armored.blocks {
        block.repairs.splice(0..0, text.repairs(&block.at));
        block.at = text.place(&block.at);
    }
    for problem in &mut armored.problems {
        problem.at = text.place(&problem.at);
    }
    armored
}

/// Finds and decodes every block of a text in which one octet is one character.
pub(crate) fn blocks(text: &[u8]) -> Armored {
    let (markers, cut) = marker::find(text);
    let mut reader = Reader {
        text,
        line: LineCounter::default(),
        out: Armored { blocks: Vec::new(), problems: Vec::new() },
    };
    let mut done = 0;
    let mut rest = markers.iter().peekable();
    while let Some(marker) = rest.next() {
        let limit = rest.peek().map_or(cut.unwrap_or(text.len()), |next| next.at.start);
        let end = match marker.side {
            Side::End => {
                reader.without_begin(done, marker);
                marker.at.end
            }
            Side::Begin => match rest.next_if(|next| next.side == Side::End) {
                Some(end) => {
                    reader.block(done, marker, end);
                    end.at.end
                }
                None => reader.without_end(done, marker, limit),
            },
        };
        done = end;
    }
    reader.prose_behind(done);
    if let Some(cut) = cut {
        let limit = marker::MAX_MARKERS / 2;
        reader.problem(ProblemKind::TooManyBlocks { limit }, cut..text.len(), "");
    }
    reader.out
}

/// Whether a label announces a private key.
pub(crate) fn is_secret(label: &str) -> bool {
    label.contains("PRIVATE KEY")
}

struct Reader<'a> {
    text: &'a [u8],
    line: LineCounter,
    out: Armored,
}

impl Reader<'_> {
    fn block(&mut self, done: usize, begin: &Marker, end: &Marker) {
        let label = begin.label.clone();
        let at = begin.at.start..end.at.end;
        let mut repairs = self.around(done, begin);
        if end.damaged && !repairs.contains(&Repair::Dashes) {
            repairs.push(Repair::Dashes);
        }
        if begin.label != end.label {
            repairs.push(Repair::LabelMismatch { begin: begin.label.clone(), end: end.label.clone() });
        }
        let range = begin.at.end..end.at.start;
        let body = match body::read(self.text, range.clone(), body::Extent::All) {
            Err(place) => self.salvaged(&range).ok_or(place),
            body => body,
        };
        match body {
            Err(place) => {
                let line = self.line.of(self.text, place);
                self.problem(ProblemKind::BadBase64 { line }, at, &label);
            }
            Ok(body) if body.data.is_empty() => {
                let kind = ProblemKind::EmptyBlock { label: label.clone() };
                self.problem(kind, at, &label);
            }
            Ok(body) => self.push(label, at, body, true, repairs),
        }
    }

    /// A body without what does not belong to base64, if the length of what is left agrees.
    fn salvaged(&self, range: &Range<usize>) -> Option<body::Body> {
        let agrees = |body: &body::Body| {
            let header = ber::header(&body.data).filter(|header| header.tag.constructed);
            let size = header.and_then(|header| header.length?.checked_add(header.size as u64));
            size == Some(body.data.len() as u64)
        };
        let extents = [body::Extent::SoundLines, body::Extent::SoundCharacters];
        let mut bodies =
            extents.iter().filter_map(|extent| body::read(self.text, range.clone(), *extent).ok());
        bodies.find(agrees)
    }

    fn without_end(&mut self, done: usize, begin: &Marker, limit: usize) -> usize {
        let label = begin.label.clone();
        let range = begin.at.end..limit;
        match body::read(self.text, range, body::Extent::LeadingLines) {
            Ok(body) if !body.data.is_empty() => {
                let end = body.at.end;
                let mut repairs = self.around(done, begin);
                repairs.push(Repair::MissingEnd);
                self.push(label, begin.at.start..end, body, false, repairs);
                end
            }
            _ => {
                let kind = ProblemKind::BeginWithoutEnd { label: label.clone() };
                self.problem(kind, begin.at.clone(), &label);
                begin.at.end
            }
        }
    }

    fn without_begin(&mut self, done: usize, end: &Marker) {
        let label = end.label.clone();
        let range = done..end.at.start;
        match body::read(self.text, range, body::Extent::TrailingLines) {
            Ok(body) if !body.data.is_empty() => {
                let at = body.at.start..end.at.end;
                self.push(label, at, body, false, vec![Repair::MissingBegin]);
            }
            _ => {
                let kind = ProblemKind::EndWithoutBegin { label: label.clone() };
                self.problem(kind, end.at.clone(), &label);
            }
        }
    }

    fn push(
        &mut self,
        label: String,
        at: Range<usize>,
        body: body::Body,
        complete: bool,
        mut repairs: Vec<Repair>,
    ) {
        repairs.extend(body.repairs);
        self.out.blocks.push(Block { label, at, headers: body.headers, data: body.data, complete, repairs });
    }

    fn problem(&mut self, kind: ProblemKind, at: Range<usize>, label: &str) {
        let secret = is_secret(label);
        self.out.problems.push(Problem::new(kind, at, secret));
    }

    /// Repairs that concern the BEGIN line and what stands before it.
    fn around(&self, done: usize, begin: &Marker) -> Vec<Repair> {
        let mut repairs = Vec::new();
        if is_prose(&self.text[done..begin.at.start]) {
            repairs.push(Repair::ProseAround);
        }
        if begin.damaged {
            repairs.push(Repair::Dashes);
        }
        repairs
    }

    fn prose_behind(&mut self, done: usize) {
        if let Some(block) = self.out.blocks.last_mut()
            && is_prose(&self.text[done..])
            && !block.repairs.contains(&Repair::ProseAround)
        {
            block.repairs.push(Repair::ProseAround);
        }
    }
}

/// Whether a gap between blocks holds words, not only white space, quoting and numbers.
fn is_prose(gap: &[u8]) -> bool {
    gap.iter().filter(|octet| octet.is_ascii_alphabetic()).nth(1).is_some()
}

/// Counts lines up to places that only move forward.
#[derive(Default)]
struct LineCounter {
    at: usize,
    lines: usize,
}

impl LineCounter {
    fn of(&mut self, text: &[u8], place: usize) -> usize {
        if place < self.at {
            *self = LineCounter::default();
        }
        for index in self.at..place {
            let lone_return = text[index] == b'\r' && text.get(index + 1) != Some(&b'\n');
            if text[index] == b'\n' || lone_return {
                self.lines += 1;
            }
        }
        self.at = place;
        self.lines + 1
    }
}

#[cfg(test)]
mod tests;
