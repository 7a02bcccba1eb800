//! What can be broken in a practice Greenhouse, and mended.

use crate::{
    fault::{Fault, NewFault},
    handle::Simulator,
    quirks::Quirks,
};

impl Simulator {
    /// Adds a fault and returns its number.
    pub fn add_fault(&self, fault: NewFault) -> u64 {
        self.inner.lock().faults.add(fault)
    }

    /// Returns the faults that wait for their requests.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.inner.lock().faults.list().to_vec()
    }

    /// Removes a fault; says whether it was there.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.inner.lock().faults.remove(id)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.inner.lock().faults.clear();
    }

    /// Drops every connection from now on, or no longer.
    pub fn set_offline(&self, offline: bool) {
        self.inner.lock().offline = offline;
    }

    /// Puts its clock forward, or back where negative.
    pub fn set_clock_skew(&self, seconds: i64) {
        self.inner.lock().clock.set_skew(seconds);
    }

    /// Changes how it behaves where documents are silent.
    pub fn change_quirks(&self, change: impl FnOnce(&mut Quirks)) {
        change(&mut self.inner.lock().options.quirks);
    }

    /// Ends every token at once.
    pub fn revoke_tokens(&self) {
        self.inner.lock().credential.forget_tokens();
    }

    /// Grants the credential a scope.
    pub fn grant_scope(&self, scope: &str) {
        self.inner.lock().grant_scope(scope);
    }

    /// Takes a scope away, from live tokens as well.
    pub fn revoke_scope(&self, scope: &str) {
        self.inner.lock().revoke_scope(scope);
    }

    /// Makes the world anew, without webhooks, faults and tokens. Addresses and credential stay.
    pub fn reset(&self) {
        self.inner.lock().reset();
    }
}
