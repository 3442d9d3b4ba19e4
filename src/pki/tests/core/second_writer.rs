//! Certificates and requests made by rcgen, read here field by field.
//!
//! Leaves out what rcgen cannot express.

use certwright_pki::extension::{KeyUsage, oids};
use certwright_pki::general_name::GeneralName;
use certwright_pki::{Certificate, Crl, KeyKind, Request, UnixTime, signature};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, SanType, SerialNumber, date_time_ymd,
};

use super::key;

fn params(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "DE");
    params.distinguished_name.push(DnType::OrganizationName, "Second Writer");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.not_before = date_time_ymd(2024, 2, 29);
    params.not_after = date_time_ymd(2051, 1, 1);
    params
}

fn ca(key: &KeyPair) -> (CertificateParams, rcgen::Certificate) {
    let mut params = params("rcgen Root");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(2));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let certificate = params.self_signed(key).unwrap();
    (params, certificate)
}

#[test]
fn certificates_of_the_second_writer_read_as_they_were_meant() {
    for algorithm in [&rcgen::PKCS_ECDSA_P256_SHA256, &rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519] {
        let ca_key = KeyPair::generate_for(algorithm).unwrap();
        let (ca_params, ca) = ca(&ca_key);
        let root = Certificate::parse(ca.der()).unwrap();
        assert_eq!(root.subject().openssl(), "C = DE, O = Second Writer, CN = rcgen Root");
        assert!(root.is_ca() && root.is_self_issued());
        assert_eq!(root.basic_constraints().unwrap().path_len, Some(2));
        assert_eq!(root.key_usage(), Some(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN));
        assert_eq!(root.validity().not_before, UnixTime::from_civil(2024, 2, 29, 0, 0, 0).unwrap());
        assert_eq!(root.validity().not_after.date(), "2051-01-01");

        let key = KeyPair::generate_for(algorithm).unwrap();
        let mut leaf = params("leaf.example.com");
        leaf.serial_number = Some(SerialNumber::from(vec![0x7f, 1, 2, 3]));
        leaf.use_authority_key_identifier_extension = true;
        leaf.subject_alt_names = vec![
            SanType::DnsName("leaf.example.com".try_into().unwrap()),
            SanType::IpAddress("192.0.2.7".parse().unwrap()),
            SanType::Rfc822Name("a@example.com".try_into().unwrap()),
            SanType::URI("https://example.com".try_into().unwrap()),
        ];
        leaf.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ClientAuth, ExtendedKeyUsagePurpose::ServerAuth];
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let issuer = Issuer::from_params(&ca_params, &ca_key);
        let der = leaf.signed_by(&key, &issuer).unwrap();
        let leaf = Certificate::parse(der.der()).unwrap();
        assert_eq!(leaf.serial().hex(), "7f010203");
        assert!(leaf.issuer().matches(root.subject()) && !leaf.is_self_issued());
        assert_eq!(leaf.subject().common_name().as_deref(), Some("leaf.example.com"));
        let shown: Vec<String> = leaf.subject_alt_names().iter().map(GeneralName::to_string).collect();
        assert_eq!(
            shown,
            ["DNS:leaf.example.com", "IP:192.0.2.7", "email:a@example.com", "URI:https://example.com"]
        );
        assert_eq!(leaf.extended_key_usage().unwrap(), [oids::CLIENT_AUTH, oids::SERVER_AUTH]);
        assert_eq!(leaf.key_usage(), Some(KeyUsage::DIGITAL_SIGNATURE));
        assert_eq!(leaf.authority_key_identifier(), root.subject_key_identifier());
        assert!(leaf.undecoded().is_empty() && leaf.version() == 3);
        signature::verify(root.public_key(), leaf.signature_algorithm(), leaf.tbs(), leaf.signature())
            .unwrap();
    }
}

#[test]
fn the_second_writer_signs_with_our_keys() {
    for kind in [KeyKind::Rsa2048, KeyKind::P256, KeyKind::P384] {
        let made = key(kind);
        let pair = KeyPair::try_from(made.pkcs8()).unwrap();
        let certificate = params("own key").self_signed(&pair).unwrap();
        let certificate = Certificate::parse(certificate.der()).unwrap();
        assert_eq!(certificate.public_key(), made.public(), "{kind}");
        let algorithm = certificate.signature_algorithm();
        signature::verify(made.public(), algorithm, certificate.tbs(), certificate.signature()).unwrap();
    }
}

#[test]
fn requests_of_the_second_writer_read_as_they_were_meant() {
    let pair = KeyPair::generate().unwrap();
    let mut asked = params("asked.example.com");
    asked.subject_alt_names = vec![SanType::DnsName("asked.example.com".try_into().unwrap())];
    asked.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let der = asked.serialize_request(&pair).unwrap();
    let request = Request::parse(der.der()).unwrap();
    assert_eq!(request.subject().label(), "asked.example.com");
    assert_eq!(request.subject_alt_names(), [GeneralName::Dns("asked.example.com".into())]);
    assert_eq!(request.key_usage(), Some(KeyUsage::DIGITAL_SIGNATURE));
    assert_eq!(request.attributes().len(), 1);
    assert_eq!(request.challenge_password(), None);
    pollster::block_on(request.verify(&super::engine())).unwrap();
}

#[test]
fn revocation_lists_of_the_second_writer_read_as_they_were_meant() {
    let ca_key = KeyPair::generate().unwrap();
    let (ca_params, ca) = ca(&ca_key);
    let root = Certificate::parse(ca.der()).unwrap();
    let list = CertificateRevocationListParams {
        this_update: date_time_ymd(2024, 1, 1),
        next_update: date_time_ymd(2060, 1, 1),
        crl_number: SerialNumber::from(vec![1, 0]),
        issuing_distribution_point: None,
        revoked_certs: vec![rcgen::RevokedCertParams {
            serial_number: SerialNumber::from(vec![0x12, 0x34]),
            revocation_time: date_time_ymd(2023, 5, 6),
            reason_code: Some(rcgen::RevocationReason::Superseded),
            invalidity_date: Some(date_time_ymd(2023, 5, 5)),
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    let der = list.signed_by(&Issuer::from_params(&ca_params, &ca_key)).unwrap();
    let crl = Crl::parse(der.der()).unwrap();
    assert_eq!(crl.number().as_deref(), Some("256"));
    assert_eq!(crl.next_update().unwrap().date(), "2060-01-01");
    let entry = &crl.entries()[0];
    assert_eq!((entry.serial.hex().as_str(), entry.date.date().as_str()), ("1234", "2023-05-06"));
    assert_eq!(entry.reason.unwrap().name(), "superseded");
    assert_eq!(crl.entry_extensions(), [oids::INVALIDITY_DATE]);
    pollster::block_on(crl.verify(&super::engine(), root.public_key())).unwrap();
}
