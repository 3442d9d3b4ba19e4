//! Tests of writing and forgiving reading of textual encoding.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;

const DATA: [u8; 60] = [0xfb; 60];

fn one(text: &str) -> Block {
    let armored = decode(text.as_bytes());
    assert_eq!(armored.problems, [], "{text}");
    assert_eq!(armored.blocks.len(), 1, "{text}");
    armored.blocks.into_iter().next().unwrap()
}

fn pem() -> String {
    encode("CERTIFICATE", &DATA)
}

#[test]
fn written_text_has_64_columns_and_one_newline_at_the_end() {
    let text = pem();
    let lines: Vec<&str> = text.split('\n').collect();
    assert_eq!(lines[0], "-----BEGIN CERTIFICATE-----");
    assert_eq!((lines[1].len(), lines[2].len()), (64, 16));
    assert_eq!(lines[3..], ["-----END CERTIFICATE-----", ""]);
}

#[test]
fn text_as_written_is_read_without_repairs() {
    for size in 1..200 {
        let data = vec![0xa5; size];
        let block = one(&encode("X", &data));
        assert_eq!((block.data.as_slice(), block.repairs.as_slice()), (data.as_slice(), [].as_slice()));
        assert!(block.complete);
    }
}

#[test]
fn every_disguise_of_a_block_is_seen_through() {
    let text = pem();
    let url = text.replace('+', "-").replace('/', "_");
    let rows: Vec<(String, Vec<Repair>)> = vec![
        (text.replace('\n', "\r\n"), vec![]),
        (text.replace('\n', "\r"), vec![]),
        (text.replace('\n', "\n\n"), vec![]),
        (text.trim_end().to_owned(), vec![]),
        (text.replace('\n', "\n    "), vec![Repair::Indented]),
        (text.replace('\n', "\n> "), vec![Repair::Quoted]),
        (text.replace('\n', "\n>> # "), vec![Repair::Quoted]),
        (text.replace('\n', "\\n"), vec![Repair::EscapedNewlines]),
        (text.replace('\n', "\\r\\n"), vec![Repair::EscapedNewlines]),
        (text.replace('\n', "\\\\n"), vec![Repair::EscapedNewlines]),
        (text.replace('\n', " "), vec![Repair::OneLine]),
        (text.replace('\n', ""), vec![Repair::OneLine]),
        (text.replace('\n', "\",\n\"").trim_end_matches('"').to_owned(), vec![Repair::Quoted]),
        (url, vec![Repair::Base64Url]),
        (text.replace("-----", "----"), vec![Repair::Dashes]),
        (text.replace("-----", "—"), vec![Repair::Dashes]),
        (text.replace("-----", ""), vec![Repair::Dashes]),
        (text.replace("-----", "---- ").replace("---- \n", " ----\n"), vec![Repair::Dashes]),
        (format!("Dear Bob,\n{text}Yours"), vec![Repair::ProseAround]),
        (
            text.replace("END CERTIFICATE", "END X"),
            vec![Repair::LabelMismatch { begin: "CERTIFICATE".into(), end: "X".into() }],
        ),
        (text.replacen("-\n", "-\nComment: x\n\n", 1), vec![Repair::Headers]),
        (text.replacen("-\n", "-\n\u{a0}", 1), vec![Repair::Invisible, Repair::Indented]),
        (text.replacen("v7", "v\u{200b}7", 1), vec![Repair::Invisible]),
        (text.replacen("v7", "v\u{e9}7", 1), vec![Repair::StrayCharacters]),
    ];
    for (text, repairs) in rows {
        let block = one(&text);
        assert_eq!(*block.data, DATA, "{text}");
        assert_eq!(block.repairs, repairs, "{text}");
        assert_eq!(block.label, "CERTIFICATE");
    }
}

#[test]
fn mail_encoding_of_the_padding_is_undone() {
    let text = encode("X", &[1; 58]);
    let block = one(&text.replace('=', "=3D"));
    assert_eq!(*block.data, [1; 58]);
    assert_eq!(block.repairs, [Repair::QuotedPrintable]);
    let block = one(&text.replace('=', ""));
    assert_eq!(*block.data, [1; 58]);
    assert_eq!(block.repairs, [Repair::Unpadded]);
}

#[test]
fn halves_of_a_block_give_their_bytes_and_say_they_are_halves() {
    let text = pem();
    let (head, _) = text.split_once("-----END").unwrap();
    let block = one(&format!("{head}\n!! end of mail !!"));
    assert_eq!(*block.data, DATA);
    assert_eq!((block.complete, block.at), (false, 0..head.trim_end().len()));
    let (_, tail) = text.split_once("-\n").unwrap();
    let block = one(&format!("so it goes:\n\n{tail}"));
    assert_eq!(*block.data, DATA);
    assert_eq!(block.repairs, [Repair::MissingBegin]);
}

#[test]
fn several_blocks_keep_their_order_and_their_places() {
    let text = format!("{}{}{}", pem(), encode("X509 CRL", &[7; 9]), pem());
    let armored = decode(text.as_bytes());
    let labels: Vec<&str> = armored.blocks.iter().map(|block| block.label.as_str()).collect();
    assert_eq!(labels, ["CERTIFICATE", "X509 CRL", "CERTIFICATE"]);
    for block in &armored.blocks {
        let part = &text[block.at.clone()];
        assert!(part.starts_with("-----BEGIN") && part.ends_with("-----"), "{part}");
    }
}

#[test]
fn what_cannot_be_decoded_is_named_with_its_place() {
    let text = pem();
    let bad = text.replacen("+/v7+", "+/?7+", 1);
    let rows = [
        (bad.as_str(), ProblemKind::BadBase64 { line: 2 }),
        ("\n-----BEGIN A-----\n-----END A-----", ProblemKind::EmptyBlock { label: "A".into() }),
        ("-----BEGIN A-----\n!", ProblemKind::BeginWithoutEnd { label: "A".into() }),
        ("x y\n-----END A-----\n", ProblemKind::EndWithoutBegin { label: "A".into() }),
        ("-----BEGIN A-----\nAA==\nAAAA\n-----END A-----", ProblemKind::BadBase64 { line: 3 }),
    ];
    for (text, kind) in rows {
        let armored = decode(text.as_bytes());
        assert_eq!(armored.blocks, [], "{text}");
        assert_eq!(armored.problems.len(), 1, "{text}");
        assert_eq!(armored.problems[0].kind, kind, "{text}");
    }
}

#[test]
fn one_bad_block_does_not_take_its_neighbours_along() {
    let text = format!("{}{}{}", pem(), pem().replacen('v', "?", 1), pem());
    let armored = decode(text.as_bytes());
    assert_eq!((armored.blocks.len(), armored.problems.len()), (2, 1));
    assert_eq!(armored.problems[0].kind, ProblemKind::BadBase64 { line: 6 });
}

#[test]
fn prose_about_markers_is_not_a_marker() {
    for text in ["Copy from BEGIN CERTIFICATE to END CERTIFICATE.", "THE END IS NEAR", "BEGIN TRANSACTION"] {
        let armored = decode(text.as_bytes());
        assert_eq!((armored.blocks.len(), armored.problems.len()), (0, 0), "{text}");
    }
}

#[test]
fn a_private_key_is_not_printed_by_debug() {
    let block = one(&encode("PRIVATE KEY", b"secret-secret-secret"));
    let text = format!("{block:?}");
    assert!(!text.contains("115, 101"), "{text}");
}
