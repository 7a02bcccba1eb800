//! One list of records: a base that is computed by id when asked, and over it the records that were
//! written down because somebody made or changed them.
//!
//! A million candidates are so a million *possible* structs, and only those that were touched exist.

use super::{
    base::{Base, Span},
    key::Key,
};
use greenhouse::wire::Resource;
use jiff::Timestamp;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

/// A record that a table can hold.
pub(crate) trait Record: Resource + Serialize + Clone + Send + Sync + 'static {
    /// Returns when it was created.
    fn created_at(&self) -> Option<Timestamp>;

    /// Marks it as changed.
    fn touch(&mut self, at: Timestamp);

    /// Returns what it must be found by quickly.
    fn keys(&self) -> Vec<Key> {
        Vec::new()
    }
}

/// The part of a table that is computed by id.
pub(crate) struct Lazy<T> {
    pub(crate) base: Arc<Base>,
    /// The first id.
    pub(crate) first: i64,
    /// How many ids there are from the first on; not each needs to exist.
    pub(crate) count: i64,
    pub(crate) exists: fn(&Base, i64) -> bool,
    pub(crate) make: fn(&Base, i64) -> T,
    /// Created and updated, cheaply.
    pub(crate) times: fn(&Base, i64) -> (Timestamp, Timestamp),
    /// Places of the records that have a key.
    pub(crate) find: fn(&Base, &Key) -> Vec<i64>,
    /// Places outside of which nothing was created or changed within a span, the lowest first.
    pub(crate) within: fn(&Base, Span) -> Vec<Range<i64>>,
}

impl<T> Lazy<T> {
    fn place(&self, id: i64) -> Option<i64> {
        let place = id.checked_sub(self.first)?;
        let known = (0..self.count).contains(&place) && (self.exists)(&self.base, place);
        known.then_some(place)
    }

    fn get(&self, id: i64) -> Option<T> {
        self.place(id).map(|place| (self.make)(&self.base, place))
    }
}

/// Ids of records, the highest first.
pub(crate) type Ids<'a> = Box<dyn Iterator<Item = i64> + 'a>;

/// One list of records.
pub(crate) struct Table<T> {
    lazy: Option<Lazy<T>>,
    /// What was written down; nothing where a record is gone.
    written: BTreeMap<i64, Option<T>>,
    keys: BTreeMap<Key, BTreeSet<i64>>,
    next: i64,
    first_new: i64,
}

impl<T: Record> Table<T> {
    /// Returns an empty table that numbers from `first` on.
    pub(crate) fn new(first: i64) -> Self {
        Self {
            lazy: None,
            written: BTreeMap::new(),
            keys: BTreeMap::new(),
            next: first,
            first_new: first,
        }
    }

    /// Returns a table over a computed base; new records are numbered after it.
    pub(crate) fn over(lazy: Lazy<T>) -> Self {
        let first = lazy.first + lazy.count;
        Self {
            lazy: Some(lazy),
            ..Self::new(first)
        }
    }

    /// From now on, what is inserted counts as new.
    pub(crate) fn seal(&mut self) {
        self.first_new = self.next;
    }

    /// Returns by how many records there are more than were computed; negative where some are gone.
    pub(crate) fn more_than_computed(&self) -> i64 {
        let change = |(id, record): (&i64, &Option<T>)| {
            let computed = self
                .lazy
                .as_ref()
                .is_some_and(|lazy| lazy.place(*id).is_some());
            i64::from(record.is_some()) - i64::from(computed)
        };
        self.written.iter().map(change).sum()
    }

    /// Returns the part that is computed.
    pub(crate) fn lazy(&self) -> Option<&Lazy<T>> {
        self.lazy.as_ref()
    }

    /// Returns whether a record was written down, and so is no longer the computed one.
    pub(crate) fn is_written(&self, id: i64) -> bool {
        self.written.contains_key(&id)
    }

    pub(crate) fn get(&self, id: i64) -> Option<T> {
        match self.written.get(&id) {
            Some(written) => written.clone(),
            None => self.lazy.as_ref()?.get(id),
        }
    }

    pub(crate) fn has(&self, id: i64) -> bool {
        match self.written.get(&id) {
            Some(written) => written.is_some(),
            None => self
                .lazy
                .as_ref()
                .is_some_and(|lazy| lazy.place(id).is_some()),
        }
    }

    /// Returns when a record was created and updated, without making it where it is computed.
    pub(crate) fn times(&self, id: i64) -> Option<(Timestamp, Timestamp)> {
        match self.written.get(&id) {
            Some(written) => {
                let record = written.as_ref()?;
                Some((record.created_at()?, record.updated_at()?))
            }
            None => {
                let lazy = self.lazy.as_ref()?;
                lazy.place(id).map(|place| (lazy.times)(&lazy.base, place))
            }
        }
    }

    /// Makes a record under the next number.
    pub(crate) fn insert(&mut self, make: impl FnOnce(i64) -> T) -> T {
        let id = self.next;
        self.next += 1;
        let record = make(id);
        self.write(id, Some(record.clone()));
        record
    }

    /// Changes a record and returns it as it is now; nothing where there is none.
    pub(crate) fn update(
        &mut self,
        id: i64,
        at: Timestamp,
        change: impl FnOnce(&mut T),
    ) -> Option<T> {
        let mut record = self.get(id)?;
        change(&mut record);
        record.touch(at);
        self.write(id, Some(record.clone()));
        Some(record)
    }

    /// Removes a record and returns it as it was.
    pub(crate) fn remove(&mut self, id: i64) -> Option<T> {
        let record = self.get(id)?;
        self.write(id, None);
        Some(record)
    }

    /// Returns the ids of records that may have a key. Computed ones that were changed since may be
    /// among them without having it any more.
    pub(crate) fn find(&self, key: &Key) -> BTreeSet<i64> {
        let mut found = self.keys.get(key).cloned().unwrap_or_default();
        if let Some(lazy) = &self.lazy {
            let computed = (lazy.find)(&lazy.base, key)
                .into_iter()
                .map(|place| lazy.first + place);
            found.extend(computed.filter(|id| self.has(*id)));
        }
        found
    }

    /// Returns the records that have a key, in the order of their ids.
    pub(crate) fn having(&self, key: &Key) -> Vec<T> {
        let records = self.find(key).into_iter().filter_map(|id| self.get(id));
        records
            .filter(|record| record.keys().contains(key))
            .collect()
    }

    /// Returns every id below one, the highest first.
    pub(crate) fn ids_down_from(&self, below: Option<i64>) -> Ids<'_> {
        self.ids(self.computed(None), below)
    }

    /// Returns every id below one whose record could have been created or changed within a span,
    /// the highest first, without looking at the computed records outside.
    pub(crate) fn ids_within(&self, span: Span, below: Option<i64>) -> Ids<'_> {
        self.ids(self.computed(Some(span)), below)
    }

    /// Returns the ids of computed records, all of them or those of a span, the lowest first.
    fn computed(&self, span: Option<Span>) -> Vec<Range<i64>> {
        let Some(lazy) = &self.lazy else {
            return Vec::new();
        };
        let places = match span {
            Some(span) => (lazy.within)(&lazy.base, span),
            None => std::iter::once(0..lazy.count).collect(),
        };
        let id = |place: i64| lazy.first + place.clamp(0, lazy.count);
        places
            .into_iter()
            .map(|it| id(it.start)..id(it.end))
            .collect()
    }

    /// Merges computed ids with written ones, which may lie anywhere among them.
    fn ids(&self, computed: Vec<Range<i64>>, below: Option<i64>) -> Ids<'_> {
        let end = below.unwrap_or(i64::MAX);
        let mut computed = computed
            .into_iter()
            .rev()
            .flat_map(move |it| (it.start..it.end.min(end)).rev())
            .filter(|id| !self.written.contains_key(id) && self.has(*id))
            .peekable();
        let mut written = self
            .written
            .range(..end)
            .rev()
            .filter(|(_, record)| record.is_some())
            .map(|(id, _)| *id)
            .peekable();
        Box::new(std::iter::from_fn(move || {
            match (computed.peek(), written.peek()) {
                (Some(one), Some(other)) if other > one => written.next(),
                (Some(_), _) => computed.next(),
                (None, _) => written.next(),
            }
        }))
    }

    /// Returns what was made since the table was sealed, oldest first.
    pub(crate) fn new_records(&self) -> Vec<T> {
        self.written
            .range(self.first_new..)
            .filter_map(|(_, record)| record.clone())
            .collect()
    }

    /// Returns every record, the newest first.
    pub(crate) fn records(&self) -> impl Iterator<Item = T> + '_ {
        self.ids_down_from(None).filter_map(|id| self.get(id))
    }

    fn write(&mut self, id: i64, record: Option<T>) {
        if let Some(Some(former)) = self.written.get(&id) {
            for key in former.keys() {
                if let Some(ids) = self.keys.get_mut(&key) {
                    ids.remove(&id);
                }
            }
        }
        for key in record.iter().flat_map(Record::keys) {
            self.keys.entry(key).or_default().insert(id);
        }
        self.written.insert(id, record);
    }
}
