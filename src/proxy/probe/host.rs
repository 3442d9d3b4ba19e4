//! The host as typed: a name or an address. Rewrites nothing and resolves nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use certwright_proxy_api::{ApiError, ErrorCode};
use rustls::pki_types::{DnsName, ServerName};

/// The longest name in text form, with a trailing dot (RFC 1035 section 2.3.4).
const LONGEST_NAME: usize = 254;

/// What was typed as host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// An IP address.
    Literal(IpAddr),
    /// A name for the resolver.
    Name(String),
}

impl Host {
    /// Reads an address, an address in brackets, or a name.
    ///
    /// # Errors
    /// `bad-host` for anything else: empty or too long, control characters, spaces, other than ASCII.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Literal(address));
        }
        if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            return match inner.parse::<Ipv6Addr>() {
                Ok(address) => Ok(Self::Literal(address.into())),
                Err(_) => Err(ApiError::new(ErrorCode::BadHost)),
            };
        }
        if !text.is_ascii() {
            let message = "The host holds characters outside ASCII; write it in its xn-- form.";
            return Err(ApiError::with_message(ErrorCode::BadHost, message));
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        if text.is_empty() || text.len() > LONGEST_NAME || !text.bytes().all(plain) {
            return Err(ApiError::new(ErrorCode::BadHost));
        }
        Ok(Self::Name(text.to_owned()))
    }
}

/// The server name to send, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ServerNameChoice {
    /// Send this name.
    Send(DnsName<'static>),
    /// Send none: the host is an address, or a name that TLS cannot carry, or none was wanted.
    Omit,
}

impl ServerNameChoice {
    /// Takes `asked` if given (empty means none), else the host.
    pub(super) fn new(host: &Host, asked: Option<&str>) -> Result<Self, ApiError> {
        let name = |text: &str| DnsName::try_from(text.to_owned());
        match (asked, host) {
            (Some(""), _) | (None, Host::Literal(_)) => Ok(Self::Omit),
            (Some(asked), _) => match name(asked) {
                Ok(asked) => Ok(Self::Send(asked)),
                Err(_) => Err(ApiError::new(ErrorCode::BadServerName)),
            },
            (None, Host::Name(host)) => Ok(name(host).map_or(Self::Omit, Self::Send)),
        }
    }

    /// The name as it is sent: without a trailing dot (RFC 6066 section 3).
    pub(super) fn sent(&self) -> Option<String> {
        match self {
            Self::Send(name) => Some(name.as_ref().trim_end_matches('.').to_owned()),
            Self::Omit => None,
        }
    }

    /// The name for the TLS client; an address stands for "send none".
    pub(super) fn for_tls(&self) -> ServerName<'static> {
        match self {
            Self::Send(name) => ServerName::DnsName(name.clone()),
            Self::Omit => ServerName::IpAddress(IpAddr::V4(Ipv4Addr::UNSPECIFIED).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn addresses_and_names_are_told_apart() {
        let name = |text: &str| Some(Host::Name(text.to_owned()));
        let literal = |text: &str| Some(Host::Literal(text.parse().unwrap()));
        for (text, expect) in [
            ("mail.example", name("mail.example")),
            ("MAIL.Example.", name("MAIL.Example.")),
            ("_sip.example", name("_sip.example")),
            ("xn--bcher-kva.example", name("xn--bcher-kva.example")),
            ("192.0.2.1", literal("192.0.2.1")),
            ("2001:db8::1", literal("2001:db8::1")),
            ("[2001:db8::1]", literal("2001:db8::1")),
            ("[192.0.2.1]", None),
            ("[mail.example]", None),
            ("fe80::1%eth0", None),
            ("", None),
            (" mail.example", None),
            ("mail.example\r\nX: y", None),
            ("mail\0.example", None),
            ("mail.example/path", None),
            ("user@mail.example", None),
            ("bücher.example", None),
        ] {
            assert_eq!(Host::parse(text).ok(), expect, "{text:?}");
        }
        assert!(Host::parse(&"a".repeat(LONGEST_NAME)).is_ok());
        assert!(Host::parse(&"a".repeat(LONGEST_NAME + 1)).is_err());
    }

    #[test]
    fn the_server_name_is_the_host_unless_asked_otherwise() {
        for (host, asked, expect) in [
            ("mail.example", None, Ok(Some("mail.example"))),
            ("mail.example.", None, Ok(Some("mail.example"))),
            ("mail.example", Some("other.example"), Ok(Some("other.example"))),
            ("mail.example", Some(""), Ok(None)),
            ("192.0.2.1", None, Ok(None)),
            ("192.0.2.1", Some("mail.example"), Ok(Some("mail.example"))),
            ("mail.example", Some("a b"), Err(ErrorCode::BadServerName)),
            ("mail.example", Some("x\r\n"), Err(ErrorCode::BadServerName)),
        ] {
            let choice = ServerNameChoice::new(&Host::parse(host).unwrap(), asked);
            let got = choice.map(|c| c.sent()).map_err(|e| e.code);
            assert_eq!(got, expect.map(|o| o.map(str::to_owned)), "{host} {asked:?}");
        }
    }
}
