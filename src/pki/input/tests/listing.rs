//! Objects written as numbers: hexadecimal of every kind, dumps of every program, arrays of every language.

use super::*;
use crate::input::Repair::*;

fn hex(separator: &str) -> String {
    let octets: Vec<String> = SAMPLES.certificate.iter().map(|octet| format!("{octet:02x}")).collect();
    octets.join(separator)
}

/// Rows of sixteen octets, each written by `row` from its offset and octets.
fn dump(row: impl Fn(usize, &[u8]) -> String) -> String {
    SAMPLES.certificate.chunks(16).enumerate().map(|(index, octets)| row(index * 16, octets)).collect()
}

fn characters(octets: &[u8]) -> String {
    octets.iter().map(|octet| if (b' '..=b'~').contains(octet) { char::from(*octet) } else { '.' }).collect()
}

fn pairs(octets: &[u8], size: usize, separator: &str) -> String {
    let groups = octets.chunks(size).map(|group| group.iter().map(|octet| format!("{octet:02x}")).collect());
    groups.collect::<Vec<String>>().join(separator)
}

#[test]
fn hexadecimal_is_read_in_every_style() {
    let code = SAMPLES.certificate.chunks(12).map(|row| {
        let octets: Vec<String> = row.iter().map(|octet| format!("0x{octet:02X}")).collect();
        format!("    {},\n", octets.join(", "))
    });
    let code: String = code.collect();
    let string = SAMPLES.certificate.chunks(16).map(|row| {
        let octets: Vec<String> = row.iter().map(|octet| format!("\\x{octet:02x}")).collect();
        format!("    \"{}\"\n", octets.concat())
    });
    let string: String = string.collect();
    let short = SAMPLES.certificate.iter().map(|octet| format!("0x{octet:x},")).collect::<String>();
    let rows: Vec<(String, Vec<Repair>)> = vec![
        (hex(""), vec![Hex]),
        (hex("").to_uppercase(), vec![Hex]),
        (format!("0x{}", hex("")), vec![Hex]),
        (format!("\\x{}", hex("")), vec![Hex]),
        (hex(":"), vec![Hex]),
        (hex(" "), vec![Hex]),
        (hex("-"), vec![Hex]),
        (hex(", "), vec![Hex]),
        (hex("\n"), vec![Hex]),
        (hex("h ") + "h", vec![Hex]),
        (pairs(&SAMPLES.certificate, 2, " "), vec![Hex]),
        (pairs(&SAMPLES.certificate, 16, "\n    "), vec![Hex]),
        (format!("the certificate is {} as said", hex(":")), vec![Hex, ProseAround]),
        (format!("unsigned char der[] = {{\n{code}}};\n"), vec![Hex, ProseAround]),
        (format!("byte[] der = {{ {} }};", short), vec![Hex, ProseAround]),
        (format!("static const char *der =\n{string};\n"), vec![Hex, ProseAround]),
        (format!("SELECT X'{}';", hex("")), vec![Hex, ProseAround]),
    ];
    for (text, repairs) in rows {
        check(text.as_bytes(), &["certificate"], &repairs);
        let wide = utf16(&text, u16::to_le_bytes);
        assert_eq!(kinds(&read(&wide)), ["certificate"], "{text}");
    }
}

#[test]
fn decimal_arrays_are_read() {
    let signed: Vec<String> =
        SAMPLES.certificate.iter().map(|octet| octet.cast_signed().to_string()).collect();
    let plain: Vec<String> = SAMPLES.certificate.iter().map(ToString::to_string).collect();
    for text in [
        format!("[{}]", plain.join(", ")),
        format!("Uint8Array(347) [{}]", plain.join(",\n  ")),
        plain.join(" "),
        format!("[{}]", signed.join(", ")),
    ] {
        let reading = read(text.as_bytes());
        assert_eq!(kinds(&reading), ["certificate"], "{text}");
        assert!(reading.found[0].repairs.contains(&Numbers), "{text}");
    }
}

#[test]
fn dumps_of_every_program_are_read() {
    let swapped = |octets: &[u8]| {
        let word = |pair: &[u8]| match pair {
            [low, high] => format!("{high:02x}{low:02x}"),
            _ => format!("00{:02x}", pair[0]),
        };
        octets.chunks(2).map(word).collect::<Vec<_>>().join(" ")
    };
    let rows = [
        ("xxd", dump(|at, row| format!("{at:08x}: {:39}  {}\n", pairs(row, 2, " "), characters(row)))),
        ("xxd -g1", dump(|at, row| format!("{at:08x}: {:47}  {}\n", pairs(row, 1, " "), characters(row)))),
        (
            "hexdump -C",
            dump(|at, row| {
                let (left, right) = row.split_at(row.len().min(8));
                format!(
                    "{at:08x}  {:23}  {:23}  |{}|\n",
                    pairs(left, 1, " "),
                    pairs(right, 1, " "),
                    characters(row)
                )
            }) + &format!("{:08x}\n", SAMPLES.certificate.len()),
        ),
        ("hexdump", dump(|at, row| format!("{at:07x} {}\n", swapped(row)))),
        ("od -t x1", dump(|at, row| format!("{at:07o} {}\n", pairs(row, 1, " ")))),
        (
            "openssl",
            dump(|at, row| {
                let (left, right) = row.split_at(row.len().min(8));
                format!("{at:04x} - {}-{}   {}\n", pairs(left, 1, " "), pairs(right, 1, " "), characters(row))
            }),
        ),
        (
            "certutil -dump",
            dump(|at, row| {
                let (left, right) = row.split_at(row.len().min(8));
                format!(
                    "    {at:04x}  {:23}  {:23}   {}\r\n",
                    pairs(left, 1, " "),
                    pairs(right, 1, " "),
                    characters(row)
                )
            }),
        ),
        (
            "Format-Hex",
            dump(|at, row| {
                format!("{at:08X}   {}  {}\n", pairs(row, 1, " ").to_uppercase(), characters(row))
            }),
        ),
        ("decimal offsets", dump(|at, row| format!("{at:04}: {}\n", pairs(row, 1, " ")))),
    ];
    for (name, text) in rows {
        println!("{text}");
        check(text.as_bytes(), &["certificate"], &[HexDump]);
        let text = format!("$ {name} new.cer\n{text}$ \n");
        let reading = read(text.as_bytes());
        assert_eq!(kinds(&reading), ["certificate"], "{name}");
        assert_eq!(reading.found[0].repairs, [HexDump, ProseAround], "{name}");
    }
}

#[test]
fn a_listing_of_a_certificate_brings_no_objects_of_its_own() {
    let text = format!(
        "Certificate:\n    Data:\n        Version: 3 (0x2)\n        Signature Algorithm: ecdsa-with-SHA256\n\
         Public-Key: (256 bit)\n pub:\n   04:30:82:01:0a:02:82:01:01\n    Signature Value:\n        \
         30:45:02:20:{}:02:21:00:{}\n{}",
        hex(":").get(..95).unwrap(),
        hex(":").get(..95).unwrap(),
        certificate_pem()
    );
    check(text.as_bytes(), &["certificate"], &[ProseAround]);
}

#[test]
fn what_is_cut_off_is_said() {
    let text = hex(" ");
    let half = &text[..text.len() / 2 / 3 * 3 + 2];
    let reading = read(half.as_bytes());
    let (expected, got) = (SAMPLES.certificate.len() as u64, half.len() / 3 + 1);
    assert_eq!(reading.problems[0].kind, ProblemKind::Truncated { expected, got });
    assert_eq!((reading.found.len(), reading.problems.len()), (0, 1));
}
