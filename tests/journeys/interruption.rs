//! The power goes at any moment of a sync, and between any two writes of a push: in the end there is exactly one of
//! everything, and the store is whole.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, made, somebody};
use crate::shelf;
use engine::call::RunKind;
use engine::view::RunOutcome;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata};

/// People sent, and power cuts on the way.
const PEOPLE: usize = 12;
const CUTS: u64 = 24;
/// However slow the machine.
const MOST_CUTS: u64 = 120;

#[test]
fn power_cuts_at_any_moment_leave_exactly_one_of_everything() {
    let greenhouse = tokio::runtime::Runtime::new().unwrap();
    let mut desk = greenhouse.block_on(async {
        let (desk, owner) = activated().await;
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| somebody(&format!("hh-{number}"), &owner))
            .collect();
        hand_over(&desk, &people).await;
        desk.engine.close().await;
        desk
    });
    let mut cut = 0;
    // On a slow machine sending begins later: it is cut until some of the cuts fell among it.
    while cut < CUTS || (cut < MOST_CUTS && desk.greenhouse.created().candidates.is_empty()) {
        let app = tokio::runtime::Runtime::new().unwrap();
        let engine = app.block_on(desk.another_engine());
        app.spawn(async move { engine.run(RunKind::Sync, false).await });
        // A little later each time, from before the first page to the middle of sending.
        std::thread::sleep(Duration::from_millis(15 + cut * 23));
        app.shutdown_timeout(Duration::from_secs(5));
        cut += 1;
    }
    let before = desk.greenhouse.created().candidates.len();
    assert!(before > 0, "the cuts fell among the sending");
    greenhouse.block_on(async {
        desk.restart().await;
        let run = desk.engine.run(RunKind::Sync, false).await.unwrap();
        assert_eq!(run.outcome, Some(RunOutcome::Done), "it goes on: {run:?}");
        assert_eq!(made(&desk), [PEOPLE; 6], "one of everything for each");
        let reader = shelf::look(&desk);
        assert_eq!(
            reader.ledger().people().unwrap() as usize,
            PEOPLE,
            "and each is on record"
        );
    });
}

/// Listens for where a push says it is, and has the power cut at the nth of these moments.
struct Power {
    nth: usize,
    passed: AtomicUsize,
    seen: Arc<Mutex<Vec<String>>>,
    cut: Arc<Notify>,
}

impl tracing::Subscriber for Power {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "engine::moment"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut name = Name(String::new());
        event.record(&mut name);
        self.seen.lock().unwrap().push(name.0);
        if self.passed.fetch_add(1, Ordering::SeqCst) == self.nth {
            self.cut.notify_one();
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Name(String);

impl Visit for Name {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "moment" {
            self.0 = format!("{value:?}");
        }
    }
}

/// Pushes on one thread, and drops everything at the nth moment; returns the moments that came.
fn push_until(desk: &Desk, nth: usize) -> Vec<String> {
    let (seen, cut) = (Arc::default(), Arc::new(Notify::new()));
    let power = Power {
        nth,
        passed: AtomicUsize::new(0),
        seen: Arc::clone(&seen),
        cut: Arc::clone(&cut),
    };
    let app = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let listening = tracing::subscriber::set_default(power);
    app.block_on(async {
        let engine = desk.another_engine().await;
        let went_on = tokio::select! {
            biased;
            () = cut.notified() => false,
            run = engine.run(RunKind::Push, false) => run.is_ok(),
        };
        if went_on {
            engine.close().await;
        }
    });
    drop(listening);
    app.shutdown_timeout(Duration::from_secs(5));
    let seen = seen.lock().unwrap();
    seen.clone()
}

#[test]
fn a_power_cut_between_any_two_writes_of_a_push_leaves_one_of_everything() {
    let greenhouse = tokio::runtime::Runtime::new().unwrap();
    let mut desk = greenhouse.block_on(async {
        let (desk, _) = activated().await;
        desk.engine.run(RunKind::Pull, false).await.unwrap();
        desk
    });
    let mut cut_at = std::collections::BTreeMap::<String, usize>::new();
    let mut people = 0;
    loop {
        greenhouse.block_on(async {
            let owner = shelf::owner(&desk).await.email;
            hand_over(&desk, &[somebody(&format!("hh-{people}"), &owner)]).await;
            desk.engine.close().await;
        });
        let moments = push_until(&desk, people);
        let whole = moments.len() <= people;
        people += 1;
        greenhouse.block_on(async {
            desk.restart().await;
            let run = desk.engine.run(RunKind::Push, false).await.unwrap();
            assert_eq!(
                run.outcome,
                Some(RunOutcome::Done),
                "cut at {:?}, it goes on: {run:?}",
                moments.last()
            );
        });
        assert_eq!(made(&desk), [people; 6], "cut at {:?}", moments.last());
        if whole {
            break;
        }
        *cut_at.entry(moments[people - 1].clone()).or_default() += 1;
    }
    // Six changes of one person, each of which is claimed, noted, answered and put down.
    for moment in ["Claimed", "Noted", "Answered", "PutDown"] {
        let cuts = cut_at.get(moment).copied().unwrap_or_default();
        assert!(cuts >= 6, "{moment} was cut at every change: {cut_at:?}");
    }
}
