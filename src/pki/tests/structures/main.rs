//! Survey (temporary).
#![allow(clippy::unwrap_used, clippy::expect_used)]
use certwright_pki::describe::{Field, describe};
use certwright_pki::input;

fn print(field: &Field, depth: usize) {
    let text: String = field.text.chars().take(90).collect();
    println!(
        "{:indent$}{} [{}] {} {:?} oid={:?} crit={:?} +{}",
        "",
        field.label,
        field.name,
        text,
        field.at,
        field.oid,
        field.critical,
        field.left_out,
        indent = depth * 2
    );
    for part in &field.fields {
        print(part, depth + 1);
    }
}

#[test]
fn survey() {
    let root = certwright_interop::corpora().unwrap();
    let wanted = std::env::var("SURVEY").unwrap_or_default();
    let full = std::env::var("FULL").is_ok();
    for folder in ["ocsp", "pkcs7", "other", "csr", "crl", "keys", "pqc"] {
        let text = std::fs::read(root.join(folder).join("index.json")).unwrap();
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
        for row in rows {
            let name = row["file"].as_str().unwrap();
            if !format!("{folder}/{name}").contains(&wanted) {
                continue;
            }
            let reading = input::read(&std::fs::read(root.join(folder).join(name)).unwrap());
            let found: Vec<String> = reading
                .found
                .iter()
                .map(|f| {
                    format!("{}{}", f.item.kind().id(), f.within.map_or(String::new(), |w| format!("<{w}")))
                })
                .collect();
            let problems: Vec<String> = reading.problems.iter().map(|p| p.kind.to_string()).collect();
            println!("{folder}/{name}: {found:?} {problems:?}");
            for f in &reading.found {
                match describe(f.item.kind(), f.item.bytes()) {
                    Ok(d) => {
                        println!(
                            "    = {} | {} notes {:?}",
                            d.title,
                            d.notes.len(),
                            d.notes.iter().take(3).collect::<Vec<_>>()
                        );
                        if full {
                            for s in &d.sections {
                                print(s, 2);
                            }
                        }
                    }
                    Err(e) => println!("    ! {e}"),
                }
            }
        }
    }
}
