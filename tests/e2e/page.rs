//! The page as a person meets it: things have labels, and what is not there yet is waited for.

mod accessibility;
mod act;
mod appearance;
mod files;
mod find;
mod keyboard;
mod see;
mod tabs;
mod tasks;

use std::path::PathBuf;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, panic::Location};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use crate::browser::Recording;
use crate::place;
use crate::webdriver::{Refusal, Session};
pub use accessibility::Violation;

/// How long a wait lasts before it fails, unless `Page::patient` says otherwise.
const PATIENCE: Duration = Duration::from_secs(20);
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// The current page of a browser, or a named part of it.
#[derive(Clone, Debug)]
pub struct Page {
    session: Rc<Session>,
    recording: Rc<Recording>,
    downloads: PathBuf,
    /// Names of the regions to look in, outermost first.
    within: Vec<String>,
    patience: Duration,
}

impl Page {
    pub(crate) fn new(session: Rc<Session>, recording: Rc<Recording>, downloads: PathBuf) -> Self {
        Page { session, recording, downloads, within: Vec::new(), patience: PATIENCE }
    }

    /// The part of the page that bears this name: a region, dialog, group, form,
    /// table, list item, article, or the section below a heading.
    pub fn within(&self, name: &str) -> Page {
        let mut part = self.clone();
        part.within.push(name.to_owned());
        part
    }

    /// The same page, met with another patience: how long each wait lasts before it fails.
    pub fn patient(&self, patience: Duration) -> Page {
        let mut page = self.clone();
        page.patience = patience;
        page
    }

    /// Opens an address and waits until it is loaded.
    #[track_caller]
    pub fn open(&self, address: &str) {
        self.demand(self.session.post("/url", json!({ "url": address })));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.demand(self.session.post("/refresh", json!({})));
    }

    /// Goes back, as the browser's own button does.
    #[track_caller]
    pub fn go_back(&self) {
        self.demand(self.session.post("/back", json!({})));
    }

    /// The current address.
    #[track_caller]
    pub fn address(&self) -> String {
        text(&self.demand(self.session.ask("/url")))
    }

    /// The document's title.
    #[track_caller]
    pub fn title(&self) -> String {
        text(&self.demand(self.session.ask("/title")))
    }

    /// Runs a script's body in the page and returns what it returns.
    #[track_caller]
    pub fn execute(&self, script: &str, arguments: Value) -> Value {
        self.demand(self.try_execute(script, arguments))
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub fn execute_async(&self, script: &str, arguments: Value) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.demand(self.session.post("/execute/async", body))
    }

    fn try_execute(&self, script: &str, arguments: Value) -> Result<Value, Refusal> {
        let body = json!({ "script": script, "args": arguments });
        self.session.post("/execute/sync", body)
    }

    /// Sends a command of the Chrome DevTools Protocol, for what a person would set
    /// in the browser itself: being offline, the time zone, preferred colours.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.demand(self.session.post("/goog/cdp/execute", body))
    }

    /// Cuts the page off from every network, or connects it again.
    #[track_caller]
    pub fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({}));
        let parameters = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.devtools("Network.emulateNetworkConditions", parameters);
    }

    /// Sets the window's size in CSS pixels.
    #[track_caller]
    pub fn set_window(&self, width: u32, height: u32) {
        let body = json!({ "width": width, "height": height });
        self.demand(self.session.post("/window/rect", body));
    }

    /// Looks again and again until there is an answer, and fails when none comes in time.
    #[track_caller]
    pub fn wait_for<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        self.wait_until(what, || look().ok_or_else(|| "it did not come".to_owned()))
    }

    /// Like `wait_for`, and tells in the end why the last look was in vain.
    #[track_caller]
    fn wait_until<T>(&self, what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
        let deadline = Instant::now() + self.patience;
        loop {
            match look() {
                Ok(found) => return found,
                Err(reason) if Instant::now() >= deadline => {
                    self.fail(&format!("waited in vain for {what}: {reason}"))
                }
                Err(_) => thread::sleep(BETWEEN_LOOKS),
            }
        }
    }

    /// Saves what the window shows as `target/e2e/shots/NAME.png`.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let path = place::shots().join(format!("{name}.png"));
        let picture = text(&self.demand(self.session.ask("/screenshot")));
        let picture = BASE64_STANDARD.decode(picture).unwrap_or_default();
        let written = fs::create_dir_all(place::shots()).and_then(|()| fs::write(&path, picture));
        if let Err(error) = written {
            panic!("could not write {}: {error}", path.display());
        }
        path
    }

    /// Every error that the console has shown so far, in order.
    #[track_caller]
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.demand(self.log("browser"));
        self.recording.console_errors(&entries)
    }

    /// Every address that the pages have asked for so far, in order.
    ///
    /// What a worker asks for is not among them; `Browser::close` knows that too.
    #[track_caller]
    pub fn requests(&self) -> Vec<String> {
        let entries = self.demand(self.log("performance"));
        self.recording.requests(&entries)
    }

    fn log(&self, kind: &str) -> Result<Value, Refusal> {
        self.session.post("/se/log", json!({ "type": kind }))
    }

    pub(crate) fn end_session(&self) {
        // The browser may be gone already; then there is nothing left to end.
        let _ = self.session.delete("");
    }

    pub(crate) fn recording(&self) -> &Recording {
        &self.recording
    }

    #[track_caller]
    fn demand(&self, result: Result<Value, Refusal>) -> Value {
        match result {
            Ok(value) => value,
            Err(refusal) => self.fail(&refusal.to_string()),
        }
    }

    /// Ends the test with what the page shows, a screenshot, and the console's errors.
    #[track_caller]
    fn fail(&self, reason: &str) -> ! {
        let place = Location::caller();
        let shown = self.try_execute("return document.body.innerText", json!([]));
        let shown = shown.map_or_else(|refusal| refusal.to_string(), |value| text(&value));
        let errors = match self.log("browser") {
            Ok(entries) => self.recording.console_errors(&entries).join("\n"),
            Err(refusal) => refusal.to_string(),
        };
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let shot = match self.session.ask("/screenshot") {
            Ok(_) => self.screenshot(&format!("failed-{test}")).display().to_string(),
            Err(refusal) => refusal.to_string(),
        };
        panic!(
            "{reason}\n--- at {place}\n--- the page shows\n{shown}\n--- console errors\n{errors}\n--- picture: {shot}"
        );
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
