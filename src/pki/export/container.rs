//! Containers: PKCS#7, PKCS#12 and Java's key store.
//!
//! Their own modules know the bytes; here is decided what goes in.

use super::receipt::{self, Written};
use super::{Destination, ExportPlan, Format, Object, chain};
use crate::error::{Error, ErrorKind};
use crate::key_store::{self, EntryToWrite};
use crate::pkcs12::{self, Contents, KeyToWrite};
use crate::{Certificate, Kind, armor, pkcs7, unlock};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// The certificates in the order asked for; a container is one file, so there is nothing to number.
fn ordered<'a>(plan: &ExportPlan<'a>) -> Vec<&'a Certificate> {
    let certificates = plan.certificates();
    let places = chain::order(&certificates, &plan.keys(), plan.chain.of_container());
    places.into_iter().map(|index| certificates[index]).collect()
}

/// Refuses what the form cannot hold.
fn check_kinds(plan: &ExportPlan<'_>) -> Result<(), Error> {
    match plan.objects.iter().find(|object| !plan.format.takes(object)) {
        Some(object) => Err(plan.refuse(object.kind())),
        None => Ok(()),
    }
}

/// Certificates and revocation lists without a signature.
pub(super) fn pkcs7(plan: &ExportPlan<'_>) -> Result<Vec<Written>, Error> {
    check_kinds(plan)?;
    let certificates = ordered(plan);
    let lists = plan.objects.iter().filter(|object| object.kind() == Kind::Crl);
    let lists: Vec<&[u8]> = lists.map(|object| object.bytes()).collect();
    let members: Vec<&[u8]> = certificates.iter().map(|one| one.der()).collect();
    let der = pkcs7::certs_only(&members, &lists);
    let read = pkcs7::read(&der)?;
    if read.certificates != members || read.crls != lists {
        return Err(ErrorKind::NotReadBack.into());
    }
    let mut contents: Vec<String> = certificates.iter().map(|one| receipt::certificate_line(one)).collect();
    contents.extend(lists.iter().map(|_| "Revocation list".to_owned()));
    let bytes = match plan.format {
        Format::Pkcs7Pem => {
            let bytes = plan.line_ending.apply(&armor::encode("PKCS7", &der));
            let blocks = armor::decode(&bytes).blocks;
            if !matches!(blocks.as_slice(), [block] if *block.data == der) {
                return Err(ErrorKind::NotReadBack.into());
            }
            bytes
        }
        _ => Zeroizing::new(der),
    };
    let name = receipt::file_name(plan, ".p7b");
    Ok(vec![receipt::file(name, "application/x-pkcs7-certificates", bytes, contents, false)])
}

/// What the key is called: as asked, or as its certificate is.
fn friendly_name(plan: &ExportPlan<'_>, leaf: Option<&Certificate>) -> String {
    match (plan.friendly_name, leaf) {
        ("", Some(leaf)) => leaf.subject().label(),
        ("", None) => plan.name.to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// A name that no other entry has, whatever the case: Java would keep one entry of two with the same name.
fn distinct(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut out = name.clone();
    let mut count = 1;
    while !taken.insert(out.to_lowercase()) {
        count += 1;
        out = format!("{name} {count}");
    }
    out
}

/// Refuses passwords that some reader of the file would refuse.
fn check_password(plan: &ExportPlan<'_>, ascii: bool) -> Result<(), Error> {
    if plan.password.is_empty() {
        return Err(ErrorKind::EmptyPassword.into());
    }
    if ascii && !plan.password.is_ascii() {
        return Err(ErrorKind::PasswordNotAscii.into());
    }
    Ok(())
}

/// A PKCS#12 file.
pub(super) fn pkcs12(
    plan: &ExportPlan<'_>,
    destination: Destination,
    random: &dyn Fn(&mut [u8]),
) -> Result<Vec<Written>, Error> {
    check_kinds(plan)?;
    check_password(plan, destination.wants_ascii_password())?;
    let (certificates, keys) = (ordered(plan), plan.keys());
    let leaf_of = |key: &&crate::PrivateKey| {
        certificates.iter().position(|certificate| certificate.public_key() == key.public())
    };
    let places: Vec<Option<usize>> = keys.iter().map(leaf_of).collect();
    let mut taken = BTreeSet::new();
    let names: Vec<String> = places
        .iter()
        .map(|place| friendly_name(plan, place.and_then(|index| certificates.get(index).copied())))
        .map(|name| distinct(name, &mut taken))
        .collect();
    let contents = Contents {
        keys: keys
            .iter()
            .zip(&names)
            .zip(&places)
            .map(|((key, name), place)| KeyToWrite { key, friendly_name: name, certificate: *place })
            .collect(),
        certificates: certificates.iter().map(|one| one.der()).collect(),
        certificate_names: certificates
            .iter()
            .map(|one| distinct(one.subject().label(), &mut taken))
            .collect(),
    };
    let bytes = pkcs12::write_contents(&contents, plan.password, destination.suite(), random)?;
    let read = unlock::open(Kind::Pkcs12, &bytes, plan.password)?;
    let keys = keys.iter().map(|key| Object::PrivateKey(key));
    let expect: Vec<Object<'_>> =
        keys.chain(certificates.iter().map(|one| Object::Certificate(one))).collect();
    let ending = match destination {
        Destination::WindowsServer2016 => ".pfx",
        _ => ".p12",
    };
    let name = receipt::file_name(plan, ending);
    receipt::check(name, "application/x-pkcs12", Zeroizing::new(bytes), &read, &expect)
        .map(|written| vec![written])
}

/// Java's older key store: each key with its chain, and what belongs to no key as trusted.
pub(super) fn jks(plan: &ExportPlan<'_>, random: &dyn Fn(&mut [u8])) -> Result<Vec<Written>, Error> {
    check_kinds(plan)?;
    check_password(plan, false)?;
    let (certificates, keys) = (ordered(plan), plan.keys());
    let links = chain::Links::new(&certificates);
    let mut chained = vec![false; certificates.len()];
    let mut entries = Vec::new();
    let mut expect = Vec::new();
    for key in &keys {
        let leaf = certificates.iter().position(|one| one.public_key() == key.public());
        // Java keeps no key without a certificate.
        let leaf = leaf.ok_or_else(|| plan.refuse(Kind::PrivateKey))?;
        // Java refuses a chain whose members do not follow each other.
        let chain = links.above(leaf, |_| true);
        chain.iter().for_each(|index| chained[*index] = true);
        expect.push(Object::PrivateKey(key));
        expect.extend(chain.iter().map(|index| Object::Certificate(certificates[*index])));
        entries.push(EntryToWrite {
            alias: friendly_name(plan, Some(certificates[leaf])),
            key: Some(key),
            certificates: chain.iter().map(|index| certificates[*index].der()).collect(),
        });
    }
    for (one, chained) in certificates.iter().zip(chained) {
        if !chained {
            expect.push(Object::Certificate(one));
            let alias = one.subject().label();
            entries.push(EntryToWrite { alias, key: None, certificates: vec![one.der()] });
        }
    }
    let bytes = key_store::write(&entries, plan.password, plan.at, random)?;
    let read = unlock::open(Kind::KeyStore, &bytes, plan.password)?;
    let name = receipt::file_name(plan, ".jks");
    receipt::check(name, "application/x-java-keystore", Zeroizing::new(bytes), &read, &expect)
        .map(|written| vec![written])
}
