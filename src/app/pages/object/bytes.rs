//! The third depth: the ASN.1 tree and the octets, which mark each other and the field that they belong to.

use crate::components::field_tree::CopyButton;
use crate::components::hex_view::HexView;
use crate::components::outline_tree::OutlineTree;
use crate::session::use_dispatch;
use certwright_pki::describe::Form;
use certwright_pki::outline;
use certwright_workbench::action::Action;
use certwright_workbench::base64;
use certwright_workbench::id::hex;
use certwright_workbench::view::{self, ObjectView, Places};
use std::rc::Rc;
use yew::prelude::*;

/// Octets that are copied as text; more are better saved.
const COPIED: usize = 256 * 1024;

/// What the depth needs.
#[derive(Properties, PartialEq)]
pub(super) struct BytesProps {
    pub view: ObjectView,
    /// Octets to begin with.
    pub place: Option<(usize, usize)>,
}

/// What is chosen.
#[derive(Clone, Copy, PartialEq)]
struct Chosen {
    mark: (usize, usize),
    cursor: usize,
}

impl Chosen {
    fn at(mark: (usize, usize)) -> Self {
        Self { mark, cursor: mark.0 }
    }
}

/// Draws the third depth.
#[component]
pub(super) fn Bytes(props: &BytesProps) -> Html {
    let bytes = props.view.bytes.clone().unwrap_or_default();
    let first = props.place.unwrap_or((0, bytes.len()));
    let chosen = use_state(|| Chosen::at(first));
    let described = props.view.described.clone();
    let size = bytes.len();
    let places = use_memo(described.as_ref().map(|one| Rc::as_ptr(one) as usize), |_| {
        described.as_deref().map(|one| Places::of(one, size)).unwrap_or_default()
    });
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |mark| chosen.set(Chosen::at(mark)))
    };
    let on_cursor = {
        let (chosen, bytes) = (chosen.clone(), bytes.clone());
        Callback::from(move |cursor: usize| {
            let inner = outline::path(&bytes, cursor).pop();
            let mark = inner.map_or((cursor, cursor + 1), |whole| (whole.start, whole.end));
            chosen.set(Chosen { mark, cursor });
        })
    };
    let (start, end) = chosen.mark;
    html! {
        <section class="stack" aria-label="Bytes">
            <div class="card">
                <p role="status">
                    <strong>{ places.around(chosen.mark).unwrap_or_else(|| "The object as a whole".into()) }</strong>
                    <br />
                    <span class="soft">{ format!("octets {start} to {end}, {} in all; cursor at {}", end - start, chosen.cursor) }</span>
                </p>
                if let Some(part) = bytes.get(start..end) { <Take part={part.to_vec()} id={props.view.id.clone()} mark={chosen.mark} /> }
            </div>
            <div class="beside">
                <OutlineTree kind={props.view.kind} bytes={bytes.clone()} places={places.clone()} chosen={chosen.mark} on_choose={on_choose} />
                <HexView bytes={bytes.clone()} mark={chosen.mark} cursor={chosen.cursor} on_cursor={on_cursor} />
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct TakeProps {
    part: Vec<u8>,
    id: certwright_workbench::id::ObjectId,
    mark: (usize, usize),
}

/// Takes what is chosen along.
#[component]
fn Take(props: &TakeProps) -> Html {
    let dispatch = use_dispatch();
    let save = {
        let (object, at) = (props.id.clone(), props.mark);
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::OctetsSaved { object: object.clone(), at }))
    };
    let form = |label: &'static str, text: String| {
        html! {
            <span class="take"><span class="soft">{ label }</span><CopyButton form={Form { label: label.into(), text }} of="what is chosen" /></span>
        }
    };
    html! {
        <div class="line">
            if props.part.len() <= COPIED {
                { form("Hex", hex(&props.part)) }
                { form("Base64", base64::encode(&props.part)) }
                { form("PEM", view::pem(&props.part)) }
            }
            <button type="button" class="button" data-kind="small" onclick={save}>{ "Save as DER" }</button>
        </div>
    }
}
