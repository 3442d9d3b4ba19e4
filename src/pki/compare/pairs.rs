//! Which field of one side belongs to which of the other, and the rows that come of it.
//!
//! Fields belong together by name and object identifier, and among several such first those that are equal. In a list
//! whose order means nothing, those that are not equal do not belong together at all.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use super::{Row, Verdict};
use crate::describe::Field;

/// Fields whose parts are a set.
const SETS: [&str; 22] = [
    "subject-alt-name",
    "issuer-alt-name",
    "extended-key-usage",
    "key-usage",
    "netscape-certificate-type",
    "certificate-policies",
    "policy-mappings",
    "permitted",
    "excluded",
    "tls-feature",
    "qc-statements",
    "smime-capabilities",
    "authority-info-access",
    "subject-info-access",
    "crl-distribution-points",
    "freshest-crl",
    "distribution-point",
    "sct-list",
    "ip-address-blocks",
    "address-family",
    "as-numbers",
    "microsoft-application-policies",
];
/// Fields whose words are a list of several values.
const WORD_LISTS: [&str; 2] = ["key-usage", "netscape-certificate-type"];

/// Pairs the fields of two sides and makes a row of each pair, and of each field that is left.
pub(super) fn rows(left: &[&Field], right: &[&Field], is_set: bool) -> Vec<Row> {
    let mut partners = partners(left, right, is_set);
    let mut out = Vec::with_capacity(left.len().max(right.len()));
    for (index, field) in left.iter().enumerate() {
        match partners.of_left[index] {
            Some(other) => out.push(pair(field, right[other])),
            None => out.push(single(field, Verdict::OnlyLeft)),
        }
    }
    let alone = partners.of_right.drain(..).enumerate().filter(|(_, taken)| !taken);
    out.extend(alone.map(|(index, _)| single(right[index], Verdict::OnlyRight)));
    out
}

struct Partners {
    of_left: Vec<Option<usize>>,
    of_right: Vec<bool>,
}

fn partners(left: &[&Field], right: &[&Field], is_set: bool) -> Partners {
    let mut partners = Partners { of_left: vec![None; left.len()], of_right: vec![false; right.len()] };
    let mut equal: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
    for (index, field) in right.iter().enumerate() {
        equal.entry(digest(field)).or_default().push_back(index);
    }
    for (index, field) in left.iter().enumerate() {
        if let Some(found) = equal.get_mut(&digest(field)).and_then(VecDeque::pop_front) {
            partners.of_left[index] = Some(found);
            partners.of_right[found] = true;
        }
    }
    if is_set {
        return partners;
    }
    let key = |field: &&Field| (field.name.clone(), field.oid.clone());
    let mut alike: BTreeMap<_, VecDeque<usize>> = BTreeMap::new();
    for (index, field) in right.iter().enumerate().filter(|(index, _)| !partners.of_right[*index]) {
        alike.entry(key(field)).or_default().push_back(index);
    }
    for (index, field) in left.iter().enumerate() {
        if partners.of_left[index].is_none()
            && let Some(found) = alike.get_mut(&key(field)).and_then(VecDeque::pop_front)
        {
            partners.of_left[index] = Some(found);
            partners.of_right[found] = true;
        }
    }
    partners
}

/// The row of two fields that belong together.
pub(super) fn pair(left: &Field, right: &Field) -> Row {
    let is_set = SETS.contains(&&*left.name);
    let (left_parts, right_parts) = (parts(left), parts(right));
    let left_refs: Vec<&Field> = left_parts.iter().collect();
    let right_refs: Vec<&Field> = right_parts.iter().collect();
    let mut rows = rows(&left_refs, &right_refs, is_set);
    if left.critical != right.critical {
        rows.insert(0, criticality(left, right));
    }
    let words_agree = left.text == right.text || WORD_LISTS.contains(&&*left.name);
    let same = words_agree
        && left.oid == right.oid
        && left.encoding == right.encoding
        && left.left_out == right.left_out
        && rows.iter().all(|row| row.verdict == Verdict::Same);
    // Two texts that read the same differ in their type.
    let with_type = left.text == right.text && left.encoding != right.encoding;
    Row {
        name: left.name.clone(),
        label: left.label.clone(),
        left: Some(words(left, with_type)),
        right: Some(words(right, with_type)),
        verdict: if same { Verdict::Same } else { Verdict::Changed },
        left_at: left.at.clone(),
        right_at: right.at.clone(),
        rows,
    }
}

/// The row of a field that one side lacks.
pub(super) fn single(field: &Field, verdict: Verdict) -> Row {
    let is_left = verdict == Verdict::OnlyLeft;
    let text = || Some(words(field, false));
    Row {
        name: field.name.clone(),
        label: field.label.clone(),
        left: if is_left { text() } else { None },
        right: if is_left { None } else { text() },
        verdict,
        left_at: field.at.clone().filter(|_| is_left),
        right_at: field.at.clone().filter(|_| !is_left),
        rows: parts(field).iter().map(|part| single(part, verdict)).collect(),
    }
}

fn criticality(left: &Field, right: &Field) -> Row {
    let words = |field: &Field| field.critical.map(|critical| if critical { "yes" } else { "no" }.to_owned());
    Row {
        name: Cow::Borrowed("critical"),
        label: Cow::Borrowed("Critical"),
        left: words(left),
        right: words(right),
        verdict: Verdict::Changed,
        left_at: left.at.clone(),
        right_at: right.at.clone(),
        rows: Vec::new(),
    }
}

fn words(field: &Field, with_type: bool) -> String {
    if with_type { format!("{} ({})", field.text, field.encoding) } else { field.text.clone() }
}

/// The parts of a field; of a list in words, one for each value.
fn parts(field: &Field) -> Cow<'_, [Field]> {
    if !WORD_LISTS.contains(&&*field.name) || !field.fields.is_empty() {
        return Cow::Borrowed(&field.fields);
    }
    let values = field.text.split(", ").filter(|value| !value.is_empty());
    let part = |value| Field { at: field.at.clone(), ..Field::new("usage", "Usage", value) };
    Cow::Owned(values.map(part).collect())
}

/// All that a field says, in one line; equal for fields that are the same but for their places.
fn digest(field: &Field) -> String {
    let mut out = String::new();
    write_digest(field, &mut out);
    out
}

fn write_digest(field: &Field, out: &mut String) {
    for text in [&*field.name, field.oid.as_deref().unwrap_or(""), &field.text, &field.encoding] {
        out.push_str(text);
        out.push('\u{1f}');
    }
    out.push(match field.critical {
        None => '-',
        Some(false) => 'n',
        Some(true) => 'y',
    });
    for part in &field.fields {
        out.push('\u{1d}');
        write_digest(part, out);
    }
    out.push('\u{1e}');
}
