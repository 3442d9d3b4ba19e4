//! How a page looks: pictures of it, wide and narrow, light and dark, each held against the rules of accessibility.

use serde_json::json;

use super::{Page, text};
use crate::place;
use base64::{Engine, prelude::BASE64_STANDARD};
use std::fs;

/// Width in CSS pixels, colours, and whether axe-core has its say.
const APPEARANCES: [(u32, &str, bool); 4] =
    [(1280, "light", true), (1280, "dark", false), (400, "light", false), (400, "dark", true)];

impl Page {
    /// Takes a picture of the whole page in each appearance, as `target/e2e/shots/NAME-WIDTH-COLOURS.png`.
    ///
    /// Fails when axe-core finds anything, or when the narrow page has to be scrolled sideways.
    #[track_caller]
    pub fn look_over(&self, name: &str) {
        // A picture leaves no room for scroll bars, so there must be none in it.
        self.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
        for (width, colours, axe) in APPEARANCES {
            let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
            self.devtools("Emulation.setDeviceMetricsOverride", metrics);
            self.prefer(colours);
            let overhang =
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let overhang = self.execute_async(
                &format!("const done = arguments[0]; \
                    requestAnimationFrame(() => requestAnimationFrame(() => done((() => {{ {overhang} }})())))"),
                json!([]),
            );
            if overhang != json!(0) {
                self.fail(&format!("at {width} pixels, {name} has to be scrolled sideways by {overhang}"));
            }
            self.picture(&format!("{name}-{width}-{colours}"));
            if axe {
                self.expect_accessible();
            }
        }
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}));
        self.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": false }));
        self.prefer("light");
    }

    /// Sets the colours that the person prefers; and no motion, so that nothing is caught halfway.
    #[track_caller]
    fn prefer(&self, colours: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": colours },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Saves the whole page, also what lies below the window's edge.
    #[track_caller]
    fn picture(&self, name: &str) {
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let taken = self.devtools("Page.captureScreenshot", whole);
        let picture = BASE64_STANDARD.decode(text(&taken["data"])).unwrap_or_default();
        let path = place::shots().join(format!("{name}.png"));
        let written = fs::create_dir_all(place::shots()).and_then(|()| fs::write(&path, picture));
        if let Err(error) = written {
            panic!("could not write {}: {error}", path.display());
        }
    }
}
