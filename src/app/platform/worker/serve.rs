//! The worker's side: takes questions, runs them with the browser's engine, answers. There is no document here, and
//! nothing is stored.

use super::message::{Answer, Question, post_answer, question};
use super::script;
use super::task::no_derivation;
use crate::platform::clock;
use crate::platform::crypto::WebEngine;
use certwright_workbench::job::run::{self, Progress};
use certwright_workbench::job::{Contents, JobFailure};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent};

/// Milliseconds between two reports of progress.
const REPORT_EVERY_MS: f64 = 50.0;

/// True if this program runs in a worker.
pub fn is_worker() -> bool {
    js_sys::global().is_instance_of::<DedicatedWorkerGlobalScope>()
}

/// Serves the page for as long as the worker lives.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    std::panic::set_hook(Box::new(|panic| {
        // Where, not what: the words of a panic may hold data.
        let place =
            panic.location().map_or_else(|| "somewhere".into(), |at| format!("{}:{}", at.file(), at.line()));
        stop(&format!("stopped at {place}"));
    }));
    let lost = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let name = script::error_name(&script::property(&event, "reason"));
        stop(&format!("stopped by an error: {name}"));
    });
    let _ = scope.add_event_listener_with_callback("unhandledrejection", lost.as_ref().unchecked_ref());
    lost.forget();

    let engine = Rc::new(WebEngine::new());
    let hear = Closure::<dyn Fn(MessageEvent)>::new({
        let scope = scope.clone();
        move |event: MessageEvent| {
            let (scope, engine) = (scope.clone(), engine.clone());
            let question = question(&event.data());
            spawn_local(async move {
                let answer = answer(&scope, &engine, question).await;
                if post_answer(&scope, &answer).is_err() {
                    stop("an answer could not be sent");
                }
            });
        }
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    let _ = post_answer(&scope, &Answer::Ready);
}

async fn answer(scope: &DedicatedWorkerGlobalScope, engine: &WebEngine, question: Question) -> Answer {
    match question {
        Question::Job { ticket, job, keys } => {
            let reports = Reports { scope, ticket, last: Cell::new(f64::NEG_INFINITY) };
            let result = run::run(engine, *job, &keys, &reports).await;
            engine.forget();
            Answer::Ended { ticket, result }
        }
        Question::Derive { ticket, kdf, passphrase } => {
            Answer::Derived { ticket, result: kdf.derive(&passphrase) }
        }
        Question::Broken { ticket } => {
            // A derivation that is answered so ends as one that can't be read.
            let _ = post_answer(
                scope,
                &Answer::Derived { ticket, result: Err(no_derivation("it can't be read")) },
            );
            Answer::Ended {
                ticket,
                result: Err(JobFailure::Crashed { what: "the order can't be read".into() }),
            }
        }
        Question::Unknown => Answer::Unknown,
    }
}

fn stop(what: &str) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let _ = post_answer(&scope, &Answer::Stopped { what: what.to_owned() });
}

/// Progress on its way to the page.
struct Reports<'a> {
    scope: &'a DedicatedWorkerGlobalScope,
    ticket: u64,
    last: Cell<f64>,
}

impl Progress for Reports<'_> {
    fn at(&self, done: usize, total: usize) {
        let now = clock::milliseconds();
        if now - self.last.get() >= REPORT_EVERY_MS {
            self.last.set(now);
            let _ = post_answer(self.scope, &Answer::Progress { ticket: self.ticket, done, total });
        }
    }

    fn part(&self, contents: Contents) {
        if post_answer(self.scope, &Answer::Part { ticket: self.ticket, contents }).is_err() {
            stop("a part of an answer could not be sent");
        }
    }
}
