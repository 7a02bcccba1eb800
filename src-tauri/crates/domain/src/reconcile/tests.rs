//! What is planned, situation by situation.

mod held;

use super::*;
use crate::access::{PERMISSIONS, all_features};
use crate::ids::UserId;
use crate::plan::{Change, ChangeKind};

fn everything() -> Granted {
    assert!(!all_features().is_empty(), "there are features");
    Granted::All {
        scopes: PERMISSIONS.iter().map(|p| p.scope.to_owned()).collect(),
    }
}

fn situation(interest: Interest) -> Situation {
    Situation {
        row: 1,
        candidate: SourcedCandidate {
            headhuntr_id: "hh-1".into(),
            first_name: "Iris".into(),
            last_name: "Vane".into(),
            emails: vec!["iris@example.org".into()],
            interest,
            tags: vec!["sourced".into()],
            note: Some("Met at a meet-up".into()),
            ..SourcedCandidate::default()
        },
        resume_sha256: None,
        owner: Owner::Mapped(ActingUser(UserId(9))),
        job: JobFound::Open(JobId(501)),
        pool: Named::NotAsked,
        source: Named::NotAsked,
        linked: None,
        same_email: BTreeSet::new(),
        same_name: BTreeSet::new(),
        applications: vec![],
        known: BTreeSet::new(),
        sent: None,
        kept: vec![],
        overridden: BTreeSet::new(),
        stuck: false,
    }
}

fn kinds(plan: &Plan) -> Vec<ChangeKind> {
    plan.intents.iter().map(|i| i.change.kind()).collect()
}

fn one(s: Situation) -> Plan {
    reconcile(&[s], &everything())
}

#[test]
fn status_decides_what_somebody_becomes() {
    let arm = |interest| match &one(situation(interest)).intents[0].change {
        Change::Person { arm, .. } => arm.clone(),
        other => panic!("the person comes first, not {other:?}"),
    };
    assert_eq!(
        arm(Interest::Potential),
        Arm::Prospect {
            job: None,
            pool: None
        },
        "no job yet"
    );
    assert_eq!(
        arm(Interest::Qualified),
        Arm::Prospect {
            job: Some(JobId(501)),
            pool: None
        },
        "prospect on the job"
    );
    assert_eq!(
        arm(Interest::Interested),
        Arm::Candidate { job: JobId(501) },
        "application on the job"
    );
}

#[test]
fn planning_again_plans_nothing_new() {
    let first = one(situation(Interest::Interested));
    assert_eq!(
        kinds(&first),
        [ChangeKind::Person, ChangeKind::Tags, ChangeKind::Note],
        "all that was handed over"
    );
    let known = first.intents.iter().map(|i| i.key.clone()).collect();
    let second = one(Situation {
        known,
        ..situation(Interest::Interested)
    });
    assert_eq!(
        (second.intents.len(), second.settled),
        (0, 1),
        "everything is on its way"
    );
}

#[test]
fn no_mapping_no_push() {
    for owner in [
        Owner::Missing,
        Owner::Unknown("x@example.org".into()),
        Owner::Unmapped("x@example.org".into()),
        Owner::Broken("x@example.org".into()),
    ] {
        let plan = one(Situation {
            owner: owner.clone(),
            ..situation(Interest::Interested)
        });
        assert!(plan.intents.is_empty(), "nothing is sent for {owner:?}");
        assert!(
            plan.troubles.iter().all(|t| t.holds_everything) && plan.troubles.len() == 1,
            "and it is said"
        );
    }
}

#[test]
fn twins_and_names_wait_for_a_person() {
    let twins = BTreeSet::from([CandidateId(1), CandidateId(2)]);
    let plan = one(Situation {
        same_email: twins.clone(),
        ..situation(Interest::Interested)
    });
    assert!(
        matches!(plan.troubles[0].conflict, Conflict::Twins { .. }),
        "two people, one address"
    );
    let chosen = Situation {
        same_email: twins,
        linked: Some(CandidateId(1)),
        ..situation(Interest::Interested)
    };
    assert_eq!(
        kinds(&one(chosen))[0],
        ChangeKind::Application,
        "once chosen, they get an application and no twin"
    );
    let named = Situation {
        same_name: BTreeSet::from([CandidateId(3)]),
        ..situation(Interest::Interested)
    };
    assert!(
        matches!(
            one(named.clone()).troubles[0].conflict,
            Conflict::NameOnly { .. }
        ),
        "a name is no proof"
    );
    let decided = Situation {
        overridden: BTreeSet::from(["name_only".to_owned()]),
        ..named
    };
    assert_eq!(
        kinds(&one(decided))[0],
        ChangeKind::Person,
        "a person said it is somebody else"
    );
}

#[test]
fn a_missing_permission_stops_only_what_needs_it() {
    let scopes = PERMISSIONS
        .iter()
        .map(|p| p.scope.to_owned())
        .filter(|s| s != "harvest:notes:create")
        .collect();
    let plan = reconcile(&[situation(Interest::Interested)], &Granted::All { scopes });
    assert_eq!(
        kinds(&plan),
        [ChangeKind::Person, ChangeKind::Tags],
        "all but the note"
    );
    let conflict = Conflict::NotPermitted {
        scope: "harvest:notes:create".into(),
    };
    assert_eq!(
        plan.troubles,
        [Trouble {
            candidate: 1,
            conflict,
            holds_everything: false
        }],
        "and it is named"
    );
}

#[test]
fn a_prospect_who_becomes_interested_gets_an_application() {
    let prospect = KnownApplication {
        id: ApplicationId(7),
        jobs: vec![JobId(501)],
        prospect: true,
        rejected: false,
        ours: true,
    };
    let known = BTreeSet::from([IntentKey("1/person".into())]);
    let linked = Situation {
        linked: Some(CandidateId(3)),
        applications: vec![prospect],
        known,
        ..situation(Interest::Interested)
    };
    assert_eq!(
        kinds(&one(linked))[0],
        ChangeKind::Application,
        "the prospect is not the application they want"
    );
}

fn rejected_on_the_job(prospect: bool, ours: bool, interest: Interest) -> Plan {
    let rejected = KnownApplication {
        id: ApplicationId(7),
        jobs: vec![JobId(501)],
        prospect,
        rejected: true,
        ours,
    };
    one(Situation {
        linked: Some(CandidateId(3)),
        applications: vec![rejected],
        ..situation(interest)
    })
}

#[test]
fn somebody_rejected_on_the_job_is_not_put_there_again_silently() {
    let asked = Conflict::RejectedOnJob { job: JobId(501) };
    for (prospect, ours, why) in [
        (false, false, "a person decides"),
        (true, true, "nobody asked before whether they go further"),
    ] {
        let plan = rejected_on_the_job(prospect, ours, Interest::Interested);
        assert_eq!(plan.troubles[0].conflict, asked, "{why}");
    }
}

#[test]
fn whom_we_sent_and_they_rejected_is_settled() {
    let plan = rejected_on_the_job(false, true, Interest::Interested);
    assert_eq!(
        plan.troubles,
        [],
        "it is an outcome, and nobody has to decide"
    );
    assert!(
        !kinds(&plan).contains(&ChangeKind::Application),
        "and nothing is sent again"
    );
}

#[test]
fn two_sources_of_one_person_make_one() {
    let first = situation(Interest::Interested);
    let second = Situation {
        row: 2,
        candidate: SourcedCandidate {
            headhuntr_id: "hh-2".into(),
            emails: vec!["IRIS@example.org".into(), "vane@example.org".into()],
            note: Some("Met again".into()),
            ..first.candidate.clone()
        },
        ..first.clone()
    };
    let plan = reconcile(&[second, first], &everything());
    let people: Vec<_> = plan
        .intents
        .iter()
        .filter(|it| it.change.kind() == ChangeKind::Person)
        .collect();
    assert_eq!(people.len(), 1, "one is made: {plan:?}");
    assert_eq!(
        people[0].candidate, 1,
        "the one handed over first, whatever the order"
    );
    let of_second: Vec<_> = plan.intents.iter().filter(|it| it.candidate == 2).collect();
    assert!(!of_second.is_empty(), "the other's note goes along");
    assert!(
        of_second
            .iter()
            .all(|it| it.after.as_ref().is_some_and(|key| key.0 == "1/person")),
        "after them: {of_second:?}"
    );
}

#[test]
fn a_profile_tells_as_an_address_does() {
    let with = |row: i64, profile: &str| {
        let mut s = situation(Interest::Interested);
        s.row = row;
        s.candidate.emails = vec![];
        s.candidate.linkedin = Some(profile.into());
        s
    };
    let all = [
        with(1, "https://www.linkedin.com/in/Iris/"),
        with(2, "linkedin.com/in/iris"),
    ];
    let plan = reconcile(&all, &everything());
    let people = plan
        .intents
        .iter()
        .filter(|it| it.change.kind() == ChangeKind::Person);
    assert_eq!(people.count(), 1, "one profile, one person");
}

#[test]
fn who_is_being_made_leads_whoever_was_handed_over_before() {
    let early = situation(Interest::Interested);
    let late = Situation {
        row: 2,
        known: BTreeSet::from([IntentKey("2/person".into())]),
        ..early.clone()
    };
    let plan = reconcile(&[early, late], &everything());
    let people = plan
        .intents
        .iter()
        .filter(|it| it.change.kind() == ChangeKind::Person);
    assert_eq!(people.count(), 0, "the one under way is the one: {plan:?}");
}

#[test]
fn what_changed_since_is_planned_once() {
    let sent = situation(Interest::Interested).candidate.details();
    let mut s = Situation {
        linked: Some(CandidateId(801)),
        applications: vec![KnownApplication {
            id: ApplicationId(7),
            jobs: vec![JobId(501)],
            prospect: false,
            rejected: false,
            ours: true,
        }],
        sent: Some(SentDetails {
            version: 1,
            details: sent,
        }),
        ..situation(Interest::Interested)
    };
    let additions = [ChangeKind::Tags, ChangeKind::Note];
    assert_eq!(kinds(&one(s.clone())), additions, "nothing changed of them");
    s.candidate.title = Some("Head gardener".into());
    let plan = one(s.clone());
    assert_eq!(kinds(&plan)[0], ChangeKind::Details, "the new title");
    s.known = plan.intents.iter().map(|it| it.key.clone()).collect();
    assert_eq!(one(s).intents, [], "and not again");
}

#[test]
fn what_was_left_of_a_recruiters_is_said_until_put_away() {
    let mut s = Situation {
        kept: vec!["title".into()],
        ..situation(Interest::Interested)
    };
    let plan = one(s.clone());
    let said = Trouble {
        candidate: 1,
        conflict: Conflict::KeptTheirs {
            fields: vec!["title".into()],
        },
        holds_everything: false,
    };
    assert_eq!(plan.troubles, [said], "said, and nothing is held");
    assert!(!plan.intents.is_empty(), "the rest goes");
    s.overridden.insert("kept_theirs".into());
    assert_eq!(one(s).troubles, [], "put away");
}

#[test]
fn whoever_is_there_by_the_mirror_is_said_to_be() {
    let s = Situation {
        same_email: BTreeSet::from([CandidateId(801)]),
        ..situation(Interest::Interested)
    };
    let plan = one(s);
    let Change::Person { there, .. } = &plan.intents[0].change else {
        panic!("the person comes first");
    };
    assert_eq!(*there, Some(CandidateId(801)), "the dry run says so");
    assert_eq!(
        kinds(&plan)[1],
        ChangeKind::Details,
        "what they lack is added"
    );
}

#[test]
fn a_job_a_person_chose_against_is_none() {
    let plan = one(Situation {
        job: JobFound::Without,
        ..situation(Interest::Interested)
    });
    let Change::Person { arm, .. } = &plan.intents[0].change else {
        panic!("the person comes first");
    };
    assert_eq!(arm.job(), None, "a prospect without a job");
}
