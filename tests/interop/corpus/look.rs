//! What `inspect` says of one input, gathered; and what must hold of any answer whatever.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use certwright_pki::describe::{Description, Field};
use certwright_pki::input::Item;
use certwright_pki::{Kind, ber};
use certwright_proxy::cli::inspect::inspection::{Inspector, Object, Report, Trouble};
use zeroize::Zeroizing;

/// One object as it was reported.
pub struct Seen {
    pub kind: Kind,
    pub name: Option<String>,
    /// The state of a lock, where there is one.
    pub lock: Option<&'static str>,
    /// Its description, or why there is none.
    pub description: Result<Description, String>,
    pub bytes: Zeroizing<Vec<u8>>,
}

/// Something that could not be read, or is said to be unusual.
pub struct Remark {
    pub text: String,
    /// Whether it says where.
    pub placed: bool,
}

/// Everything that was reported of one input.
#[derive(Default)]
pub struct Look {
    pub objects: Vec<Seen>,
    /// Problems that are not remarks.
    pub problems: Vec<(&'static str, String)>,
    /// Whether each of them has a place.
    placed: Vec<bool>,
    /// What must not be, whatever the input.
    pub faults: Vec<String>,
    /// Octets of the input.
    size: usize,
    /// Numbers of what a password opened, and of all that is in it.
    opened: BTreeSet<usize>,
}

/// Inspects an input.
pub fn look(name: &str, bytes: &[u8], passwords: &[&str]) -> Look {
    let passwords = passwords.iter().map(|password| Zeroizing::new((*password).to_owned())).collect();
    let mut look = Look { size: bytes.len(), ..Look::default() };
    let calm = catch_unwind(AssertUnwindSafe(|| Inspector::new(passwords).inspect(name, bytes, &mut look)));
    if calm.is_err() {
        look.faults.push("panics".to_owned());
    }
    if look.objects.is_empty() && look.problems.is_empty() {
        look.faults.push("says nothing".to_owned());
    }
    look
}

impl Look {
    /// How many objects of a kind are shown.
    pub fn count(&self, kind: Kind) -> usize {
        self.objects.iter().filter(|seen| seen.kind == kind).count()
    }

    /// Whether something could not be read, or is said to be unusual.
    pub fn is_remarked(&self) -> bool {
        !self.remarks().is_empty()
    }

    /// What could not be read, and what is said to be unusual.
    pub fn remarks(&self) -> Vec<Remark> {
        let problems = self.problems.iter().zip(&self.placed);
        let problems = problems.map(|((_, text), placed)| Remark { text: text.clone(), placed: *placed });
        let described = self.objects.iter().filter_map(|seen| seen.description.as_ref().ok());
        let notes = described.flat_map(|one| &one.notes);
        let notes = notes.map(|note| Remark { text: note.text.clone(), placed: note.at.is_some() });
        problems.chain(notes).collect()
    }

    /// The whole answer in one line: the kinds with their counts, then the problems.
    pub fn summary(&self) -> String {
        let mut kinds: Vec<(String, usize)> = Vec::new();
        for seen in &self.objects {
            let mut what = seen.kind.id().to_owned();
            if let Some(lock) = seen.lock.filter(|lock| *lock != "opened") {
                what += &format!(" ({lock})");
            }
            match kinds.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => kinds.push((what, 1)),
            }
        }
        let mut parts: Vec<String> = kinds
            .into_iter()
            .map(|(what, count)| if count == 1 { what } else { format!("{count} {what}") })
            .collect();
        parts.extend(self.problems.iter().take(3).map(|(id, text)| match *id {
            "unreadable" | "unusable-key" => format!("{id}: {text}"),
            id => id.to_owned(),
        }));
        parts.join(", ")
    }

    fn place(&mut self, what: &str, at: &std::ops::Range<usize>, within: Option<usize>, entry: Option<&str>) {
        let whole = within.is_none_or(|number| !self.opened.contains(&number)) && entry.is_none();
        if at.start > at.end || (whole && at.end > self.size) {
            self.faults.push(format!("{what} is said to be at {at:?} of {} octets", self.size));
        }
    }
}

impl Report for Look {
    fn object(&mut self, _file: &str, object: &Object<'_>) -> io::Result<()> {
        let item = &object.found.item;
        self.place(item.kind().id(), &object.found.at, object.within, object.entry);
        if object.lock.is_some() || object.within.is_some_and(|number| self.opened.contains(&number)) {
            self.opened.insert(object.number);
        }
        if object.number != self.objects.len() + 1 {
            self.faults.push(format!("number {} comes as the {}th", object.number, self.objects.len() + 1));
        }
        match &object.description {
            Ok(description) => self.faults.extend(faults(item, description)),
            Err(error) => self.faults.push(format!("a {} is not described: {error}", item.kind().id())),
        }
        self.objects.push(Seen {
            kind: item.kind(),
            name: object.found.name.clone(),
            lock: object.lock.as_ref().map(|lock| lock.state.id()),
            description: object.description.clone().map_err(|error| error.to_string()),
            bytes: Zeroizing::new(item.bytes().to_vec()),
        });
        Ok(())
    }

    fn problem(&mut self, _file: &str, trouble: &Trouble<'_>) -> io::Result<()> {
        if let Some(at) = &trouble.at {
            self.place(trouble.id, at, trouble.within, trouble.entry);
        }
        if !trouble.remark {
            self.problems.push((trouble.id, trouble.text.clone()));
            self.placed.push(trouble.at.is_some());
        }
        Ok(())
    }
}

/// What must not be in any description.
fn faults(item: &Item, description: &Description) -> Vec<String> {
    let mut out = Vec::new();
    let size = item.bytes().len();
    let mut stack: Vec<&Field> = description.sections.iter().collect();
    while let Some(field) = stack.pop() {
        if field.at.as_ref().is_some_and(|at| at.start > at.end || at.end > size) {
            out.push(format!("field {} is said to be at {:?} of {size} octets", field.name, field.at));
        }
        stack.extend(&field.fields);
    }
    if let Item::Certificate(certificate) = item {
        for extension in certificate.extensions() {
            let shown = |field: &Field| {
                field.oid.as_deref() == Some(&*extension.oid) && field.critical == Some(extension.critical)
            };
            if !description.sections.iter().any(|field| any(field, &shown)) {
                out.push(format!("extension {} is lost", extension.oid));
            }
        }
    }
    let is_key = matches!(item.kind(), Kind::PrivateKey | Kind::SecretKey);
    if is_key && shows_secret(item, description) {
        out.push("octets of a private key are shown".to_owned());
    }
    out
}

fn any(field: &Field, test: &dyn Fn(&Field) -> bool) -> bool {
    test(field) || field.fields.iter().any(|field| any(field, test))
}

/// Whether sixteen octets of the secret part of a key stand in the description, in hexadecimal.
fn shows_secret(item: &Item, description: &Description) -> bool {
    let text = serde_json::to_string(description).unwrap().to_ascii_lowercase().replace([':', ' '], "");
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let mut parts = Vec::new();
    match item.kind() {
        Kind::SecretKey => parts.push(item.bytes()),
        _ => secrets(item.bytes(), &mut parts),
    }
    let shown = |part: &[u8]| part.get(..16).is_some_and(|start| text.contains(&hex(start)));
    parts.into_iter().any(|part| shown(part.strip_prefix(&[0]).unwrap_or(part)))
}

/// The secret parts of a private key: PKCS#8 and what is in it, PKCS#1, SEC 1, OpenSSL's form of DSA, or octets alone.
fn secrets<'a>(der: &'a [u8], out: &mut Vec<&'a [u8]>) {
    const INTEGER: u32 = 2;
    const OCTETS: u32 = 4;
    let tree = ber::parse(der, ber::Limits::default());
    let content = |node: &ber::Node| &der[node.content.clone()];
    let parts = match tree.nodes.as_slice() {
        [node] if node.tag.is_universal(16) && tree.problem.is_none() => &node.children,
        [node] if node.tag.is_universal(OCTETS) && tree.problem.is_none() => return out.push(content(node)),
        _ => return out.push(der),
    };
    let numbers = parts.iter().take_while(|part| part.tag.is_universal(INTEGER)).count();
    match (numbers, parts.iter().find(|part| part.tag.is_universal(OCTETS))) {
        // Version, modulus and exponent are public.
        (9.., _) => out.extend(parts[3..9].iter().map(content)),
        // The last of version, p, q, g, y and x.
        (6, _) => out.push(content(&parts[5])),
        (_, Some(octets)) => secrets(content(octets), out),
        _ => out.push(der),
    }
}
