//! Puts certificates into the order of their chains.
//!
//! It links by name, key identifier and, where it can be computed, by signature; whether a chain is good is `path`'s
//! business.

use super::ChainOrder;
use crate::error::ErrorKind;
use crate::order;
use crate::{Certificate, PrivateKey, signature};
use std::collections::{BTreeSet, HashMap};

/// The places of the certificates in the order asked for. Duplicates are written once.
pub(super) fn order(certificates: &[&Certificate], keys: &[&PrivateKey], order: ChainOrder) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let distinct: Vec<usize> =
        (0..certificates.len()).filter(|index| seen.insert(certificates[*index].der())).collect();
    if order == ChainOrder::AsGiven {
        return distinct;
    }
    let links = Links::among(certificates, &distinct);
    let mut out = Vec::new();
    let mut written = BTreeSet::new();
    let is_leaf = |index: &&usize| !links.issuers.contains(index);
    let has_key = |index: &&usize| keys.iter().any(|key| key.public() == certificates[**index].public_key());
    let leaves = distinct.iter().filter(has_key).chain(distinct.iter().filter(is_leaf)).chain(&distinct);
    for leaf in leaves {
        let mut next = Some(*leaf);
        let mut chain = Vec::new();
        while let Some(index) = next.filter(|index| written.insert(*index)) {
            chain.push(index);
            next = links.issuers_of.get(&index).and_then(|fitting| fitting.first()).copied();
        }
        out.extend(chain);
    }
    match order {
        ChainOrder::WithoutRoot => {
            // A root on its own is what was asked for, not the end of a chain.
            out.retain(|index| !certificates[*index].is_self_issued() || !links.issuers.contains(index));
        }
        ChainOrder::Numbered => out.reverse(),
        ChainOrder::LeafFirst | ChainOrder::AsGiven => {}
    }
    out
}

/// Who issued whom.
pub(super) struct Links {
    /// Those who fit, the best first.
    issuers_of: HashMap<usize, Vec<usize>>,
    issuers: BTreeSet<usize>,
}

impl Links {
    /// Looks for the issuer of each of these; signatures are verified, so it is done once for all chains.
    pub fn new(certificates: &[&Certificate]) -> Self {
        Self::among(certificates, &(0..certificates.len()).collect::<Vec<_>>())
    }

    /// The places of a certificate and of those above it that are free, each signed by the next.
    pub fn above(&self, leaf: usize, is_free: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut chain = vec![leaf];
        let mut last = leaf;
        while let Some(next) = self
            .issuers_of
            .get(&last)
            .and_then(|fitting| fitting.iter().find(|next| is_free(**next)))
            .filter(|next| !chain.contains(next))
        {
            chain.push(*next);
            last = *next;
        }
        chain
    }

    fn among(certificates: &[&Certificate], distinct: &[usize]) -> Self {
        let mut by_subject: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for index in distinct {
            by_subject.entry(certificates[*index].subject().as_der()).or_default().push(*index);
        }
        let mut links = Links { issuers_of: HashMap::new(), issuers: BTreeSet::new() };
        for index in distinct {
            let child = certificates[*index];
            let candidates = by_subject.get(child.issuer().as_der()).map_or(&[][..], Vec::as_slice);
            let others = candidates.iter().filter(|candidate| *candidate != index);
            let mut fitting: Vec<(u8, usize)> = others
                .filter_map(|candidate| Some((grade(child, certificates[*candidate])?, *candidate)))
                .collect();
            // Stable: of several that fit as well, the first that was given.
            order::sort_by_key(&mut fitting, |(grade, _)| *grade);
            // A root does not hang below its own cross-certificate.
            if let Some((_, best)) = fitting.first().filter(|_| !child.is_self_issued()) {
                links.issuers.insert(*best);
                links.issuers_of.insert(*index, fitting.into_iter().map(|(_, place)| place).collect());
            }
        }
        links
    }
}

/// How well an issuer fits, the best first: verified and a root, verified, not computable; `None` when it does not.
fn grade(child: &Certificate, issuer: &Certificate) -> Option<u8> {
    if let (Some(wanted), Some(has)) = (child.authority_key_identifier(), issuer.subject_key_identifier())
        && wanted != has
    {
        return None;
    }
    let verdict =
        signature::verify(issuer.public_key(), child.signature_algorithm(), child.tbs(), child.signature());
    match verdict.map_err(|error| error.kind) {
        Ok(()) => Some(if issuer.is_self_issued() { 0 } else { 1 }),
        Err(ErrorKind::UnsupportedAlgorithm { .. }) => Some(2),
        Err(_) => None,
    }
}
