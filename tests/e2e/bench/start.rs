//! From navigation to the first button of the desk, in a fresh browser each time.

use crate::median::median;
use crate::watch;

/// Measures and prints.
pub fn measure(url: &str, rounds: usize) {
    let (mut usable, mut tasks) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let browser = watch::open(url);
        usable.extend(watch::noted(&browser, "usable").as_f64());
        tasks.extend(watch::long_tasks(&browser, 0.0, f64::MAX));
    }
    println!(
        "Navigation to usable (a button of the desk is there), uncompressed from loopback, fresh browser each time: "
    );
    println!(
        "median of {rounds} rounds **{:.0} ms**; long tasks while starting: {}.\n",
        median(&usable),
        watch::said(&tasks)
    );
}
