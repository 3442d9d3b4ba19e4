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

/// Everything that was reported of one input.
#[derive(Default)]
pub struct Look {
    pub objects: Vec<Seen>,
    /// Problems that are not remarks.
    pub problems: Vec<(&'static str, String)>,
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

    /// Whether something unusual is said of an object.
    pub fn is_remarked(&self) -> bool {
        self.objects.iter().any(|seen| seen.description.as_ref().is_ok_and(|one| !one.notes.is_empty()))
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
        if let Ok(description) = &object.description {
            self.faults.extend(faults(item, description));
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
    if item.is_secret() && shows_secret(item, description) {
        out.push("octets of a private key are shown".to_owned());
    }
    out
}

fn any(field: &Field, test: &dyn Fn(&Field) -> bool) -> bool {
    test(field) || field.fields.iter().any(|field| any(field, test))
}

/// Whether sixteen octets of a key that are not in its public part stand in the description, in hexadecimal.
fn shows_secret(item: &Item, description: &Description) -> bool {
    let text = serde_json::to_string(description).unwrap().to_ascii_lowercase().replace([':', ' '], "");
    let public = match item {
        Item::PrivateKey(key) => key.public().as_der().to_vec(),
        // Of other keys the public part is not known here; their secret parts lie in octet strings.
        _ => Vec::new(),
    };
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let is_public = |part: &[u8]| public.windows(part.len()).any(|window| window == part);
    let mut parts = Vec::new();
    primitives(item.bytes(), 0, &mut parts);
    parts.iter().any(|part| part.len() >= 16 && !is_public(&part[..16]) && text.contains(&hex(&part[..16])))
}

/// The contents of all primitive elements that may be secret, also of those inside of octet strings.
fn primitives(der: &[u8], depth: usize, out: &mut Vec<Vec<u8>>) {
    let tree = ber::parse(der, ber::Limits::default());
    let mut stack: Vec<&ber::Node> = tree.nodes.iter().collect();
    while let Some(node) = stack.pop() {
        let content = &der[node.content.clone()];
        if node.children.is_empty() {
            let content = content.strip_prefix(&[0]).unwrap_or(content);
            out.push(content.to_vec());
            if depth < 3 && content.first() == Some(&0x30) {
                primitives(content, depth + 1, out);
            }
        }
        stack.extend(&node.children);
    }
}
