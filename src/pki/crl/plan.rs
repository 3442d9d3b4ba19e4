//! Writing revocation lists of version 2.
//!
//! Leaves out delta and indirect lists and distribution points.

use der::asn1::AnyRef;
use der::{Encode, Sequence};

use super::{RevocationReason, RevokedEntry};
use crate::error::{ErrorKind, Result};
use crate::extension::{Extension, oids};
use crate::issue::{Prepared, element, unencodable, write_extensions};
use crate::name::DistinguishedName;
use crate::signature::SignatureAlgorithm;
use crate::time::UnixTime;
use crate::tlv;

/// What a new revocation list is to say.
#[derive(Debug, Clone)]
pub struct CrlPlan {
    /// The issuer's subject, written byte for byte.
    pub issuer: DistinguishedName,
    /// The algorithm that the issuer signs with.
    pub algorithm: SignatureAlgorithm,
    /// When the list is made.
    pub this_update: UnixTime,
    /// When the next list is due.
    pub next_update: UnixTime,
    /// The CRL number, larger than that of every list before.
    pub number: u64,
    /// The revoked certificates in order.
    pub entries: Vec<RevokedEntry>,
    /// The issuer's subject key identifier.
    pub authority_key_identifier: Vec<u8>,
}

/// `TBSCertList` of RFC 5280 section 5.1.
#[derive(Sequence)]
struct TbsCertList<'a> {
    version: u8,
    algorithm: AnyRef<'a>,
    issuer: AnyRef<'a>,
    this_update: AnyRef<'a>,
    next_update: AnyRef<'a>,
    #[asn1(optional = "true")]
    revoked: Option<AnyRef<'a>>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT")]
    extensions: AnyRef<'a>,
}

impl CrlPlan {
    /// Writes the part to be signed.
    ///
    /// # Errors
    /// [`ErrorKind::EmptyName`] for an issuer without a name, [`ErrorKind::ReversedValidity`] when the next
    /// list is due before this one, [`ErrorKind::BadTime`], [`ErrorKind::UnsupportedAlgorithm`] for an
    /// algorithm that cannot be written, [`ErrorKind::BadDer`] when the kept name is no strict DER.
    pub fn prepare(&self) -> Result<Prepared> {
        if self.issuer.is_empty() {
            return Err(ErrorKind::EmptyName.into());
        }
        if self.next_update < self.this_update {
            return Err(ErrorKind::ReversedValidity.into());
        }
        let algorithm = self.algorithm.to_der();
        let this_update = self.this_update.to_der()?;
        let next_update = self.next_update.to_der()?;
        let revoked = self.write_entries()?;
        let extensions = write_extensions(&[
            Extension::authority_key_identifier(&self.authority_key_identifier),
            Extension::crl_number(self.number),
        ])?
        .unwrap_or_default();
        let list = TbsCertList {
            version: 1,
            algorithm: element(&algorithm)?,
            issuer: element(self.issuer.as_der())?,
            this_update: element(&this_update)?,
            next_update: element(&next_update)?,
            revoked: revoked.as_deref().map(element).transpose()?,
            extensions: element(&extensions)?,
        };
        Prepared::new(list.to_der().map_err(unencodable)?, self.algorithm.clone())
    }

    /// The list of entries, which has to be left out when it is empty.
    fn write_entries(&self) -> Result<Option<Vec<u8>>> {
        let mut content = Vec::new();
        for entry in &self.entries {
            let mut fields = entry.serial.to_der();
            fields.extend(entry.date.to_der()?);
            let reason = entry.reason.filter(|reason| *reason != RevocationReason::Unspecified);
            if let Some(reason) = reason {
                let extension = Extension {
                    oid: oids::REASON_CODE.to_owned(),
                    critical: false,
                    value: tlv::write(tlv::ENUMERATED, &[reason.code()]),
                };
                fields.extend(tlv::write(tlv::SEQUENCE, &extension.to_der()?));
            }
            content.extend(tlv::write(tlv::SEQUENCE, &fields));
        }
        Ok((!content.is_empty()).then(|| tlv::write(tlv::SEQUENCE, &content)))
    }
}
