//! What is kept beside the fields while an object is being described: the notes, and the room for further fields.
//!
//! Leaves out what is noted: that is for the modules that read.

use std::ops::Range;

use super::{Field, Note, value};
use crate::error::{Error, Result};
use crate::tlv::{Cursor, Tlv};

/// The most fields that one description has. A page cannot show more, and a list of a million names is not read.
const ROOM: usize = 20_000;

/// The notes made so far and the fields that may still come.
#[derive(Debug)]
pub(crate) struct Margin {
    /// What was noticed.
    pub notes: Vec<Note>,
    room: usize,
}

impl Margin {
    /// An empty margin with all its room.
    pub fn new() -> Self {
        Self { notes: Vec::new(), room: ROOM }
    }

    /// Whether there is room for one more field; takes it.
    pub fn has_room(&mut self) -> bool {
        let room = self.room > 0;
        self.room = self.room.saturating_sub(1);
        room
    }

    /// Notes a sentence without its full stop, with its place.
    pub fn note(&mut self, text: impl Into<String>, at: Range<usize>) {
        if self.notes.len() < ROOM {
            self.notes.push(Note { text: text.into(), at: Some(at) });
        }
    }

    /// Notes what could not be read, and where.
    pub fn problem(&mut self, what: &str, error: &Error, otherwise: Range<usize>) {
        let at = error.position.clone().unwrap_or(otherwise);
        self.note(format!("{what}: {}", error.kind), at);
    }

    /// Makes a part of each element of a list; what there is no room for is counted in [`Field::left_out`].
    ///
    /// An element whose reader fails is shown as octets, with a note, and those after it are read all the same.
    ///
    /// # Errors
    /// The list breaks off within an element; the parts before it are kept.
    pub fn parts(
        &mut self,
        field: &mut Field,
        mut list: Cursor<'_>,
        what: &'static str,
        mut read: impl FnMut(Tlv<'_>, &mut Self) -> Result<Field>,
    ) -> Result<()> {
        while !list.is_empty() {
            let element = list.any(what)?;
            if !self.has_room() {
                field.left_out += 1;
                continue;
            }
            let part = match read(element, self) {
                Ok(part) => part,
                Err(error) => {
                    self.problem(&format!("a {what} cannot be decoded"), &error, element.range());
                    value::octets("undecoded", format!("Unreadable {what}"), element.whole, element.range())
                }
            };
            field.fields.push(part);
        }
        Ok(())
    }
}
