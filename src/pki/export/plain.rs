//! Objects without a container: PEM, DER and JSON Web Keys.
//!
//! Containers are written beside this.

use super::receipt::{self, Written};
use super::{ChainOrder, ExportPlan, KeyForm, Object, chain};
use crate::error::{Error, ErrorKind};
use crate::input::{Found, Item, Reading};
use crate::{Kind, PrivateKey, armor, encrypted_key, jwk, unlock};
use zeroize::Zeroizing;

/// Iterations of an encrypted key.
pub(super) const ITERATIONS: u32 = 100_000;

/// One object as it will stand in the file.
struct Piece<'a> {
    object: Object<'a>,
    label: &'a str,
    bytes: Zeroizing<Vec<u8>>,
    /// What to call it in a file name.
    noun: String,
}

/// The usual label of a kind; `None` for what has no textual form.
fn label_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Certificate => "CERTIFICATE",
        Kind::Request => "CERTIFICATE REQUEST",
        Kind::Crl => "X509 CRL",
        Kind::PrivateKey => "PRIVATE KEY",
        Kind::EncryptedPrivateKey => "ENCRYPTED PRIVATE KEY",
        Kind::PublicKey => "PUBLIC KEY",
        Kind::Pkcs12 => "PKCS12",
        Kind::Cms => "CMS",
        Kind::AttributeCertificate => "ATTRIBUTE CERTIFICATE",
        Kind::OcspRequest => "OCSP REQUEST",
        Kind::OcspResponse => "OCSP RESPONSE",
        Kind::Parameters | Kind::Unknown => "",
        _ => return None,
    })
}

/// The label under which an object stands in text: its own, or the usual one of its kind.
pub(super) fn label(kind: Kind, own: &str) -> Option<&str> {
    let usual = label_of(kind)?;
    let is_label = !own.starts_with("JWK") && !own.chars().any(|letter| letter.is_lowercase());
    [own, usual].into_iter().find(|label| !label.is_empty() && (is_label || *label == usual))
}

/// The ending and the media type of a kind as DER.
fn binary(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Certificate => (".cer", "application/pkix-cert"),
        Kind::Request => (".p10", "application/pkcs10"),
        Kind::Crl => (".crl", "application/pkix-crl"),
        Kind::PrivateKey => (".p8", "application/pkcs8"),
        Kind::EncryptedPrivateKey => (".p8", "application/pkcs8-encrypted"),
        Kind::Pkcs12 => (".p12", "application/x-pkcs12"),
        Kind::Cms => (".p7b", "application/x-pkcs7-certificates"),
        Kind::LegacyEncryptedKey => (".pem", "application/x-pem-file"),
        Kind::KeyStore => (".jks", "application/x-java-keystore"),
        Kind::OcspRequest => (".orq", "application/ocsp-request"),
        Kind::OcspResponse => (".ors", "application/ocsp-response"),
        _ => (".der", "application/octet-stream"),
    }
}

/// Everything of the plan, keys first, then certificates in their order, then the rest.
fn pieces<'a>(plan: &ExportPlan<'a>, random: &dyn Fn(&mut [u8])) -> Result<Vec<Piece<'a>>, Error> {
    let (certificates, keys) = (plan.certificates(), plan.keys());
    let mut out = Vec::with_capacity(plan.objects.len());
    for key in &keys {
        out.push(key_piece(plan, key, random)?);
    }
    for index in chain::order(&certificates, &keys, plan.chain) {
        let certificate = certificates[index];
        out.push(Piece {
            object: Object::Certificate(certificate),
            label: "CERTIFICATE",
            bytes: Zeroizing::new(certificate.der().to_vec()),
            noun: receipt::safe(&certificate.subject().label()),
        });
    }
    for object in plan.objects {
        let (kind, given) = match *object {
            Object::PublicKey(_) => (Kind::PublicKey, ""),
            Object::Other { kind, label, .. } => (kind, label),
            _ => continue,
        };
        let label = label(kind, given).unwrap_or_default();
        let bytes = Zeroizing::new(object.bytes().to_vec());
        out.push(Piece { object: *object, label, bytes, noun: kind.id().to_owned() });
    }
    Ok(out)
}

fn key_piece<'a>(
    plan: &ExportPlan<'a>,
    key: &'a PrivateKey,
    random: &dyn Fn(&mut [u8]),
) -> Result<Piece<'a>, Error> {
    let plain = || Zeroizing::new(key.pkcs8().to_vec());
    let (label, bytes) = match plan.key_form {
        KeyForm::Pkcs8 => ("PRIVATE KEY", plain()),
        KeyForm::EncryptedPkcs8 => {
            let sealed = encrypted_key::seal(key, plan.password, ITERATIONS, random)?;
            ("ENCRYPTED PRIVATE KEY", Zeroizing::new(sealed))
        }
        KeyForm::Traditional => match (key.to_pkcs1(), key.to_sec1()) {
            (Some(pkcs1), _) => ("RSA PRIVATE KEY", pkcs1),
            (None, Some(sec1)) => ("EC PRIVATE KEY", sec1),
            (None, None) => return Err(plan.refuse(Kind::PrivateKey)),
        },
    };
    Ok(Piece { object: Object::PrivateKey(key), label, bytes, noun: "key".to_owned() })
}

/// Text: one file, or one for each object.
pub(super) fn pem(plan: &ExportPlan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<Written>, Error> {
    let pieces = pieces(plan, random)?;
    if let Some(piece) = pieces.iter().find(|piece| piece.label.is_empty()) {
        return Err(plan.refuse(piece.object.kind()));
    }
    let write = |pieces: &[&Piece<'_>], name: String| {
        let text: String = pieces.iter().map(|piece| armor::encode(piece.label, &piece.bytes)).collect();
        let text = Zeroizing::new(text);
        finish(plan, name, "application/x-pem-file", plan.line_ending.apply(&text), pieces)
    };
    if plan.chain == ChainOrder::Numbered {
        let numbered = pieces.iter().enumerate();
        return numbered.map(|(index, piece)| write(&[piece], number(plan, index, piece, ".pem"))).collect();
    }
    let all: Vec<&Piece<'_>> = pieces.iter().collect();
    Ok(vec![write(&all, receipt::file_name(plan, ".pem"))?])
}

/// Bytes: one file for each object.
pub(super) fn der(plan: &ExportPlan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<Written>, Error> {
    let pieces = pieces(plan, random)?;
    let numbered = pieces.len() > 1;
    let write = |(index, piece): (usize, &Piece<'_>)| {
        let kind = match piece.label {
            "ENCRYPTED PRIVATE KEY" => Kind::EncryptedPrivateKey,
            _ => piece.object.kind(),
        };
        let (ending, media_type) = match piece.label {
            "RSA PRIVATE KEY" | "EC PRIVATE KEY" => (".key", "application/octet-stream"),
            _ => binary(kind),
        };
        let name =
            if numbered { number(plan, index, piece, ending) } else { receipt::file_name(plan, ending) };
        finish(plan, name, media_type, piece.bytes.clone(), &[piece])
    };
    pieces.iter().enumerate().map(write).collect()
}

/// `mail.example.com-2-Example-Root.pem`
fn number(plan: &ExportPlan<'_>, index: usize, piece: &Piece<'_>, ending: &str) -> String {
    let noun = if piece.noun.is_empty() { piece.object.kind().id() } else { &piece.noun };
    receipt::file_name(plan, &format!("-{}-{noun}{ending}", index + 1))
}

/// Reads a file back and compares it with what it was made of.
fn finish(
    plan: &ExportPlan<'_>,
    name: String,
    media_type: &'static str,
    bytes: Zeroizing<Vec<u8>>,
    pieces: &[&Piece<'_>],
) -> Result<Written, Error> {
    let mut read = receipt::read(&bytes);
    let mut sealed = 0;
    for found in &mut read.found {
        if let Item::Locked { kind: Kind::EncryptedPrivateKey, bytes } = &found.item
            && plan.key_form == KeyForm::EncryptedPkcs8
            && sealed < plan.keys().len()
        {
            let inner = unlock::open(Kind::EncryptedPrivateKey, bytes, plan.password)?;
            let key = inner.found.into_iter().next().ok_or(ErrorKind::NotReadBack)?;
            found.item = key.item;
            sealed += 1;
        }
    }
    let objects: Vec<Object<'_>> = pieces.iter().map(|piece| piece.object).collect();
    // What is not recognised at all is only compared as bytes.
    if let ([piece], []) = (pieces, read.found.as_slice()) {
        let same = *piece.bytes == *bytes;
        let contents = vec![receipt::capital(piece.object.kind().label())];
        let secret = piece.object.kind().is_secret();
        return match same {
            true => Ok(receipt::file(name, media_type, bytes, contents, secret)),
            false => Err(ErrorKind::NotReadBack.into()),
        };
    }
    receipt::check(name, media_type, bytes, &Reading { problems: Vec::new(), ..read }, &objects)
}

/// A JSON Web Key or a set of them; a certificate goes to the key that it is for.
pub(super) fn jwk(plan: &ExportPlan<'_>) -> Result<Vec<Written>, Error> {
    if let Some(object) = plan.objects.iter().find(|object| !plan.format.takes(object)) {
        return Err(plan.refuse(object.kind()));
    }
    let (certificates, privates) = (plan.certificates(), plan.keys());
    let order = chain::order(&certificates, &privates, plan.chain.of_container());
    let mut chains = Chains::new(order.into_iter().map(|index| certificates[index]).collect());
    let mut keys = Vec::new();
    for key in &privates {
        let certificates = chains.take(Some(key.public()));
        keys.push(jwk::KeyToWrite { public: key.public(), private: Some(key), certificates });
    }
    for object in plan.objects {
        if let Object::PublicKey(public) = object {
            let certificates = chains.take(Some(public));
            keys.push(jwk::KeyToWrite { public, private: None, certificates });
        }
    }
    loop {
        let certificates = chains.take(None);
        let Some(leaf) = certificates.first() else { break };
        keys.push(jwk::KeyToWrite { public: leaf.public_key(), private: None, certificates });
    }
    let text = jwk::write(&keys)?;
    let mut read = Reading::default();
    for key in jwk::read(text.as_bytes()) {
        read.found.extend(key.items?.into_iter().map(|item| Found::new(item, 0..text.len())));
    }
    let mut expect = Vec::new();
    for key in &keys {
        expect.push(match key.private {
            Some(private) => Object::PrivateKey(private),
            None => Object::PublicKey(key.public),
        });
        expect.extend(key.certificates.iter().map(|certificate| Object::Certificate(certificate)));
    }
    let name = receipt::file_name(plan, ".jwk.json");
    let bytes = plan.line_ending.apply(&text);
    let media_type = if keys.len() == 1 { "application/jwk+json" } else { "application/jwk-set+json" };
    receipt::check(name, media_type, bytes, &read, &expect).map(|written| vec![written])
}

/// Certificates in their order, of which each goes to one key.
struct Chains<'a> {
    certificates: Vec<&'a crate::Certificate>,
    links: chain::Links,
    taken: Vec<bool>,
}

impl<'a> Chains<'a> {
    fn new(certificates: Vec<&'a crate::Certificate>) -> Self {
        let (links, taken) = (chain::Links::new(&certificates), vec![false; certificates.len()]);
        Self { certificates, links, taken }
    }

    /// Takes the chain that begins with the certificate of a key, or with the first one that is left.
    fn take(&mut self, key: Option<&crate::PublicKey>) -> Vec<&'a crate::Certificate> {
        let fits = |place: &usize| {
            !self.taken[*place] && key.is_none_or(|key| self.certificates[*place].public_key() == key)
        };
        let Some(leaf) = (0..self.certificates.len()).find(fits) else { return Vec::new() };
        let places = self.links.above(leaf, |place| !self.taken[place]);
        places.iter().for_each(|place| self.taken[*place] = true);
        places.iter().map(|place| self.certificates[*place]).collect()
    }
}
