//! What was opened, as a list that can be searched: one line for each public key, with all that belongs to it.

use super::words::{self, counted, first_upper};
use super::{Badge, Mood, WaitView, wait};
use crate::explain::Advice;
use crate::id::ObjectId;
use crate::job::{BroughtKind, Card};
use crate::opened::{FileTrouble, Group, Object, Opened};
use crate::state::{Place, Slot, State};
use certwright_pki::{Kind, UnixTime};
use std::rc::Rc;

/// The page, without its lines.
#[derive(Clone, PartialEq, Debug)]
pub struct OpenedView {
    /// What came of it in one sentence.
    pub summary: String,
    pub problems: Vec<Rc<FileTrouble>>,
    /// The kinds that are there: name, and how many.
    pub kinds: Vec<(Kind, String)>,
    /// What waits for its password.
    pub locked: Vec<(ObjectId, String)>,
    /// Why the password did not open one of them.
    pub refused: Option<Advice>,
    pub can_keep: usize,
    pub wait: WaitView,
}

/// One line.
#[derive(Clone, PartialEq, Debug)]
pub struct GroupRow {
    pub id: ObjectId,
    pub title: String,
    pub detail: String,
    /// What belongs together here: `Certificate`, `2 requests`, `Private key`.
    pub holds: Vec<String>,
    pub badges: Vec<Badge>,
    /// All members, for choosing them together.
    pub members: Vec<ObjectId>,
}

/// The page.
pub fn opened(state: &State) -> OpenedView {
    let opened = &state.opened;
    let counts = opened.counts();
    let kinds: Vec<(Kind, String)> = Kind::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, counted(*counts.get(&kind)?, kind.label()))))
        .collect();
    let locked: Vec<&Rc<Object>> = match counts.keys().any(|kind| kind.needs_password()) {
        true => opened.objects().filter(|object| object.is_locked()).collect(),
        false => Vec::new(),
    };
    let refused = locked.iter().find_map(|object| wait(state, &Slot::Unlock(object.id.clone())).failed);
    OpenedView {
        summary: match kinds.as_slice() {
            [] if opened.is_empty() => "Nothing is open.".into(),
            [] => "Nothing that Certwright knows was found.".into(),
            kinds => {
                format!("{}.", kinds.iter().map(|(_, said)| said.as_str()).collect::<Vec<_>>().join(", "))
            }
        },
        problems: opened.problems.clone(),
        kinds,
        locked: locked.iter().map(|object| (object.id.clone(), place_of(object))).collect(),
        refused,
        can_keep: opened.objects().filter(|object| object.can_be_kept()).count(),
        wait: wait(state, &Slot::Bring(Place::Desk)),
    }
}

fn place_of(object: &Object) -> String {
    object.sources.first().map_or_else(|| object.card.title.clone(), |source| source.file.clone())
}

/// The lines that a search finds: places in [`Opened::groups`]. All words must be found, in any order.
pub fn found(opened: &Opened, query: &str, kind: Option<Kind>) -> Vec<usize> {
    let query = query.to_lowercase();
    let words: Vec<String> = query.split_whitespace().map(without_colons).collect();
    let fits = |object: &Object| {
        kind.is_none_or(|kind| object.kind() == kind)
            && words.iter().all(|word| {
                object.card.search.contains(word.as_str())
                    || object.sources.iter().any(|source| source.file.to_lowercase().contains(word.as_str()))
            })
    };
    let any = |group: &Group| group.members.iter().filter_map(|id| opened.get(id)).any(|object| fits(object));
    (0..opened.groups.len()).filter(|at| opened.groups.get(*at).is_some_and(any)).collect()
}

/// Fingerprints and serial numbers are often written with colons.
fn without_colons(word: &str) -> String {
    let hex = word.contains(':') && word.chars().all(|letter| letter == ':' || letter.is_ascii_hexdigit());
    if hex { word.replace(':', "") } else { word.to_owned() }
}

/// These lines.
pub fn group_rows(state: &State, places: &[usize]) -> Vec<GroupRow> {
    places
        .iter()
        .filter_map(|at| state.opened.groups.get(*at))
        .filter_map(|group| row(state, group))
        .collect()
}

fn row(state: &State, group: &Group) -> Option<GroupRow> {
    let members: Vec<&Rc<Object>> = group.members.iter().filter_map(|id| state.opened.get(id)).collect();
    let first = members.iter().min_by_key(|object| rank(object))?;
    let mut holds = Vec::new();
    for kind in Kind::ALL {
        match members.iter().filter(|object| object.kind() == kind).count() {
            0 => {}
            count => holds.push(first_upper(&counted(count, kind.label()).replacen(
                "1 ",
                "",
                usize::from(count == 1),
            ))),
        }
    }
    if let Some(key) = &group.key
        && state.desk.keys.contains_key(key)
        && !members.iter().any(|object| object.kind() == Kind::PrivateKey)
    {
        holds.push("Private key on the desk".into());
    }
    let mut badges: Vec<Badge> = members.iter().filter_map(|object| trouble(object)).collect();
    badges.extend(lifetime(&first.card, first.kind(), state.now));
    let copies: usize = members.iter().map(|object| object.sources.len() - 1).sum();
    if copies > 0 {
        badges
            .push(Badge::new(Mood::Plain, format!("{copies} cop{}", if copies == 1 { "y" } else { "ies" })));
    }
    if members.iter().any(|object| object.sources.iter().any(|source| !source.repairs.is_empty())) {
        badges.push(Badge::new(Mood::Plain, "Repaired"));
    }
    Some(GroupRow {
        id: first.id.clone(),
        title: first.card.title.clone(),
        detail: [first.card.detail.clone(), place_of(first)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        holds,
        badges,
        members: group.members.clone(),
    })
}

/// The member that stands for the others: the newest certificate, a request, a key.
fn rank(object: &Object) -> (usize, i64) {
    let kind = Kind::ALL.iter().position(|kind| *kind == object.kind()).unwrap_or(usize::MAX);
    (kind, object.card.validity.map_or(0, |validity| -validity.from.0))
}

fn trouble(object: &Object) -> Option<Badge> {
    match &object.is {
        BroughtKind::Request { fault: Some(_) } => Some(Badge::new(Mood::Bad, "Broken signature")),
        BroughtKind::Locked { .. } if object.unlocked => Some(Badge::new(Mood::Good, "Opened")),
        BroughtKind::Locked { .. } => Some(Badge::new(Mood::Warn, "Asks for a password")),
        BroughtKind::PrivateKey(_) => Some(Badge::new(Mood::Warn, "Secret")),
        BroughtKind::Other { kind: Kind::PrivateKey, .. } => Some(Badge::new(Mood::Warn, "Secret")),
        _ => None,
    }
}

/// Where it stands in its time. Of a list that is in its time nothing need be said.
pub(super) fn lifetime(card: &Card, kind: Kind, now: UnixTime) -> Option<Badge> {
    let validity = card.validity?;
    match kind {
        Kind::Crl if now > validity.to => Some(Badge::new(Mood::Bad, "Outdated")),
        Kind::Crl => None,
        _ => Some(words::lifetime(validity, now)),
    }
}
