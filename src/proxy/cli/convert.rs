//! `convert`: writes what files hold in the form that somebody needs. A private key is written only when that was asked for.
//!
//! In reading order: [`selection`] chooses among the objects by what they are; the core writes and reads back;
//! [`output`] puts the files in their places. `docs/CONVERT.md` is the contract.

mod output;
mod selection;

use std::cell::Cell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use certwright_pki::UnixTime;
use certwright_pki::export::{
    self, ChainOrder, Destination, ExportPlan, Format, KeyForm, LineEnding, Written,
};
use zeroize::Zeroizing;

use super::certificate_text::printable;
use super::inspect::{NO_ACCESS, STANDARD_INPUT, UNREAD};
use super::{BAD_USAGE, password};
use output::Target;
use selection::Selection;

/// What to write, from what, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConvertArguments {
    /// Files, folders, or `-` for standard input.
    pub(super) inputs: Vec<OsString>,
    pub(super) to: Form,
    pub(super) destination: Option<Destination>,
    /// A file, a folder, or `-` for standard output.
    pub(super) out: PathBuf,
    pub(super) password_files: Vec<PathBuf>,
    pub(super) out_password_file: Option<PathBuf>,
    pub(super) order: ChainOrder,
    pub(super) crlf: bool,
    pub(super) with_key: bool,
    pub(super) name: Option<String>,
    pub(super) force: bool,
}

impl Default for ConvertArguments {
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            to: Form::Whole(Format::Pem),
            destination: None,
            out: STANDARD_INPUT.into(),
            password_files: Vec::new(),
            out_password_file: None,
            order: ChainOrder::default(),
            crlf: false,
            with_key: false,
            name: None,
            force: false,
        }
    }
}

/// The forms that `--to` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Everything that this form holds; private keys only when asked for.
    Whole(Format),
    /// Private keys alone.
    Keys { form: KeyForm, only: OnlyKeys, format: Format },
}

/// Which private keys a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnlyKeys {
    Any,
    Rsa,
    EllipticCurve,
}

/// The forms of private keys alone, with and without BEGIN and END lines.
const KEY_FORMS: [(&str, KeyForm, OnlyKeys); 4] = [
    ("pkcs8", KeyForm::Pkcs8, OnlyKeys::Any),
    ("encrypted-pkcs8", KeyForm::EncryptedPkcs8, OnlyKeys::Any),
    ("pkcs1", KeyForm::Traditional, OnlyKeys::Rsa),
    ("sec1", KeyForm::Traditional, OnlyKeys::EllipticCurve),
];

impl Form {
    /// The form of this name: one of [`Format::id`], or a form of keys, with `-der` behind it for bytes.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        if let Some(format) = Format::from_id(name) {
            return Some(Form::Whole(format));
        }
        let (name, format) = match name.strip_suffix("-der") {
            Some(name) => (name, Format::Der),
            None => (name, Format::Pem),
        };
        let found = KEY_FORMS.into_iter().find(|(own, ..)| *own == name);
        found.map(|(_, form, only)| Form::Keys { form, only, format })
    }
}

impl ConvertArguments {
    /// The form with its destination.
    fn format(&self) -> Format {
        match self.to {
            Form::Whole(Format::Pkcs12(usual)) => Format::Pkcs12(self.destination.unwrap_or(usual)),
            Form::Whole(format) | Form::Keys { format, .. } => format,
        }
    }

    /// Keys under a password where one is given for them.
    fn key_form(&self) -> KeyForm {
        match self.to {
            Form::Keys { form, .. } => form,
            Form::Whole(Format::Pem | Format::Der) if self.out_password_file.is_some() => {
                KeyForm::EncryptedPkcs8
            }
            Form::Whole(_) => KeyForm::Pkcs8,
        }
    }

    fn wants_keys(&self) -> bool {
        self.with_key || matches!(self.to, Form::Keys { .. })
    }

    /// Whether what is written has a password.
    fn wants_password(&self) -> bool {
        self.format().needs_password() || self.key_form() == KeyForm::EncryptedPkcs8
    }

    /// Finds combinations that make no sense; the error is a sentence for the terminal.
    pub(super) fn check(&self) -> Result<(), String> {
        let binary = !matches!(self.format(), Format::Pem | Format::Pkcs7Pem | Format::Jwk);
        let protects = self.wants_password() && (self.format().needs_password() || self.wants_keys());
        match self.out_password_file {
            None if self.wants_password() => {
                return Err("this form has a password: --out-password-file says which".to_owned());
            }
            Some(_) if !protects => return Err("--out-password-file would protect nothing".to_owned()),
            _ => {}
        }
        if self.destination.is_some() && !matches!(self.format(), Format::Pkcs12(_)) {
            return Err("--for is for --to pkcs12".to_owned());
        }
        if self.crlf && binary {
            return Err("--crlf is for text".to_owned());
        }
        Ok(())
    }

    /// What to call the files: as asked, or as the first input is called.
    fn file_stem(&self) -> String {
        let input = self.inputs.iter().find(|input| *input != STANDARD_INPUT).map(Path::new);
        let stem = || input.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        self.name.clone().or_else(stem).unwrap_or_else(|| "converted".to_owned())
    }
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
struct Refusal {
    words: String,
    code: u8,
}

impl Refusal {
    fn usage(words: impl Into<String>) -> Self {
        Refusal { words: words.into(), code: BAD_USAGE }
    }

    fn access(path: &Path, error: &dyn std::fmt::Display) -> Self {
        Refusal { words: format!("{}: {error}", path.display()), code: NO_ACCESS }
    }
}

/// Converts everything and says what was written.
pub(super) fn run(arguments: &ConvertArguments) -> ExitCode {
    let passwords = match password::read_all(&arguments.password_files) {
        Ok(passwords) => passwords,
        Err(refusal) => return refusal.exit(),
    };
    let own = match arguments.out_password_file.as_deref().map(password::read).transpose() {
        Ok(own) => own.unwrap_or_default(),
        Err(refusal) => return refusal.exit(),
    };
    match convert(arguments, passwords, &own) {
        Ok(code) => ExitCode::from(code),
        Err(refusal) => {
            eprintln!("certwright-proxy: {}", printable(&refusal.words));
            ExitCode::from(refusal.code)
        }
    }
}

fn convert(
    arguments: &ConvertArguments,
    passwords: Vec<password::Password>,
    own: &Zeroizing<String>,
) -> Result<u8, Refusal> {
    let target = Target::new(&arguments.out)?;
    let selection = Selection::gather(arguments, passwords)?;
    let files = write(arguments, &selection, own)?;
    target.check(&files, arguments.force)?;
    selection.say_what_is_left_out();
    for file in &files {
        let place = target.put(file, arguments.force)?;
        say_what_was_written(&place, file);
    }
    if let Format::Pkcs12(destination) = arguments.format() {
        eprintln!("for {}: {}", destination.label(), destination.why());
    }
    Ok(if selection.unread > 0 { UNREAD } else { 0 })
}

/// Lets the core write, and read back, what was chosen.
fn write(
    arguments: &ConvertArguments,
    selection: &Selection,
    own: &Zeroizing<String>,
) -> Result<Vec<Written>, Refusal> {
    let objects = selection.objects();
    let stem = arguments.file_stem();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map(|passed| passed.as_secs());
    let plan = ExportPlan {
        key_form: arguments.key_form(),
        chain: arguments.order,
        line_ending: if arguments.crlf { LineEnding::CrLf } else { LineEnding::Lf },
        password: own,
        friendly_name: arguments.name.as_deref().unwrap_or_default(),
        at: UnixTime(now.ok().and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or(0)),
        ..ExportPlan::new(&stem, &objects, arguments.format())
    };
    let no_randomness = Cell::new(false);
    let random = |octets: &mut [u8]| {
        if getrandom::fill(octets).is_err() {
            no_randomness.set(true);
        }
    };
    let files = export::write(&plan, &random);
    if no_randomness.get() {
        return Err(Refusal { words: "the system gives no random numbers".to_owned(), code: NO_ACCESS });
    }
    files.map_err(|error| Refusal::usage(format!("cannot be written: {error}")))
}

/// The receipt: size, digest and contents as they were read back.
fn say_what_was_written(place: &str, file: &Written) {
    eprintln!("wrote {}: {} bytes, SHA-256 {}", printable(place), file.bytes.len(), file.sha256_hex());
    for line in &file.contents {
        eprintln!("  {}", printable(line));
    }
}
