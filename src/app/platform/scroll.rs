//! What part of a long list is seen, and the empty space that stands for the rest. Which lines those are is the
//! list's business.

use super::script;
use js_sys::Array;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

/// How far the top of a list is above the top of the window, and how high the window is; in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seen {
    pub above: f64,
    pub window: f64,
}

/// What scrolls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scroller {
    /// The page as a whole.
    Window,
    /// The element itself.
    Own,
}

/// Listens for as long as it is kept.
pub struct Watch {
    listener: Closure<dyn Fn(Event)>,
    element: Option<Element>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

const EVENTS: [&str; 2] = ["scroll", "resize"];

impl Watch {
    /// Calls `on_change` whenever the element may have moved under the window.
    pub fn begin(id: &str, scroller: Scroller, on_change: Rc<dyn Fn(Seen)>) -> Self {
        let element = element(id).filter(|_| scroller == Scroller::Own);
        let id = id.to_owned();
        let listener = Closure::<dyn Fn(Event)>::new(move |_: Event| {
            if let Some(seen) = seen(&id, scroller) {
                on_change(seen);
            }
        });
        if let Some(element) = &element {
            let _ = element.add_event_listener_with_callback("scroll", listener.as_ref().unchecked_ref());
        }
        if let Some(window) = web_sys::window() {
            for event in EVENTS {
                let _ = window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
            }
        }
        Self { listener, element }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(element) = &self.element {
            let listener = self.listener.as_ref().unchecked_ref();
            let _ = element.remove_event_listener_with_callback("scroll", listener);
        }
        if let Some(window) = web_sys::window() {
            for event in EVENTS {
                let listener = self.listener.as_ref().unchecked_ref();
                let _ = window.remove_event_listener_with_callback(event, listener);
            }
        }
    }
}

/// How the element with this id lies under the window, or its content under itself.
pub fn seen(id: &str, scroller: Scroller) -> Option<Seen> {
    let element = element(id)?;
    if scroller == Scroller::Own {
        let number = |name: &str| script::property(&element, name).as_f64();
        return Some(Seen { above: number("scrollTop")?, window: number("clientHeight")? });
    }
    let rect = rectangle(&element)?;
    let window = script::property(web_sys::window()?.as_ref(), "innerHeight").as_f64()?;
    Some(Seen { above: -script::property(&rect, "top").as_f64()?, window })
}

/// The height of the first element inside the one with this id.
pub fn first_height(id: &str) -> Option<f64> {
    let first = script::property(element(id)?.as_ref(), "firstElementChild").dyn_into::<Element>().ok()?;
    script::property(&rectangle(&first)?, "height").as_f64().filter(|height| *height > 0.0)
}

/// Makes the element with this id so many pixels high.
pub fn set_height(id: &str, pixels: f64) {
    set_style(id, "block-size", pixels);
}

/// Puts the element with this id so many pixels below the top of what it is in.
pub fn set_top(id: &str, pixels: f64) {
    set_style(id, "inset-block-start", pixels);
}

fn set_style(id: &str, property: &str, pixels: f64) {
    let Some(element) = element(id) else { return };
    let style = script::property(&element, "style");
    let value: JsValue = format!("{pixels}px").into();
    let _ = script::call(&style, "setProperty", &Array::of2(&property.into(), &value));
}

/// Scrolls the content of the element with this id so far up.
pub fn scroll_to(id: &str, pixels: f64) {
    if let Some(element) = element(id) {
        script::set(&element, "scrollTop", &pixels.into());
    }
}

fn rectangle(element: &Element) -> Option<JsValue> {
    script::call(element, "getBoundingClientRect", &Array::new()).ok()
}

fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
