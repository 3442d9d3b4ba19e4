//! Where a PKCS#12 file is to be imported, and which algorithms that program reads.
//!
//! The algorithms themselves are in `pkcs12`.

use crate::pkcs12::{Scheme, Suite, USUAL_MAC_SALT};
use serde::{Deserialize, Serialize};

/// A program that a PKCS#12 file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Destination {
    /// Anything that is kept up to date.
    #[default]
    Current,
    /// Windows Server 2012 R2 and 2016.
    WindowsServer2016,
    /// The keychain of older macOS and iOS.
    OlderMac,
    /// Older Android.
    OlderAndroid,
    /// Java 8 before update 301, Java 11 before 11.0.12.
    Java8,
}

impl Destination {
    /// Every destination, in the order to offer them.
    pub const ALL: [Self; 5] =
        [Self::Current, Self::WindowsServer2016, Self::OlderMac, Self::OlderAndroid, Self::Java8];

    /// A stable name for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::WindowsServer2016 => "windows-server-2016",
            Self::OlderMac => "older-macos",
            Self::OlderAndroid => "older-android",
            Self::Java8 => "java-8",
        }
    }

    /// The destination with this [`Destination::id`].
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|destination| destination.id() == id)
    }

    /// The name to show.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Current => "Current software",
            Self::WindowsServer2016 => "Windows Server 2012 R2 or 2016",
            Self::OlderMac => "Older macOS or iOS",
            Self::OlderAndroid => "Older Android",
            Self::Java8 => "Java 8",
        }
    }

    /// Why the file is protected as it is, in one sentence.
    #[must_use]
    pub const fn why(self) -> &'static str {
        match self {
            Self::Current => {
                "AES-256 with HMAC-SHA-256, which OpenSSL 1.1 and 3, Windows 10 and Server 2019, \
                 Java from 8u301, Firefox and current macOS read."
            }
            Self::WindowsServer2016 => {
                "Triple DES with SHA-1, because Windows before Server 2019 says \"wrong password\" to AES."
            }
            Self::OlderMac => {
                "Triple DES with a SHA-1 check and an 8-byte salt, because the older keychain refuses \
                 anything newer with \"MAC verification failed\"."
            }
            Self::OlderAndroid => {
                "Triple DES with SHA-1, because the certificate installer of older Android does not know AES here."
            }
            Self::Java8 => {
                "Triple DES with SHA-1, because Java before 8u301 and 11.0.12 does not know the newer check; \
                 the password has to be ASCII."
            }
        }
    }

    /// The algorithms.
    ///
    /// The salt of the check has eight octets for every destination: more has been seen to be refused, and the
    /// password is protected by the iterations.
    #[must_use]
    pub const fn suite(self) -> Suite {
        match self {
            Self::Current => Suite { scheme: Scheme::Modern, iterations: 100_000, mac_salt: USUAL_MAC_SALT },
            _ => Suite { scheme: Scheme::Legacy, iterations: 2_048, mac_salt: USUAL_MAC_SALT },
        }
    }

    /// Whether the destination refuses passwords beyond ASCII.
    #[must_use]
    pub const fn wants_ascii_password(self) -> bool {
        matches!(self, Self::Java8)
    }
}
