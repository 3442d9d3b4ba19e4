//! Opening files: read in the worker batch by batch, taken in part by part, given up together.
//!
//! A batch that takes the worker down is read again file by file, so that only the file at fault is lost, and by name.

use super::job;
use crate::effect::Effect;
use crate::explain;
use crate::id::{JobId, KeyId};
use crate::job::{Contents, File, Job, JobFailure};
use crate::opened::FileTrouble;
use crate::route::{Depth, Route};
use crate::state::{Batch, Place, Purpose, Slot, State, Tone};
use std::rc::Rc;

/// Has the files read; `more` of the same drop will follow.
pub(super) fn brought(state: &mut State, files: Vec<File>, more: bool) -> Vec<Effect> {
    if state.batch.given_up {
        state.batch.given_up = more;
        return Vec::new();
    }
    if !state.is_busy(&Slot::Bring(Place::Desk)) {
        state.batch = Batch::default();
    }
    Rc::make_mut(&mut state.opened).files += files.len();
    state.batch.more = more;
    let mut effects = read(state, files);
    if more && state.route != Route::Opened {
        effects.push(Effect::Navigate(Route::Opened));
    }
    effects
}

fn read(state: &mut State, files: Vec<File>) -> Vec<Effect> {
    state.batch.waiting += 1;
    let names = files.iter().map(|file| file.name.clone()).collect();
    // One file alone is not tried twice.
    let again = if files.len() > 1 { Rc::new(files.clone()) } else { Rc::default() };
    let purpose = Purpose::Open { names, again, found: 0 };
    job::start(state, Slot::Bring(Place::Desk), purpose, Job::Read { files, in_parts: true }, Vec::new())
}

/// Notes a file that was not read.
pub(super) fn not_brought(state: &mut State, advice: explain::Advice) -> Vec<Effect> {
    state.say(advice.title.clone(), Tone::Bad);
    note(state, String::new(), advice);
    match state.route {
        Route::Opened => Vec::new(),
        _ => vec![Effect::Navigate(Route::Opened)],
    }
}

fn note(state: &mut State, file: String, advice: explain::Advice) {
    let trouble = Rc::new(FileTrouble { file, advice });
    let opened = Rc::make_mut(&mut state.opened);
    if !opened.problems.contains(&trouble) {
        state.batch.problems += 1;
        opened.problems.push(trouble);
    }
}

/// Takes in what a job has found so far.
pub(super) fn yielded(state: &mut State, id: JobId, contents: Contents) {
    let Some(Purpose::Open { names, found, .. }) = state.jobs.get_mut(&id) else { return };
    *found += contents.items.len();
    let names = names.clone();
    take_in(state, &names, contents);
}

/// Takes in objects and problems of these files.
pub(super) fn take_in(state: &mut State, names: &[String], contents: Contents) {
    let name = |file: usize| names.get(file).map_or("a file", String::as_str);
    for trouble in contents.problems {
        let file = match trouble.whence.entry {
            Some(entry) => format!("{} › {entry}", name(trouble.whence.file)),
            None => name(trouble.whence.file).to_owned(),
        };
        note(state, file, trouble.advice);
    }
    let opened = Rc::make_mut(&mut state.opened);
    for item in contents.items {
        let file = item.whence.file;
        let id = opened.take_in(item, name(file));
        state.batch.found += 1;
        state.batch.last = Some(id);
    }
}

/// The last of a batch was read; `held` are the private keys among them.
pub(super) fn ended(
    state: &mut State,
    names: &[String],
    contents: Contents,
    held: Vec<KeyId>,
) -> Vec<Effect> {
    take_in(state, names, contents);
    state.held.extend(held);
    finish(state)
}

/// The worker crashed over a batch.
pub(super) fn lost(
    state: &mut State,
    names: &[String],
    again: Rc<Vec<File>>,
    found: usize,
    failure: &JobFailure,
) -> Vec<Effect> {
    if again.is_empty() {
        for name in names {
            note(state, name.clone(), explain::job(failure));
        }
        return finish(state);
    }
    // What it found before will be found again.
    state.batch.found = state.batch.found.saturating_sub(found);
    state.batch.waiting = state.batch.waiting.saturating_sub(1);
    let files = Rc::unwrap_or_clone(again);
    files.into_iter().flat_map(|file| read(state, vec![file])).collect()
}

/// One job of the batch has ended; after the last one the person is told what came of all.
fn finish(state: &mut State) -> Vec<Effect> {
    state.batch.waiting = state.batch.waiting.saturating_sub(1);
    if state.batch.waiting > 0 || state.batch.more {
        return Vec::new();
    }
    state.waits.remove(&Slot::Bring(Place::Desk));
    let (found, problems) = (state.batch.found, state.batch.problems);
    let tone = if problems > 0 { Tone::Bad } else { Tone::Good };
    state.say(said(found, problems), tone);
    match (&state.batch.last, found, problems) {
        (Some(id), 1, 0) => vec![Effect::Navigate(Route::Object(id.clone(), Depth::Summary))],
        _ if state.route == Route::Opened => Vec::new(),
        _ => vec![Effect::Navigate(Route::Opened)],
    }
}

/// The person gave up: every job of the batch ends, and what is still to come of the same drop is not read.
pub(super) fn given_up(state: &mut State) -> Vec<Effect> {
    let is_open = |purpose: &Purpose| matches!(purpose, Purpose::Open { .. });
    let jobs: Vec<JobId> =
        state.jobs.iter().filter(|(_, purpose)| is_open(purpose)).map(|(id, _)| *id).collect();
    state.jobs.retain(|_, purpose| !is_open(purpose));
    state.waits.remove(&Slot::Bring(Place::Desk));
    let found = state.batch.found;
    state.batch = Batch { given_up: state.batch.more, ..Batch::default() };
    state.say(format!("Cancelled. What was read until then is listed: {}", said(found, 0)), Tone::Good);
    jobs.into_iter().map(Effect::CancelJob).collect()
}

/// What came of it, in one sentence.
pub(super) fn said(found: usize, problems: usize) -> String {
    let objects = match found {
        0 => "Nothing was found that Certwright knows".to_owned(),
        1 => "1 object found".into(),
        count => format!("{count} objects found"),
    };
    match problems {
        0 => format!("{objects}."),
        1 => format!("{objects}, and 1 problem."),
        count => format!("{objects}, and {count} problems."),
    }
}
