//! What axe-core finds in the page as it stands. Not a substitute for the keyboard journeys.

use serde_json::{Value, json};

use super::{Page, text};
use crate::place;

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// A rule that the page breaks.
#[derive(Clone, Debug)]
pub struct Violation {
    /// axe-core's name for the rule, such as `color-contrast`.
    pub rule: String,
    /// How bad it is: minor, moderate, serious or critical.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// CSS selectors of the elements that break it.
    pub targets: Vec<String>,
}

impl Page {
    /// Runs axe-core on the page and returns what it finds.
    #[track_caller]
    pub fn axe(&self) -> Vec<Violation> {
        let script = format!(
            "{}\nconst [tags, done] = arguments; \
             axe.run(document, {{ runOnly: {{ type: 'tag', values: tags }}, resultTypes: ['violations'] }}) \
             .then((result) => done({{ violations: result.violations }}), (error) => done({{ failed: String(error) }}))",
            place::axe_source()
        );
        let result = self.execute_async(&script, json!([TAGS]));
        let Some(violations) = result["violations"].as_array() else {
            self.fail(&format!("axe-core could not run: {}", result["failed"]));
        };
        violations.iter().map(violation).collect()
    }

    /// Fails with a list when axe-core finds anything.
    #[track_caller]
    pub fn expect_accessible(&self) {
        let violations = self.axe();
        if !violations.is_empty() {
            self.fail(&format!("axe-core found {violations:#?}"));
        }
    }
}

fn violation(value: &Value) -> Violation {
    let nodes = value["nodes"].as_array().into_iter().flatten();
    let targets = nodes.flat_map(|node| node["target"].as_array().into_iter().flatten());
    Violation {
        rule: text(&value["id"]),
        impact: text(&value["impact"]),
        help: text(&value["help"]),
        targets: targets.map(ToString::to_string).collect(),
    }
}
