//! Who is held back and asked about, and who is not.

use super::*;

fn on_job(prospect: bool) -> KnownApplication {
    KnownApplication {
        id: ApplicationId(7),
        jobs: vec![JobId(501)],
        prospect,
        rejected: false,
        ours: true,
    }
}

#[test]
fn a_job_that_closes_behind_somebody_asks_nobody() {
    let there = Situation {
        job: JobFound::Closed(JobId(501)),
        linked: Some(CandidateId(3)),
        applications: vec![on_job(false)],
        ..situation(Interest::Interested)
    };
    assert_eq!(one(there.clone()).troubles, [], "they stand on it already");
    let prospect = Situation {
        applications: vec![on_job(true)],
        ..there
    };
    let asked = Conflict::JobClosed { job: JobId(501) };
    assert_eq!(
        one(prospect).troubles[0].conflict,
        asked,
        "a prospect who becomes interested would need it open"
    );
}

#[test]
fn a_pool_that_is_not_there_is_asked_about() {
    let mut s = Situation {
        pool: Named::Nowhere("Gardeners".into()),
        ..situation(Interest::Potential)
    };
    let asked = Trouble {
        candidate: 1,
        conflict: Conflict::PoolNotFound {
            pool: "Gardeners".into(),
        },
        holds_everything: true,
    };
    let plan = one(s.clone());
    assert_eq!(plan.troubles, [asked], "nobody is put elsewhere silently");
    assert!(plan.intents.is_empty(), "nothing is sent meanwhile");
    s.overridden.insert("pool_not_found".into());
    let plan = one(s.clone());
    let Change::Person { arm, .. } = &plan.intents[0].change else {
        panic!("the person comes first");
    };
    assert_eq!(
        *arm,
        Arm::Prospect {
            job: None,
            pool: None
        },
        "as a person decided"
    );
    s.overridden.clear();
    s.candidate.interest = Interest::Interested;
    assert_eq!(one(s).troubles, [], "a candidate on a job is in no pool");
}

#[test]
fn a_source_that_is_not_there_is_said_and_holds_nothing() {
    let mut s = Situation {
        source: Named::Nowhere("Fair 2026".into()),
        ..situation(Interest::Interested)
    };
    let plan = one(s.clone());
    let said = Trouble {
        candidate: 1,
        conflict: Conflict::SourceNotFound {
            source: "Fair 2026".into(),
        },
        holds_everything: false,
    };
    assert_eq!(plan.troubles, [said], "it is said");
    assert_eq!(kinds(&plan)[0], ChangeKind::Person, "and they are sent");
    s.overridden.insert("source_not_found".into());
    assert_eq!(one(s).troubles, [], "put away");
}

#[test]
fn whoever_is_held_back_holds_nobody_else() {
    let under_way = Situation {
        known: BTreeSet::from([IntentKey("1/person".into())]),
        ..situation(Interest::Interested)
    };
    let other = Situation {
        row: 2,
        known: BTreeSet::new(),
        ..under_way.clone()
    };
    let makes = |first: Situation| {
        let plan = reconcile(&[first, other.clone()], &everything());
        let of_other = plan.intents.iter().filter(|it| it.candidate == 2);
        let kinds: Vec<ChangeKind> = of_other.map(|it| it.change.kind()).collect();
        kinds.contains(&ChangeKind::Person)
    };
    assert!(!makes(under_way.clone()), "who is under way leads");
    let refused = Situation {
        stuck: true,
        ..under_way.clone()
    };
    assert!(makes(refused), "who was refused does not");
    let asked = Situation {
        same_name: BTreeSet::from([CandidateId(8)]),
        same_email: BTreeSet::new(),
        ..under_way
    };
    assert!(makes(asked), "nor does whom somebody is asked about");
}
