//! Several tabs of one browser.

use serde_json::{Value, json};

use super::{Page, text};

impl Page {
    /// Opens an empty tab and goes there; returns its handle.
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let opened = self.demand(self.session.post("/window/new", json!({ "type": "tab" })));
        let handle = text(&opened["handle"]);
        self.go_to_tab(&handle);
        handle
    }

    /// The handle of the current tab.
    #[track_caller]
    pub fn tab(&self) -> String {
        text(&self.demand(self.session.ask("/window")))
    }

    /// The handles of all tabs.
    #[track_caller]
    pub fn tabs(&self) -> Vec<String> {
        let handles = self.demand(self.session.ask("/window/handles"));
        let handles = handles.as_array().into_iter().flatten();
        handles.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Goes to a tab.
    #[track_caller]
    pub fn go_to_tab(&self, handle: &str) {
        self.demand(self.session.post("/window", json!({ "handle": handle })));
    }

    /// Closes the current tab and goes to another.
    #[track_caller]
    pub fn close_tab(&self) {
        self.demand(self.session.delete("/window"));
        if let Some(next) = self.tabs().first() {
            self.go_to_tab(next);
        }
    }
}
