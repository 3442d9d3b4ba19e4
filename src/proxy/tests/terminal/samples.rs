//! Files of our own making: a chain with the leaf's key, and both in containers.

use std::sync::LazyLock;

use certwright_pki::{PrivateKey, armor, encrypted_key, pkcs12};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// The password of everything that has one.
pub const PASSWORD: &str = "correct horse";

pub struct Samples {
    pub root: Vec<u8>,
    /// For `mail.example`, issued by the root.
    pub certificate: Vec<u8>,
    /// PKCS#8.
    pub key: Vec<u8>,
    pub encrypted_key: Vec<u8>,
    pub container: Vec<u8>,
}

fn named(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters
}

pub static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let mut parameters = named("Test root");
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.subject_alt_names.clear();
    let root_key = KeyPair::generate().unwrap();
    let root = parameters.self_signed(&root_key).unwrap().der().to_vec();
    let pair = KeyPair::generate().unwrap();
    let certificate = named("mail.example").signed_by(&pair, &Issuer::new(parameters, root_key)).unwrap();
    let certificate = certificate.der().to_vec();
    let key = PrivateKey::from_pkcs8(&pair.serialize_der()).unwrap();
    let random = |octets: &mut [u8]| getrandom::fill(octets).unwrap();
    let plan = pkcs12::Pkcs12Plan {
        friendly_name: "mail",
        key: &key,
        certificates: &[&certificate],
        password: PASSWORD,
        iterations: 2048,
        scheme: pkcs12::Scheme::Modern,
    };
    let container = pkcs12::write(&plan, &random).unwrap();
    let encrypted_key = encrypted_key::seal(&key, PASSWORD, 2048, &random).unwrap();
    Samples { root, key: key.pkcs8().to_vec(), certificate, encrypted_key, container }
});

impl Samples {
    pub fn certificate_pem(&self) -> String {
        armor::encode("CERTIFICATE", &self.certificate)
    }

    pub fn key_pem(&self) -> String {
        armor::encode("PRIVATE KEY", &self.key)
    }

    pub fn root_pem(&self) -> String {
        armor::encode("CERTIFICATE", &self.root)
    }
}
