//! Copies text. Nothing is ever read from the clipboard: a paste comes as the field's own event.

use super::script;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies `text`; true if the browser says that it did.
pub async fn copy(text: &str) -> bool {
    let clipboard = script::property(&script::property(&js_sys::global(), "navigator"), "clipboard");
    let written = script::call(&clipboard, "writeText", &Array::of1(&JsValue::from_str(text)));
    if script::settled(written.map(JsCast::unchecked_into)).await.is_ok() {
        return true;
    }
    copy_selection(text).unwrap_or(false)
}

/// The older way, which needs no permission: select the text in a field and ask for a copy.
fn copy_selection(text: &str) -> Option<bool> {
    let document: HtmlDocument = web_sys::window()?.document()?.dyn_into().ok()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    field.set_value(text);
    field.set_read_only(true);
    let before = document.active_element();
    document.body()?.append_child(&field).ok()?;
    field.select();
    let copied = document.exec_command("copy").unwrap_or(false);
    field.remove();
    if let Some(element) = before {
        let _ = script::call(&element, "focus", &Array::new());
    }
    Some(copied)
}
