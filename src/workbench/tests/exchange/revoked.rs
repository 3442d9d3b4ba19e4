//! A revocation list that is opened: what it says of the certificates that are here, and of a number that is typed.

use crate::desk::{Bench, authority_form, file, request_form};
use crate::issue_form;
use certwright_pki::crl::{CrlPlan, RevocationReason, RevokedEntry};
use certwright_pki::{PrivateKey, SerialNumber, SignatureAlgorithm, SoftwareEngine, UnixTime};
use certwright_workbench::action::Action;
use certwright_workbench::id::ObjectId;
use certwright_workbench::state::Place;
use certwright_workbench::view;

/// Two certificates on the desk, and the list of their authority that revokes the first.
fn revoking(bench: &mut Bench) -> (ObjectId, Vec<SerialNumber>) {
    bench.act(Action::AuthorityWanted(authority_form("Example Root CA")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    for name in ["a.example.org", "b.example.org"] {
        let mut form = request_form(name);
        form.submit_to = Some(authority.clone());
        bench.act(Action::RequestWanted(form));
    }
    let form = issue_form(bench);
    bench.act(Action::IssueAllWanted { form });
    let desk = &bench.state.desk;
    let root = desk.certificates.values().find(|one| one.certificate.is_ca()).unwrap();
    let serial = |label: &str| {
        let entry = desk.certificates.values().find(|entry| entry.label == label).unwrap();
        entry.certificate.serial().clone()
    };
    let serials = vec![serial("a.example.org"), serial("b.example.org")];
    let key = PrivateKey::from_pkcs8(&bench.stored(&format!("secret:{}", root.key_id()))).unwrap();
    let plan = CrlPlan {
        issuer: root.certificate.subject().clone(),
        algorithm: SignatureAlgorithm::default_for(key.public()),
        this_update: UnixTime(1_795_000_000),
        next_update: UnixTime(1_796_000_000),
        number: 7,
        entries: vec![RevokedEntry {
            serial: serials[0].clone(),
            date: UnixTime(1_795_132_800),
            reason: Some(RevocationReason::KeyCompromise),
        }],
        authority_key_identifier: key.public().key_identifier().to_vec(),
    };
    let engine = SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap());
    let list = pollster::block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap();
    bench.act(Action::Brought { place: Place::Desk, files: vec![file("list.crl", list)], more: false });
    (bench.state.opened.objects().next().unwrap().id.clone(), serials)
}

#[test]
fn a_revocation_list_says_whom_of_those_here_it_revokes() {
    let mut bench = Bench::new();
    let (list, serials) = revoking(&mut bench);
    let view = view::revoked(&bench.state, &list, "").unwrap();
    let mut said: Vec<(String, String)> =
        view.known.iter().map(|row| (row.label.clone(), row.said.text.clone())).collect();
    said.sort();
    let expect = [
        ("Example Root CA", "Not revoked by it"),
        ("a.example.org", "Revoked on 2026-11-20 · Key compromise"),
        ("b.example.org", "Not revoked by it"),
    ];
    assert_eq!(said, expect.map(|(label, said)| (label.to_owned(), said.to_owned())));
    assert_eq!(view.answer, None);
    for (typed, answer) in [
        (serials[0].hex(), "Revoked on 2026-11-20 · Key compromise"),
        (serials[0].decimal(), "Revoked on 2026-11-20 · Key compromise"),
        (serials[1].hex(), "Not among the 1 number of this list"),
        ("mail".to_owned(), "A serial number has digits and the letters A to F only"),
    ] {
        let view = view::revoked(&bench.state, &list, &typed).unwrap();
        assert_eq!(view.answer.unwrap().text, answer, "{typed}");
    }
}
