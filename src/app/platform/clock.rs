//! The browser's clock. Calendar arithmetic is `pki`'s.

use super::script;
use certwright_pki::UnixTime;
use js_sys::{Array, Date};

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
