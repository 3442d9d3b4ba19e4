//! The place in the page as the URL's hash says it: `#/requests/…`. What a route means is decided elsewhere, and the
//! proxy's token is taken out of the hash by [`super::net`] before a route is read.

use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The route, always beginning with a slash.
pub fn current() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    match hash.strip_prefix('#') {
        Some(route) if route.starts_with('/') => route.to_owned(),
        _ => "/".to_owned(),
    }
}

/// Goes to a route; the browser's back button leads back.
pub fn go(route: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(route);
    }
}

/// Calls `on_change` with each new route, for as long as the page lives.
pub fn listen(on_change: Rc<dyn Fn(String)>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let listener = Closure::<dyn Fn()>::new(move || on_change(current()));
    let _ = window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
    listener.forget();
}
