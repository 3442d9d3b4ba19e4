//! Where a person is: one route for each page, as the part of the address behind `#`.

use crate::id::{AuthorityId, CertificateId, RequestId, StoreId};

/// A page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Route {
    #[default]
    Desk,
    Requests,
    NewRequest,
    BringRequest,
    Request(RequestId),
    Certificates,
    Certificate(CertificateId),
    Authorities,
    NewAuthority,
    Authority(AuthorityId),
    Stores,
    Store(StoreId),
    Probe,
    Vault,
}

impl Route {
    /// Reads the part behind `#`; what is not known is the desk.
    pub fn parse(hash: &str) -> Self {
        let mut parts = hash.trim_start_matches('#').trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next()) {
            ("requests", None) => Self::Requests,
            ("requests", Some("new")) => Self::NewRequest,
            ("requests", Some("bring")) => Self::BringRequest,
            ("requests", Some(id)) => Self::Request(RequestId(id.into())),
            ("certificates", None) => Self::Certificates,
            ("certificates", Some(id)) => Self::Certificate(CertificateId(id.into())),
            ("authorities", None) => Self::Authorities,
            ("authorities", Some("new")) => Self::NewAuthority,
            ("authorities", Some(id)) => Self::Authority(AuthorityId(id.into())),
            ("stores", None) => Self::Stores,
            ("stores", Some(id)) => Self::Store(StoreId(id.into())),
            ("probe", _) => Self::Probe,
            ("vault", _) => Self::Vault,
            _ => Self::Desk,
        }
    }

    /// The part behind `#`.
    pub fn hash(&self) -> String {
        match self {
            Self::Desk => "/".into(),
            Self::Requests => "/requests".into(),
            Self::NewRequest => "/requests/new".into(),
            Self::BringRequest => "/requests/bring".into(),
            Self::Request(id) => format!("/requests/{id}"),
            Self::Certificates => "/certificates".into(),
            Self::Certificate(id) => format!("/certificates/{id}"),
            Self::Authorities => "/authorities".into(),
            Self::NewAuthority => "/authorities/new".into(),
            Self::Authority(id) => format!("/authorities/{id}"),
            Self::Stores => "/stores".into(),
            Self::Store(id) => format!("/stores/{id}"),
            Self::Probe => "/probe".into(),
            Self::Vault => "/vault".into(),
        }
    }

    /// The entry of the rail that it belongs to.
    pub fn section(&self) -> Section {
        match self {
            Self::Desk => Section::Desk,
            Self::Requests | Self::NewRequest | Self::BringRequest | Self::Request(_) => Section::Requests,
            Self::Certificates | Self::Certificate(_) => Section::Certificates,
            Self::Authorities | Self::NewAuthority | Self::Authority(_) => Section::Authorities,
            Self::Stores | Self::Store(_) => Section::Stores,
            Self::Probe => Section::Probe,
            Self::Vault => Section::Vault,
        }
    }
}

/// An entry of the rail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Desk,
    Requests,
    Certificates,
    Authorities,
    Stores,
    Probe,
    Vault,
}

impl Section {
    /// All, in the order shown.
    pub const ALL: [Self; 7] = [
        Self::Desk,
        Self::Requests,
        Self::Certificates,
        Self::Authorities,
        Self::Stores,
        Self::Probe,
        Self::Vault,
    ];

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Desk => "Desk",
            Self::Requests => "Requests",
            Self::Certificates => "Certificates",
            Self::Authorities => "Authorities",
            Self::Stores => "Trust stores",
            Self::Probe => "Probe",
            Self::Vault => "Vault",
        }
    }

    /// The page that it leads to.
    pub fn route(self) -> Route {
        match self {
            Self::Desk => Route::Desk,
            Self::Requests => Route::Requests,
            Self::Certificates => Route::Certificates,
            Self::Authorities => Route::Authorities,
            Self::Stores => Route::Stores,
            Self::Probe => Route::Probe,
            Self::Vault => Route::Vault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_read_back_from_its_hash() {
        for route in [
            Route::Desk,
            Route::Requests,
            Route::NewRequest,
            Route::BringRequest,
            Route::Request(RequestId("ab".into())),
            Route::Certificate(CertificateId("cd".into())),
            Route::Authorities,
            Route::NewAuthority,
            Route::Authority(AuthorityId("ef".into())),
            Route::Stores,
            Route::Store(StoreId("cup-trust".into())),
            Route::Probe,
            Route::Vault,
        ] {
            assert_eq!(Route::parse(&format!("#{}", route.hash())), route);
        }
    }
}
