//! Hexadecimal dumps: rows of an offset, octets and perhaps their characters, as `xxd`, `hexdump`, `od`, `openssl`
//! and `certutil` write them.
//!
//! The offsets say how many octets a row has, so that characters are not taken for octets. Rows that a program left
//! out because they repeat are not made up.

use super::hexadecimal::Octets;

/// Most octets of a row.
const WIDEST: usize = 64;

/// The rows of one dump.
pub(super) struct Rows<'t> {
    text: &'t [u8],
    limit: usize,
    /// Octets of a full row.
    width: usize,
    radix: u32,
    /// Whether octets stand in swapped pairs, as in words of a little-endian machine.
    swapped: bool,
    /// The offset of the next row.
    offset: u64,
    next_row: Option<usize>,
    row: Vec<u8>,
    taken: usize,
    end: usize,
}

impl<'t> Rows<'t> {
    /// A dump whose first row begins with the offset at `start`; it must have a second row.
    pub fn new(text: &'t [u8], start: usize, limit: usize) -> Option<Self> {
        let blank = text[..start].iter().rev().take(16).take_while(|octet| matches!(octet, b' ' | b'\t'));
        let line = start - blank.count();
        if line > 0 && !matches!(text[line - 1], b'\n' | b'\r') {
            return None;
        }
        let first = Row::parse(text, line, limit)?;
        let second = Row::parse(text, first.after?, limit)?;
        // Behind the octets there may be characters that look like some, but never fewer than a row has.
        let most = octets(first.rest, WIDEST).len();
        let bases = [16, 8, 10].into_iter().filter_map(|radix| {
            let offset = number(first.offset, radix)?;
            let width = usize::try_from(number(second.offset, radix)?.checked_sub(offset)?).ok()?;
            (1..=most).contains(&width).then_some((radix, offset, width))
        });
        let (radix, offset, width) = bases.min_by_key(|(_, _, width)| most - width)?;
        let head = octets(first.rest, width);
        let words = first.rest.trim_ascii_start().iter().take(5).position(|octet| *octet == b' ') == Some(4);
        let swapped = words && matches!(head.get(..2)?, [0x80..=0x84, 0x30]);
        let rows = Rows {
            text,
            limit,
            width,
            radix,
            swapped,
            offset,
            next_row: Some(line),
            row: Vec::new(),
            taken: 0,
            end: start,
        };
        (swapped || head.first() == Some(&0x30)).then_some(rows)
    }

    /// Reads the next row into `row`; the last one may be short.
    fn read_row(&mut self) -> Option<()> {
        let row = Row::parse(self.text, self.next_row?, self.limit)?;
        (number(row.offset, self.radix)? == self.offset).then_some(())?;
        self.row = octets(row.rest, self.width);
        if self.swapped {
            self.row.chunks_mut(2).for_each(<[u8]>::reverse);
        }
        self.taken = 0;
        self.offset += self.width as u64;
        self.end = row.end;
        self.next_row = row.after.filter(|_| self.row.len() == self.width);
        (!self.row.is_empty()).then_some(())
    }
}

impl Octets for Rows<'_> {
    fn next(&mut self) -> Option<u8> {
        if self.taken == self.row.len() {
            self.read_row()?;
        }
        self.taken += 1;
        Some(self.row[self.taken - 1])
    }

    /// The end of the last row, or of the line behind it that has the offset of the end alone.
    fn end(&self) -> usize {
        let behind =
            self.end + self.text[self.end..self.limit].iter().take(2).take_while(|o| **o < b' ').count();
        let line = &self.text[behind..self.limit];
        let size = line.iter().take(17).take_while(|octet| octet.is_ascii_hexdigit()).count();
        let alone = matches!(line.get(size), None | Some(b'\n' | b'\r'));
        let missing = self.width.saturating_sub(self.row.len()) as u64;
        match number(&line[..size], self.radix) {
            Some(offset) if alone && offset.checked_add(missing) == Some(self.offset) => behind + size,
            _ => self.end,
        }
    }
}

/// One line of a dump.
struct Row<'t> {
    offset: &'t [u8],
    rest: &'t [u8],
    /// Where the line ends.
    end: usize,
    /// Where the next one begins.
    after: Option<usize>,
}

impl<'t> Row<'t> {
    fn parse(text: &'t [u8], line: usize, limit: usize) -> Option<Self> {
        /// The longest line.
        const LONGEST: usize = 512;
        let octets = &text[line..limit.min(line + LONGEST)];
        let size = memchr::memchr2(b'\n', b'\r', octets).unwrap_or(octets.len());
        let end = line + size;
        let breaks =
            text[end..limit].iter().take(2).take_while(|octet| matches!(octet, b'\n' | b'\r')).count();
        let octets = octets[..size].trim_ascii_start();
        let octets = octets.strip_prefix(b"0x").unwrap_or(octets);
        let digits = octets.iter().take(17).take_while(|octet| octet.is_ascii_hexdigit()).count();
        let (offset, rest) = octets.split_at(digits);
        let parted = matches!(rest.first(), Some(b' ' | b'\t' | b':' | b'|' | b'h'));
        let rest = &rest[rest
            .iter()
            .take_while(|octet| matches!(octet, b' ' | b'\t' | b':' | b'|' | b'-' | b'h'))
            .count()..];
        ((4..=16).contains(&digits) && parted).then_some(Row {
            offset,
            rest,
            end,
            after: (breaks > 0 && end + breaks < limit).then_some(end + breaks),
        })
    }
}

fn number(digits: &[u8], radix: u32) -> Option<u64> {
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// The octets at the start of a row, at most so many.
fn octets(row: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(most);
    let mut rest = row;
    while out.len() < most {
        let blank =
            rest.iter().take(4).take_while(|octet| matches!(octet, b' ' | b'\t' | b'-' | b':' | b'|'));
        rest = &rest[blank.count()..];
        let Some(Some([high, low])) = rest.get(..2).map(|pair| match pair {
            [high, low] => Some([char::from(*high).to_digit(16)?, char::from(*low).to_digit(16)?]),
            _ => None,
        }) else {
            break;
        };
        out.push((high << 4 | low) as u8);
        rest = &rest[2..];
    }
    out
}
