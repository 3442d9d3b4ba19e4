//! Carries out the workbench's orders, and says what came of them.

use crate::platform::tabs::{TabEvent, Tabs};
use crate::platform::vault::{Opened, Persistence, Vault, VaultStatus};
use crate::platform::worker::{JobEvent, Workshop};
use crate::platform::{clock, download, route};
use crate::probe;
use certwright_pki::PrivateKey;
use certwright_workbench::action::{Action, VaultOpened};
use certwright_workbench::effect::{Effect, VaultOrder};
use certwright_workbench::id::{JobId, KeyId};
use certwright_workbench::job::{Job, JobFailure};
use certwright_workbench::vault::VaultFault;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// The vault, the worker and the other tabs.
#[derive(Clone)]
pub struct World {
    vault: Vault,
    workshop: Workshop,
    tabs: Tabs,
    dispatch: Callback<Action>,
}

impl World {
    /// Finds out what there is, and says so.
    pub async fn begin(
        dispatch: Callback<Action>,
        on_job: Callback<(JobId, JobEvent)>,
        on_tab: Callback<TabEvent>,
    ) -> Self {
        let workshop = Workshop::spawn(Rc::new(move |id, event| on_job.emit((id, event))));
        let tabs = Tabs::start(Rc::new(move |event| on_tab.emit(event))).await;
        let (vault, fault) = match Vault::open().await {
            Ok(vault) => {
                let fault = vault.storage_fault();
                (vault, fault)
            }
            Err(fault) => (Vault::in_memory(), Some(fault)),
        };
        vault.join(tabs.clone());
        let opened = match vault.status() {
            VaultStatus::Locked => VaultOpened::Locked,
            _ => VaultOpened::Memory { fault },
        };
        dispatch.emit(Action::VaultOpened(opened));
        let world = Self { vault, workshop, tabs, dispatch };
        let asked = world.clone();
        spawn_local(async move { asked.say(Action::ProxyFound(probe::companion_is_there().await)) });
        world
    }

    fn say(&self, action: Action) {
        self.dispatch.emit(action);
    }

    /// Carries out an order.
    pub fn carry_out(&self, effect: Effect) {
        let world = self.clone();
        match effect {
            Effect::StartJob { id, job, keys } => {
                spawn_local(async move { world.start(id, *job, keys).await })
            }
            Effect::CancelJob(id) => self.workshop.cancel(id),
            Effect::Commit { id, writes, secrets } => spawn_local(async move {
                let action = match world.vault.commit(writes, &secrets).await {
                    Ok(_) => Action::Committed(id),
                    Err(fault) => Action::CommitFailed { commit: id, fault },
                };
                let stale = matches!(&action, Action::CommitFailed { fault: VaultFault::Stale, .. });
                world.say(action);
                if stale {
                    world.reread().await;
                }
            }),
            Effect::Forget(keys) => keys.iter().for_each(|key| self.vault.discard(key)),
            Effect::Download { name, media_type, bytes } => spawn_local(async move {
                download::in_turn().await;
                if let Err(what) = download::save(&name, &media_type, &bytes) {
                    world.say(Action::VaultRefused(VaultFault::Storage { what }));
                }
            }),
            Effect::Navigate(to) => route::go(&to.hash()),
            Effect::Probe { id, host, port } => spawn_local(async move {
                let result = probe::look(&host, port).await;
                world.say(Action::ProbeEnded { id, result });
            }),
            Effect::Vault(order) => spawn_local(async move {
                if let Err(fault) = world.obey(order).await {
                    world.say(Action::VaultRefused(fault));
                }
            }),
        }
    }

    async fn start(&self, id: JobId, job: Job, keys: Vec<KeyId>) {
        let mut secrets = Vec::with_capacity(keys.len());
        for key in &keys {
            match self.vault.private_key(key).await {
                Ok(secret) => secrets.push(secret),
                Err(fault) => {
                    let result = Err(JobFailure::MissingKey(fault));
                    return self.say(Action::JobEnded { job: id, result, held: Vec::new() });
                }
            }
        }
        self.workshop.start(id, job, secrets);
    }

    /// What the worker says; private keys go to the vault's keeping, their ids into the action.
    pub fn heard(&self, job: JobId, event: JobEvent) {
        match event {
            JobEvent::Progress { done, total } => self.say(Action::JobProgressed { job, done, total }),
            JobEvent::Part(contents) => self.say(Action::JobYielded { job, contents }),
            JobEvent::Ended(Ok((outcome, keys))) => {
                let held = self.hold(keys);
                self.say(Action::JobEnded { job, result: Ok(outcome), held });
            }
            JobEvent::Ended(Err(failure)) => {
                self.say(Action::JobEnded { job, result: Err(failure), held: Vec::new() })
            }
        }
    }

    fn hold(&self, keys: Vec<PrivateKey>) -> Vec<KeyId> {
        keys.into_iter().map(|key| self.vault.hold(key)).collect()
    }

    async fn obey(&self, order: VaultOrder) -> Result<(), VaultFault> {
        let (vault, workshop) = (&self.vault, &self.workshop);
        match order {
            VaultOrder::Create(passphrase) => {
                vault.create(&passphrase, workshop, clock::now()).await?;
                let persisted = self.persisted().await;
                self.say(Action::VaultOpened(VaultOpened::Created { persisted, writer: self.is_writer() }));
            }
            VaultOrder::Unlock(passphrase) => {
                let Opened { records, warnings, carried } = vault.unlock(&passphrase, workshop).await?;
                let persisted = self.persisted().await;
                let writer = self.is_writer();
                self.say(Action::VaultOpened(VaultOpened::Unlocked {
                    records,
                    carried,
                    warnings,
                    persisted,
                    writer,
                }));
            }
            VaultOrder::Lock => {
                vault.lock();
                self.tabs.announce_lock();
                self.say(Action::VaultOpened(VaultOpened::Locked));
            }
            VaultOrder::ChangePassphrase { old, new } => {
                vault.change_passphrase(&old, &new, workshop).await?;
                self.say(Action::VaultOpened(VaultOpened::PassphraseChanged));
            }
            VaultOrder::TakeOver => {
                self.tabs.take_over().await;
            }
            VaultOrder::Erase => {
                vault.erase().await?;
                self.say(Action::VaultOpened(VaultOpened::Memory { fault: None }));
            }
            VaultOrder::AcceptLosses => {
                vault.accept_losses().await?;
                self.reread().await;
            }
            VaultOrder::Backup(passphrase) => {
                let now = clock::now();
                let bytes = vault.backup(&passphrase, workshop, now).await?;
                let name = format!("certwright-{}.backup", now.date());
                self.say(Action::BackupWritten { name, bytes });
            }
            VaultOrder::OpenBackup { bytes, passphrase } => {
                let backup = vault.read_backup(&bytes, &passphrase, workshop).await?;
                let keys = self.hold(backup.keys);
                self.say(Action::BackupOpened { created: backup.created, records: backup.records, keys });
            }
        }
        Ok(())
    }

    fn is_writer(&self) -> bool {
        self.vault.status() == VaultStatus::Writer
    }

    async fn persisted(&self) -> Option<bool> {
        match self.vault.persist().await {
            Persistence::Granted => Some(true),
            Persistence::Refused => Some(false),
            Persistence::Unknown => None,
        }
    }

    /// Reads the vault again, if it is open.
    async fn reread(&self) {
        if !matches!(self.vault.status(), VaultStatus::Writer | VaultStatus::Follower) {
            return;
        }
        match self.vault.refresh().await {
            Ok(Opened { records, warnings, .. }) => {
                self.say(Action::VaultOpened(VaultOpened::Reread { records, warnings }));
            }
            Err(fault) => self.say(Action::VaultRefused(fault)),
        }
    }

    /// What happened among the tabs.
    pub fn tab_changed(&self, event: TabEvent) {
        let world = self.clone();
        spawn_local(async move {
            match event {
                TabEvent::BecameWriter => {
                    world.reread().await;
                    world.say(Action::RoleChanged { writer: true });
                }
                TabEvent::BecameFollower => world.say(Action::RoleChanged { writer: false }),
                TabEvent::Changed { .. } => world.reread().await,
                TabEvent::VaultCreated => {
                    if world.vault.look_again().await.is_ok() && world.vault.status() == VaultStatus::Locked {
                        world.say(Action::VaultOpened(VaultOpened::Locked));
                    }
                }
                TabEvent::Erased => {
                    if world.vault.look_again().await.is_ok() && world.vault.status() == VaultStatus::Memory {
                        world.say(Action::VaultOpened(VaultOpened::Memory { fault: None }));
                    }
                }
                TabEvent::Locked => {
                    world.vault.lock();
                    if world.vault.status() == VaultStatus::Locked {
                        world.say(Action::VaultOpened(VaultOpened::Locked));
                    }
                }
            }
        });
    }
}
