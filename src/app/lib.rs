//! The page and the worker beside it. Which of the two a program is, or both, is for `main.rs` and `bin/` to say.

mod app;
mod bring;
mod components;
mod pages;
mod platform;
mod probe;
mod session;
mod world;

pub use platform::worker::{is_worker, serve};

/// Draws the page into its document.
pub fn draw() {
    if let Some(root) = platform::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
