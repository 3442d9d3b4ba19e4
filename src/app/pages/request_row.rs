//! A request as a line of a list.

use crate::components::row_list::Row;
use certwright_workbench::route::Route;
use certwright_workbench::view::RequestRow;

/// The line.
pub fn as_row(row: RequestRow) -> Row {
    let parts = [row.names, row.key, row.age];
    Row {
        key: row.id.0.clone(),
        route: Route::Request(row.id),
        title: row.label,
        more: parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
        badges: row.badges,
    }
}
