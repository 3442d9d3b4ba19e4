//! Writes objects in the form that their destination reads, and reads back everything before it is given out.
//!
//! Which forms are offered for what is said here too; asking before a private key leaves is the application's business.

mod chain;
mod container;
mod destination;
mod format;
mod plain;
mod receipt;

pub use destination::Destination;
pub use format::{ChainOrder, Fits, Format, KeyForm, LineEnding, formats};
pub use receipt::Written;

use crate::error::{Error, ErrorKind};
use crate::input::Item;
use crate::{Certificate, Kind, PrivateKey, PublicKey, UnixTime};

/// Most objects of one export.
pub const MAX_OBJECTS: usize = 100_000;

/// One thing to be written.
#[derive(Debug, Clone, Copy)]
pub enum Object<'a> {
    /// A private key.
    PrivateKey(&'a PrivateKey),
    /// A public key.
    PublicKey(&'a PublicKey),
    /// A certificate.
    Certificate(&'a Certificate),
    /// Anything else, by its bytes; also keys that cannot be worked with.
    Other {
        /// What it is.
        kind: Kind,
        /// Its PEM label; empty for the usual one of its kind.
        label: &'a str,
        /// Its bytes as [`Kind`] describes them.
        bytes: &'a [u8],
    },
}

impl<'a> Object<'a> {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Object::PrivateKey(_) => Kind::PrivateKey,
            Object::PublicKey(_) => Kind::PublicKey,
            Object::Certificate(_) => Kind::Certificate,
            Object::Other { kind, .. } => *kind,
        }
    }

    /// Its bytes; those of a private key are PKCS#8 and secret.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        match self {
            Object::PrivateKey(key) => key.pkcs8(),
            Object::PublicKey(key) => key.as_der(),
            Object::Certificate(certificate) => certificate.der(),
            Object::Other { bytes, .. } => bytes,
        }
    }
}

impl<'a> From<&'a Item> for Object<'a> {
    fn from(item: &'a Item) -> Self {
        match item {
            Item::PrivateKey(key) => Object::PrivateKey(key),
            Item::PublicKey(key) => Object::PublicKey(key),
            Item::Certificate(certificate) => Object::Certificate(certificate),
            Item::Other { kind, label, bytes } => Object::Other { kind: *kind, label, bytes },
            item => Object::Other { kind: item.kind(), label: "", bytes: item.bytes() },
        }
    }
}

/// What is to be written and how. [`ExportPlan::new`] gives the usual choices.
#[derive(Clone, Copy)]
pub struct ExportPlan<'a> {
    /// The name of the file without its ending; characters that file systems refuse are replaced.
    pub name: &'a str,
    /// What is written. Certificates are put in the chosen order, the rest keeps its own.
    pub objects: &'a [Object<'a>],
    /// The form.
    pub format: Format,
    /// How private keys are written in PEM and DER.
    pub key_form: KeyForm,
    /// How the chain is ordered.
    pub chain: ChainOrder,
    /// How lines of text end.
    pub line_ending: LineEnding,
    /// The password of containers and of encrypted keys; not used by other forms.
    pub password: &'a str,
    /// What containers call the key: friendlyName or alias. Empty for the name of the leaf.
    pub friendly_name: &'a str,
    /// The creation date that a key store of Java carries.
    pub at: UnixTime,
}

impl std::fmt::Debug for ExportPlan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the password.
        f.debug_struct("ExportPlan")
            .field("name", &self.name)
            .field("format", &self.format)
            .field("objects", &self.objects.len())
            .finish_non_exhaustive()
    }
}

impl<'a> ExportPlan<'a> {
    /// The usual choices: keys as PKCS#8, the leaf first and the root last, LF.
    #[must_use]
    pub const fn new(name: &'a str, objects: &'a [Object<'a>], format: Format) -> Self {
        Self {
            name,
            objects,
            format,
            key_form: KeyForm::Pkcs8,
            chain: ChainOrder::LeafFirst,
            line_ending: LineEnding::Lf,
            password: "",
            friendly_name: "",
            at: UnixTime(0),
        }
    }

    /// How many rounds of key derivation writing and reading back will take.
    #[must_use]
    pub fn cost(&self) -> u64 {
        let keys = self.objects.iter().filter(|object| object.kind() == Kind::PrivateKey).count() as u64;
        match (self.format, self.key_form) {
            (Format::Pkcs12(destination), _) => 2 * (2 + keys) * u64::from(destination.suite().iterations),
            (Format::Pem | Format::Der, KeyForm::EncryptedPkcs8) => 2 * keys * u64::from(plain::ITERATIONS),
            _ => 0,
        }
    }

    fn certificates(&self) -> Vec<&'a Certificate> {
        let certificates = self.objects.iter().filter_map(|object| match object {
            Object::Certificate(certificate) => Some(*certificate),
            _ => None,
        });
        certificates.collect()
    }

    fn keys(&self) -> Vec<&'a PrivateKey> {
        let keys = self.objects.iter().filter_map(|object| match object {
            Object::PrivateKey(key) => Some(*key),
            _ => None,
        });
        keys.collect()
    }

    fn refuse(&self, kind: Kind) -> Error {
        ErrorKind::NotExportable { kind, format: self.format.id() }.into()
    }
}

/// Writes the files of a plan; `random` fills salts and initialisation vectors.
///
/// # Errors
/// `NotExportable` when the form cannot hold one of the objects, or there is none; `EmptyPassword` and
/// `PasswordNotAscii` for containers that their readers would refuse; `TooLarge`; `NotReadBack` when the result is not
/// what was asked for.
pub fn write(plan: &ExportPlan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<Written>, Error> {
    if plan.objects.len() > MAX_OBJECTS {
        let (limit, got) = (MAX_OBJECTS, plan.objects.len());
        return Err(ErrorKind::TooLarge { limit, got }.into());
    }
    if plan.objects.is_empty() {
        return Err(plan.refuse(Kind::Unknown));
    }
    match plan.format {
        Format::Pem => plain::pem(plan, random),
        Format::Der => plain::der(plan, random),
        Format::Pkcs7 | Format::Pkcs7Pem => container::pkcs7(plan),
        Format::Pkcs12(destination) => container::pkcs12(plan, destination, random),
        Format::Jks => container::jks(plan, random),
        Format::Jwk => plain::jwk(plan),
    }
}

#[cfg(test)]
mod tests;
