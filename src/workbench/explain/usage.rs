//! Words for why a certificate is usable for something, or is not.

use certwright_pki::usage::Reason;

/// Words for a reason, a clause.
pub fn usage(reason: Reason) -> String {
    match reason {
        Reason::Stated => "it says so".into(),
        Reason::Unrestricted => "nothing restricts it".into(),
        Reason::AnyPurpose => "it names every purpose".into(),
        Reason::PurposeMissing(purpose) => format!("its extended key usage lacks {}", named(purpose)),
        Reason::PurposeNotStated(purpose) => {
            format!("it has no extended key usage, and this needs {}", named(purpose))
        }
        Reason::KeyUsageMissing(bits) => format!("its key usage lacks {}", bits.names().join(" or ")),
        Reason::NotACa => "its basic constraints don’t say that it is an authority".into(),
        Reason::Undecoded(what) => format!("its {what} can’t be decoded"),
    }
}

/// The name of a purpose, or its OID where it has none.
fn named(oid: &str) -> &str {
    certwright_pki::extension::oid_name(oid).unwrap_or(oid)
}
