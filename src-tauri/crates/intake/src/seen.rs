//! The ids and addresses that were met, each with who they were said to be: one in two rows belongs to one person, or
//! to nobody.

use crate::columns::name_words;
use std::collections::BTreeMap;

/// What a row tells of whom an id or an address belongs to.
pub(crate) trait Told: Clone {
    /// How two rows can contradict each other.
    type Contradiction: Copy;

    /// Returns how a later row contradicts this one; what is not said contradicts nothing.
    fn contradiction(&self, later: &Self) -> Option<Self::Contradiction>;

    /// Adds what a later row says of the same person: a third one may contradict that.
    fn learn(&mut self, later: Self);
}

/// Why a row adds nobody.
pub(crate) enum Again<T: Told> {
    /// It tells of the same person as this row.
    Same(u32),
    /// It contradicts this row, which was taken until now.
    Contradicts(u32, T, T::Contradiction),
    /// This first row was contradicted before.
    Contradicted(u32, T::Contradiction),
}

impl<T: Told> Again<T> {
    /// Returns the first row.
    pub(crate) fn first(&self) -> u32 {
        match self {
            Self::Same(row) | Self::Contradicts(row, ..) | Self::Contradicted(row, _) => *row,
        }
    }
}

/// What was met, by id or address.
pub(crate) struct Seen<K, T: Told> {
    met: BTreeMap<K, Met<T>>,
}

struct Met<T: Told> {
    row: u32,
    told: T,
    contradiction: Option<T::Contradiction>,
}

impl<K, T: Told> Default for Seen<K, T> {
    fn default() -> Self {
        let met = BTreeMap::new();
        Self { met }
    }
}

impl<K: Ord + Clone, T: Told> Seen<K, T> {
    /// Returns how many were met.
    pub(crate) fn len(&self) -> usize {
        self.met.len()
    }

    /// Whether one was met before.
    pub(crate) fn has(&self, key: &K) -> bool {
        self.met.contains_key(key)
    }

    /// Notes what a row tells; returns what is the matter where its id or address was met before.
    pub(crate) fn add(&mut self, key: K, row: u32, told: T) -> Option<Again<T>> {
        let Some(first) = self.met.get_mut(&key) else {
            let contradiction = None;
            self.met.insert(
                key,
                Met {
                    row,
                    told,
                    contradiction,
                },
            );
            return None;
        };
        if let Some(how) = first.contradiction {
            return Some(Again::Contradicted(first.row, how));
        }
        if let Some(how) = first.told.contradiction(&told) {
            first.contradiction = Some(how);
            return Some(Again::Contradicts(first.row, first.told.clone(), how));
        }
        first.told.learn(told);
        Some(Again::Same(first.row))
    }

    /// Returns those that were contradicted, in order, with their first rows.
    pub(crate) fn contradicted(&self) -> impl Iterator<Item = (K, u32)> {
        let met = self.met.iter();
        let contradicted = met.filter(|(_, it)| it.contradiction.is_some());
        contradicted.map(|(key, it)| (key.clone(), it.row))
    }
}

/// The words of a name in an order of their own: *Vega, Ana* is *Ana Vega*.
pub(crate) fn sorted_words(name: &str) -> Vec<String> {
    let mut words = name_words(name);
    words.sort_unstable();
    words
}
