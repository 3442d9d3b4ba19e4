//! Distinguished names: each value with its type and its place, and the whole in the spellings people copy.
//!
//! Leaves out comparing names (`name`).

use std::borrow::Cow;

use super::margin::Margin;
use super::{Field, value};
use crate::certificate::hex;
use crate::error::Result;
use crate::name::{Attribute, AttributeKind, spelling, string};
use crate::tlv::{self, Tlv};

/// Describes a `Name`; one whose structure is broken is shown as far as it goes, with a note.
pub(crate) fn field(
    name: &'static str,
    label: impl Into<Cow<'static, str>>,
    element: &Tlv<'_>,
    margin: &mut Margin,
) -> Field {
    let mut field = Field::group(name, label, Vec::new()).at(element.range());
    let mut attributes = Vec::new();
    if let Err(error) = read(element, &mut field, &mut attributes, margin) {
        margin.problem(&format!("{} cannot be decoded", field.label), &error, element.range());
    }
    if attributes.is_empty() {
        field.text = "(empty)".to_owned();
        return field;
    }
    field.text = spelling::rfc4514(&attributes);
    field
        .form("OpenSSL order", spelling::openssl(&attributes))
        .form("OpenSSL -subj", spelling::slashes(&attributes))
        .form("DER in hex", hex(element.whole))
}

/// Describes a `RelativeDistinguishedName` whose tag says something else.
///
/// # Errors
/// One of its values is broken; those before it are kept.
pub(crate) fn relative(element: &Tlv<'_>, field: &mut Field, margin: &mut Margin) -> Result<()> {
    let mut attributes = Vec::new();
    margin.parts(field, element.inside(), "name attribute", |pair, margin| {
        let (attribute, part) = value_of(&pair, 0, margin)?;
        attributes.push(attribute);
        Ok(part)
    })?;
    field.text = spelling::rfc4514(&attributes);
    Ok(())
}

/// The value that a list would call the holder by: the common name, or what comes nearest.
pub(crate) fn title(field: &Field) -> String {
    let named = |name: &str| field.fields.iter().find(|part| part.name == name && !part.text.is_empty());
    let found = ["common-name", "organization", "organizational-unit"].into_iter().find_map(named);
    let first = || field.fields.iter().find(|part| !part.text.is_empty());
    found.or_else(first).map_or_else(|| "(no name)".to_owned(), |part| part.text.clone())
}

fn read(
    element: &Tlv<'_>,
    field: &mut Field,
    attributes: &mut Vec<Attribute>,
    margin: &mut Margin,
) -> Result<()> {
    let mut rdns = element.expect(tlv::SEQUENCE, "name")?.inside();
    let mut rdn = 0;
    while !rdns.is_empty() {
        let set = rdns.take(tlv::SET, "relative distinguished name")?;
        if set.content.is_empty() {
            margin.note("a relative distinguished name is empty", set.range());
        }
        margin.parts(field, set.inside(), "name attribute", |pair, margin| {
            let (attribute, part) = value_of(&pair, rdn, margin)?;
            attributes.push(attribute);
            Ok(part)
        })?;
        rdn += 1;
    }
    Ok(())
}

/// Reads an `AttributeTypeAndValue`.
fn value_of(pair: &Tlv<'_>, rdn: usize, margin: &mut Margin) -> Result<(Attribute, Field)> {
    let mut parts = pair.expect(tlv::SEQUENCE, "name attribute")?.inside();
    let oid = parts.take(tlv::OID, "name attribute type")?;
    let element = parts.any("name attribute value")?;
    parts.end()?;
    let attribute = Attribute::of(oid.content, &element, rdn);
    let dotted = attribute.kind.oid().to_owned();
    let (name, label) = match AttributeKind::long_name_of(&dotted) {
        Some(label) => (script_name(&attribute.kind), Cow::Borrowed(label)),
        None => ("attribute".into(), Cow::Owned(dotted.clone())),
    };
    let text = string(&element).map_or_else(|| value::abridged(element.whole), |_| attribute.value.clone());
    let part =
        Field::new(name, label, text).at(pair.range()).oid(dotted).encoding(value::type_name(element.tag));
    if element.content.is_empty() {
        margin.note(format!("{} is empty", part.label), pair.range());
    }
    Ok((attribute, part))
}

/// `common-name` for CN: the kind's own name with hyphens.
fn script_name(kind: &AttributeKind) -> Cow<'static, str> {
    use AttributeKind as K;
    let name = match kind {
        K::CommonName => "common-name",
        K::Organization => "organization",
        K::OrganizationalUnit => "organizational-unit",
        K::Country => "country",
        K::StateOrProvince => "state-or-province",
        K::Locality => "locality",
        K::EmailAddress => "email-address",
        K::SerialNumber => "subject-serial-number",
        K::DomainComponent => "domain-component",
        K::StreetAddress => "street-address",
        K::PostalCode => "postal-code",
        K::Title => "title",
        K::Surname => "surname",
        K::GivenName => "given-name",
        K::Initials => "initials",
        K::GenerationQualifier => "generation-qualifier",
        K::DnQualifier => "dn-qualifier",
        K::Pseudonym => "pseudonym",
        K::Name => "name",
        K::Description => "description",
        K::UserId => "user-id",
        K::BusinessCategory => "business-category",
        K::OrganizationIdentifier => "organization-identifier",
        K::JurisdictionCountry => "jurisdiction-country",
        K::JurisdictionState => "jurisdiction-state",
        K::JurisdictionLocality => "jurisdiction-locality",
        K::UnstructuredName => "unstructured-name",
        K::Other(_) => "attribute",
    };
    Cow::Borrowed(name)
}
