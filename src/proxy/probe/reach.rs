//! TCP connections to all addresses at once; the first to open in use. Speaks no protocol on them, and sends no ICMP.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};

use certwright_proxy_api::{AddressReport, Reach};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::address_policy::is_denied;
use super::milliseconds_since;

/// The attempts on all addresses of one host. Dropping it ends those under way.
#[derive(Debug)]
pub(super) struct Race {
    reports: Vec<AddressReport>,
    attempts: JoinSet<(usize, Reach, Option<TcpStream>)>,
}

impl Race {
    /// Starts an attempt on each address that is not denied.
    pub(super) fn start(addresses: &[IpAddr], port: u16, deadline: Instant) -> Self {
        let mut attempts = JoinSet::new();
        let mut reports = Vec::with_capacity(addresses.len());
        for (index, address) in addresses.iter().copied().enumerate() {
            let denied = is_denied(address);
            reports.push(AddressReport {
                address,
                reach: if denied { Reach::Denied } else { Reach::NotTried },
                in_use: false,
            });
            if !denied {
                let socket = SocketAddr::new(address, port);
                attempts.spawn(async move {
                    let (reach, stream) = connect(socket, deadline).await;
                    (index, reach, stream)
                });
            }
        }
        Self { reports, attempts }
    }

    /// Waits for the first connection that opens; `None` when every attempt failed.
    pub(super) async fn first_open(&mut self) -> Option<(usize, TcpStream)> {
        while let Some((index, stream)) = self.next().await {
            if let Some(stream) = stream {
                self.reports[index].in_use = true;
                return Some((index, stream));
            }
        }
        None
    }

    /// Waits for the other attempts; what opens is closed at once.
    pub(super) async fn finish(&mut self) {
        while self.next().await.is_some() {}
    }

    /// The addresses with how each was reached.
    pub(super) fn into_reports(self) -> Vec<AddressReport> {
        self.reports
    }

    /// Takes the next result, in the order of arrival.
    async fn next(&mut self) -> Option<(usize, Option<TcpStream>)> {
        loop {
            // An attempt neither panics nor is it aborted while the race is held.
            if let Ok((index, reach, stream)) = self.attempts.join_next().await? {
                self.reports[index].reach = reach;
                return Some((index, stream));
            }
        }
    }
}

/// Tries one address.
async fn connect(socket: SocketAddr, deadline: Instant) -> (Reach, Option<TcpStream>) {
    let start = Instant::now();
    match timeout_at(deadline, TcpStream::connect(socket)).await {
        Err(_) => (Reach::Timeout, None),
        Ok(Err(error)) => (classify(&error), None),
        Ok(Ok(stream)) => (Reach::Open { ms: milliseconds_since(start) }, Some(stream)),
    }
}

/// Names the reason of a failed connection.
fn classify(error: &io::Error) -> Reach {
    match error.kind() {
        ErrorKind::ConnectionRefused => Reach::Refused,
        ErrorKind::TimedOut => Reach::Timeout,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Reach::Reset,
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => Reach::Unreachable,
        _ => Reach::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_state() {
        for (kind, expect) in [
            (ErrorKind::ConnectionRefused, Reach::Refused),
            (ErrorKind::TimedOut, Reach::Timeout),
            (ErrorKind::ConnectionReset, Reach::Reset),
            (ErrorKind::HostUnreachable, Reach::Unreachable),
            (ErrorKind::NetworkUnreachable, Reach::Unreachable),
            (ErrorKind::PermissionDenied, Reach::Failed),
        ] {
            assert_eq!(classify(&io::Error::from(kind)), expect, "{kind}");
        }
    }
}
