//! The answers under `/api`: greeting and probe. The guard has already admitted the request; nothing about targets is logged.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use certwright_proxy_api::{
    ApiError, ErrorCode, HELLO_PATH, Hello, PROBE_PATH, ProbeReport, ProbeRequest, REQUEST_LIMIT,
};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::probe::Prober;

/// How long a request's body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(10);

/// What the answers are made with.
#[derive(Clone, Debug)]
pub struct Api {
    prober: Prober,
    free_probes: Arc<Semaphore>,
}

impl Api {
    /// Answers with `prober`, at most `probes` at a time.
    pub fn new(prober: Prober, probes: usize) -> Self {
        Self { prober, free_probes: Arc::new(Semaphore::new(probes)) }
    }

    /// The routes.
    pub fn routes(self) -> Router {
        Router::new()
            .route(HELLO_PATH, get(hello).fallback(wrong_method))
            .route(PROBE_PATH, post(answer_probe).fallback(wrong_method))
            .with_state(self)
    }

    /// Reads the request and probes.
    async fn probe(&self, body: Body) -> Result<ProbeReport, ApiError> {
        let body = timeout(BODY_DEADLINE, to_bytes(body, REQUEST_LIMIT));
        let body = match body.await {
            Err(_) => return Err(ApiError::new(ErrorCode::SlowRequest)),
            // Cut short, or longer than declared: nobody reads the answer to the former.
            Ok(Err(_)) => return Err(ApiError::new(ErrorCode::TooLarge)),
            Ok(Ok(body)) => body,
        };
        let request: ProbeRequest = serde_json::from_slice(&body)
            .map_err(|error| ApiError::with_message(ErrorCode::BadJson, error.to_string()))?;
        let Ok(_permit) = self.free_probes.try_acquire() else {
            return Err(ApiError::new(ErrorCode::Busy));
        };
        self.prober.probe(&request).await
    }
}

/// `GET /api/hello`.
async fn hello() -> Response {
    json(StatusCode::OK, &Hello::new(env!("CARGO_PKG_VERSION")))
}

/// `POST /api/probe`. When the client goes away, the server drops this future and the probe ends.
async fn answer_probe(State(api): State<Api>, body: Body) -> Response {
    match api.probe(body).await {
        Ok(report) => json(StatusCode::OK, &report),
        Err(error) => refuse(&error),
    }
}

/// A known path, asked in another way.
async fn wrong_method() -> Response {
    refuse(&ApiError::new(ErrorCode::WrongMethod))
}

/// The answer that carries an error.
pub fn refuse(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.code.http_status());
    json(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), error)
}

/// A JSON answer that is not to be stored.
fn json<T: serde::Serialize>(status: StatusCode, value: &T) -> Response {
    let (status, body) = match serde_json::to_vec(value) {
        Ok(body) => (status, body),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, br#"{"code":"internal","message":""}"#.to_vec()),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
