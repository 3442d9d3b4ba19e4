//! A desk to work at in tests: actions go in, orders are carried out at once, with RustCrypto and a vault in memory.

use certwright_pki::name::AttributeKind;
use certwright_pki::request::RequestPlan;
use certwright_pki::{
    DistinguishedName, Engine, KeyKind, PrivateKey, SignatureAlgorithm, SoftwareEngine, UnixTime, armor,
};
use certwright_workbench::action::{Action, AuthorityForm, KeyChoice, RequestForm, SubjectForm, VaultOpened};
use certwright_workbench::effect::{Effect, VaultOrder};
use certwright_workbench::id::{JobId, KeyId, hex};
use certwright_workbench::job::run::{Progress, run};
use certwright_workbench::job::{Contents, File, Job, JobFailure};
use certwright_workbench::state::State;
use certwright_workbench::update::update;
use certwright_workbench::vault::{Stored, VaultFault, Write};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

/// 2026-11-23 12:00:00 UTC.
const NOW: UnixTime = UnixTime(1_795_435_200);

pub struct Bench {
    pub state: State,
    pub downloads: Vec<(String, Vec<u8>)>,
    stored: BTreeMap<String, Vec<u8>>,
    held: BTreeMap<KeyId, PrivateKey>,
    refusal: Option<VaultFault>,
    /// The worker crashes over a file of this name.
    pub crashes_over: Option<&'static str>,
    /// Jobs are noted and not run.
    pub idle: bool,
    pub waiting: Vec<JobId>,
    pub cancelled: Vec<JobId>,
}

/// What a job tells before its end.
#[derive(Default)]
struct Parts(RefCell<Vec<Contents>>);

impl Progress for Parts {
    fn at(&self, _: usize, _: usize) {}

    fn part(&self, contents: Contents) {
        self.0.borrow_mut().push(contents);
    }
}

/// A file as it is brought.
pub fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    File { name: name.into(), bytes: bytes.into() }
}

fn engine() -> impl Engine {
    SoftwareEngine::new(|out: &mut [u8]| getrandom::fill(out).unwrap())
}

impl Bench {
    pub fn new() -> Self {
        let mut bench = Self {
            state: State::default(),
            downloads: Vec::new(),
            stored: BTreeMap::new(),
            held: BTreeMap::new(),
            refusal: None,
            crashes_over: None,
            idle: false,
            waiting: Vec::new(),
            cancelled: Vec::new(),
        };
        bench.act(Action::VaultOpened(VaultOpened::Memory { fault: None }));
        bench
    }

    /// Takes an action and carries out all that follows.
    pub fn act(&mut self, action: Action) {
        let mut actions = VecDeque::from([action]);
        while let Some(action) = actions.pop_front() {
            for effect in update(&mut self.state, action, NOW) {
                actions.extend(self.carry_out(effect));
            }
        }
    }

    /// The orders to the vault that follow from an action; they are not carried out.
    pub fn orders(&mut self, action: Action) -> Vec<VaultOrder> {
        let order = |effect| match effect {
            Effect::Vault(order) => Some(order),
            _ => None,
        };
        update(&mut self.state, action, NOW).into_iter().filter_map(order).collect()
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Action> {
        match effect {
            Effect::StartJob { id, .. } if self.idle => {
                self.waiting.push(id);
                None
            }
            Effect::StartJob { id, job, .. } if self.is_crashed_by(&job) => {
                let result = Err(JobFailure::Crashed { what: "out of memory".into() });
                Some(Action::JobEnded { job: id, result, held: Vec::new() })
            }
            Effect::CancelJob(id) => {
                self.cancelled.push(id);
                None
            }
            Effect::StartJob { id, job, keys } => {
                let keys: Vec<PrivateKey> = keys.iter().map(|key| self.private_key(key)).collect();
                let parts = Parts::default();
                let ended = pollster::block_on(run(&engine(), *job, &keys, &parts));
                for contents in parts.0.into_inner() {
                    self.act(Action::JobYielded { job: id, contents });
                }
                let (result, made) = match ended {
                    Ok((outcome, made)) => (Ok(outcome), made),
                    Err(failure) => (Err(failure), Vec::new()),
                };
                let held = made.into_iter().map(|key| self.hold(key)).collect();
                Some(Action::JobEnded { job: id, result, held })
            }
            Effect::Commit { id, writes, secrets } => Some(match self.commit(writes, &secrets) {
                Ok(()) => Action::Committed(id),
                Err(fault) => Action::CommitFailed { commit: id, fault },
            }),
            Effect::Forget(keys) => {
                self.held.retain(|id, _| !keys.contains(id));
                None
            }
            Effect::Download { name, bytes, .. } => {
                self.downloads.push((name, bytes));
                None
            }
            Effect::Navigate(route) => Some(Action::Navigated(route)),
            Effect::Probe { .. } | Effect::Vault(_) => None,
        }
    }

    fn is_crashed_by(&self, job: &Job) -> bool {
        let Job::Read { files, .. } = job else { return false };
        files.iter().any(|file| Some(file.name.as_str()) == self.crashes_over)
    }

    fn hold(&mut self, key: PrivateKey) -> KeyId {
        let id = KeyId(hex(&key.public().sha256()));
        self.held.insert(id.clone(), key);
        id
    }

    fn private_key(&self, id: &KeyId) -> PrivateKey {
        if let Some(key) = self.held.get(id) {
            return PrivateKey::from_pkcs8(key.pkcs8()).unwrap();
        }
        PrivateKey::from_pkcs8(&self.stored[&format!("secret:{id}")]).unwrap()
    }

    fn commit(&mut self, writes: Vec<Write>, secrets: &[KeyId]) -> Result<(), VaultFault> {
        if let Some(fault) = &self.refusal {
            return Err(fault.clone());
        }
        for write in writes {
            match write {
                Write::Create(stored) if self.stored.contains_key(&stored.id) => {
                    return Err(VaultFault::Duplicate { id: stored.id });
                }
                Write::Create(stored) | Write::Put(stored) => {
                    drop(self.stored.insert(stored.id, stored.body))
                }
                Write::Delete(id) => drop(self.stored.remove(&id)),
            }
        }
        for id in secrets {
            let key = self.held.remove(id).ok_or(VaultFault::MissingKey)?;
            self.stored.insert(format!("secret:{id}"), key.pkcs8().to_vec());
        }
        Ok(())
    }

    pub fn refuse_commits(&mut self, fault: VaultFault) {
        self.refusal = Some(fault);
    }

    pub fn held_keys(&self) -> Vec<&KeyId> {
        self.held.keys().collect()
    }

    pub fn stored(&self, id: &str) -> Vec<u8> {
        self.stored[id].clone()
    }

    pub fn stored_ids(&self) -> Vec<&String> {
        self.stored.keys().collect()
    }

    /// The records as the vault gives them out, without private keys.
    pub fn records(&self) -> Vec<Stored> {
        let records = self.stored.iter().filter(|(id, _)| !id.starts_with("secret:"));
        records.map(|(id, body)| Stored { id: id.clone(), body: body.clone() }).collect()
    }

    /// Forgets the state and loads it from the records.
    pub fn reopen(&mut self) {
        self.state = State::default();
        let (records, warnings, carried) = (self.records(), Vec::new(), Vec::new());
        let opened = VaultOpened::Unlocked { records, carried, warnings, persisted: None, writer: true };
        self.act(Action::VaultOpened(opened));
    }

    pub fn private_key_pem(&self) -> Vec<u8> {
        let key = pollster::block_on(engine().generate(KeyKind::P256)).unwrap();
        armor::encode("PRIVATE KEY", key.pkcs8()).into_bytes()
    }

    /// So many requests for one key, as one text.
    pub fn many_requests(&self, count: usize) -> Vec<u8> {
        let engine = engine();
        let key = pollster::block_on(engine.generate(KeyKind::P256)).unwrap();
        let request = |number: usize| {
            let name = format!("host{number}.example.test");
            let plan = RequestPlan {
                subject: DistinguishedName::build(&[(AttributeKind::CommonName, &name)]).unwrap(),
                names: Vec::new(),
                public_key: key.public().clone(),
                algorithm: SignatureAlgorithm::EcdsaSha256,
            };
            let der = pollster::block_on(plan.prepare().unwrap().sign(&engine, &key)).unwrap();
            armor::encode("CERTIFICATE REQUEST", &der)
        };
        (0..count).map(request).collect::<String>().into_bytes()
    }
}

pub fn name_form(common_name: &str) -> SubjectForm {
    SubjectForm { common_name: common_name.into(), ..SubjectForm::default() }
}

pub fn authority_form(name: &str) -> AuthorityForm {
    AuthorityForm {
        name: name_form(name),
        key: KeyChoice(KeyKind::P256),
        years: 10,
        ..AuthorityForm::default()
    }
}

pub fn request_form(name: &str) -> RequestForm {
    let subject = SubjectForm { organization: "Example Ltd".into(), country: "us".into(), ..name_form(name) };
    RequestForm { name: subject, key: KeyChoice(KeyKind::P256), ..RequestForm::default() }
}
