//! What one reading may still spend, however its parts lie inside of each other.
//!
//! The limits themselves stand with what they limit.

use super::{Reading, archive, read_file, read_within};

/// How often text may be wrapped in base64 or hexadecimal.
const MAX_WRAPPING: usize = 2;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget {
    /// How often something was unwrapped on the way here.
    wrapping: usize,
    /// How many archives there are around this place.
    pub nesting: usize,
    /// Entries of archives that may still be opened.
    pub entries: usize,
    /// Octets that may still come out of archives.
    pub unpacked: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { wrapping: 0, nesting: 0, entries: archive::MAX_ENTRIES, unpacked: archive::MAX_UNPACKED }
    }
}

impl Budget {
    /// Reads a whole file.
    pub fn read(&mut self, input: &[u8]) -> Reading {
        read_file(input, self)
    }

    /// Reads a whole file that was packed alone; `None` when that has gone too far.
    pub fn unwrap_file(&mut self, data: &[u8]) -> Option<Reading> {
        if self.wrapping == MAX_WRAPPING {
            return None;
        }
        self.wrapping += 1;
        let reading = read_file(data, self);
        self.wrapping -= 1;
        Some(reading)
    }

    /// Reads what was wrapped in text; `None` when that has gone too far.
    pub fn unwrap(&mut self, data: &[u8]) -> Option<Reading> {
        if self.wrapping == MAX_WRAPPING {
            return None;
        }
        self.wrapping += 1;
        let reading = read_within(data, self);
        self.wrapping -= 1;
        Some(reading)
    }
}
