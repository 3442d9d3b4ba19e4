//! The own-authority exchange from first to last, without a screen: the real jobs with RustCrypto, a vault in memory.

#![allow(clippy::unwrap_used, clippy::panic)]

mod desk;
mod opened;
mod opening;
mod revoked;

use certwright_pki::{Certificate, KeyKind, UnixTime, input};
use certwright_workbench::action::{Action, AuthorityForm, Export, Exported, Format, KeyChoice, RequestForm};
use certwright_workbench::desk::Queue;
use certwright_workbench::effect::VaultOrder;
use certwright_workbench::job::Verdict;
use certwright_workbench::route::Route;
use certwright_workbench::secret::Passphrase;
use certwright_workbench::state::{IssueForm, Overrun, Place, Slot, Wait};
use certwright_workbench::update::ERASE_WORD;
use certwright_workbench::vault::VaultFault;
use certwright_workbench::view;
use desk::{Bench, authority_form, file, name_form, request_form};

fn issue_form(bench: &Bench) -> IssueForm {
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    IssueForm { authority, profile: "web-server".into(), days: 397, overrun: Overrun::Refuse }
}

#[test]
fn the_exchange_runs_from_the_authority_to_the_trust_store() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(authority_form("Example Root CA")));
    let authority = bench.state.desk.authorities.values().next().unwrap().clone();
    assert!(authority.checks.iter().all(|check| check.fault.is_none()), "{:?}", authority.checks);
    assert_eq!(authority.checks.len(), 3);
    assert_eq!(bench.state.route, Route::Authority(authority.id.clone()));

    bench.act(Action::RequestWanted(request_form("exchange.example.test")));
    let request = bench.state.desk.requests.keys().next().unwrap().clone();
    bench.act(Action::RequestSubmitted { request: request.clone(), authority: authority.id.clone() });
    bench.act(Action::RequestDenied { request: request.clone(), reason: "wrong unit".into() });
    assert!(
        matches!(&bench.state.desk.requests[&request].queue, Queue::Denied { reason, .. } if reason == "wrong unit")
    );
    bench.act(Action::RequestSubmitted { request: request.clone(), authority: authority.id.clone() });

    let form = issue_form(&bench);
    bench.act(Action::PreviewWanted { request: request.clone(), form: form.clone() });
    let preview = view::preview(&bench.state).unwrap();
    let server = preview.uses.iter().find(|line| line.what == "TLS server").unwrap();
    assert!(server.usable);
    bench.act(Action::IssueWanted { request: request.clone(), form });
    let Queue::Issued { certificate, .. } = bench.state.desk.requests[&request].queue.clone() else {
        panic!("not issued: {:?}", bench.state.waits);
    };

    let export = |what, format, name: &str| Action::ExportWanted(Export { what, format, name: name.into() });
    bench.act(export(Exported::Certificate(certificate.clone()), Format::Pem, "cert.cer"));
    let (name, cert_cer) = bench.downloads.last().unwrap().clone();
    assert_eq!(name, "cert.cer");
    let place = Place::Completion(request.clone());
    bench.act(Action::Brought { place, files: vec![file("cert.cer", cert_cer)], more: false });
    assert_eq!(bench.state.desk.requests[&request].reply.as_ref().unwrap().certificate, certificate);

    bench.act(Action::StoreWanted { name: "cup-trust".into() });
    let store = bench.state.desk.stores.keys().next().unwrap().clone();
    bench.act(Action::JudgementWanted { certificate: certificate.clone(), store: store.clone() });
    let judged = |bench: &Bench| bench.state.judged[&(certificate.clone(), store.clone())].verdict;
    assert_eq!(judged(&bench), Verdict::MissingFromChain);
    let root = authority.certificate.clone();
    bench.act(Action::TrustWanted { store: store.clone(), certificate: root, name: "certnew.cer".into() });
    assert_eq!(bench.state.desk.stores[&store].trusted[0].name, "certnew");
    bench.act(Action::JudgementWanted { certificate: certificate.clone(), store: store.clone() });
    assert_eq!(judged(&bench), Verdict::Verified);

    let password = Passphrase::new("secret 1".into());
    bench.act(Action::Pkcs12Wanted {
        certificate: certificate.clone(),
        name: "s.pfx".into(),
        password,
        destination: certwright_pki::export::Destination::Current,
        secret: true,
    });
    let (_, pfx) = bench.downloads.last().unwrap().clone();
    assert_eq!(certwright_pki::pkcs12::read(&pfx, "secret 1").unwrap().certificates.len(), 2);

    bench.act(export(Exported::Chain(certificate.clone()), Format::Pkcs7, "certnew.p7b"));
    let (_, chain) = bench.downloads.last().unwrap();
    let members = input::read(chain).found.into_iter().filter(|found| found.within.is_some());
    assert_eq!(members.count(), 2);

    // Everything is there again after the records have been through the vault.
    let before = bench.state.desk.clone();
    bench.reopen();
    assert_eq!(bench.state.desk, before);
}

#[test]
fn every_kind_of_key_makes_an_authority_and_a_certificate() {
    for kind in KeyKind::ALL.into_iter().filter(|kind| !matches!(kind, KeyKind::Rsa3072 | KeyKind::Rsa4096)) {
        let mut bench = Bench::new();
        bench.act(Action::AuthorityWanted(AuthorityForm { key: KeyChoice(kind), ..authority_form("CA") }));
        let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
        let form = RequestForm {
            key: KeyChoice(kind),
            submit_to: Some(authority),
            ..request_form("a.example.test")
        };
        bench.act(Action::RequestWanted(form));
        bench.act(Action::IssueAllWanted { form: issue_form(&bench) });
        assert_eq!(bench.state.run.as_ref().unwrap().issued, 1, "{kind:?}: {:?}", bench.state.run);
    }
}

#[test]
fn a_name_like_the_authority_s_is_refused_with_the_reason() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(authority_form("exchange.example.test")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    let form = RequestForm { submit_to: Some(authority), ..request_form("Exchange.example.test") };
    bench.act(Action::RequestWanted(form));
    let request = bench.state.desk.requests.keys().next().unwrap().clone();
    bench.act(Action::PreviewWanted { request, form: issue_form(&bench) });
    let Some(Wait::Failed(advice)) = bench.state.waits.get(&Slot::Preview) else { panic!("not refused") };
    assert!(advice.title.contains("authority's own name"), "{advice:?}");
}

#[test]
fn a_validity_past_the_authority_s_end_is_refused_or_shortened_as_chosen() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(AuthorityForm { years: 1, ..authority_form("Short CA") }));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    bench.act(Action::RequestWanted(RequestForm {
        submit_to: Some(authority.clone()),
        ..request_form("a.example.test")
    }));
    let request = bench.state.desk.requests.keys().next().unwrap().clone();
    let form = issue_form(&bench);
    bench.act(Action::IssueWanted { request: request.clone(), form: form.clone() });
    assert!(bench.state.desk.requests[&request].is_pending());
    assert!(matches!(bench.state.waits.get(&Slot::Issue), Some(Wait::Failed(_))));
    bench.act(Action::IssueWanted {
        request: request.clone(),
        form: IssueForm { overrun: Overrun::Clamp, ..form },
    });
    let Queue::Issued { certificate, .. } = &bench.state.desk.requests[&request].queue else {
        panic!("not issued")
    };
    let own = bench.state.desk.authority_certificate(&authority).unwrap().certificate.validity().not_after;
    assert_eq!(bench.state.desk.certificates[certificate].certificate.validity().not_after, own);
}

#[test]
fn a_reply_to_another_request_is_refused_and_names_it() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(authority_form("CA")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    for name in ["one.example.test", "two.example.test"] {
        bench.act(Action::RequestWanted(RequestForm {
            submit_to: Some(authority.clone()),
            ..request_form(name)
        }));
    }
    bench.act(Action::IssueAllWanted { form: issue_form(&bench) });
    let of =
        |name: &str| bench.state.desk.requests.values().find(|entry| entry.label == name).unwrap().clone();
    let (one, two) = (of("one.example.test"), of("two.example.test"));
    let Queue::Issued { certificate, .. } = &two.queue else { panic!("not issued") };
    let der = bench.state.desk.certificates[certificate].certificate.der().to_vec();
    let place = Place::Completion(one.id.clone());
    bench.act(Action::Brought { place: place.clone(), files: vec![file("cert.cer", der)], more: false });
    assert_eq!(bench.state.desk.requests[&one.id].reply, None);
    let refusal = &bench.state.trays[&place].refusals[0];
    assert!(refusal.detail.contains("two.example.test"), "{refusal:?}");
}

#[test]
fn a_private_key_in_the_request_box_is_warned_of_and_kept_nowhere() {
    let mut bench = Bench::new();
    let pem = bench.private_key_pem();
    bench.act(Action::Brought {
        place: Place::RequestBox,
        files: vec![file("pasted text", pem)],
        more: false,
    });
    let tray = &bench.state.trays[&Place::RequestBox];
    assert!(tray.refusals[0].title.contains("private key"));
    assert!(bench.held_keys().is_empty());
    bench.act(Action::TrayKept { place: Place::RequestBox, submit_to: None });
    assert!(bench.state.desk.keys.is_empty());
}

#[test]
fn nothing_is_shown_as_done_that_the_vault_refused() {
    let mut bench = Bench::new();
    bench.refuse_commits(VaultFault::Storage { what: "quota".into() });
    bench.act(Action::AuthorityWanted(authority_form("CA")));
    assert!(bench.state.desk.authorities.is_empty());
    assert!(bench.state.desk.certificates.is_empty());
    assert!(matches!(bench.state.waits.get(&Slot::MakeAuthority), Some(Wait::Failed(_))));
}

#[test]
fn a_backup_brings_back_what_is_missing_and_overwrites_nothing() {
    let mut bench = Bench::new();
    bench.act(Action::StoreWanted { name: "cup-trust".into() });
    let records = bench.records();
    let mut other = Bench::new();
    other.act(Action::StoreWanted { name: "tomcat-trust".into() });
    other.act(Action::BackupOpened { created: UnixTime(0), records, keys: Vec::new() });
    assert_eq!(other.state.restore.as_ref().unwrap().fresh, ["Trust store: cup-trust"]);
    assert_eq!(other.state.desk.stores.len(), 1);
    other.act(Action::RestoreWanted);
    assert_eq!(other.state.desk.stores.len(), 2);
}

#[test]
fn a_queue_of_250_requests_is_issued_with_distinct_serial_numbers() {
    let mut bench = Bench::new();
    let form = AuthorityForm { key: KeyChoice(KeyKind::P256), ..authority_form("CA") };
    bench.act(Action::AuthorityWanted(form));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    let pem = bench.many_requests(250);
    bench.act(Action::Brought {
        place: Place::RequestBox,
        files: vec![file("requests.pem", pem)],
        more: false,
    });
    bench.act(Action::TrayKept { place: Place::RequestBox, submit_to: Some(authority) });
    bench.act(Action::IssueAllWanted { form: issue_form(&bench) });
    let run = bench.state.run.as_ref().unwrap();
    assert_eq!((run.issued, run.refused.len(), run.finished), (250, 0, true));
    let serials: std::collections::BTreeSet<_> =
        bench.state.desk.certificates.values().map(|entry| entry.certificate.serial().hex()).collect();
    assert_eq!(serials.len(), 251);
}

#[test]
fn a_certificate_counts_as_issued_only_when_the_vault_has_it() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(authority_form("CA")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    for name in ["one.example.test", "two.example.test"] {
        bench.act(Action::RequestWanted(RequestForm {
            submit_to: Some(authority.clone()),
            ..request_form(name)
        }));
    }
    bench.refuse_commits(VaultFault::Stale);
    bench.act(Action::IssueAllWanted { form: issue_form(&bench) });
    let run = bench.state.run.as_ref().unwrap();
    assert_eq!((run.issued, run.refused.len(), run.finished), (0, 2, true));
    assert!(bench.state.desk.requests.values().all(|entry| entry.is_pending()));
    assert!(!bench.state.is_busy(&Slot::Issue));
}

#[test]
fn a_vault_is_erased_only_when_the_word_was_typed() {
    let mut bench = Bench::new();
    let wanted = |typed: &str| Action::EraseWanted { confirmed: typed.into() };
    assert_eq!(bench.orders(wanted("yes")), []);
    assert!(matches!(bench.state.waits.get(&Slot::Vault), Some(Wait::Failed(_))));
    assert_eq!(bench.orders(wanted(ERASE_WORD)), [VaultOrder::Erase]);
}

#[test]
fn a_form_without_a_name_says_what_is_missing() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(AuthorityForm {
        name: name_form(""),
        years: 10,
        ..AuthorityForm::default()
    }));
    let Some(Wait::Failed(advice)) = bench.state.waits.get(&Slot::MakeAuthority) else { panic!("made") };
    assert_eq!(advice.title, "The name is missing.");
}

#[test]
fn the_preview_can_be_used_for_nothing() {
    let mut bench = Bench::new();
    bench.act(Action::AuthorityWanted(authority_form("CA")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    bench.act(Action::RequestWanted(RequestForm {
        submit_to: Some(authority),
        ..request_form("a.example.test")
    }));
    let request = bench.state.desk.requests.keys().next().unwrap().clone();
    bench.act(Action::PreviewWanted { request, form: issue_form(&bench) });
    let preview: &Certificate = &bench.state.preview.as_ref().unwrap().certificate;
    assert!(preview.signature().is_empty());
}
