//! The only code of the page that touches the browser: storage, cryptography, the worker, tabs, files, network.
//! It knows neither pages nor components, and decides nothing that `workbench` could decide.

pub mod clipboard;
pub mod clock;
pub mod crypto;
mod database;
pub mod download;
pub mod files;
pub mod focus;
pub mod form;
pub mod net;
pub mod page;
pub mod route;
mod script;
pub mod scroll;
pub mod tabs;
pub mod vault;
pub mod worker;
