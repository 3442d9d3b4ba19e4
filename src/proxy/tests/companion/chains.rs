//! Chains for the peers, made by rcgen, and the TLS servers that send them.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert, WebPkiClientVerifier};
use rustls::sign::CertifiedKey;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

/// A root, an intermediate and a leaf for `mail.example`.
pub struct Chain {
    pub root: CertificateDer<'static>,
    pub intermediate: CertificateDer<'static>,
    pub leaf: CertificateDer<'static>,
    pub leaf_key: KeyPair,
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

impl Chain {
    pub fn new() -> Self {
        Self::with_leaf(CertificateParams::new(vec!["mail.example".to_owned()]).unwrap())
    }

    pub fn expired() -> Self {
        let mut params = CertificateParams::new(vec!["mail.example".to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        Self::with_leaf(params)
    }

    fn with_leaf(leaf: CertificateParams) -> Self {
        let root_key = KeyPair::generate().unwrap();
        let root_params = authority("Test root");
        let root = root_params.self_signed(&root_key).unwrap();
        let root_issuer = Issuer::new(root_params, root_key);
        let intermediate_key = KeyPair::generate().unwrap();
        let intermediate_params = authority("Test intermediate");
        let intermediate = intermediate_params.signed_by(&intermediate_key, &root_issuer).unwrap();
        let issuer = Issuer::new(intermediate_params, intermediate_key);
        let leaf_key = KeyPair::generate().unwrap();
        let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
        Self {
            root: root.der().clone(),
            intermediate: intermediate.der().clone(),
            leaf: leaf.der().clone(),
            leaf_key,
        }
    }
}

/// What a TLS peer does.
pub struct TlsPeer {
    pub sends: Vec<CertificateDer<'static>>,
    pub key: KeyPair,
    pub staple: Option<Vec<u8>>,
    pub versions: Vec<&'static SupportedProtocolVersion>,
    /// The root of the client certificates that it insists on.
    pub demands_client: Option<CertificateDer<'static>>,
    pub alpn: Vec<Vec<u8>>,
}

impl TlsPeer {
    pub fn new(sends: Vec<CertificateDer<'static>>, key: KeyPair) -> Self {
        Self {
            sends,
            key,
            staple: None,
            versions: rustls::ALL_VERSIONS.to_vec(),
            demands_client: None,
            alpn: Vec::new(),
        }
    }

    pub fn config(self) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.key.serialize_der()));
        let key = provider.key_provider.load_private_key(key).unwrap();
        let mut certified = CertifiedKey::new(self.sends, key);
        certified.ocsp = self.staple;
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(&self.versions)
            .unwrap();
        let builder = match self.demands_client {
            None => builder.with_no_client_auth(),
            Some(root) => builder.with_client_cert_verifier(client_verifier(root, provider)),
        };
        let mut config = builder.with_cert_resolver(Arc::new(Always(Arc::new(certified))));
        config.alpn_protocols = self.alpn;
        Arc::new(config)
    }
}

fn client_verifier(
    root: CertificateDer<'static>,
    provider: Arc<CryptoProvider>,
) -> Arc<dyn rustls::server::danger::ClientCertVerifier> {
    let mut roots = RootCertStore::empty();
    roots.add(root).unwrap();
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap()
}

/// Sends one certificate to everyone, without looking whether the key fits.
#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}
