//! The one place that turns errors into words for people: what happened, why, what to do.

mod chain;
mod reading;
mod refusal;
mod usage;
mod vault;

pub use chain::{name_mismatch, no_certificate_sent, path_problem};
pub use reading::{problem, too_large, unreadable};
pub use refusal::*;
pub use usage::usage;
pub use vault::{job, vault};

use certwright_pki::{Error, ErrorKind};
use serde::{Deserialize, Serialize};

/// Words for a person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Advice {
    /// What happened, one sentence.
    pub title: String,
    /// Why, in plain words.
    pub detail: String,
    /// What to do now.
    pub hint: String,
}

impl Advice {
    /// Puts the three together.
    pub fn new(title: impl Into<String>, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { title: title.into(), detail: detail.into(), hint: hint.into() }
    }
}

/// Words for an error of the core.
pub fn error(error: &Error) -> Advice {
    let advice = match &error.kind {
        ErrorKind::BadCharacters { attribute } => Advice::new(
            format!("{attribute} has characters that it can't carry."),
            "Its form in a certificate allows plain letters, digits and a few signs only.",
            "Take the special characters out.",
        ),
        ErrorKind::BadCountry { value } => Advice::new(
            format!("“{value}” is not a country code."),
            "A country is two letters, for example US, DE or JP.",
            "Type the two letters, or leave the field empty.",
        ),
        ErrorKind::BadDer { what } => Advice::new(
            format!("The {what} is damaged."),
            "The bytes don't follow the rules of ASN.1 DER at this place.",
            "Ask for the file again. If it was copied as text, copy it whole, with its BEGIN and END lines.",
        ),
        ErrorKind::BadKey => Advice::new(
            "The key can't be used.",
            "Its parts don't belong together, or are out of range.",
            "Make a new key, or ask where this one came from.",
        ),
        ErrorKind::BadName { value } => Advice::new(
            format!("“{value}” is no host name, address, mail address or URI."),
            "A host name has letters, digits, hyphens and dots; a wildcard stands alone in front, as in *.example.com.",
            "Correct the name. Names with other letters go in their xn-- form.",
        ),
        ErrorKind::BadSerialNumber => Advice::new(
            "The serial number is not allowed.",
            "RFC 5280 wants a positive number of at most 20 octets.",
            "Try again; Certwright draws a new one.",
        ),
        ErrorKind::BadSignature => Advice::new(
            "The signature does not verify.",
            "What was signed was changed afterwards, or another key signed it.",
            "Ask for the file again, from where it was made.",
        ),
        ErrorKind::BadTime => Advice::new(
            "A date is out of range.",
            "Certificates know the years 0 to 9999.",
            "Choose another date.",
        ),
        ErrorKind::CorruptContainer { what } => Advice::new(
            "The file is damaged.",
            format!("It can't be read at this part: {what}."),
            "Export it again from where it came. The password has nothing to do with it.",
        ),
        ErrorKind::EmptyName => Advice::new(
            "The name is empty.",
            "A certificate needs a subject.",
            "Type at least a common name.",
        ),
        ErrorKind::EmptyPassword => refusal::empty_password(),
        ErrorKind::InconsistentKey { what } => Advice::new(
            "The key contradicts itself.",
            format!("Its parts don't belong together: {what}."),
            "Don't use it. Make a new key, or ask where this one came from.",
        ),
        ErrorKind::MissingPassword => Advice::new(
            "This needs its password.",
            "It is encrypted, and no password was given.",
            "Type the password that it was saved with.",
        ),
        ErrorKind::NotExportable { kind, format } => Advice::new(
            "This form can't hold all of it.",
            format!("A {kind} can't be written as {format}."),
            "Choose another form, or leave it out.",
        ),
        ErrorKind::PasswordNotAscii => Advice::new(
            "The password has letters that Java refuses.",
            "Java opens files only whose password is made of plain letters, digits and signs.",
            "Choose another password, or another destination.",
        ),
        ErrorKind::NameNotAscii { value } => Advice::new(
            format!("“{value}” has letters that a certificate can’t carry."),
            "Host names with other letters than a to z go in their xn-- form.",
            "Type the name as the name server knows it, xn--… for each such label.",
        ),
        ErrorKind::EngineFailed { what } => Advice::new(
            "The browser's cryptography refused.",
            format!("It said: {what}."),
            "Try again. If it stays, choose another kind of key.",
        ),
        ErrorKind::KeyMismatch => Advice::new(
            "Key and certificate don't belong together.",
            "Their public keys differ.",
            "Look for the key of this very certificate.",
        ),
        ErrorKind::ReversedValidity => {
            Advice::new("The validity ends before it begins.", "", "Choose a later end.")
        }
        ErrorKind::TooDeep { limit } => Advice::new(
            "The structure nests too deep.",
            format!("Certwright follows {limit} levels; no certificate needs as many."),
            "This is not a certificate file, or it was made to do harm.",
        ),
        ErrorKind::TooLarge { limit, got } => Advice::new(
            "This is too large.",
            format!("{got} bytes were given, {limit} is the limit."),
            "Split it, or pick only the files that you need.",
        ),
        ErrorKind::TooManyIterations { count, limit } => Advice::new(
            "Opening this file would take unreasonably long.",
            format!("It asks for {count} rounds of key derivation; the limit is {limit}."),
            "Export it again with an ordinary setting.",
        ),
        ErrorKind::TooMuchMemory { need, limit } => Advice::new(
            "Opening this file would take too much memory.",
            format!("It asks for {need} bytes for key derivation; the limit is {limit}."),
            "Export it again with an ordinary setting.",
        ),
        ErrorKind::TrailingBytes { count } => Advice::new(
            "Something follows the end of the object.",
            format!("{count} bytes are left over."),
            "Ask for the file again.",
        ),
        ErrorKind::UnsupportedAlgorithm { oid } => Advice::new(
            "This algorithm can't be computed here.",
            format!("It is called {oid}."),
            "The object can be looked at, but its signature can't be checked.",
        ),
        ErrorKind::UnsupportedContainer { oid } => Advice::new(
            "The file uses a protection that Certwright doesn't know.",
            format!("It is called {oid}. The password may well be right."),
            "Export it again with another protection, for example AES-256.",
        ),
        ErrorKind::ValueTooLong { attribute, max, got } => Advice::new(
            format!("{attribute} is too long."),
            format!("It has {got} characters; RFC 5280 allows {max}."),
            "Shorten it.",
        ),
        ErrorKind::WrongPassword => Advice::new(
            "The password does not open the file.",
            "The file itself is whole.",
            "Type it again; look at capital letters and the keyboard's language. Nothing was lost.",
        ),
        other => Advice::new(
            "This did not work.",
            format!("The reason: {other}."),
            "Try again, or with another file.",
        ),
    };
    match &error.position {
        Some(at) => {
            Advice { detail: format!("{} (bytes {} to {})", advice.detail, at.start, at.end), ..advice }
        }
        None => advice,
    }
}
