//! What a browser said and asked for: console messages, and requests as the driver and the browser log them.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// Collects what the driver hands out only once.
#[derive(Debug)]
pub struct Recording {
    errors: RefCell<Vec<String>>,
    requests: RefCell<Vec<String>>,
    net_log: PathBuf,
}

impl Recording {
    /// An empty recording; the browser writes its network log to `net_log` as it ends.
    pub fn new(net_log: PathBuf) -> Self {
        Recording { errors: RefCell::default(), requests: RefCell::default(), net_log }
    }

    /// Takes in the driver's `browser` log and returns all errors so far.
    pub fn console_errors(&self, entries: &Value) -> Vec<String> {
        let entries = entries.as_array().into_iter().flatten();
        let severe = entries.filter(|entry| entry["level"] == "SEVERE");
        let texts = severe.filter_map(|entry| Some(entry["message"].as_str()?.to_owned()));
        self.errors.borrow_mut().extend(texts);
        self.errors.borrow().clone()
    }

    /// Takes in the driver's `performance` log and returns all addresses so far.
    ///
    /// The browser's own pages are left out, and addresses that hold their contents.
    pub fn requests(&self, entries: &Value) -> Vec<String> {
        let entries = entries.as_array().into_iter().flatten();
        let addresses = entries.filter_map(|entry| {
            let entry: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &entry["message"];
            let sent = message["method"] == "Network.requestWillBeSent";
            let address = message["params"]["request"]["url"].as_str()?;
            (sent && !stays_inside(address)).then(|| address.to_owned())
        });
        self.requests.borrow_mut().extend(addresses);
        self.requests.borrow().clone()
    }

    /// The addresses that pages and workers asked for, out of the closed network log.
    ///
    /// What the browser asks for on its own account is left out: such a request
    /// has no page as its initiator and is no navigation.
    pub fn requests_in_net_log(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.net_log).unwrap_or_default();
        let Ok(log) = serde_json::from_str::<Value>(&text) else {
            panic!("the browser left no complete network log");
        };
        let start = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
        let events = log["events"].as_array().into_iter().flatten();
        let started = events.filter(|event| &event["type"] == start);
        let asked = started.filter_map(|event| {
            let parameters = &event["params"];
            let initiator = parameters["initiator"].as_str().unwrap_or_default();
            let navigation = parameters["request_type"].as_str() == Some("main frame");
            let by_a_page = !initiator.is_empty() && initiator != "not an origin";
            let address = parameters["url"].as_str()?;
            (by_a_page || navigation).then(|| address.to_owned())
        });
        asked.collect()
    }
}

fn stays_inside(address: &str) -> bool {
    ["chrome", "data:", "blob:", "about:"].iter().any(|scheme| address.starts_with(scheme))
}
