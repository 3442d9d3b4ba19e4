//! Names of the things a person keeps: each is derived from what it names, so the same thing never has two.

pub use certwright_pki::hex;
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A key pair: lower-case hex SHA-256 of the SubjectPublicKeyInfo.
    KeyId
);
id!(
    /// A request: lower-case hex SHA-256 of its DER.
    RequestId
);
id!(
    /// A certificate: lower-case hex SHA-256 of its DER.
    CertificateId
);
id!(
    /// An authority: the id of its key.
    AuthorityId
);
id!(
    /// A trust store: its first name, in lower case, with other characters than letters and digits as `-`.
    StoreId
);
id!(
    /// A probed server: `host:port` as typed.
    ProbeId
);

id!(
    /// Anything that was opened: lower-case hex SHA-256 of its bytes; for a private key `key-` and the id of the key.
    ObjectId
);

/// Number of a job, unique within one page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct JobId(pub u64);

/// Number of a commit, unique within one page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CommitId(pub u64);
