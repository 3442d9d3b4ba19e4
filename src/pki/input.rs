//! Reads anything a person drops or pastes: finds the objects in it by content and says what was put right.
//!
//! It opens no password-protected container and does not judge what it finds.

mod bare;
mod object;
mod problem;
mod repair;
mod shape;
mod text;

pub use problem::{Problem, ProblemKind};
pub use repair::Repair;

use crate::{Certificate, Crl, Kind, PrivateKey, PublicKey, Request, armor, openssh};
use std::fmt;
use std::ops::Range;
use text::Text;

/// Most bytes that are looked at.
pub const MAX_INPUT: usize = 32 * 1024 * 1024;
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

/// Reads an input of any form: PEM in all its disguises, bare base64, hexadecimal, DER, PKCS#7, PKCS#12.
///
/// Never fails as a whole; the time is linear in the size, and more than [`MAX_INPUT`] bytes are not looked at.
#[must_use]
pub fn read(input: &[u8]) -> Reading {
    let problem =
        |kind| Reading { found: Vec::new(), problems: vec![Problem::new(kind, 0..input.len(), false)] };
    if input.len() > MAX_INPUT {
        let (limit, got) = (MAX_INPUT, input.len());
        return problem(ProblemKind::TooLarge { limit, got });
    }
    let reading = read_within(input, 0);
    if !reading.found.is_empty() || !reading.problems.is_empty() {
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

/// How often text may be wrapped in base64.
const MAX_WRAPPING: usize = 2;

fn read_within(input: &[u8], wrapping: usize) -> Reading {
    let mut out = Reading::default();
    if shape::looks_like_der(input) || object::is_key_store(input) || openssh::is_private(input) {
        object::read(input, 0..input.len(), "", &[], &mut out);
        return out;
    }
    let text = Text::new(input);
    let armored = armor::decode(&text.octets);
    for block in armored.blocks {
        object::read_block(block, &mut out);
    }
    out.problems.extend(armored.problems);
    if out.found.is_empty()
        && out.problems.is_empty()
        && !object::openssh_lines(&text.octets, &mut out)
        && wrapping < MAX_WRAPPING
    {
        bare::read(&text.octets, wrapping, &mut out);
    }
    for found in &mut out.found {
        found.at = text.place(&found.at);
        let repairs = text.repairs.iter().filter(|repair| !found.repairs.contains(repair));
        let repairs: Vec<Repair> = repairs.cloned().collect();
        found.repairs.splice(0..0, repairs);
    }
    for problem in &mut out.problems {
        problem.at = text.place(&problem.at);
    }
    out.problems.sort_by_key(|problem| problem.at.start);
    shorten(&mut out.problems);
    out
}

/// Replaces what goes beyond the limit by its count.
fn shorten(problems: &mut Vec<Problem>) {
    if problems.len() <= MAX_PROBLEMS {
        return;
    }
    let rest = problems.split_off(MAX_PROBLEMS);
    let start = rest.first().map_or(0, |problem| problem.at.start);
    let end = rest.last().map_or(0, |problem| problem.at.end);
    let secret = rest.iter().any(|problem| problem.secret);
    problems.push(Problem::new(ProblemKind::More { count: rest.len() }, start..end.max(start), secret));
}

#[cfg(test)]
mod tests;
