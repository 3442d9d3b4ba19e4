//! Reads anything a person drops or pastes: finds the objects in it by content and says what was put right.
//!
//! It opens no password-protected container and does not judge what it finds.

mod archive;
mod bare;
mod budget;
mod json;
mod object;
mod problem;
mod repair;
mod shape;
mod text;

pub use archive::{MAX_ENTRIES, MAX_NESTING, MAX_RATIO, MAX_UNPACKED};
pub use problem::{ArchiveProblem, Problem, ProblemKind};
pub use repair::Repair;

use budget::Budget;
pub(crate) use text::{DASH, Text};

use crate::armor::{self, Armored};
use crate::ber::{self, Limits};
use crate::{Certificate, Crl, Kind, PrivateKey, PublicKey, Request, openssh, order};
use memchr::memmem;
use std::fmt;
use std::ops::Range;

/// Most bytes that are looked at.
pub const MAX_INPUT: usize = 32 * 1024 * 1024;
/// Most objects of one file: more than as many certificates would fit into [`MAX_INPUT`].
pub const MAX_FOUND: usize = 100_000;
/// Most problems that are listed one by one.
const MAX_PROBLEMS: usize = 1_000;

/// One object.
pub enum Item {
    /// A certificate.
    Certificate(Certificate),
    /// A certificate request (PKCS#10).
    Request(Request),
    /// A certificate revocation list.
    Crl(Crl),
    /// A private key that can be used.
    PrivateKey(PrivateKey),
    /// Something that a password opens, see [`crate::unlock`].
    Locked {
        /// What it is; one of those that [`Kind::needs_password`].
        kind: Kind,
        /// Its bytes as [`Kind`] describes them.
        bytes: Vec<u8>,
    },
    /// A public key.
    PublicKey(PublicKey),
    /// Anything else: what is shown but not worked with. May be a private key of a kind that cannot be used.
    Other {
        /// What it is.
        kind: Kind,
        /// Its PEM label, or what it seems to be.
        label: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

impl Item {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Item::Certificate(_) => Kind::Certificate,
            Item::Request(_) => Kind::Request,
            Item::Crl(_) => Kind::Crl,
            Item::PrivateKey(_) => Kind::PrivateKey,
            Item::PublicKey(_) => Kind::PublicKey,
            Item::Locked { kind, .. } | Item::Other { kind, .. } => *kind,
        }
    }

    /// Its bytes; those of a private key are PKCS#8 and secret.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Item::Certificate(certificate) => certificate.der(),
            Item::Request(request) => request.der(),
            Item::Crl(crl) => crl.der(),
            Item::PrivateKey(key) => key.pkcs8(),
            Item::PublicKey(key) => key.as_der(),
            Item::Locked { bytes, .. } | Item::Other { bytes, .. } => bytes,
        }
    }

    /// Whether the object is, or may contain, a private key.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Item::Other { label, .. } if armor::is_secret(label) => true,
            _ => self.kind().is_secret(),
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No bytes: they may be a private key.
        match self {
            Item::Certificate(certificate) => write!(f, "Certificate({})", certificate.id()),
            Item::Request(request) => write!(f, "Request({})", request.id()),
            Item::Crl(_) => write!(f, "Crl"),
            Item::PrivateKey(key) => write!(f, "PrivateKey({})", key.public().label()),
            Item::Locked { kind, bytes } => write!(f, "Locked({}, {} bytes)", kind.id(), bytes.len()),
            Item::PublicKey(key) => write!(f, "PublicKey({})", key.label()),
            Item::Other { kind, label, bytes } => {
                write!(f, "Other({}, {label}, {} bytes)", kind.id(), bytes.len())
            }
        }
    }
}

/// One object and where it was found.
#[derive(Debug)]
pub struct Found {
    /// The object.
    pub item: Item,
    /// Its bytes in the original input, BEGIN and END lines included; within the entry where there is one.
    pub at: Range<usize>,
    /// What was put right to read it.
    pub repairs: Vec<Repair>,
    /// What its container calls it: a friendly name or an alias.
    pub name: Option<String>,
    /// The place in [`Reading::found`] of the object that it was inside of, such as a PKCS#7 file.
    pub within: Option<usize>,
    /// The file of the archive that it was in: `certs/new.pem`, or `inner.zip/new.pem`.
    pub entry: Option<String>,
}

impl Found {
    /// An object at its place, with nothing else known of it.
    #[must_use]
    pub fn new(item: Item, at: Range<usize>) -> Self {
        Self { item, at, repairs: Vec::new(), name: None, within: None, entry: None }
    }
}

/// Everything that an input held.
#[derive(Debug, Default)]
pub struct Reading {
    /// The objects in the order of the input.
    pub found: Vec<Found>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// Whether there is neither an object nor a problem.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.problems.is_empty()
    }

    /// Whether nothing more may be added; what is left out is then said.
    fn is_full(&mut self, rest: Range<usize>) -> bool {
        let full = self.found.len() >= MAX_FOUND || self.problems.len() >= MAX_FOUND;
        if full {
            let kind = ProblemKind::TooManyObjects { limit: MAX_FOUND };
            self.problems.push(Problem::new(kind, rest, false));
        }
        full
    }

    /// Adds what another reading holds, with places put right by `place`.
    fn append(&mut self, other: Reading, place: impl Fn(&mut Range<usize>, Option<&str>)) {
        let base = self.found.len();
        for mut found in other.found {
            found.within = found.within.map(|index| base + index);
            place(&mut found.at, found.entry.as_deref());
            self.found.push(found);
        }
        for mut problem in other.problems {
            place(&mut problem.at, problem.entry.as_deref());
            self.problems.push(problem);
        }
    }

    /// Says of everything in it that it was in a file of this name.
    fn enter(&mut self, name: &str) {
        let enter = |entry: &mut Option<String>| {
            *entry = Some(match entry.take() {
                Some(inner) => format!("{name}/{inner}"),
                None => name.to_owned(),
            });
        };
        self.found.iter_mut().for_each(|found| enter(&mut found.entry));
        self.problems.iter_mut().for_each(|problem| enter(&mut problem.entry));
    }
}

/// Reads an input of any form: PEM in all its disguises, bare base64, hexadecimal, DER, archives of such files.
///
/// Never fails as a whole; the time is linear in the size, and more than [`MAX_INPUT`] bytes are not looked at.
/// Archives are opened to the depth of [`MAX_NESTING`], and what is not opened or not recognised in them is a problem.
#[must_use]
pub fn read(input: &[u8]) -> Reading {
    Budget::default().read(input)
}

/// Reads a whole file; the answer is never empty.
fn read_file(input: &[u8], budget: &mut Budget) -> Reading {
    let problem =
        |kind| Reading { found: Vec::new(), problems: vec![Problem::new(kind, 0..input.len(), false)] };
    if input.len() > MAX_INPUT {
        let (limit, got) = (MAX_INPUT, input.len());
        return problem(ProblemKind::TooLarge { limit, got });
    }
    let reading = read_within(input, budget);
    if !reading.is_empty() {
        return reading;
    }
    let blank = |octet: &u8| octet.is_ascii_whitespace() || [0, 0xef, 0xbb, 0xbf, 0xff, 0xfe].contains(octet);
    if input.iter().all(blank) {
        problem(ProblemKind::Empty)
    } else {
        problem(ProblemKind::NothingRecognised)
    }
}

/// Reads DER whose PEM label is known, as from inside of a container; an empty label leaves it to the content.
pub(crate) fn read_labelled(der: &[u8], label: &str) -> Reading {
    let mut out = Reading::default();
    object::read(der, 0..der.len(), label, &[], &mut out);
    out
}

/// Reads what may be the whole or a part of a file; the answer is empty when nothing is recognised.
fn read_within(input: &[u8], budget: &mut Budget) -> Reading {
    let mut out = Reading::default();
    if archive::read(input, budget, &mut out) {
        return out;
    }
    let binary = binary_size(input);
    if binary > 0 {
        object::read(&input[..binary], 0..binary, "", &[], &mut out);
    }
    if binary < input.len() {
        let rest = read_text(&input[binary..], budget);
        out.append(rest, |at, entry| {
            if entry.is_none() {
                *at = at.start + binary..at.end + binary
            }
        });
    }
    order::sort_by_key(&mut out.problems, |problem| problem.at.start);
    shorten(&mut out.problems, MAX_PROBLEMS);
    out
}

/// How many octets at the start are binary: all, none, or those before a text with a BEGIN line.
fn binary_size(input: &[u8]) -> usize {
    if object::is_key_store(input) || openssh::is_private(input) {
        return input.len();
    }
    if !shape::looks_like_der(input) {
        return 0;
    }
    let mut at = 0;
    while let Some(header) = input.get(at..).filter(|rest| rest.first() == Some(&0x30)).and_then(ber::header)
    {
        let size = match header.length {
            Some(length) => usize::try_from(length).ok().and_then(|length| length.checked_add(header.size)),
            None => ber::first(&input[at..], Limits::default()).map(|(node, _)| node.whole.end),
        };
        match size.filter(|size| *size <= input.len() - at) {
            Some(size) => at += size,
            None => break,
        }
    }
    let text = input.get(at..).filter(|rest| at > 0 && memmem::find(rest, b"-----BEGIN ").is_some());
    text.map_or(input.len(), |rest| input.len() - rest.len())
}

/// Reads a text: its blocks and what stands between them, in order.
fn read_text(input: &[u8], budget: &mut Budget) -> Reading {
    let mut out = Reading::default();
    let plain = Text::plain(input);
    let keys = json::keys(&plain.octets);
    for key in &keys {
        object::json_web_key(key, &plain.octets, plain.place(&key.at), &mut out);
    }
    let text = plain.unfolded();
    let Armored { blocks, problems } = armor::blocks(&text.octets);
    let numbers: Vec<Range<usize>> = keys.iter().map(|key| text.find_place(&key.at)).collect();
    let mut search = bare::Search::new(&text, &numbers, budget);
    let mut blocks = blocks.into_iter().peekable();
    let mut problems = problems.into_iter().peekable();
    let mut done = 0;
    loop {
        let block = blocks.peek().map(|block| block.at.clone());
        let problem = problems.peek().map(|problem| problem.at.clone());
        let next = match (block, problem) {
            (Some(block), Some(problem)) if problem.start < block.start => problem,
            (Some(block), _) => block,
            (None, Some(problem)) => problem,
            (None, None) => break,
        };
        let gap = done..next.start.max(done);
        if out.is_full(text.place(&(done..text.octets.len()))) {
            return out;
        }
        read_gap(input, &text, gap.clone(), &mut search, &mut out);
        done = next.end.max(done);
        if let Some(mut block) = blocks.next_if(|block| block.at == next) {
            let name = bare::friendly_name(&text.octets[gap]);
            block.repairs.splice(0..0, text.repairs(&block.at));
            block.at = text.place(&block.at);
            let first = out.found.len();
            object::read_block(block, &mut out);
            let unnamed = out.found[first..].iter_mut().filter(|found| found.name.is_none());
            unnamed.for_each(|found| found.name.clone_from(&name));
        } else if let Some(mut problem) = problems.next() {
            problem.at = text.place(&problem.at);
            out.problems.push(problem);
        }
    }
    read_gap(input, &text, done..text.octets.len(), &mut search, &mut out);
    out
}

/// Reads what stands between two blocks: binary objects as they are, else whatever can be found.
fn read_gap(
    input: &[u8],
    text: &Text<'_>,
    gap: Range<usize>,
    search: &mut bare::Search<'_, '_, '_>,
    out: &mut Reading,
) {
    if gap.is_empty() {
        return;
    }
    let place = text.place(&gap);
    let blank = input[place.clone()].iter().take_while(|octet| octet.is_ascii_whitespace()).count();
    let binary = place.start + blank..place.end;
    // Only behind or between blocks: a whole file was looked at before.
    if binary.start > 0 && shape::looks_like_der(&input[binary.clone()]) {
        let mut reading = Reading::default();
        let size = binary.len();
        object::read(&input[binary.clone()], 0..size, "", &[], &mut reading);
        if !reading.is_empty() {
            out.append(reading, |at, _| *at = at.start + binary.start..at.end + binary.start);
            return;
        }
    }
    search.part(gap, out);
}

/// Replaces what goes beyond the limit by its count; a single problem is its own best description.
fn shorten(problems: &mut Vec<Problem>, limit: usize) {
    if problems.len() <= limit.max(1) {
        return;
    }
    let rest = problems.split_off(limit);
    let start = rest.first().map_or(0, |problem| problem.at.start);
    let end = rest.last().map_or(0, |problem| problem.at.end);
    let secret = rest.iter().any(|problem| problem.secret);
    problems.push(Problem::new(ProblemKind::More { count: rest.len() }, start..end.max(start), secret));
}

#[cfg(test)]
mod tests;
