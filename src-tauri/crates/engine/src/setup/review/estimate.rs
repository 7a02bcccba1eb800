//! What the first run will cost: pages of what was counted, and the requests of the push, at the rate Greenhouse allows.

use super::Seen;
use crate::Engine;
use crate::connection::Client;
use crate::view::{Count, DryRun, FirstRun};
use domain::access::{Granted, PERMISSIONS};
use greenhouse::filter::PER_PAGE;

/// Requests in one window where Greenhouse has not said otherwise (`greenhouse.md`, C8), and the window's seconds.
const USUAL_LIMIT: u32 = 50;
const WINDOW: u32 = 30;
/// Requests that go out in a second while the window has room, as seen on an ordinary line.
const A_SECOND: u32 = 5;
/// A push looks a person up before it writes.
const REQUESTS_PER_CHANGE: u32 = 2;

impl Engine {
    /// Returns how many requests Greenhouse allows in one window, where it has said so since this was started.
    pub(super) async fn requests_allowed(&self) -> u32 {
        let snapshot = match self.connected().await {
            Some(Client::V3(harvest)) => harvest.budget().snapshot(),
            Some(Client::V1(harvest)) => harvest.budget().snapshot(),
            None => return USUAL_LIMIT,
        };
        snapshot.limit.unwrap_or(USUAL_LIMIT).max(1)
    }
}

pub(super) fn first_run(seen: &Seen, dry_run: &DryRun, limit: u32) -> FirstRun {
    let count = |name: &str| -> Option<Count> {
        let counts = &seen.credential.as_ref()?.counts;
        serde_json::from_value(counts.get(name)?.clone()).ok()
    };
    let known = ["users", "jobs", "candidates", "applications"].map(|name| (name, count(name)));
    let lists = seen
        .credential
        .as_ref()
        .map_or(0, |it| lists_to_read(&it.granted));
    let pages: u32 = known
        .iter()
        .filter_map(|(_, count)| *count)
        .map(|count| count.value.div_ceil(PER_PAGE).max(1))
        .sum();
    let counted = u32::try_from(known.iter().filter(|(_, count)| count.is_some()).count());
    let others = lists.saturating_sub(counted.unwrap_or_default());
    let requests = pages + others + dry_run.changes * REQUESTS_PER_CHANGE;
    FirstRun {
        users: seen.facts.users.map_or(0, |users| users.count),
        jobs: count("jobs"),
        candidates: count("candidates"),
        requests,
        at_least: known
            .iter()
            .any(|(_, count)| count.is_some_and(|it| it.or_more)),
        seconds: seconds(requests, limit),
        people: dry_run.people,
    }
}

/// Returns how many lists the first run reads.
fn lists_to_read(granted: &Granted) -> u32 {
    let lists = PERMISSIONS
        .iter()
        .filter(|it| it.scope.ends_with(":list") && granted.may_try(it.scope));
    u32::try_from(lists.count()).unwrap_or_default()
}

/// Full windows wait for their end; the last one is only as long as its requests take.
fn seconds(requests: u32, limit: u32) -> u32 {
    let full = requests.saturating_sub(1) / limit;
    let rest = requests - full * limit;
    full * WINDOW + rest.div_ceil(A_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_follows_the_windows_that_greenhouse_allows() {
        let check = |requests, limit, expected| {
            assert_eq!(
                seconds(requests, limit),
                expected,
                "{requests} at {limit} a window"
            );
        };
        check(0, 50, 0);
        check(5, 50, 1);
        check(50, 50, 10);
        check(51, 50, 31);
        check(100, 50, 40);
        check(1000, 100, 290);
    }
}
