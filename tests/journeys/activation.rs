//! Steps 6 and 7: what is approved is what there is, and activation is all or nothing.

use crate::desk::Desk;
use crate::shelf;
use domain::candidate::SourcedCandidate;
use domain::ids::UserId;
use domain::secret::Secret;
use domain::setup::{Delivery, Reason, Step, StepState};
use engine::call::MappingFilter;
use engine::error::{Code, Place};
use simulator::{Options, Replacement};

async fn approved(desk: &Desk) {
    desk.set_up_until(Step::Activate).await;
}

async fn user_called(desk: &Desk, name: &str) -> UserId {
    desk.engine.list_users(name, 0, 5).await.unwrap().rows[0].id
}

#[tokio::test]
async fn the_review_says_everything_that_was_decided() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Review).await;
    let review = desk.engine.review().await.unwrap();
    let steps: Vec<Step> = review.sections.iter().map(|it| it.step).collect();
    assert_eq!(
        steps,
        &Step::ALL[..5],
        "one section with a link for each step before"
    );
    let all: Vec<&str> = review
        .sections
        .iter()
        .flat_map(|it| it.items.iter().map(|it| it.value.as_str()))
        .collect();
    for said in [
        "Confirmed",
        "Northmoor (practice)",
        "12",
        "greenhouse-users.xlsx",
        "3 of 5 people",
    ] {
        assert!(all.contains(&said), "{said:?} is missing in {all:?}");
    }
    assert!(
        review.sections.iter().all(|it| it.problem.is_none()),
        "{review:?}"
    );
    assert_eq!(review.blockers, []);
    assert!(!review.approved);
    let run = review.first_run;
    assert_eq!(
        (
            run.users,
            run.jobs.unwrap().value,
            run.candidates.unwrap().value
        ),
        (12, 6, 120)
    );
    assert!(
        run.requests >= 18 && run.requests < 60,
        "about one request for each list: {run:?}"
    );
    assert!(run.seconds > 0 && !run.at_least, "{run:?}");
}

#[tokio::test]
async fn a_large_organisation_is_estimated_as_a_lower_bound() {
    let desk = Desk::with(Options {
        candidates: Some(3_000),
        ..Options::default()
    })
    .await;
    desk.submit_credential().await.unwrap();
    let run = desk.engine.review().await.unwrap().first_run;
    assert!(
        run.at_least && run.candidates.unwrap().or_more,
        "Greenhouse tells no totals: {run:?}"
    );
    assert_eq!(run.candidates.unwrap().value, 500);
}

#[tokio::test]
async fn an_old_key_is_not_switched_on_for_what_it_cannot_do() {
    let desk = Desk::open().await;
    desk.set_up_until(Step::Activate).await;
    let key = Secret::new(desk.greenhouse.api_key());
    desk.engine.submit_api_key(key, None).await.unwrap();
    desk.do_step(Step::Review).await;
    let problem = desk.engine.activate().await.unwrap_err().problem();
    assert_eq!(problem.place, Some(Place::Credential), "{problem:?}");
    assert!(problem.now.contains("V3"), "what to do: {problem:?}");
    let overview = desk.engine.overview().await.unwrap();
    assert_eq!(overview.activated_at, None, "and nothing is switched on");
}

#[tokio::test]
async fn a_review_cannot_be_approved_early_or_stale() {
    let desk = Desk::open().await;
    let early = desk.engine.review().await.unwrap();
    assert!(!early.blockers.is_empty(), "it says what comes first");
    let error = desk
        .engine
        .approve_review(&early.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::NotReady);
    desk.set_up_until(Step::Review).await;
    let shown = desk.engine.review().await.unwrap();
    desk.engine
        .add_member("Ben Rook", "ben@example.org")
        .await
        .unwrap();
    let members = desk
        .engine
        .list_mapping("ben@", engine::call::MappingFilter::All, 0, 5)
        .await;
    let ben = members.unwrap().rows[0].member;
    desk.engine.leave_out(&[ben], true).await.unwrap();
    let error = desk
        .engine
        .approve_review(&shown.fingerprint)
        .await
        .unwrap_err();
    assert_eq!(
        error.code,
        Code::NotReady,
        "something was decided since it was shown"
    );
    let shown = desk.engine.review().await.unwrap();
    assert!(
        desk.engine
            .approve_review(&shown.fingerprint)
            .await
            .unwrap()
            .approved
    );
}

#[tokio::test]
async fn a_decision_after_the_approval_asks_for_another_look() {
    let desk = Desk::open().await;
    approved(&desk).await;
    desk.engine
        .choose_delivery(Delivery::Headhuntr, Some("https://example.com/hooks"))
        .await
        .unwrap();
    let step = desk.step(Step::Review).await;
    assert_eq!(step.state, StepState::NeedsAttention);
    assert_eq!(step.reasons, [Reason::ChangedSinceReview]);
    assert_eq!(
        desk.engine.activate().await.unwrap_err().code,
        Code::NotReady
    );
}

#[tokio::test]
async fn what_broke_since_the_approval_stops_activation_whole() {
    let desk = Desk::open().await;
    approved(&desk).await;
    let own = desk.greenhouse.own_user();

    desk.greenhouse.set_offline(true);
    assert_eq!(
        desk.engine.activate().await.unwrap_err().code,
        Code::Offline
    );
    desk.greenhouse.set_offline(false);

    desk.greenhouse.set_site_admin(own, false).unwrap();
    assert_eq!(
        desk.engine.activate().await.unwrap_err().code,
        Code::NotSiteAdmin
    );
    desk.greenhouse.set_site_admin(own, true).unwrap();

    desk.greenhouse.revoke_scope("harvest:jobs:list");
    assert_eq!(
        desk.engine.activate().await.unwrap_err().code,
        Code::ScopeMissing
    );
    desk.greenhouse.grant_scope("harvest:jobs:list");

    let maya = user_called(&desk, "Maya").await;
    desk.greenhouse.deactivate_user(maya).unwrap();
    let error = desk.engine.activate().await.unwrap_err();
    assert_eq!(error.code, Code::MappingIncomplete, "{error}");
    let step = desk.step(Step::Mapping).await;
    assert_eq!(
        step.reasons,
        [Reason::MappingBroken { count: 1 }],
        "and it is to be seen where"
    );
    desk.greenhouse.activate_user(maya).unwrap();

    let overview = desk.engine.overview().await.unwrap();
    assert_eq!(overview.activated_at, None, "nothing of it was half done");
    let overview = desk.engine.activate().await.unwrap();
    assert!(
        overview.activated_at.is_some(),
        "mended, the same button works"
    );
    assert_eq!(desk.step(Step::Mapping).await.state, StepState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_proved_though_each_token_ends_the_one_before() {
    let mut options = Options::default();
    options.quirks.replacement = Replacement::Everybody;
    let desk = Desk::with(options).await;
    approved(&desk).await;
    let page = desk
        .engine
        .list_mapping("", MappingFilter::Confirmed, 0, 10)
        .await
        .unwrap();
    assert!(
        page.rows.len() >= 3,
        "several are proved at a time: {page:?}"
    );
    for round in 0..3 {
        let overview = desk.engine.activate().await;
        assert!(
            overview.is_ok_and(|it| it.activated_at.is_some()),
            "round {round}: nobody's account is what is wrong"
        );
        desk.engine.deactivate().await.unwrap();
    }
    assert_eq!(desk.step(Step::Mapping).await.state, StepState::Done);
}

#[tokio::test]
async fn deactivation_is_as_easy_and_keeps_everything() {
    let desk = Desk::open().await;
    let before = desk.activate().await;
    let after = desk.engine.deactivate().await.unwrap();
    assert_eq!(after.activated_at, None);
    let step = desk.step(Step::Activate).await;
    assert_eq!(
        (step.state, step.reasons),
        (StepState::ToDo, vec![Reason::Deactivated])
    );
    assert_eq!(
        after.steps[..6],
        before.steps[..6],
        "everything decided stays"
    );
    desk.engine.deactivate().await.unwrap();
    let again = desk.engine.activate().await.unwrap();
    assert!(again.activated_at.is_some());
    let twice = desk.engine.activate().await.unwrap();
    assert_eq!(
        twice.activated_at, again.activated_at,
        "activating twice is activating once"
    );
}

#[tokio::test]
async fn what_was_decided_is_in_the_log_and_nobody_is() {
    let desk = Desk::open().await;
    desk.activate().await;
    desk.engine.deactivate().await.unwrap();
    let log = desk.engine.list_audit(0, 200).await.unwrap();
    assert!(log.intact);
    let said: Vec<&str> = log.rows.iter().map(|it| it.what.as_str()).collect();
    for what in [
        "Allowed pushing",
        "Forbade pushing",
        "Approved the review",
        "Handed over a credential",
    ] {
        assert!(
            said.iter().any(|it| it.starts_with(what)),
            "{what:?} is missing in {said:?}"
        );
    }
    for name in [
        "Maya",
        "Lindqvist",
        "example.com",
        &desk.greenhouse.client_secret(),
    ] {
        assert!(
            !said.iter().any(|it| it.contains(name)),
            "the log cannot be emptied: {said:?}"
        );
    }
}

#[tokio::test]
async fn the_dry_run_says_in_words_what_would_be_sent() {
    let mut desk = Desk::open().await;
    desk.set_up_until(Step::Review).await;
    let owner = shelf::owner(&desk).await;
    let stranger = SourcedCandidate {
        headhuntr_id: "hh-stranger".into(),
        first_name: "Ada".into(),
        last_name: "Quill".into(),
        emails: vec!["ada@example.org".into()],
        owner_email: Some("nobody@example.org".into()),
        ..SourcedCandidate::default()
    };
    let prospect = SourcedCandidate {
        headhuntr_id: "hh-prospect".into(),
        first_name: "Ben".into(),
        emails: vec!["ben@example.org".into()],
        tags: vec!["sourced".into()],
        note: Some("Met at a fair".into()),
        owner_email: Some(owner.email.clone()),
        ..stranger.clone()
    };
    let (stranger, prospect, jobless) = shelf::put(&mut desk, |tx| {
        let take = |it| tx.people().take_in(it, None, shelf::now()).unwrap().id();
        (
            take(&stranger),
            take(&prospect),
            shelf::sourced(tx, &owner, 1),
        )
    })
    .await;
    let run = desk.engine.review().await.unwrap().dry_run;
    assert_eq!((run.people, run.held), (1, 2), "{run:?}");
    let row = |person| run.rows.iter().find(|it| it.person == person).unwrap();
    assert_eq!(
        row(prospect).changes,
        ["Add as prospect", "Add tags: sourced", "Add a note"]
    );
    assert!(row(prospect).on_behalf_of.is_some() && row(prospect).problem.is_none());
    let held = row(stranger).problem.as_ref().unwrap();
    assert_eq!(
        held.code,
        Code::MappingIncomplete,
        "never sent on anybody's behalf by guess"
    );
    let waiting = row(jobless).problem.as_ref().unwrap();
    assert_eq!(
        waiting.code,
        Code::NotReady,
        "no job is known before the first run: {waiting:?}"
    );
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        0,
        "a rehearsal sends nothing"
    );
}
