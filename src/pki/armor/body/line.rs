//! Cuts a body into lines and takes off what quoting, source code and listings put around them.
//!
//! Whether a line is base64 is asked of it, not decided here.

use super::value;
use std::ops::Range;

/// Octets that quoting puts before a line and that base64 never has.
pub(in crate::armor) fn is_line_prefix(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'>' | b'#' | b'*' | b'|' | b';' | b'!' | b'"' | b'\'')
}

fn is_line_suffix(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'"' | b'\'' | b',' | b';' | b'|' | b'*' | b')' | b'\0')
}

/// Octets that join the pieces of a string in source code.
fn is_joint(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'+' | b'.' | b'&' | b'_' | b',' | b';' | b'(' | b')' | b'\\')
}

/// One line without what was put around it.
pub(super) struct Line {
    pub core: Range<usize>,
    pub indented: bool,
    pub quoted: bool,
    pub numbered: bool,
}

impl Line {
    /// Whether the line is base64 or blank.
    pub fn may_belong(&self, text: &[u8]) -> bool {
        let mut octets = text[self.core.clone()].iter();
        octets.all(|octet| value(*octet).is_some() || *octet == b'=')
    }
}

/// What a listing puts at the left of every line, the BEGIN line included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Margin {
    None,
    /// Line numbers; the next one.
    Number(u32),
    /// The sign of a patch, which could also be base64.
    Sign(u8),
}

/// Cuts a range into lines.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    /// Where the next line starts; nothing when the last one was given out.
    start: Option<usize>,
    end: usize,
    /// The first line is the rest of the BEGIN line and has no margin.
    first: bool,
    margin: Margin,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a [u8], range: Range<usize>) -> Self {
        let margin = margin(text, &range);
        Lines { text, start: Some(range.start), end: range.end, first: true, margin }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let start = self.start?;
        let end = line_end(self.text, start..self.end);
        self.start = (end < self.end).then_some(end + 1);
        if std::mem::take(&mut self.first) {
            let mut line = line(self.text, start..end, true);
            line.indented = false;
            return Some(line);
        }
        let octets = &self.text[start..end];
        let margin = match self.margin {
            Margin::Number(expected) => match number(octets) {
                Some((found, size)) if found == expected => {
                    self.margin = Margin::Number(expected.wrapping_add(1));
                    size
                }
                _ => 0,
            },
            Margin::Sign(sign) if octets.first() == Some(&sign) => 1,
            _ => 0,
        };
        let mut line = line(self.text, start + margin..end, self.start.is_none());
        line.numbered = margin > 0 && matches!(self.margin, Margin::Number(_));
        line.quoted |= margin > 0 && !line.numbered;
        line.indented &= margin == 0;
        Some(line)
    }
}

/// Where the line ends that begins with `range`: at a line end, or at the comma between two strings of an array.
fn line_end(text: &[u8], range: Range<usize>) -> usize {
    let is_quote = |octet: Option<&u8>| matches!(octet, Some(b'"' | b'\''));
    let mut at = range.start;
    while let Some(step) = memchr::memchr3(b'\n', b'\r', b',', &text[at..range.end]) {
        at += step;
        let between = text[at] == b','
            && is_quote(text[range.start..at].trim_ascii_end().last())
            && is_quote(text[at + 1..range.end].trim_ascii_start().first());
        if between || text[at] != b',' {
            return at;
        }
        at += 1;
    }
    range.end
}

/// A line number with what parts it from the line: its value and size.
fn number(line: &[u8]) -> Option<(u32, usize)> {
    const MOST: usize = 16;
    let blank =
        line.iter().take(MOST).take_while(|octet| matches!(octet, b' ' | b'\t' | b'[' | b'|')).count();
    let digits = line[blank..].iter().take(7).take_while(|octet| octet.is_ascii_digit()).count();
    let rest = &line[blank + digits..];
    let parting = |octet: &&u8| matches!(octet, b' ' | b'\t' | b':' | b'.' | b')' | b']' | b'|' | b'>');
    let parted = rest.iter().take(MOST).take_while(parting).count();
    let value = std::str::from_utf8(&line[blank..blank + digits]).ok()?.parse().ok()?;
    (parted > 0 || rest.is_empty()).then_some((value, blank + digits + parted))
}

/// Finds out what stands at the left of the lines, from the BEGIN line before `range` and the first line in it.
fn margin(text: &[u8], range: &Range<usize>) -> Margin {
    const REACH: usize = 160;
    let floor = range.start.saturating_sub(REACH);
    let before = &text[floor..range.start];
    let Some(break_at) = before.iter().rposition(|octet| matches!(octet, b'\n' | b'\r')) else {
        return margin_below(text, before, range);
    };
    margin_below(text, &before[break_at + 1..], range)
}

fn margin_below(text: &[u8], begin: &[u8], range: &Range<usize>) -> Margin {
    let body = &text[range.clone()];
    let Some(skip) = body.iter().position(|octet| matches!(octet, b'\n' | b'\r')) else {
        return Margin::None;
    };
    let size = body[skip..].iter().take_while(|octet| matches!(octet, b'\n' | b'\r')).count();
    let first = &body[skip + size..];
    match begin.first() {
        // A BEGIN line with its own five dashes has no sign before them.
        Some(sign @ (b'+' | b'-')) if begin[1..].starts_with(b"-----") => {
            let all =
                body.split(|octet| matches!(octet, b'\n' | b'\r')).skip(1).filter(|line| !line.is_empty());
            let signed = first.first() == Some(sign) && all.clone().all(|line| line[0] == *sign);
            if signed { Margin::Sign(*sign) } else { Margin::None }
        }
        _ => match (number(begin), number(&first[..first.len().min(64)])) {
            (Some((above, _)), Some((below, _))) if below == above.wrapping_add(1) => Margin::Number(below),
            _ => Margin::None,
        },
    }
}

fn line(text: &[u8], range: Range<usize>, edge: bool) -> Line {
    let octets = &text[range.clone()];
    if octets.iter().any(|octet| matches!(octet, b'"' | b'\''))
        && super::header(octets).is_none()
        && let Some(core) = piece(octets, edge)
    {
        let core = range.start + core.start..range.start + core.end;
        return Line { indented: false, quoted: !core.is_empty(), numbered: false, core };
    }
    let mut lead = octets.iter().take_while(|octet| is_line_prefix(**octet)).count();
    // The comments of C and SQL; a slash alone may be base64.
    let comment = [&b"// "[..], b"//\t", b"-- ", b"/* "].iter().any(|mark| octets[lead..].starts_with(mark));
    if comment {
        lead += 2 + octets[lead + 2..].iter().take_while(|octet| is_line_prefix(**octet)).count();
    }
    let trail = octets[lead..].iter().rev().take_while(|octet| is_line_suffix(**octet)).count();
    let prefix = &octets[..lead];
    let core = range.start + lead..range.end - trail;
    let quoted = prefix.iter().any(|octet| !matches!(octet, b' ' | b'\t'));
    Line {
        indented: !core.is_empty() && lead > 0 && !quoted,
        quoted: !core.is_empty() && quoted,
        numbered: false,
        core,
    }
}

/// The base64 among the pieces between the quotes of a line of source code; empty when there are only joints, or at
/// the `edge` that the line shares with BEGIN or END.
fn piece(octets: &[u8], edge: bool) -> Option<Range<usize>> {
    let mut start = 0;
    let mut words = false;
    // What is between quotes goes before what is outside, as in `key+="MII"`.
    let mut found: [Option<Range<usize>>; 2] = [None, None];
    for (index, part) in octets.split(|octet| matches!(octet, b'"' | b'\'')).enumerate() {
        let blank = part.iter().take_while(|octet| octet.is_ascii_whitespace()).count();
        let core = part.trim_ascii();
        let range = start + blank..start + blank + core.len();
        start += part.len() + 1;
        if core.len() <= 4 && core.iter().all(|octet| is_joint(*octet)) {
            continue;
        }
        match core.iter().all(|octet| value(*octet).is_some() || *octet == b'=') {
            true => found[index % 2] = Some(range),
            false => words = true,
        }
    }
    let [outside, inside] = found;
    let nothing = || (!words || edge).then_some(octets.len()..octets.len());
    inside.or(outside).or_else(nothing)
}
