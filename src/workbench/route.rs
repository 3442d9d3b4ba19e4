//! Where a person is: one route for each page, as the part of the address behind `#`.

use crate::id::{AuthorityId, CertificateId, ObjectId, RequestId, StoreId};

/// A page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Route {
    #[default]
    Desk,
    /// What was opened.
    Opened,
    Object(ObjectId, Depth),
    Compare(ObjectId, ObjectId),
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
            ("opened", None) => Self::Opened,
            ("opened", Some(id)) => Self::Object(ObjectId(id.into()), Depth::parse(parts.next())),
            ("compare", Some(left)) => match parts.next() {
                Some(right) => Self::Compare(ObjectId(left.into()), ObjectId(right.into())),
                None => Self::Opened,
            },
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
            Self::Opened => "/opened".into(),
            Self::Object(id, Depth::Summary) => format!("/opened/{id}"),
            Self::Object(id, depth) => format!("/opened/{id}/{}", depth.word()),
            Self::Compare(left, right) => format!("/compare/{left}/{right}"),
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
            Self::Opened | Self::Object(..) | Self::Compare(..) => Section::Opened,
            Self::Requests | Self::NewRequest | Self::BringRequest | Self::Request(_) => Section::Requests,
            Self::Certificates | Self::Certificate(_) => Section::Certificates,
            Self::Authorities | Self::NewAuthority | Self::Authority(_) => Section::Authorities,
            Self::Stores | Self::Store(_) => Section::Stores,
            Self::Probe => Section::Probe,
            Self::Vault => Section::Vault,
        }
    }
}

/// How deep an object is looked into.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Depth {
    /// Sentences.
    #[default]
    Summary,
    /// Tables.
    Fields,
    /// The ASN.1 tree and the octets.
    Bytes,
}

impl Depth {
    /// All, from the surface down.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Fields, Self::Bytes];

    fn parse(word: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|depth| word == Some(depth.word())).unwrap_or_default()
    }

    /// The word in the address.
    fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Fields => "fields",
            Self::Bytes => "bytes",
        }
    }

    /// The word shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Fields => "Fields",
            Self::Bytes => "Bytes",
        }
    }
}

/// An entry of the rail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Desk,
    Opened,
    Requests,
    Certificates,
    Authorities,
    Stores,
    Probe,
    Vault,
}

impl Section {
    /// All, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Desk,
        Self::Opened,
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
            Self::Opened => "Opened files",
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
            Self::Opened => Route::Opened,
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
            Route::Opened,
            Route::Object(ObjectId("ab".into()), Depth::Summary),
            Route::Object(ObjectId("ab".into()), Depth::Bytes),
            Route::Compare(ObjectId("ab".into()), ObjectId("cd".into())),
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
