//! What an object is, in a sentence or two, and what that means for the person.

use super::words;
use crate::job::BroughtKind;
use crate::state::Thing;
use certwright_pki::{Certificate, Kind, UnixTime};

/// What it is and what that means.
pub(super) fn of(
    thing: &Thing,
    certificate: Option<&Certificate>,
    is: Option<&BroughtKind>,
    now: UnixTime,
) -> String {
    if let Some(certificate) = certificate {
        return super::certificate::sentence(certificate, now);
    }
    match (thing.kind, is) {
        (Kind::Request, Some(BroughtKind::Request { fault: Some(_) })) => {
            "A certificate request whose own signature does not verify: it was changed after it was made.".into()
        }
        (Kind::Request, _) => "A certificate request. An authority makes a certificate of it; its private key is where it was made.".into(),
        (Kind::PrivateKey, Some(BroughtKind::Other { .. })) => {
            "A private key of a kind that Certwright can name and not use. Its secret part is not shown.".into()
        }
        (Kind::PrivateKey, _) => "A private key. Whoever has it can act as the server: keep it to yourself. Its secret part is not shown.".into(),
        (Kind::PublicKey, _) => "A public key. It is no secret.".into(),
        (Kind::Crl, _) => crl_verdict(thing, now),
        (kind, _) if kind.needs_password() => {
            format!("{}. Its password opens it; what is inside is listed then.", words::one(kind.label()))
        }
        (Kind::Unknown, _) => "Nothing that Certwright knows by name. Its structure and its bytes are shown as they are.".into(),
        (kind, _) => told(kind, &thing.card.title),
    }
}

/// What a kind is for, after what this one says.
fn told(kind: Kind, title: &str) -> String {
    let of_its_kind = title.to_lowercase().starts_with(kind.label()) || title.is_empty();
    let what = match title.split_once(": ").filter(|_| of_its_kind) {
        Some((_, said)) => format!("{}: {said}.", words::one(kind.label())),
        None if of_its_kind => format!("{}.", words::one(kind.label())),
        None => format!("{}: {title}.", words::one(kind.label())),
    };
    let why = match kind {
        Kind::OcspRequest => "It asks an authority’s responder whether certificates are still good.",
        Kind::OcspResponse => "It is a responder’s signed word on whether certificates are still good.",
        Kind::Cms => "What lies in it is listed beside it.",
        Kind::SignedPublicKey => "A browser asked for a certificate with it.",
        Kind::SctList => "Public logs say in it that they have seen a certificate.",
        Kind::AttributeCertificate => "It gives its holder rights and no key.",
        Kind::TimestampRequest => "It asks an authority to say when something existed.",
        Kind::TimestampResponse => "It is an authority’s signed word on when something existed.",
        Kind::CmpMessage | Kind::CertificateRequestMessages => {
            "Devices ask an authority for certificates with it."
        }
        Kind::TrustAnchor => "It names an authority that is trusted without further proof.",
        Kind::TbsCertificate => "Nobody has signed it: it proves nothing.",
        Kind::Parameters => "They are public; a server uses them to agree on keys.",
        Kind::OpenSshPublicKey => "It is no secret.",
        Kind::SecretKey => "Whoever has it can use it: keep it to yourself. It is not shown.",
        _ => "",
    };
    format!("{what} {why}").trim_end().to_owned()
}

fn crl_verdict(thing: &Thing, now: UnixTime) -> String {
    let Some(validity) = thing.card.validity else {
        return "A revocation list that does not say when the next one comes.".into();
    };
    match now > validity.to {
        true => format!("A revocation list that should have been replaced on {}.", validity.to.date()),
        false => format!("A revocation list, in its time until {}.", validity.to.date()),
    }
}
