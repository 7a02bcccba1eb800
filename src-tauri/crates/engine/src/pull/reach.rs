//! How long a list is, told while it is read: lists go from the newest to the oldest, so that the time which is reached says
//! how much of it was read. Pure.
//!
//! A list may hold several such stretches behind each other, and the time then jumps back: what was read before is no longer
//! part of the reckoning.

use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Less than this of the share reached before is a stretch of its own, and no disorder among neighbours.
const A_JUMP: f64 = 0.5;
/// Where no time tells how much of it this is, half is as good as any.
const NOBODY_KNOWS: f64 = 0.5;

/// Of so many records, the oldest says nothing.
const PASSED_OVER: usize = 10;

/// Lists of which each record belongs to one of another list: how many there are of each is seen on the first page.
const AT_LEAST: [(&str, &str); 2] = [
    ("applications", "candidates"),
    ("application_stages", "applications"),
];

/// What was read of one list, for each of its windows.
#[derive(Debug, Default)]
pub(super) struct Reach(BTreeMap<u32, Stretch>);

#[derive(Debug, Default, Clone, Copy)]
struct Stretch {
    /// Records of the stretches before.
    before: f64,
    records: f64,
    share: f64,
}

impl Reach {
    /// Takes a page of a window into account that reaches back to `share` of it; returns how many records the list will
    /// have.
    pub(super) fn read(&mut self, part: u32, records: u32, share: Option<f64>) -> f64 {
        let stretch = self.0.entry(part).or_default();
        let share = share.unwrap_or(NOBODY_KNOWS);
        if share < stretch.share * A_JUMP {
            stretch.before += stretch.records;
            (stretch.records, stretch.share) = (0.0, 0.0);
        }
        stretch.records += f64::from(records);
        stretch.share = stretch.share.max(share);
        self.total()
    }

    /// Takes the last page of a window into account: what was read of it is all there is.
    pub(super) fn read_whole(&mut self, part: u32, records: u32) -> f64 {
        let stretch = self.0.entry(part).or_default();
        stretch.records += f64::from(records);
        stretch.share = 1.0;
        self.total()
    }

    fn total(&self) -> f64 {
        let each = self.0.values();
        each.map(|it| it.before + it.records / it.share).sum()
    }
}

/// How many records each list will have.
#[derive(Debug, Default)]
pub(super) struct Expectations(BTreeMap<&'static str, f64>);

impl Expectations {
    /// Keeps what a list is thought to have; returns it, or what another list says it has at least: of each record there
    /// are `each` in this one.
    pub(super) fn expect(&mut self, list: &'static str, records: f64, each: f64) -> f64 {
        let of = AT_LEAST.iter().find(|(it, _)| *it == list);
        let least = of.and_then(|(_, of)| self.0.get(of)).copied();
        let records = records.max(least.unwrap_or_default() * each);
        self.0.insert(list, records);
        records
    }
}

/// Returns how far back in time a page reaches, by when its records were made. That is not when its last record was made:
/// what hangs on one record may have come years after it, and one that was brought along from elsewhere may be older than
/// everything around it. So a few of the oldest are passed over.
pub(super) fn reaches_to(mut made: Vec<Timestamp>) -> Option<Timestamp> {
    let few = made.len() / PASSED_OVER;
    (few < made.len()).then(|| *made.select_nth_unstable(few).1)
}

/// Returns how many records there are of each of those that they belong to, at least one.
pub(super) fn of_each(belong_to: impl Iterator<Item = i64>) -> f64 {
    let (mut records, mut different) = (0_u32, BTreeSet::new());
    for it in belong_to {
        records += 1;
        different.insert(it);
    }
    let different = u32::try_from(different.len()).unwrap_or(u32::MAX);
    f64::from(records.max(1)) / f64::from(different.max(1))
}

/// Returns how much of the time from `from` to `to` was read when `oldest` was the last, from a little above 0 to 1.
pub(super) fn share(from: Timestamp, oldest: Timestamp, to: Timestamp) -> f64 {
    let span = to.duration_since(from.min(oldest)).as_secs_f64();
    let read = to.duration_since(oldest).as_secs_f64();
    if span > 0.0 {
        (read / span).clamp(0.001, 1.0)
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_reached_tells_how_long_a_list_is() {
        let mut reach = Reach::default();
        assert_eq!(reach.read(0, 500, Some(0.25)).round(), 2000.0, "a quarter");
        assert_eq!(reach.read(0, 500, Some(0.5)).round(), 2000.0, "a half");
        assert_eq!(reach.read_whole(0, 400).round(), 1400.0, "it was all");
    }

    #[test]
    fn a_second_stretch_is_reckoned_by_itself() {
        let mut reach = Reach::default();
        for page in 1..=6 {
            reach.read(0, 500, Some(f64::from(page) / 6.0));
        }
        let total = reach.read(0, 500, Some(0.02));
        assert_eq!(total.round(), 3000.0 + 25_000.0, "not three thousand by 50");
    }

    #[test]
    fn windows_side_by_side_add_up() {
        let mut reach = Reach::default();
        reach.read(0, 500, Some(0.5));
        assert_eq!(reach.read(1, 500, Some(0.25)).round(), 3000.0);
        assert_eq!(
            reach.read(2, 500, None).round(),
            4000.0,
            "half, for all we know"
        );
    }

    #[test]
    fn neither_what_came_later_nor_what_is_older_misleads() {
        let day = |day: i64| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * day);
        // A page of stays: each application's first beside later ones, the last record among the latest.
        let mut made: Vec<Timestamp> = (0..100).map(|it| day(1000 + it % 25 * 10)).collect();
        made.push(day(3));
        made.push(day(1240));
        let reached = reaches_to(made).unwrap();
        assert!((day(1000)..=day(1030)).contains(&reached), "{reached}");
        assert_eq!(reaches_to(Vec::new()), None, "nothing says nothing");
        assert_eq!(
            reaches_to(vec![day(7)]),
            Some(day(7)),
            "one is all there is"
        );
    }

    #[test]
    fn whoever_is_there_has_applied() {
        let mut expected = Expectations::default();
        expected.expect("candidates", 20_000.0, 1.0);
        let mut expect = |list, each| expected.expect(list, 900.0, each);
        assert_eq!(expect("applications", 1.0), 20_000.0, "one each, at least");
        let each = of_each([7, 7, 7, 8, 8].into_iter());
        assert_eq!(
            expect("application_stages", each),
            50_000.0,
            "two or three each"
        );
        assert_eq!(expect("rejection_details", of_each([].into_iter())), 900.0);
    }
}
