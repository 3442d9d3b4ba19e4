//! Judging a chain against a store, in the words of the two tests that administrators know.

use super::authority::refuse;
use super::{JobFailure, JudgeOrder, Outcome};
use crate::explain::{self, Advice};
use certwright_pki::path::{self, Judgement, PathProblem, PathQuestion, Source};
use certwright_pki::peer_name::{self, NameMatch};
use certwright_pki::{Certificate, Engine, PrivateKey};
use serde::{Deserialize, Serialize};

/// Status of the test *SSL Connection/Certificate Verification*, as the Certificate Import Tool of Release 12.5
/// words it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Verdict {
    Verified,
    MissingFromChain,
    SubjectCnMismatch,
    SanMismatch,
    BadCertificates,
    NetworkError,
    Failed,
}

impl Verdict {
    /// The tool's own words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Verified => "Verified",
            Self::MissingFromChain => "Failed – Certificate Missing From Chain",
            Self::SubjectCnMismatch => "Failed – Subject CN Mismatch",
            Self::SanMismatch => "Failed – SAN Mismatch",
            Self::BadCertificates => "Failed – Bad Certificates",
            Self::NetworkError => "Failed – Network Error",
            Self::Failed => "Failed",
        }
    }
}

/// One certificate of the best path.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LinkReport {
    pub der: Vec<u8>,
    /// True if the server sent it.
    pub sent: bool,
    /// True if the chosen store holds it.
    pub in_store: bool,
}

/// A certificate that a complete chain would need.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MissingCertificate {
    /// The issuer's name, RFC 4514.
    pub name: String,
    /// Its key identifier in hex, where the certificate below names it.
    pub key_identifier: Option<String>,
    /// Where the certificate below says it can be had.
    pub urls: Vec<String>,
}

/// The judgement as shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChainReport {
    pub verdict: Verdict,
    /// Leaf first.
    pub links: Vec<LinkReport>,
    /// Certificates that the server sent and the path doesn't use.
    pub unused: Vec<Vec<u8>>,
    pub missing: Option<MissingCertificate>,
    /// All reasons, the first cause first.
    pub reasons: Vec<Advice>,
    /// Certification authorities of the path that the store lacks and could take in, top first.
    pub importable: Vec<Vec<u8>>,
}

/// Builds the best path and says what is wrong with it.
pub(super) async fn judge<E: Engine>(
    engine: &E,
    order: &JudgeOrder,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let sent = order
        .sent
        .iter()
        .map(|der| Certificate::parse(der))
        .collect::<Result<Vec<_>, _>>()
        .map_err(refuse)?;
    let Some((leaf, others)) = sent.split_first() else {
        return Err(JobFailure::Refused(explain::no_certificate_sent()));
    };
    // What cannot be read of the desk or the store cannot be part of a path.
    let readable =
        |ders: &[Vec<u8>]| ders.iter().filter_map(|der| Certificate::parse(der).ok()).collect::<Vec<_>>();
    let (pool, anchors) = (readable(&order.pool), readable(&order.store));
    let question = PathQuestion { leaf, sent: others, pool: &pool, anchors: &anchors, at: order.at };
    let judgement = path::judge(engine, &question).await;
    let name = order.name.as_ref().map(|(typed, rule)| peer_name::matches(leaf, typed, *rule));
    Ok((Outcome::Judged(Box::new(report(&sent, &judgement, name.as_ref()))), Vec::new()))
}

fn report(sent: &[Certificate], judgement: &Judgement, name: Option<&NameMatch>) -> ChainReport {
    let links: Vec<_> = judgement
        .path
        .iter()
        .enumerate()
        .map(|(at, link)| LinkReport {
            der: link.certificate.der().to_vec(),
            sent: at == 0 || matches!(link.source, Source::Sent) || sent.contains(&link.certificate),
            in_store: link.in_store,
        })
        .collect();
    let unused = sent.iter().filter(|one| !judgement.path.iter().any(|link| &link.certificate == *one));
    let importable = judgement
        .path
        .iter()
        .skip(1)
        .rev()
        .filter(|link| !link.in_store && link.certificate.is_ca())
        .map(|link| link.certificate.der().to_vec());
    let mut reasons: Vec<Advice> =
        judgement.problems.iter().map(|problem| explain::path_problem(problem, &judgement.path)).collect();
    reasons.extend(name.and_then(explain::name_mismatch));
    ChainReport {
        verdict: verdict(judgement, name),
        links,
        unused: unused.map(|one| one.der().to_vec()).collect(),
        missing: judgement.missing.as_ref().map(|missing| MissingCertificate {
            name: missing.name.rfc4514(),
            key_identifier: missing.key_identifier.as_deref().map(crate::id::hex),
            urls: missing.urls.clone(),
        }),
        reasons,
        importable: importable.collect(),
    }
}

/// The first word that fits, in the order in which a person can act: bad certificates before missing ones, both
/// before names.
fn verdict(judgement: &Judgement, name: Option<&NameMatch>) -> Verdict {
    let missing =
        |problem: &PathProblem| matches!(problem, PathProblem::MissingIssuer | PathProblem::UntrustedRoot);
    if judgement.problems.iter().any(|problem| !missing(problem)) {
        Verdict::BadCertificates
    } else if judgement.problems.iter().any(missing) || !judgement.anchored {
        Verdict::MissingFromChain
    } else {
        match name {
            None | Some(NameMatch::Matched { .. }) => Verdict::Verified,
            Some(NameMatch::CommonNameMismatch { .. }) => Verdict::SubjectCnMismatch,
            Some(_) => Verdict::SanMismatch,
        }
    }
}
