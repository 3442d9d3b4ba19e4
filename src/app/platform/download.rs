//! Hands a file to the person through the browser's download. What is in it was decided elsewhere.

use super::script;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to begin reading, before the bytes behind the link are let go.
const KEPT_MS: u32 = 60_000;

/// Offers `bytes` as a download called `name`. The browser doesn't say whether the person kept it.
///
/// # Errors
/// The browser's own words.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    start(name, media_type, bytes).map_err(|error| script::error_text(&error))
}

fn start(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or_else(|| script::missing("document"))?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.set_hidden(true);
    let body = document.body().ok_or_else(|| script::missing("body"))?;
    body.append_child(&link)?;
    link.click();
    link.remove();
    Timeout::new(KEPT_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// Milliseconds between two files: browsers drop the second of two that come at once.
const BETWEEN: f64 = 500.0;

thread_local! {
    static NEXT: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) };
}

/// Waits until the file before has had its time.
pub async fn in_turn() {
    let now = super::clock::milliseconds();
    let turn = NEXT.get().max(now);
    NEXT.set(turn + BETWEEN);
    if turn > now {
        gloo_timers::future::TimeoutFuture::new((turn - now) as u32).await;
    }
}
