//! Addresses that more than one user has.

use domain::mapping::folded_email;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// So many pairs are named.
const NAMED: usize = 20;

/// Users who share an address with another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Twins {
    /// Addresses that are shared.
    pub addresses: u32,
    /// The first rows that share one, in pairs.
    pub rows: Vec<(u32, u32)>,
}

/// Addresses seen so far, each as a number that stands for it, with its row: a large export has many.
#[derive(Default)]
pub(super) struct Addresses {
    seen: Vec<(u64, u32)>,
}

impl Addresses {
    pub(super) fn add(&mut self, emails: &[String], row: u32) {
        for email in emails {
            let mut hasher = DefaultHasher::new();
            folded_email(email).hash(&mut hasher);
            self.seen.push((hasher.finish(), row));
        }
    }

    /// Forgets the addresses of these rows, which are in order.
    pub(super) fn forget(&mut self, rows: &[u32]) {
        self.seen
            .retain(|(_, row)| rows.binary_search(row).is_err());
    }

    pub(super) fn twins(mut self) -> Twins {
        self.seen.sort_unstable();
        let mut twins = Twins::default();
        let mut counted = None;
        for pair in self.seen.windows(2) {
            let [(address, row), (next, other)] = pair else {
                continue;
            };
            if address != next || row == other {
                continue;
            }
            twins.rows.push((*row, *other));
            if counted != Some(address) {
                twins.addresses += 1;
            }
            counted = Some(address);
        }
        twins.rows.sort_unstable();
        twins.rows.truncate(NAMED);
        twins
    }
}
