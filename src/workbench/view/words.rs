//! Small words that many pages say in the same way: counts, articles, days, and whether something is in its time.

use super::{Badge, Mood};
use crate::job::Span;
use certwright_pki::UnixTime;

/// From how many days on an end is said to be near.
const SOON: i64 = 30;

/// `1 certificate`, `2 certificates`; what stands in brackets is not counted.
pub(super) fn counted(count: usize, what: &str) -> String {
    match (count, what.split_once(" (")) {
        (1, _) => format!("1 {what}"),
        (_, Some((noun, rest))) => format!("{count} {noun}s ({rest}"),
        (_, None) if what.starts_with("list of") => format!("{count} {}", what.replacen("list", "lists", 1)),
        (_, None) if what.ends_with('s') => format!("{count} {what}"),
        (_, None) => format!("{count} {what}s"),
    }
}

/// `A certificate`, `An OCSP response`; what is several has no article.
pub(super) fn one(what: &str) -> String {
    match what.chars().next() {
        _ if what.split(" (").next().is_some_and(|noun| noun.ends_with('s') && !noun.starts_with("list")) => {
            first_upper(what)
        }
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'A' | 'E' | 'I' | 'O' | 'U') => format!("An {what}"),
        _ => format!("A {what}"),
    }
}

pub(super) fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// How many dates lie between two moments, in UTC as all dates here are.
pub(super) fn days_between(from: UnixTime, to: UnixTime) -> i64 {
    let page = |time: UnixTime| time.0.div_euclid(24 * 60 * 60);
    page(to) - page(from)
}

/// Where a certificate stands in its time.
pub(super) fn lifetime(validity: Span, now: UnixTime) -> Badge {
    let left = days_between(now, validity.to);
    if now < validity.from {
        Badge::new(Mood::Warn, "Not yet valid")
    } else if now > validity.to {
        Badge::new(Mood::Bad, "Expired")
    } else if left <= SOON {
        Badge::new(
            Mood::Warn,
            match left {
                0 => "Expires today".to_owned(),
                1 => "Expires tomorrow".to_owned(),
                days => format!("Expires in {days} days"),
            },
        )
    } else {
        Badge::new(Mood::Good, "In its time")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use certwright_pki::Kind;

    #[test]
    fn kinds_are_counted_in_plain_english() {
        for (count, kind, said) in [
            (1, Kind::Certificate, "1 certificate"),
            (2, Kind::Certificate, "2 certificates"),
            (2, Kind::LegacyEncryptedKey, "2 encrypted private keys (old OpenSSL form)"),
            (5, Kind::Parameters, "5 key parameters"),
            (3, Kind::SctList, "3 lists of certificate transparency timestamps"),
        ] {
            assert_eq!(counted(count, kind.label()), said);
        }
    }

    #[test]
    fn kinds_have_their_articles() {
        for (kind, said) in [
            (Kind::Certificate, "A certificate"),
            (Kind::EncryptedPrivateKey, "An encrypted private key"),
            (Kind::OcspResponse, "An OCSP response"),
            (Kind::KeyStore, "A Java key store"),
            (Kind::SctList, "A list of certificate transparency timestamps"),
            (Kind::Parameters, "Key parameters"),
            (Kind::CertificateRequestMessages, "Certificate request messages (CRMF)"),
        ] {
            assert_eq!(one(kind.label()), said);
        }
    }

    #[test]
    fn the_end_of_a_certificate_is_told_in_days() {
        let at = |day: i64| UnixTime(day * 86_400);
        let span = Span { from: at(10), to: at(100) };
        for (now, said) in [
            (at(9), "Not yet valid"),
            (at(20), "In its time"),
            (at(98), "Expires in 2 days"),
            (UnixTime(at(100).0 - 60), "Expires tomorrow"),
            (at(100), "Expires today"),
            (UnixTime(at(100).0 + 1), "Expired"),
        ] {
            assert_eq!(lifetime(span, now).text, said);
        }
    }
}
