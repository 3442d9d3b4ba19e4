//! Making a root authority, trying it out, and signing its CRLs.

use super::run::Progress;
use super::{AuthorityOrder, Check, CrlOrder, Hash, JobFailure, Outcome};
use crate::explain;
use certwright_pki::certificate::Validity;
use certwright_pki::crl::CrlPlan;
use certwright_pki::issue::CertificatePlan;
use certwright_pki::profile::Profile;
use certwright_pki::request::RequestPlan;
use certwright_pki::{
    Certificate, Crl, DistinguishedName, Engine, Error, KeyKind, PrivateKey, PublicKey, Request,
    SerialNumber, SignatureAlgorithm,
};

/// Makes the key, the certificate and the first CRL, and reports each step of the self-test.
pub(super) async fn make<E: Engine>(
    engine: &E,
    order: &AuthorityOrder,
    progress: &dyn Progress,
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let made = async {
        let subject = DistinguishedName::from_der(&order.subject)?;
        progress.at(0, 3);
        let key = engine.generate(order.key).await?;
        progress.at(1, 3);
        let algorithm = algorithm(key.public(), order.hash);
        let validity = Validity { not_before: order.validity.from, not_after: order.validity.to };
        let plan =
            CertificatePlan::root(subject, key.public().clone(), algorithm, serial(engine), validity, None);
        let der = plan.prepare()?.sign(engine, &key).await?;
        let certificate = Certificate::parse(&der)?;
        let crl = sign_crl(engine, &certificate, &key, order.hash, 1, (order.validity.from, order.next_crl))
            .await?;
        progress.at(2, 3);
        let checks = self_test(engine, &certificate, &key, &crl, order).await;
        Ok::<_, Error>((der, crl, checks, key))
    };
    let (certificate, crl, checks, key) = made.await.map_err(refuse)?;
    Ok((Outcome::AuthorityMade { certificate, crl, checks }, vec![key]))
}

/// Signs a CRL without entries: nothing has been revoked.
pub(super) async fn crl<E: Engine>(
    engine: &E,
    order: &CrlOrder,
    keys: &[PrivateKey],
) -> Result<(Outcome, Vec<PrivateKey>), JobFailure> {
    let key = keys.first().ok_or(JobFailure::MissingKey(crate::vault::VaultFault::MissingKey))?;
    let made = async {
        let authority = Certificate::parse(&order.authority)?;
        sign_crl(engine, &authority, key, order.hash, order.number, (order.validity.from, order.validity.to))
            .await
    };
    Ok((Outcome::CrlMade(made.await.map_err(refuse)?), Vec::new()))
}

/// The signature algorithm for a key and the wished hash.
pub(super) fn algorithm(key: &PublicKey, hash: Hash) -> SignatureAlgorithm {
    let rsa = matches!(key.kind(), Some(KeyKind::Rsa2048 | KeyKind::Rsa3072 | KeyKind::Rsa4096));
    match (SignatureAlgorithm::default_for(key), hash) {
        (SignatureAlgorithm::Ed25519, _) => SignatureAlgorithm::Ed25519,
        (_, Hash::Sha256) if rsa => SignatureAlgorithm::RsaSha256,
        (_, Hash::Sha384) if rsa => SignatureAlgorithm::RsaSha384,
        (_, Hash::Sha512) if rsa => SignatureAlgorithm::RsaSha512,
        (
            SignatureAlgorithm::EcdsaSha256
            | SignatureAlgorithm::EcdsaSha384
            | SignatureAlgorithm::EcdsaSha512,
            hash,
        ) => match hash {
            Hash::Sha256 => SignatureAlgorithm::EcdsaSha256,
            Hash::Sha384 => SignatureAlgorithm::EcdsaSha384,
            Hash::Sha512 => SignatureAlgorithm::EcdsaSha512,
        },
        (other, _) => other,
    }
}

/// A fresh serial number from the engine's randomness.
pub(super) fn serial<E: Engine>(engine: &E) -> SerialNumber {
    SerialNumber::random(|bytes| engine.random(bytes))
}

pub(super) fn refuse(error: Error) -> JobFailure {
    JobFailure::Refused(explain::error(&error))
}

async fn sign_crl<E: Engine>(
    engine: &E,
    authority: &Certificate,
    key: &PrivateKey,
    hash: Hash,
    number: u64,
    (this_update, next_update): (certwright_pki::UnixTime, certwright_pki::UnixTime),
) -> Result<Vec<u8>, Error> {
    let plan = CrlPlan {
        issuer: authority.subject().clone(),
        algorithm: algorithm(key.public(), hash),
        this_update,
        next_update,
        number,
        entries: Vec::new(),
        authority_key_identifier: authority.subject_key_identifier().unwrap_or_default().to_vec(),
    };
    plan.prepare()?.sign(engine, key).await
}

/// Issues a probe certificate and verifies all that the authority signed so far. A failed check is shown, not hidden.
async fn self_test<E: Engine>(
    engine: &E,
    authority: &Certificate,
    key: &PrivateKey,
    crl: &[u8],
    order: &AuthorityOrder,
) -> Vec<Check> {
    let own = verify(
        engine,
        authority.public_key(),
        authority.signature_algorithm(),
        authority.tbs(),
        authority.signature(),
    );
    let own = own.await;
    let probe = probe(engine, authority, key, order).await;
    let list = async {
        let crl = Crl::parse(crl)?;
        verify(engine, authority.public_key(), crl.signature_algorithm(), crl.tbs(), crl.signature()).await
    };
    vec![
        check("Its own certificate verifies", own),
        check("It signs a probe certificate, and the signature verifies", probe),
        check("It signs an empty revocation list, and the signature verifies", list.await),
    ]
}

async fn probe<E: Engine>(
    engine: &E,
    authority: &Certificate,
    key: &PrivateKey,
    order: &AuthorityOrder,
) -> Result<(), Error> {
    let leaf = engine.generate(KeyKind::P256).await?;
    let names = vec![certwright_pki::general_name::GeneralName::Dns("probe.invalid".into())];
    let plan = RequestPlan {
        subject: DistinguishedName::build(&[(
            certwright_pki::name::AttributeKind::CommonName,
            "probe.invalid",
        )])?,
        names: names.clone(),
        public_key: leaf.public().clone(),
        algorithm: SignatureAlgorithm::default_for(leaf.public()),
    };
    let request = Request::parse(&plan.prepare()?.sign(engine, &leaf).await?)?;
    let validity = Validity { not_before: order.validity.from, not_after: order.validity.to };
    let plan = CertificatePlan::from_request(
        authority,
        &request,
        &Profile::web_server(),
        &names,
        serial(engine),
        validity,
        algorithm(key.public(), order.hash),
    )?;
    let certificate = Certificate::parse(&plan.prepare()?.sign(engine, key).await?)?;
    let (algorithm, tbs) = (certificate.signature_algorithm(), certificate.tbs());
    verify(engine, authority.public_key(), algorithm, tbs, certificate.signature()).await
}

async fn verify<E: Engine>(
    engine: &E,
    key: &PublicKey,
    algorithm: &SignatureAlgorithm,
    tbs: &[u8],
    signature: &[u8],
) -> Result<(), Error> {
    engine.verify(key, algorithm, tbs, signature).await
}

fn check(what: &str, result: Result<(), Error>) -> Check {
    Check { what: what.into(), fault: result.err().map(|error| explain::error(&error).title) }
}
