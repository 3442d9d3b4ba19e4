//! Chooses among the objects of all inputs those that a form holds. What is left out is counted and said.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use certwright_pki::export::{Format, KeyForm, Object as Exported};
use certwright_pki::input::Item;
use certwright_pki::{Certificate, Kind, PrivateKey, PublicKey};
use zeroize::Zeroizing;

use super::{ConvertArguments, Form, OnlyKeys, Refusal};
use crate::cli::certificate_text::printable;
use crate::cli::inspect::inspection::{self, Inspector, LockState, Object, Report, Trouble};
use crate::cli::inspect::source::{Opened, Sources};
use crate::cli::password::Password;

/// One object that may be written.
enum Chosen {
    PrivateKey(PrivateKey),
    PublicKey(PublicKey),
    Certificate(Certificate),
    Other { kind: Kind, label: String, bytes: Zeroizing<Vec<u8>> },
}

impl Chosen {
    fn exported(&self) -> Exported<'_> {
        match self {
            Chosen::PrivateKey(key) => Exported::PrivateKey(key),
            Chosen::PublicKey(key) => Exported::PublicKey(key),
            Chosen::Certificate(certificate) => Exported::Certificate(certificate),
            Chosen::Other { kind, label, bytes } => Exported::Other { kind: *kind, label, bytes },
        }
    }

    /// A copy of its own; nothing for a key that cannot be read again.
    fn of(item: &Item) -> Option<Self> {
        Some(match item {
            Item::Certificate(certificate) => Chosen::Certificate(certificate.clone()),
            Item::PrivateKey(key) => Chosen::PrivateKey(PrivateKey::from_pkcs8(key.pkcs8()).ok()?),
            Item::PublicKey(key) => Chosen::PublicKey(key.clone()),
            Item::Other { kind, label, bytes } => {
                Chosen::Other { kind: *kind, label: label.clone(), bytes: Zeroizing::new(bytes.clone()) }
            }
            item => {
                let bytes = Zeroizing::new(item.bytes().to_vec());
                Chosen::Other { kind: item.kind(), label: String::new(), bytes }
            }
        })
    }
}

/// Why an object is not written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LeftOut {
    /// Nobody asked for private keys.
    NotAskedFor,
    /// The form does not hold it.
    NotHeld,
    /// It stayed locked.
    Locked,
}

/// What is written, and counts of what is not.
pub(super) struct Selection {
    chosen: Vec<Chosen>,
    left_out: BTreeMap<(Kind, LeftOut), usize>,
    /// Problems, locked objects and files that could not be opened.
    pub(super) unread: usize,
}

impl Selection {
    /// Reads all inputs. What cannot be read is said at once and does not end it.
    pub(super) fn gather(arguments: &ConvertArguments, passwords: Vec<Password>) -> Result<Self, Refusal> {
        let inspector = Inspector::new(passwords);
        let mut gathering = Gathering::default();
        let mut selection = Selection { chosen: Vec::new(), left_out: BTreeMap::new(), unread: 0 };
        let mut seen = BTreeSet::new();
        for source in Sources::new(&arguments.inputs) {
            let bytes = match source.opened {
                Opened::Bytes(bytes) => bytes,
                Opened::Not(why) => return Err(Refusal::access(source.name.as_ref(), &why)),
                Opened::TooLarge(size) => {
                    // A report that only speaks does not fail.
                    let _ = inspection::too_large(&source.name, size, &mut gathering);
                    continue;
                }
            };
            let _ = inspector.inspect(&source.name, &bytes, &mut gathering);
            for candidate in gathering.objects.drain(..).flatten() {
                let object = candidate.chosen.exported();
                let digest = ring::digest::digest(&ring::digest::SHA256, object.bytes());
                if seen.insert((object.kind(), digest.as_ref().to_vec())) {
                    selection.add(arguments, candidate);
                }
            }
        }
        selection.unread = gathering.problems + selection.count(LeftOut::Locked);
        if selection.chosen.is_empty() {
            selection.say_what_is_left_out();
            return Err(Refusal::usage("there is nothing to write"));
        }
        Ok(selection)
    }

    fn add(&mut self, arguments: &ConvertArguments, candidate: Candidate) {
        let kind = candidate.chosen.exported().kind();
        match fate(arguments, &candidate) {
            None => self.chosen.push(candidate.chosen),
            Some(reason) => *self.left_out.entry((kind, reason)).or_default() += 1,
        }
    }

    fn count(&self, wanted: LeftOut) -> usize {
        self.left_out.iter().filter(|((_, reason), _)| *reason == wanted).map(|(_, count)| count).sum()
    }

    /// What is written.
    pub(super) fn objects(&self) -> Vec<Exported<'_>> {
        self.chosen.iter().map(Chosen::exported).collect()
    }

    /// One line for each kind that is not written.
    pub(super) fn say_what_is_left_out(&self) {
        for ((kind, reason), count) in &self.left_out {
            let why = match reason {
                LeftOut::NotAskedFor => "--with-key writes it",
                LeftOut::NotHeld => "this form does not hold it",
                LeftOut::Locked => "no password opened it",
            };
            eprintln!("left out: {count} × {kind}, {why}");
        }
    }
}

/// Why an object is not written; `None` when it is.
fn fate(arguments: &ConvertArguments, candidate: &Candidate) -> Option<LeftOut> {
    let object = &candidate.chosen.exported();
    let held = match arguments.to {
        Form::Whole(_) => arguments.format().takes(object),
        Form::Keys { form, only, .. } => match object {
            Exported::PrivateKey(key) => fits(key, form, only),
            _ => false,
        },
    };
    if candidate.locked {
        Some(LeftOut::Locked)
    } else if candidate.secret && !arguments.wants_keys() {
        Some(LeftOut::NotAskedFor)
    } else {
        (!held || keeps_back(arguments.format(), object)).then_some(LeftOut::NotHeld)
    }
}

/// Unknown structures are shown, not written: in a bundle they would only make trouble.
fn keeps_back(format: Format, object: &Exported<'_>) -> bool {
    format == Format::Pem
        && matches!(object, Exported::Other { kind: Kind::Unknown, label: "ASN.1" | "", .. })
}

fn fits(key: &PrivateKey, form: KeyForm, only: OnlyKeys) -> bool {
    match only {
        OnlyKeys::Any => form.fits(key),
        OnlyKeys::Rsa => key.to_pkcs1().is_some(),
        OnlyKeys::EllipticCurve => key.to_sec1().is_some(),
    }
}

/// An object, and what decides whether it is written.
struct Candidate {
    chosen: Chosen,
    /// No password opened it.
    locked: bool,
    /// It is, or may contain, a private key.
    secret: bool,
}

/// Takes the objects of one input; a container gives way to what it holds.
#[derive(Default)]
struct Gathering {
    /// By number.
    objects: Vec<Option<Candidate>>,
    problems: usize,
}

impl Report for Gathering {
    fn object(&mut self, _file: &str, object: &Object<'_>) -> io::Result<()> {
        if let Some(around) = object.within.and_then(|number| self.objects.get_mut(number - 1)) {
            *around = None;
        }
        let locked = object.lock.as_ref().is_some_and(|lock| lock.state != LockState::Opened);
        let secret = object.found.item.is_secret();
        self.objects.push(Chosen::of(&object.found.item).map(|chosen| Candidate { chosen, locked, secret }));
        Ok(())
    }

    fn problem(&mut self, file: &str, trouble: &Trouble<'_>) -> io::Result<()> {
        if !trouble.remark {
            self.problems += 1;
            let at = trouble.at.as_ref();
            let place = at.map(|at| format!(" at bytes {} to {}", at.start, at.end)).unwrap_or_default();
            eprintln!("{}{place}: {}", printable(file), printable(&trouble.text));
        }
        Ok(())
    }
}
