//! The workshop: jobs run in one Web Worker with the same program, so that the page stays responsive, and a trap
//! there takes nothing else with it. What a job does is `workbench`'s.

mod message;
mod serve;
mod task;

use super::script;
use super::vault::VaultFault;
use certwright_pki::PrivateKey;
use certwright_workbench::id::JobId;
use certwright_workbench::job::{Contents, Job, JobFailure, Outcome};
use certwright_workbench::secret::Passphrase;
use certwright_workbench::vault::Kdf;
use js_sys::Array;
use message::Answer;
pub use serve::{is_worker, serve};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use task::Task;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, MessageEvent, Worker};
use zeroize::Zeroizing;

/// What is heard of a job.
#[derive(Debug)]
pub enum JobEvent {
    /// So many of so many steps; at most one every 50 ms.
    Progress { done: usize, total: usize },
    /// What was found so far.
    Part(Contents),
    /// The last word, with the private keys that came into being.
    Ended(Result<(Outcome, Vec<PrivateKey>), JobFailure>),
}

/// The page's side of the worker; cheap to clone.
#[derive(Clone)]
pub struct Workshop(Rc<Inner>);

struct Inner {
    on_event: Rc<dyn Fn(JobId, JobEvent)>,
    worker: RefCell<Option<Running>>,
    /// What has not ended; kept whole, because another job's end may take the worker with it.
    tasks: RefCell<BTreeMap<u64, Task>>,
    tickets: Cell<u64>,
    /// Number of the latest worker: what is heard of an earlier one is not meant for it.
    workers: Cell<u64>,
}

struct Running {
    worker: Worker,
    ready: bool,
    _listeners: [Closure<dyn Fn(Event)>; 2],
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
        // A last word may be on its way already, and would find no one there.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
    }
}

impl fmt::Debug for Workshop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workshop").field("tasks", &self.0.tasks.borrow().len()).finish_non_exhaustive()
    }
}

impl Workshop {
    /// Starts a worker. `on_event` hears of each job's progress and end.
    pub fn spawn(on_event: Rc<dyn Fn(JobId, JobEvent)>) -> Self {
        let shop = Self(Rc::new(Inner {
            on_event,
            worker: RefCell::default(),
            tasks: RefCell::default(),
            tickets: Cell::new(0),
            workers: Cell::new(0),
        }));
        shop.0.start_worker();
        shop
    }

    /// Starts a job with the private keys that it needs.
    pub fn start(&self, id: JobId, job: Job, keys: Vec<PrivateKey>) {
        self.0.take_on(Task::Job { id, job, keys });
    }

    /// Ends a job with [`JobFailure::Cancelled`]. The worker goes with it; other jobs begin again in a new one,
    /// without anyone noticing more than a wait.
    pub fn cancel(&self, id: JobId) {
        let ticket =
            self.0.tasks.borrow().iter().find(|(_, task)| task.is_job(id)).map(|(ticket, _)| *ticket);
        let Some(ticket) = ticket else { return };
        let task = self.0.tasks.borrow_mut().remove(&ticket);
        let was_sent = self.0.worker.borrow().as_ref().is_some_and(|running| running.ready);
        if was_sent {
            self.0.start_worker();
        }
        self.0.end(task, JobFailure::Cancelled);
    }

    /// Derives a key from a passphrase, in the worker.
    ///
    /// # Errors
    /// [`VaultFault::UnsupportedKdf`]; [`VaultFault::Storage`] if the worker crashed, for want of memory most likely.
    pub fn derive(
        &self,
        kdf: Kdf,
        passphrase: Passphrase,
    ) -> impl Future<Output = Result<Zeroizing<[u8; 32]>, VaultFault>> + use<> {
        let (answer, answered) = futures_channel::oneshot::channel();
        self.0.take_on(Task::Derive { kdf, passphrase, answer });
        async move { answered.await.unwrap_or_else(|_| Err(task::no_derivation("the worker stopped"))) }
    }
}

impl Inner {
    fn take_on(self: &Rc<Self>, task: Task) {
        let ticket = self.tickets.get() + 1;
        self.tickets.set(ticket);
        let lacking = self.worker.borrow().is_none();
        self.tasks.borrow_mut().insert(ticket, task);
        if lacking {
            self.start_worker();
        } else {
            self.send(ticket);
        }
    }

    /// Puts a new worker in the place of the one that is there. It is sent everything that has not ended, as soon as
    /// it is ready.
    fn start_worker(self: &Rc<Self>) {
        let number = self.workers.get() + 1;
        self.workers.set(number);
        self.worker.take();
        let spawned = script::call(&js_sys::global(), "certwrightSpawnWorker", &Array::new());
        let worker: Worker = match spawned.and_then(|worker| worker.dyn_into()) {
            Ok(worker) => worker,
            Err(error) => {
                let what = script::error_text(&error);
                let inner = self.clone();
                spawn_local(async move { inner.crashed(number, &what) });
                return;
            }
        };
        let hear = {
            let inner = self.clone();
            Closure::<dyn Fn(Event)>::new(move |event: Event| inner.hear(number, event.unchecked_ref()))
        };
        let fail = {
            let inner = self.clone();
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // It is dealt with here; the browser need not report it again.
                event.prevent_default();
                let what = script::property(&event, "message").as_string();
                inner.crashed(number, what.as_deref().unwrap_or("the worker could not be loaded"));
            })
        };
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(fail.as_ref().unchecked_ref()));
        self.worker.replace(Some(Running { worker, ready: false, _listeners: [hear, fail] }));
    }

    /// Sends a task to the worker, if that listens already.
    fn send(self: &Rc<Self>, ticket: u64) {
        let sent = {
            let (worker, tasks) = (self.worker.borrow(), self.tasks.borrow());
            match (worker.as_ref().filter(|running| running.ready), tasks.get(&ticket)) {
                (Some(running), Some(task)) => message::post_task(&running.worker, ticket, task),
                _ => Ok(()),
            }
        };
        if let Err(what) = sent {
            let task = self.tasks.borrow_mut().remove(&ticket);
            self.end(task, JobFailure::Crashed { what });
        }
    }

    fn hear(self: &Rc<Self>, number: u64, event: &MessageEvent) {
        if self.workers.get() != number {
            return;
        }
        match message::answer(&event.data()) {
            Answer::Ready => {
                if let Some(running) = &mut *self.worker.borrow_mut() {
                    running.ready = true;
                }
                let tickets: Vec<u64> = self.tasks.borrow().keys().copied().collect();
                tickets.into_iter().for_each(|ticket| self.send(ticket));
            }
            Answer::Progress { ticket, done, total } => {
                let id = self.tasks.borrow().get(&ticket).and_then(Task::job_id);
                if let Some(id) = id {
                    (self.on_event)(id, JobEvent::Progress { done, total });
                }
            }
            Answer::Part { ticket, contents } => {
                let id = self.tasks.borrow().get(&ticket).and_then(Task::job_id);
                if let Some(id) = id {
                    // Like the end, so that they come in order.
                    let (inner, event) = (self.clone(), JobEvent::Part(contents));
                    spawn_local(async move { (inner.on_event)(id, event) });
                }
            }
            Answer::Ended { ticket, result } => {
                if let Some(Task::Job { id, .. }) = self.tasks.borrow_mut().remove(&ticket) {
                    let (inner, event) = (self.clone(), JobEvent::Ended(result));
                    // Outside of the borrow above.
                    spawn_local(async move { (inner.on_event)(id, event) });
                }
            }
            Answer::Derived { ticket, result } => {
                if let Some(Task::Derive { answer, .. }) = self.tasks.borrow_mut().remove(&ticket) {
                    let _ = answer.send(result);
                }
            }
            Answer::Stopped { what } => self.crashed(number, &what),
            Answer::Unknown => {}
        }
    }

    /// The worker is no more, and with it the oldest task, the likeliest to be at fault. A new one begins the others
    /// again, and should another have been at fault, it will be the oldest in its turn.
    /// If this one had not even begun to listen, all end, and the next job tries again.
    fn crashed(self: &Rc<Self>, number: u64, what: &str) {
        if self.workers.get() != number {
            return;
        }
        let was_ready = self.worker.take().is_some_and(|running| running.ready);
        let mut ended = self.tasks.take();
        if was_ready {
            let second = ended.keys().nth(1).copied();
            self.tasks.replace(second.map(|ticket| ended.split_off(&ticket)).unwrap_or_default());
            self.start_worker();
        }
        for task in ended.into_values() {
            self.end(Some(task), JobFailure::Crashed { what: what.to_owned() });
        }
    }

    fn end(&self, task: Option<Task>, failure: JobFailure) {
        match task {
            Some(Task::Job { id, .. }) => (self.on_event)(id, JobEvent::Ended(Err(failure))),
            Some(Task::Derive { answer, .. }) => {
                let _ = answer.send(Err(task::no_derivation("the worker crashed")));
            }
            None => {}
        }
    }
}
