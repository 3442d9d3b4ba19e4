//! What a person reads on the page.

use serde_json::json;

use super::find::Kind;
use super::{Page, text};

impl Page {
    /// Waits until the page shows this text. Line breaks and spaces are alike.
    #[track_caller]
    pub fn see(&self, wanted: &str) {
        self.wait_until(&format!("the text {wanted:?}"), || {
            match self.try_shown()?.contains(&squeezed(wanted)) {
                true => Ok(()),
                false => Err("it is not shown".to_owned()),
            }
        });
    }

    /// Waits until the page shows this text no more.
    #[track_caller]
    pub fn see_no(&self, unwanted: &str) {
        let what = format!("the text {unwanted:?} to go");
        self.wait_until(&what, || match self.try_shown()?.contains(&squeezed(unwanted)) {
            true => Err("it is still shown".to_owned()),
            false => Ok(()),
        });
    }

    /// Whether the page shows this text at this moment.
    #[track_caller]
    pub fn shows(&self, wanted: &str) -> bool {
        self.shown().contains(&squeezed(wanted))
    }

    /// The text that the page, or this part of it, shows, as soon as the part is there; runs of white space are one
    /// space.
    #[track_caller]
    pub fn shown(&self) -> String {
        self.wait_until("its part of the page", || self.try_shown())
    }

    /// Waits for something that can be operated and bears this name.
    #[track_caller]
    pub fn see_control(&self, name: &str) {
        self.wait_until(&format!("something called {name:?}"), || self.find(Kind::Any, name).map(drop));
    }

    fn try_shown(&self) -> Result<String, String> {
        let arguments = match self.within.is_empty() {
            true => json!([null]),
            false => json!([self.find(Kind::Region, "")?.to_value()]),
        };
        let script = "return (arguments[0] ?? document.body).innerText";
        let shown = self.try_execute(script, arguments).map_err(|refusal| refusal.to_string())?;
        Ok(squeezed(&text(&shown)))
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
