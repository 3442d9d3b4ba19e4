//! What a description says of a certificate.
//!
//! Leaves out everything that OpenSSL has no counterpart for.

use certwright_pki::describe::{Description, Field};

use crate::facts::{Alternative, AlternativeName, Facts, Names};

/// The facts of a description.
pub fn facts(description: &Description) -> Facts {
    let form = |name: &str, label: &str| {
        let field = description.find(name);
        let form = field.and_then(|field| field.forms.iter().find(|form| form.label == label));
        form.map_or_else(String::new, |form| form.text.clone())
    };
    let time = |name| form(name, "ISO 8601").replace('T', " ");
    let key = description.find("public-key");
    let part = |name: &str| {
        let part = key.and_then(|key| key.fields.iter().find(|part| part.name == name));
        part.cloned().unwrap_or_default()
    };
    let mut sections: Vec<&Field> =
        description.sections.iter().filter(|field| field.critical.is_some()).collect();
    sections.sort_by_key(|field| field.at.clone().map(|at| at.start));
    let names = sections.iter().find(|field| field.name == "subject-alt-name");
    Facts {
        fingerprint: description.find("sha256").map_or_else(String::new, |field| field.forms[0].text.clone()),
        serial: form("serial-number", "hex"),
        subject: Names::Ours(values(description.find("subject"))),
        issuer: Names::Ours(values(description.find("issuer"))),
        not_before: time("not-before"),
        not_after: time("not-after"),
        key: part("algorithm").oid.unwrap_or_default(),
        key_size: part("size").text.trim_end_matches(" bits").to_owned(),
        extensions: sections
            .iter()
            .map(|field| (field.oid.clone().unwrap_or_default(), field.critical == Some(true)))
            .collect(),
        alternative: Alternative::Ours(names.map_or_else(Vec::new, |field| alternative(field))),
    }
}

/// The values of a name in order; what is no string as `#` and digits.
fn values(name: Option<&Field>) -> Vec<(String, String)> {
    let parts = name.map_or(&[][..], |name| &name.fields);
    let value = |part: &Field| match part.encoding.ends_with("String") {
        true => escaped(&part.text),
        false => format!("#{}", part.text.replace(':', "")),
    };
    parts.iter().map(|part| (part.oid.clone().unwrap_or_default(), value(part))).collect()
}

/// Control characters as OpenSSL escapes them.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            c if c.is_ascii_control() => out.push_str(&format!("\\{:02X}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

fn alternative(names: &Field) -> Vec<AlternativeName> {
    let one = |part: &Field| {
        let text = part.text.clone();
        match &*part.name {
            "email" => AlternativeName::Email(text),
            "dns-name" => AlternativeName::Dns(text),
            "uri" => AlternativeName::Uri(text),
            "ip-address" => AlternativeName::Ip(text),
            "registered-id" => AlternativeName::Registered(part.oid.clone().unwrap_or_default()),
            "other-name" => AlternativeName::Other("othername:"),
            "directory-name" => AlternativeName::Other("DirName:"),
            "x400-address" => AlternativeName::Other("X400Name:"),
            "edi-party-name" => AlternativeName::Other("EdiPartyName:"),
            _ => AlternativeName::Other("?"),
        }
    };
    names.fields.iter().map(one).collect()
}
