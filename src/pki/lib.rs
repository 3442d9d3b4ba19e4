//! The core.

pub mod armor;
pub mod ber;
pub mod error;
pub mod input;

pub use error::{Error, ErrorKind};
