//! A probe's report in lines for a terminal. Repeats facts, judges nothing.

use std::fmt::Write;

use certwright_proxy_api::{ClientCertificate, Negotiated, PlainProtocol, ProbeReport, Reach, Resolve, Tls};

use super::certificate_text;

/// The report, one step a line.
pub(super) fn describe(report: &ProbeReport) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{label:<12}{value}");
    };
    line("target", &format!("{} port {}", report.target.host, report.target.port));
    line("server name", report.target.server_name.as_deref().unwrap_or("none sent"));
    line("resolve", &resolve(&report.resolve));
    if report.addresses.is_empty() {
        line("reach", &reach(&report.tcp));
    }
    for address in &report.addresses {
        line("reach", &format!("{}: {}", address.address, reach(&address.reach)));
    }
    line("tls", &tls(&report.tls));
    if let Some(negotiated) = &report.negotiated {
        line("", &parameters(negotiated));
    }
    if report.tls != Tls::NotTried {
        line("key", key(report.key_proven));
        line("client", &client_certificate(&report.client_certificate));
        if let ClientCertificate::Asked { names } = &report.client_certificate {
            for name in names {
                line("", &certificate_text::name(name.as_bytes()));
            }
        }
        let staple = report.ocsp_staple.as_ref();
        line("staple", &staple.map_or("none".to_owned(), |s| format!("{} bytes", s.0.len())));
        line("chain", &format!("as sent, {} in number", report.chain.len()));
    }
    for (index, der) in report.chain.iter().enumerate() {
        let mut label = format!("  {}", index + 1);
        for fact in certificate_text::describe(der.as_bytes()) {
            line(&label, &fact);
            label.clear();
        }
    }
    line("time", &format!("{} ms", report.timings_ms.total));
    line("note", "nothing here says that the server is who it claims to be");
    text
}

fn resolve(state: &Resolve) -> String {
    match state {
        Resolve::Ok { found: 1 } => "1 address".to_owned(),
        Resolve::Ok { found } => format!("{found} addresses"),
        Resolve::Literal => "is an address".to_owned(),
        Resolve::NotFound => "no such name".to_owned(),
        Resolve::Failed => "the resolver failed".to_owned(),
        Resolve::Timeout => "the resolver did not answer".to_owned(),
        _ => "unknown".to_owned(),
    }
}

fn reach(state: &Reach) -> String {
    let words = match state {
        Reach::Open { ms } => return format!("open after {ms} ms"),
        Reach::NotTried => "not tried",
        Reach::Refused => "refused",
        Reach::Timeout => "no answer",
        Reach::Unreachable => "unreachable",
        Reach::Reset => "reset",
        Reach::Denied => "not connected to: link-local, multicast or unspecified",
        Reach::Failed => "failed here",
        _ => "unknown",
    };
    words.to_owned()
}

fn tls(state: &Tls) -> String {
    let words = match state {
        Tls::Alert { code, name } => return format!("the server sent alert {code}, {name}"),
        Tls::NotTls { kind } => return format!("not TLS: {}", plain_protocol(*kind)),
        Tls::NotTried => "not tried",
        Tls::Ok => "handshake complete",
        Tls::Timeout => "no answer, or not in time",
        Tls::Closed => "closed without an answer",
        Tls::Truncated => "closed in the middle of the handshake",
        Tls::Reset => "reset in the middle of the handshake",
        Tls::Oversized => "the server sent too much",
        Tls::TooOld => "the server answered in a version before TLS 1.2",
        Tls::Incompatible => "no parameters in common",
        Tls::Malformed => "the server broke the protocol",
        _ => "unknown",
    };
    words.to_owned()
}

fn plain_protocol(kind: PlainProtocol) -> &'static str {
    match kind {
        PlainProtocol::Http => "HTTP",
        PlainProtocol::Ssh => "SSH",
        PlainProtocol::Smtp => "SMTP",
        PlainProtocol::Ftp => "FTP",
        PlainProtocol::Imap => "IMAP",
        PlainProtocol::Pop3 => "POP3",
        PlainProtocol::Xmpp => "XMPP",
        PlainProtocol::Mysql => "MySQL",
        PlainProtocol::Telnet => "Telnet",
        _ => "unknown",
    }
}

fn parameters(negotiated: &Negotiated) -> String {
    let optional = [&negotiated.cipher, &negotiated.group, &negotiated.alpn];
    let mut words = vec![negotiated.version.as_str()];
    words.extend(optional.into_iter().flatten().map(String::as_str));
    words.join(", ")
}

fn key(proven: Option<bool>) -> &'static str {
    match proven {
        Some(true) => "proven: the handshake is signed with the first certificate's key",
        Some(false) => "not that of the first certificate: the signature is wrong",
        None => "not proven",
    }
}

fn client_certificate(state: &ClientCertificate) -> String {
    match state {
        ClientCertificate::NotAsked => "no certificate asked for".to_owned(),
        ClientCertificate::Asked { names } if names.is_empty() => {
            "a certificate is asked for, from any authority".to_owned()
        }
        ClientCertificate::Asked { names } => {
            format!("a certificate is asked for, from one of {} authorities", names.len())
        }
        _ => "not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use certwright_proxy_api::{Base64Der, PROTOCOL_VERSION, Target, TimingsMs};

    use super::*;

    #[test]
    fn a_report_reads_like_this() {
        let report = ProbeReport {
            protocol: PROTOCOL_VERSION,
            target: Target { host: "mail.example".to_owned(), port: 443, server_name: None },
            resolve: Resolve::Ok { found: 2 },
            addresses: Vec::new(),
            tcp: Reach::Refused,
            tls: Tls::NotTls { kind: PlainProtocol::Smtp },
            chain: vec![Base64Der(b"abc".to_vec())],
            negotiated: None,
            key_proven: None,
            client_certificate: ClientCertificate::NotKnown,
            ocsp_staple: None,
            timings_ms: TimingsMs { total: 7, ..TimingsMs::default() },
        };
        let expect = "\
target      mail.example port 443
server name none sent
resolve     2 addresses
reach       refused
tls         not TLS: SMTP
key         not proven
client      not known
staple      none
chain       as sent, 1 in number
  1         not readable as a certificate
            3 bytes, SHA-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD
time        7 ms
note        nothing here says that the server is who it claims to be
";
        assert_eq!(describe(&report), expect);
    }
}
