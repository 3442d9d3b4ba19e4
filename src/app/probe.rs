//! Asking the companion: the request, and its report put into the workbench's words.

use crate::platform::net::{self, NetFault};
use certwright_proxy_api::{
    ApiError, ClientCertificate, HELLO_PATH, Hello, PROBE_PATH, PlainProtocol, ProbeReport, ProbeRequest,
    Reach, Resolve, Tls,
};
use certwright_workbench::explain::{self, Advice};
use certwright_workbench::probe::{Reachability, Sighting};

/// How long the companion may take; its own deadline is eight seconds.
const PATIENCE_MS: u32 = 15_000;

/// True if a companion answers that speaks our protocol.
pub async fn companion_is_there() -> bool {
    match net::get_json::<Hello>(HELLO_PATH, PATIENCE_MS).await {
        Ok(hello) => hello.understands_us(),
        Err(_) => false,
    }
}

/// Has the companion look at a server.
///
/// # Errors
/// Words for the person, if the companion could not be asked.
pub async fn look(host: &str, port: u16) -> Result<Sighting, Advice> {
    let request = ProbeRequest::new(host, port);
    let report: ProbeReport =
        net::post_json(PROBE_PATH, &request, PATIENCE_MS).await.map_err(|fault| refused(&fault))?;
    Ok(sighting(&report))
}

fn refused(fault: &NetFault) -> Advice {
    let stopped = "Start Certwright with cargo xtask run, open the address that it prints, and try again. Nothing was lost.";
    match fault {
        NetFault::NoProxy => explain::no_proxy(),
        NetFault::Unreachable { what } => Advice::new(
            "The companion does not answer.",
            format!("It was stopped, most likely. ({what})"),
            stopped,
        ),
        NetFault::TimedOut => Advice::new("The companion did not answer in time.", "", "Try again."),
        NetFault::Refused { body, .. } => {
            let said = serde_json::from_str::<ApiError>(body).map(|error| error.message).unwrap_or_default();
            Advice::new("The companion refused.", said, stopped)
        }
        NetFault::TooLarge | NetFault::Unreadable { .. } => Advice::new(
            "The companion’s answer can’t be read.",
            "Page and companion may be of different versions.",
            stopped,
        ),
    }
}

fn sighting(report: &ProbeReport) -> Sighting {
    let (fault, network_fault) = fault(report);
    Sighting {
        reachability: match (&report.resolve, &report.tcp) {
            (_, Reach::Open { .. }) => Reachability::Reachable,
            (_, Reach::Denied | Reach::Unknown) => Reachability::Unknown,
            _ => Reachability::Unreachable,
        },
        connection: connection(report),
        fault,
        network_fault,
        chain: report.chain.iter().map(|der| der.as_bytes().to_vec()).collect(),
        key_proven: report.key_proven,
        addresses: report
            .addresses
            .iter()
            .map(|one| format!("{} ({})", one.address, reach(&one.reach)))
            .collect(),
        asks_client: matches!(report.client_certificate, ClientCertificate::Asked { .. }),
    }
}

fn connection(report: &ProbeReport) -> String {
    match (&report.negotiated, &report.tls) {
        (Some(negotiated), _) => match &negotiated.cipher {
            Some(cipher) => format!("{} with {cipher}, {} ms", negotiated.version, report.timings_ms.total),
            None => negotiated.version.clone(),
        },
        (None, Tls::NotTried) => "none".into(),
        (None, _) => "no TLS connection".into(),
    }
}

fn reach(reach: &Reach) -> String {
    match reach {
        Reach::NotTried => "not tried".into(),
        Reach::Open { ms } => format!("open, {ms} ms"),
        Reach::Refused => "refused".into(),
        Reach::Timeout => "no answer in time".into(),
        Reach::Unreachable => "unreachable".into(),
        Reach::Reset => "reset".into(),
        Reach::Denied => "not allowed".into(),
        _ => "failed".into(),
    }
}

/// Why there is no proper connection, and whether the network is to blame.
fn fault(report: &ProbeReport) -> (Option<Advice>, bool) {
    let host = &report.target.host;
    let port = report.target.port;
    let resolve = match report.resolve {
        Resolve::NotFound => {
            Some((format!("There is no host named {host}."), "The name server does not know it."))
        }
        Resolve::Failed | Resolve::Timeout => {
            Some((format!("The name {host} could not be looked up."), "The name server did not answer."))
        }
        _ => None,
    };
    if let Some((title, detail)) = resolve {
        return (Some(Advice::new(title, detail, "Check the name, and try the IP address.")), true);
    }
    let tcp = match report.tcp {
        Reach::Open { .. } => None,
        Reach::Refused => Some("The host is there, but nothing listens at this port."),
        Reach::Timeout => Some("There was no answer in time: a firewall, or the host is down."),
        Reach::Unreachable => Some("There is no route to it from this computer."),
        Reach::Denied => Some("The companion does not connect to link-local addresses."),
        _ => Some("The connection broke down."),
    };
    if let Some(detail) = tcp {
        let title = format!("{host}:{port} can’t be reached.");
        return (
            Some(Advice::new(title, detail, "Check the host, the port and the firewall between.")),
            true,
        );
    }
    tls_fault(&report.tls)
}

fn tls_fault(tls: &Tls) -> (Option<Advice>, bool) {
    let said = |title: String, detail: &str, hint: &str| Some(Advice::new(title, detail, hint));
    let again = "Try again; if it stays, look at the server’s log.";
    match tls {
        Tls::Ok => (None, false),
        Tls::Alert { name, .. } => {
            let title = format!("The server broke off with the alert “{name}”.");
            (
                said(
                    title,
                    "It got as far as the TLS handshake.",
                    "Look at the server’s log for this moment.",
                ),
                false,
            )
        }
        Tls::NotTls { kind } => {
            let title = format!("This port does not speak TLS{}.", plain(kind));
            (
                said(
                    title,
                    "It answered with something else.",
                    "Try the port for TLS: 443 for HTTPS, 5061 for SIP, 636 for LDAP.",
                ),
                false,
            )
        }
        Tls::Timeout => (
            said("The server went silent.".into(), "The TLS handshake was not finished in time.", again),
            true,
        ),
        Tls::Closed | Tls::Truncated | Tls::Reset => {
            (said("The server closed the connection during the handshake.".into(), "", again), true)
        }
        Tls::TooOld | Tls::Incompatible => (
            said(
                "The server speaks only TLS that is too old.".into(),
                "The companion speaks TLS 1.2 and 1.3.",
                "Switch on TLS 1.2 at the server.",
            ),
            false,
        ),
        _ => (said("The server’s answer is no proper TLS.".into(), "", again), false),
    }
}

fn plain(kind: &PlainProtocol) -> &'static str {
    match kind {
        PlainProtocol::Http => ", it speaks HTTP",
        PlainProtocol::Ssh => ", it speaks SSH",
        PlainProtocol::Smtp => ", it speaks SMTP",
        PlainProtocol::Ftp => ", it speaks FTP",
        PlainProtocol::Imap => ", it speaks IMAP",
        PlainProtocol::Pop3 => ", it speaks POP3",
        PlainProtocol::Xmpp => ", it speaks XMPP",
        PlainProtocol::Mysql => ", it speaks MySQL",
        PlainProtocol::Telnet => ", it speaks Telnet",
        _ => "",
    }
}
