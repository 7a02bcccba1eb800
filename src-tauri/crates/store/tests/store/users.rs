//! Greenhouse's users: an import waits until it is applied, and a newer word outweighs an older.

use crate::world::{ALL, RECRUITER, at, empty, map_recruiter, user};
use domain::ids::{UserEmailId, UserId};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest,
};
use proptest::{collection, sample};
use serde_json::json;
use store::mirror::UserEmail;
use store::{Absent, GhUser, ImportSlot, Store, UsersImport, UsersSource};

fn stage(store: &mut Store, users: &[GhUser]) {
    let import = UsersImport {
        at: at(1),
        users: u32::try_from(users.len()).unwrap(),
        looks_partial: false,
        payload: json!({"file": "users.xlsx"}),
    };
    store
        .transaction(|tx| tx.users().stage(users, &import))
        .unwrap();
}

fn apply(store: &mut Store, users: &[GhUser], absent: Absent) {
    stage(store, users);
    assert!(
        store
            .transaction(|tx| tx.users().apply_staged(absent, at(2)))
            .unwrap(),
        "it waited"
    );
}

fn names(store: &Store, search: &str) -> Vec<String> {
    let page = store.users().list(search, ALL).unwrap();
    assert_eq!(
        page.rows.len(),
        page.total as usize,
        "one page holds them all"
    );
    page.rows.into_iter().map(|row| row.user.name).collect()
}

#[test]
fn an_import_waits_until_it_is_applied() {
    let mut store = empty();
    stage(&mut store, &[user(7, "Ana")]);
    assert!(names(&store, "").is_empty(), "nothing is in use");
    let waiting = store.users().import(ImportSlot::Waiting).unwrap().unwrap();
    assert_eq!(
        waiting.payload,
        json!({"file": "users.xlsx"}),
        "what was noted of it"
    );
    assert!(
        store
            .transaction(|tx| tx.users().apply_staged(Absent::Gone, at(2)))
            .unwrap(),
        "applied"
    );
    assert_eq!(names(&store, ""), ["Ana"], "in use");
    assert!(
        store.users().import(ImportSlot::Waiting).unwrap().is_none(),
        "nothing waits"
    );
    assert!(
        store.users().import(ImportSlot::Applied).unwrap().is_some(),
        "this is in use"
    );
    let again = store
        .transaction(|tx| tx.users().apply_staged(Absent::Gone, at(3)))
        .unwrap();
    assert!(!again, "there is nothing to apply");
}

#[test]
fn an_import_can_be_dropped() {
    let mut store = empty();
    apply(&mut store, &[user(7, "Ana")], Absent::Gone);
    stage(&mut store, &[user(8, "Bo")]);
    store.transaction(|tx| tx.users().discard_staged()).unwrap();
    assert_eq!(
        store.users().diff(10).unwrap(),
        store::UsersDiff::default(),
        "nothing waits"
    );
    assert_eq!(names(&store, ""), ["Ana"], "what is in use stays");
}

#[test]
fn a_diff_says_what_would_change() {
    let mut store = empty();
    store
        .transaction(|tx| {
            map_recruiter(tx);
            Ok(())
        })
        .unwrap();
    apply(
        &mut store,
        &[
            user(7, "Ana"),
            user(8, "Bo"),
            user(9, "Cy"),
            user(RECRUITER.0, "Rosa"),
        ],
        Absent::Gone,
    );
    let deactivated = GhUser {
        deactivated: true,
        ..user(8, "Bo")
    };
    stage(&mut store, &[user(7, "Ana"), deactivated, user(10, "Di")]);
    let diff = store.users().diff(10).unwrap();
    assert_eq!((diff.added, diff.changed, diff.gone), (1, 1, 2), "counted");
    let ids: Vec<i64> = diff
        .changes
        .iter()
        .map(|c| c.before.as_ref().or(c.after.as_ref()).unwrap().id.0)
        .collect();
    assert_eq!(
        ids,
        [RECRUITER.0, 8, 9, 10],
        "those who are mapped first, then by name"
    );
    assert!(
        diff.changes[0].is_mapped && diff.changes[0].after.is_none(),
        "she would be missed"
    );
    let short = store.users().diff(1).unwrap();
    assert_eq!(short.changes.len(), 1, "as many as asked for");
    let none = store.users().diff(0).unwrap();
    assert_eq!(none.mapped_gone, 1, "counted whatever is listed");
}

#[test]
fn a_silent_column_changes_nothing() {
    let mut store = empty();
    let known = GhUser {
        site_admin: Some(true),
        ..user(7, "Ana")
    };
    apply(&mut store, std::slice::from_ref(&known), Absent::Gone);
    let silent = GhUser {
        email: None,
        ..user(7, "Ana")
    };
    stage(&mut store, &[silent]);
    assert_eq!(
        store.users().diff(9).unwrap().changed,
        0,
        "nothing was said"
    );
    store
        .transaction(|tx| tx.users().apply_staged(Absent::Gone, at(3)))
        .unwrap();
    let kept = store.users().find(UserId(7)).unwrap().unwrap();
    assert_eq!(
        (kept.site_admin, kept.email),
        (known.site_admin, known.email),
        "so it is kept"
    );
}

#[test]
fn a_partial_import_makes_nobody_gone() {
    let mut store = empty();
    apply(&mut store, &[user(7, "Ana"), user(8, "Bo")], Absent::Gone);
    apply(&mut store, &[user(8, "Bo")], Absent::Kept);
    assert_eq!(names(&store, ""), ["Ana", "Bo"], "both are kept");
    apply(&mut store, &[user(8, "Bo")], Absent::Gone);
    assert_eq!(names(&store, ""), ["Bo"], "a whole one tells who is gone");
    assert!(
        store.users().find(UserId(7)).unwrap().is_some(),
        "but not forgotten"
    );
}

#[test]
fn a_newer_word_outweighs_an_older() {
    let mut store = empty();
    apply(&mut store, &[user(7, "Ana")], Absent::Gone);
    let live = |name: &str, second| GhUser {
        source: UsersSource::Live,
        updated_at: Some(at(second)),
        ..user(7, name)
    };
    let put = |store: &mut Store, user| {
        store
            .transaction(|tx| tx.users().put_live(&[user]))
            .unwrap()
    };
    assert_eq!(
        put(&mut store, live("Ana B", 5)),
        1,
        "Greenhouse itself knows better"
    );
    assert_eq!(
        put(&mut store, live("Ana A", 4)),
        0,
        "an older page does not"
    );
    assert_eq!(names(&store, ""), ["Ana B"], "the latest");
    assert_eq!(
        store.users().counts().unwrap(),
        (1, 1),
        "one, who can log in"
    );
}

#[test]
fn users_are_found_by_anything() {
    let mut store = empty();
    apply(
        &mut store,
        &[user(700, "Ana"), user(800, "Bo")],
        Absent::Gone,
    );
    for search in ["an", "USER700@", " 700 "] {
        assert_eq!(names(&store, search), ["Ana"], "by {search:?}");
    }
    assert!(
        names(&store, "100%").is_empty(),
        "a percent sign is a percent sign"
    );
}

#[test]
fn an_account_has_every_address() {
    let mut store = empty();
    let two = GhUser {
        emails: vec!["user7@example.com".into(), "b@example.com".into()],
        ..user(7, "Ana")
    };
    apply(&mut store, &[two], Absent::Gone);
    let other = UserEmail {
        id: UserEmailId(1),
        created_at: None,
        updated_at: None,
        user_id: UserId(7),
        email: "c@example.com".into(),
        verified: Some(true),
        raw: "{}".into(),
    };
    store.transaction(|tx| tx.mirror().put(&[other])).unwrap();
    let accounts = store.users().accounts().unwrap();
    let expected = ["user7@example.com", "b@example.com", "c@example.com"];
    let emails: Vec<&str> = accounts[0]
        .addresses
        .iter()
        .map(|it| it.email.as_str())
        .collect();
    assert_eq!(emails, expected, "the main one first, each once");
}

#[test]
fn an_address_that_was_taken_away_is_nobodys() {
    let mut store = empty();
    let of = |id, email: &str| UserEmail {
        id: UserEmailId(id),
        created_at: None,
        updated_at: None,
        user_id: UserId(7),
        email: email.into(),
        verified: Some(true),
        raw: "{}".into(),
    };
    let live = GhUser {
        email: Some("zed@example.com".into()),
        emails: vec!["zed@example.com".into(), "zed.zorn@example.org".into()],
        source: UsersSource::Live,
        updated_at: Some(at(5)),
        ..user(7, "Zed")
    };
    let records = [of(1, "ana@example.com"), of(2, "zed.zorn@example.org")];
    store
        .transaction(|tx| {
            tx.users().put_live(&[live])?;
            tx.mirror().put(&records)
        })
        .unwrap();
    let account = store.users().account(UserId(7)).unwrap().unwrap();
    let known: Vec<_> = account
        .addresses
        .iter()
        .map(|it| (it.email.as_str(), it.verified))
        .collect();
    assert_eq!(
        known,
        [("zed@example.com", true), ("zed.zorn@example.org", true)],
        "Greenhouse lists what is theirs"
    );
}

#[test]
fn what_the_export_said_is_known_until_the_next_one() {
    let mut store = empty();
    apply(&mut store, &[user(7, "Ana")], Absent::Gone);
    let exported = |store: &Store| store.users().accounts().unwrap()[0].exported.clone();
    assert_eq!(exported(&store), None, "nothing to compare with");
    let live = GhUser {
        email: Some("ana.new@example.com".into()),
        deactivated: true,
        source: UsersSource::Live,
        updated_at: Some(at(5)),
        ..user(7, "Ana")
    };
    store
        .transaction(|tx| tx.users().put_live(&[live]))
        .unwrap();
    let before = user(7, "Ana");
    let kept = exported(&store).unwrap();
    assert_eq!(
        (kept.email, kept.deactivated),
        (before.email, false),
        "as in the export"
    );
    apply(&mut store, &[user(7, "Ana")], Absent::Gone);
    assert_eq!(exported(&store), None, "a new export says it anew");
}

/// Some users in any order: who they are, what they are called, whether they left.
fn some_users() -> impl Strategy<Value = Vec<GhUser>> {
    let one = (
        4_000i64..4_020,
        "[A-C]",
        any::<bool>(),
        any::<Option<bool>>(),
    );
    let users = collection::btree_map(0..20usize, one, 1..12).prop_map(|users| {
        let mut by_id = std::collections::BTreeMap::new();
        for (id, name, deactivated, site_admin) in users.into_values() {
            let user = GhUser {
                deactivated,
                site_admin,
                ..user(id, &name)
            };
            by_id.insert(id, user);
        }
        by_id.into_values().collect::<Vec<_>>()
    });
    users
        .prop_flat_map(|users| {
            let count = users.len();
            (Just(users), collection::vec(any::<u32>(), count))
        })
        .prop_map(|(users, order)| {
            let mut ordered: Vec<_> = order.into_iter().zip(users).collect();
            ordered.sort_by_key(|(place, _)| *place);
            ordered.into_iter().map(|(_, user)| user).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_confirmed_mapping_survives_any_imports(
        imports in collection::vec((some_users(), sample::select(vec![Absent::Gone, Absent::Kept])), 1..5)
    ) {
        let mut store = empty();
        store.transaction(|tx| { map_recruiter(tx); Ok(()) }).unwrap();
        let confirmed = |store: &Store| -> Vec<_> {
            let mappings = store.mapping().confirmed().unwrap();
            mappings.into_iter().map(|it| (it.member, it.user)).collect()
        };
        let before = confirmed(&store);
        for (users, absent) in imports {
            apply(&mut store, &users, absent);
            prop_assert_eq!(confirmed(&store), before.clone());
        }
    }

    #[test]
    fn the_same_import_again_changes_nothing(users in some_users(), others in some_users()) {
        let mut store = empty();
        apply(&mut store, &others, Absent::Gone);
        apply(&mut store, &users, Absent::Gone);
        let before = store.users().list("", ALL).unwrap();
        let mut again = users;
        again.reverse();
        stage(&mut store, &again);
        let diff = store.users().diff(10).unwrap();
        prop_assert!(diff.changes.is_empty() && diff.added + diff.changed + diff.gone == 0);
        apply(&mut store, &again, Absent::Gone);
        prop_assert_eq!(store.users().list("", ALL).unwrap(), before);
    }
}

#[test]
fn a_partial_import_says_nobody_is_gone() {
    let mut store = empty();
    apply(&mut store, &[user(7, "Ana"), user(8, "Bo")], Absent::Gone);
    let import = UsersImport {
        at: at(3),
        users: 1,
        looks_partial: true,
        payload: json!({}),
    };
    store
        .transaction(|tx| tx.users().stage(&[user(7, "Ana")], &import))
        .unwrap();
    assert_eq!(
        store.users().diff(10).unwrap().gone,
        0,
        "whom it lacks is kept, so it says so"
    );
}
