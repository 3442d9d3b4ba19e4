//! Journeys in a real browser: a small WebDriver client that speaks in labels, and the servers that a journey needs.
//!
//! Not a general client: it drives Chromium through chromedriver, one thread to
//! a browser, and panics with the page's text and a screenshot when a wait ends
//! in vain, as a test wants it.

mod browser;
mod chromedriver;
mod http;
pub mod journey;
mod nginx;
mod page;
mod place;
mod processes;
mod proxy;
mod static_site;
mod webdriver;
mod workshop;

pub use browser::{Browser, Settings};
pub use nginx::{Nginx, free_port};
pub use page::{Page, Violation};
pub use place::{axe_source, file_url, page_folder, single_file, work_folder};
pub use proxy::Proxy;
pub use static_site::StaticSite;
pub use workshop::Workshop;
