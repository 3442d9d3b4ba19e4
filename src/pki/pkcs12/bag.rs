//! The bags of a file: keys, certificates and their attributes (RFC 7292 section 4.2).
//!
//! Keys stay bytes here; whether they can be used is decided by the caller.

use super::{CertificateEntry, MAX_TOTAL_ITERATIONS, Note};
use crate::encryption::{Encryption, Password};
use crate::error::{Error, ErrorKind};
use crate::tlv::{self, Cursor, Tlv};
use const_oid::ObjectIdentifier;
use zeroize::Zeroizing;

pub(super) const KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
pub(super) const SHROUDED_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
pub(super) const CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const CRL: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.4");
const SAFE_CONTENTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.6");
pub(super) const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");
const X509_CRL: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.23.1");
pub(super) const FRIENDLY_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.20");
pub(super) const LOCAL_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.21");

/// How deep SafeContents may lie in SafeContents.
const MAX_NESTING: usize = 8;

/// A decrypted PKCS#8 key with its attributes.
pub(super) struct RawKey {
    pub pkcs8: Zeroizing<Vec<u8>>,
    pub friendly_name: Option<String>,
    pub local_key_id: Option<Vec<u8>>,
}

/// What the bags held.
#[derive(Default)]
pub(super) struct Bags {
    pub keys: Vec<RawKey>,
    pub certificates: Vec<CertificateEntry>,
    pub crls: Vec<Vec<u8>>,
    pub notes: Vec<Note>,
}

impl Bags {
    pub(super) fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// Opens bags under one password, within the budget of iterations.
pub(super) struct Opener<'a> {
    password: &'a Password,
    /// Whether the integrity check proved the password.
    verified: bool,
    spent: u64,
    /// How many encrypted things were opened.
    pub decrypted: usize,
}

#[derive(Default)]
struct Attributes {
    friendly_name: Option<String>,
    local_key_id: Option<Vec<u8>>,
}

impl<'a> Opener<'a> {
    pub(super) fn new(password: &'a Password, verified: bool) -> Self {
        Opener { password, verified, spent: 0, decrypted: 0 }
    }

    pub(super) fn open(&mut self, encryption: &Encryption, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.spent = self.spent.saturating_add(encryption.iterations());
        if self.spent > MAX_TOTAL_ITERATIONS {
            let (count, limit) = (self.spent, MAX_TOTAL_ITERATIONS);
            return Err(ErrorKind::TooManyIterations { count, limit }.into());
        }
        let clear = encryption.open(self.password, data)?;
        self.decrypted += 1;
        Ok(clear)
    }

    /// Reads `SafeContents ::= SEQUENCE OF SafeBag` in DER.
    pub(super) fn contents(&mut self, contents: &[u8], out: &mut Bags, depth: usize) -> Result<(), Error> {
        if depth > MAX_NESTING {
            return Err(ErrorKind::TooDeep { limit: MAX_NESTING }.into());
        }
        let mut bags = Cursor::new(contents).sequence("SafeContents")?;
        while !bags.is_empty() {
            self.bag(&mut bags, out, depth)?;
        }
        Ok(())
    }

    fn bag(&mut self, bags: &mut Cursor<'_>, out: &mut Bags, depth: usize) -> Result<(), Error> {
        let (kind, value, attributes) = parts(bags)?;
        let Attributes { friendly_name, local_key_id } = attributes;
        if kind == KEY {
            out.note(Note::Unencrypted);
            out.keys.push(RawKey {
                pkcs8: Zeroizing::new(value.content.to_vec()),
                friendly_name,
                local_key_id,
            });
        } else if kind == SHROUDED_KEY {
            let mut sealed = value.inside().sequence("EncryptedPrivateKeyInfo")?;
            let encryption = Encryption::parse(&mut sealed)?;
            if let Some(oid) = encryption.legacy_oid() {
                out.note(Note::LegacyAlgorithm { oid });
            }
            match self.open(&encryption, sealed.octets("encrypted key")?) {
                Ok(pkcs8) => out.keys.push(RawKey { pkcs8, friendly_name, local_key_id }),
                Err(error) if error.kind == ErrorKind::WrongPassword && self.proven() => {
                    out.note(Note::KeyUnderOtherPassword { friendly_name });
                }
                Err(error) => return Err(error),
            }
        } else if kind == CERTIFICATE || kind == CRL {
            let mut fields = value.inside().sequence("CertBag")?;
            let form = fields.oid("CertBag")?;
            let octets = fields.take(tlv::explicit(0), "CertBag")?.inside().octets("CertBag");
            match (form, octets) {
                (X509_CERTIFICATE, Ok(der)) => {
                    out.certificates.push(CertificateEntry { der: der.to_vec(), friendly_name, local_key_id })
                }
                (X509_CRL, Ok(der)) => out.crls.push(der.to_vec()),
                _ => out.note(Note::UnreadBag { oid: form.to_string(), friendly_name }),
            }
        } else if kind == SAFE_CONTENTS {
            self.contents(value.content, out, depth + 1)?;
        } else {
            out.note(Note::UnreadBag { oid: kind.to_string(), friendly_name });
        }
        Ok(())
    }

    fn proven(&self) -> bool {
        self.verified || self.decrypted > 0
    }
}

/// ```text
/// SafeBag ::= SEQUENCE { bagId OBJECT IDENTIFIER, bagValue [0] EXPLICIT ANY, bagAttributes SET OF Attribute OPTIONAL }
/// ```
fn parts<'a>(bags: &mut Cursor<'a>) -> Result<(ObjectIdentifier, Tlv<'a>, Attributes), Error> {
    let mut bag = bags.sequence("SafeBag")?;
    let kind = bag.oid("SafeBag")?;
    let value = bag.take(tlv::explicit(0), "bag value")?;
    let mut attributes = Attributes::default();
    if let Some(set) = bag.optional(tlv::SET, "bag attributes")? {
        let mut members = set.inside();
        while !members.is_empty() {
            let mut attribute = members.sequence("bag attribute")?;
            let oid = attribute.oid("bag attribute")?;
            let mut values = attribute.take(tlv::SET, "bag attribute")?.inside();
            let Ok(value) = values.any("bag attribute") else {
                continue;
            };
            if oid == FRIENDLY_NAME {
                attributes.friendly_name = Some(text(&value));
            } else if oid == LOCAL_KEY_ID {
                attributes.local_key_id = Some(value.content.to_vec());
            }
        }
    }
    Ok((kind, value, attributes))
}

/// A BMPString, or what other producers put in its place.
fn text(value: &Tlv<'_>) -> String {
    if value.tag != 0x1e {
        return String::from_utf8_lossy(value.content).into_owned();
    }
    let units: Vec<u16> =
        value.content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned()
}

/// Whether readable SafeContents hold a certificate without encryption.
pub(super) fn holds_certificates(contents: &[u8]) -> bool {
    each(contents).any(|(kind, _)| kind == CERTIFICATE)
}

/// Whether readable SafeContents hold a private key without encryption.
pub(super) fn holds_bare_key(contents: &[u8], depth: usize) -> bool {
    each(contents).any(|(kind, value)| {
        kind == KEY
            || kind == SAFE_CONTENTS && depth < MAX_NESTING && holds_bare_key(value.content, depth + 1)
    })
}

/// Iterations of the keys in SafeContents that are readable without the password.
pub(super) fn shrouded_iterations(contents: &[u8]) -> Vec<u64> {
    each(contents)
        .filter(|(kind, _)| *kind == SHROUDED_KEY)
        .filter_map(|(_, value)| {
            let mut sealed = value.inside().sequence("EncryptedPrivateKeyInfo").ok()?;
            Some(Encryption::parse(&mut sealed).ok()?.iterations())
        })
        .collect()
}

fn each(contents: &[u8]) -> impl Iterator<Item = (ObjectIdentifier, Tlv<'_>)> {
    let mut bags = Cursor::new(contents).sequence("SafeContents").ok();
    std::iter::from_fn(move || {
        let bags = bags.as_mut().filter(|bags| !bags.is_empty())?;
        parts(bags).ok().map(|(kind, value, _)| (kind, value))
    })
}
