//! The fields of a distinguished name besides the common name, used by authorities and requests alike.

use crate::components::field::TextField;
use certwright_workbench::action::SubjectForm;
use yew::prelude::*;

/// What the fields need.
#[derive(Properties, PartialEq)]
pub struct SubjectFieldsProps {
    pub name: SubjectForm,
    pub on_change: Callback<SubjectForm>,
}

/// Draws the fields.
#[component]
pub fn SubjectFields(props: &SubjectFieldsProps) -> Html {
    let with = |change: fn(&mut SubjectForm, String)| {
        let name = props.name.clone();
        props.on_change.reform(move |text: String| {
            let mut name = name.clone();
            change(&mut name, text);
            name
        })
    };
    let name = props.name.clone();
    html! {
        <div class="columns">
            <TextField id="organization" label="Organization (O)" value={name.organization}
                on_change={with(|name, text| name.organization = text)} />
            <TextField id="unit" label="Organizational unit (OU)" value={name.unit}
                on_change={with(|name, text| name.unit = text)} />
            <TextField id="locality" label="City (L)" value={name.locality}
                on_change={with(|name, text| name.locality = text)} />
            <TextField id="state" label="State or province (ST)" value={name.state}
                on_change={with(|name, text| name.state = text)} />
            <TextField id="country" label="Country (C)" value={name.country} hint="Two letters, for example US"
                on_change={with(|name, text| name.country = text)} />
        </div>
    }
}

/// The choice of a key, as value, text and note.
pub fn key_options() -> Vec<(String, String, String)> {
    certwright_pki::KeyKind::ALL
        .into_iter()
        .map(|kind| (kind.label().to_owned(), kind.label().to_owned(), note(kind).to_owned()))
        .collect()
}

fn note(kind: certwright_pki::KeyKind) -> &'static str {
    use certwright_pki::KeyKind;
    match kind {
        KeyKind::Rsa2048 => "IIS, Exchange, Cisco",
        KeyKind::Rsa3072 => "longer-lived",
        KeyKind::Rsa4096 => "slow, root authorities",
        KeyKind::P256 => "small and fast",
        KeyKind::P384 => "higher margin",
        KeyKind::Ed25519 => "newest, few servers",
    }
}

/// The kind of key with a label.
pub fn key_of(label: &str) -> certwright_pki::KeyKind {
    let kinds = certwright_pki::KeyKind::ALL;
    kinds.into_iter().find(|kind| kind.label() == label).unwrap_or(certwright_pki::KeyKind::Rsa2048)
}

/// The choice of a hash.
pub fn hash_options() -> Vec<(String, String)> {
    certwright_workbench::job::Hash::ALL
        .map(|hash| (hash.label().to_owned(), hash.label().to_owned()))
        .to_vec()
}

/// The hash with a label.
pub fn hash_of(label: &str) -> certwright_workbench::job::Hash {
    use certwright_workbench::job::Hash;
    Hash::ALL.into_iter().find(|hash| hash.label() == label).unwrap_or_default()
}
