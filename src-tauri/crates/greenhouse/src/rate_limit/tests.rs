//! The budget against servers that count in every way that is known or thinkable, on a paused clock.

use super::{Budget, Quota, WaitsFor, quota::until_reset};
use proptest::prelude::{Just, ProptestConfig, prop_oneof, proptest};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};

const LONG: Duration = Duration::from_secs(3600);

/// When a window begins.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Begins {
    /// With the clock: at every full half minute.
    ByTheClock,
    /// With the first request after the last one ended.
    WithARequest,
}

/// How the end of a window becomes whole seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rounded {
    Down,
    Up,
}

/// Which of the headers are sent.
#[derive(Debug, Clone, Copy)]
struct Sends {
    limit: bool,
    remaining: bool,
    reset: bool,
    date: bool,
}

const ALL: Sends = Sends {
    limit: true,
    remaining: true,
    reset: true,
    date: true,
};

/// A server's count of requests, by its own clock.
#[derive(Debug)]
struct Counter {
    began: Instant,
    /// What its clock showed when the test began.
    offset: f64,
    length: f64,
    limit: u32,
    begins: Begins,
    rounded: Rounded,
    sends: Sends,
    window_end: f64,
    spent: u32,
    rejections: u32,
    /// How many seconds `Date` is ahead of the clock that resets are told by.
    date_skew: i64,
}

impl Counter {
    fn new(offset: f64, begins: Begins, rounded: Rounded, sends: Sends) -> Self {
        Self {
            began: Instant::now(),
            offset,
            length: 30.0,
            limit: 50,
            begins,
            rounded,
            sends,
            window_end: 0.0,
            spent: 0,
            rejections: 0,
            date_skew: 0,
        }
    }

    fn clock(&self) -> f64 {
        1_795_478_400.0 + self.offset + self.began.elapsed().as_secs_f64()
    }

    fn take(&mut self) -> Quota {
        let now = self.clock();
        if now >= self.window_end {
            self.spent = 0;
            self.window_end = match self.begins {
                Begins::ByTheClock => (now / self.length).floor() * self.length + self.length,
                Begins::WithARequest => now + self.length,
            };
        }
        let rejected = self.spent >= self.limit;
        if rejected {
            self.rejections += 1;
        } else {
            self.spent += 1;
        }
        let reset = match self.rounded {
            Rounded::Down => self.window_end.floor(),
            Rounded::Up => self.window_end.ceil(),
        };
        let until_reset = until_reset(reset as i64, now as i64 + self.date_skew);
        Quota {
            limit: self.sends.limit.then_some(self.limit),
            remaining: self.sends.remaining.then_some(self.limit - self.spent),
            reset: self.sends.reset.then_some(reset as i64),
            until_reset: until_reset.filter(|_| self.sends.reset && self.sends.date),
            retry_after: rejected.then(|| Duration::from_secs_f64((self.window_end - now).ceil())),
            rejected,
        }
    }
}

/// Sends so many requests with so many workers; returns the seconds it took.
async fn run(
    budget: &Budget,
    counter: &Arc<Mutex<Counter>>,
    requests: u32,
    workers: u32,
    latency: Duration,
) -> f64 {
    let began = Instant::now();
    let left = Arc::new(Mutex::new(requests));
    let workers: Vec<_> = (0..workers)
        .map(|worker| {
            let (budget, counter, left) = (budget.clone(), Arc::clone(counter), Arc::clone(&left));
            tokio::spawn(async move {
                loop {
                    let permit = budget.acquire(LONG).await.unwrap();
                    {
                        let mut left = left.lock().unwrap();
                        if *left == 0 {
                            return;
                        }
                        *left -= 1;
                    }
                    sleep(latency / 2 + Duration::from_millis(u64::from(worker))).await;
                    let quota = counter.lock().unwrap().take();
                    sleep(latency / 2).await;
                    let rejected = quota.rejected;
                    permit.answered(&quota);
                    if rejected {
                        *left.lock().unwrap() += 1;
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    began.elapsed().as_secs_f64()
}

async fn steady(counter: Counter, workers: u32, latency: u64) -> (u32, f64) {
    let budget = Budget::new(Duration::from_secs(30));
    let counter = Arc::new(Mutex::new(counter));
    // 149 rather than 150, so that no worker has to see the end of a fourth window.
    let seconds = run(
        &budget,
        &counter,
        149,
        workers,
        Duration::from_millis(latency),
    )
    .await;
    let rejections = counter.lock().unwrap().rejections;
    (rejections, seconds)
}

#[tokio::test(start_paused = true)]
async fn a_window_is_used_to_its_full_and_never_overrun() {
    for begins in [Begins::ByTheClock, Begins::WithARequest] {
        for rounded in [Rounded::Down, Rounded::Up] {
            for offset in [0.0, 0.01, 0.5, 0.99, 7.3, 29.2] {
                for (workers, latency) in [(1, 4), (8, 4), (8, 300), (1, 300)] {
                    let counter = Counter::new(offset, begins, rounded, ALL);
                    let (rejections, seconds) = steady(counter, workers, latency).await;
                    let case = format!(
                        "{begins:?} {rounded:?} offset {offset} workers {workers} latency {latency}"
                    );
                    assert_eq!(rejections, 0, "no answer may be 429: {case}");
                    assert!(
                        seconds
                            <= 60.0 * 1.07
                                + 15.0 * f64::from(u32::try_from(latency).unwrap()) / 300.0,
                        "{seconds} s is too long: {case}"
                    );
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn any_header_may_be_missing() {
    for (sends, longest) in [
        (
            Sends {
                limit: false,
                ..ALL
            },
            65.0,
        ),
        // Without it a few requests of each window stay unused, so the 149th may need a fourth.
        (
            Sends {
                remaining: false,
                ..ALL
            },
            95.0,
        ),
        (
            Sends {
                reset: false,
                ..ALL
            },
            65.0,
        ),
        (Sends { date: false, ..ALL }, 65.0),
        (
            Sends {
                limit: false,
                reset: false,
                ..ALL
            },
            65.0,
        ),
        (
            Sends {
                remaining: false,
                reset: false,
                ..ALL
            },
            95.0,
        ),
    ] {
        for begins in [Begins::ByTheClock, Begins::WithARequest] {
            for workers in [1, 8] {
                let counter = Counter::new(0.4, begins, Rounded::Up, sends);
                let (rejections, seconds) = steady(counter, workers, 4).await;
                assert_eq!(
                    rejections, 0,
                    "no answer may be 429: {sends:?} {begins:?} {workers}"
                );
                assert!(
                    seconds <= longest,
                    "{seconds} s is too long: {sends:?} {begins:?} {workers}"
                );
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn without_any_header_nothing_is_held_back() {
    let silent = Sends {
        limit: false,
        remaining: false,
        reset: false,
        date: false,
    };
    let mut counter = Counter::new(0.0, Begins::ByTheClock, Rounded::Up, silent);
    counter.limit = 1000;
    let (_, seconds) = steady(counter, 8, 4).await;
    assert!(seconds < 1.0, "{seconds} s: there is nothing to wait for");

    let counter = Counter::new(0.0, Begins::ByTheClock, Rounded::Up, silent);
    let (rejections, seconds) = steady(counter, 8, 4).await;
    assert!(
        rejections <= 16,
        "a 429 stops every worker, so each sees at most one a window: {rejections}"
    );
    assert!(
        seconds <= 65.0,
        "{seconds} s: Retry-After is kept to the second"
    );
}

#[tokio::test(start_paused = true)]
async fn another_spender_costs_few_rejections() {
    let budget = Budget::new(Duration::from_secs(30));
    let counter = Arc::new(Mutex::new(Counter::new(
        0.0,
        Begins::ByTheClock,
        Rounded::Up,
        ALL,
    )));
    let other = Arc::clone(&counter);
    let thief = tokio::spawn(async move {
        loop {
            sleep(Duration::from_millis(70)).await;
            let mut other = other.lock().unwrap();
            let before = other.rejections;
            other.take();
            other.rejections = before;
        }
    });
    run(&budget, &counter, 149, 8, Duration::from_millis(40)).await;
    thief.abort();
    let rejections = counter.lock().unwrap().rejections;
    let windows = 8;
    assert!(
        rejections <= windows * 8,
        "at most one per worker and window: {rejections}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_shorter_window_is_kept_as_well() {
    for begins in [Begins::ByTheClock, Begins::WithARequest] {
        let mut counter = Counter::new(0.4, begins, Rounded::Up, ALL);
        counter.length = 10.0;
        let (rejections, seconds) = steady(counter, 8, 4).await;
        assert_eq!(rejections, 0, "10 s windows are kept: {begins:?}");
        assert!(
            seconds <= 24.0,
            "{seconds} s: and not waited out as if they were 30"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_told_and_taken_back() {
    let budget = Budget::new(Duration::from_secs(30));
    let told = budget.subscribe();
    let permit = budget.acquire(LONG).await.unwrap();
    permit.answered(&Quota {
        retry_after: Some(Duration::from_secs(14)),
        rejected: true,
        ..Quota::default()
    });
    let waiting = tokio::spawn({
        let budget = budget.clone();
        async move { drop(budget.acquire(LONG).await) }
    });
    sleep(Duration::from_secs(1)).await;
    let wait = told.borrow().wait().unwrap();
    assert!(
        (12..=14).contains(&wait.as_secs()),
        "a screen can say how long: {wait:?}"
    );
    assert_eq!(told.borrow().waits_for, WaitsFor::Limit, "and what for");
    waiting.await.unwrap();
    assert_eq!(told.borrow().wait(), None, "and that it is over");
}

#[tokio::test(start_paused = true)]
async fn waiting_to_try_again_is_not_told_as_the_limit() {
    let budget = Budget::new(Duration::from_secs(30));
    let told = budget.subscribe();
    let waiting = tokio::spawn({
        let budget = budget.clone();
        async move {
            budget
                .wait(Duration::from_secs(5), WaitsFor::AnotherTry)
                .await;
        }
    });
    sleep(Duration::from_secs(1)).await;
    let seen = *told.borrow();
    assert!(seen.wait().is_some(), "it waits");
    assert_eq!(seen.waits_for, WaitsFor::AnotherTry, "to try again");
    waiting.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_dropped_permit_gives_its_place_back() {
    let budget = Budget::new(Duration::from_secs(30));
    drop(budget.acquire(LONG).await);
    let second = tokio::time::timeout(Duration::from_secs(1), budget.acquire(LONG)).await;
    assert!(
        second.is_ok(),
        "an opener that vanished must not lock the gate"
    );
}

#[tokio::test(start_paused = true)]
async fn a_clock_a_day_off_changes_nothing() {
    for skew in [-86_400.0, 86_400.0] {
        for begins in [Begins::ByTheClock, Begins::WithARequest] {
            for workers in [1, 8] {
                let counter = Counter::new(skew + 0.4, begins, Rounded::Up, ALL);
                let (rejections, seconds) = steady(counter, workers, 4).await;
                assert_eq!(rejections, 0, "{skew} {begins:?} {workers}");
                assert!(seconds <= 65.0, "{seconds} s: {skew} {begins:?} {workers}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_date_of_another_clock_is_seen_through() {
    for skew in [-86_400, 86_400] {
        let budget = Budget::new(Duration::from_secs(30));
        let counter = Arc::new(Mutex::new(Counter::new(
            0.4,
            Begins::WithARequest,
            Rounded::Up,
            ALL,
        )));
        counter.lock().unwrap().date_skew = skew;
        let seconds = run(&budget, &counter, 149, 8, Duration::from_millis(4)).await;
        let rejections = counter.lock().unwrap().rejections;
        assert_eq!(rejections, 0, "{skew}: the usual length is kept to");
        assert!(
            seconds <= 65.0,
            "{skew}: {seconds} s, and no more than that"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_fixed_window_is_kept_to_by_any_number_of_workers(
        offset in -90_000.0..90_000.0_f64,
        length in prop_oneof![Just(10.0), Just(30.0), Just(60.0)],
        limit in 3..60_u32,
        workers in 1..9_u32,
        latency in 2..400_u64,
        by_the_clock in proptest::bool::ANY,
        round_up in proptest::bool::ANY,
    ) {
        let clock = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        clock.block_on(async {
            let begins = if by_the_clock { Begins::ByTheClock } else { Begins::WithARequest };
            let rounded = if round_up { Rounded::Up } else { Rounded::Down };
            let mut counter = Counter::new(offset, begins, rounded, ALL);
            (counter.length, counter.limit) = (length, limit);
            let counter = Arc::new(Mutex::new(counter));
            let budget = Budget::new(Duration::from_secs(30));
            let latency = Duration::from_millis(latency);
            let seconds = run(&budget, &counter, limit * 2 + limit / 2, workers, latency).await;
            assert_eq!(counter.lock().unwrap().rejections, 0, "no answer may be 429");
            // Two ends of windows are waited for (three where the first was half over), each a little late.
            let work = latency.as_secs_f64() * f64::from(limit) * 3.0 / f64::from(workers);
            assert!(seconds <= length * 3.0 + work + 8.0, "{seconds} s is too long");
        });
    }
}
