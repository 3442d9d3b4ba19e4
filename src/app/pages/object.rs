//! One object at three depths: sentences, fields, bytes.

mod bytes;
mod summary;

use super::gone;
use crate::components::badge::badges;
use crate::components::depth_nav::DepthNav;
use crate::components::field_tree::FieldTree;
use crate::components::unlock_box::UnlockBox;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::route::{Depth, Route};
use certwright_workbench::view::{self, ObjectView};
use yew::prelude::*;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct ObjectPageProps {
    pub id: ObjectId,
    pub depth: Depth,
}

/// Draws the object.
#[component]
pub fn ObjectPage(props: &ObjectPageProps) -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let place = use_state(|| None::<(usize, usize)>);
    let view = view::object(&state, &props.id);
    // Again whenever something was opened meanwhile: it may be the issuer that was missing.
    let known = (props.id.clone(), state.opened.len() + state.desk.certificates.len(), view.is_some());
    use_effect_with(known, move |(id, _, here)| {
        if *here {
            dispatch.emit(Action::DescriptionWanted(id.clone()));
        }
    });
    let Some(view) = view else { return gone("object") };
    let on_place = {
        let place = place.clone();
        let bytes = Route::Object(props.id.clone(), Depth::Bytes);
        let go = use_dispatch_route();
        Callback::from(move |at: (usize, usize)| {
            place.set(Some(at));
            go.emit(bytes.clone());
        })
    };
    let depths = Depth::ALL.into_iter().filter(|depth| *depth != Depth::Bytes || view.bytes.is_some());
    let depths: Vec<Depth> = depths.collect();
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/opened">{ "Opened files" }</a></p>
                <h1>{ view.title.clone() }</h1>
                <p>{ view.verdict.clone() }</p>
                if let Some(belongs) = &view.belongs { <p><strong>{ belongs.clone() }</strong></p> }
                <p class="line">{ badges(&view.badges) }</p>
            </header>
            <DepthNav id={props.id.clone()} here={props.depth} {depths} />
            if let Some(locked) = &view.locked { <UnlockBox id={props.id.clone()} view={locked.clone()} /> }
            { match props.depth {
                Depth::Summary => html! { <summary::Summary view={view.clone()} /> },
                Depth::Fields => fields(&view, &on_place),
                Depth::Bytes => html! { <bytes::Bytes view={view.clone()} place={*place} /> },
            } }
        </>
    }
}

/// Goes to a route.
#[hook]
fn use_dispatch_route() -> Callback<Route> {
    Callback::from(|route: Route| crate::platform::route::go(&route.hash()))
}

fn fields(view: &ObjectView, on_place: &Callback<(usize, usize)>) -> Html {
    html! {
        <section class="card" aria-labelledby="fields-title">
            <h2 id="fields-title" class="unseen">{ "Fields" }</h2>
            <WaitBox wait={view.describing.clone()} label="Reading every field" />
            { summary::unusual(view) }
            if let Some(described) = &view.described {
                <FieldTree fields={described.description.sections.clone()} bytes={view.bytes.clone()}
                    on_place={view.bytes.is_some().then(|| on_place.clone())} />
            }
        </section>
    }
}
