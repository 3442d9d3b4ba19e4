//! Certificate management over CMS (RFC 5272): the controls and requests of a full request or response.
//!
//! Leaves out the signed message around it (`cms`) and acting on the controls.

use crate::error::{Error, Result};
use crate::schema;
use crate::tlv::{self, Cursor, Tlv};

/// id-cct-PKIData.
pub const PKI_DATA: &str = "1.3.6.1.5.5.7.12.2";
/// id-cct-PKIResponse.
pub const PKI_RESPONSE: &str = "1.3.6.1.5.5.7.12.3";

/// A control: a `TaggedAttribute`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The number of this part of the body.
    pub body_part: u64,
    /// Its dotted object identifier.
    pub oid: String,
    /// The DER of each of its values.
    pub values: Vec<Vec<u8>>,
}

impl Control {
    /// Its name, if it is one of RFC 5272 or Microsoft's.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        schema::cmc::control_name(&self.oid)
    }
}

/// A request inside: a `TaggedRequest`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaggedRequest {
    /// A PKCS#10 request, DER.
    Pkcs10(Vec<u8>),
    /// A CRMF message, DER.
    Crmf(Vec<u8>),
    /// Anything else, by its dotted object identifier.
    Other(String),
}

/// A `PKIData`, or a `PKIResponse`, which has no requests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The controls in order.
    pub controls: Vec<Control>,
    /// The requests in order.
    pub requests: Vec<TaggedRequest>,
    /// How many messages are inside, not opened.
    pub messages: usize,
}

impl Body {
    /// Reads a `PKIData`, in DER or BER.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] with the place in the input.
    pub fn request(input: &[u8]) -> Result<Self> {
        let mut fields = Cursor::ber(input).take(tlv::SEQUENCE, "CMC request")?.inside();
        let mut out = Self { controls: controls(&mut fields)?, ..Self::default() };
        let mut list = fields.take(tlv::SEQUENCE, "requests")?.inside();
        while !list.is_empty() {
            out.requests.push(request(&list.any("request")?)?);
        }
        out.messages = messages(&mut fields)?;
        Ok(out)
    }

    /// Reads a `PKIResponse`, in DER or BER.
    ///
    /// # Errors
    /// [`crate::ErrorKind::BadDer`] with the place in the input.
    pub fn response(input: &[u8]) -> Result<Self> {
        let mut fields = Cursor::ber(input).take(tlv::SEQUENCE, "CMC response")?.inside();
        let controls = controls(&mut fields)?;
        Ok(Self { controls, requests: Vec::new(), messages: messages(&mut fields)? })
    }
}

fn controls(fields: &mut Cursor<'_>) -> Result<Vec<Control>> {
    let mut list = fields.take(tlv::SEQUENCE, "controls")?.inside();
    let mut out = Vec::new();
    while !list.is_empty() {
        let mut parts = list.take(tlv::SEQUENCE, "control")?.inside();
        let body_part = number(&parts.take(tlv::INTEGER, "body part")?);
        let oid = parts.take(tlv::OID, "type of the control")?;
        let oid = tlv::dotted(oid.content).ok_or_else(|| Error::der("type of the control", oid.range()))?;
        let mut set = parts.take(tlv::SET, "values of the control")?.inside();
        let mut values = Vec::new();
        while !set.is_empty() {
            values.push(set.any("value of the control")?.whole.to_vec());
        }
        out.push(Control { body_part, oid, values });
    }
    Ok(out)
}

/// A body part identifier, which has at most 32 bits.
fn number(element: &Tlv<'_>) -> u64 {
    element.content.iter().take(8).fold(0, |sum, octet| sum << 8 | u64::from(*octet))
}

fn request(element: &Tlv<'_>) -> Result<TaggedRequest> {
    let mut parts = element.inside();
    match element.tag {
        0xa0 => {
            parts.take(tlv::INTEGER, "body part")?;
            Ok(TaggedRequest::Pkcs10(parts.any("certification request")?.whole.to_vec()))
        }
        0xa1 => {
            let mut whole = element.whole.to_vec();
            whole[0] = tlv::SEQUENCE;
            Ok(TaggedRequest::Crmf(whole))
        }
        0xa2 => {
            parts.take(tlv::INTEGER, "body part")?;
            let oid = parts.take(tlv::OID, "type of the request")?;
            let dotted = tlv::dotted(oid.content);
            dotted.map(TaggedRequest::Other).ok_or_else(|| Error::der("type of the request", oid.range()))
        }
        _ => Err(Error::der("request", element.range())),
    }
}

/// Counts the messages; Microsoft leaves the lists that follow away.
fn messages(fields: &mut Cursor<'_>) -> Result<usize> {
    let Some(list) = fields.optional(tlv::SEQUENCE, "messages")? else {
        return Ok(0);
    };
    let (mut list, mut count) = (list.inside(), 0);
    while !list.is_empty() {
        list.any("message")?;
        count += 1;
    }
    Ok(count)
}
