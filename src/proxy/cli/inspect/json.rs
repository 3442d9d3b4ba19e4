//! One line of JSON an object, and one a problem. The names are those of `docs/INSPECT.md` and do not change.
//!
//! These are types of their own, so that the core may change its types without changing what scripts see.

use std::io::{self, Write};
use std::ops::Range;

use certwright_pki::caution::Caution;
use certwright_pki::describe::{Description, Field, Form, Note};
use certwright_pki::input::Repair;
use ring::digest;
use serde::Serialize;

use super::inspection::{Lock, LockState, Object, Report, Trouble};

/// Writes lines of JSON.
pub struct JsonLines<W> {
    out: W,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`, one line at a time.
    pub fn new(out: W) -> Self {
        Self { out }
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Report for JsonLines<W> {
    fn object(&mut self, file: &str, object: &Object<'_>) -> io::Result<()> {
        self.line(&Line::Object(Box::new(ObjectLine::new(file, object))))
    }

    fn problem(&mut self, file: &str, trouble: &Trouble<'_>) -> io::Result<()> {
        self.line(&Line::Problem(ProblemLine {
            file,
            entry: trouble.entry,
            within: trouble.within,
            problem: trouble.id,
            text: &trouble.text,
            at: trouble.at.as_ref().map(place),
            remark: trouble.remark,
        }))
    }

    fn end_of_file(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// First and one past the last octet.
type Place = [usize; 2];

fn place(range: &Range<usize>) -> Place {
    [range.start, range.end]
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line<'a> {
    Object(Box<ObjectLine<'a>>),
    Problem(ProblemLine<'a>),
}

#[derive(Serialize)]
struct ObjectLine<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<usize>,
    kind: &'static str,
    label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    at: Place,
    size: usize,
    sha256: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    repairs: Vec<RepairJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock: Option<LockJson>,
    fields: Vec<FieldJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<CautionJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<NoteJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undescribed: Option<String>,
}

#[derive(Serialize)]
struct CautionJson {
    caution: &'static str,
    text: String,
}

#[derive(Serialize)]
struct ProblemLine<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<usize>,
    problem: &'static str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place>,
    remark: bool,
}

#[derive(Serialize)]
struct RepairJson {
    repair: &'static str,
    text: String,
}

#[derive(Serialize)]
struct LockJson {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    name: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<FormJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    critical: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldJson<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
}

#[derive(Serialize)]
struct FormJson<'a> {
    label: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl<'a> ObjectLine<'a> {
    fn new(file: &'a str, object: &'a Object<'a>) -> Self {
        let (kind, bytes) = (object.found.item.kind(), object.found.item.bytes());
        let described = object.description.as_ref();
        ObjectLine {
            file,
            entry: object.entry,
            number: object.number,
            within: object.within,
            kind: kind.id(),
            label: kind.label(),
            title: described.ok().map(|description| description.title.as_str()),
            name: object.found.name.as_deref(),
            at: place(&object.found.at),
            size: bytes.len(),
            sha256: sha_256(bytes),
            repairs: object.found.repairs.iter().map(RepairJson::from).collect(),
            lock: object.lock.as_ref().map(LockJson::from),
            fields: described.map(fields).unwrap_or_default(),
            cautions: object.cautions().iter().map(CautionJson::from).collect(),
            notes: described.map(notes).unwrap_or_default(),
            undescribed: described.err().map(ToString::to_string),
        }
    }
}

impl From<&Caution> for CautionJson {
    fn from(caution: &Caution) -> Self {
        CautionJson { caution: caution.id(), text: caution.to_string() }
    }
}

impl From<&Repair> for RepairJson {
    fn from(repair: &Repair) -> Self {
        RepairJson { repair: repair.id(), text: repair.to_string() }
    }
}

impl From<&Lock> for LockJson {
    fn from(lock: &Lock) -> Self {
        let text = match &lock.state {
            LockState::Refused(error) => Some(error.to_string()),
            _ => None,
        };
        LockJson { state: lock.state.id(), rounds: lock.rounds, text }
    }
}

fn fields(description: &Description) -> Vec<FieldJson<'_>> {
    description.sections.iter().map(FieldJson::from).collect()
}

fn notes(description: &Description) -> Vec<NoteJson<'_>> {
    description.notes.iter().map(NoteJson::from).collect()
}

impl<'a> From<&'a Field> for FieldJson<'a> {
    fn from(field: &'a Field) -> Self {
        FieldJson {
            name: &field.name,
            label: &field.label,
            text: &field.text,
            forms: field.forms.iter().map(FormJson::from).collect(),
            at: field.at.as_ref().map(place),
            oid: field.oid.as_deref(),
            critical: field.critical,
            fields: field.fields.iter().map(FieldJson::from).collect(),
            left_out: field.left_out,
        }
    }
}

impl<'a> From<&'a Form> for FormJson<'a> {
    fn from(form: &'a Form) -> Self {
        FormJson { label: &form.label, text: &form.text }
    }
}

impl<'a> From<&'a Note> for NoteJson<'a> {
    fn from(note: &'a Note) -> Self {
        NoteJson { text: &note.text, at: note.at.as_ref().map(place) }
    }
}

/// The digest in lower-case hexadecimal.
fn sha_256(bytes: &[u8]) -> String {
    let octets = digest::digest(&digest::SHA256, bytes);
    octets.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}
