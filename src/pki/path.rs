//! Searches for a certification path from a leaf to a trust store and says everything that is wrong with the best one.
//!
//! RFC 5280 section 6.1 without policies and revocation: signatures, validity, basic constraints, path length, key
//! usage, name chaining, name constraints and unknown critical extensions. Purposes and the peer's name are judged
//! elsewhere.

mod check;
mod name_constraints;
mod search;

use crate::certificate::Certificate;
use crate::engine::Engine;
use crate::extension::oids;
use crate::name::DistinguishedName;
use crate::time::UnixTime;

/// Most signatures that are verified for one question.
pub const MAX_SIGNATURES: usize = 1_000;

/// What is to be judged, and by what.
#[derive(Debug, Clone, Copy)]
pub struct PathQuestion<'a> {
    /// The certificate at the start of the path.
    pub leaf: &'a Certificate,
    /// The others that the peer sent, in its order.
    pub sent: &'a [Certificate],
    /// Certificates known from elsewhere; they can help but are not trusted.
    pub pool: &'a [Certificate],
    /// The chosen store. Each of its certificates is trusted, whether it signed itself or not.
    pub anchors: &'a [Certificate],
    /// The time to judge at.
    pub at: UnixTime,
}

/// Where a certificate of a path came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// The peer sent it.
    Sent,
    /// It was known from elsewhere.
    Pool,
    /// It was in the store only.
    Store,
}

/// One certificate of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The certificate.
    pub certificate: Certificate,
    /// Where it came from.
    pub source: Source,
    /// Whether the store holds it too.
    pub in_store: bool,
}

/// The certificate that is needed next and was found nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingIssuer {
    /// Its subject.
    pub name: DistinguishedName,
    /// Its subject key identifier, if the certificate below tells it.
    pub key_identifier: Option<Vec<u8>>,
    /// Where the certificate below says it can be fetched.
    pub urls: Vec<String>,
}

/// Something wrong with a path; `at` counts its links from the leaf, which is 0.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathProblem {
    /// The validity has ended.
    Expired {
        /// The link.
        at: usize,
    },
    /// The validity has not begun.
    NotYetValid {
        /// The link.
        at: usize,
    },
    /// The signature was not made by the issuer's key.
    BadSignature {
        /// The signed link.
        at: usize,
    },
    /// The signature cannot be verified here.
    UnsupportedSignature {
        /// The signed link.
        at: usize,
        /// The dotted OID of its algorithm.
        oid: String,
    },
    /// A signature over SHA-1, which can be forged and which current TLS software refuses.
    WeakSignature {
        /// The signed link.
        at: usize,
    },
    /// The engine broke while verifying.
    EngineFailed {
        /// The signed link.
        at: usize,
    },
    /// The algorithm inside the signed part is another one than outside (RFC 5280 section 4.1.1.2).
    AlgorithmMismatch {
        /// The link.
        at: usize,
    },
    /// An issuer whose basic constraints do not make it a CA.
    NotACa {
        /// The issuing link.
        at: usize,
    },
    /// More CAs follow than an issuer allows.
    PathLengthExceeded {
        /// The link that sets the limit.
        at: usize,
    },
    /// An issuer whose key usage does not allow signing certificates.
    KeyUsage {
        /// The issuing link.
        at: usize,
    },
    /// A name that a CA above does not allow.
    NameConstraint {
        /// The link with the name.
        at: usize,
        /// The link that sets the constraint.
        by: usize,
        /// The name; the kind of name where a whole kind cannot be judged.
        name: String,
    },
    /// A critical extension that is not known, or known and not judged here.
    UnknownCriticalExtension {
        /// The link.
        at: usize,
        /// Its dotted OID.
        oid: String,
    },
    /// A critical extension that is known but damaged.
    UndecodableExtension {
        /// The link.
        at: usize,
        /// Its dotted OID.
        oid: String,
    },
    /// An extension that occurs twice (RFC 5280 section 4.2).
    DuplicateExtension {
        /// The link.
        at: usize,
        /// Its dotted OID.
        oid: String,
    },
    /// The path ends at a certificate whose issuer was found nowhere; see [`Judgement::missing`].
    MissingIssuer,
    /// The path ends at a self-signed certificate that the store does not hold.
    UntrustedRoot,
    /// The store holds the same subject with another key: the CA or the server was re-issued, and the old
    /// certificate is still in the store; see [`Judgement::namesakes`].
    ReissuedIssuer {
        /// The last link: the one re-issued, or the one that the stored key did not sign.
        at: usize,
    },
    /// The search ended at its limits before every path was seen.
    OutOfBudget,
}

/// The best path and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The best path, leaf first.
    pub path: Vec<Link>,
    /// Whether the path ends in the store; alone this does not make it good, see [`Judgement::is_trusted`].
    pub anchored: bool,
    /// The certificate that is needed next.
    pub missing: Option<MissingIssuer>,
    /// Everything that is wrong with the path.
    pub problems: Vec<PathProblem>,
    /// Certificates of the store that share the subject, but not the key, where the path ends.
    pub namesakes: Vec<Certificate>,
}

impl Judgement {
    /// Whether the path ends in the store and nothing is wrong with it.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.anchored && self.problems.is_empty()
    }

    /// The first link whose extended key usage leaves out a purpose; a CA's limits those below it, the anchor's not.
    ///
    /// The search does not look for another path because of it.
    #[must_use]
    pub fn against_purpose(&self, oid: &str) -> Option<usize> {
        let judged = self.path.len() - usize::from(self.anchored && self.path.len() > 1);
        self.path[..judged].iter().position(|link| {
            let purposes = link.certificate.extended_key_usage();
            let allows = |purpose: &String| purpose == oid || purpose == oids::ANY_EXTENDED_KEY_USAGE;
            purposes.is_some_and(|purposes| !purposes.iter().any(allows))
        })
    }
}

/// Finds the best path and judges it.
///
/// Paths that end in the store are preferred, then those with fewer problems; the search stops at the first path
/// without any. It verifies at most [`MAX_SIGNATURES`] signatures.
pub async fn judge(engine: &impl Engine, question: &PathQuestion<'_>) -> Judgement {
    search::Search::new(engine, question).run().await
}

#[cfg(test)]
mod tests;
