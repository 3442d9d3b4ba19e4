//! Finding a thing by what it is and the name that people see.

use serde_json::json;

use super::Page;
use crate::webdriver::Element;

const FIND: &str = include_str!("find.js");

/// What kind of thing a name belongs to; the words that `find.js` knows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Any,
    Button,
    Choice,
    Field,
    File,
    Group,
    Link,
    MenuItem,
    Region,
    Tab,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Any => "any",
            Kind::Button => "button",
            Kind::Choice => "choice",
            Kind::Field => "field",
            Kind::File => "file",
            Kind::Group => "group",
            Kind::Link => "link",
            Kind::MenuItem => "menuitem",
            Kind::Region => "region",
            Kind::Tab => "tab",
        }
    }
}

impl Page {
    /// The one visible thing of this kind and name, or why there is not exactly one.
    pub(super) fn find(&self, kind: Kind, name: &str) -> Result<Element, String> {
        let arguments = json!([self.within, kind.word(), name]);
        let answer = self.try_execute(FIND, arguments).map_err(|refusal| refusal.to_string())?;
        if let Some(missing) = answer["missing"].as_str() {
            return Err(format!("there is no part called {missing:?}"));
        }
        let found = answer["found"].as_array().map_or(&[][..], Vec::as_slice);
        match found {
            [one] => Element::from_value(one).ok_or_else(|| "not an element".to_owned()),
            [] => Err(format!("no {} is called {name:?}; there are {}", kind.word(), answer["names"])),
            many => Err(format!("{} things of kind {} are called {name:?}", many.len(), kind.word())),
        }
    }
}
