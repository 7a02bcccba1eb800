//! Step 5: proposals with their reason, proofs that mean something, and a way back from every change.

use crate::desk::Desk;
use crate::handing::{activated, hand_over, somebody};
use domain::ids::UserId;
use domain::mapping::Evidence;
use domain::setup::{Reason, Step, StepState};
use engine::call::{MappingDecisions, MappingFilter, RunKind};
use engine::error::Code;
use engine::view::{MappingRow, MappingState, Proof};
use simulator::{FaultKind, NewFault, RefusedSub};

/// Returns the table.
pub async fn rows(desk: &Desk) -> Vec<MappingRow> {
    let page = desk
        .engine
        .list_mapping("", MappingFilter::All, 0, 100)
        .await
        .unwrap();
    page.rows
}

/// Returns the row of whoever has this in their name.
pub async fn row(desk: &Desk, name: &str) -> MappingRow {
    let found = rows(desk)
        .await
        .into_iter()
        .find(|it| it.name.contains(name));
    found.unwrap()
}

/// Takes in the sample team.
pub async fn with_team(desk: &Desk) {
    desk.set_up_until(Step::Mapping).await;
    let team = desk.samples.team.to_string_lossy();
    desk.engine.import_team(&team).await.unwrap();
}

#[tokio::test]
async fn the_team_is_proposed_by_address_and_never_guessed() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let view = desk.engine.mapping().await.unwrap();
    assert_eq!(
        (view.team, view.certain, view.confirmed),
        (5, 3, 0),
        "{view:?}"
    );
    let maya = row(&desk, "Maya").await;
    assert_eq!(
        (maya.state, maya.evidence),
        (MappingState::Proposed, Some(Evidence::SameEmail))
    );
    assert_eq!(maya.headhuntr_id.as_deref(), Some("hh-user-01"));
    let amara = row(&desk, "Amara").await;
    assert_eq!(
        (amara.state, amara.user),
        (MappingState::Unmatched, None),
        "her address changed"
    );
    let piotr = row(&desk, "Piotr").await;
    assert_eq!(piotr.user, None, "a deactivated account is never proposed");
    assert_eq!(
        desk.step(Step::Mapping).await.state,
        StepState::ToDo,
        "proposals are no mapping"
    );
}

#[tokio::test]
async fn confirming_proves_each_with_greenhouse() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let view = desk.engine.confirm_mapping(&[]).await.unwrap();
    assert_eq!((view.confirmed, view.broken), (3, 0));
    for row in rows(&desk)
        .await
        .iter()
        .filter(|it| it.state == MappingState::Confirmed)
    {
        assert_eq!(
            (row.proof, row.proved_at.is_some()),
            (Proof::Works, true),
            "{row:?}"
        );
    }
    let step = desk.step(Step::Mapping).await;
    assert_eq!(
        (step.state, step.reasons),
        (StepState::InWork, vec![Reason::Unmapped { count: 2 }])
    );
}

#[tokio::test]
async fn an_id_by_hand_is_confirmed_and_proved_like_any_other() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let okafor = desk.engine.list_users("Okafor", 0, 5).await.unwrap().rows[0].id;
    let amara = row(&desk, "Amara").await.member;
    desk.engine.set_mapping(amara, Some(okafor)).await.unwrap();
    let set = row(&desk, "Amara").await;
    assert_eq!(
        (set.state, set.evidence),
        (MappingState::Proposed, Some(Evidence::ByHand))
    );
    desk.engine.confirm_mapping(&[amara]).await.unwrap();
    assert_eq!(row(&desk, "Amara").await.proof, Proof::Works);

    let error = desk
        .engine
        .set_mapping(amara, Some(UserId(0)))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::InputInvalid);
    let error = desk
        .engine
        .set_mapping(4_711, Some(okafor))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}

#[tokio::test]
async fn an_account_that_may_not_be_acted_for_is_refused_however_greenhouse_says_it() {
    for refused_sub in [
        RefusedSub::InvalidGrant,
        RefusedSub::UnauthorizedClient,
        RefusedSub::Forbidden,
    ] {
        let desk = Desk::open().await;
        desk.greenhouse
            .change_quirks(|it| it.refused_sub = refused_sub);
        with_team(&desk).await;
        let amara = row(&desk, "Amara").await.member;
        desk.engine
            .set_mapping(amara, Some(UserId(999_999_999)))
            .await
            .unwrap();
        let unknown = row(&desk, "Amara").await.problem;
        assert_eq!(
            unknown.unwrap().code,
            Code::ActingUserUnknown,
            "said before it is confirmed"
        );
        desk.engine.confirm_mapping(&[amara]).await.unwrap();
        let after = row(&desk, "Amara").await;
        assert_eq!(after.proof, Proof::Refused, "{refused_sub:?}");
        assert_eq!(
            after.problem.unwrap().code,
            Code::ActingUserUnknown,
            "{refused_sub:?}"
        );
        assert_eq!(
            desk.engine.mapping().await.unwrap().broken,
            1,
            "{refused_sub:?}"
        );
        let credential = desk.engine.credential().await.unwrap();
        assert_eq!(
            credential.problem, None,
            "{refused_sub:?}: it is not the credential's fault"
        );
    }
}

#[tokio::test]
async fn somebody_deactivated_is_named_as_that() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let left = desk.engine.list_users("Piotr", 0, 5).await.unwrap().rows[0].id;
    let piotr = row(&desk, "Piotr").await.member;
    desk.engine.set_mapping(piotr, Some(left)).await.unwrap();
    let refused = desk.engine.confirm_mapping(&[piotr]).await.unwrap_err();
    assert_eq!(refused.code, Code::ActingUserDeactivated, "not by hand");
    assert!(
        refused.problem().title.contains("Piotr"),
        "by name: {refused}"
    );
    assert!(
        desk.engine.confirm_shared(piotr).await.is_err(),
        "nor as one of two"
    );
    let after = row(&desk, "Piotr").await;
    assert_eq!(after.state, MappingState::Proposed, "nothing has changed");
    assert_eq!(after.problem.unwrap().code, Code::ActingUserDeactivated);
}

#[tokio::test]
async fn somebody_deactivated_after_being_confirmed_comes_first() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await;
    desk.greenhouse.deactivate_user(maya.user.unwrap()).unwrap();
    desk.engine.read_users_live().await.unwrap();
    desk.engine.apply_users().await.unwrap();
    let step = desk.step(Step::Mapping).await;
    assert!(
        step.reasons.contains(&Reason::MappingBroken { count: 1 }),
        "{:?}",
        step.reasons
    );
    assert_eq!(
        rows(&desk).await[0].member,
        maya.member,
        "what needs a person comes first"
    );
}

#[tokio::test]
async fn one_account_for_two_is_named() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let maya = row(&desk, "Maya").await;
    let amara = row(&desk, "Amara").await.member;
    desk.engine.set_mapping(amara, maya.user).await.unwrap();
    for name in ["Maya", "Amara"] {
        let problem = row(&desk, name).await.problem;
        assert_eq!(
            problem.map(|it| it.code),
            Some(Code::MappingTwice),
            "{name}"
        );
    }
}

#[tokio::test]
async fn being_offline_leaves_a_confirmation_unproved_and_says_so() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.greenhouse.set_offline(true);
    let maya = row(&desk, "Maya").await.member;
    desk.engine.confirm_mapping(&[maya]).await.unwrap();
    let after = row(&desk, "Maya").await;
    assert_eq!(
        (after.state, after.proof),
        (MappingState::Confirmed, Proof::Untried)
    );
    assert_eq!(
        after.problem.unwrap().code,
        Code::Offline,
        "green only when it really works"
    );
    desk.greenhouse.set_offline(false);
    desk.engine.confirm_mapping(&[maya]).await.unwrap();
    assert_eq!(
        row(&desk, "Maya").await.proof,
        Proof::Works,
        "the same click tries again"
    );
}

#[tokio::test]
async fn every_change_can_be_taken_back() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Mapping).await;
    let engine = &desk.engine;
    let mut states = vec![rows(&desk).await];
    let team = desk.samples.team.to_string_lossy();
    engine.import_team(&team).await.unwrap();
    states.push(rows(&desk).await);
    engine.confirm_mapping(&[]).await.unwrap();
    states.push(rows(&desk).await);
    let maya = row(&desk, "Maya").await;
    engine.set_mapping(maya.member, None).await.unwrap();
    states.push(rows(&desk).await);
    engine.leave_out(&[maya.member], true).await.unwrap();
    states.push(rows(&desk).await);
    engine.remove_member(maya.member).await.unwrap();
    assert_eq!(rows(&desk).await.len(), 4);
    while let Some(before) = states.pop() {
        assert!(
            engine.mapping().await.unwrap().undo.is_some(),
            "there is a way back"
        );
        engine.undo_mapping().await.unwrap();
        assert_eq!(
            rows(&desk).await,
            before,
            "exactly as it was, {} changes ago",
            states.len()
        );
    }
    assert_eq!(engine.mapping().await.unwrap().undo, None);
    engine.undo_mapping().await.unwrap();
}

#[tokio::test]
async fn what_is_typed_takes_the_account_from_nobody_until_it_is_confirmed() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let engine = &desk.engine;
    let (maya, amara) = (row(&desk, "Maya").await, row(&desk, "Amara").await);
    let mut states = vec![rows(&desk).await];
    engine.set_mapping(amara.member, maya.user).await.unwrap();
    states.push(rows(&desk).await);
    let piotr = row(&desk, "Piotr").await.member;
    engine.leave_out(&[piotr], true).await.unwrap();
    let still = row(&desk, "Maya").await;
    assert_eq!(still.user, maya.user, "typing may have been a slip");
    states.push(rows(&desk).await);
    engine.confirm_mapping(&[amara.member]).await.unwrap();
    let taken = row(&desk, "Maya").await;
    assert_eq!(taken.user, None, "now it is somebody else's");
    while let Some(before) = states.pop() {
        engine.undo_mapping().await.unwrap();
        assert_eq!(
            rows(&desk).await,
            before,
            "as it was {} changes ago",
            states.len()
        );
    }
}

#[tokio::test]
async fn one_account_for_two_is_confirmed_only_on_purpose() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await;
    let amara = row(&desk, "Amara").await.member;
    desk.engine.set_mapping(amara, maya.user).await.unwrap();
    let error = desk.engine.confirm_mapping(&[amara]).await.unwrap_err();
    assert_eq!(error.code, Code::MappingTwice, "not by accident");
    let title = error.problem().title;
    assert!(
        title.contains("Amara") && title.contains("Maya"),
        "both are named: {title}"
    );
    let view = desk.engine.confirm_mapping(&[]).await.unwrap();
    assert_eq!(view.confirmed, 3, "nor together with others");
    desk.engine.confirm_shared(amara).await.unwrap();
    assert_eq!(
        row(&desk, "Amara").await.state,
        MappingState::Confirmed,
        "but where both are meant"
    );
}

#[tokio::test]
async fn what_was_decided_is_forgotten_for_one_or_for_all() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let proposed = rows(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await.member;
    desk.engine.reset_mapping(&[maya]).await.unwrap();
    assert_eq!(
        row(&desk, "Maya").await.state,
        MappingState::Proposed,
        "hers"
    );
    desk.engine.reset_mapping(&[]).await.unwrap();
    assert_eq!(rows(&desk).await, proposed, "everybody's");
    desk.engine.undo_mapping().await.unwrap();
    assert_eq!(
        desk.engine.mapping().await.unwrap().confirmed,
        2,
        "and taken back"
    );
}

#[tokio::test]
async fn what_was_cleared_is_not_proposed_again() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let maya = row(&desk, "Maya").await.member;
    desk.engine.set_mapping(maya, None).await.unwrap();
    let team = desk.samples.team.to_string_lossy();
    desk.engine.import_team(&team).await.unwrap();
    assert_eq!(
        row(&desk, "Maya").await.user,
        None,
        "a person said it is wrong"
    );
    desk.engine.reset_mapping(&[maya]).await.unwrap();
    assert_eq!(
        row(&desk, "Maya").await.evidence,
        Some(Evidence::SameEmail),
        "until they take that back"
    );
}

#[tokio::test]
async fn what_is_decided_at_once_holds_as_a_whole_or_not_at_all() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    desk.engine.confirm_mapping(&[]).await.unwrap();
    let maya = row(&desk, "Maya").await;
    let amara = row(&desk, "Amara").await;
    let piotr = row(&desk, "Piotr").await;
    let both = MappingDecisions {
        set: vec![(amara.email.clone(), maya.user.unwrap())],
        left_out: vec![piotr.email.clone()],
        confirm: true,
        ..MappingDecisions::default()
    };
    let error = desk.engine.decide_mapping(both.clone()).await.unwrap_err();
    assert_eq!(error.code, Code::MappingTwice, "two people, one account");
    assert_eq!(row(&desk, "Amara").await, amara, "no id was set");
    assert_eq!(row(&desk, "Piotr").await, piotr, "nobody was left out");
    let meant = MappingDecisions {
        shared: true,
        ..both
    };
    let error = desk.engine.decide_mapping(meant.clone()).await.unwrap_err();
    assert_eq!(
        error.code,
        Code::MappingDoubtful,
        "that it is shared does not say whose it is"
    );
    let meant = MappingDecisions {
        doubtful: true,
        ..meant
    };
    desk.engine.decide_mapping(meant).await.unwrap();
    assert_eq!(row(&desk, "Amara").await.state, MappingState::Confirmed);
    assert_eq!(row(&desk, "Piotr").await.state, MappingState::LeftOut);
    desk.engine.undo_mapping().await.unwrap();
    assert_eq!(row(&desk, "Amara").await, amara, "taken back as one");
    assert_eq!(row(&desk, "Piotr").await, piotr, "with all that was in it");
}

#[tokio::test]
async fn two_things_about_one_person_are_refused_and_nothing_is_stuck() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let maya = row(&desk, "Maya").await;
    let user = maya.user.unwrap();
    let twice = MappingDecisions {
        set: vec![
            (maya.email.clone(), user),
            (maya.email.to_uppercase(), user),
        ],
        ..MappingDecisions::default()
    };
    let both = MappingDecisions {
        set: vec![(maya.email.clone(), user)],
        left_out: vec![maya.email.to_uppercase()],
        ..MappingDecisions::default()
    };
    for decided in [twice, both] {
        let error = desk.engine.decide_mapping(decided).await.unwrap_err();
        assert_eq!(error.code, Code::InputInvalid, "{error:?}");
        assert_eq!(row(&desk, "Maya").await, maya, "nothing was changed");
    }
    // Pasted twice, she is remembered once, and can be taken back.
    let line = format!("{}\t{}\t4100000106\n", maya.name, maya.email);
    let pasted = desk
        .engine
        .preview_paste(&line.repeat(2), "", MappingFilter::All, None)
        .await
        .unwrap();
    let mut rows = pasted.changes();
    rows.extend(rows.clone());
    let decided = MappingDecisions {
        pasted: rows,
        ..MappingDecisions::default()
    };
    let done = desk.engine.decide_mapping(decided).await.unwrap();
    assert!(done.words.is_some(), "it is said what was done");
    desk.engine.undo_mapping().await.unwrap();
    assert_eq!(row(&desk, "Maya").await, maya, "as before");
    let nothing = desk
        .engine
        .decide_mapping(MappingDecisions::default())
        .await
        .unwrap();
    assert_eq!(nothing.words, None, "nothing was decided");
}

#[tokio::test]
async fn whoever_was_left_out_is_taken_back_in_with_an_account() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let maya = row(&desk, "Maya").await;
    desk.engine.leave_out(&[maya.member], true).await.unwrap();
    let set = MappingDecisions {
        set: vec![(maya.email.clone(), maya.user.unwrap())],
        confirm: true,
        ..MappingDecisions::default()
    };
    desk.engine.decide_mapping(set).await.unwrap();
    let now = row(&desk, "Maya").await;
    assert_eq!(now.state, MappingState::Confirmed, "{now:?}");
    desk.engine.undo_mapping().await.unwrap();
    let now = row(&desk, "Maya").await;
    assert_eq!(now.state, MappingState::LeftOut, "as before");
    let pasted = desk
        .engine
        .preview_paste(
            &format!("{}\t{}\t4100000106", maya.name, maya.email),
            "",
            MappingFilter::All,
            None,
        )
        .await
        .unwrap();
    let pasted = MappingDecisions {
        pasted: pasted.changes(),
        confirm: true,
        ..MappingDecisions::default()
    };
    desk.engine.decide_mapping(pasted).await.unwrap();
    let now = row(&desk, "Maya").await;
    assert_eq!(
        now.state,
        MappingState::LeftOut,
        "a row of a list says nothing of that"
    );
    let last = desk.engine.list_audit(0, 1).await.unwrap().rows.remove(0);
    assert!(
        last.what.contains("pasted"),
        "nobody was confirmed: {last:?}"
    );
}

#[tokio::test]
async fn whoever_comes_with_a_paste_can_be_decided_on_with_it() {
    let desk = Desk::open().await;
    with_team(&desk).await;
    let before = desk.engine.mapping().await.unwrap();
    let text = "Noor Haddad\tnoor@example.com\nLuis Prado\tluis@example.com\t4100237\n";
    let pasted = desk
        .engine
        .preview_paste(text, "", MappingFilter::All, None)
        .await
        .unwrap();
    let decided = MappingDecisions {
        pasted: pasted.changes(),
        left_out: vec!["Noor@example.com".to_owned()],
        ..MappingDecisions::default()
    };
    let stranger = MappingDecisions {
        left_out: vec!["nobody@example.com".to_owned()],
        ..decided.clone()
    };
    let error = desk.engine.decide_mapping(stranger).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound, "{error:?}");
    let after = desk.engine.mapping().await.unwrap();
    assert_eq!(after.team, before.team, "nobody was added");
    let after = desk.engine.decide_mapping(decided).await.unwrap().view;
    assert_eq!(
        (after.team, after.left_out),
        (before.team + 2, before.left_out + 1),
        "two came, and one of them is left out"
    );
    let after = desk.engine.undo_mapping().await.unwrap();
    assert_eq!(after.team, before.team, "both are gone again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_is_proved_before_a_push_and_named_where_it_broke() {
    let (desk, _) = activated().await;
    let page = desk
        .engine
        .list_mapping("", MappingFilter::Confirmed, 0, 1)
        .await
        .unwrap();
    let leaver = &page.rows[0];
    // Read whole before, and then not to be read any more: only the proof can tell.
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let closed = NewFault::always(FaultKind::Status { status: 403 }).on("GET", "users");
    desk.greenhouse.add_fault(closed);
    // Confirmed while nobody could be asked, and deactivated before anything was sent.
    desk.greenhouse.set_offline(true);
    desk.engine
        .set_mapping(leaver.member, leaver.user)
        .await
        .unwrap();
    desk.engine.confirm_mapping(&[leaver.member]).await.unwrap();
    desk.greenhouse.set_offline(false);
    desk.greenhouse
        .deactivate_user(leaver.user.unwrap())
        .unwrap();
    hand_over(&desk, &[somebody("hh-1", &leaver.email)]).await;
    desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        0,
        "nothing went"
    );
    assert_eq!(
        row(&desk, &leaver.name).await.proof,
        Proof::Refused,
        "it was looked at"
    );
    let home = desk.engine.home().await.unwrap();
    let named = home
        .needs_you
        .iter()
        .any(|it| it.problem.detail.contains(&leaver.name));
    assert!(named, "by name: {:?}", home.needs_you);
    desk.greenhouse.activate_user(leaver.user.unwrap()).unwrap();
    desk.engine.run(RunKind::Push, false).await.unwrap();
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        1,
        "and is tried again by itself"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_since_the_last_pull_is_not_even_tried() {
    let (desk, owner) = activated().await;
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let page = desk
        .engine
        .list_mapping(&owner, MappingFilter::Confirmed, 0, 1);
    let leaver = page.await.unwrap().rows.remove(0);
    assert_eq!(leaver.proof, Proof::Works, "proved lately");
    desk.greenhouse
        .change_quirks(|quirks| quirks.refused_sub = RefusedSub::AtUse);
    desk.greenhouse
        .deactivate_user(leaver.user.unwrap())
        .unwrap();
    hand_over(&desk, &[somebody("hh-1", &owner)]).await;
    desk.engine.run(RunKind::Push, false).await.unwrap();
    let asked = desk.greenhouse.journal().requests;
    let mut posts = asked.iter().filter(|it| it.method == "POST");
    assert!(
        !posts.any(|it| it.path.contains("candidates")),
        "the users were read first"
    );
}
