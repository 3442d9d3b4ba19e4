//! Tests of distinguished names.
//!
//! Leaves out names inside certificates.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use AttributeKind as K;

/// A name of relative distinguished names, each a list of (object identifier octets, value TLV).
fn raw(rdns: &[&[(&[u8], Vec<u8>)]]) -> DistinguishedName {
    let mut content = Vec::new();
    for rdn in rdns {
        let values: Vec<Vec<u8>> = rdn
            .iter()
            .map(|(oid, value)| {
                tlv::write(tlv::SEQUENCE, &[tlv::write(tlv::OID, oid), value.clone()].concat())
            })
            .collect();
        content.extend(tlv::write(tlv::SET, &values.concat()));
    }
    DistinguishedName::from_der(&tlv::write(tlv::SEQUENCE, &content)).unwrap()
}

const CN: &[u8] = &[0x55, 4, 3];
const O: &[u8] = &[0x55, 4, 10];
const OU: &[u8] = &[0x55, 4, 11];

#[test]
fn a_built_name_reads_back_in_order() {
    let name = DistinguishedName::build(&[
        (K::Country, "de"),
        (K::StateOrProvince, "  "),
        (K::Organization, " Müller & Söhne "),
        (K::OrganizationalUnit, "a"),
        (K::OrganizationalUnit, "b"),
        (K::CommonName, "cucm.example.com"),
        (K::EmailAddress, "pki@example.com"),
    ])
    .unwrap();
    assert_eq!(
        name.openssl(),
        "C = DE, O = Müller & Söhne, OU = a, OU = b, CN = cucm.example.com, emailAddress = pki@example.com"
    );
    assert_eq!(
        name.rfc4514(),
        "emailAddress=pki@example.com,CN=cucm.example.com,OU=b,OU=a,O=Müller & Söhne,C=DE"
    );
    assert_eq!(name.label(), "cucm.example.com");
    assert_eq!(name.first(&K::OrganizationalUnit).as_deref(), Some("a"));
    assert_eq!(DistinguishedName::from_der(name.as_der()).unwrap(), name);
}

#[test]
fn each_attribute_has_its_string_type() {
    for (kind, value, tag) in [
        (K::Country, "DE", 0x13),
        (K::SerialNumber, "A1", 0x13),
        (K::EmailAddress, "a@b.c", 0x16),
        (K::DomainComponent, "example", 0x16),
        (K::CommonName, "x", 0x0c),
        (K::Other("1.2.3.4".into()), "x", 0x0c),
    ] {
        let encoded = encode::encode_value(&kind, value).unwrap();
        assert_eq!(encoded[0], tag, "{kind}");
    }
}

#[test]
fn values_that_cannot_be_written_are_refused_with_the_reason() {
    let long = "ä".repeat(65);
    for (kind, value, expected) in [
        (
            K::CommonName,
            long.as_str(),
            ErrorKind::ValueTooLong { attribute: K::CommonName, max: 64, got: 65 },
        ),
        (K::Country, "Germany", ErrorKind::BadCountry { value: "Germany".into() }),
        (K::Country, "D1", ErrorKind::BadCountry { value: "D1".into() }),
        (K::EmailAddress, "ä@example.com", ErrorKind::BadCharacters { attribute: K::EmailAddress }),
        (K::SerialNumber, "a@b", ErrorKind::BadCharacters { attribute: K::SerialNumber }),
        (K::CommonName, "a\nb", ErrorKind::BadCharacters { attribute: K::CommonName }),
        (K::CommonName, "   ", ErrorKind::EmptyName),
        (K::Other("9.x".into()), "a", ErrorKind::BadDer { what: "attribute type" }),
    ] {
        assert_eq!(DistinguishedName::build(&[(kind, value)]).unwrap_err().kind, expected);
    }
    assert!(DistinguishedName::build(&[(K::CommonName, &"ä".repeat(64))]).is_ok());
}

#[test]
fn every_string_type_is_decoded() {
    for (tag, octets, text) in [
        (0x0c, &b"M\xc3\xbcller"[..], "Müller"),
        (0x13, b"Mueller", "Mueller"),
        (0x14, b"M\xfcller", "Müller"),
        (0x16, b"M\xfcller", "Müller"),
        (0x1e, b"\0M\0\xfc", "Mü"),
        (0x1e, b"\xd8\x3d\xde\x00", "😀"),
        (0x1e, b"\0M\0", "M\u{fffd}"),
        (0x1c, b"\0\x01\xf6\x00", "😀"),
        (0x0c, b"\xff", "\u{fffd}"),
        (0x04, b"\x01", "#040101"),
    ] {
        let name = raw(&[&[(CN, tlv::write(tag, octets))]]);
        assert_eq!(name.common_name().as_deref(), Some(text));
    }
}

#[test]
fn special_characters_are_escaped_for_each_form() {
    for (value, rfc4514, openssl) in [
        ("Foo, Inc", r"CN=Foo\, Inc", r#"CN = "Foo, Inc""#),
        ("a+b", r"CN=a\+b", r#"CN = "a+b""#),
        ("#x", r"CN=\#x", r##"CN = "#x""##),
        (r#"a"b\c"#, r#"CN=a\"b\\c"#, r#"CN = a\"b\\c"#),
        ("a=b", "CN=a=b", "CN = a=b"),
    ] {
        let name = DistinguishedName::build(&[(K::CommonName, value)]).unwrap();
        assert_eq!(name.rfc4514(), rfc4514);
        assert_eq!(name.openssl(), openssl);
    }
    let spaced = raw(&[&[(CN, tlv::write(0x0c, b" x "))]]);
    assert_eq!(spaced.rfc4514(), r"CN=\ x\ ");
}

#[test]
fn joined_values_stay_joined() {
    let name =
        raw(&[&[(O, tlv::write(0x13, b"x"))], &[(OU, tlv::write(0x13, b"a")), (CN, tlv::write(0x13, b"b"))]]);
    assert_eq!(name.openssl(), "O = x, OU = a + CN = b");
    assert_eq!(name.rfc4514(), "OU=a+CN=b,O=x");
    let rdns: Vec<usize> = name.attributes().iter().map(|a| a.rdn).collect();
    assert_eq!(rdns, [0, 1, 1]);
}

#[test]
fn names_match_as_rfc_5280_says() {
    let utf8 = |text: &str| tlv::write(0x0c, text.as_bytes());
    let printable = |text: &str| tlv::write(0x13, text.as_bytes());
    let one = |value: Vec<u8>| raw(&[&[(CN, value)]]);
    for (left, right, same) in [
        (one(utf8("Root CA")), one(printable("root  ca ")), true),
        (one(utf8("STRASSE É")), one(utf8("strasse é")), true),
        (one(utf8("a")), one(utf8("b")), false),
        (one(tlv::write(4, b"A")), one(tlv::write(4, b"a")), false),
        (one(utf8("a")), raw(&[&[(O, utf8("a"))]]), false),
        (raw(&[&[(O, utf8("x")), (CN, utf8("y"))]]), raw(&[&[(CN, utf8("Y")), (O, utf8("X"))]]), true),
        (raw(&[&[(O, utf8("x"))], &[(CN, utf8("y"))]]), raw(&[&[(O, utf8("x")), (CN, utf8("y"))]]), false),
        (raw(&[&[(O, utf8("x"))], &[(CN, utf8("y"))]]), raw(&[&[(CN, utf8("y"))], &[(O, utf8("x"))]]), false),
    ] {
        assert_eq!(left.matches(&right), same, "{left:?} {right:?}");
    }
}

#[test]
fn a_name_without_a_common_name_has_a_label() {
    for (name, label) in [
        (raw(&[&[(OU, tlv::write(0x0c, b"unit"))], &[(O, tlv::write(0x0c, b"org"))]]), "org"),
        (raw(&[&[(&[0x55, 4, 99], tlv::write(0x0c, b"odd"))]]), "odd"),
        (DistinguishedName::empty(), "(no name)"),
    ] {
        assert_eq!(name.label(), label);
    }
}

#[test]
fn structures_that_are_no_name_are_refused_where_they_break() {
    for (der, at) in [
        (&[0x31, 0x00][..], 0..2),
        (&[0x30, 0x02, 0x30, 0x00], 2..4),
        (&[0x30, 0x04, 0x31, 0x02, 0x30, 0x00], 6..6),
        (&[0x30, 0x00, 0x00], 2..3),
    ] {
        assert_eq!(DistinguishedName::from_der(der).unwrap_err().position, Some(at));
    }
}
