//! Order: pages and events may arrive in any order and more than once, and the mirror ends the same.

use crate::world::{at, candidate, empty};
use domain::ids::CandidateId;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use store::mirror::{Candidate, GoneAs};
use store::{Store, Tx};

/// Something that Greenhouse tells of one of three people.
#[derive(Debug, Clone)]
enum Told {
    Version { id: i64, updated: i64 },
    Deleted { id: i64 },
    Merged { id: i64, into: i64 },
}

fn told() -> impl Strategy<Value = Told> {
    let id = 801..=803_i64;
    prop_oneof![
        6 => (id.clone(), 1..20_i64).prop_map(|(id, updated)| Told::Version { id, updated }),
        1 => id.prop_map(|id| Told::Deleted { id }),
        1 => Just(Told::Merged { id: 801, into: 802 }),
    ]
}

fn apply(tx: &Tx<'_>, told: &Told) -> Result<(), store::StoreError> {
    match *told {
        Told::Version { id, updated } => {
            let version = Candidate {
                title: Some(format!("Title {updated}")),
                emails: vec![format!("v{updated}@example.org")],
                ..candidate(id, updated)
            };
            tx.mirror().put(&[version]).map(|_| ())
        }
        Told::Deleted { id } => tx
            .mirror()
            .mark_gone::<Candidate>(id, GoneAs::Deleted, at(50))
            .map(|_| ()),
        Told::Merged { id, into } => tx
            .mirror()
            .merge(CandidateId(id), CandidateId(into), at(50)),
    }
}

/// What a person looking at the mirror can tell.
fn seen(store: &Store) -> Vec<(Option<Candidate>, CandidateId)> {
    (801..=803)
        .map(|id| {
            let survivor = store.mirror().survivor(CandidateId(id)).unwrap();
            (store.mirror().find(id).unwrap(), survivor)
        })
        .collect()
}

fn mirror_of(all: &[Told]) -> Store {
    let mut store = empty();
    for one in all {
        store.transaction(|tx| apply(tx, one)).unwrap();
    }
    store
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(48))]

    #[test]
    fn any_order_and_any_repetition_end_the_same(
        all in prop::collection::vec(told(), 1..12),
        shuffle in any::<prop::sample::Index>(),
        twice in any::<bool>(),
    ) {
        let mut other = all.clone();
        let middle = shuffle.index(other.len());
        other.rotate_left(middle);
        other.reverse();
        if twice {
            other.extend(all.clone());
        }
        proptest::prop_assert_eq!(
            seen(&mirror_of(&all)),
            seen(&mirror_of(&other)),
            "what was told is what counts"
        );
    }
}
