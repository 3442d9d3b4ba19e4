//! Opening anything: read, matched, described, unlocked, kept and written again, without a screen.

use crate::desk::{Bench, authority_form, file, request_form};
use crate::issue_form;
use certwright_pki::export::{ChainOrder, Destination, Format, KeyForm, LineEnding};
use certwright_pki::{Kind, armor, input, unlock};
use certwright_workbench::action::Action;
use certwright_workbench::desk::RequestEntry;
use certwright_workbench::id::ObjectId;
use certwright_workbench::job::{Bond, ExportChoice, File};
use certwright_workbench::route::{Depth, Route};
use certwright_workbench::secret::Passphrase;
use certwright_workbench::state::{Place, Slot, Wait};
use certwright_workbench::view;
use std::rc::Rc;

/// What an exchange leaves behind, as files.
struct Leavings {
    root: Vec<u8>,
    leaf: Vec<u8>,
    request: Vec<u8>,
    key: Vec<u8>,
    pfx: Vec<u8>,
}

/// The desk's first request, handed to an authority of its own.
fn submitted(bench: &mut Bench) -> Rc<RequestEntry> {
    bench.act(Action::AuthorityWanted(authority_form("Example Root CA")));
    let authority = bench.state.desk.authorities.keys().next().unwrap().clone();
    let mut form = request_form("server.example.org");
    form.submit_to = Some(authority);
    bench.act(Action::RequestWanted(form));
    bench.state.desk.requests.values().next().unwrap().clone()
}

fn leavings() -> Leavings {
    let mut bench = Bench::new();
    let entry = submitted(&mut bench);
    let form = issue_form(&bench);
    bench.act(Action::IssueWanted { request: entry.id.clone(), form });
    let desk = &bench.state.desk;
    let leaf = desk.certificates.values().find(|one| !one.certificate.is_ca()).unwrap().clone();
    let root = desk.certificates.values().find(|one| one.certificate.is_ca()).unwrap().clone();
    let key = bench.stored(&format!("secret:{}", leaf.key_id()));
    let password = Passphrase::new("right".into());
    bench.act(Action::Pkcs12Wanted {
        certificate: leaf.id.clone(),
        name: "server.pfx".into(),
        password,
        destination: certwright_pki::export::Destination::Current,
        secret: true,
    });
    Leavings {
        root: root.certificate.der().to_vec(),
        leaf: leaf.certificate.der().to_vec(),
        request: entry.request.der().to_vec(),
        key,
        pfx: bench.downloads.pop().unwrap().1,
    }
}

fn open(bench: &mut Bench, files: Vec<File>) {
    bench.act(Action::Brought { place: Place::Desk, files, more: false });
}

fn id_of(bench: &Bench, kind: Kind) -> ObjectId {
    bench.state.opened.objects().find(|one| one.kind() == kind).unwrap().id.clone()
}

fn choice(format: Format) -> ExportChoice {
    ExportChoice {
        format,
        key_form: KeyForm::Pkcs8,
        chain: ChainOrder::LeafFirst,
        line_ending: LineEnding::Lf,
        name: "out".into(),
        friendly_name: String::new(),
    }
}

#[test]
fn what_has_the_same_key_stands_together_and_duplicates_collapse() {
    let made = leavings();
    let pem = armor::encode("CERTIFICATE", &made.leaf);
    let mut bench = Bench::new();
    open(
        &mut bench,
        vec![
            file("leaf.cer", made.leaf.clone()),
            file("again.pem", pem.replace('\n', "\r\n")),
            file("server.csr", made.request.clone()),
            file("server.key", made.key.clone()),
            file("root.cer", made.root.clone()),
            file("holiday.jpg", "nothing of interest"),
        ],
    );
    let opened = &bench.state.opened;
    assert_eq!((opened.len(), opened.groups.len(), opened.files), (4, 2, 6));
    assert_eq!(opened.problems.len(), 1);
    assert_eq!(opened.problems[0].file, "holiday.jpg");
    assert_eq!(bench.state.route, Route::Opened);
    let rows = view::group_rows(&bench.state, &view::found(opened, "server.example", None));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].holds, ["Certificate", "Certificate request", "Private key"]);
    assert!(rows[0].badges.iter().any(|badge| badge.text == "1 copy"), "{:?}", rows[0].badges);
    let leaf = view::object(&bench.state, &id_of(&bench, Kind::Certificate)).unwrap();
    let files: Vec<&str> = leaf.sources.iter().map(|source| source.file.as_str()).collect();
    assert_eq!(files, ["leaf.cer", "again.pem"]);
    assert_eq!(leaf.belongs.as_deref(), Some("It belongs to the request in server.csr: same key."));
    assert_eq!(leaf.missing, Vec::<String>::new());
}

#[test]
fn a_search_finds_names_serial_numbers_and_files() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("leaf.cer", made.leaf), file("old/root.cer", made.root)]);
    let serial = view::object(&bench.state, &id_of(&bench, Kind::Certificate)).unwrap();
    let serial = serial.facts.iter().find(|fact| fact.label == "Serial number").unwrap().value.clone();
    let colons: Vec<String> =
        serial.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).to_uppercase()).collect();
    for (query, kind, count) in [
        ("", None, 2),
        ("EXAMPLE", None, 2),
        ("server.example.org", None, 1),
        ("example server", None, 1),
        (serial.as_str(), None, 1),
        (&colons.join(":"), None, 1),
        ("old/", None, 1),
        ("nobody", None, 0),
        ("", Some(Kind::Certificate), 2),
        ("", Some(Kind::Crl), 0),
    ] {
        assert_eq!(view::found(&bench.state.opened, query, kind).len(), count, "{query:?}");
    }
}

#[test]
fn a_signature_makes_a_bond_and_a_name_alone_says_so() {
    let (made, other) = (leavings(), leavings());
    let mut bench = Bench::new();
    open(
        &mut bench,
        vec![file("a.cer", made.leaf.clone()), file("b.cer", made.root), file("c.cer", other.root)],
    );
    let leaf = bench.state.opened.objects().find(|one| one.bytes.as_slice() == made.leaf).unwrap().id.clone();
    bench.act(Action::DescriptionWanted(leaf.clone()));
    let view = view::object(&bench.state, &leaf).unwrap();
    let mut bonds: Vec<Bond> = view.issuers.iter().map(|row| row.bond).collect();
    bonds.sort_by_key(|bond| *bond != Bond::Signed);
    assert_eq!(bonds, [Bond::Signed, Bond::NameOnly]);
    assert!(view.described.unwrap().description.find("not-after").is_some());
}

#[test]
fn a_certificate_is_told_from_the_request_that_it_does_not_answer() {
    let (made, other) = (leavings(), leavings());
    let mut bench = Bench::new();
    let files =
        vec![file("cert.cer", made.leaf), file("mine.csr", made.request), file("later.csr", other.request)];
    open(&mut bench, files);
    let view = view::object(&bench.state, &id_of(&bench, Kind::Certificate)).unwrap();
    let said = "It belongs to the request in mine.csr, not to the request in later.csr.";
    assert_eq!(view.belongs.as_deref(), Some(said));
}

#[test]
fn of_two_requests_on_the_desk_the_one_it_answers_is_named_by_its_day() {
    let mut bench = Bench::new();
    let first = submitted(&mut bench).id.clone();
    bench.act(Action::RequestWanted(request_form("server.example.org")));
    // Made two days apart.
    for (id, entry) in &mut bench.state.desk.requests {
        let day = if *id == first { 1_793_700_000 } else { 1_793_872_800 };
        Rc::make_mut(entry).created = certwright_pki::UnixTime(day);
    }
    let form = issue_form(&bench);
    bench.act(Action::IssueWanted { request: first, form });
    let leaf = bench.state.desk.certificates.values().find(|one| !one.certificate.is_ca()).unwrap().clone();
    open(&mut bench, vec![file("cert.cer", leaf.certificate.der().to_vec())]);
    let view = view::object(&bench.state, &id_of(&bench, Kind::Certificate)).unwrap();
    let said = "It belongs to the request server.example.org of 2026-11-03, \
                not to the request server.example.org of 2026-11-05.";
    assert_eq!(view.belongs.as_deref(), Some(said));
}

#[test]
fn a_wrong_password_loses_nothing_and_the_right_one_opens() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.pfx", made.pfx)]);
    let pfx = id_of(&bench, Kind::Pkcs12);
    assert_eq!(bench.state.route, Route::Object(pfx.clone(), Depth::Summary));
    let give = |password: &str| Action::UnlockObjects {
        objects: vec![pfx.clone()],
        password: Passphrase::new(password.into()),
    };
    bench.act(give("wrong"));
    let Some(Wait::Failed(advice)) = bench.state.waits.get(&Slot::Unlock(pfx.clone())) else {
        panic!("opened")
    };
    assert!(advice.title.contains("password"), "{advice:?}");
    assert!(bench.held_keys().is_empty());
    bench.act(give("right"));
    assert_eq!(bench.held_keys().len(), 1);
    assert_eq!(bench.state.opened.counts()[&Kind::Certificate], 2);
    assert!(view::object(&bench.state, &pfx).unwrap().locked.is_none());
    bench.act(Action::ObjectsKept(Vec::new()));
    assert_eq!((bench.state.desk.certificates.len(), bench.state.desk.keys.len()), (2, 1));
    assert!(bench.stored_ids().iter().any(|id| id.starts_with("secret:")));
}

#[test]
fn a_request_that_is_kept_with_its_key_knows_it() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.csr", made.request), file("server.key", made.key)]);
    bench.act(Action::ObjectsKept(Vec::new()));
    let request = bench.state.desk.requests.values().next().unwrap();
    assert!(request.key.is_some());
}

#[test]
fn what_is_put_away_takes_its_private_key_with_it() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.key", made.key), file("leaf.cer", made.leaf)]);
    assert_eq!(bench.held_keys().len(), 1);
    bench.act(Action::ObjectsClosed(vec![id_of(&bench, Kind::Certificate)]));
    assert_eq!((bench.held_keys().len(), bench.state.opened.len()), (1, 1));
    bench.act(Action::ObjectsClosed(Vec::new()));
    assert!(bench.held_keys().is_empty() && bench.state.opened.is_empty());
}

#[test]
fn a_private_key_leaves_only_when_that_was_said() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.key", made.key.clone()), file("leaf.cer", made.leaf)]);
    let objects = vec![id_of(&bench, Kind::PrivateKey), id_of(&bench, Kind::Certificate)];
    for destination in [Destination::Current, Destination::WindowsServer2016] {
        let wanted = |secret| Action::ObjectsExported {
            objects: objects.clone(),
            choice: choice(Format::Pkcs12(destination)),
            password: Passphrase::new("secret".into()),
            secret,
        };
        bench.act(wanted(false));
        assert!(bench.downloads.is_empty());
        bench.act(wanted(true));
        let (name, bytes) = bench.downloads.pop().unwrap();
        assert!(name.starts_with("out"), "{name}");
        let kinds =
            |reading: input::Reading| reading.found.iter().map(|found| found.item.kind()).collect::<Vec<_>>();
        let opened = unlock::open(Kind::Pkcs12, &bytes, "secret").unwrap();
        assert_eq!(kinds(opened), [Kind::PrivateKey, Kind::Certificate]);
    }
    let receipts = view::receipts(&bench.state);
    assert_eq!(receipts.len(), 2);
    assert_eq!(receipts[0].read_back.len(), 2);
    assert!(!receipts[0].sha256.is_empty());
}

#[test]
fn every_form_that_is_offered_can_be_written() {
    let made = leavings();
    let secret = certwright_pki::SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap());
    let ed25519 =
        pollster::block_on(certwright_pki::Engine::generate(&secret, certwright_pki::KeyKind::Ed25519));
    let bundled = made.root.clone();
    let mut bench = Bench::new();
    open(
        &mut bench,
        vec![
            file("server.key", made.key),
            file("server.csr", made.request),
            file("chain.pem", [made.leaf, made.root].map(|der| armor::encode("CERTIFICATE", &der)).concat()),
            file("other.key", ed25519.unwrap().pkcs8().to_vec()),
            file("server.pfx", made.pfx),
            file("bundle.p7b", certwright_pki::pkcs7::certs_only(&[&bundled], &[])),
            file("dh.pem", armor::encode("DH PARAMETERS", &[0x30, 6, 2, 1, 23, 2, 1, 5])),
            file(
                "known_hosts.pub",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd5RAa5Ha6Q1kx1mVbhEu0mVTaSpJ4XfqhbyxTlzv7R",
            ),
            file("sct.bin", [0, 49, 0, 47].into_iter().chain([0; 33]).chain([0; 14]).collect::<Vec<u8>>()),
        ],
    );
    let all: Vec<ObjectId> = bench.state.opened.objects().map(|one| one.id.clone()).collect();
    assert!(all.len() >= 8, "{:?} {:?}", bench.state.opened.counts(), bench.state.opened.problems);
    let mut written = 0;
    let alone = all.iter().map(|id| vec![id.clone()]);
    for selection in alone.chain([all.clone()]) {
        for row in view::export(&bench.state, &selection).map(|view| view.formats).unwrap_or_default() {
            let usual = [KeyForm::Pkcs8];
            for key_form in if row.key_forms.is_empty() { &usual[..] } else { &row.key_forms } {
                for chain in view::chain_orders(row.format) {
                    let choice = ExportChoice { key_form: *key_form, chain: *chain, ..choice(row.format) };
                    bench.act(Action::ObjectsExported {
                        objects: row.objects.clone(),
                        choice,
                        password: Passphrase::new("secret".into()),
                        secret: row.secret,
                    });
                    let wait = bench.state.waits.get(&Slot::Export);
                    assert!(wait.is_none(), "{} {key_form:?} {chain:?}: {wait:?}", row.label);
                    assert!(bench.downloads.pop().is_some(), "{}", row.label);
                    written += 1;
                }
            }
        }
    }
    assert!(written > 60, "{written}");
}

#[test]
fn what_may_hold_a_private_key_leaves_only_when_that_was_said() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.pfx", made.pfx)]);
    let objects = vec![id_of(&bench, Kind::Pkcs12)];
    let wanted = |secret| Action::ObjectsExported {
        objects: objects.clone(),
        choice: choice(Format::Der),
        password: Passphrase::new(String::new()),
        secret,
    };
    bench.act(wanted(false));
    assert!(bench.downloads.is_empty());
    bench.act(wanted(true));
    assert_eq!(bench.downloads.len(), 1);
}

#[test]
fn an_empty_password_for_a_container_is_refused() {
    let made = leavings();
    let mut bench = Bench::new();
    open(&mut bench, vec![file("server.key", made.key), file("leaf.cer", made.leaf)]);
    bench.act(Action::ObjectsExported {
        objects: vec![id_of(&bench, Kind::PrivateKey), id_of(&bench, Kind::Certificate)],
        choice: choice(Format::Pkcs12(Destination::Java8)),
        password: Passphrase::new(String::new()),
        secret: true,
    });
    assert!(bench.downloads.is_empty());
    assert!(matches!(bench.state.waits.get(&Slot::Export), Some(Wait::Failed(_))));
}

#[test]
fn a_request_beside_its_certificate_shows_what_the_authority_made_of_it() {
    let (made, other) = (leavings(), leavings());
    let mut bench = Bench::new();
    let files = vec![file("a.csr", made.request), file("a.cer", made.leaf), file("b.cer", other.leaf)];
    open(&mut bench, files);
    let ids: Vec<ObjectId> = bench.state.opened.objects().map(|one| one.id.clone()).collect();
    for id in &ids {
        bench.act(Action::DescriptionWanted(id.clone()));
    }
    let request = id_of(&bench, Kind::Request);
    let own =
        bench.state.opened.with_key(&bench.state.opened.get(&request).unwrap().card.key.clone().unwrap());
    let certificate = own.iter().find(|one| one.kind() == Kind::Certificate).unwrap().id.clone();
    let foreign = ids.iter().find(|id| **id != request && **id != certificate).unwrap();
    // The request stands on the left, whichever was named first.
    for (left, right) in [(&request, &certificate), (&certificate, &request)] {
        let view = view::compare(&bench.state, left, right).unwrap();
        assert_eq!(
            (view.left.kind.as_str(), view.right.kind.as_str()),
            ("Certificate request", "Certificate")
        );
        assert_eq!(view.key.unwrap().text, "Same public key");
        assert!(
            view.issued.iter().any(|line| line.label.contains("lternative name") && line.word == "same"),
            "{:?}",
            view.issued
        );
    }
    let view = view::compare(&bench.state, &certificate, foreign).unwrap();
    assert_eq!(view.key.unwrap().text, "Another public key");
    assert!(view.fields.iter().any(|line| line.word == "changed") && !view.octets.is_empty());
    let same = view::compare(&bench.state, foreign, foreign).unwrap();
    assert_eq!((same.verdict.text.as_str(), same.octets.len()), ("The same, octet for octet", 0));
}
