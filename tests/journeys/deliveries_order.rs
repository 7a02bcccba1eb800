//! Deliveries in any order, some of them twice, end in the same mirror as a pull.

use crate::desk::Desk;
use crate::pull_again::{holds_everybody, unlimited};
use crate::relay::{Relay, send};
use crate::tunnel::Place;
use domain::ids::ApplicationId;
use domain::setup::Step;
use engine::call::RunKind;
use std::time::Duration;
use store::mirror::{Application, Candidate};

const ACTIONS: [&str; 6] = [
    "reject_candidate",
    "unreject_candidate",
    "unhire_candidate",
    "merge_candidate",
    "delete_candidate",
    "delete_application",
];

/// A made-up order that is the same at each run.
struct Order(u64);

impl Order {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

async fn place() -> Place {
    let place = Place {
        desk: Desk::with(unlimited(120)).await,
        relay: Relay::open().await,
    };
    place.desk.set_up_until(Step::Users).await;
    place.lead().await;
    place.live().await;
    for action in ACTIONS {
        place.add(action).await;
    }
    place
}

/// Does something in Greenhouse, if it can be done.
fn act(place: &Place, order: &mut Order, applications: &[ApplicationId]) {
    let greenhouse = &place.desk.greenhouse;
    let id = applications[order.next(applications.len())];
    let people = greenhouse.world().candidates;
    let [one, other] = [order.next(people.len()), order.next(people.len())].map(|it| people[it].id);
    // What Greenhouse refuses (to hire who is hired, to move who is gone) has not happened.
    match order.next(9) {
        0 | 1 => drop(greenhouse.move_application(id, None)),
        2 => drop(greenhouse.hire(id)),
        3 => drop(greenhouse.reject(id, None)),
        4 => drop(greenhouse.unreject(id)),
        5 => drop(greenhouse.unhire(id)),
        6 => drop(greenhouse.delete_application(id)),
        7 if one != other => drop(greenhouse.merge(one, other)),
        _ => drop(greenhouse.delete_candidate(one)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_in_any_order_end_as_a_pull_does() {
    for seed in [3, 2_026] {
        let place = place().await;
        let engine = &place.desk.engine;
        engine.run(RunKind::Pull, false).await.unwrap();
        let door = place.door(&place.view().await);
        let world = place.desk.greenhouse.world();
        let applications: Vec<ApplicationId> =
            world.applications.iter().take(8).map(|it| it.id).collect();
        let mut order = Order(seed);
        place.relay.hold();
        for _ in 0..40 {
            act(&place, &mut order, &applications);
            // Two things in one millisecond are in no order at all.
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
        place.desk.greenhouse.deliveries_settled().await;
        let mut caught = place.relay.take();
        assert!(caught.len() > 10, "much was told: {}", caught.len());
        while !caught.is_empty() {
            let call = caught.swap_remove(order.next(caught.len()));
            assert_eq!(send(door, &call).await, 200, "each is signed");
            if order.next(3) == 0 {
                assert_eq!(send(door, &call).await, 200, "some come twice");
            }
        }
        place.settle().await;
        gone_as_in_greenhouse(&place);
        engine.run(RunKind::Pull, false).await.unwrap();
        holds_everybody(&place.desk);
        statuses_as_in_greenhouse(&place);
    }
}

fn gone_as_in_greenhouse(place: &Place) {
    let reader = place.reader();
    let world = place.desk.greenhouse.world();
    let people = reader.mirror().ids_after::<Candidate>(0, 10_000).unwrap();
    let there: Vec<i64> = world.candidates.iter().map(|it| it.id.get()).collect();
    let left: Vec<_> = people.iter().filter(|id| !there.contains(id)).collect();
    assert!(
        left.is_empty(),
        "who was deleted or merged is gone: {left:?}"
    );
}

fn statuses_as_in_greenhouse(place: &Place) {
    let reader = place.reader();
    let world = place.desk.greenhouse.world();
    for application in &world.applications {
        let kept: Application = reader.mirror().find(application.id.get()).unwrap().unwrap();
        let status = application.status.as_ref().map(|it| it.query_word());
        assert_eq!(Some(kept.status.as_str()), status, "{}", application.id);
        assert_eq!(
            kept.rejected_at, application.rejected_at,
            "{}",
            application.id
        );
        assert_eq!(
            Some(kept.candidate_id),
            application.candidate_id,
            "whose it is"
        );
    }
    let count = reader.mirror().count::<Application>().unwrap();
    assert_eq!(count as usize, world.applications.len(), "and no other");
}
