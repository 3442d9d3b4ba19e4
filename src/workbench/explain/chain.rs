//! Words for what is wrong with a chain, and with a name.

use super::Advice;
use certwright_pki::path::{Link, PathProblem};
use certwright_pki::peer_name::NameMatch;

/// A server that sent no certificate.
pub fn no_certificate_sent() -> Advice {
    Advice::new("The server sent no certificate.", "", "")
}

/// Words for a problem of a path.
pub fn path_problem(problem: &PathProblem, _path: &[Link]) -> Advice {
    Advice::new(format!("{problem:?}"), "", "")
}

/// Words for a name that does not match; `None` if it does.
pub fn name_mismatch(name: &NameMatch) -> Option<Advice> {
    match name {
        NameMatch::Matched { .. } => None,
        other => Some(Advice::new(format!("{other:?}"), "", "")),
    }
}
