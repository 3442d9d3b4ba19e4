//! A distinguished name and its further names, from the fields of a form.

use crate::action::SubjectForm;
use crate::explain::{self, Advice};
use certwright_pki::DistinguishedName;
use certwright_pki::general_name::GeneralName;
use certwright_pki::name::AttributeKind;

/// Builds the name in the usual order: country first, common name last.
///
/// # Errors
/// Words for the person: no common name, a value that is too long, a country that is not two letters.
pub fn build(form: &SubjectForm) -> Result<DistinguishedName, Advice> {
    if form.common_name.trim().is_empty() {
        return Err(Advice::new(
            "The name is missing.",
            "It becomes the common name (CN) of the certificate.",
            "Type a name. Where there is no DNS, the IP address will do.",
        ));
    }
    DistinguishedName::build(&[
        (AttributeKind::Country, form.country.trim()),
        (AttributeKind::StateOrProvince, form.state.trim()),
        (AttributeKind::Locality, form.locality.trim()),
        (AttributeKind::Organization, form.organization.trim()),
        (AttributeKind::OrganizationalUnit, form.unit.trim()),
        (AttributeKind::CommonName, form.common_name.trim()),
    ])
    .map_err(|error| explain::error(&error))
}

/// Reads the names for the SAN: the one that clients will type first, then the others; each once.
///
/// # Errors
/// Words for the person, naming the name that can't be read.
pub fn names(typed: &str, more: &str) -> Result<Vec<GeneralName>, Advice> {
    let mut names = Vec::new();
    let others = more.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    for text in std::iter::once(typed.trim()).chain(others).filter(|text| !text.is_empty()) {
        let name = GeneralName::from_typed(text).map_err(|error| Advice {
            title: format!("“{text}” can't be a name of a server."),
            ..explain::error(&error)
        })?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The names that a certificate for a request should carry: those asked for, or the CN where it is a host name or
/// an address and nothing was asked for.
pub fn names_for(request: &certwright_pki::Request) -> Vec<GeneralName> {
    let asked = request.subject_alt_names();
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let common_name = request.subject().common_name().unwrap_or_default();
    match GeneralName::from_typed(&common_name) {
        Ok(name @ (GeneralName::Dns(_) | GeneralName::Ip(_))) => vec![name],
        _ => Vec::new(),
    }
}
