//! Which addresses a probe connects to. Internal hosts are what a probe is for, so private ranges are allowed; names are not looked at.

use std::net::IpAddr;

/// Says whether a probe stays away from this address: link-local (169.254.0.0/16 and fe80::/10,
/// where clouds keep their metadata), multicast, broadcast or unspecified, also when written as an
/// IPv4-mapped IPv6 address.
pub(super) fn is_denied(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_link_local() || v4.is_multicast() || v4.is_broadcast() || v4.is_unspecified(),
        IpAddr::V6(v6) => v6.is_unicast_link_local() || v6.is_multicast() || v6.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::is_denied;

    #[test]
    fn only_link_local_and_group_addresses_are_denied() {
        for (address, denied) in [
            ("169.254.169.254", true),
            ("169.253.255.255", false),
            ("169.255.0.0", false),
            ("::ffff:169.254.169.254", true),
            ("fe80::1", true),
            ("febf::1", true),
            ("fec0::1", false),
            ("224.0.0.1", true),
            ("255.255.255.255", true),
            ("0.0.0.0", true),
            ("::", true),
            ("::ffff:0.0.0.0", true),
            ("ff02::1", true),
            ("127.0.0.1", false),
            ("::1", false),
            ("10.0.0.1", false),
            ("192.168.1.1", false),
            ("fd00::1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_denied(address.parse().unwrap()), denied, "{address}");
        }
    }
}
