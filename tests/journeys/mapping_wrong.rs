//! Wrong ATS ids, however they come: a slipped column, a swapped row, a slip of the finger.

use crate::desk::Desk;
use crate::handing::activated;
use crate::mapping::{row, with_team};
use domain::ids::UserId;
use domain::setup::{Reason, Step};
use engine::call::{MappingDecisions, MappingFilter, RunKind};
use engine::error::Code;
use engine::view::{DecidedMapping, MappingState, Proof};
use std::fmt::Write as _;

/// Writes the users as an export in which every id stands a row too high.
async fn slipped(desk: &Desk) -> String {
    let users = desk.engine.list_users("", 0, 500).await.unwrap().rows;
    let mut ids: Vec<UserId> = users.iter().map(|it| it.id).collect();
    ids.rotate_left(1);
    let mut text = String::from("User ID,Name,Email,Status,Site Admin\n");
    for (user, id) in users.iter().zip(ids) {
        let status = if user.deactivated {
            "Deactivated"
        } else {
            "Active"
        };
        let email = user.email.as_deref().unwrap_or_default();
        writeln!(text, "{id},{},{email},{status},Yes", user.name).unwrap();
    }
    let path = desk.samples.team.with_file_name("slipped.csv");
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

#[tokio::test]
async fn ids_that_had_slipped_are_held_once_greenhouse_says_whose_they_are() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let right = row(&desk, "Maya").await.user;
    let wrong = slipped(&desk).await;
    desk.engine.import_users(&wrong).await.unwrap();
    desk.engine.apply_users().await.unwrap();
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await;
    assert_ne!(
        maya.user, right,
        "the export says so, and nothing else is known"
    );
    assert_eq!(
        (maya.state, maya.proof),
        (MappingState::Confirmed, Proof::Works),
        "somebody may be acted for: somebody else"
    );
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let maya = row(&desk, "Maya").await;
    assert_eq!(
        (maya.state, maya.problem.map(|it| it.code)),
        (MappingState::Confirmed, Some(Code::ActingUserUnknown)),
        "what a person decided stays, and is held"
    );
    desk.engine.remove_member(maya.member).await.unwrap();
    desk.engine.undo_mapping().await.unwrap();
    let back = row(&desk, "Maya").await;
    assert_eq!(
        back.problem.map(|it| it.code),
        Some(Code::ActingUserUnknown),
        "taking a change back brings nothing back that no longer holds"
    );
    let reasons = desk.step(Step::Mapping).await.reasons;
    assert!(
        reasons
            .iter()
            .any(|it| matches!(it, Reason::MappingBroken { .. })),
        "the step needs attention: {reasons:?}"
    );
    desk.engine.reset_mapping(&[]).await.unwrap();
    let view = desk.engine.confirm_mapping(&[]).await.unwrap();
    assert_eq!(view.broken, 0, "begun anew: {view:?}");
    let maya = row(&desk, "Maya").await;
    assert_eq!(maya.user, right, "and now it is Maya");
}

#[tokio::test]
async fn what_was_typed_is_seen_with_what_is_known_now() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let good = desk.samples.user_export.to_string_lossy().into_owned();
    let wrong = slipped(&desk).await;
    desk.engine.import_users(&wrong).await.unwrap();
    desk.engine.apply_users().await.unwrap();
    let maya = row(&desk, "Maya").await;
    desk.engine
        .set_mapping(maya.member, maya.user)
        .await
        .unwrap();
    desk.engine.import_users(&good).await.unwrap();
    desk.engine.apply_users().await.unwrap();
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let now = row(&desk, "Maya").await;
    assert_eq!(now.user, maya.user, "what was typed stays");
    assert_eq!(
        now.state,
        MappingState::Proposed,
        "and is not among the certain any more"
    );
    assert!(now.doubt.is_some(), "what speaks against it is said");
}

#[tokio::test]
async fn what_everything_speaks_against_is_confirmed_in_one_go_only_on_purpose() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let (maya, kwame) = (row(&desk, "Maya").await, row(&desk, "Kwame").await);
    let swapped = MappingDecisions {
        set: vec![
            (maya.email.clone(), kwame.user.unwrap()),
            (kwame.email.clone(), maya.user.unwrap()),
        ],
        confirm: true,
        ..MappingDecisions::default()
    };
    let before = desk.engine.mapping().await.unwrap();
    let error = desk
        .engine
        .decide_mapping(swapped.clone())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::MappingDoubtful);
    let title = error.problem().title;
    assert!(title.contains("account"), "it is said whose: {title}");
    assert_eq!(
        desk.engine.mapping().await.unwrap(),
        before,
        "nothing was changed"
    );
    let meant = MappingDecisions {
        doubtful: true,
        ..swapped
    };
    let view = desk.engine.decide_mapping(meant).await.unwrap().view;
    assert_eq!((view.confirmed, view.broken), (2, 0), "it was meant");
    let doubt = row(&desk, "Maya").await.doubt;
    assert!(doubt.is_some(), "and the doubt stays in sight");
}

#[tokio::test]
async fn an_account_chosen_on_purpose_is_held_once_it_is_handed_on() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let (maya, kwame) = (row(&desk, "Maya").await, row(&desk, "Kwame").await);
    let account = kwame.user.unwrap();
    let meant = MappingDecisions {
        set: vec![(maya.email, account)],
        confirm: true,
        doubtful: true,
        ..MappingDecisions::default()
    };
    desk.engine.decide_mapping(meant).await.unwrap();
    let held = async |name: &str, email: &str| {
        let text =
            format!("User ID,Name,Email,Status,Site Admin\n{account},{name},{email},Active,Yes\n");
        let path = desk.folder.path().join("handed-on.csv");
        std::fs::write(&path, text).unwrap();
        let path = path.to_string_lossy();
        desk.engine.import_users(&path).await.unwrap();
        desk.engine.apply_users().await.unwrap();
        row(&desk, "Maya").await.problem.map(|it| it.code)
    };
    let name = kwame.user_name.unwrap();
    assert_eq!(held(&name, "other@example.org").await, None, "still Kwame");
    assert_eq!(
        held("Ines Duarte", "ines@example.org").await,
        Some(Code::ActingUserUnknown),
        "Kwame was meant, and not Ines"
    );
}

/// Takes in a list of the team, written as a file.
async fn list(desk: &Desk, text: &str) -> DecidedMapping {
    let path = desk.folder.path().join("list.csv");
    std::fs::write(&path, text).unwrap();
    let path = path.to_string_lossy();
    desk.engine.import_team(&path).await.unwrap()
}

#[tokio::test]
async fn a_list_replaces_nothing_that_a_person_confirmed() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let (maya, kwame) = (row(&desk, "Maya").await, row(&desk, "Kwame").await);
    let text = format!(
        "Name,Email,ATS id\n{},{},{}\n",
        maya.name,
        maya.email,
        kwame.user.unwrap()
    );
    let view = list(&desk, &text).await.view;
    assert_eq!(row(&desk, "Maya").await, maya, "she stays confirmed");
    let said = &view.problems[0].title;
    assert!(said.contains("stays confirmed"), "which is said: {said}");
}

#[tokio::test]
async fn an_address_that_is_another_persons_now_is_held() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await;
    let text = format!(
        "Name,Email,Headhuntr user id\nInes Duarte,{},hh-u-99\n",
        maya.email
    );
    list(&desk, &text).await;
    let ines = row(&desk, "Ines").await;
    assert_eq!(
        ines.state,
        MappingState::Confirmed,
        "what was decided stays"
    );
    let problem = ines.problem.unwrap();
    assert_eq!(problem.code, Code::ActingUserUnknown, "and is held");
    assert!(problem.title.contains("Ines Duarte"), "{problem:?}");
    desk.engine
        .set_mapping(ines.member, ines.user)
        .await
        .unwrap();
    desk.engine.confirm_mapping(&[ines.member]).await.unwrap();
    assert_eq!(row(&desk, "Ines").await.problem, None, "it was meant");
}

#[tokio::test]
async fn whose_address_is_another_account_is_never_certain_nor_confirmed_unseen() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let (maya, kwame) = (row(&desk, "Maya").await, row(&desk, "Kwame").await);
    let slipped = format!("{}\t{}\t{}\n", kwame.name, maya.email, kwame.user.unwrap());
    let engine = &desk.engine;
    let preview = engine
        .preview_paste(&slipped, "", MappingFilter::All, None)
        .await
        .unwrap();
    let unseen = MappingDecisions {
        pasted: preview.changes(),
        confirm: true,
        ..MappingDecisions::default()
    };
    let error = engine.decide_mapping(unseen).await.unwrap_err();
    assert_eq!(error.code, Code::MappingDoubtful);
    assert_eq!(row(&desk, "Maya").await, maya, "nothing was changed");
    engine.set_mapping(maya.member, kwame.user).await.unwrap();
    engine.confirm_mapping(&[]).await.unwrap();
    let typed = row(&desk, "Maya").await;
    assert_eq!(typed.state, MappingState::Proposed, "not among the certain");
}

#[tokio::test]
async fn an_account_typed_for_nobody_known_is_not_among_the_certain() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine
        .add_member("Nobody", "nobody@example.org")
        .await
        .unwrap();
    let (nobody, maya) = (row(&desk, "Nobody").await, row(&desk, "Yuki").await);
    desk.engine
        .set_mapping(nobody.member, maya.user)
        .await
        .unwrap();
    desk.engine.leave_out(&[maya.member], true).await.unwrap();
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let nobody = row(&desk, "Nobody").await;
    assert_eq!(
        nobody.state,
        MappingState::Proposed,
        "nothing speaks for it, so it is looked at by itself"
    );
}

#[tokio::test]
async fn after_a_change_activating_again_asks_for_another_look() {
    let (desk, _) = activated().await;
    let yuki = row(&desk, "Yuki").await;
    desk.engine.leave_out(&[yuki.member], true).await.unwrap();
    let error = desk.engine.activate().await.unwrap_err();
    assert_eq!(error.code, Code::NotReady, "as the first time");
}

#[tokio::test]
async fn an_id_of_two_people_is_nobodys() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Users).await;
    let path = desk.samples.team.with_file_name("twice.csv");
    let text = "User ID,Name,Email,Status,Site Admin\n\
                4100000901,Maya Lindqvist,maya.lindqvist@northmoor.example.com,Active,Yes\n\
                4100000902,Yuki Tanaka,yuki.tanaka@northmoor.example.com,Active,Yes\n\
                4100000901,Kwame Mensah,kwame.mensah@northmoor.example.com,Active,No\n";
    std::fs::write(&path, text).unwrap();
    for _ in 0..2 {
        let users = desk.engine.import_users(&path.to_string_lossy()).await;
        let applied = users.unwrap().applied.unwrap();
        assert_eq!(applied.total, 1, "only Yuki is told without doubt");
        let listed = desk.engine.list_users("", 0, 10).await.unwrap();
        let ids: Vec<i64> = listed.rows.iter().map(|it| it.id.get()).collect();
        assert_eq!(ids, [4_100_000_902], "and only Yuki can be proposed");
    }
}
