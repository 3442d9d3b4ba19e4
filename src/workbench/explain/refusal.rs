//! Words for what Certwright refuses to do, or warns of.

use super::Advice;
use crate::desk::RequestEntry;
use certwright_pki::{Certificate, DistinguishedName, Error, Request, UnixTime};

/// A request whose own signature does not verify.
pub fn request_signature(error: &Error) -> Advice {
    Advice {
        title: "The request's own signature does not verify.".into(),
        detail: "The signature proves that whoever asks holds the private key. This one does not fit: the request was \
                 damaged on its way, or put together from two."
            .into(),
        hint: format!("{} Ask for the request again.", super::error(error).title),
    }
}

/// A subject that is the authority's own name.
pub fn subject_is_authority(authority: &DistinguishedName) -> Advice {
    Advice::new(
        format!("The request asks for the authority's own name, “{}”.", authority.label()),
        "Such a certificate would look as if it had issued itself, and no one could build its chain.",
        "Make the request anew with the server's name as common name.",
    )
}

/// What Certwright wrote can't be read back by it.
pub fn own_output() -> Advice {
    Advice::new(
        "What was written could not be read back.",
        "So it is not offered.",
        "Try again, and report this if it stays: it is a fault of Certwright's.",
    )
}

/// A private key in a box that is not for it.
pub fn private_key_pasted() -> Advice {
    Advice::new(
        "Stop: this is a private key.",
        "Whoever has it can pose as the server. It was not kept, and it has not left this page.",
        "Never paste it into a form or send it to anyone. Paste the request instead: it begins with \
         -----BEGIN CERTIFICATE REQUEST-----. If the key was shown to anyone, make a new one.",
    )
}

/// A certificate where a request is wanted.
pub fn certificate_for_request() -> Advice {
    Advice::new(
        "This is a certificate, not a request.",
        "A certificate is the answer; the request is what was asked. An authority can sign a request only.",
        "Bring the file that begins with -----BEGIN CERTIFICATE REQUEST-----. To complete a request with this \
         certificate, open the request.",
    )
}

/// A request where a certificate is wanted.
pub fn request_for_certificate() -> Advice {
    Advice::new(
        "This is a request, not a certificate.",
        "It is what the authority was asked for, not what it answered.",
        "Bring the file that came back from the authority.",
    )
}

/// Nothing in it is a request.
pub fn no_request() -> Advice {
    Advice::new(
        "There is no request in it.",
        "A request begins with -----BEGIN CERTIFICATE REQUEST----- or is the same as DER.",
        "Copy the text from and including the BEGIN line to and including the END line.",
    )
}

/// Nothing in it is a certificate.
pub fn no_certificate() -> Advice {
    Advice::new(
        "There is no certificate in it.",
        "A certificate begins with -----BEGIN CERTIFICATE-----; .cer, .crt, .p7b and .der files hold one as well.",
        "Bring the file that came back from the authority.",
    )
}

/// A reply for another key.
pub fn reply_mismatch(
    entry: &RequestEntry,
    certificate: &Certificate,
    belongs: Option<&RequestEntry>,
) -> Advice {
    let name = crate::desk::certificate_label(certificate);
    let (detail, hint) = match belongs {
        Some(other) => (
            format!(
                "Its public key is not the one of this request. It belongs to the request {} of {}.",
                other.label,
                other.created.date()
            ),
            format!("Open the request {} and complete that one.", other.label),
        ),
        None if certificate.is_ca() => (
            "It is the certificate of an authority, not of this server.".into(),
            "Bring the server's own certificate. Authorities go into a trust store.".into(),
        ),
        None => (
            "Its public key is not the one of this request: it was issued for another request, or the request was \
             made again after it was sent."
                .into(),
            "Ask for the certificate that belongs to this request, or look for the request that it belongs to.".into(),
        ),
    };
    Advice::new(format!("{name} is not the answer to {}.", entry.label), detail, hint)
}

/// What the authority changed of what was asked for: the names.
pub fn contract(request: &Request, certificate: &Certificate) -> Vec<Advice> {
    let asked = request.subject_alt_names();
    let given = certificate.subject_alt_names();
    let missing: Vec<String> =
        asked.iter().filter(|name| !given.contains(name)).map(ToString::to_string).collect();
    let added: Vec<String> =
        given.iter().filter(|name| !asked.contains(name)).map(ToString::to_string).collect();
    let mut said = Vec::new();
    if !missing.is_empty() {
        said.push(Advice::new(
            format!("The authority left out: {}.", missing.join(", ")),
            "The names of the certificate are not those of the request.",
            "Cisco servers refuse it with “CSR SAN and certificate SAN does not match”.",
        ));
    }
    if !added.is_empty() && !asked.is_empty() {
        said.push(Advice::new(
            format!("The authority added: {}.", added.join(", ")),
            "The names of the certificate are not those of the request.",
            "Cisco servers refuse it with “CSR SAN and certificate SAN does not match”.",
        ));
    }
    said
}

/// A certificate that would outlive its authority.
pub fn past_authority(wanted: &UnixTime, own: &UnixTime) -> Advice {
    Advice::new(
        format!("The certificate would outlive its authority: {} is past {}.", wanted.date(), own.date()),
        "On the day the authority expires, every certificate of its is worthless.",
        "Choose a shorter time, or let it end with the authority.",
    )
}

/// An authority whose time is over.
pub fn authority_expired(own: &UnixTime) -> Advice {
    Advice::new(
        format!("The authority expired on {}.", own.date()),
        "Nothing that it signs now is worth anything.",
        "Make a new authority.",
    )
}

/// A server certificate without a name.
pub fn no_names() -> Advice {
    Advice::new(
        "The request names no server.",
        "It has no subject alternative name, and its common name is no host name and no address. No client would \
         accept the certificate for any server.",
        "Make the request again with the name that clients will type.",
    )
}

/// PKCS#12 without password.
pub fn empty_password() -> Advice {
    Advice::new(
        "The password is empty.",
        "The file holds the private key, and several systems refuse to import it without a password.",
        "Type a password; you need it once more where you import the file.",
    )
}

/// A store without name.
pub fn store_without_name() -> Advice {
    Advice::new("The store needs a name.", "", "Type one, for example cup-trust.")
}

/// A store's name that is taken.
pub fn store_exists(name: &str) -> Advice {
    Advice::new(
        format!("There is a store named {name} already."),
        "",
        "Open that one, or choose another name.",
    )
}

/// A name that a store can't use.
pub fn store_entry_name(name: &str) -> Advice {
    Advice::new(
        if name.is_empty() {
            "The certificate needs a name in the store.".into()
        } else {
            format!("“{name}” can't be a name in a store.")
        },
        "Slashes and control characters are not allowed.",
        "Type a name without extension, for example the common name of the root.",
    )
}

/// A certificate that is trusted already.
pub fn already_trusted(store: &str) -> Advice {
    Advice::new(format!("{store} trusts this certificate already."), "", "There is nothing to do.")
}

/// A name that is taken within the store.
pub fn entry_name_taken(name: &str) -> Advice {
    Advice::new(
        format!("The store has an entry named {name} already."),
        "It is another certificate.",
        "Choose another name, or take the old one out first.",
    )
}

/// An authority that can't be trusted any more.
pub fn expired_authority(end: &UnixTime) -> Advice {
    Advice::new(
        format!("This certificate expired on {}.", end.date()),
        "Servers refuse to take it into a trust store.",
        "Get the authority's present certificate.",
    )
}

/// A server's certificate for a trust store.
pub fn not_an_authority(label: &str) -> Advice {
    Advice::new(
        format!("{label} is not an authority."),
        "A trust store holds the certificates of authorities; those of servers follow from them.",
        "Bring the root certificate, and the intermediate ones if there are any.",
    )
}

/// No host typed.
pub fn no_host() -> Advice {
    Advice::new(
        "The peer server is missing.",
        "",
        "Type the host name or address exactly as it stands in the other server's configuration.",
    )
}

/// Not a port.
pub fn bad_port(port: &str) -> Advice {
    Advice::new(
        format!("“{port}” is not a port."),
        "Ports go from 1 to 65535.",
        "443 is the usual one for HTTPS.",
    )
}

/// No store to hold the chain against.
pub fn no_store() -> Advice {
    Advice::new(
        "There is no trust store to hold the chain against.",
        "The verdict depends on whom the store trusts.",
        "Make a trust store first, for example cup-trust.",
    )
}

/// The companion can't be reached.
pub fn no_proxy() -> Advice {
    Advice::new(
        "The companion is not there.",
        "A web page can't open a TLS connection of its own; certwright-proxy does it.",
        "Start Certwright with cargo xtask run, and open the address that it prints. Everything else works without it.",
    )
}

/// A passphrase that is too short.
pub fn short_passphrase(minimum: usize) -> Advice {
    Advice::new(
        format!("The passphrase needs at least {minimum} characters."),
        "Whoever copies the browser's files can try passphrases at leisure; only its length stands in the way.",
        "Four or five random words make a good one.",
    )
}

/// The word that confirms was not typed.
pub fn erase_not_confirmed(word: &str) -> Advice {
    Advice::new(
        "Nothing was erased.",
        "Erasing removes every key, certificate and authority of this vault for good.",
        format!("If that is what you want, type the word {word}."),
    )
}
