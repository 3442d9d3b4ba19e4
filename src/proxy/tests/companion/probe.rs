//! Probes of servers that behave: each chain and parameter comes back as it was sent.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use certwright_proxy::probe::{Limits, Lookup, Prober};
use certwright_proxy_api::*;
use rustls::pki_types::CertificateDer;
use rustls::version::{TLS12, TLS13};

use crate::chains::{Chain, TlsPeer};
use crate::peers;

/// Runs one probe to its end.
pub fn run(prober: &Prober, request: &ProbeRequest) -> Result<ProbeReport, ApiError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(prober.probe(request))
}

/// Probes an address with generous limits, sending the name of the chains' leaves.
pub fn probe(address: SocketAddr) -> ProbeReport {
    let mut request = ProbeRequest::new(address.ip().to_string(), address.port());
    request.server_name = Some("mail.example".to_owned());
    run(&Prober::default(), &request).unwrap()
}

/// A prober for which every name has these addresses.
fn knowing(addresses: &[&str]) -> Prober {
    let addresses: Vec<IpAddr> = addresses.iter().map(|a| a.parse().unwrap()).collect();
    let lookup = Lookup::new(move |_| std::future::ready(Ok(addresses.clone())));
    Prober::new(Limits::default(), lookup)
}

fn as_sent(chain: &[CertificateDer<'static>]) -> Vec<Base64Der> {
    chain.iter().map(|der| Base64Der(der.to_vec())).collect()
}

#[test]
fn every_chain_comes_back_as_sent() {
    type Pick = fn(&Chain) -> Vec<CertificateDer<'static>>;
    let rows: [(&str, Chain, Pick); 5] = [
        ("complete", Chain::new(), |c| vec![c.leaf.clone(), c.intermediate.clone()]),
        ("leaf only", Chain::new(), |c| vec![c.leaf.clone()]),
        ("root sent", Chain::new(), |c| vec![c.leaf.clone(), c.intermediate.clone(), c.root.clone()]),
        ("misordered", Chain::new(), |c| vec![c.leaf.clone(), c.root.clone(), c.intermediate.clone()]),
        ("expired", Chain::expired(), |c| vec![c.leaf.clone(), c.intermediate.clone()]),
    ];
    for (name, chain, pick) in rows {
        let sends = pick(&chain);
        let report = probe(peers::tls(TlsPeer::new(sends.clone(), chain.leaf_key).config()));
        assert_eq!(report.chain, as_sent(&sends), "{name}");
        assert_eq!(report.tls, Tls::Ok, "{name}");
        assert_eq!(report.key_proven, Some(true), "{name}");
        assert_eq!(report.client_certificate, ClientCertificate::NotAsked, "{name}");
        assert_eq!(report.resolve, Resolve::Literal, "{name}");
        assert!(matches!(report.tcp, Reach::Open { .. }), "{name}");
    }
}

#[test]
fn parameters_have_their_registered_names() {
    for (version, name, cipher) in [
        (&TLS12, "TLS 1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        (&TLS13, "TLS 1.3", "TLS_AES_256_GCM_SHA384"),
    ] {
        let chain = Chain::new();
        let mut peer = TlsPeer::new(vec![chain.leaf], chain.leaf_key);
        peer.versions = vec![version];
        peer.alpn = vec![b"http/1.1".to_vec()];
        let report = probe(peers::tls(peer.config()));
        assert_eq!(report.key_proven, Some(true), "{version:?}");
        let expect = Negotiated {
            version: name.to_owned(),
            cipher: Some(cipher.to_owned()),
            group: Some("x25519".to_owned()),
            alpn: Some("http/1.1".to_owned()),
        };
        assert_eq!(report.negotiated, Some(expect));
    }
}

#[test]
fn a_server_that_insists_on_a_client_certificate_still_shows_its_chain() {
    for version in [&TLS12, &TLS13] {
        let chain = Chain::new();
        let sends = vec![chain.leaf, chain.intermediate];
        let mut peer = TlsPeer::new(sends.clone(), chain.leaf_key);
        peer.versions = vec![version];
        peer.demands_client = Some(chain.root);
        let report = probe(peers::tls(peer.config()));
        let refused = Tls::Alert { code: 116, name: "certificate_required".to_owned() };
        assert_eq!(report.tls, refused, "{version:?}");
        assert_eq!(report.chain, as_sent(&sends), "{version:?}");
        assert_eq!(report.key_proven, Some(true), "{version:?}");
        let ClientCertificate::Asked { names } = report.client_certificate else {
            panic!("{version:?}: {:?}", report.client_certificate);
        };
        assert_eq!(names.len(), 1, "{version:?}");
        let name = String::from_utf8_lossy(names[0].as_bytes()).into_owned();
        assert!(name.starts_with('0') && name.ends_with("Test root"), "{version:?}: {name:?}");
    }
}

#[test]
fn a_staple_comes_back_as_sent() {
    let chain = Chain::new();
    let mut peer = TlsPeer::new(vec![chain.leaf], chain.leaf_key);
    peer.staple = Some(b"0\x03\x0a\x01\x06".to_vec());
    let report = probe(peers::tls(peer.config()));
    assert_eq!(report.ocsp_staple, Some(Base64Der(b"0\x03\x0a\x01\x06".to_vec())));
}

#[test]
fn a_signature_by_another_key_is_not_proof() {
    for version in [&TLS12, &TLS13] {
        let chain = Chain::new();
        let mut peer = TlsPeer::new(vec![chain.leaf.clone()], rcgen::KeyPair::generate().unwrap());
        peer.versions = vec![version];
        let report = probe(peers::tls(peer.config()));
        assert_eq!(report.key_proven, Some(false), "{version:?}");
        assert_eq!(report.chain, as_sent(&[chain.leaf]), "{version:?}");
    }
}

#[test]
fn denied_addresses_are_passed_over() {
    let chain = Chain::new();
    let address = peers::tls(TlsPeer::new(vec![chain.leaf], chain.leaf_key).config());
    let prober = knowing(&["169.254.169.254", "fe80::1", "127.0.0.1"]);
    let report = run(&prober, &ProbeRequest::new("mail.example", address.port())).unwrap();
    assert_eq!(report.resolve, Resolve::Ok { found: 3 });
    assert_eq!(report.target.server_name.as_deref(), Some("mail.example"));
    let reached: Vec<_> = report.addresses.iter().map(|a| (a.reach == Reach::Denied, a.in_use)).collect();
    assert_eq!(reached, [(true, false), (true, false), (false, true)]);
    assert_eq!(report.tls, Tls::Ok);
}

#[test]
fn a_denied_literal_is_not_connected_to() {
    for host in ["169.254.169.254", "[fe80::1]", "::ffff:169.254.169.254", "0.0.0.0"] {
        let report = run(&Prober::default(), &ProbeRequest::new(host, 80)).unwrap();
        assert_eq!(report.tcp, Reach::Denied, "{host}");
        assert_eq!(report.tls, Tls::NotTried, "{host}");
        assert_eq!(report.target.host, host);
    }
}

#[test]
fn at_most_four_addresses_are_tried() {
    let prober =
        knowing(&["169.254.0.1", "169.254.0.2", "169.254.0.3", "169.254.0.4", "169.254.0.5", "169.254.0.1"]);
    let report = run(&prober, &ProbeRequest::new("mail.example", 443)).unwrap();
    assert_eq!(report.resolve, Resolve::Ok { found: 5 });
    assert_eq!(report.addresses.len(), 4);
}

#[test]
fn a_refused_port_is_not_a_timeout() {
    let report = probe(peers::nobody());
    assert_eq!(report.tcp, Reach::Refused);
    assert_eq!(report.tls, Tls::NotTried);
}

#[test]
fn the_resolvers_answers_have_their_states() {
    let words = "failed to lookup address information: Name or service not known";
    let missing = Lookup::new(move |_| std::future::ready(Err(io::Error::other(words))));
    let empty = Lookup::new(|_| std::future::ready(Ok(Vec::new())));
    let failing = Lookup::new(|_| std::future::ready(Err(io::Error::other("no"))));
    let silent = Lookup::new(|_| std::future::pending());
    for (lookup, expect) in [
        (missing, Resolve::NotFound),
        (empty, Resolve::NotFound),
        (failing, Resolve::Failed),
        (silent, Resolve::Timeout),
    ] {
        let limits = Limits { resolve: Duration::from_millis(50), ..Limits::default() };
        let request = ProbeRequest::new("mail.example", 443);
        let report = run(&Prober::new(limits, lookup), &request).unwrap();
        assert_eq!(report.resolve, expect);
        assert_eq!(report.tcp, Reach::NotTried);
        assert_eq!(report.addresses, []);
    }
}

#[test]
fn requests_that_cannot_be_meant_are_refused() {
    let fine = ProbeRequest::new("mail.example", 443);
    for (request, expect) in [
        (ProbeRequest { protocol: PROTOCOL_VERSION + 1, ..fine.clone() }, ErrorCode::NewerProtocol),
        (ProbeRequest { port: 0, ..fine.clone() }, ErrorCode::BadPort),
        (ProbeRequest { host: "mail\r\n.example".into(), ..fine.clone() }, ErrorCode::BadHost),
        (ProbeRequest { server_name: Some("a b".into()), ..fine }, ErrorCode::BadServerName),
    ] {
        assert_eq!(run(&Prober::default(), &request).unwrap_err().code, expect, "{request:?}");
    }
}
