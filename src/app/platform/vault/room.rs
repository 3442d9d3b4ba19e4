//! Room for the vault: whether the browser promises to keep it.

use super::Vault;
use crate::platform::script;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

/// What the browser said to the wish that it keep the data when space runs short.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Persistence {
    Granted,
    Refused,
    /// The browser can't be asked.
    Unknown,
}

impl Vault {
    /// Asks the browser to keep the data until the person removes it.
    pub async fn persist(&self) -> Persistence {
        match ask("persist").await.and_then(|answer| answer.as_bool()) {
            Some(true) => Persistence::Granted,
            Some(false) => Persistence::Refused,
            None => Persistence::Unknown,
        }
    }
}

async fn ask(method: &str) -> Option<JsValue> {
    let storage = script::property(&script::property(&js_sys::global(), "navigator"), "storage");
    let promise = script::call(&storage, method, &Array::new()).ok()?;
    script::settled(Ok(promise.unchecked_into())).await.ok()
}
