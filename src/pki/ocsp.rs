//! OCSP requests and responses (RFC 6960).

/// id-pkix-ocsp-basic.
pub(crate) const BASIC: &str = "1.3.6.1.5.5.7.48.1.1";
