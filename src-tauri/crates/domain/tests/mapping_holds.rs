//! What holds for every mapping, whoever is in it: the order of either side does not matter, proposing again changes
//! nothing, what a person decided stays, nobody deactivated is proposed, and no account is set twice.

#![allow(
    clippy::indexing_slicing,
    reason = "what is shared by the tests is test as well, which clippy does not see"
)]

use domain::ids::UserId;
use domain::mapping::{Account, Address, Book, Decisions, Member, Proposals};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;

const GIVEN: &[&str] = &[
    "Ana",
    "Bob",
    "Robert",
    "José",
    "Сергей",
    "Jürgen",
    "王小明",
    "A.",
];
const FAMILY: &[&str] = &[
    "Vega",
    "Müller",
    "Mueller",
    "O'Brien",
    "O’Brien",
    "van der Berg",
    "Smith Jr.",
    "",
];
const MAILBOXES: &[&str] = &[
    "ana",
    "ana.vega",
    "avega",
    "bob.smith",
    "jobs",
    "x1",
    "ana+ats",
];
const DOMAINS: &[&str] = &["example.com", "example.org"];

fn name() -> impl Strategy<Value = String> {
    (0..GIVEN.len(), 0..FAMILY.len(), any::<bool>()).prop_map(|(given, family, turned)| {
        match (FAMILY[family], turned) {
            ("", _) => GIVEN[given].to_owned(),
            (family, true) => format!("{family}, {}", GIVEN[given]),
            (family, false) => format!("{} {family}", GIVEN[given]),
        }
    })
}

fn email() -> impl Strategy<Value = String> {
    (0..MAILBOXES.len(), 0..DOMAINS.len())
        .prop_map(|(mailbox, domain)| format!("{}@{}", MAILBOXES[mailbox], DOMAINS[domain]))
}

fn team() -> impl Strategy<Value = Vec<Member>> {
    prop::collection::vec((name(), email()), 0..10).prop_map(|people| {
        let people = (1_i64..).zip(people);
        people
            .map(|(id, (name, email))| Member { id, name, email })
            .collect()
    })
}

fn users() -> impl Strategy<Value = Vec<Account>> {
    let one = (
        name(),
        prop::collection::vec((email(), any::<bool>()), 0..3),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..12).prop_map(|users| {
        let users = (100_i64..).zip(users);
        users
            .map(|(id, (name, addresses, deactivated))| Account {
                id: UserId(id),
                name,
                addresses: addresses
                    .into_iter()
                    .map(|(email, verified)| Address { email, verified })
                    .collect(),
                deactivated,
                is_state_unclear: false,
                exported: None,
            })
            .collect()
    })
}

fn proposed(
    members: &[Member],
    accounts: &[Account],
    settled: &[(i64, UserId)],
    refused: &[(i64, UserId)],
) -> Vec<Proposals> {
    Book::of(members.to_vec(), accounts.to_vec()).propose(Decisions {
        settled,
        refused,
        ..Decisions::default()
    })
}

proptest! {
    #[test]
    fn the_order_of_either_side_does_not_matter(members in team(), accounts in users(), seed in any::<u64>()) {
        let before = proposed(&members, &accounts, &[], &[]);
        let (mut members, mut accounts) = (members, accounts);
        let turn = usize::try_from(seed % 11).unwrap_or_default();
        members.reverse();
        accounts.reverse();
        if !members.is_empty() {
            let by = turn % members.len();
            members.rotate_left(by);
        }
        if !accounts.is_empty() {
            let by = turn % accounts.len();
            accounts.rotate_left(by);
        }
        prop_assert_eq!(proposed(&members, &accounts, &[], &[]), before, "whatever the order");
    }

    #[test]
    fn nobody_deactivated_is_proposed_and_no_account_is_set_twice(members in team(), accounts in users()) {
        let all = proposed(&members, &accounts, &[], &[]);
        let active: BTreeSet<UserId> = accounts.iter().filter(|it| !it.deactivated).map(|it| it.id).collect();
        let mut set = BTreeSet::new();
        for one in &all {
            prop_assert!(one.ranked.iter().all(|it| active.contains(&it.account)), "nobody deactivated: {:?}", one);
            if one.stands_out {
                prop_assert!(set.insert(one.ranked[0].account), "one account, one person: {:?}", all);
            }
        }
        for one in &all {
            let certain = one.ranked.iter().any(|it| it.evidence.is_certain());
            prop_assert!(!certain || one.stands_out, "what is certain stands out: {:?}", one);
        }
    }

    #[test]
    fn what_a_person_decided_stays_and_is_nobody_elses(members in team(), accounts in users(), at in any::<Index>(), of in any::<Index>()) {
        prop_assume!(!members.is_empty() && !accounts.is_empty());
        let decided = (at.get(&members).id, of.get(&accounts).id);
        let all = proposed(&members, &accounts, &[decided], &[]);
        prop_assert!(all.iter().all(|it| it.member != decided.0), "nothing is proposed in its place");
        let offered = all.iter().flat_map(|it| &it.ranked).any(|it| it.account == decided.1);
        prop_assert!(!offered, "nor is the account offered to anybody else");
        let all = proposed(&members, &accounts, &[], &[decided]);
        let again = all.iter().filter(|it| it.member == decided.0).flat_map(|it| &it.ranked).any(|it| it.account == decided.1);
        prop_assert!(!again, "what was said to be wrong is not said again");
    }

    #[test]
    fn accepting_what_stands_out_leaves_the_rest_as_it_was_or_better(members in team(), accounts in users()) {
        let before = proposed(&members, &accounts, &[], &[]);
        let settled: Vec<(i64, UserId)> = before.iter().filter(|it| it.stands_out).map(|it| (it.member, it.ranked[0].account)).collect();
        let after = proposed(&members, &accounts, &settled, &[]);
        let used: BTreeSet<UserId> = settled.iter().map(|it| it.1).collect();
        for one in &after {
            prop_assert!(one.ranked.iter().all(|it| !used.contains(&it.account)), "a second time changes nothing: {:?}", one);
        }
    }

    #[test]
    fn what_was_proposed_before_leaves_no_trace(
        members in team(), accounts in users(), steps in prop::collection::vec((0..4_u8, 0..10_usize, 0..12_usize), 1..6),
    ) {
        let mut book = Book::of(members.clone(), accounts.clone());
        let (mut settled, mut refused) = (Vec::new(), Vec::new());
        let (mut typed, mut left_out) = (Vec::new(), Vec::new());
        for (kind, at, of) in steps {
            let (Some(member), Some(account)) = (members.get(at), accounts.get(of)) else {
                continue;
            };
            match kind {
                0 => settled.push((member.id, account.id)),
                1 => refused.push((member.id, account.id)),
                2 => typed.push(member.id),
                _ => left_out.push(member.id),
            }
            let all = Decisions { settled: &settled, refused: &refused, typed: &typed, left_out: &left_out };
            for decisions in [all, Decisions::default()] {
                let anew = Book::of(members.clone(), accounts.clone()).propose(decisions);
                prop_assert_eq!(book.propose(decisions), anew, "as if nothing had been decided before");
            }
        }
    }

    #[test]
    fn no_name_and_no_address_is_too_odd(name in "\\PC{0,40}", email in "\\PC{0,40}") {
        let members = [Member { id: 1, name: name.clone(), email: email.clone() }];
        let accounts = [Account {
            id: UserId(1),
            name,
            addresses: vec![Address { email, verified: true }],
            deactivated: false,
            is_state_unclear: false,
            exported: None,
        }];
        let all = proposed(&members, &accounts, &[], &[]);
        prop_assert!(all.len() <= 1, "and one answer at most");
    }
}
