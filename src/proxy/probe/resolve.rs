//! From a name to addresses, by the operating system's resolver. Does no DNS of its own and connects nowhere.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use certwright_proxy_api::Resolve;
use tokio::time::{Instant, timeout_at};

type Answer = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Where addresses come from.
#[derive(Clone)]
pub struct Lookup(Arc<dyn Fn(String) -> Answer + Send + Sync>);

impl Lookup {
    /// The operating system's resolver, with its hosts file, search list and split DNS.
    pub fn system() -> Self {
        Self::new(|name| async move {
            let addresses = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(addresses.map(|socket| socket.ip()).collect())
        })
    }

    /// Asks `answer` for each name.
    pub fn new<F, A>(answer: F) -> Self
    where
        F: Fn(String) -> A + Send + Sync + 'static,
        A: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name| Box::pin(answer(name))))
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookup")
    }
}

/// Resolves `name` before `deadline` and picks the first `most` addresses to try.
pub(super) async fn resolve(
    lookup: &Lookup,
    name: &str,
    deadline: Instant,
    most: usize,
) -> (Resolve, Vec<IpAddr>) {
    match timeout_at(deadline, (lookup.0)(name.to_owned())).await {
        Err(_) => (Resolve::Timeout, Vec::new()),
        Ok(Err(error)) => (classify(&error), Vec::new()),
        Ok(Ok(answer)) => {
            let mut addresses = alternate(&answer);
            if addresses.is_empty() {
                return (Resolve::NotFound, addresses);
            }
            let found = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
            addresses.truncate(most);
            (Resolve::Ok { found }, addresses)
        }
    }
}

/// Drops repetitions and lets the families take turns (RFC 8305 section 4), in the resolver's
/// order within each and beginning with the family of its first address.
fn alternate(answer: &[IpAddr]) -> Vec<IpAddr> {
    let mut unique: Vec<IpAddr> = Vec::new();
    for address in answer {
        if !unique.contains(address) {
            unique.push(*address);
        }
    }
    let leading_is_v4 = unique.first().is_some_and(IpAddr::is_ipv4);
    let (leading, other): (Vec<IpAddr>, Vec<IpAddr>) =
        unique.iter().partition(|address| address.is_ipv4() == leading_is_v4);
    let mut ordered = Vec::with_capacity(unique.len());
    for turn in 0..leading.len().max(other.len()) {
        ordered.extend(leading.get(turn));
        ordered.extend(other.get(turn));
    }
    ordered
}

/// Tells "no such name" from a resolver that failed. The standard library gives no kind for
/// this, only the system's words or, on Windows, its number.
fn classify(error: &io::Error) -> Resolve {
    const WSAHOST_NOT_FOUND: i32 = 11001;
    const WSANO_DATA: i32 = 11004;
    if cfg!(windows) {
        return match error.raw_os_error() {
            Some(WSAHOST_NOT_FOUND | WSANO_DATA) => Resolve::NotFound,
            _ => Resolve::Failed,
        };
    }
    let words = error.to_string().to_ascii_lowercase();
    let absent = ["not known", "no address", "not found", "does not resolve", "no such host"];
    if absent.iter().any(|phrase| words.contains(phrase)) { Resolve::NotFound } else { Resolve::Failed }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn families_take_turns_in_the_resolvers_order() {
        let parse =
            |text: &str| -> Vec<IpAddr> { text.split_whitespace().map(|a| a.parse().unwrap()).collect() };
        for (answer, expect) in [
            ("", ""),
            ("::1 ::2 10.0.0.1", "::1 10.0.0.1 ::2"),
            ("10.0.0.1 10.0.0.2 ::1", "10.0.0.1 ::1 10.0.0.2"),
            ("10.0.0.1 10.0.0.1 10.0.0.2", "10.0.0.1 10.0.0.2"),
        ] {
            assert_eq!(alternate(&parse(answer)), parse(expect), "{answer}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_missing_name_is_told_from_a_failing_resolver() {
        let prefix = "failed to lookup address information: ";
        for (words, expect) in [
            ("Name or service not known", Resolve::NotFound),
            ("nodename nor servname provided, or not known", Resolve::NotFound),
            ("No address associated with hostname", Resolve::NotFound),
            ("Name does not resolve", Resolve::NotFound),
            ("Temporary failure in name resolution", Resolve::Failed),
            ("Try again", Resolve::Failed),
            ("System error", Resolve::Failed),
        ] {
            let error = io::Error::other(format!("{prefix}{words}"));
            assert_eq!(classify(&error), expect, "{words}");
        }
    }
}
