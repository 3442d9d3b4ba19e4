//! Room for the vault: whether the browser promises to keep it, and how much of it is used.

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

/// Room in octets, as far as the browser tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(dead_code, reason = "no page shows it yet")]
pub struct Usage {
    pub used: u64,
    pub quota: u64,
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

    /// Tells what is used by everything of this origin, and what there may be at most.
    #[allow(dead_code, reason = "no page offers it yet")]
    pub async fn usage(&self) -> Option<Usage> {
        let estimate = ask("estimate").await?;
        let octets = |name| script::property(&estimate, name).as_f64().map(|octets| octets as u64);
        Some(Usage { used: octets("usage")?, quota: octets("quota")? })
    }
}

async fn ask(method: &str) -> Option<JsValue> {
    let storage = script::property(&script::property(&js_sys::global(), "navigator"), "storage");
    let promise = script::call(&storage, method, &Array::new()).ok()?;
    script::settled(Ok(promise.unchecked_into())).await.ok()
}
