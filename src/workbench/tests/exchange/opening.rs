//! Opening many files: what is lost when the worker crashes over one, and what stays when the person gives up.

use crate::desk::{Bench, authority_form, file};
use certwright_pki::armor;
use certwright_workbench::action::Action;
use certwright_workbench::job::File;
use certwright_workbench::state::Place;
use certwright_workbench::view;

fn brought(files: Vec<File>, more: bool) -> Action {
    Action::Brought { place: Place::Desk, files, more }
}

/// Certificates, each in a file.
fn certificates(count: usize) -> Vec<File> {
    let made = (0..count).map(|number| {
        let mut bench = Bench::new();
        bench.act(Action::AuthorityWanted(authority_form(&format!("CA {number}"))));
        let der = bench.state.desk.certificates.values().next().unwrap().certificate.der().to_vec();
        file(&format!("{number}.cer"), armor::encode("CERTIFICATE", &der))
    });
    made.collect()
}

#[test]
fn a_crash_loses_only_the_file_at_fault_and_names_it() {
    let mut files = certificates(4);
    files.insert(2, file("bomb.p12", "x"));
    let mut bench = Bench::new();
    bench.crashes_over = Some("bomb.p12");
    let rest = files.split_off(3);
    bench.act(brought(files, true));
    bench.act(brought(rest, false));
    let opened = &bench.state.opened;
    assert_eq!((opened.len(), opened.files), (4, 5));
    let troubles: Vec<&str> = opened.problems.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(troubles, ["bomb.p12"]);
    assert!(view::opened(&bench.state).wait.running.is_none(), "{:?}", view::opened(&bench.state).wait);
    let said = bench.state.notice.as_ref().unwrap().text.clone();
    assert_eq!(said, "4 objects found, and 1 problem.");
}

#[test]
fn giving_up_ends_every_batch_and_what_is_still_to_come() {
    let files = certificates(3);
    let mut bench = Bench::new();
    bench.act(brought(vec![files[0].clone()], false));
    bench.idle = true;
    bench.act(brought(vec![files[1].clone()], true));
    bench.act(brought(vec![files[1].clone()], true));
    assert_eq!(bench.waiting.len(), 2);
    bench.act(Action::JobCancelled(bench.waiting[1]));
    assert_eq!(bench.cancelled, bench.waiting);
    bench.act(brought(vec![files[1].clone()], true));
    bench.act(brought(vec![files[1].clone()], false));
    assert_eq!((bench.waiting.len(), bench.state.opened.len()), (2, 1));
    assert!(view::opened(&bench.state).wait.running.is_none());
    // The next drop is read again.
    bench.idle = false;
    bench.act(brought(vec![files[2].clone()], false));
    assert_eq!(bench.state.opened.len(), 2);
}
