//! Which token is the later one. Where two are minted at the same moment, the order of their answers does not tell.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The mints of a credential.
#[derive(Debug, Default)]
pub(super) struct Mints(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    begun: u64,
    under_way: u32,
}

/// A mint that is under way until it is dropped.
#[derive(Debug)]
pub(super) struct Mint<'a> {
    of: &'a Mints,
    number: u64,
    began_alone: bool,
}

impl Mints {
    pub(super) fn begin(&self) -> Mint<'_> {
        let mut state = self.state();
        let began_alone = state.under_way == 0;
        state.begun += 1;
        state.under_way += 1;
        Mint {
            of: self,
            number: state.begun,
            began_alone,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mint<'_> {
    /// Returns whether no other was under way since it began.
    pub(super) fn is_alone(&self) -> bool {
        self.began_alone && self.of.state().begun == self.number
    }
}

impl Drop for Mint<'_> {
    fn drop(&mut self) {
        let mut state = self.of.state();
        state.under_way = state.under_way.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mint_that_met_no_other_is_alone() {
        let mints = Mints::default();
        let first = mints.begin();
        assert!(first.is_alone(), "nobody else is there");
        let second = mints.begin();
        assert!(!first.is_alone(), "another one began meanwhile");
        drop(first);
        assert!(!second.is_alone(), "this one began beside another");
        drop(second);
        assert!(mints.begin().is_alone(), "all are over");
    }
}
