//! The fields of a revocation list: who, when, what it covers, and the first of its entries.
//!
//! Leaves out the entries beyond the first thousand, which are counted; `Crl` finds them by number or by place.

use super::margin::Margin;
use super::{Description, Field, certificate, extension, name, structure, value};
use crate::crl::{Crl, RevokedEntry};
use crate::error::Result;
use crate::schema::{Member, Type};
use crate::tlv::{self, Cursor};
use crate::{Kind, extension::oids};

/// Entries that are described one by one.
const SHOWN: usize = 1_000;

static VERSION: Member = Member::new("version", "Version", &Type::Named(&[(0, "1"), (1, "2"), (2, "3")]));
static ALGORITHM: Member = Member::new("signature-algorithm", "Signature algorithm", &Type::Algorithm);
static SIGNATURE: Member = Member::new("signature", "Signature", &Type::Bits);
static THIS_UPDATE: Member = Member::new("this-update", "This update", &Type::Time);
static REVOCATION_DATE: Member = Member::new("revocation-date", "Revocation date", &Type::Time);
static NEXT_UPDATE: Member = Member::new("next-update", "Next update", &Type::Time);

/// Describes a revocation list.
///
/// # Errors
/// Those of walking its fields, which `Crl::parse` has walked before.
pub(super) fn describe(crl: &Crl) -> Result<Description> {
    let mut margin = Margin::new();
    let margin = &mut margin;
    let mut outer = tlv::only(crl.der(), tlv::SEQUENCE, "revocation list")?.inside();
    let tbs = outer.take(tlv::SEQUENCE, "to-be-signed revocation list")?;
    let algorithm = outer.any("signature algorithm")?;
    let signature = outer.any("signature")?;

    let mut inner = tbs.inside();
    let mut list = Field::group("revocation-list", kind_of(crl), Vec::new()).at(0..crl.der().len());
    match inner.optional(tlv::INTEGER, "version")? {
        Some(version) => list.fields.push(structure::field(&VERSION, &version, None, margin)),
        None => list.fields.push(Field::new("version", "Version", "1")),
    }
    let inner_algorithm = inner.any("signature algorithm")?;
    if inner_algorithm.whole != algorithm.whole {
        margin.note("the two signature algorithms differ", inner_algorithm.range());
    }
    let issuer = name::field("issuer", "Issuer", &inner.any("issuer")?, margin);
    list.fields.push(structure::field(&THIS_UPDATE, &inner.any("this update")?, None, margin));
    match inner.peek() {
        Some(tlv::UTC_TIME | tlv::GENERALIZED_TIME) => {
            list.fields.push(structure::field(&NEXT_UPDATE, &inner.any("next update")?, None, margin));
        }
        _ => margin.note("it does not say when the next list is due", tbs.range()),
    }
    if let Some(number) = crl.number() {
        list.fields.push(Field::new("crl-number", "Number", number));
    }

    let mut sections = vec![list, issuer];
    let mut extensions = Vec::new();
    while !inner.is_empty() {
        let rest = inner.any("extensions")?;
        if rest.tag == tlv::explicit(0) {
            extensions = extension::list(&rest.inside().any("extensions")?, margin);
        }
    }
    sections.push(entries(crl, margin));
    sections.push(Field::group(
        "signature",
        "Signature",
        vec![
            structure::field(&ALGORITHM, &algorithm, None, margin),
            structure::field(&SIGNATURE, &signature, None, margin),
        ],
    ));
    sections.push(certificate::fingerprints(crl.der()));
    sections.append(&mut extensions);
    let notes = std::mem::take(&mut margin.notes);
    Ok(Description { kind: Kind::Crl, title: crl.issuer().label(), sections, notes })
}

/// What sort of list it is.
fn kind_of(crl: &Crl) -> &'static str {
    match (crl.is_delta(), is_indirect(crl)) {
        (false, false) => "Revocation list",
        (true, false) => "Delta revocation list",
        (false, true) => "Indirect revocation list",
        (true, true) => "Indirect delta revocation list",
    }
}

/// Whether the issuing distribution point says that the list covers certificates of several issuers
/// (RFC 5280 section 5.2.5).
fn is_indirect(crl: &Crl) -> bool {
    let point = crl.extensions().iter().find(|found| found.oid == oids::ISSUING_DISTRIBUTION_POINT);
    let Some(Ok(point)) = point.map(|point| tlv::only(&point.value, tlv::SEQUENCE, "distribution point"))
    else {
        return false;
    };
    let mut fields = point.inside();
    std::iter::from_fn(|| fields.any("field").ok())
        .any(|field| field.tag == tlv::implicit(4) && value::is_true(&field))
}

fn entries(crl: &Crl, margin: &mut Margin) -> Field {
    let all = crl.entries();
    let shown = all.iter().take(SHOWN).enumerate();
    let fields: Vec<Field> = shown.map(|(index, one)| noted_entry(crl, index, one, margin)).collect();
    let text = match all.len() {
        0 => "none".to_owned(),
        1 => "1 certificate".to_owned(),
        count => format!("{count} certificates"),
    };
    let mut field = Field::new("revoked-certificates", "Revoked certificates", text);
    field.at =
        crl.entry_place(0).zip(crl.entry_place(all.len().saturating_sub(1))).map(|(a, b)| a.start..b.end);
    field.left_out = all.len() - fields.len();
    field.fields = fields;
    field
}

/// Describes one entry by its serial number, with the date and what its extensions say.
pub(super) fn entry(crl: &Crl, index: usize, one: &RevokedEntry) -> Field {
    noted_entry(crl, index, one, &mut Margin::new())
}

fn noted_entry(crl: &Crl, index: usize, one: &RevokedEntry, margin: &mut Margin) -> Field {
    let at = crl.entry_place(index).unwrap_or_default();
    let mut field = Field::new("revoked-certificate", "Serial number", value::abridged(one.serial.octets()))
        .at(at.clone())
        .form("hex", one.serial.hex())
        .form("decimal", one.serial.decimal());
    let mut inside = Cursor::placed(&crl.der()[at.clone()], at.start);
    let date = inside.any("revoked entry").map(|entry| entry.inside()).and_then(|mut parts| {
        parts.any("serial number")?;
        parts.any("revocation date")
    });
    field.fields.push(match date {
        Ok(date) => structure::field(&REVOCATION_DATE, &date, None, margin),
        Err(_) => Field::new("revocation-date", "Revocation date", one.date.to_string()),
    });
    match crl.extensions_of(index) {
        Ok(found) => {
            field.fields.extend(found.into_iter().map(|(one, at)| extension::field(&one, at)));
        }
        Err(error) => margin.problem("the extensions of an entry cannot be decoded", &error, at),
    }
    field
}
