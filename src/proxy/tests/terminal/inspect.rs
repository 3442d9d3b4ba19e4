//! `inspect`: one line of JSON an object, readable text, every way of naming input, and an exit code that says how it went.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use certwright_interop::Scratch;
use certwright_pki::Kind;
use certwright_pki::armor;
use certwright_pki::input::MAX_INPUT;
use serde_json::{Value, json};

use crate::samples::{PASSWORD, SAMPLES};
use crate::terminal::{Ended, command, run, run_with};

/// The contract; every name that JSON carries stands in it.
const DOCUMENT: &str = include_str!("../../../../docs/INSPECT.md");

fn inspect(folder: &Scratch, names: &[&str]) -> Ended {
    let mut arguments = vec!["inspect".to_owned(), "--json".to_owned()];
    arguments.extend(names.iter().map(|name| match name.starts_with('-') {
        true => (*name).to_owned(),
        false => folder.folder().join(name).display().to_string(),
    }));
    run(&arguments)
}

fn kinds(ended: &Ended) -> Vec<String> {
    let id = |line: Value| line["kind"].as_str().or(line["problem"].as_str()).unwrap().to_owned();
    ended.lines().into_iter().map(id).collect()
}

/// Every name of an object's keys, at any depth.
fn names(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            out.extend(map.keys().cloned());
            map.values().for_each(|value| names(value, out));
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, out)),
        _ => {}
    }
}

#[test]
fn each_object_and_each_problem_is_a_line_with_documented_names() {
    let folder = Scratch::new();
    let certificate = SAMPLES.certificate_pem();
    let text = format!("\u{feff}{certificate}-----BEGIN CERTIFICATE-----\nMIIB\n{}", SAMPLES.key_pem());
    folder.write("mixed.pem", text.as_bytes());
    folder.write("mail.p12", &SAMPLES.container);
    folder.write("password", format!("{PASSWORD}\nnot this line\n").as_bytes());
    let password = folder.folder().join("password").display().to_string();
    let arguments = ["mixed.pem", "mail.p12", "--password-file"].map(|name| match name.starts_with('-') {
        true => name.to_owned(),
        false => folder.folder().join(name).display().to_string(),
    });
    let ended =
        run(&[&["inspect", "--json"], &arguments.each_ref().map(String::as_str)[..], &[&password]].concat());
    assert_eq!((ended.code, ended.complaints.as_str()), (1, ""));
    let lines = ended.lines();
    let expect = ["certificate", "private-key", "begin-without-end", "pkcs12", "private-key", "certificate"];
    assert_eq!(kinds(&ended), expect);
    let first = &lines[0];
    assert_eq!(first["type"], "object");
    assert_eq!(first["file"], arguments[0]);
    assert_eq!(first["at"], json!([3, 3 + certificate.trim_end().len()]));
    assert_eq!(first["size"], SAMPLES.certificate.len());
    let digest = ring::digest::digest(&ring::digest::SHA256, &SAMPLES.certificate);
    let digest: String = digest.as_ref().iter().map(|octet| format!("{octet:02x}")).collect();
    assert_eq!(first["sha256"], digest);
    assert_eq!(first["repairs"][0]["repair"], "byte-order-mark");
    assert_ne!(first["fields"], json!([]));
    assert_eq!((&lines[2]["type"], &lines[2]["remark"]), (&json!("problem"), &json!(false)));
    assert_eq!(lines[3]["lock"]["state"], "opened");
    for (line, number) in [(&lines[4], 2), (&lines[5], 3)] {
        assert_eq!((&line["within"], &line["number"]), (&json!(1), &json!(number)));
        assert_eq!(line["name"], "mail");
    }
    let mut all = Vec::new();
    lines.iter().for_each(|line| names(line, &mut all));
    for name in all {
        assert!(DOCUMENT.contains(&format!("`{name}`")), "{name} is not documented");
    }
}

/// The names in the bodies of `id` functions.
fn ids(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| line.trim().split_once(" => \"")?.1.strip_suffix("\","))
}

#[test]
fn every_kind_every_repair_and_every_problem_is_documented() {
    let repairs = ids(include_str!("../../../pki/input/repair.rs"));
    let problems = ids(include_str!("../../../pki/input/problem.rs"));
    let notes = ids(include_str!("../../../pki/pkcs12/note.rs"));
    let names: Vec<&str> = repairs.chain(problems).chain(notes).chain(Kind::ALL.map(Kind::id)).collect();
    assert!(names.len() > 60, "{names:?}");
    let missing: Vec<&&str> = names.iter().filter(|name| !DOCUMENT.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?} are not documented");
}

#[test]
fn every_way_of_naming_input_is_read() {
    let folder = Scratch::new();
    fs::create_dir_all(folder.folder().join("all/deep/deeper")).unwrap();
    folder.write("all/b.pem", SAMPLES.certificate_pem().as_bytes());
    folder.write("all/deep/deeper/a.der", &SAMPLES.certificate);
    folder.write("all/a.txt", b"nothing of the kind");
    folder.write("all/empty", b"");
    let ended = inspect(&folder, &["all"]);
    let seen: Vec<(String, String)> = ended
        .lines()
        .iter()
        .map(|line| line["file"].as_str().unwrap())
        .map(|file| Path::new(file).strip_prefix(folder.folder()).unwrap().display().to_string())
        .zip(kinds(&ended))
        .collect();
    let expect = [
        ("all/a.txt", "nothing-recognised"),
        ("all/b.pem", "certificate"),
        ("all/deep/deeper/a.der", "certificate"),
        ("all/empty", "empty"),
    ];
    assert_eq!(seen, expect.map(|(file, kind)| (file.to_owned(), kind.to_owned())));
    assert_eq!(ended.code, 1);

    let piped = run_with(&["inspect", "--json", "-"], SAMPLES.certificate_pem().as_bytes());
    assert_eq!((piped.code, kinds(&piped)), (0, vec!["certificate".to_owned()]));
    assert_eq!(piped.lines()[0]["file"], "-");

    folder.write("--json", &SAMPLES.certificate);
    let dashes = command(&["inspect", "--", "--json"]).current_dir(folder.folder()).output().unwrap();
    assert!(String::from_utf8(dashes.stdout).unwrap().starts_with("--json\n  certificate: "));
}

#[cfg(unix)]
#[test]
fn what_lies_in_a_folder_and_is_no_file_is_said_and_links_in_circles_end() {
    use std::ffi::OsStr;
    use std::os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener};
    let folder = Scratch::new();
    let path = folder.folder();
    folder.write("c.pem", SAMPLES.certificate_pem().as_bytes());
    symlink("c.pem", path.join("d.pem")).unwrap();
    symlink(".", path.join("e")).unwrap();
    symlink("nowhere", path.join("f")).unwrap();
    let _listener = UnixListener::bind(path.join("g")).unwrap();
    fs::write(path.join(OsStr::from_bytes(b"h\xff.pem")), SAMPLES.certificate_pem()).unwrap();
    let ended = inspect(&folder, &["."]);
    let expect = ["certificate", "certificate", "not-opened", "not-opened", "certificate"];
    assert_eq!((ended.code, kinds(&ended)), (3, expect.map(str::to_owned).to_vec()));
    assert!(ended.lines()[4]["file"].as_str().unwrap().ends_with("h\u{fffd}.pem"));
    let named = run(&[OsStr::new("inspect"), path.join(OsStr::from_bytes(b"h\xff.pem")).as_os_str()]);
    assert_eq!(named.code, 0);
}

#[test]
fn passwords_come_from_files_and_each_is_tried() {
    let folder = Scratch::new();
    folder.write("mail.p12", &SAMPLES.container);
    folder.write("mail.key", armor::encode("ENCRYPTED PRIVATE KEY", &SAMPLES.encrypted_key).as_bytes());
    folder.write("right", PASSWORD.as_bytes());
    folder.write("wrong", b"guess\r\n");
    folder.write("other", b"another");
    folder.write("bad", b"\xff\xff");
    let with = |files: &[&str]| {
        let path = |name: &str| folder.folder().join(name).display().to_string();
        let mut arguments = vec!["inspect".to_owned(), "--json".to_owned()];
        arguments.extend(["mail.p12", "mail.key"].map(path));
        arguments.extend(files.iter().flat_map(|name| ["--password-file".to_owned(), path(name)]));
        run(&arguments)
    };
    for (files, code, state, objects) in [
        (&[][..], 1, "password-needed", 2),
        (&["wrong"], 1, "wrong-password", 2),
        (&["wrong", "other"], 1, "wrong-password", 2),
        (&["right"], 0, "opened", 5),
        (&["wrong", "right"], 0, "opened", 5),
    ] {
        let ended = with(files);
        let lines = ended.lines();
        assert_eq!((ended.code, lines.len()), (code, objects), "{files:?}");
        for line in lines.iter().filter(|line| line["within"].is_null()) {
            assert_eq!(line["lock"]["state"], state, "{files:?}");
            assert!(line["lock"]["rounds"].as_u64().unwrap() >= 2048, "{line}");
        }
    }
    for (files, code) in [(&["absent"], 3), (&["bad"], 2)] {
        let ended = with(files);
        assert_eq!((ended.code, ended.out.len()), (code, 0), "{files:?}");
        assert!(ended.complaints.contains(files[0]), "{}", ended.complaints);
    }
}

#[test]
fn exit_codes_tell_how_it_went() {
    let folder = Scratch::new();
    folder.write("good.pem", SAMPLES.certificate_pem().as_bytes());
    folder.write("bad.pem", b"-----BEGIN CERTIFICATE-----\n");
    for (names, code, lines) in [
        (&["good.pem"][..], 0, 1),
        (&["good.pem", "good.pem"], 0, 2),
        (&["bad.pem", "good.pem"], 1, 2),
        (&["absent.pem", "bad.pem", "good.pem"], 3, 3),
        (&[], 2, 0),
        (&["--colour"], 2, 0),
    ] {
        let ended = inspect(&folder, names);
        assert_eq!((ended.code, ended.lines().len()), (code, lines), "{names:?}");
        assert_eq!(ended.complaints.is_empty(), code != 2, "{names:?}: {}", ended.complaints);
    }
}

#[test]
fn an_input_over_the_limit_is_refused_without_being_read() {
    let folder = Scratch::new();
    let file = fs::File::create(folder.folder().join("huge")).unwrap();
    file.set_len(1 << 33).unwrap();
    let ended = inspect(&folder, &["huge"]);
    assert_eq!((ended.code, kinds(&ended)), (1, vec!["too-large".to_owned()]));
    assert_eq!(ended.lines()[0]["at"], json!([0, 1_u64 << 33]));
    let piped = run_with(&["inspect", "--json", "-"], &vec![b' '; MAX_INPUT + 1]);
    assert_eq!((piped.code, kinds(&piped)), (1, vec!["too-large".to_owned()]));
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    let folder = Scratch::new();
    folder.write("many.pem", SAMPLES.certificate_pem().repeat(2_000).as_bytes());
    for form in ["--json", "--"] {
        let file = folder.folder().join("many.pem").display().to_string();
        let mut child = command(&["inspect", form, &file]).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        assert_ne!(line, "");
        drop(out);
        let mut complaints = String::new();
        child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        assert_eq!((child.wait().unwrap().code(), complaints.as_str()), (Some(0), ""));
    }
}

#[test]
fn no_octet_of_a_private_key_is_shown() {
    let folder = Scratch::new();
    folder.write("key.pem", SAMPLES.key_pem().as_bytes());
    folder.write("mail.p12", &SAMPLES.container);
    folder.write("password", PASSWORD.as_bytes());
    // The private scalar is the first string of 32 octets (RFC 5915 section 3).
    let at = SAMPLES.key.windows(2).position(|pair| pair == [4, 32]).unwrap() + 2;
    let scalar = &SAMPLES.key[at..at + 32];
    let hex = |separator: &str, upper: bool| {
        let octet = |octet: &u8| if upper { format!("{octet:02X}") } else { format!("{octet:02x}") };
        scalar[..8].iter().map(octet).collect::<Vec<_>>().join(separator)
    };
    let whole = armor::encode("X", &SAMPLES.key);
    let secrets = [
        hex("", false),
        hex("", true),
        hex(":", true),
        hex(" ", false),
        whole.lines().nth(1).unwrap().to_owned(),
    ];
    for form in ["--json", "--"] {
        let path = |name: &str| folder.folder().join(name).display().to_string();
        let password = ["--password-file".to_owned(), path("password")];
        let ended = run(&[
            &["inspect".to_owned()][..],
            &password,
            &[form.to_owned()],
            &["key.pem", "mail.p12"].map(path),
        ]
        .concat());
        assert!(ended.text().contains("private key"));
        for secret in &secrets {
            assert!(!ended.text().contains(secret), "{secret} in {}", ended.text());
        }
    }
}

#[test]
fn the_text_for_people_is_indented_by_nesting() {
    let folder = Scratch::new();
    folder.write("mail.p12", &SAMPLES.container);
    folder.write("password", PASSWORD.as_bytes());
    let ended = command(&["inspect", "mail.p12", "absent", "--password-file", "password"])
        .current_dir(folder.folder())
        .output()
        .unwrap();
    let text = String::from_utf8(ended.stdout).unwrap();
    for expect in [
        "mail.p12\n  PKCS#12 file",
        "\n    locked    opened with a password (",
        "\n    private key",
        "\n      called    mail\n",
        "\n    certificate: ",
        "\n        Not before  ",
        "\n\nabsent\n  problem: No such file",
    ] {
        assert!(text.contains(expect), "{expect:?} in {text}");
    }
    assert_eq!(ended.status.code(), Some(3));
}
