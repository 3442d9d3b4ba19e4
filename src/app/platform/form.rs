//! What was typed, chosen or ticked, taken from the events of fields.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, InputEvent};

fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// The text of the line that was typed into.
pub fn text(event: &InputEvent) -> String {
    target(event).map(|input: HtmlInputElement| input.value()).unwrap_or_default()
}

/// The text of the area that was typed into.
pub fn area(event: &InputEvent) -> String {
    target(event).map(|input: HtmlTextAreaElement| input.value()).unwrap_or_default()
}

/// The value that was chosen from a list.
pub fn chosen(event: &Event) -> String {
    target(event).map(|list: HtmlSelectElement| list.value()).unwrap_or_default()
}

/// True if the box is ticked now.
pub fn ticked(event: &Event) -> bool {
    target(event).map(|input: HtmlInputElement| input.checked()).unwrap_or_default()
}

/// An attribute of what was clicked, or of what is around it.
pub fn datum(event: &Event, attribute: &str) -> Option<String> {
    let element: Element = target(event)?;
    element.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)
}
