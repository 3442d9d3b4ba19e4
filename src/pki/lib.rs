//! The core.

pub mod armor;
pub mod ber;
pub mod encryption;
pub mod error;
pub mod input;
pub mod pkcs7;

pub use error::{Error, ErrorKind};
