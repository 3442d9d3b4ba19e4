//! The account of a folder: each file is among the objects, or among the problems with its reason.

use certwright_e2e::Page;
use serde_json::json;

/// What the page knows of each file.
pub struct Account<'a> {
    files: &'a [(String, Option<&'static str>)],
    /// Lines that a search for the file's name finds.
    found: Vec<usize>,
    /// All that is said of problems.
    problems: String,
}

/// What the page says of the list's length.
pub fn status(page: &Page) -> String {
    let script = "return document.querySelector('main [role=status]')?.innerText ?? ''";
    page.execute(script, json!([])).as_str().unwrap_or_default().to_owned()
}

impl<'a> Account<'a> {
    /// Searches for each file by its name, and opens the whole list of problems.
    #[track_caller]
    pub fn of(page: &Page, files: &'a [(String, Option<&'static str>)]) -> Self {
        // Typed at the speed of a machine; that a person can do it is shown elsewhere.
        let script = "const [names, done] = arguments; \
            const field = document.querySelector('input#opened-search'); \
            const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set; \
            const drawn = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))); \
            const search = async (query) => { \
              set.call(field, query); \
              field.dispatchEvent(new Event('input', { bubbles: true })); \
              await drawn(); \
              return document.querySelector('main [role=status]').innerText; \
            }; \
            (async () => { \
              const said = []; \
              for (const name of names) said.push(await search(name)); \
              await search(''); \
              done(said); \
            })()";
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let said = page.execute_async(script, json!([names]));
        let said = said.as_array().into_iter().flatten().filter_map(|line| line.as_str());
        let found: Vec<usize> = said
            .map(|line| line.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0))
            .collect();
        assert_eq!(found.len(), files.len());
        let bad = files.iter().filter(|(_, says)| says.is_some()).count();
        let part = page.within(&format!("{bad} problems"));
        part.click_button(&format!("Show all {bad} problems"));
        part.see_no("Show all");
        Account { files, found, problems: part.shown() }
    }

    /// Fails unless each file is accounted for, once.
    #[track_caller]
    pub fn balances(&self) {
        for ((name, says), found) in self.files.iter().zip(&self.found) {
            match says {
                None => assert!(*found > 0, "{name} was passed over in silence"),
                Some(says) => {
                    let line = if says.starts_with(name.as_str()) {
                        (*says).to_owned()
                    } else {
                        format!("{name}: {says}")
                    };
                    assert_eq!(self.problems.matches(&line).count(), 1, "{line:?} in {}", self.problems);
                    assert_eq!(*found, 0, "{name} is among the objects as well");
                }
            }
        }
    }
}
