//! Finds the objects of one input, opens those that the passwords open, and reports each as it is met.
//!
//! What it does is bounded for each input: [`MAX_ROUNDS`] of key derivation, [`MAX_NESTING`] locked objects within each other.

use std::io;
use std::ops::{AddAssign, Range};

use certwright_pki::caution::{self, Caution};
use certwright_pki::describe::{Description, describe};
use certwright_pki::input::{self, Found, Item, MAX_INPUT, Problem, ProblemKind, Reading};
use certwright_pki::pkcs12::Note;
use certwright_pki::{Error, ErrorKind, unlock};

use crate::cli::password::Password;

/// Most rounds of key derivation for one input, over all objects and passwords.
pub const MAX_ROUNDS: u64 = 100_000_000;
/// Most rounds for which the empty password is tried, which nobody asked for.
const MAX_UNASKED_ROUNDS: u64 = 1_000_000;
/// Most locked objects within each other that are opened.
const MAX_NESTING: usize = 8;

/// Receives what is found, in an order in which a container comes before what it holds.
pub trait Report {
    /// One object.
    ///
    /// # Errors
    /// It could not be written; nothing more is reported then.
    fn object(&mut self, file: &str, object: &Object<'_>) -> io::Result<()>;

    /// Something that could not be read.
    ///
    /// # Errors
    /// As [`Report::object`].
    fn problem(&mut self, file: &str, trouble: &Trouble<'_>) -> io::Result<()>;

    /// Nothing more comes from this file.
    ///
    /// # Errors
    /// As [`Report::object`].
    fn end_of_file(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One object with all that is said of it.
#[derive(Debug)]
pub struct Object<'a> {
    /// Counted from 1 within the input.
    pub number: usize,
    /// The number of the object that it was inside of.
    pub within: Option<usize>,
    /// How many objects it is inside of.
    pub depth: usize,
    /// The file of the archive that it was in.
    pub entry: Option<&'a str>,
    /// The object and its place: in the container's bytes where a password opened that, else in the entry or the input.
    pub found: &'a Found,
    /// For what a password protects: whether it was opened.
    pub lock: Option<Lock>,
    /// Its fields, or why there are none.
    pub description: Result<Description, Error>,
}

/// Whether a password opened an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Rounds of key derivation for one try, as far as that can be seen.
    pub rounds: Option<u64>,
    /// What came of trying.
    pub state: LockState,
}

/// What came of trying passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockState {
    /// One fitted.
    Opened,
    /// None was given, and the empty one is not it.
    PasswordNeeded,
    /// So many were given and none fits.
    WrongPassword(usize),
    /// The password is not to blame, or has not been tried.
    Refused(Error),
}

impl Object<'_> {
    /// What is unusual about it for today's programs.
    #[must_use]
    pub fn cautions(&self) -> Vec<Caution> {
        match &self.found.item {
            Item::Certificate(certificate) => caution::of(certificate),
            _ => Vec::new(),
        }
    }
}

impl LockState {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            LockState::Opened => "opened",
            LockState::PasswordNeeded => "password-needed",
            LockState::WrongPassword(_) => "wrong-password",
            LockState::Refused(error) => match error.kind {
                ErrorKind::UnsupportedAlgorithm { .. } | ErrorKind::UnsupportedContainer { .. } => {
                    "unsupported"
                }
                ErrorKind::TooDeep { .. }
                | ErrorKind::TooLarge { .. }
                | ErrorKind::TooMuchMemory { .. }
                | ErrorKind::TooManyIterations { .. } => "too-costly",
                _ => "damaged",
            },
        }
    }
}

/// Something that could not be read, or is worth knowing.
#[derive(Debug)]
pub struct Trouble<'a> {
    /// A stable name for scripts.
    pub id: &'static str,
    /// It in words.
    pub text: String,
    /// Its place, counted as that of an object is.
    pub at: Option<Range<usize>>,
    /// The number of the object that it is in.
    pub within: Option<usize>,
    /// How many objects it is inside of.
    pub depth: usize,
    /// The file of the archive that it is in.
    pub entry: Option<&'a str>,
    /// Everything was read all the same.
    pub remark: bool,
}

/// Counts of what was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Objects reported.
    pub objects: usize,
    /// Problems, not counting remarks, and objects that stayed locked or have no description.
    pub unread: usize,
    /// Inputs that could not be opened.
    pub not_opened: usize,
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.objects += other.objects;
        self.unread += other.unread;
        self.not_opened += other.not_opened;
    }
}

/// Reports an input that is larger than what is looked at.
///
/// # Errors
/// Those of the report.
pub fn too_large(file: &str, size: usize, report: &mut impl Report) -> io::Result<Outcome> {
    let kind = ProblemKind::TooLarge { limit: MAX_INPUT, got: size };
    let problem = Problem::new(kind, 0..size, false);
    report.problem(file, &Trouble::of(&problem, &Place::default()))?;
    Ok(Outcome { unread: 1, ..Outcome::default() })
}

/// Reports an input that could not be opened.
///
/// # Errors
/// Those of the report.
pub fn not_opened(file: &str, why: &str, report: &mut impl Report) -> io::Result<Outcome> {
    let trouble = Trouble {
        id: "not-opened",
        text: why.to_owned(),
        at: None,
        within: None,
        depth: 0,
        entry: None,
        remark: false,
    };
    report.problem(file, &trouble)?;
    Ok(Outcome { not_opened: 1, ..Outcome::default() })
}

impl<'a> Trouble<'a> {
    fn of(problem: &'a Problem, place: &Place<'a>) -> Self {
        Trouble {
            id: problem.kind.id(),
            text: problem.kind.to_string(),
            at: Some(problem.at.clone()),
            within: place.within,
            depth: place.depth,
            entry: problem.entry.as_deref().or(place.entry),
            remark: problem.kind.is_remark(),
        }
    }
}

/// Where in the tree of objects we are.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    within: Option<usize>,
    depth: usize,
    entry: Option<&'a str>,
    /// Locked objects around.
    nesting: usize,
}

/// Inspects inputs with the same passwords.
pub struct Inspector {
    passwords: Vec<Password>,
}

impl std::fmt::Debug for Inspector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Inspector({} passwords)", self.passwords.len())
    }
}

impl Inspector {
    /// Tries these passwords in this order, then the empty one.
    #[must_use]
    pub fn new(passwords: Vec<Password>) -> Self {
        Self { passwords }
    }

    /// Reads an input and reports everything in it.
    ///
    /// # Errors
    /// Those of the report.
    pub fn inspect(&self, file: &str, bytes: &[u8], report: &mut impl Report) -> io::Result<Outcome> {
        let mut run =
            Run { passwords: &self.passwords, file, report, outcome: Outcome::default(), rounds: 0 };
        run.reading(&input::read(bytes), Place::default())?;
        Ok(run.outcome)
    }
}

/// The inspection of one input.
struct Run<'a, R> {
    passwords: &'a [Password],
    file: &'a str,
    report: &'a mut R,
    outcome: Outcome,
    rounds: u64,
}

impl<R: Report> Run<'_, R> {
    fn reading(&mut self, reading: &Reading, place: Place<'_>) -> io::Result<()> {
        let mut members = vec![Vec::new(); reading.found.len()];
        let mut outermost = Vec::new();
        for (index, found) in reading.found.iter().enumerate() {
            // A container always comes first, so there are no circles.
            match found.within.filter(|&around| around < index) {
                Some(around) => members[around].push(index),
                None => outermost.push(index),
            }
        }
        // From the end, so that the next one is the last.
        let mut pending: Vec<(usize, Place<'_>)> =
            outermost.into_iter().rev().map(|index| (index, place)).collect();
        while let Some((index, place)) = pending.pop() {
            let found = &reading.found[index];
            let entry = found.entry.as_deref().or(place.entry);
            let number = self.object(found, Place { entry, ..place })?;
            let inside = Place { within: Some(number), depth: place.depth + 1, entry, ..place };
            pending.extend(members[index].iter().rev().map(|&index| (index, inside)));
        }
        for problem in &reading.problems {
            self.outcome.unread += usize::from(!problem.kind.is_remark());
            self.report.problem(self.file, &Trouble::of(problem, &place))?;
        }
        Ok(())
    }

    /// Reports an object and what a password opens in it; returns its number.
    fn object(&mut self, found: &Found, place: Place<'_>) -> io::Result<usize> {
        self.outcome.objects += 1;
        let number = self.outcome.objects;
        let (kind, bytes) = (found.item.kind(), found.item.bytes());
        let (lock, inside) = match &found.item {
            Item::Locked { .. } => {
                let rounds = unlock::cost(kind, bytes);
                let (state, inside) = self.open(found, &rounds, place.nesting);
                (Some(Lock { rounds: rounds.ok(), state }), inside)
            }
            _ => (None, None),
        };
        let description = describe(kind, bytes);
        let closed = lock.as_ref().is_some_and(|lock| lock.state != LockState::Opened);
        self.outcome.unread += usize::from(closed || description.is_err());
        let object = Object {
            number,
            within: place.within,
            depth: place.depth,
            entry: place.entry,
            found,
            lock,
            description,
        };
        self.report.object(self.file, &object)?;
        drop(object);
        if let Some(reading) = inside {
            let (depth, nesting) = (place.depth + 1, place.nesting + 1);
            self.reading(&reading, Place { within: Some(number), depth, nesting, ..place })?;
        }
        Ok(number)
    }

    /// Tries every password, unless that costs more than is left for this input.
    fn open(
        &mut self,
        found: &Found,
        rounds: &Result<u64, Error>,
        nesting: usize,
    ) -> (LockState, Option<Reading>) {
        let rounds = match rounds {
            Ok(rounds) => *rounds,
            Err(error) => return (LockState::Refused(error.clone()), None),
        };
        if nesting >= MAX_NESTING {
            return (LockState::Refused(ErrorKind::TooDeep { limit: MAX_NESTING }.into()), None);
        }
        let unasked = (rounds <= MAX_UNASKED_ROUNDS).then_some(("", false));
        let given = self.passwords.iter().map(|password| (password.as_str(), true));
        let mut state = match self.passwords.len() {
            0 => LockState::PasswordNeeded,
            count => LockState::WrongPassword(count),
        };
        let mut opened: Option<Reading> = None;
        for (password, asked) in given.chain(unasked) {
            self.rounds = self.rounds.saturating_add(rounds);
            if self.rounds > MAX_ROUNDS {
                let kind = ErrorKind::TooManyIterations { count: self.rounds, limit: MAX_ROUNDS };
                state = LockState::Refused(kind.into());
                break;
            }
            match unlock::open(found.item.kind(), found.item.bytes(), password) {
                Ok(reading) => {
                    let reading = match opened.take() {
                        None => reading,
                        Some(before) => together(before, reading),
                    };
                    let enough = !has_closed_parts(&reading);
                    opened = Some(reading);
                    if enough {
                        break;
                    }
                }
                Err(Error { kind: ErrorKind::WrongPassword | ErrorKind::MissingPassword, .. }) => {}
                // Another password may still fit.
                Err(error) => {
                    let refused = LockState::Refused(error);
                    // What looks like damage may come of a password that nobody said is the right one.
                    if asked || refused.id() != "damaged" {
                        state = refused;
                    }
                }
            }
        }
        if opened.as_ref().is_some_and(|reading| !is_unchecked(reading)) {
            state = LockState::Opened;
        }
        (state, opened)
    }
}

/// Whether the password did not fit the container as a whole, and only what is not encrypted was read.
fn is_unchecked(reading: &Reading) -> bool {
    reading.problems.iter().any(|problem| problem.kind == ProblemKind::Container(Note::Unchecked))
}

/// Whether another password may show more.
fn has_closed_parts(reading: &Reading) -> bool {
    let closed = |problem: &Problem| {
        matches!(problem.kind, ProblemKind::Container(Note::KeyUnderOtherPassword { .. }))
    };
    is_unchecked(reading) || reading.problems.iter().any(closed)
}

/// What two passwords opened of one container whose entries have passwords of their own.
fn together(one: Reading, other: Reading) -> Reading {
    let (mut all, more) = if is_unchecked(&one) { (other, one) } else { (one, other) };
    for found in more.found {
        let same = |known: &Found| known.name == found.name && known.item.bytes() == found.item.bytes();
        if all.found.iter().any(same) {
            continue;
        }
        all.problems.retain(|problem| match &problem.kind {
            ProblemKind::Container(Note::KeyUnderOtherPassword { friendly_name }) => {
                *friendly_name != found.name
            }
            _ => true,
        });
        // The places in the other list mean nothing in this one.
        all.found.push(Found { within: None, ..found });
    }
    all
}
