//! What holds of every plan, whoever is planned and in whatever order.

use super::*;
use crate::access::PERMISSIONS;
use crate::ids::UserId;
use crate::plan::{Change, ChangeKind};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::{select, subsequence};
use std::collections::BTreeMap;

fn everything() -> Granted {
    Granted::All {
        scopes: PERMISSIONS.iter().map(|p| p.scope.to_owned()).collect(),
    }
}

/// People of a small village, so that they share addresses often.
fn candidate() -> impl Strategy<Value = SourcedCandidate> {
    let emails = ["a", "b", "c", "d", "e", "f"].map(|who| format!("{who}@example.org"));
    let profile = prop_oneof![Just(None), select(vec!["x", "y"]).prop_map(Some)];
    let interest = select(vec![
        Interest::Potential,
        Interest::Qualified,
        Interest::Interested,
    ]);
    (
        subsequence(emails.to_vec(), 0..3),
        profile,
        interest,
        any::<bool>(),
    )
        .prop_map(|(emails, profile, interest, with_note)| SourcedCandidate {
            first_name: "Iris".into(),
            last_name: "Vane".into(),
            emails,
            linkedin: profile.map(|who| format!("linkedin.com/in/{who}")),
            interest,
            tags: vec!["sourced".into()],
            note: with_note.then(|| "Met at a meet-up".to_owned()),
            ..SourcedCandidate::default()
        })
}

fn situation() -> impl Strategy<Value = Situation> {
    let owner = prop_oneof![
        4 => Just(Owner::Mapped(ActingUser(UserId(9)))),
        1 => Just(Owner::Missing)
    ];
    let job = prop_oneof![
        3 => select(vec![501, 502]).prop_map(|id| JobFound::Open(JobId(id))),
        1 => Just(JobFound::Closed(JobId(503)))
    ];
    let linked = prop_oneof![4 => Just(None), 1 => Just(Some(CandidateId(801)))];
    (candidate(), owner, job, linked).prop_map(|(candidate, owner, job, linked)| Situation {
        row: 0,
        candidate,
        resume_sha256: None,
        owner,
        job,
        pool: Named::NotAsked,
        source: Named::NotAsked,
        linked,
        same_email: BTreeSet::new(),
        same_name: BTreeSet::new(),
        applications: vec![],
        known: BTreeSet::new(),
        sent: None,
        kept: vec![],
        overridden: BTreeSet::new(),
        stuck: false,
    })
}

fn village() -> impl Strategy<Value = Vec<Situation>> {
    proptest::collection::vec(situation(), 0..12).prop_map(|mut all| {
        for (row, s) in (1..).zip(&mut all) {
            s.row = row;
            s.candidate.headhuntr_id = format!("hh-{row}");
        }
        all
    })
}

/// The same situations once the plan is in the outbox.
fn taken_in(all: &[Situation], plan: &Plan) -> Vec<Situation> {
    let mut keys: BTreeMap<i64, BTreeSet<IntentKey>> = BTreeMap::new();
    for intent in &plan.intents {
        keys.entry(intent.candidate)
            .or_default()
            .insert(intent.key.clone());
    }
    let mut all = all.to_vec();
    for s in &mut all {
        s.known.extend(keys.remove(&s.row).unwrap_or_default());
    }
    all
}

proptest! {
    #[test]
    fn a_plan_applied_twice_changes_nothing(all in village()) {
        let plan = reconcile(&all, &everything());
        let again = reconcile(&taken_in(&all, &plan), &everything());
        assert_eq!(again.intents, [], "everything is under way");
        assert_eq!(again.troubles, plan.troubles, "and what holds people is the same");
    }

    #[test]
    fn the_order_of_people_does_not_matter(all in village(), turns in 0_usize..12) {
        let mut turned = all.clone();
        turned.rotate_left(turns.min(all.len()));
        turned.reverse();
        assert_eq!(reconcile(&turned, &everything()), reconcile(&all, &everything()));
    }

    #[test]
    fn nobody_who_shares_an_address_is_made_twice(all in village()) {
        let plan = reconcile(&all, &everything());
        let made: Vec<&SourcedCandidate> = plan.intents.iter().filter_map(|intent| match &intent.change {
            Change::Person { candidate, .. } => Some(&**candidate),
            _ => None,
        }).collect();
        for (at, one) in made.iter().enumerate() {
            for other in &made[at + 1..] {
                let shared = one.emails.iter().any(|email| other.emails.contains(email));
                assert!(!shared, "{} and {} are one", one.headhuntr_id, other.headhuntr_id);
            }
        }
        // That nobody is forgotten is the other half of it: whoever is not made is told of, or follows somebody.
        for s in all.iter().filter(|s| s.linked.is_none()) {
            let is_planned = plan.intents.iter().any(|intent| intent.candidate == s.row);
            let is_held = plan.troubles.iter().any(|trouble| trouble.candidate == s.row);
            assert!(is_planned || is_held, "{} is nowhere", s.candidate.headhuntr_id);
        }
    }

    #[test]
    fn whatever_waits_waits_for_something_that_comes(all in village()) {
        let plan = reconcile(&all, &everything());
        for (at, intent) in plan.intents.iter().enumerate() {
            let Some(after) = &intent.after else { continue };
            let comes = plan.intents[..at].iter().any(|before| before.key == *after);
            assert!(comes, "{} waits for {after}, which comes before it", intent.key);
        }
        // Nothing is sent about somebody whom Greenhouse does not know yet.
        for intent in plan.intents.iter().filter(|it| it.change.kind() != ChangeKind::Person) {
            let s = all.iter().find(|s| s.row == intent.candidate).unwrap();
            assert!(s.linked.is_some() || intent.after.is_some(), "{} waits for nobody", intent.key);
        }
    }

    #[test]
    fn every_intent_is_on_behalf_of_a_mapped_owner(all in village()) {
        let plan = reconcile(&all, &everything());
        for intent in &plan.intents {
            let s = all.iter().find(|s| s.row == intent.candidate).unwrap();
            assert_eq!(s.owner, Owner::Mapped(intent.acting), "no mapping, no push");
        }
        let asked = all.iter().filter(|s| s.owner == Owner::Missing).count();
        let said = plan.troubles.iter().filter(|t| t.conflict == Conflict::OwnerMissing).count();
        assert_eq!(said, asked, "and each of the others is said");
    }

    #[test]
    fn each_key_is_planned_once(all in village()) {
        let plan = reconcile(&all, &everything());
        let keys: BTreeSet<&IntentKey> = plan.intents.iter().map(|it| &it.key).collect();
        assert_eq!(keys.len(), plan.intents.len(), "{:?}", plan.intents.iter().map(|it| it.change.kind()).collect::<Vec<ChangeKind>>());
    }
}
