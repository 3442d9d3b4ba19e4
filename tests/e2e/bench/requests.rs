//! A file with many requests, made natively: each with its own P-256 key.

use std::fmt::Write;

use certwright_pki::general_name::GeneralName;
use certwright_pki::name::AttributeKind;
use certwright_pki::request::RequestPlan;
use certwright_pki::{DistinguishedName, Engine, Error, KeyKind, SignatureAlgorithm, SoftwareEngine, armor};

/// The text of a PEM file with so many requests.
pub fn pem(count: usize) -> String {
    let engine = SoftwareEngine::new(|out: &mut [u8]| {
        assert!(getrandom::fill(out).is_ok(), "the system gives no random numbers");
    });
    let mut text = String::new();
    for number in 0..count {
        match pollster::block_on(request(&engine, number)) {
            Ok(der) => {
                let _ = write!(text, "{}", armor::encode("CERTIFICATE REQUEST", &der));
            }
            Err(error) => panic!("request {number} could not be made: {error}"),
        }
    }
    text
}

async fn request(engine: &impl Engine, number: usize) -> Result<Vec<u8>, Error> {
    let key = engine.generate(KeyKind::P256).await?;
    let name = format!("host{number:04}.example.org");
    let plan = RequestPlan {
        subject: DistinguishedName::build(&[
            (AttributeKind::Country, "DE"),
            (AttributeKind::Organization, "Example Ltd"),
            (AttributeKind::CommonName, &name),
        ])?,
        names: vec![GeneralName::Dns(format!("www.{name}")), GeneralName::Dns(name)],
        public_key: key.public().clone(),
        algorithm: SignatureAlgorithm::default_for(key.public()),
    };
    plan.prepare()?.sign(engine, &key).await
}
