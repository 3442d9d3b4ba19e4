//! The page, or the worker beside it: the same program in both.

mod app;
mod bring;
mod components;
mod pages;
mod platform;
mod probe;
mod session;
mod world;

fn main() {
    if platform::worker::is_worker() {
        platform::worker::serve();
    } else if let Some(root) = platform::page::root() {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}
