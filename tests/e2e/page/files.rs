//! Files on their way into the page and out of it.

use std::fs;
use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;

use super::find::Kind;
use super::{Page, text};

impl Page {
    /// Hands files to the file field of this name, as its dialog would.
    #[track_caller]
    pub fn upload(&self, label: &str, files: &[&Path]) {
        let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        self.wait_until(&format!("a file field {label:?}"), || {
            let element = self.find(Kind::File, label)?;
            self.send_keys(&element, &names.join("\n"))
        });
    }

    /// Drops files, given as name and contents, on the element a CSS selector names.
    #[track_caller]
    pub fn drop_files(&self, selector: &str, files: &[(&str, &[u8])]) {
        let files: Vec<_> =
            files.iter().map(|(name, contents)| json!([name, BASE64_STANDARD.encode(contents)])).collect();
        let script = "const [selector, files] = arguments; \
            const target = document.querySelector(selector); \
            if (!target) return false; \
            const dataTransfer = new DataTransfer(); \
            for (const [name, packed] of files) { \
              const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)); \
              dataTransfer.items.add(new File([bytes], name)); \
            } \
            for (const kind of ['dragenter', 'dragover', 'drop']) { \
              target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true })); \
            } \
            return true";
        self.wait_for(&format!("{selector} to drop on"), || {
            let dropped = self.execute(script, json!([selector, files]));
            (dropped == json!(true)).then_some(())
        });
    }

    /// Pastes text to whatever has the focus, or to the page.
    #[track_caller]
    pub fn paste(&self, pasted: &str) {
        let script = "const clipboardData = new DataTransfer(); \
            clipboardData.setData('text/plain', arguments[0]); \
            const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }); \
            return (document.activeElement ?? document.body).dispatchEvent(event)";
        let unhandled = self.execute(script, json!([pasted])) == json!(true);
        if unhandled {
            self.devtools("Input.insertText", json!({ "text": pasted }));
        }
    }

    /// Lets the journey read the clipboard, as a person reads it by pasting elsewhere.
    #[track_caller]
    pub fn allow_clipboard(&self) {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.devtools("Browser.grantPermissions", permissions);
    }

    /// The clipboard's text.
    #[track_caller]
    pub fn clipboard(&self) -> String {
        let script = "const [done] = arguments; \
            navigator.clipboard.readText().then(done, (error) => done(`unreadable: ${error}`))";
        text(&self.execute_async(script, json!([])))
    }

    /// Waits for a finished download of this name and returns its bytes.
    #[track_caller]
    pub fn downloaded(&self, name: &str) -> Vec<u8> {
        self.wait_until(&format!("the download {name:?}"), || {
            let present = self.downloads();
            match present.iter().any(|own| own == name) {
                true => fs::read(self.downloads.join(name)).map_err(|error| error.to_string()),
                false => Err(format!("there are {present:?}")),
            }
        })
    }

    /// Waits for a finished download of this name, takes it out of the folder, and returns its bytes.
    ///
    /// The next download of the same name then keeps it.
    #[track_caller]
    pub fn take_download(&self, name: &str) -> Vec<u8> {
        let bytes = self.downloaded(name);
        if let Err(error) = fs::remove_file(self.downloads.join(name)) {
            self.fail(&format!("{name} can't be taken: {error}"));
        }
        bytes
    }

    /// The names of all finished downloads of this browser, sorted.
    pub fn downloads(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.downloads).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let unfinished = |name: &String| name.ends_with(".crdownload") || name.starts_with(".com.google");
        let mut names: Vec<String> = names.filter(|name| !unfinished(name)).collect();
        names.sort();
        names
    }
}
