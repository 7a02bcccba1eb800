//! The mapping: proposed, confirmed, proved, and taken back.

use crate::world::{ALL, RECRUITER, at, empty, map_recruiter, proposed, user};
use domain::ids::UserId;
use domain::mapping::{Clue, Evidence, Proposals};
use store::{
    Absent, MappingCounts, MappingFilter, MappingState, NewMember, Proof, Sharing, Store,
    UsersImport,
};

fn member(name: &str) -> NewMember {
    NewMember {
        name: name.into(),
        email: format!("{}@example.com", name.to_lowercase()),
        headhuntr_id: None,
    }
}

fn put(store: &mut Store, name: &str) -> i64 {
    store
        .transaction(|tx| tx.team().put(&member(name)))
        .unwrap()
        .id()
}

fn propose(store: &mut Store, proposals: &[(i64, i64, Evidence)]) {
    let proposals: Vec<Proposals> = proposals
        .iter()
        .map(|(member, account, evidence)| proposed(*member, UserId(*account), *evidence))
        .collect();
    store
        .transaction(|tx| tx.mapping().propose(&proposals))
        .unwrap();
}

/// A team of five, one in each place.
fn team() -> Store {
    let mut store = empty();
    let users = [user(7, "Ana"), user(8, "Bo"), user(9, "Cy")];
    let import = UsersImport {
        at: at(0),
        users: 3,
        looks_partial: false,
        payload: serde_json::json!({}),
    };
    store
        .transaction(|tx| {
            tx.users().stage(&users, &import)?;
            tx.users().apply_staged(Absent::Gone, at(0))
        })
        .unwrap();
    let ids: Vec<i64> = ["Ana", "Bo", "Cy", "Di", "Ed"]
        .map(|name| put(&mut store, name))
        .into();
    propose(
        &mut store,
        &[
            (ids[0], 7, Evidence::SameEmail),
            (ids[1], 8, Evidence::SameName),
            (ids[2], 9, Evidence::SameEmail),
        ],
    );
    store
        .transaction(|tx| {
            tx.mapping().confirm(ids[2], Sharing::Refused, at(1))?;
            tx.team().set_left_out(ids[4], true)
        })
        .unwrap();
    store
}

#[test]
fn everybody_is_counted_once() {
    let store = team();
    let expected = MappingCounts {
        team: 5,
        confirmed: 1,
        certain: 1,
        likely: 1,
        unmatched: 1,
        left_out: 1,
        broken: 0,
    };
    assert_eq!(
        store.mapping().counts().unwrap(),
        expected,
        "one in each place"
    );
    assert_eq!(store.mapping().certain().unwrap(), [1], "with one click");
}

#[test]
fn those_that_need_a_person_come_first() {
    let mut store = team();
    let names = |store: &Store, search: &str, filter| -> Vec<String> {
        let page = store.mapping().list(search, filter, ALL).unwrap();
        assert_eq!(
            page.rows.len(),
            page.total as usize,
            "one page holds them all"
        );
        page.rows.into_iter().map(|row| row.member.name).collect()
    };
    assert_eq!(
        names(&store, "", MappingFilter::All),
        ["Di", "Bo", "Ana", "Cy", "Ed"],
        "by need"
    );
    assert_eq!(
        names(&store, "", MappingFilter::Open),
        ["Di", "Bo", "Ana"],
        "what is open"
    );
    assert_eq!(
        names(&store, "", MappingFilter::Confirmed),
        ["Cy"],
        "what is confirmed"
    );
    assert_eq!(
        names(&store, "user8@", MappingFilter::All),
        ["Bo"],
        "by the account's address"
    );
    assert_eq!(
        names(&store, "%", MappingFilter::All).len(),
        0,
        "a percent sign is a percent sign"
    );
    store
        .transaction(|tx| tx.mapping().prove(3, Proof::Refused, None, at(2)))
        .unwrap();
    assert_eq!(
        names(&store, "", MappingFilter::All)[0],
        "Cy",
        "broken before all"
    );
    assert_eq!(store.mapping().counts().unwrap().broken, 1, "and counted");
}

#[test]
fn an_account_used_twice_is_seen() {
    let mut store = team();
    store
        .transaction(|tx| tx.mapping().set_by_hand(4, Some(UserId(9)), &[]))
        .unwrap();
    let rows = store
        .mapping()
        .list("", MappingFilter::All, ALL)
        .unwrap()
        .rows;
    let sharers = |name: &str| {
        rows.iter()
            .find(|row| row.member.name == name)
            .unwrap()
            .sharers
    };
    assert_eq!(
        (sharers("Cy"), sharers("Di"), sharers("Ana")),
        (1, 1, 0),
        "both of them"
    );
}

#[test]
fn proposing_again_keeps_what_a_person_did() {
    let mut store = team();
    store
        .transaction(|tx| tx.mapping().set_by_hand(4, Some(UserId(8)), &[]))
        .unwrap();
    propose(
        &mut store,
        &[(3, 7, Evidence::SameName), (4, 7, Evidence::SameName)],
    );
    let user = |member| {
        store
            .mapping()
            .find(member)
            .unwrap()
            .map(|mapping| mapping.user)
    };
    assert_eq!(user(3), Some(UserId(9)), "confirmed stays");
    assert_eq!(user(4), Some(UserId(8)), "typed stays");
    assert_eq!(
        (user(1), user(2)),
        (None, None),
        "what is proposed no more is gone"
    );
}

#[test]
fn another_account_has_to_be_confirmed_again() {
    let mut store = team();
    store
        .transaction(|tx| {
            tx.mapping().prove(3, Proof::Works, None, at(2))?;
            tx.mapping().set_by_hand(3, Some(UserId(7)), &[])
        })
        .unwrap();
    let mapping = store.mapping().find(3).unwrap().unwrap();
    assert_eq!(
        (mapping.state, mapping.proof),
        (MappingState::Proposed, Proof::Untried),
        "anew"
    );
}

#[test]
fn a_change_is_taken_back_whole() {
    let mut store = team();
    let before = store.mapping().list("", MappingFilter::All, ALL).unwrap();
    let added = store
        .transaction(|tx| {
            let mapping = tx.mapping();
            mapping.remember("Changed everybody", &[1, 2, 3, 4, 5], at(3))?;
            mapping.set_by_hand(1, None, &[])?;
            mapping.set_by_hand(3, Some(UserId(8)), &[])?;
            tx.team().set_left_out(5, false)?;
            tx.team().remove(2)?;
            let added = tx.team().put(&member("Flo"))?.id();
            mapping.remember_added("Changed everybody", &[added])?;
            Ok(added)
        })
        .unwrap();
    assert!(store.team().load(added).is_ok(), "it was a change");
    assert_eq!(
        store.mapping().undo_words().unwrap().as_deref(),
        Some("Changed everybody"),
        "named"
    );
    let words = store.transaction(|tx| tx.mapping().undo()).unwrap();
    assert_eq!(words.as_deref(), Some("Changed everybody"), "taken back");
    assert_eq!(
        store.mapping().list("", MappingFilter::All, ALL).unwrap(),
        before,
        "as it was"
    );
    assert_eq!(
        store.transaction(|tx| tx.mapping().undo()).unwrap(),
        None,
        "nothing is left"
    );
}

#[test]
fn only_the_latest_changes_can_be_taken_back() {
    let mut store = team();
    for second in 0..60 {
        store
            .transaction(|tx| tx.mapping().remember("Looked", &[1], at(second)))
            .unwrap();
    }
    let mut taken_back = 0;
    while store
        .transaction(|tx| tx.mapping().undo())
        .unwrap()
        .is_some()
    {
        taken_back += 1;
    }
    assert_eq!(taken_back, 50, "the stack does not grow for ever");
}

#[test]
fn the_same_address_is_the_same_member() {
    let mut store = empty();
    let first = put(&mut store, "Ana");
    let again = NewMember {
        name: " ".into(),
        email: " ANA@example.com".into(),
        headhuntr_id: Some("hu-1".into()),
    };
    let taken = store.transaction(|tx| tx.team().put(&again)).unwrap();
    assert_eq!(taken, store::Taken::Changed(first), "an id is news");
    let taken = store.transaction(|tx| tx.team().put(&again)).unwrap();
    assert_eq!(taken, store::Taken::Unchanged(first), "and only once");
    assert_eq!(
        store.team().load(first).unwrap().name,
        "Ana",
        "a missing name takes nothing away"
    );
}

#[test]
fn a_refused_account_is_broken_for_everybody() {
    let mut store = empty();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            tx.mapping().refuse_account(RECRUITER, None, at(2))
        })
        .unwrap();
    let row = store
        .mapping()
        .list("", MappingFilter::All, ALL)
        .unwrap()
        .rows
        .remove(0);
    assert!(row.is_broken(), "Greenhouse has the last word");
}

#[test]
fn two_people_on_one_account_are_never_an_accident() {
    let mut store = team();
    let share = |store: &mut Store, sharing| {
        store.transaction(|tx| {
            tx.mapping().set_by_hand(4, Some(UserId(9)), &[])?;
            tx.mapping().confirm(4, sharing, at(2))
        })
    };
    let error = share(&mut store, Sharing::Refused).unwrap_err();
    assert!(
        matches!(error, store::StoreError::AccountTaken { by: 3, .. }),
        "it says whose it is: {error}"
    );
    let user = share(&mut store, Sharing::Meant).unwrap();
    assert_eq!(user, UserId(9), "where both are meant");
}

#[test]
fn what_was_typed_is_confirmed_with_others_only_where_nothing_speaks_against_it() {
    let mut store = team();
    let certain = |store: &mut Store, user, clues: &[Clue]| {
        store
            .transaction(|tx| tx.mapping().set_by_hand(4, Some(UserId(user)), clues))
            .unwrap();
        store.mapping().certain().unwrap().contains(&4)
    };
    assert!(!certain(&mut store, 9, &[]), "somebody else's account");
    assert!(
        !certain(&mut store, 77, &[]),
        "an account that is not in the list"
    );
    store
        .transaction(|tx| {
            tx.team().remove(2)?;
            tx.mapping().set_by_hand(1, None, &[])
        })
        .unwrap();
    assert!(!certain(&mut store, 8, &[Clue::OtherName]), "another name");
    assert!(
        certain(&mut store, 8, &[Clue::SameEmail, Clue::SameName]),
        "nothing against it"
    );
}

#[test]
fn what_was_said_to_be_wrong_is_remembered_until_it_is_typed() {
    let mut store = team();
    store
        .transaction(|tx| {
            tx.mapping().remember("Cleared", &[1], at(3))?;
            tx.mapping().set_by_hand(1, None, &[])
        })
        .unwrap();
    assert_eq!(
        store.mapping().refused().unwrap(),
        [(1, UserId(7))],
        "not again"
    );
    store.transaction(|tx| tx.mapping().undo()).unwrap();
    assert_eq!(store.mapping().refused().unwrap(), [], "taken back");
    store
        .transaction(|tx| {
            tx.mapping().set_by_hand(1, None, &[])?;
            tx.mapping().set_by_hand(1, Some(UserId(7)), &[])
        })
        .unwrap();
    assert_eq!(store.mapping().refused().unwrap(), [], "typed after all");
}

#[test]
fn two_who_changed_places_change_back() {
    let mut store = team();
    let before = store.mapping().list("", MappingFilter::All, ALL).unwrap();
    store
        .transaction(|tx| {
            let mapping = tx.mapping();
            mapping.confirm(1, Sharing::Refused, at(2))?;
            mapping.remember("Changed places", &[1, 3], at(3))?;
            mapping.set_by_hand(1, None, &[])?;
            mapping.set_by_hand(3, Some(UserId(7)), &[])?;
            mapping.set_by_hand(1, Some(UserId(9)), &[])?;
            mapping.confirm(1, Sharing::Refused, at(3))?;
            mapping.confirm(3, Sharing::Refused, at(3)).map(drop)
        })
        .unwrap();
    store.transaction(|tx| tx.mapping().undo()).unwrap();
    let after = store.mapping().list("", MappingFilter::All, ALL).unwrap();
    let users = |page: &store::Page<store::MappingRow>| -> Vec<Option<UserId>> {
        let mut rows: Vec<_> = page.rows.iter().map(|it| (it.member.id, it.user)).collect();
        rows.sort();
        rows.into_iter().map(|it| it.1).collect()
    };
    assert_eq!(users(&after), users(&before), "as it was");
}

#[test]
fn changes_made_together_are_taken_back_together_and_push_out_few() {
    let mut store = empty();
    let id = put(&mut store, "Ana");
    let left_out = |store: &Store| store.team().left_out().unwrap() == [id];
    for time in 0..60 {
        store
            .transaction(|tx| {
                let before = tx.mapping().last_change()?;
                // Twice the same person, who stands first as they stood before.
                tx.mapping().remember("one", &[id, id], at(time))?;
                tx.team().set_left_out(id, time % 2 == 0)?;
                tx.mapping().remember("another", &[id], at(time))?;
                tx.mapping().join_changes_after(before)
            })
            .unwrap();
    }
    assert_eq!(
        store.mapping().undo_words().unwrap().as_deref(),
        Some("one, another")
    );
    for time in (12..60).rev() {
        assert_eq!(left_out(&store), time % 2 == 0, "after change {time}");
        let words = store.transaction(|tx| tx.mapping().undo()).unwrap();
        assert!(words.is_some(), "change {time} can be taken back");
    }
    assert!(!left_out(&store), "as after change 11");
}
