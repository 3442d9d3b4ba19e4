//! The name for people of any object identifier that this crate knows, whatever it stands for.
//!
//! Leaves out the tables themselves: they lie with what they name.

use crate::algorithm;
use crate::extension::oid_name;
use crate::name::AttributeKind;
use crate::schema;

/// The name of an extension, a purpose, a policy, an attribute or an algorithm.
pub(crate) fn name(oid: &str) -> Option<&'static str> {
    oid_name(oid)
        .or_else(|| AttributeKind::long_name_of(oid))
        .or_else(|| algorithm::name(oid))
        .or_else(|| schema::name(oid))
}

/// The name of a TLS extension by its number (IANA's registry), of those that a certificate may demand.
pub(crate) const fn tls_extension(number: u64) -> Option<&'static str> {
    Some(match number {
        0 => "server_name",
        5 => "status_request",
        16 => "application_layer_protocol_negotiation",
        17 => "status_request_v2",
        18 => "signed_certificate_timestamp",
        23 => "extended_main_secret",
        35 => "session_ticket",
        _ => return None,
    })
}
