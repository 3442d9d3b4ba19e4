//! A browser with a profile of its own: how it is started, killed and started again on the same profile.

mod recording;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chromedriver::Chromedriver;
use crate::page::Page;
use crate::webdriver::Session;
use crate::{place, processes};
pub use recording::Recording;

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// How to start a browser. The default is a fresh profile and a window of 1280 × 900.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The profile's folder; a new one when it is not given.
    pub profile: Option<PathBuf>,
    /// Width and height of the window in CSS pixels.
    pub window: (u32, u32),
    /// The language that the page is told, such as `en-GB`.
    pub language: String,
    /// Flags beyond the usual ones.
    pub flags: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { profile: None, window: (1280, 900), language: "en-GB".to_owned(), flags: Vec::new() }
    }
}

/// A running browser; it ends when this is dropped. Acts as its current page.
#[derive(Debug)]
pub struct Browser {
    page: Page,
    driver: Chromedriver,
    profile: PathBuf,
}

impl Deref for Browser {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Default for Browser {
    fn default() -> Self {
        Browser::start()
    }
}

impl Browser {
    /// Starts a browser with a fresh profile.
    pub fn start() -> Self {
        Browser::with(Settings::default())
    }

    /// Starts a browser on a profile that an earlier one left.
    pub fn on_profile(profile: &Path) -> Self {
        Browser::with(Settings { profile: Some(profile.to_path_buf()), ..Settings::default() })
    }

    /// Starts a browser.
    pub fn with(settings: Settings) -> Self {
        let profile = settings.profile.clone().unwrap_or_else(|| place::work_folder("profile"));
        let downloads = place::work_folder("downloads");
        let net_log = place::work_folder("net").join("log.json");
        let driver = Chromedriver::start();
        let capabilities = capabilities(&settings, &profile, &downloads, &net_log);
        let session = Session::open(driver.port, &capabilities)
            .unwrap_or_else(|refusal| panic!("no browser: {}", refusal.message));
        let recording = Recording::new(net_log);
        Browser { page: Page::new(Rc::new(session), Rc::new(recording), downloads), driver, profile }
    }

    /// The profile's folder, to start another browser on it later.
    pub fn profile(&self) -> &Path {
        &self.profile
    }

    /// Ends the browser as a power cut would (SIGKILL), and waits until it is gone.
    ///
    /// Returns the profile's folder.
    pub fn kill(self) -> PathBuf {
        let browsers = self.driver.browsers();
        assert!(!browsers.is_empty(), "no browser process was found to kill");
        let all: Vec<u32> = browsers
            .iter()
            .flat_map(|&browser| processes::descendants(browser))
            .chain(browsers.iter().copied())
            .collect();
        processes::kill(&browsers);
        processes::kill(&all);
        let deadline = Instant::now() + Duration::from_secs(20);
        while all.iter().any(|&process| processes::runs(process)) {
            assert!(Instant::now() < deadline, "the browser outlived SIGKILL");
            thread::sleep(Duration::from_millis(10));
        }
        self.profile
    }

    /// Ends the browser in good order and returns every address that a page or a
    /// worker asked for since it started, in order, from the browser's own network log.
    pub fn close(self) -> Vec<String> {
        self.page.end_session();
        let deadline = Instant::now() + Duration::from_secs(20);
        while !self.driver.browsers().is_empty() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        self.page.recording().requests_in_net_log()
    }
}

fn capabilities(settings: &Settings, profile: &Path, downloads: &Path, net_log: &Path) -> Value {
    let (width, height) = settings.window;
    let mut arguments: Vec<String> = FLAGS.map(str::to_owned).to_vec();
    arguments.extend([
        format!("--window-size={width},{height}"),
        format!("--lang={}", settings.language),
        format!("--user-data-dir={}", profile.display()),
        format!("--log-net-log={}", net_log.display()),
    ]);
    arguments.extend(settings.flags.iter().cloned());
    let mut options = json!({
        "args": arguments,
        "prefs": {
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            // A person is asked once whether a site may save several files, and says yes.
            "profile.default_content_setting_values.automatic_downloads": 1,
            "intl.accept_languages": settings.language,
            // A distribution may have set a start page on the web.
            "homepage": "about:blank",
            "homepage_is_newtabpage": false,
            "session.restore_on_startup": 4,
            "session.startup_urls": ["about:blank"],
        },
    });
    if let Some(program) = std::env::var_os("CHROMIUM") {
        options["binary"] = json!(program.to_string_lossy());
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        "unhandledPromptBehavior": "ignore",
    })
}
