//! Carries files from the person to the worker: read one by one, handed on in batches, none passed over in silence.

use crate::platform::files::{self, Arrival, Arrived, ReadFault};
use crate::session::Dispatch;
use certwright_pki::input::MAX_INPUT;
use certwright_workbench::action::Action;
use certwright_workbench::explain::{self, Advice};
use certwright_workbench::job::File;
use certwright_workbench::state::Place;

/// What is handed to the worker at once: enough to keep it busy, little enough to be quick.
const BATCH_FILES: usize = 200;
const BATCH_OCTETS: usize = 1024 * 1024;

/// Takes in what came to the window as a whole.
pub fn arrived(arrival: Arrival, dispatch: Dispatch) {
    match arrival {
        Arrival::Files(files) => bring(files, Place::Desk, dispatch),
        Arrival::Text(text) => bring_text(&text, Place::Desk, &dispatch),
    }
}

/// Takes in a text.
pub fn bring_text(text: &str, place: Place, dispatch: &Dispatch) {
    let files = vec![File { name: "pasted text".into(), bytes: text.as_bytes().to_vec() }];
    dispatch.emit(Action::Brought { place, files, more: false });
}

/// Takes in files and folders.
pub fn bring(arrived: Arrived, place: Place, dispatch: Dispatch) {
    if arrived.is_empty() {
        return;
    }
    yew::platform::spawn_local(async move {
        let walked = arrived.walk().await;
        // Told after what was read at the same time: the first files open the account, and these belong to it.
        let mut not_read: Vec<Advice> =
            walked.left_out.iter().take(20).map(|name| not_listed(name)).collect();
        let (mut batch, mut octets, mut sent) = (Vec::new(), 0, false);
        let mut rest = walked.files.into_iter().peekable();
        while let Some(file) = rest.next() {
            let name = file.name.clone();
            match files::read(file, MAX_INPUT as u64).await {
                Ok(bytes) => {
                    octets += bytes.len();
                    batch.push(File { name, bytes });
                }
                Err(ReadFault::TooLarge { size }) => not_read.push(explain::too_large(&name, size)),
                Err(ReadFault::Unreadable { what }) => not_read.push(explain::unreadable(&name, &what)),
            }
            let more = rest.peek().is_some();
            // Only the desk takes in parts; a tray shows one whole.
            let full = place == Place::Desk && (batch.len() >= BATCH_FILES || octets >= BATCH_OCTETS);
            if full || (!more && (sent || !batch.is_empty())) {
                sent = true;
                let files = std::mem::take(&mut batch);
                octets = 0;
                dispatch.emit(Action::Brought { place: place.clone(), files, more });
            }
            if full {
                tell(&mut not_read, &place, &dispatch);
            }
        }
        tell(&mut not_read, &place, &dispatch);
    });
}

fn tell(not_read: &mut Vec<Advice>, place: &Place, dispatch: &Dispatch) {
    for advice in not_read.drain(..) {
        dispatch.emit(Action::NotBrought { place: place.clone(), advice });
    }
}

fn not_listed(name: &str) -> Advice {
    explain::unreadable(name, "it is too deep, too many, or can't be listed")
}
