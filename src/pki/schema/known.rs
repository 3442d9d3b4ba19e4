//! The structures that are recognised by fitting a table, in the order in which they are tried.
//!
//! Certificates, requests, revocation lists, keys and messages are recognised before, by their first tags.

use super::{Type, cmc, cmp, cms, crmf, ocsp, parameters, timestamp, x509};
use crate::tlv::{self, Cursor, Tlv};
use crate::{Kind, algorithm, sct};

/// A structure with a name.
#[derive(Debug)]
pub(crate) struct Known {
    pub kind: Kind,
    /// Its PEM label, or what could be one.
    pub label: &'static str,
    /// Its name for people.
    pub title: &'static str,
    pub of: &'static Type,
    /// What the table does not say.
    only_if: fn(&Tlv<'_>) -> bool,
}

const fn known(kind: Kind, label: &'static str, title: &'static str, of: &'static Type) -> Known {
    Known { kind, label, title, of, only_if: always }
}

const fn limited(known: Known, only_if: fn(&Tlv<'_>) -> bool) -> Known {
    Known { only_if, ..known }
}

static SCT_OCTETS: Type = Type::Octets;
static ECDSA_SIGNATURE: Type = Type::Sequence(&[
    super::Member::new("r", "r", &Type::Number),
    super::Member::new("s", "s", &Type::Number),
]);

/// Every structure; of two that fit the same bytes, the first is meant.
pub(crate) static KNOWN: [Known; 34] = [
    known(Kind::OcspRequest, "OCSP REQUEST", "OCSP request", &ocsp::OCSP_REQUEST),
    known(Kind::OcspResponse, "OCSP RESPONSE", "OCSP response", &ocsp::OCSP_RESPONSE),
    known(
        Kind::AttributeCertificate,
        "ATTRIBUTE CERTIFICATE",
        "Attribute certificate",
        &x509::ATTRIBUTE_CERTIFICATE,
    ),
    known(Kind::TimestampRequest, "TIMESTAMP REQUEST", "Time-stamp request", &timestamp::TIMESTAMP_REQUEST),
    limited(
        known(
            Kind::TimestampResponse,
            "TIMESTAMP RESPONSE",
            "Time-stamp response",
            &timestamp::TIMESTAMP_RESPONSE,
        ),
        is_answer,
    ),
    known(Kind::CmpMessage, "CMP MESSAGE", "CMP message", &cmp::PKI_MESSAGE),
    known(
        Kind::TbsCertificate,
        "TBS CERTIFICATE",
        "Certificate without its signature",
        &x509::TBS_CERTIFICATE,
    ),
    known(Kind::TrustAnchor, "TRUST ANCHOR", "Trust anchor", &x509::TRUST_ANCHOR_INFO),
    limited(known(Kind::TrustAnchor, "TRUST ANCHOR", "Trust anchor", &x509::TRUST_ANCHOR_CHOICE), is_tagged),
    limited(
        known(Kind::TrustAnchor, "TRUST ANCHOR LIST", "List of trust anchors", &x509::TRUST_ANCHOR_LIST),
        has_content,
    ),
    limited(
        known(
            Kind::CertificateRequestMessages,
            "CERTIFICATE REQUEST MESSAGES",
            "Certificate request messages",
            &crmf::MESSAGES,
        ),
        has_content,
    ),
    known(
        Kind::CertificateRequestMessages,
        "CERTIFICATE REQUEST MESSAGE",
        "Certificate request message",
        &crmf::MESSAGE,
    ),
    known(
        Kind::CertificateRequestMessages,
        "CERTIFICATE REQUEST",
        "Certificate request without proof (CRMF)",
        &crmf::REQUEST,
    ),
    limited(
        known(
            Kind::CertificateRequestMessages,
            "CERTIFICATE TEMPLATE",
            "Certificate template (CRMF)",
            &crmf::TEMPLATE,
        ),
        is_template,
    ),
    limited(known(Kind::Parameters, "DH PARAMETERS", "Diffie-Hellman parameters", &parameters::DH), is_dh),
    limited(known(Kind::Parameters, "DSA PARAMETERS", "DSA parameters", &parameters::DSA), is_dsa),
    limited(
        known(
            Kind::Parameters,
            "X9.42 DH PARAMETERS",
            "Diffie-Hellman parameters (X9.42)",
            &parameters::X942,
        ),
        is_x942,
    ),
    known(Kind::Parameters, "EC PARAMETERS", "Parameters of a curve", &parameters::SPECIFIED_CURVE),
    limited(known(Kind::Parameters, "EC PARAMETERS", "Name of a curve", &Type::Oid), is_curve),
    limited(
        known(Kind::SctList, "SCT LIST", "Certificate transparency timestamps", &SCT_OCTETS),
        is_sct_list,
    ),
    known(Kind::Cms, "CMS", "Signed data", &cms::SIGNED_DATA),
    known(Kind::Cms, "CMS", "Enveloped data", &cms::ENVELOPED_DATA),
    known(Kind::Unknown, "CMC REQUEST", "CMC request without signature", &cmc::PKI_DATA),
    limited(
        known(Kind::Unknown, "CMC RESPONSE", "CMC response without signature", &cmc::PKI_RESPONSE),
        has_members,
    ),
    known(Kind::Unknown, "TIMESTAMP INFORMATION", "Time-stamp information", &timestamp::TST_INFO),
    limited(known(Kind::Unknown, "SIGNER INFORMATION", "Signers of a message", &cms::SIGNERS), has_content),
    known(Kind::Unknown, "SIGNER INFORMATION", "Signer of a message", &cms::SIGNER_INFO),
    known(Kind::Unknown, "CMP HEADER", "Header of a CMP message", &cmp::HEADER),
    limited(known(Kind::Unknown, "CMP BODY", "Body of a CMP message", &cmp::BODY), is_tagged),
    limited(
        known(Kind::Unknown, "ALGORITHM IDENTIFIER", "Algorithm identifier", &Type::Algorithm),
        is_algorithm,
    ),
    known(Kind::Unknown, "DIGEST", "Digest with its algorithm", &x509::DIGEST),
    limited(
        known(Kind::Unknown, "ECDSA SIGNATURE", "ECDSA or DSA signature", &ECDSA_SIGNATURE),
        is_signature,
    ),
    limited(known(Kind::Unknown, "EXTENSIONS", "Extensions", &x509::EXTENSIONS), has_content),
    limited(known(Kind::Unknown, "NAME", "Distinguished name", &Type::Name), has_content),
];

/// The structure that the one element in `input` is.
pub(crate) fn find(input: &[u8]) -> Option<&'static Known> {
    let mut cursor = Cursor::ber(input);
    let element = cursor.any("structure").ok().filter(|_| cursor.is_empty())?;
    KNOWN.iter().find(|known| known.is(&element))
}

/// The structure of a certain kind that the one element in `input` is.
pub(crate) fn of_kind(kind: Kind, input: &[u8]) -> Option<&'static Known> {
    let mut cursor = Cursor::ber(input);
    let element = cursor.any("structure").ok().filter(|_| cursor.is_empty())?;
    KNOWN.iter().filter(|known| known.kind == kind).find(|known| known.is(&element))
}

impl Known {
    fn is(&self, element: &Tlv<'_>) -> bool {
        self.of.accepts(element.tag) && (self.only_if)(element) && self.of.holds(element, None, 0)
    }
}

const fn always(_: &Tlv<'_>) -> bool {
    true
}

const fn has_content(element: &Tlv<'_>) -> bool {
    !element.content.is_empty()
}

/// Whether one of the lists inside is not empty.
fn has_members(element: &Tlv<'_>) -> bool {
    element.content.len() > 6
}

const fn is_tagged(element: &Tlv<'_>) -> bool {
    element.tag & 0xc0 == 0x80
}

/// A status alone is an answer only when it refuses.
fn is_answer(element: &Tlv<'_>) -> bool {
    let mut inside = element.inside();
    let status = inside.take(tlv::SEQUENCE, "status").and_then(|info| info.inside().any("status"));
    status.is_ok_and(|status| !inside.is_empty() || matches!(status.content, [2..=6]))
}

/// A template has at least a subject or a key.
fn is_template(element: &Tlv<'_>) -> bool {
    let mut inside = element.inside();
    let members = std::iter::from_fn(|| inside.any("member").ok());
    members.take(10).any(|member| matches!(member.tag, 0xa5 | 0xa6))
}

/// The contents of a series of positive INTEGERs without leading zeros.
fn numbers<'a>(element: &Tlv<'a>) -> Option<Vec<&'a [u8]>> {
    let mut inside = element.inside();
    let mut out = Vec::new();
    while inside.peek() == Some(tlv::INTEGER) && out.len() < 6 {
        let content = inside.any("number").ok()?.content;
        let zeros = content.iter().take_while(|octet| **octet == 0).count();
        out.push(&content[zeros..]);
    }
    Some(out)
}

/// Prime and generator, told from an RSA key by the generator: no RSA exponent is 2, and 5 is not in use.
fn is_dh(element: &Tlv<'_>) -> bool {
    match numbers(element).as_deref() {
        Some([prime, [2 | 5]]) => prime.len() >= 32,
        // No RSA exponent is as long as its modulus, and no signature of a curve as long as this.
        Some([prime, generator]) => prime.len() >= 128 && generator.len() + 1 >= prime.len(),
        Some([prime, generator, length]) => {
            prime.len() >= 32 && generator.len() <= prime.len() && length.len() <= 2
        }
        _ => false,
    }
}

fn is_dsa(element: &Tlv<'_>) -> bool {
    match numbers(element).as_deref() {
        Some([prime, subprime, generator]) => {
            (16..=64).contains(&subprime.len())
                && subprime.len() < prime.len()
                && generator.len() <= prime.len()
        }
        _ => false,
    }
}

fn is_x942(element: &Tlv<'_>) -> bool {
    match numbers(element).as_deref() {
        Some([prime, generator, subprime] | [prime, generator, subprime, _]) => {
            prime.len() >= 32 && subprime.len() >= 16 && generator.len() <= prime.len()
        }
        _ => false,
    }
}

fn is_curve(element: &Tlv<'_>) -> bool {
    let found = tlv::dotted(element.content).and_then(|oid| algorithm::find(&oid));
    found.is_some_and(|found| found.purpose == algorithm::Purpose::Curve)
}

fn is_algorithm(element: &Tlv<'_>) -> bool {
    let oid = element.inside().take(tlv::OID, "algorithm").ok();
    let oid = oid.and_then(|oid| tlv::dotted(oid.content));
    oid.is_some_and(|oid| algorithm::find(&oid).is_some())
}

/// Two numbers of about the same size, which no RSA key has.
fn is_signature(element: &Tlv<'_>) -> bool {
    match numbers(element).as_deref() {
        Some([r, s]) => (16..=72).contains(&r.len()) && r.len().abs_diff(s.len()) <= 6,
        _ => false,
    }
}

fn is_sct_list(element: &Tlv<'_>) -> bool {
    sct::read(element.content).is_ok_and(|list| !list.is_empty())
}
