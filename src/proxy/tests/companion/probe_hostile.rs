//! Probes of peers that speak no TLS, break it or stall: each ends in its state, within its deadline.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::time::{Duration, Instant};

use certwright_proxy::probe::{Limits, Lookup, Prober};
use certwright_proxy_api::{PlainProtocol, ProbeReport, ProbeRequest, Reach, Tls};

use crate::chains::{Chain, TlsPeer};
use crate::peers;
use crate::probe::{probe, run};

/// A deadline for peers that would wait forever.
const WHOLE: Duration = Duration::from_millis(400);
/// A busy machine is late, but never near the default deadline of eight seconds.
const LATEST: Duration = Duration::from_secs(5);

/// Probes with a short deadline and checks that it was kept.
fn probe_briefly(address: SocketAddr) -> ProbeReport {
    let limits = Limits { whole: WHOLE, ..Limits::default() };
    let request = ProbeRequest::new(address.ip().to_string(), address.port());
    let start = Instant::now();
    let report = run(&Prober::new(limits, Lookup::system()), &request).unwrap();
    assert!(start.elapsed() < LATEST, "{:?}", start.elapsed());
    report
}

#[test]
fn a_silent_peer_times_out() {
    let report = probe_briefly(peers::raw(|mut stream| peers::drain(&mut stream)));
    assert!(matches!(report.tcp, Reach::Open { .. }));
    assert_eq!(report.tls, Tls::Timeout);
    assert!(report.timings_ms.total >= WHOLE.as_millis() as u32);
}

#[test]
fn dripping_does_not_stretch_the_deadline() {
    // A handshake record of 16 KiB that holds a certificate message, byte by byte.
    let tls = peers::dripping(b"\x16\x03\x03\x40\x00\x0b\x00\x3f", b"\0");
    assert_eq!(probe_briefly(tls).tls, Tls::Timeout);
    let plain = peers::dripping(b"w", b"w");
    let unknown = Tls::NotTls { kind: PlainProtocol::Unknown };
    assert_eq!(probe_briefly(plain).tls, unknown);
}

#[test]
fn plain_protocols_are_named() {
    for (answer, kind) in [
        (&b"HTTP/1.1 400 Bad Request\r\nServer: secret\r\n\r\n"[..], PlainProtocol::Http),
        (b"SSH-2.0-OpenSSH_9.2\r\n", PlainProtocol::Ssh),
        (b"220 mail.example ESMTP\r\n", PlainProtocol::Smtp),
        (b"* OK ready\r\n", PlainProtocol::Imap),
        (b"\x00\x01\x02\x03", PlainProtocol::Unknown),
    ] {
        let report = probe(peers::answering(answer.to_vec()));
        assert_eq!(report.tls, Tls::NotTls { kind });
        assert_eq!(report.chain, []);
        assert_eq!(report.negotiated, None);
    }
}

#[test]
fn a_greeting_that_comes_before_ours_is_named() {
    let address = peers::raw(|mut stream| {
        let _ = stream.write_all(b"220 mail.example");
        let _ = stream.write_all(b" ESMTP\r\n");
        peers::drain(&mut stream);
    });
    assert_eq!(probe(address).tls, Tls::NotTls { kind: PlainProtocol::Smtp });
}

#[test]
fn hanging_up_is_told_apart_by_its_moment() {
    let closed = peers::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
    });
    assert_eq!(probe(closed).tls, Tls::Closed);
    let truncated = peers::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"\x16\x03\x03\x00\x40\x02");
        let _ = stream.shutdown(Shutdown::Write);
        peers::drain(&mut stream);
    });
    assert_eq!(probe(truncated).tls, Tls::Truncated);
    // Closing with unread bytes in the buffer resets the connection.
    let reset = peers::raw(|stream| {
        let _ = stream.peek(&mut [0; 1]);
    });
    assert_eq!(probe(reset).tls, Tls::Reset);
    let goodbye = peers::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"\x15\x03\x03\x00\x02\x01\x00");
    });
    assert_eq!(probe(goodbye).tls, Tls::Truncated);
}

#[test]
fn alerts_are_named() {
    for (code, name) in
        [(40, "handshake_failure"), (70, "protocol_version"), (112, "unrecognized_name"), (199, "unassigned")]
    {
        let report = probe(peers::answering(vec![0x15, 3, 3, 0, 2, 2, code]));
        assert_eq!(report.tls, Tls::Alert { code, name: name.to_owned() });
    }
}

#[test]
fn an_answer_in_tls_1_0_is_too_old() {
    let mut hello = vec![2, 0, 0, 38, 3, 1];
    hello.extend([7; 32]);
    hello.extend([0, 0x00, 0x2f, 0]);
    let mut record = vec![0x16, 3, 1, 0, hello.len() as u8];
    record.extend(hello);
    assert_eq!(probe(peers::answering(record)).tls, Tls::TooOld);
}

#[test]
fn broken_tls_is_malformed() {
    // A server hello whose length leads out of it.
    let answer = b"\x16\x03\x03\x00\x06\x02\x00\x00\x02\xff\xff".to_vec();
    assert_eq!(probe(peers::answering(answer)).tls, Tls::Malformed);
}

#[test]
fn a_flood_ends_at_the_limit() {
    // Records of one handshake message that claims sixteen megabytes.
    let flood = |first: &'static [u8]| {
        peers::raw(move |mut stream| {
            let mut record = vec![0x16, 3, 3, 0x40, 0];
            record.extend_from_slice(first);
            record.resize(5 + 0x4000, 0);
            let mut sent = stream.write_all(&record);
            while sent.is_ok() {
                sent = stream.write_all(&record);
            }
        })
    };
    assert_eq!(probe(flood(b"\x02\xff\xff\xff")).tls, Tls::Oversized);
    let plain = peers::raw(|mut stream| while stream.write_all(&[b'w'; 0x4000]).is_ok() {});
    assert_eq!(probe(plain).tls, Tls::NotTls { kind: PlainProtocol::Unknown });
}

#[test]
fn a_handshake_may_not_exceed_its_limit() {
    let chain = Chain::new();
    let address = peers::tls(TlsPeer::new(vec![chain.leaf], chain.leaf_key).config());
    let limits = Limits { flight: 200, ..Limits::default() };
    let request = ProbeRequest::new("127.0.0.1", address.port());
    let report = run(&Prober::new(limits, Lookup::system()), &request).unwrap();
    assert_eq!(report.tls, Tls::Oversized);
}
