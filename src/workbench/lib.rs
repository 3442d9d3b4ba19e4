//! The application without a screen: what is on the desk, what a person can do with it, and what follows.
//! It draws nothing, stores nothing and asks no clock: `update` takes an action and gives effects.

pub mod base64;
pub mod explain;
pub mod id;
pub mod job;
pub mod secret;
pub mod vault;
