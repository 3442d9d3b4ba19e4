//! Files of our own making: a certificate with its key, and both in containers.

use std::sync::LazyLock;

use certwright_pki::{PrivateKey, armor, encrypted_key, pkcs12};

/// The password of everything that has one.
pub const PASSWORD: &str = "correct horse";

pub struct Samples {
    pub certificate: Vec<u8>,
    /// PKCS#8.
    pub key: Vec<u8>,
    pub encrypted_key: Vec<u8>,
    pub container: Vec<u8>,
}

pub static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let pair = rcgen::KeyPair::generate().unwrap();
    let parameters = rcgen::CertificateParams::new(vec!["mail.example".to_owned()]).unwrap();
    let certificate = parameters.self_signed(&pair).unwrap().der().to_vec();
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
    Samples { key: key.pkcs8().to_vec(), certificate, encrypted_key, container }
});

impl Samples {
    pub fn certificate_pem(&self) -> String {
        armor::encode("CERTIFICATE", &self.certificate)
    }

    pub fn key_pem(&self) -> String {
        armor::encode("PRIVATE KEY", &self.key)
    }
}
