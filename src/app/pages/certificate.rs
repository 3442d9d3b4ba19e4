//! One certificate: what it says, what it is usable for, its chain, and the ways to take it along.

use super::gone;
use crate::components::badge::badges;
use crate::components::fact_list::FactList;
use crate::components::rail::link;
use crate::components::receipt_list::ReceiptList;
use crate::components::report_box::ReportBox;
use crate::components::uses_table::UsesTable;
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::Action;
use certwright_workbench::id::{CertificateId, ObjectId, StoreId};
use certwright_workbench::route::{Depth, Route};
use certwright_workbench::view::{self, CertificateView};
use yew::prelude::*;

mod export;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct CertificatePageProps {
    pub id: CertificateId,
}

/// Draws the certificate.
#[component]
pub fn CertificatePage(props: &CertificatePageProps) -> Html {
    let state = use_snapshot();
    let Some(view) = view::certificate(&state, &props.id) else { return gone("certificate") };
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/certificates">{ "Certificates" }</a></p>
                <h1>{ view.label.clone() }</h1>
                <p>{ view.verdict.clone() }</p>
                <p class="line">{ badges(&view.badges) }</p>
                <p class="line">
                    { for [Depth::Fields, Depth::Bytes].map(|depth| {
                        let route = Route::Object(ObjectId(props.id.0.clone()), depth);
                        html! { <a href={link(&route)}>{ if depth == Depth::Fields { "Every field" } else { "Its bytes" } }</a> }
                    }) }
                </p>
            </header>
            if let Some((request, label, completed)) = view.request.clone() {
                <p>
                    { if completed { "It completes the request " } else { "It answers the request " } }
                    <a href={link(&Route::Request(request))}>{ label }</a>{ "." }
                </p>
            }
            <export::ExportCard view={view.clone()} />
            <ReceiptList receipts={view::receipts(&state)} />
            <TrustCard view={view.clone()} />
            <section class="card" aria-labelledby="fields-title">
                <h2 id="fields-title">{ "What it says" }</h2>
                <FactList facts={view.facts.clone()} />
            </section>
            <section class="card" aria-labelledby="uses-title">
                <h2 id="uses-title">{ "What it can be used for" }</h2>
                <UsesTable uses={view.uses.clone()} />
            </section>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ViewProps {
    view: CertificateView,
}

#[component]
fn TrustCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let judge = |store: StoreId| {
        let (dispatch, certificate) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::JudgementWanted { certificate: certificate.clone(), store: store.clone() });
        })
    };
    html! {
        <section class="card" aria-labelledby="chain-title">
            <h2 id="chain-title">{ "Who trusts it" }</h2>
            <p class="line">
                { for view.chain.iter().enumerate().map(|(at, (id, label))| html! {
                    <>
                        if at > 0 { <span aria-hidden="true">{ "←" }</span><span class="unseen">{ "issued by" }</span> }
                        if *id == view.id { <strong>{ label.clone() }</strong> }
                        else { <a href={link(&Route::Certificate(id.clone()))}>{ label.clone() }</a> }
                    </>
                }) }
            </p>
            if !view.chain_complete { <p class="soft">{ "The chain above it is not complete on this desk." }</p> }
            if view.stores.is_empty() {
                <p>{ "Make a trust store to see whether the other server would accept it. " }<a href="#/stores">{ "Trust stores" }</a></p>
            } else {
                <div class="line">
                    { for view.stores.iter().map(|store| html! {
                        <button type="button" class="button" onclick={judge(store.id.clone())}>{ format!("Check against {}", store.name) }</button>
                    }) }
                </div>
            }
            <WaitBox wait={view.judge_wait.clone()} label="Building the chain" />
            { for view.judged.iter().map(|(_, name, report)| html! { <ReportBox report={report.clone()} store={name.clone()} /> }) }
        </section>
    }
}
