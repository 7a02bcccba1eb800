//! How each step stands, by what was observed.

use super::*;

fn at() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn ready() -> Facts {
    Facts {
        permissions: PermissionsFact {
            api_credentials: true,
            webhooks: true,
        },
        credential: Some(CredentialFact {
            accepted_at: at(),
            accepted: true,
            secret_present: true,
            site_admin: Some(true),
            missing: 0,
            core_missing: 0,
            limits_accepted: false,
        }),
        users: Some(UsersFact {
            at: at(),
            count: 12,
            looks_partial: false,
        }),
        webhooks: WebhooksFact {
            delivery: Some(Delivery::None),
            ..WebhooksFact::default()
        },
        mapping: MappingFact {
            team: 3,
            confirmed: 2,
            left_out: 1,
            broken: 0,
        },
        review: ReviewFact {
            reviewed: Some("a".into()),
            current: "a".into(),
        },
        activated_at: None,
        deactivated_at: None,
    }
}

fn state(facts: &Facts, step: Step) -> StepState {
    steps(facts)
        .into_iter()
        .find(|s| s.step == step)
        .expect("all seven are there")
        .state
}

#[test]
fn an_empty_house_starts_with_permissions() {
    let facts = Facts::default();
    assert_eq!(
        next_step(&steps(&facts)),
        Step::Permissions,
        "the guide's order"
    );
    assert_eq!(
        state(&facts, Step::Mapping),
        StepState::CannotStart,
        "no users to map to"
    );
    assert_eq!(
        state(&facts, Step::Activate),
        StepState::CannotStart,
        "nothing reviewed"
    );
}

#[test]
fn what_stands_in_the_way_is_said_once() {
    let after = |step| Reason::After { step };
    assert_eq!(
        blockers(&Facts::default()),
        [
            after(Step::Credential),
            after(Step::Users),
            after(Step::Webhooks),
            after(Step::Mapping),
        ],
        "one step may hold up several others, and is named once"
    );
}

#[test]
fn everything_in_place_may_be_activated() {
    assert_eq!(blockers(&ready()), vec![], "nothing stands in the way");
    assert_eq!(
        state(&ready(), Step::Activate),
        StepState::ToDo,
        "the button waits"
    );
}

#[test]
fn a_change_after_the_review_asks_for_another_look() {
    let facts = Facts {
        review: ReviewFact {
            reviewed: Some("a".into()),
            current: "b".into(),
        },
        ..ready()
    };
    assert_eq!(
        state(&facts, Step::Review),
        StepState::NeedsAttention,
        "what was approved is not what there is"
    );
    assert_eq!(
        blockers(&facts),
        vec![Reason::ChangedSinceReview],
        "so it cannot be activated"
    );
}

#[test]
fn a_revoked_credential_turns_an_active_set_up_stale() {
    let mut facts = Facts {
        activated_at: Some(at()),
        ..ready()
    };
    if let Some(credential) = facts.credential.as_mut() {
        credential.accepted = false;
    }
    assert_eq!(
        state(&facts, Step::Credential),
        StepState::NeedsAttention,
        "Greenhouse said no"
    );
    assert_eq!(
        state(&facts, Step::Activate),
        StepState::NeedsAttention,
        "and it is shown at the end as well"
    );
}

#[test]
fn a_missing_permission_limits_and_does_not_block() {
    let mut facts = ready();
    if let Some(credential) = facts.credential.as_mut() {
        credential.missing = 2;
    }
    assert_eq!(
        state(&facts, Step::Credential),
        StepState::NeedsAttention,
        "a person should know"
    );
    assert_eq!(blockers(&facts), vec![], "but the rest may go on");
}

#[test]
fn what_keeps_the_review_from_being_approved_is_named_and_nothing_else() {
    let mut facts = ready();
    facts.review.reviewed = None;
    facts.permissions.webhooks = false;
    assert_eq!(
        unfinished(&facts),
        [],
        "a box that is not ticked keeps nobody from it"
    );
    facts.users = None;
    facts.mapping.confirmed = 0;
    assert_eq!(unfinished(&facts), [Step::Users, Step::Mapping]);
}
