//! What every page can reach: the state as it is, and the way to say what happened. And a form's draft, which no one
//! else needs to know of.

use certwright_workbench::action::Action;
use certwright_workbench::state::State;
use std::rc::Rc;
use yew::prelude::*;

/// The state at one moment. Two snapshots are the same if no action came between them.
#[derive(Clone)]
pub struct Snapshot {
    pub revision: u64,
    pub state: Rc<State>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

/// The way to say what happened.
pub type Dispatch = Callback<Action>;

/// The present state.
#[hook]
pub fn use_snapshot() -> Rc<State> {
    use_context::<Snapshot>().map(|snapshot| snapshot.state).unwrap_or_default()
}

/// The way to say what happened.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().unwrap_or_default()
}

/// What is being typed into a form.
pub struct Draft<T>(pub T);

type Change<T> = Box<dyn FnOnce(&mut T)>;

impl<T: Clone + 'static> Reducible for Draft<T> {
    type Action = Change<T>;

    fn reduce(self: Rc<Self>, change: Self::Action) -> Rc<Self> {
        let mut next = self.0.clone();
        change(&mut next);
        Rc::new(Self(next))
    }
}

/// A form's draft.
pub type DraftHandle<T> = UseReducerHandle<Draft<T>>;

/// A draft that begins with `start`.
#[hook]
pub fn use_draft<T: Clone + 'static>(start: impl FnOnce() -> T) -> DraftHandle<T> {
    use_reducer(|| Draft(start()))
}

/// A callback that puts a typed value into the draft.
pub fn put<T: Clone + 'static, V: 'static>(draft: &DraftHandle<T>, change: fn(&mut T, V)) -> Callback<V> {
    let dispatcher = draft.dispatcher();
    Callback::from(move |value: V| dispatcher.dispatch(Box::new(move |form: &mut T| change(form, value))))
}
