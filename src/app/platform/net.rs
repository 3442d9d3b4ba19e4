//! Questions to the page's own proxy, below `/api/` of its own origin. No other address is ever called.

use super::{page, script};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, Headers, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, Response, Storage, Window,
};

const TOKEN: &str = "certwright-token";

/// The longest answer that is read: 32 MiB.
pub const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// Why a question has no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NetFault {
    /// The page was opened as a file, or without the proxy's link: there is nothing to ask.
    NoProxy,
    /// The proxy doesn't answer; it was stopped, most likely.
    Unreachable { what: String },
    /// No answer in time.
    TimedOut,
    /// The proxy answered with an error; `body` is its text, at most [`ANSWER_LIMIT`] octets.
    Refused { status: u16, body: String },
    /// The answer is longer than [`ANSWER_LIMIT`].
    TooLarge,
    /// The answer is not the JSON that was expected.
    Unreadable { what: String },
}

/// Moves the token from the address (`#token=…`) into this tab's session, and out of the address and its history.
/// To be called once, before a route is read. Gives true if there was one.
pub fn take_token() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let hash = window.location().hash().unwrap_or_default();
    let Some(rest) = hash.strip_prefix("#token=") else {
        return false;
    };
    let (token, route) = rest.split_once('&').unwrap_or((rest, "/"));
    if let Some(storage) = session(&window) {
        let _ = storage.set_item(TOKEN, token);
    }
    if let Ok(history) = window.history() {
        let url = format!("#{route}");
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
    true
}

/// Gets `path`, which begins with `/api/`.
///
/// # Errors
/// [`NetFault`].
pub async fn get_json<T: DeserializeOwned>(path: &str, timeout_ms: u32) -> Result<T, NetFault> {
    ask("GET", path, None, timeout_ms).await
}

/// Posts a body to `path`, which begins with `/api/`.
///
/// # Errors
/// [`NetFault`].
pub async fn post_json<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
    timeout_ms: u32,
) -> Result<T, NetFault> {
    let body =
        serde_json::to_string(body).map_err(|error| NetFault::Unreadable { what: error.to_string() })?;
    ask("POST", path, Some(body), timeout_ms).await
}

async fn ask<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<String>,
    timeout_ms: u32,
) -> Result<T, NetFault> {
    let window = web_sys::window().ok_or(NetFault::NoProxy)?;
    let token = token(&window).filter(|_| !page::is_file_edition()).ok_or(NetFault::NoProxy)?;
    let controller = AbortController::new().map_err(|error| unreachable(&error))?;
    let late = Rc::new(Cell::new(false));
    let timer = Timeout::new(timeout_ms, {
        let (controller, late) = (controller.clone(), late.clone());
        move || {
            late.set(true);
            controller.abort();
        }
    });
    let request = request(method, path, body, &token, &controller).map_err(|error| unreachable(&error))?;
    let answer = fetch(&window, &request).await;
    drop(timer);
    let (status, bytes) = answer.map_err(|fault| if late.get() { NetFault::TimedOut } else { fault })?;
    if !(200..300).contains(&status) {
        return Err(NetFault::Refused { status, body: String::from_utf8_lossy(&bytes).into_owned() });
    }
    serde_json::from_slice(&bytes).map_err(|error| NetFault::Unreadable { what: error.to_string() })
}

fn request(
    method: &str,
    path: &str,
    body: Option<String>,
    token: &str,
    controller: &AbortController,
) -> Result<Request, JsValue> {
    let relative =
        path.strip_prefix('/').filter(|relative| relative.starts_with("api/") && !relative.contains(".."));
    let relative = relative.ok_or_else(|| script::missing("such question"))?;
    let headers = Headers::new()?;
    headers.set("Authorization", &format!("Bearer {token}"))?;
    headers.set("Accept", "application/json")?;
    let init = RequestInit::new();
    if let Some(body) = body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&JsValue::from_str(&body));
    }
    init.set_method(method);
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&controller.signal()));
    Request::new_with_str_and_init(relative, &init)
}

async fn fetch(window: &Window, request: &Request) -> Result<(u16, Vec<u8>), NetFault> {
    let response =
        script::settled(Ok(window.fetch_with_request(request))).await.map_err(|error| unreachable(&error))?;
    let response: Response = response.unchecked_into();
    let declared =
        response.headers().get("Content-Length").ok().flatten().and_then(|length| length.parse().ok());
    if declared.is_some_and(|length: usize| length > ANSWER_LIMIT) {
        return Err(NetFault::TooLarge);
    }
    Ok((response.status(), body(&response).await?))
}

/// Reads the body piece by piece, so that an endless one is given up at the limit.
async fn body(response: &Response) -> Result<Vec<u8>, NetFault> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(bytes);
    };
    let reader = script::call(&stream, "getReader", &Array::new()).map_err(|error| unreachable(&error))?;
    loop {
        let piece = script::call(&reader, "read", &Array::new()).map(|promise| promise.unchecked_into());
        let piece = script::settled(piece).await.map_err(|error| unreachable(&error))?;
        if script::property(&piece, "done").is_truthy() {
            return Ok(bytes);
        }
        let value: Uint8Array = script::property(&piece, "value").unchecked_into();
        if bytes.len() + value.length() as usize > ANSWER_LIMIT {
            let _ = script::call(&reader, "cancel", &Array::new());
            return Err(NetFault::TooLarge);
        }
        bytes.extend(value.to_vec());
    }
}

fn unreachable(error: &JsValue) -> NetFault {
    NetFault::Unreachable { what: script::error_text(error) }
}

fn token(window: &Window) -> Option<String> {
    session(window)?.get_item(TOKEN).ok()?
}

fn session(window: &Window) -> Option<Storage> {
    window.session_storage().ok()?
}
