//! The application without a screen: what is on the desk, what a person can do with it, and what follows.
//! It draws nothing, stores nothing and asks no clock: [`update::update`] takes an action and gives effects.

// What there is.
pub mod desk;
pub mod id;
pub mod opened;
pub mod probe;
pub mod secret;

// What happens.
pub mod action;
pub mod effect;
pub mod state;
pub mod update;

// What is shown.
pub mod explain;
pub mod route;
pub mod view;

// What is worked on elsewhere, and kept.
pub mod base64;
pub mod job;
pub mod record;
pub mod vault;

mod subject;
