//! Objects and problems in lines for people: one line a field, indented by nesting, never wrapped.
//!
//! Other spellings of values and the places of single fields are left to `--json`.

use std::io::{self, Write};
use std::ops::Range;

use certwright_pki::describe::Field;

use super::inspection::{Lock, LockState, Object, Report, Trouble};
use crate::cli::certificate_text::{printable, sha_256};

/// Spaces for one level.
const STEP: usize = 2;
/// Labels are padded to the longest beside them, but not beyond this.
const WIDEST_LABEL: usize = 32;

/// Writes lines for people.
pub struct PlainText<W> {
    out: W,
    /// Whether the file's name stands above already.
    named: bool,
}

impl<W: Write> PlainText<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, named: false }
    }

    /// The file's name, before the first thing in it.
    fn name(&mut self, file: &str) -> io::Result<()> {
        if !self.named {
            writeln!(self.out, "{}", printable(file))?;
            self.named = true;
        }
        Ok(())
    }

    fn line(&mut self, level: usize, text: &str) -> io::Result<()> {
        writeln!(self.out, "{:width$}{}", "", printable(text), width = level * STEP)
    }

    /// A label, padded, and a text which may have several lines.
    fn pair(&mut self, level: usize, label: &str, width: usize, text: &str) -> io::Result<()> {
        let mut label = label;
        for part in text.lines() {
            self.line(level, format!("{label:width$}  {part}").trim_end())?;
            label = "";
        }
        Ok(())
    }

    fn fields(&mut self, level: usize, fields: &[Field]) -> io::Result<()> {
        let labels: Vec<String> = fields.iter().map(label).collect();
        let valued = fields.iter().zip(&labels).filter(|(field, _)| !field.text.is_empty());
        let width = valued.map(|(_, label)| label.chars().count()).filter(|width| *width <= WIDEST_LABEL);
        let width = width.max().unwrap_or(0);
        for (field, label) in fields.iter().zip(&labels) {
            match field.text.is_empty() {
                true => self.line(level, label)?,
                false => self.pair(level, label, width, &format!("{}{}", field.text, identifier(field)))?,
            }
            self.fields(level + 1, &field.fields)?;
            if field.left_out > 0 {
                self.line(level + 1, &format!("and {} more", field.left_out))?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Report for PlainText<W> {
    fn object(&mut self, file: &str, object: &Object<'_>) -> io::Result<()> {
        self.name(file)?;
        let level = 1 + object.depth;
        let (kind, bytes) = (object.found.item.kind(), object.found.item.bytes());
        let described = object.description.as_ref();
        let title = described.map(|description| format!(": {}", description.title)).unwrap_or_default();
        self.line(level, &format!("{kind}{title}"))?;
        let level = level + 1;
        let mut head = Vec::new();
        head.extend(object.found.name.as_ref().map(|name| ("called", name.clone())));
        head.extend(object.entry.map(|entry| ("in", entry.to_owned())));
        head.push(("at", octets(&object.found.at)));
        head.push(("SHA-256", format!("{} of {} bytes", sha_256(bytes), bytes.len())));
        head.extend(object.found.repairs.iter().map(|repair| ("repaired", repair.to_string())));
        head.extend(object.lock.as_ref().map(|lock| ("locked", locked(lock))));
        for (label, text) in head {
            self.pair(level, label, "repaired".len(), &text)?;
        }
        match described {
            Err(error) => self.line(level, &format!("not described: {error}"))?,
            Ok(description) => {
                self.fields(level, &description.sections)?;
                for caution in object.cautions() {
                    self.line(level, &format!("caution: {caution}"))?;
                }
                for note in &description.notes {
                    let at = note.at.as_ref().map(|at| format!(" ({})", octets(at))).unwrap_or_default();
                    self.line(level, &format!("note: {}{at}", note.text))?;
                }
            }
        }
        Ok(())
    }

    fn problem(&mut self, file: &str, trouble: &Trouble<'_>) -> io::Result<()> {
        self.name(file)?;
        let mut text = if trouble.remark { "remark" } else { "problem" }.to_owned();
        if let Some(at) = &trouble.at {
            text += &format!(" at {}", octets(at));
        }
        if let Some(entry) = trouble.entry {
            text += &format!(" of {entry}");
        }
        self.line(1 + trouble.depth, &format!("{text}: {}", trouble.text))
    }

    fn end_of_file(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.named) {
            writeln!(self.out)?;
        }
        self.out.flush()
    }
}

/// A field's label; of a group, with its object identifier.
fn label(field: &Field) -> String {
    let critical = if field.critical == Some(true) { ", critical" } else { "" };
    let oid = if field.text.is_empty() { identifier(field) } else { String::new() };
    format!("{}{critical}{oid}", field.label)
}

/// The object identifier, unless it stands there anyway.
fn identifier(field: &Field) -> String {
    match &field.oid {
        Some(oid) if !field.label.contains(oid.as_str()) && !field.text.contains(oid.as_str()) => {
            format!(" [{oid}]")
        }
        _ => String::new(),
    }
}

fn octets(at: &Range<usize>) -> String {
    format!("bytes {} to {}", at.start, at.end)
}

fn locked(lock: &Lock) -> String {
    let cost = lock.rounds.map(|rounds| format!(" ({rounds} rounds)")).unwrap_or_default();
    let words = match &lock.state {
        LockState::Opened => "opened with a password".to_owned(),
        LockState::PasswordNeeded => "a password is needed".to_owned(),
        LockState::WrongPassword(1) => "the password is wrong".to_owned(),
        LockState::WrongPassword(count) => format!("none of the {count} passwords fits"),
        LockState::Refused(error) => error.to_string(),
    };
    words + &cost
}
