//! Working without a mouse.

use serde_json::{Value, json};

use super::find::Kind;
use super::{Page, text};

/// More stops than any page of ours has.
const TABS_AT_MOST: usize = 250;

/// Keys that have no character, by the name that the DOM gives them.
const NAMED_KEYS: [(&str, &str); 17] = [
    ("Backspace", "\u{E003}"),
    ("Tab", "\u{E004}"),
    ("Enter", "\u{E007}"),
    ("Shift", "\u{E008}"),
    ("Control", "\u{E009}"),
    ("Alt", "\u{E00A}"),
    ("Escape", "\u{E00C}"),
    ("Space", " "),
    ("PageUp", "\u{E00E}"),
    ("PageDown", "\u{E00F}"),
    ("End", "\u{E010}"),
    ("Home", "\u{E011}"),
    ("ArrowLeft", "\u{E012}"),
    ("ArrowUp", "\u{E013}"),
    ("ArrowRight", "\u{E014}"),
    ("ArrowDown", "\u{E015}"),
    ("Delete", "\u{E017}"),
];

impl Page {
    /// Presses keys together, such as `Enter`, `Shift+Tab` or `Control+k`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let keys: Vec<&str> = keys.split('+').map(key_value).collect();
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        self.key_actions(down.chain(up).collect());
    }

    /// Types text to whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let strokes = text.chars().flat_map(|character| {
            let value = match character {
                '\n' => "\u{E007}".to_owned(),
                other => other.to_string(),
            };
            ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": value }))
        });
        self.key_actions(strokes.collect());
    }

    /// Presses Tab until the thing with this name, in this part of the page, has the focus; returns how often.
    #[track_caller]
    pub fn press_tab_until(&self, name: &str) -> usize {
        for count in 0..TABS_AT_MOST {
            if self.focused_name() == name && self.holds_the_focus() {
                return count;
            }
            self.press("Tab");
        }
        self.fail(&format!("{TABS_AT_MOST} times Tab did not lead to {name:?}"))
    }

    /// Ticks a box with Tab and the space bar alone.
    #[track_caller]
    pub fn tick_by_key(&self, name: &str) {
        self.press_tab_until(name);
        let ticked = || self.of_focused("e.checked ?? e.getAttribute('aria-checked') === 'true'");
        if self.focused_role() != "checkbox" || ticked() != json!(false) {
            self.fail(&format!("{name:?} is no box without a tick"));
        }
        self.press("Space");
        self.wait_for(&format!("a tick at {name:?}"), || (ticked() == json!(true)).then_some(()));
    }

    /// Follows a link with Tab and Enter alone.
    #[track_caller]
    pub fn follow_by_key(&self, name: &str) {
        self.press_tab_until(name);
        if self.focused_role() != "link" {
            self.fail(&format!("{name:?} is no link"));
        }
        self.press("Enter");
    }

    /// Presses a button with Tab and Enter alone.
    #[track_caller]
    pub fn press_button_by_key(&self, name: &str) {
        self.press_tab_until(name);
        if self.focused_role() != "button" {
            self.fail(&format!("{name:?} is no button"));
        }
        self.press("Enter");
    }

    /// Chooses an option of a select with Tab, its opened list, the arrow keys and Enter alone.
    #[track_caller]
    pub fn choose_by_key(&self, label: &str, option: &str) {
        self.press_tab_until(label);
        let steps = format!(
            "const all = [...e.options].filter((o) => !o.disabled); \
             return all.findIndex((o) => o.text.trim() === {}) - all.indexOf(e.selectedOptions[0])",
            json!(option)
        );
        let steps = self.of_focused(&format!("(() => {{ {steps} }})()")).as_i64().unwrap_or_default();
        self.press("Alt+ArrowDown");
        for _ in 0..steps.unsigned_abs() {
            self.press(if steps < 0 { "ArrowUp" } else { "ArrowDown" });
        }
        self.press("Enter");
    }

    /// Presses Tab until something whose name begins so has the focus.
    #[track_caller]
    pub fn press_tab_until_start_of(&self, beginning: &str) {
        for _ in 0..TABS_AT_MOST {
            if self.focused_name().starts_with(beginning) {
                return;
            }
            self.press("Tab");
        }
        self.fail(&format!("{TABS_AT_MOST} times Tab did not lead to {beginning:?}…"))
    }

    /// The name of what has the focus, as the browser tells it to a screen reader.
    #[track_caller]
    pub fn focused_name(&self) -> String {
        self.focused("computedlabel")
    }

    /// The role of what has the focus, as the browser tells it to a screen reader.
    #[track_caller]
    pub fn focused_role(&self) -> String {
        self.focused("computedrole")
    }

    /// Whether what has the focus lies in this part of the page.
    #[track_caller]
    fn holds_the_focus(&self) -> bool {
        if self.within.is_empty() {
            return true;
        }
        let Ok(part) = self.find(Kind::Region, "") else { return false };
        let script = "return arguments[0].contains(document.activeElement)";
        self.execute(script, json!([part.to_value()])) == json!(true)
    }

    /// A value of what has the focus, which the expression calls `e`.
    #[track_caller]
    fn of_focused(&self, expression: &str) -> Value {
        self.execute(&format!("const e = document.activeElement; return {expression}"), json!([]))
    }

    fn focused(&self, question: &str) -> String {
        let Ok(active) = self.session.ask("/element/active") else {
            return String::new();
        };
        let id = active.as_object().and_then(|fields| fields.values().next());
        let id = id.and_then(Value::as_str).unwrap_or_default();
        let answer = self.session.ask(&format!("/element/{id}/{question}"));
        answer.map(|value| text(&value)).unwrap_or_default()
    }

    #[track_caller]
    fn key_actions(&self, actions: Vec<Value>) {
        let body = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] });
        self.demand(self.session.post("/actions", body));
    }
}

fn key_value(name: &str) -> &str {
    let named = NAMED_KEYS.iter().find(|(own, _)| *own == name);
    named.map_or(name, |(_, value)| value)
}
