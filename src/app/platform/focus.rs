//! Where the keyboard is after something appeared. Which element that should be is the page's choice.

use super::script;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use web_sys::Element;

/// Moves the focus to the element with this id once what is being drawn has been drawn. An element that takes no
/// focus by itself, a heading for example, is made to.
pub fn focus(id: &str) {
    let id = id.to_owned();
    Timeout::new(0, move || {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(element) = document.and_then(|document| document.get_element_by_id(&id)) {
            take(&element);
        }
    })
    .forget();
}

fn take(element: &Element) {
    let natural = script::property(element, "tabIndex").as_f64().unwrap_or(-1.0) >= 0.0;
    if !natural && !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = script::call(element, "focus", &Array::new());
}

/// Shows the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
