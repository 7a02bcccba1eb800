//! What is put off after a trouble of Greenhouse's: a run that finds nothing due says from when it will be.

use crate::desk::Desk;
use crate::gateway::Gateway;
use crate::handing::{hand_over, somebody};
use crate::shelf;
use engine::call::RunKind;
use engine::clock::{Clock, SystemClock};
use engine::error::Code;
use engine::view::RunOutcome;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that can be put forward by so many seconds.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_finds_everybody_put_off_says_until_when() {
    let mut desk = Desk::open().await;
    let gateway = Gateway::before(&desk.greenhouse).await;
    let clock = Arc::new(Ahead::default());
    desk.restart_with(|options| {
        gateway.lead(options);
        options.clock = Arc::<Ahead>::clone(&clock);
    })
    .await;
    desk.activate().await;
    let owner = shelf::owner(&desk).await.email;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let people = ["hh-1", "hh-2"].map(|id| somebody(id, &owner));
    hand_over(&desk, &people).await;
    gateway.say("email=", r#"[{"id":9101},{"first_name":"Odd"}]"#);
    for seconds in [0, 60] {
        // The second time it is put off for longer than a run waits.
        clock.0.store(seconds, Ordering::Relaxed);
        let failed = desk.engine.run(RunKind::Push, false).await.unwrap();
        assert_eq!(failed.outcome, Some(RunOutcome::Failed), "{failed:?}");
    }

    gateway.be_silent();
    let early = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(early.sent, 0, "nothing is due");
    assert!(early.requests <= 3, "only who acts is read: {early:?}");
    let problem = early.problem.unwrap();
    assert_eq!(problem.code, Code::GreenhouseTrouble, "{problem:?}");
    assert!(problem.title.starts_with("2 people wait"), "{problem:?}");
    assert!(
        problem.now.contains("UTC"),
        "it says until when: {problem:?}"
    );
    assert_eq!(early.outcome, Some(RunOutcome::Done), "all that was due");

    clock.0.store(300, Ordering::Relaxed);
    let sent = desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(sent.problem, None, "nothing waits any more: {sent:?}");
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        2,
        "both are there"
    );
}
