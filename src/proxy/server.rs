//! The HTTP server on loopback: accepts, guards, answers. Makes no answer itself and listens on no other address.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use certwright_proxy_api::{ApiError, ErrorCode, TOKEN_FRAGMENT_KEY};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;

use crate::api::{self, Api};
use crate::guard::{Guard, is_api};
use crate::page::{self, Page};
use crate::probe::Prober;
use crate::security_headers;
use crate::token::Token;

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 for a free one.
    pub port: u16,
    /// What it serves.
    pub page: Page,
    /// What it probes with.
    pub prober: Prober,
    /// How long a request's head may take, and how long an idle connection is kept.
    pub header_deadline: Duration,
    /// How many connections are served at a time; more wait until one ends.
    pub connections: usize,
    /// How many probes run at a time; more are refused.
    pub probes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            page: Page::built_in(),
            prober: Prober::default(),
            header_deadline: Duration::from_secs(10),
            connections: 64,
            probes: 32,
        }
    }
}

/// A server that has its port and token.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    token: Token,
    settings: Settings,
}

impl Server {
    /// Takes the port and draws the token.
    ///
    /// # Errors
    /// The port is taken, or the system gives no random bytes.
    pub async fn bind(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, settings.port)).await?;
        let address = listener.local_addr()?;
        let token = Token::generate().map_err(io::Error::other)?;
        Ok(Self { listener, address, token, settings })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The token of this start.
    pub fn token(&self) -> &Token {
        &self.token
    }

    /// The page's address, with the token in its fragment, which browsers do not send.
    pub fn url(&self) -> String {
        format!("http://{}/#{TOKEN_FRAGMENT_KEY}={}", self.authority(), self.token.reveal())
    }

    /// Host and port as browsers write them: port 80 is left out.
    fn authority(&self) -> String {
        match self.address.port() {
            80 => self.address.ip().to_string(),
            _ => self.address.to_string(),
        }
    }

    /// Serves until dropped; connections and their probes end with it.
    pub async fn run(self) {
        let router = self.router();
        let free = Arc::new(Semaphore::new(self.settings.connections));
        let mut open = JoinSet::new();
        // The semaphore is never closed.
        while let Ok(permit) = free.clone().acquire_owned().await {
            while open.try_join_next().is_some() {}
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let deadline = self.settings.header_deadline;
                    open.spawn(serve(stream, router.clone(), deadline, permit));
                }
                // Out of descriptors, most likely: others must close first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// All routes behind the guard.
    fn router(&self) -> Router {
        let guard = Guard::new(&self.authority(), self.token.clone());
        let page = self.settings.page.clone();
        Api::new(self.settings.prober.clone(), self.settings.probes)
            .routes()
            .fallback(move |request: Request| async move { answer_other(&page, request) })
            .layer(from_fn_with_state(Arc::new(guard), stand_guard))
    }
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, router: Router, deadline: Duration, _permit: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(deadline)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // A connection that breaks has nobody left to tell.
    let _ = connection.await;
}

/// What no route of the API answers: the page's files.
fn answer_other(page: &Page, request: Request) -> Response {
    let (head, _) = request.into_parts();
    if is_api(head.uri.path()) {
        return api::refuse(&ApiError::new(ErrorCode::NotFound));
    }
    page.answer(&head)
}

/// Lets through what the guard admits, and sets the headers of every answer.
async fn stand_guard(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let mut response = match guard.admit(&head) {
        Ok(()) => next.run(Request::from_parts(head, body)).await,
        Err(code) if is_api(head.uri.path()) => api::refuse(&ApiError::new(code)),
        Err(code) => page::refuse(code),
    };
    security_headers::set(response.headers_mut());
    response
}
