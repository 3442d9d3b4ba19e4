//! What a person does with the mouse and by filling in.

use serde_json::{Value, json};

use super::find::Kind;
use super::{Page, text};
use crate::webdriver::Element;

/// Longer or many-lined text arrives as if pasted; typing it would take seconds.
const TYPED_AT_MOST: usize = 120;
const SELECT_ALL: &str = "\u{E009}a\u{E000}";
const DELETE: &str = "\u{E017}";

impl Page {
    /// Clicks the button of this name, once it can be clicked.
    #[track_caller]
    pub fn click_button(&self, name: &str) {
        self.click_kind(Kind::Button, name);
    }

    /// Clicks the button of this name if it can be clicked at this moment, and says whether it could.
    pub fn try_click_button(&self, name: &str) -> bool {
        let clicked = self.find(Kind::Button, name).and_then(|element| self.click_element(&element));
        clicked.is_ok()
    }

    /// Clicks the link of this name.
    #[track_caller]
    pub fn click_link(&self, name: &str) {
        self.click_kind(Kind::Link, name);
    }

    /// Clicks the tab of this name.
    #[track_caller]
    pub fn click_tab(&self, name: &str) {
        self.click_kind(Kind::Tab, name);
    }

    /// Clicks the menu item of this name.
    #[track_caller]
    pub fn click_menu_item(&self, name: &str) {
        self.click_kind(Kind::MenuItem, name);
    }

    /// Clicks whatever can be clicked and bears this name.
    #[track_caller]
    pub fn click(&self, name: &str) {
        self.click_kind(Kind::Any, name);
    }

    #[track_caller]
    fn click_kind(&self, kind: Kind, name: &str) {
        self.wait_until(&format!("a click on {name:?}"), || {
            let element = self.find(kind, name)?;
            if self.is_disabled(&element)? {
                return Err("it is disabled".to_owned());
            }
            self.click_element(&element)
        });
    }

    /// Replaces what stands in a field. Short text is typed, long text pasted.
    ///
    /// A field for a date or a time takes the value in its ISO spelling.
    #[track_caller]
    pub fn fill(&self, label: &str, value: &str) {
        self.wait_until(&format!("a field {label:?} to fill"), || {
            let element = self.find(Kind::Field, label)?;
            if self.is_disabled(&element)? {
                return Err("it is disabled".to_owned());
            }
            if self.takes_a_date(&element)? {
                return self.set_value(&element, value);
            }
            let pasted = value.len() > TYPED_AT_MOST || value.contains('\n');
            let keys = match pasted {
                true => format!("{SELECT_ALL}{DELETE}"),
                false => format!("{SELECT_ALL}{DELETE}{value}"),
            };
            self.send_keys(&element, &keys)?;
            if pasted {
                let body = json!({ "cmd": "Input.insertText", "params": { "text": value } });
                let sent = self.session.post("/goog/cdp/execute", body);
                sent.map_err(|refusal| refusal.to_string())?;
            }
            Ok(())
        });
    }

    /// Chooses an option of a select, or the radio button of a named group.
    #[track_caller]
    pub fn choose(&self, label: &str, option: &str) {
        let what = format!("a choice of {option:?} for {label:?}");
        self.wait_until(&what, || match self.find(Kind::Field, label) {
            Ok(select) => self.choose_option(&select, option),
            Err(reason) => match self.find(Kind::Group, label) {
                Ok(_) => {
                    let choice = self.within(label).find(Kind::Choice, option)?;
                    self.click_choice(&choice)
                }
                Err(_) => Err(reason),
            },
        });
    }

    /// Ticks a checkbox or switch, or takes the tick away.
    #[track_caller]
    pub fn tick(&self, label: &str, on: bool) {
        self.wait_until(&format!("a box {label:?} to tick"), || {
            let element = self.find(Kind::Choice, label)?;
            if self.is_ticked(&element)? != on {
                self.click_choice(&element)?;
            }
            match self.is_ticked(&element)? == on {
                true => Ok(()),
                false => Err("the click changed nothing".to_owned()),
            }
        });
    }

    /// What stands in a field, or the words of the chosen option.
    #[track_caller]
    pub fn value_of(&self, label: &str) -> String {
        self.wait_until(&format!("a field {label:?} to read"), || {
            let element = self.find(Kind::Field, label)?;
            let script = "const e = arguments[0]; \
                return e.selectedOptions?.length ? e.selectedOptions[0].text : (e.value ?? e.textContent)";
            Ok(text(&self.ask_element(&element, script)?))
        })
    }

    fn choose_option(&self, select: &Element, option: &str) -> Result<(), String> {
        let script = "const [select, wanted] = arguments; \
            const words = (o) => o.text.replace(/\\s+/g, ' ').trim(); \
            const all = [...(select.options ?? [])].filter((o) => !o.disabled); \
            return all.find((o) => words(o) === wanted) ?? all.find((o) => words(o).includes(wanted)) ?? null";
        let arguments = json!([select.to_value(), option]);
        let found = self.try_execute(script, arguments).map_err(|refusal| refusal.to_string())?;
        let found = Element::from_value(&found).ok_or("there is no such option")?;
        self.click_element(&found)
    }

    /// The box itself may be hidden behind a drawn one; then its label is clicked.
    fn click_choice(&self, element: &Element) -> Result<(), String> {
        let script = "const e = arguments[0]; \
            return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? e : (e.labels?.[0] ?? e)";
        let target = self.ask_element(element, script)?;
        let target = Element::from_value(&target).ok_or("it went away")?;
        self.click_element(&target)
    }

    /// What something else covers is scrolled to the middle of the window, as a person would, for the next try.
    pub(super) fn click_element(&self, element: &Element) -> Result<(), String> {
        let clicked = self.session.post_to(element, "click", json!({}));
        clicked.map(drop).map_err(|refusal| {
            if refusal.code == "element click intercepted" {
                // It may be gone by now; then the next try says so.
                let _ = self.ask_element(element, "arguments[0].scrollIntoView({ block: 'center' })");
            }
            refusal.to_string()
        })
    }

    pub(super) fn send_keys(&self, element: &Element, keys: &str) -> Result<(), String> {
        let sent = self.session.post_to(element, "value", json!({ "text": keys }));
        sent.map(drop).map_err(|refusal| refusal.to_string())
    }

    fn is_disabled(&self, element: &Element) -> Result<bool, String> {
        let script = "const e = arguments[0]; \
            return e.matches(':disabled') || e.getAttribute('aria-disabled') === 'true'";
        Ok(self.ask_element(element, script)? == json!(true))
    }

    fn is_ticked(&self, element: &Element) -> Result<bool, String> {
        let script = "const e = arguments[0]; \
            return e.checked ?? (e.getAttribute('aria-checked') === 'true' || e.getAttribute('aria-selected') === 'true')";
        Ok(self.ask_element(element, script)? == json!(true))
    }

    fn takes_a_date(&self, element: &Element) -> Result<bool, String> {
        let script = "return ['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(arguments[0].type)";
        Ok(self.ask_element(element, script)? == json!(true))
    }

    /// How the parts of a date are typed depends on the language; the value does not.
    fn set_value(&self, element: &Element, value: &str) -> Result<(), String> {
        let script = "const [e, value] = arguments; e.focus(); \
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, value); \
            e.dispatchEvent(new Event('input', { bubbles: true })); \
            e.dispatchEvent(new Event('change', { bubbles: true })); return e.value";
        let arguments = json!([element.to_value(), value]);
        let set = self.try_execute(script, arguments).map_err(|refusal| refusal.to_string())?;
        match set == json!(value) {
            true => Ok(()),
            false => Err(format!("the field made {set} of {value:?}")),
        }
    }

    fn ask_element(&self, element: &Element, script: &str) -> Result<Value, String> {
        let asked = self.try_execute(script, json!([element.to_value()]));
        asked.map_err(|refusal| refusal.to_string())
    }
}
