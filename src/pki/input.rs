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

use crate::{Certificate, Crl, PrivateKey, PublicKey, Request, armor};
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
    /// An EncryptedPrivateKeyInfo (PKCS#8); its password is not known yet.
    EncryptedPrivateKey(Vec<u8>),
    /// A PKCS#12 file; its password is not known yet.
    Pkcs12(Vec<u8>),
    /// A public key.
    PublicKey(PublicKey),
    /// Anything else that has a name.
    Other {
        /// Its PEM label, or what it seems to be.
        label: String,
        /// Its bytes.
        der: Vec<u8>,
    },
}

impl Item {
    /// Whether the object is, or may contain, a private key.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Item::PrivateKey(_) | Item::EncryptedPrivateKey(_) | Item::Pkcs12(_) => true,
            Item::Other { label, .. } => armor::is_secret(label) || label == object::JAVA_KEY_STORE,
            _ => false,
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
            Item::EncryptedPrivateKey(_) => write!(f, "EncryptedPrivateKey"),
            Item::Pkcs12(_) => write!(f, "Pkcs12"),
            Item::PublicKey(key) => write!(f, "PublicKey({})", key.label()),
            Item::Other { label, der } => write!(f, "Other({label}, {} bytes)", der.len()),
        }
    }
}

/// One object and where it was found.
#[derive(Debug)]
pub struct Found {
    /// The object.
    pub item: Item,
    /// Its bytes in the original input, BEGIN and END lines included.
    pub at: Range<usize>,
    /// What was put right to read it.
    pub repairs: Vec<Repair>,
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
    let problem = |kind| Reading {
        found: Vec::new(),
        problems: vec![Problem { kind, at: 0..input.len(), secret: false }],
    };
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

/// How often text may be wrapped in base64.
const MAX_WRAPPING: usize = 2;

fn read_within(input: &[u8], wrapping: usize) -> Reading {
    let mut out = Reading::default();
    if shape::looks_like_der(input) || object::is_key_store(input) {
        object::read(input, 0..input.len(), "", &[], &mut out);
        return out;
    }
    let text = Text::new(input);
    let armored = armor::decode(&text.octets);
    for block in armored.blocks {
        object::read_block(block, &mut out);
    }
    out.problems.extend(armored.problems);
    if out.found.is_empty() && out.problems.is_empty() && wrapping < MAX_WRAPPING {
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
    problems.push(Problem {
        kind: ProblemKind::More { count: rest.len() },
        at: start..end.max(start),
        secret: rest.iter().any(|problem| problem.secret),
    });
}

#[cfg(test)]
mod tests;
