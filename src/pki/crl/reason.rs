//! The reasons for revoking a certificate.
//!
//! Leaves out what follows from them.

use serde::{Deserialize, Serialize};

/// Why a certificate was revoked ([RFC 5280 section 5.3.1]); the numbers are the standard's.
///
/// [RFC 5280 section 5.3.1]: https://datatracker.ietf.org/doc/html/rfc5280#section-5.3.1
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RevocationReason {
    /// 0; should be left out when writing.
    Unspecified,
    /// 1
    KeyCompromise,
    /// 2
    CaCompromise,
    /// 3
    AffiliationChanged,
    /// 4
    Superseded,
    /// 5
    CessationOfOperation,
    /// 6; the only one that can be taken back.
    CertificateHold,
    /// 8
    RemoveFromCrl,
    /// 9
    PrivilegeWithdrawn,
    /// 10
    AaCompromise,
}

impl RevocationReason {
    /// Every reason with its number and the standard's name.
    pub const ALL: [(Self, u8, &'static str); 10] = [
        (Self::Unspecified, 0, "unspecified"),
        (Self::KeyCompromise, 1, "keyCompromise"),
        (Self::CaCompromise, 2, "cACompromise"),
        (Self::AffiliationChanged, 3, "affiliationChanged"),
        (Self::Superseded, 4, "superseded"),
        (Self::CessationOfOperation, 5, "cessationOfOperation"),
        (Self::CertificateHold, 6, "certificateHold"),
        (Self::RemoveFromCrl, 8, "removeFromCRL"),
        (Self::PrivilegeWithdrawn, 9, "privilegeWithdrawn"),
        (Self::AaCompromise, 10, "aACompromise"),
    ];

    /// The number of the reason.
    pub fn code(self) -> u8 {
        let row = Self::ALL.iter().find(|row| row.0 == self);
        row.map_or(0, |row| row.1)
    }

    /// The standard's name of the reason.
    pub fn name(self) -> &'static str {
        let row = Self::ALL.iter().find(|row| row.0 == self);
        row.map_or("", |row| row.2)
    }

    /// The reason for people.
    pub fn words(self) -> &'static str {
        crate::describe::extension::identifiers::reason_words(self.code()).unwrap_or_else(|| self.name())
    }

    /// The reason with this number.
    pub fn from_code(code: u8) -> Option<Self> {
        let row = Self::ALL.iter().find(|row| row.1 == code);
        row.map(|row| row.0)
    }
}
