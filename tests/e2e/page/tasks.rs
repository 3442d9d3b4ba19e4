//! What keeps the page's own thread busy: each task of more than 50 ms, as the browser notes it.

use serde_json::json;

use super::Page;

impl Page {
    /// Has every page that is opened from now on note its long tasks.
    #[track_caller]
    pub fn watch_tasks(&self) {
        let source = "window.longTasks = []; \
            new PerformanceObserver((list) => { \
              for (const task of list.getEntries()) longTasks.push([task.startTime, task.duration]); \
            }).observe({ type: 'longtask', buffered: true });";
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// The page's clock, in milliseconds.
    #[track_caller]
    pub fn clock(&self) -> f64 {
        self.execute("return performance.now()", json!([])).as_f64().unwrap_or(f64::NAN)
    }

    /// Milliseconds of the longest task that began since a moment of the page's clock; zero if none took 50.
    #[track_caller]
    pub fn longest_task(&self, since: f64) -> f64 {
        // What has just ended is noted a little later.
        let script = "const [since, done] = arguments; \
            setTimeout(() => done(Math.max(0, ...longTasks.filter(([at]) => at >= since).map(([, took]) => took))), 100)";
        self.execute_async(script, json!([since])).as_f64().unwrap_or(f64::NAN)
    }
}
