//! The page, or the worker beside it: the same program in both.
#![allow(dead_code, unused_imports, reason = "the pages that call the platform come later")]

mod platform;

fn main() {
    if platform::worker::is_worker() {
        platform::worker::serve();
    }
}
