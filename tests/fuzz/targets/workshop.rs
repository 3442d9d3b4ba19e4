//! What is done with objects after they were read: their outline, their comparison, and writing them in every form.

use crate::truths;
use certwright_pki::export::{self, ChainOrder, ExportPlan, Format, KeyForm, LineEnding, Object};
use certwright_pki::input::{self, Item};
use certwright_pki::{Kind, UnixTime, compare, describe};

/// The elements of an input as a viewer lists them, and as an object of every kind.
pub fn outline(data: &[u8]) {
    truths::outline(data);
    for kind in Kind::ALL {
        truths::outline_of(kind, data);
    }
}

/// The two halves of an input against each other, as octets, and as what they are.
pub fn comparison(data: &[u8]) {
    let (left, right) = data.split_at(data.len() / 2);
    truths::differences(left, right);
    truths::differences(right, left);
    truths::differences(data, data);
    // An object and what one damaged octet makes of it: the same structure with a small difference.
    if let Some((seed, rest)) = data.split_first() {
        let mut other = rest.to_vec();
        let place = usize::from(*seed) * 61 % rest.len().max(1);
        other.get_mut(place).into_iter().for_each(|octet| *octet ^= *seed | 1);
        truths::differences(rest, &other);
        described(rest, &other);
    }
    described(data, data);
}

fn described(left: &[u8], right: &[u8]) {
    for kind in [Kind::Certificate, Kind::Request, Kind::Crl, Kind::Unknown] {
        let (Ok(ours), Ok(theirs)) = (describe::describe(kind, left), describe::describe(kind, right)) else {
            continue;
        };
        let count = |left, right| compare::differences(&compare::fields(left, right));
        assert_eq!(count(&ours, &ours), 0);
        // Whoever stands on the left, as many lines differ.
        assert_eq!(count(&ours, &theirs) == 0, count(&theirs, &ours) == 0);
        drop(compare::issued(&ours, &theirs));
    }
}

/// Everything that is found in an input, in every form that takes it; what was written reads back as the same.
pub fn export_and_read_back(data: &[u8]) {
    let reading = input::read(data);
    let found: Vec<&Item> = reading.found.iter().map(|found| &found.item).take(8).collect();
    let all: Vec<Object<'_>> = found.iter().map(|item| Object::from(*item)).collect();
    for object in &all {
        written(std::slice::from_ref(object));
    }
    written(&all);
}

fn written(objects: &[Object<'_>]) {
    for format in export::formats(objects) {
        // Their derivations are made to take long; the containers' own target opens what others wrote.
        if matches!(format, Format::Pkcs12(_)) {
            continue;
        }
        for chain in [ChainOrder::LeafFirst, ChainOrder::Numbered] {
            let plan = ExportPlan {
                key_form: KeyForm::Pkcs8,
                line_ending: LineEnding::CrLf,
                password: "password",
                at: UnixTime(1_700_000_000),
                chain,
                ..ExportPlan::new("name/of:it", objects, format)
            };
            // A refusal is an answer: what does not read back as the same octets is not given out.
            if let Ok(files) = export::write(&plan, &|octets| octets.fill(7)) {
                files.iter().for_each(|file| truths::file(file, objects, format));
            }
        }
    }
}
