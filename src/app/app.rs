//! The page as a whole: it holds the state, hands each action to the workbench and each order to the world.

use crate::bring;
use crate::components::badge::BadgeView;
use crate::components::notice_bar::NoticeBar;
use crate::components::rail::Rail;
use crate::pages::{LockPage, page, title};
use crate::platform::tabs::TabEvent;
use crate::platform::worker::JobEvent;
use crate::platform::{clock, files, focus, net, page as window, route};
use crate::session::{Dispatch, Snapshot};
use crate::world::World;
use certwright_workbench::action::Action;
use certwright_workbench::effect::Effect;
use certwright_workbench::id::JobId;
use certwright_workbench::route::Route;
use certwright_workbench::state::{State, VaultPhase, Wait};
use certwright_workbench::update::update;
use certwright_workbench::view::{self, Badge};
use std::rc::Rc;
use yew::prelude::*;

/// The root component.
pub struct App {
    state: Rc<State>,
    revision: u64,
    world: Option<World>,
    /// Orders that came before the world was there.
    early: Vec<Effect>,
    dispatch: Dispatch,
    _clock: clock::EverySecond,
}

/// What the root component hears.
pub enum Heard {
    Did(Action),
    Began(World),
    Job(JobId, JobEvent),
    Tab(TabEvent),
    Second,
}

impl Component for App {
    type Message = Heard;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        net::take_token();
        let link = ctx.link().clone();
        let dispatch = link.callback(Heard::Did);
        let on_route = dispatch.clone();
        route::listen(Rc::new(move |hash| on_route.emit(Action::Navigated(Route::parse(&hash)))));
        let (on_job, on_tab) =
            (link.callback(|(id, event)| Heard::Job(id, event)), link.callback(Heard::Tab));
        let take_in = dispatch.clone();
        files::listen(move |arrival| bring::arrived(arrival, take_in.clone()));
        let begin = dispatch.clone();
        link.send_future(async move { Heard::Began(World::begin(begin, on_job, on_tab).await) });
        let second = link.callback(|()| Heard::Second);
        let state = State::at(Route::parse(&route::current()), clock::now());
        Self {
            state: Rc::new(state),
            revision: 0,
            world: None,
            early: Vec::new(),
            dispatch,
            _clock: clock::every_second(move || second.emit(())),
        }
    }

    fn update(&mut self, _: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Did(action) => self.act(action),
            Heard::Began(world) => {
                self.early.drain(..).for_each(|effect| world.carry_out(effect));
                self.world = Some(world);
                false
            }
            Heard::Job(id, event) => {
                if let Some(world) = &self.world {
                    world.heard(id, event);
                }
                false
            }
            Heard::Tab(event) => {
                if let Some(world) = &self.world {
                    world.tab_changed(event);
                }
                false
            }
            Heard::Second if self.is_busy() => self.act(Action::Ticked),
            Heard::Second => false,
        }
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let snapshot = Snapshot { revision: self.revision, state: self.state.clone() };
        let state = &self.state;
        html! {
            <ContextProvider<Snapshot> context={snapshot}>
                <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                    if state.vault.phase == VaultPhase::Locked {
                        <LockPage />
                        <NoticeBar notice={state.notice.clone()} />
                    } else {
                        { self.frame() }
                    }
                </ContextProvider<Dispatch>>
            </ContextProvider<Snapshot>>
        }
    }
}

impl App {
    /// Hands an action to the workbench, and what follows to the world. True, because something was changed.
    fn act(&mut self, action: Action) -> bool {
        let moved = matches!(action, Action::Navigated(_));
        let effects = update(Rc::make_mut(&mut self.state), action, clock::now());
        self.revision += 1;
        match &self.world {
            Some(world) => effects.into_iter().for_each(|effect| world.carry_out(effect)),
            None => self.early.extend(effects),
        }
        window::warn_before_leaving(self.would_lose_something());
        window::set_title(&format!("{} · Certwright", title(&self.state.route)));
        if moved {
            focus::scroll_to_top();
            focus::focus("main");
        }
        true
    }

    fn is_busy(&self) -> bool {
        self.state.waits.values().any(|wait| matches!(wait, Wait::Running { .. }))
    }

    /// True while closing the tab would lose a key or a change that is on its way.
    fn would_lose_something(&self) -> bool {
        let unsaved = self.state.vault.phase == VaultPhase::Memory && self.state.desk.keys_only_here() > 0;
        unsaved || self.is_busy()
    }

    fn frame(&self) -> Html {
        let state = &self.state;
        let pending = state.desk.requests.values().filter(|entry| entry.is_pending()).count();
        let take_over = self.dispatch.reform(|_: MouseEvent| Action::TakeOverWanted);
        let follows = state.vault.phase == VaultPhase::Open && !state.vault.writer;
        html! {
            <>
                <a class="skip" href="#main" onclick={Callback::from(|event: MouseEvent| { event.prevent_default(); focus::focus("main"); })}>{ "Skip to the page" }</a>
                <div class="frame">
                    <Rail here={state.route.section()} {pending} />
                    <div class="stage">
                        <header class="chips" aria-label="State of the page">
                            { for view::chips(state).into_iter().map(|chip| html! { <BadgeView badge={Badge::new(chip.mood, chip.text)} /> }) }
                            if follows { <button type="button" class="button" data-kind="small" onclick={take_over}>{ "Work in this tab" }</button> }
                            if state.vault.phase == VaultPhase::Memory { <a href="#/vault">{ "Keep it: set a passphrase" }</a> }
                        </header>
                        <main class="page" id="main" tabindex="-1">
                            if state.vault.phase == VaultPhase::Starting { <p>{ "Opening…" }</p> } else { { page(&state.route) } }
                        </main>
                        <NoticeBar notice={state.notice.clone()} />
                    </div>
                </div>
            </>
        }
    }
}
