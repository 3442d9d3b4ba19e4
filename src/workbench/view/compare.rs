//! Two objects beside each other: what changed between them, and what an authority made of a request.

use super::words::first_upper;
use super::{Badge, Mood, WaitView, wait};
use crate::id::ObjectId;
use crate::state::{Slot, State, Thing};
use certwright_pki::Kind;
use certwright_pki::compare::{self, Row, Verdict};

/// Differing parts of the octets that are listed.
const PARTS: usize = 20;

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct CompareView {
    pub left: Side,
    pub right: Side,
    /// What came of it, in a sentence.
    pub verdict: Badge,
    /// How the keys stand to each other, where both have one.
    pub key: Option<Badge>,
    pub same_key: bool,
    /// What the authority made of the request, where that is what the two are.
    pub issued: Vec<Line>,
    pub fields: Vec<Line>,
    pub octets: Vec<OctetRow>,
    /// Further differing parts.
    pub more_octets: usize,
    pub wait: WaitView,
}

/// One of the two.
#[derive(Clone, PartialEq, Debug)]
pub struct Side {
    pub id: ObjectId,
    /// `Certificate request`.
    pub kind: String,
    pub title: String,
    /// Where it was found; two of the same name are told apart by it.
    pub file: String,
}

/// One line of a table; parts are indented.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub depth: usize,
    pub label: String,
    pub left: Option<String>,
    pub right: Option<String>,
    pub verdict: Verdict,
    /// The verdict in a word.
    pub word: &'static str,
}

/// Octets that differ.
#[derive(Clone, PartialEq, Debug)]
pub struct OctetRow {
    pub left: Part,
    pub right: Part,
}

/// One side of octets that differ.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// `octets 4 to 36`.
    pub place: String,
    /// The octets in hexadecimal, the first of them if there are many.
    pub hex: String,
}

/// Octets of a part that are shown.
const HEX: usize = 48;

impl Part {
    fn of(bytes: &[u8], at: &std::ops::Range<usize>) -> Self {
        let octets = bytes.get(at.clone()).unwrap_or_default();
        let shown: Vec<String> = octets.iter().take(HEX).map(|octet| format!("{octet:02x}")).collect();
        let more = octets.len().saturating_sub(HEX);
        Self {
            place: match octets.len() {
                0 => format!("nothing, at octet {}", at.start),
                1 => format!("octet {}", at.start),
                _ => format!("octets {} to {}", at.start, at.end - 1),
            },
            hex: match more {
                0 => shown.join(" "),
                more => format!("{} … and {more} more", shown.join(" ")),
            },
        }
    }
}

/// The comparison; `None` if one of the two is not here any more. A request always stands on the left of a
/// certificate.
pub fn compare(state: &State, left: &ObjectId, right: &ObjectId) -> Option<CompareView> {
    let (mut left, mut right) = (state.thing(left)?, state.thing(right)?);
    if left.kind == Kind::Certificate && right.kind == Kind::Request {
        std::mem::swap(&mut left, &mut right);
    }
    let mut view = CompareView {
        verdict: Badge::new(Mood::Plain, "Reading both"),
        key: keys(&left, &right),
        same_key: left.card.key.is_some() && left.card.key == right.card.key,
        issued: Vec::new(),
        fields: Vec::new(),
        octets: Vec::new(),
        more_octets: 0,
        wait: [&left, &right]
            .map(|side| wait(state, &Slot::Describe(side.id.clone())))
            .into_iter()
            .find(|wait| wait.running.is_some() || wait.failed.is_some())
            .unwrap_or_default(),
        left: side(state, &left),
        right: side(state, &right),
    };
    let (Some(one), Some(other)) = (state.described.get(&left.id), state.described.get(&right.id)) else {
        return Some(view);
    };
    let (one, other) = (&one.description, &other.description);
    let rows = if left.kind == Kind::Request && right.kind == Kind::Certificate {
        let issued = compare::issued(one, other);
        view.key = Some(same_key(issued.same_key));
        view.issued = lines(&issued.rows);
        issued.rows
    } else {
        let rows = compare::fields(one, other);
        view.fields = lines(&rows);
        rows
    };
    view.verdict = match (left.bytes == right.bytes, compare::differences(&rows)) {
        (true, _) => Badge::new(Mood::Good, "The same, octet for octet"),
        (false, 0) => Badge::new(Mood::Good, "They say the same"),
        (false, 1) => Badge::new(Mood::Warn, "1 difference"),
        (false, count) => Badge::new(Mood::Warn, format!("{count} differences")),
    };
    if left.kind == right.kind {
        let parts = compare::bytes(&left.bytes, &right.bytes);
        view.more_octets = parts.len().saturating_sub(PARTS);
        let row = |part: &compare::Difference| OctetRow {
            left: Part::of(&left.bytes, &part.left),
            right: Part::of(&right.bytes, &part.right),
        };
        view.octets = parts.iter().take(PARTS).map(row).collect();
    }
    Some(view)
}

fn side(state: &State, thing: &Thing) -> Side {
    let source = state.opened.get(&thing.id).and_then(|object| object.sources.first().cloned());
    Side {
        id: thing.id.clone(),
        kind: first_upper(thing.kind.label()),
        title: thing.card.title.clone(),
        file: source.map_or_else(|| "on the desk".into(), |source| source.file.clone()),
    }
}

fn keys(left: &Thing, right: &Thing) -> Option<Badge> {
    let (left, right) = (left.card.key.as_ref()?, right.card.key.as_ref()?);
    Some(same_key(left == right))
}

fn same_key(same: bool) -> Badge {
    match same {
        true => Badge::new(Mood::Good, "Same public key"),
        false => Badge::new(Mood::Bad, "Another public key"),
    }
}

fn lines(rows: &[Row]) -> Vec<Line> {
    let mut all = Vec::new();
    for row in rows {
        add(row, 0, &mut all);
    }
    all
}

fn add(row: &Row, depth: usize, all: &mut Vec<Line>) {
    all.push(Line {
        depth,
        label: row.label.to_string(),
        left: row.left.clone(),
        right: row.right.clone(),
        verdict: row.verdict,
        word: match row.verdict {
            Verdict::Same => "same",
            Verdict::Changed => "changed",
            Verdict::OnlyLeft => "only left",
            Verdict::OnlyRight => "only right",
        },
    });
    row.rows.iter().for_each(|part| add(part, depth + 1, all));
}
