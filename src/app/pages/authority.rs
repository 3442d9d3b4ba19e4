//! One authority: its downloads, its queue, what it issued, and its health.

use super::certificates::as_row;
use super::gone;
use super::request_row::as_row as request_row;
use crate::components::advice::AdviceBox;
use crate::components::badge::{BadgeView, badges};
use crate::components::fact_list::FactList;
use crate::components::field::SelectField;
use crate::components::receipt_list::ReceiptList;
use crate::components::row_list::{Row, RowList, use_shown};
use crate::components::wait_box::WaitBox;
use crate::session::{use_dispatch, use_snapshot};
use certwright_workbench::action::{Action, Export, Exported, Format};
use certwright_workbench::id::AuthorityId;
use certwright_workbench::job::Check;
use certwright_workbench::state::{IssueForm, Overrun};
use certwright_workbench::view::{self, AuthorityView, Badge, Mood};
use yew::prelude::*;

/// Days that a renewed CRL is good for.
const CRL_DAYS: u32 = 180;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct AuthorityPageProps {
    pub id: AuthorityId,
}

/// Draws the authority.
#[component]
pub fn AuthorityPage(props: &AuthorityPageProps) -> Html {
    let state = use_snapshot();
    let (shown, on_more) = use_shown();
    let Some(view) = view::authority(&state, &props.id) else { return gone("authority") };
    let list = view::issued_by(&state, &props.id, shown);
    let total = list.total;
    let issued: Vec<Row> = list.rows.into_iter().map(as_row).collect();
    html! {
        <>
            <header class="head">
                <p class="trail"><a href="#/authorities">{ "Authorities" }</a></p>
                <h1>{ view.label.clone() }</h1>
                <p class="line">{ badges(&view.badges) }</p>
            </header>
            <QueueCard view={view.clone()} />
            <DownloadCard view={view.clone()} />
            <ReceiptList receipts={view::receipts(&state)} />
            <section class="card" aria-labelledby="check-title">
                <h2 id="check-title">{ "Self-test" }</h2>
                <ul class="stack">{ for view.checks.iter().map(check) }</ul>
            </section>
            <section class="stack" aria-labelledby="issued-title">
                <h2 id="issued-title">{ "Issued certificates" }</h2>
                if issued.is_empty() { <p class="soft">{ "None yet." }</p> } else { <RowList rows={issued} {total} {on_more} label="Issued certificates" /> }
            </section>
            <section class="card" aria-labelledby="fields-title">
                <h2 id="fields-title">{ "Its certificate" }</h2>
                <FactList facts={view.facts.clone()} />
            </section>
        </>
    }
}

fn check(check: &Check) -> Html {
    let badge = match &check.fault {
        None => Badge::new(Mood::Good, "Passed"),
        Some(_) => Badge::new(Mood::Bad, "Failed"),
    };
    html! {
        <li class="line">
            <BadgeView {badge} /><span>{ check.what.clone() }</span>
            if let Some(fault) = &check.fault { <span class="soft">{ fault.clone() }</span> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct ViewProps {
    view: AuthorityView,
}

#[component]
fn QueueCard(props: &ViewProps) -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let (shown, on_more) = use_shown();
    let view = &props.view;
    let list = view::pending_with(&state, &view.id, shown);
    let total = list.total;
    let rows: Vec<Row> = list.rows.into_iter().map(request_row).collect();
    let all = {
        let form = IssueForm { overrun: Overrun::Clamp, ..super::request::first_form(&view.id) };
        Callback::from(move |_: MouseEvent| dispatch.emit(Action::IssueAllWanted { form: form.clone() }))
    };
    html! {
        <section class="card" data-next={(total > 0).then_some("true")} aria-labelledby="queue-title">
            <h2 id="queue-title">{ format!("Pending requests: {total}") }</h2>
            if total == 0 {
                <p class="soft">{ "Nothing is waiting for a decision." }</p>
                <div class="line"><a class="button" href="#/requests/bring">{ "Request a certificate" }</a></div>
            } else {
                <RowList {rows} {total} {on_more} label="Pending requests" />
                if total > 1 {
                    <div class="line">
                        <button type="button" class="button" onclick={all}>{ format!("Issue all {total} as web servers") }</button>
                        <span class="soft">{ "for 397 days, or to the authority’s own end" }</span>
                    </div>
                }
            }
            <WaitBox wait={view.issue_wait.clone()} label="Signing" />
            if let Some((says, refused)) = &view.run {
                <p>{ says.clone() }</p>
                { for refused.iter().take(20).map(|(label, advice)| html! { <><h3>{ label.clone() }</h3><AdviceBox advice={advice.clone()} /></> }) }
            }
        </section>
    }
}

#[component]
fn DownloadCard(props: &ViewProps) -> Html {
    let dispatch = use_dispatch();
    let view = &props.view;
    let encoding = use_state(|| "base64".to_owned());
    let (format, chain_format) =
        if *encoding == "der" { (Format::Der, Format::Pkcs7) } else { (Format::Pem, Format::Pkcs7Pem) };
    let download = |what: Exported, format: Format, name: &'static str| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::ExportWanted(Export { what: what.clone(), format, name: name.into() }));
        })
    };
    let on_encoding = {
        let encoding = encoding.clone();
        Callback::from(move |value| encoding.set(value))
    };
    let on_renew = {
        let (dispatch, authority) = (dispatch.clone(), view.id.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::CrlWanted { authority: authority.clone(), days: CRL_DAYS })
        })
    };
    let certificate = Exported::Certificate(view.certificate.clone());
    let chain = Exported::Chain(view.certificate.clone());
    let crl = Exported::Crl(view.id.clone());
    html! {
        <section class="card" aria-labelledby="download-title">
            <h2 id="download-title">{ "Download a CA certificate, certificate chain, or CRL" }</h2>
            <SelectField id="encoding" label="Encoding method" value={(*encoding).clone()} on_change={on_encoding}
                options={vec![("base64".to_owned(), "Base 64".to_owned()), ("der".to_owned(), "DER".to_owned())]} />
            <div class="line">
                <button type="button" class="button" data-kind="primary" onclick={download(certificate, format, "certnew.cer")}>{ "Download CA certificate" }</button>
                <button type="button" class="button" onclick={download(chain, chain_format, "certnew.p7b")}>{ "Download certificate chain" }</button>
                <button type="button" class="button" onclick={download(crl, format, "certcrl.crl")}>{ "Download CRL" }</button>
            </div>
            <p class="soft">{ format!("Revocation list: {}", view.crl_says) }</p>
            <div class="line"><button type="button" class="button" data-kind="small" onclick={on_renew}>{ "Sign a new revocation list" }</button></div>
            <WaitBox wait={view.crl_wait.clone()} label="Signing" />
        </section>
    }
}
