//! What was opened: every object that a person dropped, pasted or picked, matched by public key. It is in memory
//! only; what is to stay is kept on the desk. Private keys are not here, only their ids and public halves.

use crate::explain::Advice;
use crate::id::{KeyId, ObjectId};
use crate::job::{Brought, BroughtKind, Card};
use certwright_pki::Kind;
use certwright_pki::describe::Description;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Everything that was opened, in the order in which it came.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Opened {
    /// What belongs together, by public key; what has none stands alone.
    pub groups: Vec<Group>,
    objects: HashMap<ObjectId, Rc<Object>>,
    by_key: HashMap<KeyId, usize>,
    /// What could not be read.
    pub problems: Vec<Rc<FileTrouble>>,
    /// Number of files that were read.
    pub files: usize,
}

/// One object, wherever and however often it was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Object {
    pub id: ObjectId,
    pub is: BroughtKind,
    /// Of a private key the SubjectPublicKeyInfo; empty for a private key that can't be used.
    pub bytes: Rc<Vec<u8>>,
    pub card: Card,
    /// Where it was found, first to last.
    pub sources: Vec<Rc<Source>>,
    /// Only for a private key that can't be used.
    pub description: Option<Rc<Description>>,
    /// Set once its password was given.
    pub unlocked: bool,
}

/// A place where an object was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The file, with the entry of the archive, and what it was inside of.
    pub file: String,
    pub at: (usize, usize),
    /// What its container calls it.
    pub name: Option<String>,
    /// What had to be repaired to read it, each a clause.
    pub repairs: Vec<String>,
}

/// Objects with the same public key, or one without a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub key: Option<KeyId>,
    pub members: Vec<ObjectId>,
}

/// Something that could not be read, and the file it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileTrouble {
    pub file: String,
    pub advice: Advice,
}

impl Object {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match &self.is {
            BroughtKind::Certificate => Kind::Certificate,
            BroughtKind::Request { .. } => Kind::Request,
            BroughtKind::Crl => Kind::Crl,
            BroughtKind::PrivateKey(_) => Kind::PrivateKey,
            BroughtKind::PublicKey => Kind::PublicKey,
            BroughtKind::Locked { kind, .. } | BroughtKind::Other { kind, .. } => *kind,
        }
    }

    /// The PEM label that it came with, or what it seems to be; empty for what has its own kind.
    pub fn label(&self) -> &str {
        match &self.is {
            BroughtKind::Other { label, .. } => label,
            _ => "",
        }
    }

    /// Whether a password would open it and has not been given.
    pub fn is_locked(&self) -> bool {
        matches!(self.is, BroughtKind::Locked { .. }) && !self.unlocked
    }

    /// Whether the desk can keep it.
    pub fn can_be_kept(&self) -> bool {
        matches!(
            self.is,
            BroughtKind::Certificate | BroughtKind::Request { fault: None } | BroughtKind::PrivateKey(_)
        )
    }
}

impl Opened {
    /// The object with this id.
    pub fn get(&self, id: &ObjectId) -> Option<&Rc<Object>> {
        self.objects.get(id)
    }

    /// All objects, group by group.
    pub fn objects(&self) -> impl Iterator<Item = &Rc<Object>> {
        self.groups.iter().flat_map(|group| &group.members).filter_map(|id| self.objects.get(id))
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether nothing was opened, or nothing came of it.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty() && self.problems.is_empty()
    }

    /// What has this public key.
    pub fn with_key(&self, key: &KeyId) -> Vec<&Rc<Object>> {
        let group = self.by_key.get(key).and_then(|at| self.groups.get(*at));
        group.into_iter().flat_map(|group| &group.members).filter_map(|id| self.objects.get(id)).collect()
    }

    /// Takes one in; a second copy adds only where it was found.
    pub(crate) fn take_in(&mut self, brought: Brought, file: &str) -> ObjectId {
        let whence = brought.whence;
        let file = match whence.entry {
            Some(entry) => format!("{file} › {entry}"),
            None => file.to_owned(),
        };
        let source = Rc::new(Source { file, at: whence.at, name: whence.name, repairs: brought.repairs });
        let id = brought.id;
        if let Some(known) = self.objects.get_mut(&id) {
            if !known.sources.contains(&source) {
                Rc::make_mut(known).sources.push(source);
            }
            return id;
        }
        let mut card = brought.card;
        // What is locked says nothing of itself, so that its file's name has to tell it from others.
        if matches!(brought.kind, BroughtKind::Locked { .. }) && !source.file.is_empty() {
            let name = source.file.rsplit(['/', '›']).next().unwrap_or_default().trim().to_owned();
            card.detail = std::mem::replace(&mut card.title, name);
        }
        let object = Object {
            id: id.clone(),
            is: brought.kind,
            bytes: Rc::new(brought.der),
            card,
            sources: vec![source],
            description: brought.description.map(|one| Rc::new(*one)),
            unlocked: false,
        };
        self.put_in_group(&object);
        self.objects.insert(id.clone(), Rc::new(object));
        id
    }

    fn put_in_group(&mut self, object: &Object) {
        let key = object.card.key.clone();
        let known = key.as_ref().and_then(|key| self.by_key.get(key)).copied();
        if let Some(group) = known.and_then(|at| self.groups.get_mut(at)) {
            group.members.push(object.id.clone());
            return;
        }
        if let Some(key) = &key {
            self.by_key.insert(key.clone(), self.groups.len());
        }
        self.groups.push(Group { key, members: vec![object.id.clone()] });
    }

    /// Notes that its password was given.
    pub(crate) fn note_unlocked(&mut self, id: &ObjectId) {
        if let Some(object) = self.objects.get_mut(id) {
            Rc::make_mut(object).unlocked = true;
        }
    }

    /// Puts these away.
    pub(crate) fn close(&mut self, ids: &[ObjectId]) {
        for id in ids {
            self.objects.remove(id);
        }
        for group in &mut self.groups {
            group.members.retain(|id| self.objects.contains_key(id));
        }
        self.groups.retain(|group| !group.members.is_empty());
        let keys = self.groups.iter().enumerate();
        self.by_key = keys.filter_map(|(at, group)| group.key.clone().map(|key| (key, at))).collect();
    }

    /// How many there are of each kind, in the order in which lists show them.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for object in self.objects.values() {
            *counts.entry(object.kind()).or_insert(0) += 1;
        }
        counts
    }
}
