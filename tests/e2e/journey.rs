//! The pieces that journeys are put together from, each what a person would call one thing to do.
//!
//! They go the way that the page shows and wait for what it says; what a journey is
//! about, it asserts itself.

mod authority;
mod exchange;
mod holdings;
mod request;
mod vault;

pub use authority::{Key, make_authority};
pub use exchange::{make_store, own_origin_only};
pub use holdings::Holdings;
pub use request::{bring_request, make_request};
pub use vault::{go_to, make_vault, unlock};
