//! The key exchange group secp521r1, so that servers that accept nothing else, or have a P-521 certificate in TLS 1.2, can be probed. No signatures.

use getrandom::SysRng;
use p521::PublicKey;
use p521::ecdh::EphemeralSecret;
use p521::elliptic_curve::Generate;
use rustls::crypto::{ActiveKeyExchange, SharedSecret, SupportedKxGroup};
use rustls::{Error, NamedGroup, PeerMisbehaved};

/// secp521r1, RFC 8446 section 4.2.7. Offered last.
#[derive(Debug)]
pub(super) struct P521;

impl SupportedKxGroup for P521 {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let secret = EphemeralSecret::try_generate_from_rng(&mut SysRng);
        let secret = secret.map_err(|_| Error::FailedToGetRandomBytes)?;
        let public = secret.public_key().to_sec1_bytes();
        Ok(Box::new(Exchange { secret, public }))
    }

    fn name(&self) -> NamedGroup {
        NamedGroup::secp521r1
    }
}

/// An exchange that waits for the server's share.
struct Exchange {
    secret: EphemeralSecret,
    public: Box<[u8]>,
}

impl ActiveKeyExchange for Exchange {
    fn complete(self: Box<Self>, peer: &[u8]) -> Result<SharedSecret, Error> {
        let peer = PublicKey::from_sec1_bytes(peer);
        let peer = peer.map_err(|_| Error::from(PeerMisbehaved::InvalidKeyShare))?;
        let shared = self.secret.diffie_hellman(&peer);
        Ok(SharedSecret::from(shared.raw_secret_bytes().as_slice()))
    }

    fn pub_key(&self) -> &[u8] {
        &self.public
    }

    fn group(&self) -> NamedGroup {
        NamedGroup::secp521r1
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn both_sides_reach_the_same_secret() {
        let (one, other) = (P521.start().unwrap(), P521.start().unwrap());
        let (of_one, of_other) = (one.pub_key().to_vec(), other.pub_key().to_vec());
        assert_ne!(of_one, of_other);
        // An uncompressed point: a four, and two coordinates of 66 bytes (RFC 8446 section 4.2.8.2).
        assert_eq!((of_one[0], of_one.len()), (4, 133));
        let secret = one.complete(&of_other).unwrap();
        assert_eq!(secret.secret_bytes(), other.complete(&of_one).unwrap().secret_bytes());
        assert_eq!(secret.secret_bytes().len(), 66);
    }

    #[test]
    fn a_share_that_is_no_point_is_refused() {
        let mut share = P521.start().unwrap().pub_key().to_vec();
        share[132] ^= 1;
        for share in [&share[..], &share[..132], &[], &[0]] {
            assert!(P521.start().unwrap().complete(share).is_err(), "{} bytes", share.len());
        }
    }
}
