//! One tab writes, the others follow. Who writes is settled by a Web Lock, what changed is told over a
//! BroadcastChannel. It keeps no data safe by itself: every commit compares the stored sequence as well.

mod lock;

use super::script;
use super::vault::VaultFault;
use futures_channel::oneshot;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

const CHANNEL: &str = "certwright";
/// How long the writer may take to finish before the lock is taken from it.
const PATIENCE_MS: u32 = 2_000;

/// What happened among the tabs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TabEvent {
    /// This tab may write now, after reading again.
    BecameWriter,
    /// Another tab writes.
    BecameFollower,
    /// Another tab has committed.
    Changed { sequence: u64 },
    /// Another tab has made the vault.
    VaultCreated,
    /// Another tab was told to lock the vault.
    Locked,
    /// Another tab has erased the vault.
    Erased,
}

/// This tab among the others.
#[derive(Clone)]
pub struct Tabs(Rc<Inner>);

struct Inner {
    on_event: Rc<dyn Fn(TabEvent)>,
    channel: Option<BroadcastChannel>,
    writer: Cell<bool>,
    /// Asked to give way: no new commit begins.
    yielding: Cell<bool>,
    /// Commits under way.
    writing: Cell<u32>,
    /// Gives up the lock that is held.
    release: RefCell<Option<Function>>,
    /// Number of the latest request for the lock; what an older one brings is not wanted any more.
    request: Cell<u64>,
    /// Takes the latest request back.
    queued: RefCell<Option<AbortController>>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
}

impl fmt::Debug for Tabs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tabs").field("writer", &self.0.writer.get()).finish_non_exhaustive()
    }
}

/// A commit under way; the lock is not given up before it ends.
#[derive(Debug)]
pub struct Writing(Tabs);

impl Drop for Writing {
    fn drop(&mut self) {
        let inner = &self.0.0;
        inner.writing.set(inner.writing.get().saturating_sub(1));
        if inner.writing.get() == 0 && inner.yielding.get() {
            inner.let_go();
        }
    }
}

impl Tabs {
    /// Joins the other tabs. When it returns it is settled whether this one writes; where the browser has no locks,
    /// or refuses them, it does.
    pub async fn start(on_event: Rc<dyn Fn(TabEvent)>) -> Self {
        let inner = Rc::new(Inner {
            on_event,
            channel: BroadcastChannel::new(CHANNEL).ok(),
            writer: Cell::new(false),
            yielding: Cell::new(false),
            writing: Cell::new(0),
            release: RefCell::default(),
            request: Cell::new(0),
            queued: RefCell::default(),
            waiting: RefCell::default(),
        });
        let tabs = Self(inner);
        tabs.listen();
        if !lock::ask(&tabs.0, lock::Ask::IfFree).await {
            tabs.0.become_writer(None);
        }
        tabs
    }

    /// True if this tab may begin a commit.
    pub fn is_writer(&self) -> bool {
        self.0.writer.get() && !self.0.yielding.get()
    }

    /// Marks a commit as under way.
    ///
    /// # Errors
    /// [`VaultFault::Follower`].
    pub fn write(&self) -> Result<Writing, VaultFault> {
        if !self.is_writer() {
            return Err(VaultFault::Follower);
        }
        self.0.writing.set(self.0.writing.get() + 1);
        Ok(Writing(self.clone()))
    }

    /// Makes this tab the writer: asks the other one to finish and give way, and after two seconds takes the lock
    /// from it. Gives true if it is the writer then.
    pub async fn take_over(&self) -> bool {
        for steal in [false, true] {
            if self.is_writer() {
                return true;
            }
            let (granted, wait) = oneshot::channel();
            self.0.waiting.borrow_mut().push(granted);
            if steal {
                lock::ask(&self.0, lock::Ask::Steal).await;
            } else {
                self.announce("release-please", 0);
            }
            select(wait, TimeoutFuture::new(PATIENCE_MS)).await;
        }
        self.is_writer()
    }

    /// Tells the other tabs.
    pub fn announce_change(&self, sequence: u64) {
        self.announce("changed", sequence);
    }

    /// Tells the other tabs.
    pub fn announce_creation(&self) {
        self.announce("created", 0);
    }

    /// Tells the other tabs.
    pub fn announce_lock(&self) {
        self.announce("locked", 0);
    }

    /// Tells the other tabs.
    pub fn announce_erasure(&self) {
        self.announce("erased", 0);
    }

    fn announce(&self, kind: &str, sequence: u64) {
        let message = script::object(&[("kind", &kind.into()), ("sequence", &(sequence as f64).into())]);
        if let Some(channel) = &self.0.channel {
            let _ = channel.post_message(&message);
        }
    }

    /// The channel lives as long as the page, and so does what listens to it.
    fn listen(&self) {
        let Some(channel) = &self.0.channel else {
            return;
        };
        let inner = self.0.clone();
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let kind = script::property(&event.data(), "kind").as_string().unwrap_or_default();
            let sequence = script::property(&event.data(), "sequence").as_f64().unwrap_or_default() as u64;
            match kind.as_str() {
                "changed" => inner.tell(TabEvent::Changed { sequence }),
                "created" => inner.tell(TabEvent::VaultCreated),
                "locked" => inner.tell(TabEvent::Locked),
                "erased" => inner.tell(TabEvent::Erased),
                "release-please" => inner.give_way(),
                _ => {}
            }
        });
        channel.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    }
}

impl Inner {
    fn tell(&self, event: TabEvent) {
        (self.on_event)(event);
    }

    fn become_writer(&self, release: Option<Function>) {
        self.release.replace(release);
        self.queued.take();
        self.yielding.set(false);
        if !self.writer.replace(true) {
            self.tell(TabEvent::BecameWriter);
        }
        for waiting in self.waiting.take() {
            let _ = waiting.send(());
        }
    }

    fn become_follower(&self) {
        self.release.take();
        self.yielding.set(false);
        self.writer.set(false);
        self.tell(TabEvent::BecameFollower);
    }

    /// Another tab wants to write: the writer finishes what it has begun, the others step behind it in the queue.
    fn give_way(self: &Rc<Self>) {
        if !self.writer.get() {
            let inner = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                lock::ask(&inner, lock::Ask::Wait).await;
            });
        } else if self.release.borrow().is_some() {
            self.yielding.set(true);
            let inner = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                // Long enough for the other followers to step back.
                TimeoutFuture::new(50).await;
                if inner.writing.get() == 0 && inner.yielding.get() {
                    inner.let_go();
                }
            });
        }
    }

    /// Gives up the lock. What follows from it is told by the request that had brought it.
    fn let_go(&self) {
        if let Some(release) = self.release.take() {
            let _ = release.apply(&wasm_bindgen::JsValue::UNDEFINED, &Array::new());
        }
    }
}
