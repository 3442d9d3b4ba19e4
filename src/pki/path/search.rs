//! The bounded depth-first search for paths.
//!
//! What is wrong with a path beyond its signatures is found in `check`.

use super::{Judgement, Link, MAX_SIGNATURES, MissingIssuer, PathProblem, PathQuestion, Source, check};
use crate::certificate::Certificate;
use crate::engine::Engine;
use crate::error::ErrorKind;
use crate::order;
use std::collections::{HashMap, HashSet};

/// Most links of a path.
const MAX_DEPTH: usize = 32;
/// Most steps of the search; signatures are remembered, steps are not.
const MAX_STEPS: usize = 20_000;
/// Most paths that are checked as a whole.
const MAX_PATHS: usize = 500;
/// Most comparisons of a name with a name constraint in all paths together.
const MAX_COMPARISONS: usize = 500_000;

pub(super) struct Search<'a, E: Engine> {
    engine: &'a E,
    question: &'a PathQuestion<'a>,
    links: Vec<Link>,
    by_subject: HashMap<Vec<u8>, Vec<usize>>,
    verified: HashMap<(usize, usize), Verdict>,
    steps: usize,
    paths: usize,
    comparisons: usize,
    out_of_budget: bool,
    best: Option<Candidate>,
}

/// What a signature turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
    Unsupported,
    Failed,
}

impl Verdict {
    /// Whether the search goes on above; only a wrong signature proves that it should not.
    fn allows_issuer(self) -> bool {
        self != Verdict::Bad
    }
}

struct Candidate {
    path: Vec<usize>,
    anchored: bool,
    /// Ends at a self-signed certificate.
    rooted: bool,
    problems: Vec<PathProblem>,
}

impl Candidate {
    /// Bigger is better.
    fn rank(&self) -> (bool, bool, std::cmp::Reverse<usize>, usize) {
        let problems = std::cmp::Reverse(self.problems.len());
        let length = if self.anchored { usize::MAX - self.path.len() } else { self.path.len() };
        (self.anchored, self.rooted, problems, length)
    }
}

struct Frame {
    link: usize,
    issuers: std::vec::IntoIter<usize>,
    /// Whether any issuer was followed.
    continued: bool,
}

impl<'a, E: Engine> Search<'a, E> {
    pub(super) fn new(engine: &'a E, question: &'a PathQuestion<'a>) -> Self {
        let mut links: Vec<Link> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let leaf = std::iter::once(question.leaf);
        let sources = [
            (Source::Sent, leaf.chain(question.sent).collect::<Vec<_>>()),
            (Source::Pool, question.pool.iter().collect()),
            (Source::Store, question.anchors.iter().collect()),
        ];
        for (source, certificates) in sources {
            for certificate in certificates {
                let index = *seen.entry(certificate.id()).or_insert_with(|| {
                    links.push(Link { certificate: certificate.clone(), source, in_store: false });
                    links.len() - 1
                });
                links[index].in_store |= source == Source::Store;
            }
        }
        let mut by_subject: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
        for (index, link) in links.iter().enumerate() {
            let key = link.certificate.subject().comparable();
            by_subject.entry(key).or_default().push(index);
        }
        Search {
            engine,
            question,
            links,
            by_subject,
            verified: HashMap::new(),
            steps: 0,
            paths: 0,
            comparisons: MAX_COMPARISONS,
            out_of_budget: false,
            best: None,
        }
    }

    pub(super) async fn run(mut self) -> Judgement {
        let mut stack = vec![self.frame(0)];
        while let Some(top) = stack.last_mut() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                self.out_of_budget = true;
            }
            let link = top.link;
            let next = if self.links[link].in_store { None } else { top.issuers.next() };
            let Some(issuer) = next.filter(|_| !self.out_of_budget) else {
                let continued = top.continued;
                let path: Vec<usize> = stack.iter().map(|frame| frame.link).collect();
                if !continued {
                    self.consider(path).await;
                    if self.found_perfect() {
                        break;
                    }
                }
                stack.pop();
                continue;
            };
            let path: Vec<usize> = stack.iter().map(|frame| frame.link).collect();
            if self.repeats(&path, issuer) {
                continue;
            }
            if path.len() >= MAX_DEPTH {
                continue;
            }
            if self.verdict(link, issuer).await.allows_issuer() && !self.out_of_budget {
                if let Some(top) = stack.last_mut() {
                    top.continued = true;
                }
                stack.push(self.frame(issuer));
            }
        }
        self.finish()
    }

    fn found_perfect(&self) -> bool {
        self.best.as_ref().is_some_and(|best| best.anchored && best.problems.is_empty())
    }

    fn certificate(&self, link: usize) -> &Certificate {
        &self.links[link].certificate
    }

    fn frame(&self, link: usize) -> Frame {
        let child = self.certificate(link);
        let same = self.by_subject.get(&child.issuer().comparable());
        let mut issuers: Vec<usize> = same.into_iter().flatten().copied().collect();
        issuers.retain(|issuer| *issuer != link);
        order::sort_by_key(&mut issuers, |issuer| {
            let candidate = &self.links[*issuer];
            let certificate = &candidate.certificate;
            let contradicts = contradicts(child, certificate);
            let outdated = !certificate.validity().contains(self.question.at);
            (contradicts, !candidate.in_store, outdated, !certificate.is_ca(), *issuer)
        });
        Frame { link, issuers: issuers.into_iter(), continued: false }
    }

    /// Whether the path already holds the issuer, or one with its name and key (RFC 4158 section 2.4.2).
    fn repeats(&self, path: &[usize], issuer: usize) -> bool {
        let next = self.certificate(issuer);
        path.iter().any(|link| {
            let link = self.certificate(*link);
            link.public_key() == next.public_key() && link.subject() == next.subject()
        })
    }

    async fn verdict(&mut self, child: usize, issuer: usize) -> Verdict {
        if let Some(known) = self.verified.get(&(child, issuer)) {
            return *known;
        }
        if self.verified.len() >= MAX_SIGNATURES {
            self.out_of_budget = true;
            return Verdict::Bad;
        }
        let (signed, signer) = (self.certificate(child), self.certificate(issuer));
        let result = self.engine.verify(
            signer.public_key(),
            signed.signature_algorithm(),
            signed.tbs(),
            signed.signature(),
        );
        let verdict = match result.await.map_err(|error| error.kind) {
            Ok(()) => Verdict::Good,
            Err(ErrorKind::UnsupportedAlgorithm { .. }) => Verdict::Unsupported,
            Err(ErrorKind::EngineFailed { .. }) => Verdict::Failed,
            Err(_) => Verdict::Bad,
        };
        self.verified.insert((child, issuer), verdict);
        verdict
    }

    /// Judges a path that cannot be continued and keeps it when it is the best so far.
    async fn consider(&mut self, path: Vec<usize>) {
        let Some(&last) = path.last() else {
            return;
        };
        self.paths += 1;
        self.out_of_budget |= self.paths > MAX_PATHS;
        let anchored = self.links[last].in_store;
        let mut problems = Vec::new();
        for (at, pair) in path.windows(2).enumerate() {
            match self.verified.get(&(pair[0], pair[1])) {
                Some(Verdict::Unsupported) => {
                    let oid = self.certificate(pair[0]).signature_algorithm().oid().to_owned();
                    problems.push(PathProblem::UnsupportedSignature { at, oid });
                }
                Some(Verdict::Failed) => problems.push(PathProblem::EngineFailed { at }),
                _ => {}
            }
        }
        let mut rooted = false;
        if !anchored {
            rooted = self.certificate(last).is_self_issued();
            problems.extend(self.end_problems(&path, rooted).await);
            // A root that signed itself with another key only looks like one.
            rooted &= problems.contains(&PathProblem::UntrustedRoot);
        }
        let links: Vec<&Link> = path.iter().map(|link| &self.links[*link]).collect();
        let mut comparisons = self.comparisons;
        let at = self.question.at;
        problems.extend(check::problems(&links, anchored, at, &mut comparisons));
        self.comparisons = comparisons;
        let candidate = Candidate { path, anchored, rooted, problems };
        if self.best.as_ref().is_none_or(|best| candidate.rank() > best.rank()) {
            self.best = Some(candidate);
        }
    }

    /// Why a path outside the store ends where it does.
    async fn end_problems(&mut self, path: &[usize], self_issued: bool) -> Vec<PathProblem> {
        let Some(&last) = path.last() else {
            return Vec::new();
        };
        let at = path.len() - 1;
        let mut problems = Vec::new();
        let self_signed = self_issued && self.verdict(last, last).await.allows_issuer();
        let stored = self.namesakes(last).next().is_some();
        if self_signed {
            problems.push(PathProblem::UntrustedRoot);
            if stored {
                problems.push(PathProblem::ReissuedIssuer { at });
            }
            return problems;
        }
        if stored {
            problems.push(PathProblem::ReissuedIssuer { at });
            problems.push(PathProblem::MissingIssuer);
        } else if self.claimed_in_vain(last) {
            problems.push(PathProblem::BadSignature { at });
        } else if self.out_of_budget || path.len() >= MAX_DEPTH {
            problems.push(PathProblem::OutOfBudget);
        } else {
            problems.push(PathProblem::MissingIssuer);
        }
        problems
    }

    /// Certificates of the store with the name of the link's issuer and another key than the one that signed.
    fn namesakes(&self, link: usize) -> impl Iterator<Item = &Link> {
        let child = self.certificate(link);
        let same = self.by_subject.get(&child.issuer().comparable());
        let self_signed = self.verified.get(&(link, link)).is_some_and(|verdict| verdict.allows_issuer());
        same.into_iter().flatten().map(|index| (*index, &self.links[*index])).filter_map(
            move |(index, stored)| {
                let issuer = &stored.certificate;
                let other = if self_signed {
                    issuer.public_key() != child.public_key()
                } else {
                    let bad = self.verified.get(&(link, index)) == Some(&Verdict::Bad);
                    bad && !confirms(child, issuer)
                };
                (index != link && stored.in_store && other).then_some(stored)
            },
        )
    }

    /// Whether a certificate that looks like the issuer by name and key identifier did not sign the link.
    fn claimed_in_vain(&self, link: usize) -> bool {
        let child = self.certificate(link);
        let same = self.by_subject.get(&child.issuer().comparable());
        same.into_iter().flatten().any(|issuer| {
            let bad = self.verified.get(&(link, *issuer)) == Some(&Verdict::Bad);
            bad && !contradicts(child, self.certificate(*issuer))
        })
    }

    fn finish(self) -> Judgement {
        let Some(best) = &self.best else {
            // Cannot happen: the leaf alone is a path, and it is considered before the stack is empty.
            return Judgement {
                path: Vec::new(),
                anchored: false,
                missing: None,
                problems: vec![PathProblem::OutOfBudget],
                namesakes: Vec::new(),
            };
        };
        let last = best.path.last().copied().unwrap_or(0);
        let child = self.certificate(last);
        let missing = best.problems.contains(&PathProblem::MissingIssuer).then(|| MissingIssuer {
            name: child.issuer().clone(),
            key_identifier: child.authority_key_identifier().map(<[u8]>::to_vec),
            urls: child.ca_issuers(),
        });
        let reissued = |problem: &PathProblem| matches!(problem, PathProblem::ReissuedIssuer { .. });
        let namesakes = if best.problems.iter().any(reissued) {
            self.namesakes(last).map(|link| link.certificate.clone()).collect()
        } else {
            Vec::new()
        };
        let mut problems = best.problems.clone();
        if self.out_of_budget && !self.found_perfect() {
            problems.push(PathProblem::OutOfBudget);
        }
        let mut once = HashSet::new();
        problems.retain(|problem| once.insert(format!("{problem:?}")));
        Judgement {
            path: best.path.iter().map(|link| self.links[*link].clone()).collect(),
            anchored: best.anchored,
            missing,
            problems,
            namesakes,
        }
    }
}

/// Whether the key identifiers say that this is not the issuer.
fn contradicts(child: &Certificate, issuer: &Certificate) -> bool {
    match (child.authority_key_identifier(), issuer.subject_key_identifier()) {
        (Some(authority), Some(subject)) => authority != subject,
        _ => false,
    }
}

/// Whether the key identifiers say that this is the issuer.
fn confirms(child: &Certificate, issuer: &Certificate) -> bool {
    let identifiers = (child.authority_key_identifier(), issuer.subject_key_identifier());
    matches!(identifiers, (Some(authority), Some(subject)) if authority == subject)
}
