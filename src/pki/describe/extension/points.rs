//! Where things are to be had: distribution points of revocation lists, access to information.
//!
//! Leaves out fetching any of it.

use super::Known;
use super::bits::{self, Bits};
use crate::describe::general_name::{self, Address};
use crate::describe::margin::Margin;
use crate::describe::{Field, name, value};
use crate::error::{Error, Result};
use crate::extension::oids;
use crate::tlv::{self, Tlv};

pub(super) const KNOWN: &[Known] = &[
    Known { oid: oids::AUTHORITY_INFO_ACCESS, name: "authority-info-access", decode: access },
    Known { oid: oids::CRL_DISTRIBUTION_POINTS, name: "crl-distribution-points", decode: points },
    Known { oid: oids::SUBJECT_INFO_ACCESS, name: "subject-info-access", decode: access },
    Known { oid: oids::FRESHEST_CRL, name: "freshest-crl", decode: points },
    Known { oid: oids::ISSUING_DISTRIBUTION_POINT, name: "issuing-distribution-point", decode: issuing },
    Known { oid: "1.3.6.1.4.1.311.21.14", name: "microsoft-published-crl-locations", decode: points },
    Known { oid: "1.3.6.1.4.1.311.10.9.1", name: "microsoft-cross-certificates", decode: cross_certificates },
    Known { oid: "1.3.6.1.5.5.7.48.1.7", name: "service-locator", decode: service_locator },
];

const REASONS: Bits = &[
    "Unused",
    "Key compromise",
    "CA compromise",
    "Affiliation changed",
    "Superseded",
    "Cessation of operation",
    "On hold",
    "Privilege withdrawn",
    "Attribute authority compromise",
];

fn access(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "access descriptions")?;
    if list.content.is_empty() {
        margin.note("a list of access descriptions without any", element.range());
    }
    margin.parts(field, list.inside(), "access description", |one, margin| {
        let mut parts = one.expect(tlv::SEQUENCE, "access description")?.inside();
        let mut method = value::identifier("access", "Method", &parts.any("access method")?)?;
        let place = general_name::field(&parts.any("access location")?, Address::Host, margin)?;
        parts.end()?;
        method.label = std::mem::take(&mut method.text).into();
        Ok(Field { text: place.text, forms: place.forms, fields: place.fields, ..method }.at(one.range()))
    })
}

fn points(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let list = element.expect(tlv::SEQUENCE, "distribution points")?;
    if list.content.is_empty() {
        margin.note("a list of distribution points without any", element.range());
    }
    margin.parts(field, list.inside(), "distribution point", |point, margin| {
        let mut parts = point.expect(tlv::SEQUENCE, "distribution point")?.inside();
        let mut field =
            Field::group("distribution-point", "Distribution point", Vec::new()).at(point.range());
        if let Some(wrapper) = parts.optional(tlv::explicit(0), "distribution point")? {
            point_name(&wrapper, &mut field, margin)?;
        }
        if let Some(reasons) = parts.optional(tlv::implicit(1), "reasons")? {
            let text = bits::words(&reasons, REASONS, margin)?;
            field.fields.push(Field::new("reasons", "Reasons", text).at(reasons.range()));
        }
        if let Some(issuer) = parts.optional(tlv::explicit(2), "issuer of the list")? {
            field.fields.push(named("crl-issuer", "Issuer of the list", &issuer, margin)?);
        }
        parts.end()?;
        Ok(field)
    })
}

/// Reads `DistributionPointName` inside its wrapper: full names, or a name below that of the list's issuer.
fn point_name(wrapper: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut inside = wrapper.inside();
    let choice = inside.any("distribution point name")?;
    inside.end()?;
    match choice.tag {
        0xa0 => general_name::list(&choice, field, margin),
        0xa1 => {
            let mut relative = Field::group("relative-name", "Name below the issuer's", Vec::new());
            name::relative(&choice, &mut relative, margin)?;
            field.fields.push(relative.at(choice.range()));
            Ok(())
        }
        _ => Err(Error::der("distribution point name", choice.range())),
    }
}

fn named(name: &'static str, label: &'static str, names: &Tlv<'_>, margin: &mut Margin) -> Result<Field> {
    let mut field = Field::group(name, label, Vec::new()).at(names.range());
    general_name::list(names, &mut field, margin)?;
    Ok(field)
}

/// Reads `IssuingDistributionPoint` of RFC 5280 section 5.2.5.
fn issuing(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "issuing distribution point")?.inside();
    if let Some(wrapper) = parts.optional(tlv::explicit(0), "distribution point")? {
        point_name(&wrapper, field, margin)?;
    }
    let flag = |name, label, element: Option<Tlv<'_>>, field: &mut Field| {
        field.fields.extend(element.map(|element| value::boolean(name, label, &element)));
    };
    let users = parts.optional(tlv::implicit(1), "flag")?;
    flag("only-user-certificates", "Only certificates of end entities", users, field);
    let authorities = parts.optional(tlv::implicit(2), "flag")?;
    flag("only-ca-certificates", "Only certificates of CAs", authorities, field);
    if let Some(reasons) = parts.optional(tlv::implicit(3), "reasons")? {
        let text = bits::words(&reasons, REASONS, margin)?;
        field.fields.push(Field::new("only-some-reasons", "Only for the reasons", text).at(reasons.range()));
    }
    let indirect = parts.optional(tlv::implicit(4), "flag")?;
    flag("indirect", "Lists certificates of other issuers", indirect, field);
    let attributes = parts.optional(tlv::implicit(5), "flag")?;
    flag("only-attribute-certificates", "Only attribute certificates", attributes, field);
    parts.end()
}

/// Reads Microsoft's `CrossCertDistPoints`: a period of synchronisation and lists of names.
fn cross_certificates(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "cross certificates")?.inside();
    if let Some(period) = parts.optional(tlv::INTEGER, "period")? {
        field.fields.push(value::integer("period", "Looked up every so many seconds", &period));
    }
    let lists = parts.take(tlv::SEQUENCE, "cross certificates")?;
    parts.end()?;
    margin.parts(field, lists.inside(), "names", |names, margin| {
        named("distribution-point", "Distribution point", &names.expect(tlv::SEQUENCE, "names")?, margin)
    })
}

/// Reads `ServiceLocator` of RFC 6960 section 4.4.6.
fn service_locator(element: Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut parts = element.expect(tlv::SEQUENCE, "service locator")?.inside();
    field.fields.push(name::field("issuer", "Issuer", &parts.any("issuer")?, margin));
    if let Some(locations) = parts.optional(tlv::SEQUENCE, "locations")? {
        access(locations, field, margin)?;
    }
    parts.end()
}
