//! Hexadecimal without anything around it: plain, with separators, as strings or arrays of source code, in decimal.
//!
//! Dumps with offsets are read by their own module.

use super::{Belief, Decoded, Piece, Search, announced, dump, indefinite};
use crate::input::Repair;
use std::ops::Range;
use zeroize::Zeroizing;

/// Fewest octets that are reported as a truncated object.
const NOTABLE: usize = 64;

/// Octets written as numbers, one after the other.
pub(super) trait Octets {
    /// The next octet, if there is one.
    fn next(&mut self) -> Option<u8>;
    /// Where the last one ended.
    fn end(&self) -> usize;
}

impl Search<'_, '_, '_> {
    pub(super) fn hexadecimal(&mut self, part: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = part.start;
        while at < part.end {
            let token =
                self.octets[at..part.end].iter().take_while(|octet| octet.is_ascii_alphanumeric()).count();
            if token == 0 {
                at += 1;
                continue;
            }
            let end = match self.token(at..at + token, part.end) {
                Ok(piece) => {
                    let end = piece.at.end;
                    pieces.push(piece);
                    end
                }
                Err(end) => end,
            };
            at = end.max(at + token);
        }
        pieces
    }

    /// Looks at what begins with one word.
    ///
    /// # Errors
    /// Where the search goes on when there was nothing.
    fn token(&mut self, token: Range<usize>, limit: usize) -> Result<Piece, usize> {
        let octets = &self.octets[token.clone()];
        if octets.len() >= 4
            && let Some(rows) = dump::Rows::new(self.octets, token.start, limit)
        {
            return self.numbers(rows, token.start, Repair::HexDump);
        }
        let digits = octets.strip_prefix(b"0x").or(octets.strip_prefix(b"0X"));
        let digits = digits.or(octets.strip_prefix(b"x")).unwrap_or(octets);
        // The first octets of a SEQUENCE, a BEGIN line, a key store of Java, an archive.
        let may_begin = [&b"30"[..], b"2d", b"2D", b"fe", b"FE", b"ce", b"CE", b"50", b"1f", b"1F"];
        if may_begin.iter().any(|start| digits.starts_with(start)) {
            let before = token.start.saturating_sub(usize::from(octets.starts_with(b"x")));
            let hex = Hex { text: self.octets, at: before, end: before, limit };
            return self.numbers(hex, token.start, Repair::Hex);
        }
        if octets == b"48" {
            let decimal = Decimal { text: self.octets, at: token.start, end: token.start, limit };
            return self.numbers(decimal, token.start, Repair::Numbers);
        }
        Err(token.end)
    }

    fn numbers(&mut self, mut from: impl Octets, start: usize, repair: Repair) -> Result<Piece, usize> {
        let mut data = Zeroizing::new(Vec::with_capacity(16));
        while data.len() < 12 {
            match from.next() {
                Some(octet) => data.push(octet),
                None => break,
            }
        }
        let wanted = match announced(&data) {
            Some(Ok(expected)) => usize::try_from(expected).unwrap_or(usize::MAX),
            Some(Err(())) => usize::MAX,
            None if is_wrapping(&data) => usize::MAX,
            None => return Err(start),
        };
        while data.len() < wanted {
            match from.next() {
                Some(octet) => data.push(octet),
                None => break,
            }
        }
        let end = from.end();
        if is_wrapping(&data) {
            let decoded = Decoded { data: &data, at: start..end, repairs: Vec::new() };
            return self.wrapped(&decoded, repair).ok_or(end);
        }
        let size = if wanted == usize::MAX { indefinite(&data).ok_or(end)? } else { wanted };
        if data.len() >= size {
            let decoded = Decoded { data: &data[..size], at: start..end, repairs: vec![repair] };
            return self.object(&decoded, Belief::Distinct).ok_or(end);
        }
        // A length of two octets, which no signature in a listing has.
        if data.starts_with(&[0x30, 0x82]) && data.len() >= NOTABLE && !self.is_number(start) {
            return Ok(Search::truncated(start..end, size as u64, data.len()));
        }
        Err(end)
    }
}

/// Whether octets begin like something that is read as a whole.
fn is_wrapping(data: &[u8]) -> bool {
    data.starts_with(b"-----BEGIN ")
        || data.starts_with(b"PK\x03\x04")
        || data.starts_with(&[0x1f, 0x8b, 8])
        || crate::input::object::is_key_store(data)
}

/// Hexadecimal with separators and the signs of programming languages between.
struct Hex<'t> {
    text: &'t [u8],
    at: usize,
    end: usize,
    limit: usize,
}

impl Hex<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        (self.at + ahead < self.limit).then(|| self.text[self.at + ahead])
    }

    fn digit(&self, ahead: usize) -> Option<u8> {
        self.peek(ahead).and_then(|octet| char::from(octet).to_digit(16)).map(|digit| digit as u8)
    }
}

impl Octets for Hex<'_> {
    fn next(&mut self) -> Option<u8> {
        let mut slash = self.at > 0 && self.at == self.end && self.text[self.at - 1] == b'\\';
        while let Some(octet) = self.peek(0) {
            match octet {
                b'\\' => slash = true,
                b' ' | b'\t' | b'\r' | b'\n' | b':' | b',' | b';' | b'-' | b'"' | b'\'' => slash = false,
                b'+' | b'&' | b'{' | b'}' | b'(' | b')' | b'[' | b']' | 0x80.. => slash = false,
                _ => break,
            }
            self.at += 1;
        }
        let prefix = match (self.peek(0)?, self.peek(1)) {
            (b'0', Some(b'x' | b'X')) => 2,
            (b'x', _) if slash => 1,
            _ => 0,
        };
        let high = self.digit(prefix)?;
        let (octet, size) = match self.digit(prefix + 1) {
            Some(low) => (high << 4 | low, 2),
            None if prefix == 2 => (high, 1),
            None => return None,
        };
        self.at += prefix + size;
        // The sign of assemblers.
        let sign = matches!(self.peek(0), Some(b'h' | b'H'));
        if sign && !self.peek(1).is_some_and(|octet| octet.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        self.end = self.at;
        Some(octet)
    }

    fn end(&self) -> usize {
        self.end
    }
}

/// Decimal numbers of octets with commas or spaces between, with or without sign.
struct Decimal<'t> {
    text: &'t [u8],
    at: usize,
    end: usize,
    limit: usize,
}

impl Octets for Decimal<'_> {
    fn next(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..self.limit];
        let parting = |octet: &&u8| matches!(octet, b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' | 0x80..);
        let blank = rest.iter().take_while(parting).count();
        let rest = &rest[blank..];
        let minus = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[minus..].iter().take(4).take_while(|octet| octet.is_ascii_digit()).count();
        let size = minus + digits;
        let value: i16 = std::str::from_utf8(&rest[..size]).ok()?.parse().ok()?;
        (-128..=255).contains(&value).then_some(())?;
        self.at += blank + size;
        self.end = self.at;
        Some(value as u8)
    }

    fn end(&self) -> usize {
        self.end
    }
}
