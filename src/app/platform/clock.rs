//! The browser's clock. Calendar arithmetic is `pki`'s.

use super::script;
use certwright_pki::UnixTime;
use js_sys::{Array, Date};
use wasm_bindgen::JsValue;

/// Now, in whole seconds.
pub fn now() -> UnixTime {
    UnixTime((Date::now() / 1000.0).floor() as i64)
}

/// Milliseconds of a clock that only moves forward, for measuring; works in the page and in the worker.
pub fn milliseconds() -> f64 {
    let performance = script::property(&js_sys::global(), "performance");
    script::call(&performance, "now", &Array::new())
        .ok()
        .and_then(|now| now.as_f64())
        .unwrap_or_else(Date::now)
}

/// A clock that ticks until it is dropped.
pub type EverySecond = gloo_timers::callback::Interval;

/// Calls `tick` every second.
pub fn every_second(tick: impl FnMut() + 'static) -> EverySecond {
    EverySecond::new(1_000, tick)
}

/// A moment in the time zone and the words of this browser, with the zone's name.
pub fn local(at: UnixTime) -> Option<String> {
    let date = Date::new(&(at.0 as f64 * 1000.0).into());
    let text = |name: &str, value: &str| script::object(&[(name, &value.into())]);
    let options = text("timeZoneName", "short");
    for (name, value) in [
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
    ] {
        script::set(&options, name, &value.into());
    }
    let arguments = Array::of2(&JsValue::UNDEFINED, &options);
    script::call(&date, "toLocaleString", &arguments).ok()?.as_string()
}
