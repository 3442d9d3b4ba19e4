//! What both sides say of a certificate, in a form in which it can be compared.
//!
//! Leaves out where it comes from: `ours` and `theirs`.

use std::net::IpAddr;

/// One value of a distinguished name: dotted type and text.
pub type Value = (String, String);

/// What is said of one certificate.
#[derive(Debug, Default)]
pub struct Facts {
    /// SHA-256 in hexadecimal digits.
    pub fingerprint: String,
    /// Hexadecimal digits without leading zeros, with a sign if it is negative.
    pub serial: String,
    pub subject: Names,
    pub issuer: Names,
    /// `2014-10-15 12:09:32Z`
    pub not_before: String,
    pub not_after: String,
    /// The name of the key's algorithm.
    pub key: String,
    /// Bits; empty where one side does not say.
    pub key_size: String,
    /// Dotted identifier and criticality, in order.
    pub extensions: Vec<(String, bool)>,
    pub alternative: Alternative,
}

/// A distinguished name: ours value by value, theirs as one line.
#[derive(Debug)]
pub enum Names {
    Ours(Vec<Value>),
    Theirs(String),
}

impl Default for Names {
    fn default() -> Self {
        Names::Ours(Vec::new())
    }
}

/// Alternative names: ours one by one, theirs as one line.
#[derive(Debug)]
pub enum Alternative {
    Ours(Vec<AlternativeName>),
    Theirs(Option<String>),
}

impl Default for Alternative {
    fn default() -> Self {
        Alternative::Theirs(None)
    }
}

/// One alternative name.
#[derive(Debug)]
pub enum AlternativeName {
    Email(String),
    Dns(String),
    Uri(String),
    Ip(String),
    Registered(String),
    /// A form that OpenSSL prints in its own way, by the prefix that it has there.
    Other(&'static str),
}

/// A field that is not the same.
pub struct Difference {
    pub field: &'static str,
    pub ours: String,
    pub theirs: String,
}

/// The fields that are not the same.
pub fn differences(ours: &Facts, theirs: &Facts) -> Vec<Difference> {
    let mut out = Vec::new();
    let mut compare = |field, ours: String, theirs: String, same: bool| {
        if !same {
            out.push(Difference { field, ours, theirs });
        }
    };
    let mut text = |field, ours: &String, theirs: &String| {
        compare(field, ours.clone(), theirs.clone(), ours == theirs);
    };
    text("fingerprint", &ours.fingerprint, &theirs.fingerprint);
    text("serial", &ours.serial, &theirs.serial);
    text("not before", &ours.not_before, &theirs.not_before);
    text("not after", &ours.not_after, &theirs.not_after);
    text("key", &ours.key, &theirs.key);
    if !theirs.key_size.is_empty() {
        text("key size", &ours.key_size, &theirs.key_size);
    }
    for (field, ours, theirs) in
        [("subject", &ours.subject, &theirs.subject), ("issuer", &ours.issuer, &theirs.issuer)]
    {
        compare(field, format!("{ours:?}"), format!("{theirs:?}"), same_name(ours, theirs));
    }
    let extensions = |facts: &Facts| format!("{:?}", facts.extensions);
    compare("extensions", extensions(ours), extensions(theirs), ours.extensions == theirs.extensions);
    let names = (&ours.alternative, &theirs.alternative);
    compare(
        "alternative names",
        format!("{:?}", names.0),
        format!("{:?}", names.1),
        same_names(names.0, names.1),
    );
    out
}

/// Follows their line along our values; a comma or a plus sign stands between two.
fn same_name(ours: &Names, theirs: &Names) -> bool {
    let (Names::Ours(ours), Names::Theirs(line)) = (ours, theirs) else { return false };
    let mut rest = line.as_str();
    for (index, (kind, value)) in ours.iter().enumerate() {
        if index > 0 {
            let Some(after) = rest.strip_prefix([',', '+']) else { return false };
            rest = after;
        }
        let Some(after) = rest.strip_prefix(&format!("{kind}={value}")) else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// Follows their line along our names; of a form that is theirs alone, the next name ends it.
fn same_names(ours: &Alternative, theirs: &Alternative) -> bool {
    let (Alternative::Ours(ours), Alternative::Theirs(line)) = (ours, theirs) else { return false };
    let Some(line) = line else { return ours.is_empty() };
    let mut rest = line.as_str();
    for (index, name) in ours.iter().enumerate() {
        if index > 0 {
            let Some(after) = rest.strip_prefix(", ") else { return false };
            rest = after;
        }
        let text = match name {
            AlternativeName::Email(text) => format!("email:{text}"),
            AlternativeName::Dns(text) => format!("DNS:{text}"),
            AlternativeName::Uri(text) => format!("URI:{text}"),
            AlternativeName::Registered(text) => format!("Registered ID:{text}"),
            AlternativeName::Ip(text) => format!("IP Address:{}", address(text)),
            AlternativeName::Other(prefix) => {
                if !rest.starts_with(prefix) {
                    return false;
                }
                let ends =
                    ["DNS:", "email:", "URI:", "IP Address:", "Registered ID:", "othername:", "DirName:"];
                let end = ends.iter().filter_map(|next| rest.find(&format!(", {next}"))).min();
                rest = &rest[end.unwrap_or(rest.len())..];
                continue;
            }
        };
        let Some(after) = rest.strip_prefix(&text) else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// An address as OpenSSL writes it: all groups, capital letters.
fn address(text: &str) -> String {
    match text.parse() {
        Ok(IpAddr::V6(address)) => {
            let groups: Vec<String> = address.segments().iter().map(|group| format!("{group:X}")).collect();
            groups.join(":")
        }
        _ => text.to_owned(),
    }
}
