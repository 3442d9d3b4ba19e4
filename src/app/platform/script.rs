//! JavaScript values as the rest of `platform` needs them: objects, properties, bytes, promises, the text of an error.
//! It calls no interface of the browser.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A plain object with these properties.
pub fn object(entries: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Defining a property of a fresh plain object can't fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// The property of that name, `undefined` where there is none.
pub fn property(of: &JsValue, name: &str) -> JsValue {
    if of.is_null_or_undefined() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets the property of that name.
pub fn set(of: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(of, &JsValue::from_str(name), value);
}

/// Calls the method of that name with these arguments.
///
/// # Errors
/// What the method threw, or a text if there is no such method.
pub fn call(on: &JsValue, method: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let function: Function = property(on, method).dyn_into().map_err(|_| missing(method))?;
    Reflect::apply(&function, on, arguments)
}

/// Says that the browser lacks something.
pub fn missing(what: &str) -> JsValue {
    js_sys::Error::new(&format!("this browser has no {what}")).into()
}

/// Waits for a promise, or passes on what was thrown instead of one.
///
/// # Errors
/// What was thrown, or the reason of the rejection.
pub async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// Copies the bytes of an `ArrayBuffer` or a `Uint8Array`.
pub fn bytes(value: &JsValue) -> Vec<u8> {
    view(value).to_vec()
}

/// Copies the bytes of an `ArrayBuffer` or a `Uint8Array`, then overwrites the original with zeros.
pub fn take_bytes(value: &JsValue) -> Vec<u8> {
    let view = view(value);
    let taken = view.to_vec();
    view.fill(0, 0, view.length());
    taken
}

fn view(value: &JsValue) -> Uint8Array {
    value.dyn_ref::<Uint8Array>().cloned().unwrap_or_else(|| Uint8Array::new(value))
}

/// The name of an exception, `NotSupportedError` for example; empty if it has none.
pub fn error_name(error: &JsValue) -> String {
    property(error, "name").as_string().unwrap_or_default()
}

/// An exception in words, name first.
pub fn error_text(error: &JsValue) -> String {
    let message = property(error, "message").as_string().or_else(|| error.as_string()).unwrap_or_default();
    match error_name(error) {
        name if name.is_empty() => message,
        name if message.is_empty() => name,
        name => format!("{name}: {message}"),
    }
}
