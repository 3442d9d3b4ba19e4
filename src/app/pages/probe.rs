//! Live servers: the two tests, the chain as sent, and the import of what is missing.

use crate::components::advice::AdviceBox;
use crate::components::badge::BadgeView;
use crate::components::fact_list::FactList;
use crate::components::field::{SelectField, TextField, TickField};
use crate::components::report_box::ReportBox;
use crate::components::wait_box::WaitBox;
use crate::session::{put, use_dispatch, use_draft, use_snapshot};
use certwright_pki::peer_name::NameRule;
use certwright_workbench::action::Action;
use certwright_workbench::explain;
use certwright_workbench::id::StoreId;
use certwright_workbench::view::{self, ImportLine, Mood, ProbeRow};
use std::collections::BTreeSet;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct Target {
    host: String,
    port: String,
    store: String,
    rule: String,
}

/// Value and text of the rules for names.
const RULES: [(&str, &str); 3] = [
    ("cn-or-san", "Common name or SAN (Cisco 12.5)"),
    ("exact-cn", "Exactly the common name (Cisco 9.0)"),
    ("san", "SAN only (browsers, RFC 9525)"),
];

fn rule(value: &str) -> NameRule {
    match value {
        "exact-cn" => NameRule::ExactCommonName,
        "san" => NameRule::SanOnly,
        _ => NameRule::CommonNameOrSan,
    }
}

/// Draws the form and the results.
#[component]
pub fn ProbePage() -> Html {
    let state = use_snapshot();
    let dispatch = use_dispatch();
    let view = view::probe(&state);
    let first_store = view.stores.first().map(|(id, _)| id.0.clone()).unwrap_or_default();
    let draft = use_draft(|| Target {
        host: String::new(),
        port: "443".into(),
        store: String::new(),
        rule: RULES[0].0.into(),
    });
    let target = draft.0.clone();
    let store = if target.store.is_empty() { first_store } else { target.store.clone() };
    let on_submit = {
        let (target, store) = (target.clone(), store.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::ProbeWanted {
                host: target.host.clone(),
                port: target.port.clone(),
                store: (!store.is_empty()).then(|| StoreId(store.clone())),
                rule: rule(&target.rule),
            });
        })
    };
    let stores: Vec<(String, String)> =
        view.stores.iter().map(|(id, name)| (id.0.clone(), name.clone())).collect();
    let rules = RULES.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
    html! {
        <>
            <header class="head">
                <h1>{ "Probe" }</h1>
                <p class="soft">{ "Looks at a live server, shows the chain that it sends against a trust store, and imports what is missing when you approve." }</p>
            </header>
            if !view.proxy { <AdviceBox advice={explain::no_proxy()} mood={Mood::Warn} /> }
            <form class="card" onsubmit={on_submit}>
                <h2>{ "Certificate import tool" }</h2>
                <div class="columns">
                    <TextField id="peer-server" label="Peer server" value={target.host}
                        on_change={put(&draft, |target: &mut Target, text: String| target.host = text)}
                        hint="IP address, host name or FQDN, exactly as the other server will use it" />
                    <TextField id="peer-port" label="Peer server port" value={target.port}
                        on_change={put(&draft, |target: &mut Target, text: String| target.port = text)} />
                    if stores.is_empty() {
                        <p>{ "Make a trust store first. " }<a href="#/stores">{ "Trust stores" }</a></p>
                    } else {
                        <SelectField id="probe-store" label="Certificate trust store" value={store} options={stores}
                            on_change={put(&draft, |target: &mut Target, id: String| target.store = id)} />
                    }
                    <SelectField id="probe-rule" label="The name must match" value={target.rule} options={rules}
                        on_change={put(&draft, |target: &mut Target, value: String| target.rule = value)} />
                </div>
                <WaitBox wait={view.wait.clone()} label="Looking" />
                <div class="line"><button type="submit" class="button" data-kind="primary" disabled={view.wait.running.is_some()}>{ "Submit" }</button></div>
            </form>
            { for view.rows.iter().map(|row| html! { <ProbeCard key={row.id.0.clone()} row={row.clone()} /> }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ProbeCardProps {
    row: ProbeRow,
}

#[component]
fn ProbeCard(props: &ProbeCardProps) -> Html {
    let dispatch = use_dispatch();
    let row = &props.row;
    let on_again = {
        let row = row.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::ProbeWanted {
                host: row.host.clone(),
                port: row.port.to_string(),
                store: Some(row.store.clone()),
                rule: row.rule,
            });
        })
    };
    let importable = row.report.as_ref().map(|report| report.importable.clone()).unwrap_or_default();
    html! {
        <section class="card" aria-label={row.id.0.clone()}>
            <div class="line">
                <h2>{ row.id.0.clone() }</h2>
                <button type="button" class="button" data-kind="small" onclick={on_again}>{ "Look again" }<span class="unseen">{ format!(" at {}", row.id) }</span></button>
                if let Some(at) = &row.at { <span class="soft small">{ format!("last looked at {at}") }</span> }
            </div>
            <table>
                <thead><tr><th scope="col">{ "Test" }</th><th scope="col">{ "Status" }</th></tr></thead>
                <tbody>
                    <tr><td>{ "Peer Server Reachability Status" }</td><td><BadgeView badge={row.reachability.clone()} /></td></tr>
                    <tr><td>{ "SSL Connection/Certificate Verification Status" }</td><td><BadgeView badge={row.verdict.clone()} /></td></tr>
                </tbody>
            </table>
            if let Some(fault) = &row.fault { <AdviceBox advice={fault.clone()} /> }
            if let Some(report) = &row.report { <ReportBox report={report.clone()} store={row.store_name.clone()} /> }
            if !importable.is_empty() {
                <ApprovalForm row={row.clone()} {importable} />
            }
            if !row.facts.is_empty() { <FactList facts={row.facts.clone()} /> }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ApprovalFormProps {
    row: ProbeRow,
    importable: Vec<ImportLine>,
}

/// Nothing in a probe proves who sent the chain: the person compares the fingerprint with what the authority says.
#[component]
fn ApprovalForm(props: &ApprovalFormProps) -> Html {
    let dispatch = use_dispatch();
    let approved = use_draft(BTreeSet::<String>::new);
    let on_submit = {
        let (approved, row, importable) = (approved.clone(), props.row.clone(), props.importable.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let chosen = importable.iter().filter(|line| approved.0.contains(&line.id.0));
            let certificates = chosen.map(|line| line.id.clone()).collect();
            dispatch.emit(Action::ImportApproved { id: row.id.clone(), certificates });
        })
    };
    let tick = |id: String| {
        let dispatcher = approved.dispatcher();
        Callback::from(move |ticked: bool| {
            let id = id.clone();
            dispatcher.dispatch(Box::new(move |chosen: &mut BTreeSet<String>| {
                if ticked {
                    chosen.insert(id)
                } else {
                    chosen.remove(&id)
                };
            }));
        })
    };
    html! {
        <form class="stack" onsubmit={on_submit}>
            <h3>{ format!("Import into {}", props.row.store_name) }</h3>
            <p>{ "Compare each fingerprint with what the authority itself tells you, by telephone for example: a probe can’t prove who sent it." }</p>
            { for props.importable.iter().map(|line| html! {
                <div class="stack" key={line.id.0.clone()}>
                    <TickField id={format!("approve-{}", line.id)} label={format!("{} is the right one", line.label)}
                        value={approved.0.contains(&line.id.0)} on_change={tick(line.id.0.clone())} />
                    <p class="small">{ "SHA-256 " }<code>{ line.fingerprint.clone() }</code></p>
                </div>
            }) }
            <div class="line"><button type="submit" class="button" data-kind="primary" disabled={approved.0.is_empty()}>{ "Import the approved ones" }</button></div>
        </form>
    }
}
