//! The fields of a certificate in the order of browsers' viewers.

use super::{Description, Field};
use crate::{Certificate, Kind};

/// Describes a certificate.
pub(super) fn describe(certificate: &Certificate) -> Description {
    let validity = certificate.validity();
    let sections = vec![
        Field::group(
            "subject",
            "Subject",
            vec![Field::new("subject-name", "Name", certificate.subject().rfc4514())],
        ),
        Field::group(
            "validity",
            "Validity",
            vec![
                Field::new("not-before", "Not before", validity.not_before.to_string()),
                Field::new("not-after", "Not after", validity.not_after.to_string()),
            ],
        ),
    ];
    Description { kind: Kind::Certificate, title: certificate.subject().label(), sections, notes: Vec::new() }
}
