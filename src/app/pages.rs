//! The pages, one for each route.

mod authorities;
mod authority;
mod bring_request;
mod certificate;
mod certificates;
mod compare;
mod desk;
mod lock;
mod new_authority;
mod new_request;
mod object;
mod opened;
mod probe;
mod request;
mod request_row;
mod requests;
mod store;
mod stores;
mod subject_fields;
mod vault;

pub use lock::LockPage;

use certwright_workbench::route::Route;
use yew::prelude::*;

/// Draws the page of a route.
pub fn page(route: &Route) -> Html {
    match route.clone() {
        Route::Desk => html! { <desk::DeskPage /> },
        Route::Opened => html! { <opened::OpenedPage /> },
        Route::Object(id, depth) => {
            html! { <object::ObjectPage key={id.0.clone()} id={id.clone()} {depth} /> }
        }
        Route::Compare(left, right) => html! { <compare::ComparePage {left} {right} /> },
        Route::Requests => html! { <requests::RequestsPage /> },
        Route::NewRequest => html! { <new_request::NewRequestPage /> },
        Route::BringRequest => html! { <bring_request::BringRequestPage /> },
        Route::Request(id) => html! { <request::RequestPage key={id.0.clone()} id={id.clone()} /> },
        Route::Certificates => html! { <certificates::CertificatesPage /> },
        Route::Certificate(id) => {
            html! { <certificate::CertificatePage key={id.0.clone()} id={id.clone()} /> }
        }
        Route::Authorities => html! { <authorities::AuthoritiesPage /> },
        Route::NewAuthority => html! { <new_authority::NewAuthorityPage /> },
        Route::Authority(id) => html! { <authority::AuthorityPage key={id.0.clone()} id={id.clone()} /> },
        Route::Stores => html! { <stores::StoresPage /> },
        Route::Store(id) => html! { <store::StorePage key={id.0.clone()} id={id.clone()} /> },
        Route::Probe => html! { <probe::ProbePage /> },
        Route::Vault => html! { <vault::VaultPage /> },
    }
}

/// The title of a route, for the page's head and the browser's tab.
pub fn title(route: &Route) -> &'static str {
    match route {
        Route::Desk => "Desk",
        Route::Opened => "Opened files",
        Route::Object(..) => "Opened object",
        Route::Compare(..) => "Comparison",
        Route::Requests => "Requests",
        Route::NewRequest => "Make a request",
        Route::BringRequest => "Bring a request",
        Route::Request(_) => "Request",
        Route::Certificates => "Certificates",
        Route::Certificate(_) => "Certificate",
        Route::Authorities => "Authorities",
        Route::NewAuthority => "Make an authority",
        Route::Authority(_) => "Authority",
        Route::Stores => "Trust stores",
        Route::Store(_) => "Trust store",
        Route::Probe => "Probe",
        Route::Vault => "Vault",
    }
}

/// Something that is not there: a stale address, or it was deleted in another tab.
fn gone(what: &str) -> Html {
    html! {
        <section class="card">
            <h1>{ format!("There is no such {what} here") }</h1>
            <p>{ "It may be in another browser, or the vault was restored without it. " }<a href="#/">{ "Go to the desk" }</a></p>
        </section>
    }
}
