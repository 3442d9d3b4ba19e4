//! Tests of general names, typed and encoded.
//!
//! Leaves out matching them.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

#[test]
fn what_a_person_types_becomes_the_right_form() {
    for (typed, shown) in [
        ("cucm.example.com", "DNS:cucm.example.com"),
        (" CUCM.Example.com. ", "DNS:cucm.example.com"),
        ("dns: cucm", "DNS:cucm"),
        ("*.example.com", "DNS:*.example.com"),
        ("xn--mller-kva.example", "DNS:xn--mller-kva.example"),
        ("10.0.0.1", "IP:10.0.0.1"),
        ("IP:10.0.0.1", "IP:10.0.0.1"),
        ("IP Address:10.0.0.1", "IP:10.0.0.1"),
        ("2001:DB8::1", "IP:2001:db8::1"),
        ("[::1]", "IP:::1"),
        ("admin@example.com", "email:admin@example.com"),
        ("email:admin@example.com", "email:admin@example.com"),
        ("https://example.com/x", "URI:https://example.com/x"),
        ("URI:sip://a@b", "URI:sip://a@b"),
        ("urn:uuid:1", "URI:urn:uuid:1"),
    ] {
        assert_eq!(GeneralName::from_typed(typed).unwrap().to_string(), shown);
    }
}

#[test]
fn what_is_no_name_is_refused() {
    for typed in [
        "",
        "a b",
        "a..b",
        ".a",
        "-a.b",
        "a-.b",
        "a_b.c",
        "*",
        "*.com",
        "a.*.c",
        "*a.b.c",
        "ä.example",
        "1.2.3.400",
        "IP:x",
        "DNS:a@b",
        "email:x",
        "@b.c",
        "a@",
        "a@b@c",
        "https://",
        "999",
        "a,b",
        "2001:db8::zz",
    ] {
        assert!(GeneralName::from_typed(typed).is_err(), "{typed:?}");
    }
    assert!(GeneralName::from_typed(&"a".repeat(64)).is_err());
}

#[test]
fn every_form_survives_its_encoding() {
    let name = DistinguishedName::build(&[(crate::name::AttributeKind::CommonName, "x")]).unwrap();
    for name in [
        GeneralName::Dns("a.b".into()),
        GeneralName::Ip("1.2.3.4".parse().unwrap()),
        GeneralName::Ip("::1".parse().unwrap()),
        GeneralName::Email("a@b.c".into()),
        GeneralName::Uri("http://a".into()),
        GeneralName::Directory(name),
        GeneralName::Other { tag: 0xa0, bytes: vec![6, 1, 42] },
        GeneralName::Other { tag: 0x88, bytes: vec![42, 3] },
        GeneralName::Other { tag: 0x87, bytes: vec![1, 2, 3] },
        GeneralName::Other { tag: 0x82, bytes: vec![0xff] },
    ] {
        let der = name.to_der();
        let element = tlv::Cursor::new(&der).any("name").unwrap();
        assert_eq!(GeneralName::from_tlv(&element), name);
    }
}
