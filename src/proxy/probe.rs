//! One look at one server: resolve, reach, handshake, report. Follows no redirect, keeps no log, and judges nothing.

mod address_policy;
mod alert;
mod handshake;
mod host;
mod limits;
mod p521_group;
mod plain_protocol;
mod reach;
mod resolve;

use std::net::IpAddr;
use std::sync::Arc;

use certwright_proxy_api::{
    ApiError, ClientCertificate, ErrorCode, PROTOCOL_VERSION, ProbeReport, ProbeRequest, Reach, Resolve,
    Target, TimingsMs, Tls,
};
use tokio::time::Instant;

pub use host::Host;
pub use limits::Limits;
pub use resolve::Lookup;

use handshake::Handshake;
use host::ServerNameChoice;

/// Looks at servers within limits.
#[derive(Clone, Debug)]
pub struct Prober {
    limits: Limits,
    lookup: Lookup,
}

impl Default for Prober {
    fn default() -> Self {
        Self::new(Limits::default(), Lookup::system())
    }
}

impl Prober {
    /// Probes within `limits`, with addresses from `lookup`.
    pub fn new(limits: Limits, lookup: Lookup) -> Self {
        Self { limits, lookup }
    }

    /// Looks at one server. Dropping the future ends the probe and closes its connections.
    ///
    /// # Errors
    /// Only for a request that cannot be meant: a newer protocol, a host, port or server name that
    /// is none. Whatever goes wrong on the network is in the report.
    pub async fn probe(&self, request: &ProbeRequest) -> Result<ProbeReport, ApiError> {
        let (host, server_name) = check(request)?;
        let start = Instant::now();
        let deadline = start + self.limits.whole;
        let mut report = empty_report(request, server_name.sent());

        let (state, addresses) = self.resolve(&host, deadline).await;
        report.resolve = state;
        report.timings_ms.resolve = milliseconds_since(start);

        let connecting = Instant::now();
        let limit = deadline.min(connecting + self.limits.connect);
        let mut race = reach::Race::start(&addresses, request.port, limit);
        let open = race.first_open().await;
        report.timings_ms.tcp = if addresses.is_empty() { 0 } else { milliseconds_since(connecting) };
        if let Some((_, stream)) = open {
            let shaking = Instant::now();
            let handshake = handshake::run(stream, &server_name, &self.limits, deadline);
            let (seen, ()) = tokio::join!(handshake, race.finish());
            fill_handshake(&mut report, seen);
            report.timings_ms.tls = milliseconds_since(shaking);
        }
        report.addresses = race.into_reports();
        let telling = report.addresses.iter().find(|a| a.in_use).or(report.addresses.first());
        report.tcp = telling.map_or(Reach::NotTried, |a| a.reach.clone());
        report.timings_ms.total = milliseconds_since(start);
        Ok(report)
    }

    /// Turns the host into the addresses to try, in order.
    async fn resolve(&self, host: &Host, deadline: Instant) -> (Resolve, Vec<IpAddr>) {
        match host {
            Host::Literal(address) => (Resolve::Literal, vec![*address]),
            Host::Name(name) => {
                let limit = deadline.min(Instant::now() + self.limits.resolve);
                resolve::resolve(&self.lookup, name, limit, self.limits.addresses).await
            }
        }
    }
}

/// Refuses what cannot be meant.
fn check(request: &ProbeRequest) -> Result<(Host, ServerNameChoice), ApiError> {
    if request.protocol > PROTOCOL_VERSION {
        return Err(ApiError::new(ErrorCode::NewerProtocol));
    }
    if request.port == 0 {
        return Err(ApiError::new(ErrorCode::BadPort));
    }
    let host = Host::parse(&request.host)?;
    let server_name = ServerNameChoice::new(&host, request.server_name.as_deref())?;
    Ok((host, server_name))
}

/// A report in which no step has run.
fn empty_report(request: &ProbeRequest, server_name: Option<String>) -> ProbeReport {
    ProbeReport {
        protocol: PROTOCOL_VERSION,
        target: Target { host: request.host.clone(), port: request.port, server_name },
        resolve: Resolve::Unknown,
        addresses: Vec::new(),
        tcp: Reach::NotTried,
        tls: Tls::NotTried,
        chain: Vec::new(),
        negotiated: None,
        key_proven: None,
        client_certificate: ClientCertificate::NotKnown,
        ocsp_staple: None,
        timings_ms: TimingsMs::default(),
    }
}

/// Copies what the handshake showed into the report.
fn fill_handshake(report: &mut ProbeReport, handshake: Handshake) {
    report.tls = handshake.tls;
    report.negotiated = handshake.negotiated;
    let seen = handshake.capture;
    report.client_certificate = match seen.asked_names {
        Some(names) => ClientCertificate::Asked { names: names.into_iter().map(Into::into).collect() },
        None if seen.chain.is_empty() => ClientCertificate::NotKnown,
        None => ClientCertificate::NotAsked,
    };
    report.chain = seen.chain.into_iter().map(Into::into).collect();
    report.key_proven = seen.key_proven;
    report.ocsp_staple = seen.ocsp_staple.map(Into::into);
}

/// Whole milliseconds, at most `u32::MAX`.
fn milliseconds_since(start: Instant) -> u32 {
    u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX)
}

/// The one crypto provider of all probes: ring's, and P-521, which it lacks.
fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    let mut provider = rustls::crypto::ring::default_provider();
    provider.kx_groups.push(&p521_group::P521);
    Arc::new(provider)
}
