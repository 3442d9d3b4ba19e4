//! What the page holds, to be compared after something went wrong.

use super::go_to;
use crate::Page;

/// The lists of everything that is kept, as they are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holdings {
    /// One text for each list.
    pub lists: Vec<String>,
}

impl Holdings {
    /// Goes through the lists; the page is at its vault afterwards.
    #[track_caller]
    pub fn of(page: &Page) -> Self {
        let list = |section: &str| {
            go_to(page, section);
            page.within("main").shown()
        };
        let mut lists: Vec<String> =
            ["Requests", "Certificates", "Authorities", "Trust stores"].map(list).to_vec();
        go_to(page, "Vault");
        lists.push(page.within("Private keys").shown());
        Holdings { lists }
    }
}
