//! What mail, web pages, source code and word processors do to PEM, and that it is seen through.

use super::*;
use crate::input::Repair::*;

fn pem() -> String {
    certificate_pem()
}

/// The lines of the certificate between prefixes and suffixes.
fn lines(before: &str, after: &str) -> String {
    pem().lines().map(|line| format!("{before}{line}{after}\n")).collect()
}

fn rows() -> Vec<(&'static str, Vec<u8>, Vec<Repair>)> {
    let pem = pem();
    let flat = pem.replace('\n', "");
    let url = |text: &str| text.replace('%', "%25").replace(' ', "%20").replace('\n', "%0A");
    let full_url = |text: &str| url(text).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    let numbered = |style: fn(usize, &str) -> String| -> String {
        pem.lines().enumerate().map(|(index, line)| style(index + 9, line)).collect()
    };
    let rich = pem.replace('\n', "\\par\r\n");
    let html = pem.replace('\n', "<br>\n");
    let smart = |dashes: &str| pem.replace("-----", dashes);
    let latin = |octet: u8| {
        let octets = pem.bytes().map(|one| if one == b'-' { octet } else { one });
        octets.collect::<Vec<u8>>()
    };
    vec![
        ("nginx $ssl_client_escaped_cert", full_url(&pem).into(), vec![UrlEncoded]),
        (
            "an address",
            format!("https://a.example/?c={}&x=1", url(&pem)).into(),
            vec![UrlEncoded, ProseAround],
        ),
        (
            "percent signs escaped again",
            full_url(&url(&pem)).replace("%20", "%2520").into(),
            vec![UrlEncoded],
        ),
        ("a form", full_url(&pem).replace("%20", "+").into(), vec![UrlEncoded]),
        ("a header in one line", pem.replace('\n', " ").into(), vec![OneLine]),
        ("a header with tabs", pem.replace('\n', "\n\t").into(), vec![Indented]),
        ("all white space lost", flat.replace(' ', "").into(), vec![Dashes, OneLine]),
        ("JSON", format!("{{\"a\":\"{}\"}}", pem.replace('\n', "\\n")).into(), vec![EscapedNewlines]),
        (
            "JSON with every sign escaped",
            pem.replace('\n', "\\u000a")
                .replace('/', "\\/")
                .replace('=', "\\u003d")
                .replace('+', "\\u002B")
                .into(),
            vec![EscapedNewlines],
        ),
        ("JSON in JSON", pem.replace('\n', "\\\\\\\\n").into(), vec![EscapedNewlines]),
        ("PowerShell", pem.replace('\n', "`r`n").into(), vec![EscapedNewlines]),
        (
            ".env",
            format!("A=1\nTLS=\"{}\"\n", pem.replace('\n', "\\n")).into(),
            vec![EscapedNewlines, ProseAround],
        ),
        ("a shell's line ends", lines("", "\\").into(), vec![EscapedNewlines]),
        ("Java", lines("    + \"", "\\n\"").into(), vec![EscapedNewlines, Quoted]),
        ("JavaScript", lines("  \"", "\\n\" +").into(), vec![EscapedNewlines, Quoted]),
        ("PHP", lines("$c .= '", "' . \"\\n\";").into(), vec![EscapedNewlines, Quoted]),
        ("Visual Basic", lines("    \"", "\" & vbLf & _").into(), vec![Quoted, ProseAround]),
        ("C", lines("\t\"", "\\r\\n\"").into(), vec![EscapedNewlines, Quoted]),
        ("an array of lines", format!("[{}]", lines("'", "',")).into(), vec![Quoted]),
        (
            "an array of lines in one line",
            format!("[\"{}\"]", pem.trim_end().replace('\n', "\", \"")).into(),
            vec![Quoted],
        ),
        ("comments", lines("// ", "").into(), vec![Quoted]),
        ("a patch", lines("+", "").into(), vec![Quoted]),
        ("a patch that takes away", lines("-", "").into(), vec![Dashes, Quoted]),
        ("quoted twice", lines("> > ", "").into(), vec![Quoted]),
        ("a table", lines("| ", " |").into(), vec![Quoted]),
        (
            "a block of YAML",
            format!("tls:\n  cert: |\n{}", lines("    ", "")).into(),
            vec![ProseAround, Indented],
        ),
        ("cat -n", numbered(|n, line| format!("{n:6}\t{line}\n")).into(), vec![LineNumbers]),
        ("less -N", numbered(|n, line| format!("{n:7} {line}\n")).into(), vec![LineNumbers]),
        ("an editor", numbered(|n, line| format!("{n}: {line}\n")).into(), vec![LineNumbers]),
        ("HTML", html.clone().into(), vec![Markup]),
        ("HTML in one line", pem.replace('\n', "<br/>").into(), vec![Markup]),
        (
            "HTML as text",
            html.replace('<', "&lt;").replace('>', "&gt;").replace(' ', "&nbsp;").into(),
            vec![Markup],
        ),
        (
            "XML with line ends escaped",
            format!("<C>{}</C>", pem.replace('\n', "&#13;\n")).into(),
            vec![Markup],
        ),
        ("XML", format!("<C>{pem}</C>").into(), vec![]),
        ("RTF", format!("{{\\rtf1\\ansi\\f0\\fs20 {rich}}}").into(), vec![Markup]),
        (
            "quoted-printable",
            pem.replace('=', "=3D").replace("-----B", "=2D----B").into(),
            vec![QuotedPrintable],
        ),
        (
            "quoted-printable with soft line breaks",
            flat.replacen("MII", "MII=\r\n", 1).replace(' ', "=20").into(),
            vec![QuotedPrintable, OneLine, QuotedPrintable],
        ),
        ("em dashes", smart("—").into(), vec![Dashes]),
        ("en dashes", smart("–––––").into(), vec![Dashes]),
        ("hyphens that do not break", smart("‑‑‑‑‑").into(), vec![Dashes]),
        ("minus signs", smart("−−−−−").into(), vec![Dashes]),
        ("a dash of both kinds", smart("—--").into(), vec![Dashes]),
        ("dashes of Windows-1252", latin(0x96), vec![Dashes]),
        ("long dashes of Windows-1252", latin(0x97), vec![Dashes]),
        ("dashes of UTF-16", utf16(&smart("—"), u16::to_le_bytes), vec![Utf16, Dashes]),
        ("dashes escaped", smart("\\u2014").into(), vec![EscapedNewlines, Dashes]),
        ("too few dashes", smart("---").into(), vec![Dashes]),
        ("too many dashes", smart("-------").into(), vec![Dashes]),
        ("dashes apart", pem.replace("-----BEGIN ", "----- BEGIN ").into(), vec![]),
        (
            "spaces that do not break",
            pem.replace(' ', "\u{a0}").replace('\n', "\u{a0}\n").into(),
            vec![Invisible],
        ),
        ("characters without width", pem.replace("MII", "M\u{200b}I\u{feff}I").into(), vec![Invisible]),
        (
            "characters without width in the label",
            pem.replace("CERT", "CE\u{200d}RT").into(),
            vec![Invisible],
        ),
        ("soft hyphens", pem.replace("MII", "MI\u{ad}I").into(), vec![Invisible]),
        ("line separators", pem.replace('\n', "\u{2028}").into(), vec![]),
        ("wide letters", pem.replace("MII", "ＭII").into(), vec![]),
        ("old line ends", pem.replace('\n', "\r").into(), vec![]),
        ("blank lines", pem.replace('\n', "\n\n\n").into(), vec![]),
        ("white space at the ends", lines("", " \t ").into(), vec![]),
        ("a mark in the middle", format!("Here:\n\u{feff}{pem}").into(), vec![ProseAround]),
        (
            "a signed mail",
            format!(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}",
                pem.replace("-----", "- -----").replace("- -----\n", "-----\n")
            )
            .into(),
            vec![ProseAround],
        ),
        (
            "a line of words between",
            pem.replacen('\n', "\n[page 2]\n", 2).replacen("\n[page 2]", "", 1).into(),
            vec![StrayCharacters],
        ),
    ]
}

/// Whether an input is not a text in UTF-8.
fn is_octets(input: &[u8]) -> bool {
    input.contains(&0) || std::str::from_utf8(input).is_err()
}

#[test]
fn a_certificate_is_found_in_every_disguise() {
    for (name, input, repairs) in rows() {
        println!("{name}");
        check(&input, &["certificate"], &repairs);
    }
}

#[test]
fn every_disguise_can_be_put_on_over_another() {
    let rows = rows();
    for (name, input, _) in &rows {
        let Some(text) = std::str::from_utf8(input).ok().filter(|_| !is_octets(input)) else { continue };
        for wide in [
            utf16(text, u16::to_be_bytes),
            [&[0xff, 0xfe], utf16(text, u16::to_le_bytes).as_slice()].concat(),
        ] {
            let reading = read(&wide);
            println!("{name}");
            assert_eq!(kinds(&reading), ["certificate"], "{name}");
            assert_eq!(reading.found[0].repairs[0], Utf16, "{name}");
            assert_eq!(reading.problems, [], "{name}");
        }
    }
}

#[test]
fn two_disguises_in_one_text_do_not_disturb_each_other() {
    let rows = rows();
    for (name, input, _) in &rows {
        if input.starts_with(b"{\\rtf") || *name == "a form" || is_octets(input) {
            // These hold for a whole text.
            continue;
        }
        for text in [
            [request_pem().as_bytes(), input].concat(),
            [input, b"\n".as_slice(), request_pem().as_bytes()].concat(),
        ] {
            let reading = read(&text);
            let mut found = kinds(&reading);
            found.sort_unstable();
            assert_eq!(found, ["certificate", "request"], "{name}");
            assert_eq!(reading.problems, [], "{name}");
        }
    }
}

#[test]
fn every_label_in_use_is_known_even_without_dashes() {
    for label in [
        "CERTIFICATE",
        "X509 CERTIFICATE",
        "TRUSTED CERTIFICATE",
        "CERTIFICATE REQUEST",
        "NEW CERTIFICATE REQUEST",
        "X509 CRL",
        "CRL",
        "PKCS7",
        "PKCS #7 SIGNED DATA",
        "CMS",
        "PKCS12",
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PUBLIC KEY",
        "RSA PUBLIC KEY",
        "ATTRIBUTE CERTIFICATE",
        "DH PARAMETERS",
        "X9.42 DH PARAMETERS",
        "DSA PARAMETERS",
        "EC PARAMETERS",
    ] {
        let pem = armor::encode(label, &SAMPLES.certificate);
        for text in [pem.clone(), pem.replace("-----", ""), pem.replace(' ', "").replace("-----", "--")] {
            let reading = read(text.as_bytes());
            assert_eq!(kinds(&reading), ["certificate"], "{text}");
        }
    }
}

#[test]
fn what_was_put_right_is_said_in_words() {
    let said: Vec<String> = rows().iter().flat_map(|row| &row.2).map(ToString::to_string).collect();
    assert!(said.iter().all(|words| words.len() > 10 && !words.ends_with('.') && words.contains(' ')));
    assert_eq!(MissingEnd.to_string(), "the END line was missing, the length agrees");
}
