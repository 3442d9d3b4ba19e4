//! The document as a whole: its title, whether it may be left, whether it is seen, how it was opened.

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BeforeUnloadEvent, Document, Window};

/// Asks before the page is left.
type Warning = Closure<dyn FnMut(BeforeUnloadEvent)>;

thread_local! {
    static WARNING: RefCell<Option<Warning>> = const { RefCell::new(None) };
}

/// Has the browser ask before the page is left, or not any more.
pub fn warn_before_leaving(warn: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    WARNING.with_borrow_mut(|warning| match (warn, warning.take()) {
        (true, None) => {
            let ask = Closure::new(|event: BeforeUnloadEvent| {
                event.prevent_default();
                // Older browsers ask only if there is a text, and show their own.
                event.set_return_value("unsaved");
            });
            window.set_onbeforeunload(Some(ask.as_ref().unchecked_ref()));
            *warning = Some(ask);
        }
        (true, kept) => *warning = kept,
        (false, _) => window.set_onbeforeunload(None),
    });
}

/// Sets the title of tab and window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// True if the page was opened as a file, not from a server.
pub fn is_file_edition() -> bool {
    web_sys::window().and_then(|window| window.location().protocol().ok()).as_deref() == Some("file:")
}

fn document() -> Option<Document> {
    web_sys::window().as_ref().and_then(Window::document)
}

/// The element that the page is drawn into.
pub fn root() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id("app")
}
