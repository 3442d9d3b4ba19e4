//! Drives one TLS handshake over one connection and names how it ended. Sends no application data.

use std::io::ErrorKind;
use std::sync::Arc;

use certwright_proxy_api::{Negotiated, Tls};
use rustls::{AlertDescription, ClientConfig, ClientConnection, Error, InvalidMessage, ProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::host::ServerNameChoice;
use super::limits::Limits;
use super::{alert, plain_protocol, provider};
use crate::tls_capture::{Capture, Recorder};

/// What a handshake showed.
#[derive(Debug)]
pub(super) struct Handshake {
    pub(super) tls: Tls,
    pub(super) negotiated: Option<Negotiated>,
    pub(super) capture: Capture,
}

/// Shakes hands until `deadline` at the latest. Everything seen before a failure is kept.
pub(super) async fn run(
    stream: TcpStream,
    server_name: &ServerNameChoice,
    limits: &Limits,
    deadline: Instant,
) -> Handshake {
    let recorder = Arc::new(Recorder::new(provider()));
    let Ok(client) = client(&recorder, server_name) else {
        return Handshake { tls: Tls::Unknown, negotiated: None, capture: Capture::default() };
    };
    let mut dialogue = Dialogue { stream, client, received: 0, limits };
    let tls = match timeout_at(deadline, dialogue.shake_hands()).await {
        Err(_) => Tls::Timeout,
        Ok(Err(ended)) => ended,
        Ok(Ok(())) => dialogue.part(recorder.was_asked(), deadline).await,
    };
    Handshake { tls, negotiated: dialogue.negotiated(), capture: recorder.take() }
}

/// A client that accepts whatever comes, for TLS 1.2 and 1.3, without resumption.
fn client(recorder: &Arc<Recorder>, name: &ServerNameChoice) -> Result<ClientConnection, Error> {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(recorder.clone())
        .with_client_cert_resolver(recorder.clone());
    config.resumption = rustls::client::Resumption::disabled();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    ClientConnection::new(Arc::new(config), name.for_tls())
}

/// A connection in the middle of its handshake.
struct Dialogue<'l> {
    stream: TcpStream,
    client: ClientConnection,
    received: usize,
    limits: &'l Limits,
}

impl Dialogue<'_> {
    /// Exchanges flights until the handshake is complete.
    async fn shake_hands(&mut self) -> Result<(), Tls> {
        while self.client.is_handshaking() {
            self.write().await?;
            self.read().await?;
        }
        self.write().await
    }

    /// After the handshake: hears a TLS 1.3 server out that asked for a client's certificate,
    /// since its refusal comes only now, then says goodbye.
    async fn part(&mut self, asked: bool, deadline: Instant) -> Tls {
        let mut outcome = Tls::Ok;
        if asked && self.client.protocol_version() == Some(ProtocolVersion::TLSv1_3) {
            let until = deadline.min(Instant::now() + self.limits.refusal);
            while let Ok(more) = timeout_at(until, self.read()).await {
                match more {
                    Ok(()) => {}
                    Err(refusal @ Tls::Alert { .. }) => {
                        outcome = refusal;
                        break;
                    }
                    Err(_) => break,
                }
            }
        }
        self.client.send_close_notify();
        // The outcome stands, however the goodbye goes.
        let _ = timeout_at(deadline, self.write()).await;
        outcome
    }

    /// Sends all that the client has to say.
    async fn write(&mut self) -> Result<(), Tls> {
        let mut flight = Vec::new();
        while self.client.wants_write() {
            if self.client.write_tls(&mut flight).is_err() {
                return Err(Tls::Malformed);
            }
        }
        // A server that hangs up while we write may have said why: that is for the next read.
        let _ = self.stream.write_all(&flight).await;
        Ok(())
    }

    /// Reads once and lets the client digest it.
    async fn read(&mut self) -> Result<(), Tls> {
        let mut buffer = [0; 8 * 1024];
        let count = match self.stream.read(&mut buffer).await {
            Ok(0) if self.received == 0 => return Err(Tls::Closed),
            Ok(0) => return Err(Tls::Truncated),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return Err(Tls::Reset),
            Err(_) => return Err(Tls::Truncated),
        };
        let mut news = &buffer[..count];
        if self.received == 0 && !plain_protocol::begins_tls(news[0]) {
            return Err(self.hear_greeting(news).await);
        }
        self.received += count;
        if self.received > self.limits.flight {
            return Err(Tls::Oversized);
        }
        while !news.is_empty() {
            let taken = self.client.read_tls(&mut news);
            match self.client.process_new_packets() {
                Ok(state) if state.peer_has_closed() => return Err(Tls::Truncated),
                Ok(_) => {}
                Err(error) => {
                    let _ = self.write().await; // our alert, as a courtesy
                    return Err(classify(&error));
                }
            }
            if !matches!(taken, Ok(count) if count > 0) {
                return Err(Tls::Oversized);
            }
        }
        Ok(())
    }

    /// Waits a moment for the rest of a greeting, and names its protocol.
    async fn hear_greeting(&mut self, first: &[u8]) -> Tls {
        let mut greeting = first.to_vec();
        let until = Instant::now() + self.limits.greeting;
        let mut buffer = [0; plain_protocol::GREETING_LIMIT];
        while !plain_protocol::is_complete(&greeting) {
            match timeout_at(until, self.stream.read(&mut buffer)).await {
                Ok(Ok(count)) if count > 0 => greeting.extend_from_slice(&buffer[..count]),
                _ => break,
            }
        }
        Tls::NotTls { kind: plain_protocol::classify(&greeting) }
    }

    /// What was agreed on so far.
    fn negotiated(&self) -> Option<Negotiated> {
        let version = match self.client.protocol_version()? {
            ProtocolVersion::TLSv1_2 => "TLS 1.2".to_owned(),
            ProtocolVersion::TLSv1_3 => "TLS 1.3".to_owned(),
            other => format!("{other:?}"),
        };
        let cipher = self.client.negotiated_cipher_suite();
        let group = self.client.negotiated_key_exchange_group();
        Some(Negotiated {
            version,
            cipher: cipher.map(|suite| format!("{:?}", suite.suite()).replace("TLS13_", "TLS_")),
            group: group.map(|group| format!("{:?}", group.name()).replace("X25519", "x25519")),
            alpn: self.client.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()),
        })
    }
}

/// Names how a handshake broke.
fn classify(error: &Error) -> Tls {
    match error {
        Error::AlertReceived(description) => alert_state(*description),
        Error::PeerIncompatible(rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13) => Tls::TooOld,
        Error::PeerIncompatible(_) => Tls::Incompatible,
        Error::PeerSentOversizedRecord
        | Error::InvalidMessage(
            InvalidMessage::CertificatePayloadTooLarge
            | InvalidMessage::HandshakePayloadTooLarge
            | InvalidMessage::MessageTooLarge,
        ) => Tls::Oversized,
        _ => Tls::Malformed,
    }
}

/// An alert as it is reported.
fn alert_state(description: AlertDescription) -> Tls {
    let code = u8::from(description);
    match description {
        AlertDescription::CloseNotify => Tls::Truncated,
        _ => Tls::Alert { code, name: alert::name(code).to_owned() },
    }
}
