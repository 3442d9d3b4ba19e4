//! The browser's clock and its way of writing a date. Calendar arithmetic is `pki`'s.

use super::script;
use certwright_pki::UnixTime;
use js_sys::{Array, Date, Intl};
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

/// Date and time in the person's own zone and manner, with the zone's name.
#[allow(dead_code, reason = "no page offers it yet")]
pub fn local_date(at: UnixTime) -> String {
    let options = script::object(&[
        ("year", &"numeric".into()),
        ("month", &"short".into()),
        ("day", &"numeric".into()),
        ("hour", &"2-digit".into()),
        ("minute", &"2-digit".into()),
        ("timeZoneName", &"short".into()),
    ]);
    let format = Intl::DateTimeFormat::new(&Array::new(), &options);
    let date = Date::new(&JsValue::from_f64(at.0 as f64 * 1000.0));
    format
        .format()
        .call1(&JsValue::UNDEFINED, &date)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// A clock that ticks until it is dropped.
pub type EverySecond = gloo_timers::callback::Interval;

/// Calls `tick` every second.
pub fn every_second(tick: impl FnMut() + 'static) -> EverySecond {
    EverySecond::new(1_000, tick)
}
