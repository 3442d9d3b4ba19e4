//! Files that a person picked or dropped. What they hold is read elsewhere, in the worker.

use super::script;
use wasm_bindgen::JsCast;
pub use web_sys::File;
use web_sys::{DragEvent, Event, FileList, HtmlInputElement};

/// Why a file was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadFault {
    /// Larger than the limit; nothing of it was read.
    TooLarge { size: u64 },
    /// The browser could not read it: a folder, or a file that was moved or changed meanwhile.
    Unreadable { what: String },
}

/// Reads a whole file of at most `limit` octets.
///
/// # Errors
/// [`ReadFault`].
pub async fn read(file: File, limit: u64) -> Result<Vec<u8>, ReadFault> {
    // Sizes are whole numbers below 2^53.
    let size = file.size() as u64;
    if size > limit {
        return Err(ReadFault::TooLarge { size });
    }
    let buffer = script::settled(Ok(file.array_buffer())).await;
    let buffer = buffer.map_err(|error| ReadFault::Unreadable { what: script::error_text(&error) })?;
    Ok(script::take_bytes(&buffer))
}

/// The files of a drop. The browser's own answer to it, which is to leave the page and open the file, is stopped.
pub fn dropped(event: DragEvent) -> Vec<File> {
    event.prevent_default();
    event.data_transfer().and_then(|transfer| transfer.files()).map(|list| all(&list)).unwrap_or_default()
}

/// The files that were picked in an `<input type=file>`. Its value is cleared, so that the same file may be picked again.
pub fn picked(event: Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = input.files().map(|list| all(&list)).unwrap_or_default();
    input.set_value("");
    files
}

fn all(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
