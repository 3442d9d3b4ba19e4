//! Guesses which protocol a server speaks from the first bytes of its answer. Keeps and reports none of them.

use certwright_proxy_api::PlainProtocol;

/// How many bytes of a greeting are looked at.
pub(super) const GREETING_LIMIT: usize = 256;

/// Says whether the first byte can begin a TLS record (RFC 8446 section 5.1: content types 20 to 24).
pub(super) fn begins_tls(first: u8) -> bool {
    (20..=24).contains(&first)
}

/// Says whether the guess would not change with more bytes.
pub(super) fn is_complete(greeting: &[u8]) -> bool {
    greeting.len() >= GREETING_LIMIT || greeting.contains(&b'\n')
}

/// Names the protocol of a greeting.
pub(super) fn classify(greeting: &[u8]) -> PlainProtocol {
    let upper: Vec<u8> = greeting.iter().take(GREETING_LIMIT).map(u8::to_ascii_uppercase).collect();
    let contains = |word: &[u8]| upper.windows(word.len()).any(|window| window == word);
    match upper.as_slice() {
        [b'H', b'T', b'T', b'P', b'/', ..] => PlainProtocol::Http,
        [b'S', b'S', b'H', b'-', ..] => PlainProtocol::Ssh,
        [b'+', b'O', b'K', ..] => PlainProtocol::Pop3,
        [b'*', b' ', b'O', b'K', ..] => PlainProtocol::Imap,
        [b'*', b' ', b'B', b'Y', b'E', ..] => PlainProtocol::Imap,
        [b'2', b'2', b'0', b' ' | b'-', ..] if contains(b"FTP") => PlainProtocol::Ftp,
        [b'2' | b'4' | b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..] => PlainProtocol::Smtp,
        [b'<', ..] if contains(b"STREAM:") => PlainProtocol::Xmpp,
        [b'<', ..] if contains(b"<HTML") || contains(b"<!DOCTYPE") => PlainProtocol::Http,
        // Telnet negotiates with IAC (255) and WILL, WON'T, DO or DON'T (RFC 854).
        [255, 251..=254, ..] => PlainProtocol::Telnet,
        // A MySQL packet: length in three bytes, sequence number 0, protocol 10 or an error.
        [_, _, 0, 0, 10 | 255, ..] => PlainProtocol::Mysql,
        _ => PlainProtocol::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_are_recognised() {
        for (greeting, expect) in [
            (&b"HTTP/1.1 400 Bad Request\r\n"[..], PlainProtocol::Http),
            (b"<html><head>", PlainProtocol::Http),
            (b"<!DOCTYPE HTML PUBLIC", PlainProtocol::Http),
            (b"SSH-2.0-OpenSSH_9.2p1\r\n", PlainProtocol::Ssh),
            (b"220 mail.example ESMTP Postfix\r\n", PlainProtocol::Smtp),
            (b"554 no service\r\n", PlainProtocol::Smtp),
            (b"220 (vsFTPd 3.0.3)\r\n", PlainProtocol::Ftp),
            (b"+OK Dovecot ready.\r\n", PlainProtocol::Pop3),
            (b"* OK [CAPABILITY IMAP4rev1] ready\r\n", PlainProtocol::Imap),
            (b"<?xml version='1.0'?><stream:stream>", PlainProtocol::Xmpp),
            (b"\xff\xfd\x18\xff\xfd\x20", PlainProtocol::Telnet),
            (b"\x4a\0\0\0\x0a8.0.36\0", PlainProtocol::Mysql),
            (b"", PlainProtocol::Unknown),
            (b"HTT", PlainProtocol::Unknown),
            (b"\0\0\0\0", PlainProtocol::Unknown),
        ] {
            assert_eq!(classify(greeting), expect, "{greeting:?}");
        }
    }

    #[test]
    fn only_record_types_begin_tls() {
        let beginnings: Vec<u8> = (0..=255).filter(|byte| begins_tls(*byte)).collect();
        assert_eq!(beginnings, [20, 21, 22, 23, 24]);
    }
}
