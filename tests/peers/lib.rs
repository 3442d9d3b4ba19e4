//! The core as a plain WebAssembly module, for `cargo xtask bench peers` to set beside JavaScript libraries.
//!
//! Leaves out the application: what is here is called by `ours.js`, and signs and verifies with the page's own engine.

mod authority;
mod certificate;
mod container;
mod extension;
mod revocation;

#[path = "../../src/app/platform"]
#[allow(dead_code, reason = "the page needs more of its platform than this module does")]
mod platform {
    pub mod crypto;
    pub mod script;
}

use wasm_bindgen::JsError;

/// An error of the core as JavaScript's, in the core's words.
fn refusal(error: certwright_pki::Error) -> JsError {
    JsError::new(&error.to_string())
}
