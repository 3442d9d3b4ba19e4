//! Files and folders that a person picked, dropped or pasted. What they hold is read elsewhere, in the worker.

use super::script;
use certwright_pki::order;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, Event, File, FileList, HtmlInputElement};

/// Folders within folders that are looked into.
const MAX_DEPTH: usize = 16;
/// Files whose entries are all asked for.
const FEW: usize = 500;
/// Files of one drop; the rest is named as a number.
pub const MAX_FILES: usize = 20_000;

/// A file, with its place in the folder it came in.
#[derive(Clone, Debug)]
pub struct Picked {
    pub name: String,
    file: File,
}

/// Files and folders that are still to be walked.
#[derive(Debug)]
pub struct Arrived {
    files: Vec<Picked>,
    /// `FileSystemEntry` of each folder.
    folders: Vec<JsValue>,
}

/// Everything of a drop.
#[derive(Debug, Default)]
pub struct Walked {
    pub files: Vec<Picked>,
    /// Folders and files that could not be listed or were too many.
    pub left_out: Vec<String>,
}

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
pub async fn read(picked: Picked, limit: u64) -> Result<Vec<u8>, ReadFault> {
    // Sizes are whole numbers below 2^53.
    let size = picked.file.size() as u64;
    if size > limit {
        return Err(ReadFault::TooLarge { size });
    }
    let buffer = script::settled(Ok(picked.file.array_buffer())).await;
    let buffer = buffer.map_err(|error| ReadFault::Unreadable { what: script::error_text(&error) })?;
    Ok(script::take_bytes(&buffer))
}

/// What was dropped. The browser's own answer to it, which is to leave the page and open the file, is stopped.
pub fn dropped(event: DragEvent) -> Arrived {
    event.prevent_default();
    event.data_transfer().map(|transfer| carried(&transfer)).unwrap_or_else(Arrived::nothing)
}

/// Files and folders that a drag or a paste carries.
pub fn carried(transfer: &DataTransfer) -> Arrived {
    let mut arrived = Arrived::nothing();
    let items = script::property(transfer, "items");
    let count = script::property(&items, "length").as_f64().unwrap_or_default() as u32;
    let files = transfer.files().map(|list| all(&list)).unwrap_or_default();
    // The entries have to be asked for before the event is over, which takes a moment each; for thousands, only of what
    // may be a folder. There is one item for each file.
    let is_known = |index: u32| {
        let many = files.len() > FEW && count as usize == files.len();
        many && files.get(index as usize).is_some_and(Picked::is_called_a_certificate)
    };
    for index in (0..count).filter(|index| !is_known(*index)) {
        let item = script::property(&items, &index.to_string());
        let entry = script::call(&item, "webkitGetAsEntry", &Array::new()).unwrap_or(JsValue::NULL);
        if script::property(&entry, "isDirectory").is_truthy() {
            arrived.folders.push(entry);
        }
    }
    // A folder shows up among the files as well, as something that can't be read.
    let folders: Vec<String> = arrived.folders.iter().map(|folder| text(folder, "name")).collect();
    arrived.files = files.into_iter().filter(|file| !folders.contains(&file.name)).collect();
    arrived
}

/// The files that were picked in an `<input type=file>`. Its value is cleared, so that the same file may be picked again.
pub fn picked(event: Event) -> Arrived {
    let mut arrived = Arrived::nothing();
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        arrived.files = input.files().map(|list| all(&list)).unwrap_or_default();
        input.set_value("");
    }
    arrived
}

fn all(list: &FileList) -> Vec<Picked> {
    (0..list.length()).filter_map(|index| list.get(index)).map(Picked::new).collect()
}

fn text(of: &JsValue, property: &str) -> String {
    script::property(of, property).as_string().unwrap_or_default()
}

impl Picked {
    /// Whether the browser takes it for a certificate or its like, by the ending of its name. Folders are called after
    /// hosts, and `example.com` has a type too, but not after certificates.
    fn is_called_a_certificate(&self) -> bool {
        let of = self.file.type_();
        ["x509", "pkcs", "pkix"].iter().any(|part| of.contains(part))
    }

    fn new(file: File) -> Self {
        let within = text(&file, "webkitRelativePath");
        Self { name: if within.is_empty() { file.name() } else { within }, file }
    }
}

impl Arrived {
    fn nothing() -> Self {
        Self { files: Vec::new(), folders: Vec::new() }
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// The files, without what is in folders.
    pub fn into_files(self) -> Vec<Picked> {
        self.files
    }

    /// Walks the folders.
    pub async fn walk(self) -> Walked {
        let mut walked = Walked { files: self.files, left_out: Vec::new() };
        let mut open: Vec<(JsValue, usize)> = self.folders.into_iter().map(|folder| (folder, 0)).collect();
        while let Some((folder, depth)) = open.pop() {
            let path = text(&folder, "fullPath").trim_start_matches('/').to_owned();
            if depth >= MAX_DEPTH || walked.files.len() >= MAX_FILES {
                walked.left_out.push(path);
                continue;
            }
            match entries(&folder).await {
                Ok(found) => {
                    for entry in found {
                        if script::property(&entry, "isDirectory").is_truthy() {
                            open.push((entry, depth + 1));
                            continue;
                        }
                        match file_of(&entry).await {
                            Ok(file) => walked.files.push(file),
                            Err(_) => walked.left_out.push(text(&entry, "fullPath")),
                        }
                    }
                }
                Err(_) => walked.left_out.push(path),
            }
        }
        let cut = walked.files.split_off(walked.files.len().min(MAX_FILES));
        walked.left_out.extend(cut.into_iter().map(|file| file.name));
        order::sort_by(&mut walked.files, |a, b| a.name.cmp(&b.name));
        walked
    }
}

/// The entries of a folder; the browser gives them a hundred at a time.
async fn entries(folder: &JsValue) -> Result<Vec<JsValue>, JsValue> {
    let reader = script::call(folder, "createReader", &Array::new())?;
    let mut all = Vec::new();
    loop {
        let some = Array::from(&called_back(&reader, "readEntries").await?);
        if some.length() == 0 || all.len() > MAX_FILES {
            return Ok(all);
        }
        all.extend(some.iter());
    }
}

async fn file_of(entry: &JsValue) -> Result<Picked, JsValue> {
    let file: File = called_back(entry, "file").await?.dyn_into()?;
    Ok(Picked { name: text(entry, "fullPath").trim_start_matches('/').to_owned(), file })
}

/// Calls a method that answers to one of two callbacks.
async fn called_back(on: &JsValue, method: &str) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if let Err(error) = script::call(on, method, &Array::of2(&resolve, &reject)) {
            let _ = reject.call1(&JsValue::UNDEFINED, &error);
        }
    });
    script::settled(Ok(promise)).await
}

/// Something that came to the window as a whole.
#[derive(Debug)]
pub enum Arrival {
    Files(Arrived),
    Text(String),
}

/// Hears of what is dropped anywhere, and of what is pasted where nothing is being typed, for as long as the page
/// lives; a box that took it itself comes first.
pub fn listen(on_arrival: impl Fn(Arrival) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let over = Closure::<dyn Fn(Event)>::new(|event: Event| event.prevent_default());
    let drop = {
        let on_arrival = on_arrival.clone();
        Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| {
            if !event.default_prevented() {
                on_arrival(Arrival::Files(dropped(event)));
            }
        })
    };
    let paste = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let typing = event.target().is_some_and(|target| {
            let name = text(&target, "tagName");
            matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        });
        if typing || event.default_prevented() {
            return;
        }
        let Ok(transfer) = script::property(&event, "clipboardData").dyn_into::<DataTransfer>() else {
            return;
        };
        let files = carried(&transfer);
        let pasted = transfer.get_data("text/plain").unwrap_or_default();
        if !files.is_empty() {
            on_arrival(Arrival::Files(files));
        } else if !pasted.trim().is_empty() {
            on_arrival(Arrival::Text(pasted));
        }
    });
    for (kind, listener) in [("dragover", over.as_ref()), ("drop", drop.as_ref()), ("paste", paste.as_ref())]
    {
        let _ = window.add_event_listener_with_callback(kind, listener.unchecked_ref());
    }
    over.forget();
    drop.forget();
    paste.forget();
}
