//! Turns of acting users, where their tokens end one another: calls of one user go side by side, and the next user's
//! follow when none of them is under way. So a change of user costs one token, and not each call.

use domain::ids::ActingUser;
use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// Calls of one user in a row while others wait.
const MOST_IN_A_ROW: u32 = 16;

/// A user, or the credential's own.
type Who = Option<ActingUser>;

/// Whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    whose: Option<Who>,
    under_way: u32,
    in_a_row: u32,
    waiting: BTreeMap<Who, u32>,
}

impl State {
    /// Lets a call begin if it is its user's turn, or if the turn can pass to its user.
    fn begins(&mut self, who: Who) -> bool {
        let others_wait = self.waiting.keys().any(|other| *other != who);
        let is_theirs = self.whose == Some(who) && (self.in_a_row < MOST_IN_A_ROW || !others_wait);
        if is_theirs {
            self.under_way += 1;
            self.in_a_row = self.in_a_row.saturating_add(1);
            return true;
        }
        let goes_on = self.in_a_row < MOST_IN_A_ROW
            && self
                .whose
                .is_some_and(|whose| self.waiting.contains_key(&whose));
        let passes = self.under_way == 0 && self.whose != Some(who) && !goes_on;
        if passes {
            self.whose = Some(who);
            (self.under_way, self.in_a_row) = (1, 1);
        }
        passes
    }

    fn waits(&mut self, who: Who) {
        *self.waiting.entry(who).or_default() += 1;
    }

    fn waits_no_more(&mut self, who: Who) {
        if let Some(count) = self.waiting.get_mut(&who) {
            *count -= 1;
            if *count == 0 {
                self.waiting.remove(&who);
            }
        }
    }
}

impl Turns {
    /// Waits for a user's turn. Dropping the wait, or the turn, lets the others on.
    pub(super) async fn begin(self: &Arc<Self>, who: Who) -> Turn {
        if self.state().begins(who) {
            return Turn(Arc::clone(self));
        }
        let waiting = Waiting::new(self, who);
        loop {
            let mut changed = pin!(self.changed.notified());
            // Listen before looking, or a change in between would go unheard.
            changed.as_mut().enable();
            if self.state().begins(who) {
                drop(waiting);
                return Turn(Arc::clone(self));
            }
            changed.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who waits for their turn.
struct Waiting<'a>(&'a Turns, Who);

impl<'a> Waiting<'a> {
    fn new(turns: &'a Turns, who: Who) -> Self {
        turns.state().waits(who);
        Self(turns, who)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().waits_no_more(self.1);
        self.0.changed.notify_waiters();
    }
}

/// The right to make one call while the turn is its user's.
#[derive(Debug)]
pub(super) struct Turn(Arc<Turns>);

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.under_way = state.under_way.saturating_sub(1);
        drop(state);
        self.0.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UserId;
    use std::time::Duration;
    use tokio::time::timeout;

    fn user(id: i64) -> Who {
        Some(ActingUser(UserId(id)))
    }

    async fn begins(turns: &Arc<Turns>, who: Who) -> Option<Turn> {
        timeout(Duration::from_millis(10), turns.begin(who))
            .await
            .ok()
    }

    #[tokio::test(start_paused = true)]
    async fn one_users_calls_go_side_by_side_and_anothers_wait() {
        let turns = Arc::<Turns>::default();
        let first = turns.begin(user(1)).await;
        let second = begins(&turns, user(1)).await;
        assert!(second.is_some(), "the same user need not wait");
        assert!(
            begins(&turns, user(2)).await.is_none(),
            "another one has to"
        );
        drop(first);
        assert!(begins(&turns, None).await.is_none(), "until all are back");
        drop(second);
        assert!(begins(&turns, user(2)).await.is_some(), "then it is theirs");
        assert!(
            begins(&turns, user(1)).await.is_some(),
            "a wait that was given up holds nobody back"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever() {
        let turns = Arc::<Turns>::default();
        let mut held = turns.begin(user(1)).await;
        let other = tokio::spawn({
            let turns = Arc::clone(&turns);
            async move { turns.begin(user(2)).await }
        });
        tokio::task::yield_now().await;
        let mut in_a_row = 1;
        while let Some(next) = begins(&turns, user(1)).await {
            held = next;
            in_a_row += 1;
        }
        assert_eq!(
            in_a_row, MOST_IN_A_ROW,
            "a turn has an end while others wait"
        );
        drop(held);
        assert!(
            timeout(Duration::from_millis(10), other).await.is_ok(),
            "then the other one is next"
        );
    }
}
