//! The messages between page and worker: a JavaScript array of a word, a ticket, postcard bytes, private keys, and the
//! contents of files. Byte strings are handed over, not copied, and wiped once they are read. Both sides are the same
//! build, so the messages have no version.

use super::script;
use super::task::{Derived, Task, no_derivation};
use certwright_pki::{PrivateKey, Wiped};
use certwright_workbench::job::{Contents, File, Job, JobFailure, Outcome};
use certwright_workbench::secret::Passphrase;
use certwright_workbench::vault::Kdf;
use js_sys::{Array, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{DedicatedWorkerGlobalScope, Worker};
use zeroize::Zeroizing;

/// The end of a job.
pub type Ended = Result<(Outcome, Vec<PrivateKey>), JobFailure>;

/// What the worker says.
pub enum Answer {
    Ready,
    Progress {
        ticket: u64,
        done: usize,
        total: usize,
    },
    /// What was found so far.
    Part {
        ticket: u64,
        contents: Contents,
    },
    Ended {
        ticket: u64,
        result: Ended,
    },
    Derived {
        ticket: u64,
        result: Derived,
    },
    Stopped {
        what: String,
    },
    /// Not one of these, the start message of the page's own script for example.
    Unknown,
}

/// What the page asks for.
pub enum Question {
    Job {
        ticket: u64,
        job: Box<Job>,
        keys: Vec<PrivateKey>,
    },
    Derive {
        ticket: u64,
        kdf: Kdf,
        passphrase: Passphrase,
    },
    /// Could not be read.
    Broken {
        ticket: u64,
    },
    Unknown,
}

struct Parts {
    message: Array,
    transfer: Array,
}

impl Parts {
    fn new(word: &str, ticket: u64) -> Self {
        Self { message: Array::of2(&word.into(), &(ticket as f64).into()), transfer: Array::new() }
    }

    fn bytes(self, bytes: &[u8]) -> Self {
        self.message.push(&self.handed_over(bytes));
        self
    }

    fn keys(self, keys: &[PrivateKey]) -> Self {
        let all = Array::new();
        for key in keys {
            all.push(&self.handed_over(key.pkcs8()));
        }
        self.message.push(&all);
        self
    }

    /// What the files hold, outside of the postcard bytes: there may be many megabytes of it.
    fn files(self, job: &Job) -> Self {
        if let Job::Read { files, .. } = job {
            let all = Array::new();
            for file in files {
                all.push(&self.handed_over(&file.bytes));
            }
            self.message.push(&all);
        }
        self
    }

    fn handed_over(&self, bytes: &[u8]) -> Uint8Array {
        let array = Uint8Array::from(bytes);
        self.transfer.push(&array.buffer());
        array
    }
}

/// Sends a task to the worker.
///
/// # Errors
/// Why it can't be sent.
pub fn post_task(worker: &Worker, ticket: u64, task: &Task) -> Result<(), String> {
    let parts = match task {
        Task::Job { job, keys, .. } => {
            let order = match without_contents(job) {
                Some(bare) => packed(&bare)?,
                None => packed(job)?,
            };
            Parts::new("job", ticket).bytes(&order).keys(keys).files(job)
        }
        Task::Derive { kdf, passphrase, .. } => {
            Parts::new("derive", ticket).bytes(&packed(&(kdf, passphrase))?)
        }
    };
    let posted = worker.post_message_with_transfer(&parts.message, &parts.transfer);
    posted.map_err(|error| script::error_text(&error))
}

/// Reads what the page asks for.
pub fn question(data: &JsValue) -> Question {
    let Some((word, ticket, message)) = opened(data) else {
        return Question::Unknown;
    };
    match word.as_str() {
        "job" => match (unpacked(&message.get(2)), keys(&message.get(3), PrivateKey::from_pkcs8)) {
            (Some(mut job), Some(keys)) => {
                put_contents(&mut job, &message.get(4));
                Question::Job { ticket, job: Box::new(job), keys }
            }
            _ => Question::Broken { ticket },
        },
        "derive" => match unpacked(&message.get(2)) {
            Some((kdf, passphrase)) => Question::Derive { ticket, kdf, passphrase },
            None => Question::Broken { ticket },
        },
        _ => Question::Unknown,
    }
}

/// Sends an answer to the page. What can't be sent is a trap, which the page hears of.
pub fn post_answer(scope: &DedicatedWorkerGlobalScope, answer: &Answer) -> Result<(), JsValue> {
    let broken = |what: String| JsValue::from_str(&what);
    let parts = match answer {
        Answer::Ready => Parts::new("ready", 0),
        Answer::Progress { ticket, done, total } => {
            let parts = Parts::new("progress", *ticket);
            parts.message.push(&(*done as f64).into());
            parts.message.push(&(*total as f64).into());
            parts
        }
        Answer::Part { ticket, contents } => {
            Parts::new("part", *ticket).bytes(&packed(contents).map_err(broken)?)
        }
        Answer::Ended { ticket, result } => {
            let (outcome, keys) = match result {
                Ok((outcome, keys)) => (Ok(outcome), keys.as_slice()),
                Err(failure) => (Err(failure), [].as_slice()),
            };
            Parts::new("ended", *ticket).bytes(&packed(&outcome).map_err(broken)?).keys(keys)
        }
        Answer::Derived { ticket, result } => {
            let result = result.as_ref().map(|key| **key);
            Parts::new("derived", *ticket).bytes(&packed(&result).map_err(broken)?)
        }
        Answer::Stopped { what } => {
            let parts = Parts::new("stopped", 0);
            parts.message.push(&what.into());
            parts
        }
        Answer::Unknown => return Ok(()),
    };
    scope.post_message_with_transfer(&parts.message, &parts.transfer)
}

/// Reads what the worker says.
pub fn answer(data: &JsValue) -> Answer {
    let Some((word, ticket, message)) = opened(data) else {
        return Answer::Unknown;
    };
    let number = |index| message.get(index).as_f64().unwrap_or_default() as usize;
    match word.as_str() {
        "ready" => Answer::Ready,
        "progress" => Answer::Progress { ticket, done: number(2), total: number(3) },
        "part" => match unpacked(&message.get(2)) {
            Some(contents) => Answer::Part { ticket, contents },
            None => Answer::Stopped { what: "a part of the answer can't be read".into() },
        },
        "ended" => {
            let outcome: Option<Result<Outcome, JobFailure>> = unpacked(&message.get(2));
            let broken = || JobFailure::Crashed { what: "the worker's answer can't be read".into() };
            let result = match (outcome, keys(&message.get(3), PrivateKey::from_own_pkcs8)) {
                (Some(Ok(outcome)), Some(keys)) => Ok((outcome, keys)),
                (Some(Err(failure)), _) => Err(failure),
                _ => Err(broken()),
            };
            Answer::Ended { ticket, result }
        }
        "derived" => {
            let result: Option<Result<[u8; 32], _>> = unpacked(&message.get(2));
            let result = result.unwrap_or_else(|| Err(no_derivation("the worker's answer can't be read")));
            Answer::Derived { ticket, result: result.map(Zeroizing::new) }
        }
        "stopped" => Answer::Stopped { what: message.get(2).as_string().unwrap_or_default() },
        _ => Answer::Unknown,
    }
}

fn opened(data: &JsValue) -> Option<(String, u64, Array)> {
    if !Array::is_array(data) {
        return None;
    }
    let message = Array::from(data);
    Some((message.get(0).as_string()?, message.get(1).as_f64()? as u64, message))
}

fn packed<T: Serialize + ?Sized>(value: &T) -> Result<Wiped, String> {
    postcard::to_stdvec(value).map(Wiped::from).map_err(|error| error.to_string())
}

/// A job of reading, with the files' names alone.
fn without_contents(job: &Job) -> Option<Job> {
    let Job::Read { files, in_parts } = job else { return None };
    let bare = |file: &File| File { name: file.name.clone(), bytes: Vec::new() };
    Some(Job::Read { files: files.iter().map(bare).collect(), in_parts: *in_parts })
}

fn put_contents(job: &mut Job, contents: &JsValue) {
    if let Job::Read { files, .. } = job {
        for (file, bytes) in files.iter_mut().zip(Array::from(contents).iter()) {
            file.bytes = script::take_bytes(&bytes);
        }
    }
}

fn unpacked<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    postcard::from_bytes(&Wiped::from(script::take_bytes(value))).ok()
}

fn keys(
    value: &JsValue,
    read: fn(&[u8]) -> certwright_pki::error::Result<PrivateKey>,
) -> Option<Vec<PrivateKey>> {
    Array::from(value).iter().map(|key| read(&Zeroizing::new(script::take_bytes(&key))).ok()).collect()
}
