//! Decodes base64 line by line in either alphabet and remembers what was unusual.
//!
//! Bits that are left over at the end are dropped, as everyone does.

use super::line::Line;
use crate::Wiped;
use crate::input::Repair;

/// Longest line that is not remarked upon (RFC 7468 writes 64, MIME 76).
pub(super) const USUAL_COLUMNS: usize = 76;

/// The six bits of a character of base64, in either alphabet.
pub(crate) fn value(octet: u8) -> Option<u8> {
    match octet {
        b'A'..=b'Z' => Some(octet - b'A'),
        b'a'..=b'z' => Some(octet - b'a' + 26),
        b'0'..=b'9' => Some(octet - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[derive(Default)]
pub(super) struct Decoder {
    data: Wiped,
    /// Whether what is not base64 is left out.
    salvage: bool,
    bits: u32,
    characters: usize,
    padding: usize,
    /// Whether the padding so far is one sign at the end of a line, which may be a soft line break.
    soft: bool,
    indented: bool,
    quoted: bool,
    numbered: bool,
    long: bool,
    url: bool,
    stray: bool,
    printable: bool,
}

impl Decoder {
    pub fn new(capacity: usize, salvage: bool) -> Self {
        Decoder { data: Wiped::from(Vec::with_capacity(capacity)), salvage, ..Decoder::default() }
    }

    /// # Errors
    /// The place of the first octet that is not base64.
    pub fn line(&mut self, text: &[u8], line: &Line) -> Result<(), usize> {
        self.indented |= line.indented;
        self.quoted |= line.quoted;
        self.numbered |= line.numbered;
        self.long |= line.core.len() > USUAL_COLUMNS;
        let octets = &text[line.core.clone()];
        if octets.len() == 5 && octets[0] == b'=' && self.characters > 0 {
            // The checksum of OpenPGP (RFC 9580 section 6.1).
            return Ok(());
        }
        for (index, octet) in octets.iter().copied().enumerate() {
            match value(octet) {
                Some(bits) => {
                    if std::mem::take(&mut self.soft) {
                        self.printable = true;
                        self.padding = 0;
                    }
                    if self.padding > 0 && !self.salvage {
                        return Err(line.core.start + index);
                    }
                    self.url |= matches!(octet, b'-' | b'_');
                    self.character(bits);
                }
                None if octet == b'=' => {
                    self.padding += 1;
                    self.soft = self.padding == 1 && index + 1 == octets.len();
                }
                None if octet == b' ' || octet == b'\t' => {}
                None if octet >= 0x80 || self.salvage => self.stray = true,
                None => return Err(line.core.start + index),
            }
        }
        Ok(())
    }

    /// Remembers that something was left out.
    pub fn stray(&mut self) {
        self.stray = true;
    }

    fn character(&mut self, bits: u8) {
        self.bits = self.bits << 6 | u32::from(bits);
        self.characters += 1;
        let pending = self.characters % 4;
        if pending != 1 {
            let shift = (4 - pending) % 4 * 2;
            self.data.push((self.bits >> shift) as u8);
        }
    }

    pub fn repairs(&self) -> Vec<Repair> {
        let short = self.padding < (4 - self.characters % 4) % 4;
        [
            (self.indented, Repair::Indented),
            (self.quoted, Repair::Quoted),
            (self.numbered, Repair::LineNumbers),
            (self.long, Repair::OneLine),
            (self.url, Repair::Base64Url),
            (self.printable, Repair::QuotedPrintable),
            (self.stray, Repair::StrayCharacters),
            (short, Repair::Unpadded),
        ]
        .into_iter()
        .filter_map(|(happened, repair)| happened.then_some(repair))
        .collect()
    }

    pub fn into_data(self) -> Wiped {
        self.data
    }
}
