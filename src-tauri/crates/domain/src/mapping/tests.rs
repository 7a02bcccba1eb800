//! What is proposed for whom, and what is only named.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn account(id: i64, name: &str, email: &str) -> Account {
    Account {
        id: UserId(id),
        name: name.into(),
        addresses: vec![Address {
            email: email.into(),
            verified: true,
        }],
        deactivated: false,
        is_state_unclear: false,
        exported: None,
    }
}

pub(super) fn member(id: i64, name: &str, email: &str) -> Member {
    Member {
        id,
        name: name.into(),
        email: email.into(),
    }
}

fn proposed(members: &[Member], accounts: &[Account]) -> Vec<Proposals> {
    Book::of(members.to_vec(), accounts.to_vec()).propose(Decisions::default())
}

/// What is set in the field, with its evidence.
fn check(members: &[Member], accounts: &[Account], expected: &[(i64, i64, Evidence)]) {
    let all = proposed(members, accounts);
    let set = all.iter().filter(|it| it.stands_out);
    let found: Vec<_> = set
        .map(|it| (it.member, it.ranked[0].account.0, it.ranked[0].evidence))
        .collect();
    assert_eq!(found, expected, "for {members:?} and {accounts:?}: {all:?}");
}

#[test]
fn the_same_address_is_certain() {
    check(
        &[member(1, "Ana", "ANA@example.com ")],
        &[account(7, "Ana Müller", "ana@example.com")],
        &[(1, 7, Evidence::SameEmail)],
    );
}

#[test]
fn a_changed_domain_or_a_name_is_only_proposed() {
    check(
        &[
            member(1, "Ana V.", "ana.vega@example.org"),
            member(2, "Muller, Jo", "jm@example.org"),
        ],
        &[
            account(7, "Ana Vega", "ana.vega@example.com"),
            account(8, "Jo Müller", "jo@example.com"),
        ],
        &[
            (1, 7, Evidence::SameMailboxOtherDomain),
            (2, 8, Evidence::SameName),
        ],
    );
}

#[test]
fn a_slip_in_each_word_is_only_proposed() {
    for email in ["jonh.smiht@example.org", "john.smith@example.com"] {
        let all = proposed(
            &[member(1, "Jonh Smiht", email)],
            &[account(7, "John Smith", "john.smith@example.com")],
        );
        let first = &all[0].ranked[0];
        assert!(all[0].stands_out, "it is set: {all:?}");
        assert!(
            first.clues.contains(&Clue::Spelling) && !first.evidence.is_certain(),
            "and not certain: {all:?}"
        );
    }
}

#[test]
fn two_that_fit_equally_are_set_for_nobody_and_shown() {
    let one = [member(1, "Sam Li", "s@example.org")];
    let two = [
        account(7, "Sam Li", "sam1@example.com"),
        account(8, "Sam Li", "sam2@example.com"),
    ];
    check(&one, &two, &[]);
    let shown = &proposed(&one, &two)[0].ranked;
    assert_eq!(shown.len(), 2, "a person can choose: {shown:?}");
    assert!(
        shown[0].clues.contains(&Clue::Ambiguous),
        "and is told why: {shown:?}"
    );
    check(
        &[
            member(1, "Sam Li", "a@example.org"),
            member(2, "Sam Li", "b@example.org"),
        ],
        &[account(7, "Sam Li", "sam@example.com")],
        &[],
    );
}

#[test]
fn a_deactivated_account_is_never_proposed() {
    let gone = Account {
        deactivated: true,
        ..account(7, "Ana", "ana@example.com")
    };
    assert_eq!(
        proposed(&[member(1, "Ana", "ana@example.com")], &[gone]),
        [],
        "never"
    );
}

#[test]
fn an_account_whose_state_is_not_understood_is_never_certain() {
    let unclear = Account {
        is_state_unclear: true,
        ..account(7, "Ana Vega", "ana@example.com")
    };
    let all = Book::of(
        vec![member(1, "Ana Vega", "ana@example.com")],
        vec![unclear],
    )
    .propose(Decisions::default());
    assert!(!all[0].stands_out, "a person looks: {all:?}");
    assert!(all[0].ranked[0].clues.contains(&Clue::UnclearState));
}

#[test]
fn the_same_address_is_doubtful_where_something_speaks_against_it() {
    let doubtful = |member: Member, account: Account| {
        let all = proposed(&[member], &[account]);
        assert!(
            all.iter().all(|it| !it.ranked[0].evidence.is_certain()),
            "not certain: {all:?}"
        );
    };
    doubtful(
        member(1, "Jane Smith", "j.smith@example.com"),
        account(7, "John Smith", "j.smith@example.com"),
    );
    doubtful(
        member(1, "Ana Vega", "jobs@example.com"),
        account(7, "Careers Team", "jobs@example.com"),
    );
    doubtful(
        member(1, "John Smith Jr.", "john.smith@example.com"),
        account(7, "John Smith Sr.", "john.smith@example.com"),
    );
    for no_person in ["Test Pat Hill", "Pat Hill (do not use)", "Pat Hill - left"] {
        for member_is in ["Pat Hill", no_person] {
            doubtful(
                member(1, member_is, "pat.hill@example.com"),
                account(7, no_person, "pat.hill@example.com"),
            );
        }
    }
    // Pieces of a name that joined are a word of another name.
    for (member_is, account_is) in [
        ("Joel Katz", "Joe L"),
        ("Dana Scott", "Dan A"),
        ("Carla Ruiz", "Carl A"),
        ("Martina Kowalski", "Mar Tina"),
        ("Maxwell Reed", "Max Well"),
        ("Lianna Petrov", "Li Anna"),
    ] {
        doubtful(
            member(1, member_is, "x@example.com"),
            account(7, account_is, "x@example.com"),
        );
    }
    let mut unverified = account(7, "Ana Vega", "other@example.com");
    unverified.addresses.push(Address {
        email: "ana@example.com".into(),
        verified: false,
    });
    doubtful(member(1, "Ana Vega", "ana@example.com"), unverified);
}

#[test]
fn an_address_that_was_passed_on_is_certain_only_where_the_name_tells_whose_it_is() {
    for (member_is, active, left, is_certain) in [
        ("P. Hill", "Peter Hill", "Paula Hill", false),
        ("Hill", "Peter Hill", "Paula Hill", false),
        ("p.hill@example.com", "Peter Hill", "Paula Hill", false),
        ("Chris Hill", "Christopher Hill", "Christina Hill", false),
        ("Peter Hill", "Peter Hill", "Paula Hill", true),
        ("P. Hill", "Peter Hill", "Ana Vega", true),
        ("P. Hill", "Peter Hill", "Peter Hill", true),
        ("Bob Hill", "Robert Hill", "Bob Hill", true),
    ] {
        let members = [member(1, member_is, "p.hill@example.com")];
        let left = Account {
            deactivated: true,
            ..account(8, left, "p.hill@example.com")
        };
        let all = proposed(&members, &[account(7, active, "p.hill@example.com"), left]);
        let first = &all[0].ranked[0];
        assert_eq!(first.account, UserId(7), "whoever can log in: {all:?}");
        assert_eq!(
            (first.evidence.is_certain(), all[0].stands_out),
            (is_certain, is_certain),
            "{member_is} of {active}: {all:?}"
        );
        assert_eq!(
            first.clues.contains(&Clue::Ambiguous),
            !is_certain,
            "and is told why: {all:?}"
        );
    }
}

#[test]
fn what_is_settled_or_refused_is_left_alone() {
    let members = [
        member(1, "Ana Vega", "ana@example.com"),
        member(2, "Bo Lind", "bo@example.com"),
    ];
    let accounts = [
        account(7, "Ana Vega", "ana@example.com"),
        account(8, "Bo Lind", "bo@example.com"),
    ];
    let all = Book::of(members.to_vec(), accounts.to_vec()).propose(Decisions {
        settled: &[(3, UserId(7))],
        refused: &[(2, UserId(8))],
        ..Decisions::default()
    });
    assert_eq!(
        all,
        [],
        "one account is somebody else's, the other was said to be wrong"
    );
}

#[test]
fn the_full_name_is_first_where_others_are_only_similar() {
    for (name, similar) in [
        ("Jon Hansen", "Jon Hanson"),
        ("Anna Schmidt", "Anne Schmidt"),
        ("John Smith", "Jon Smith"),
        ("Maria Garcia", "Marta Garcia"),
        ("David Kim", "Dave Kim"),
        ("Samuel Lee", "Samantha Lee"),
        ("Jan Visser", "Jan de Visser"),
        ("Ana Müller", "Ana Mueller"),
    ] {
        let ours = [member(1, name, "x1@example.org")];
        let theirs = [account(8, name, "x8@example.com")];
        let others = account(7, similar, "x7@example.com");
        let found = &[(1, 8, Evidence::SameName)];
        let both = [theirs.to_vec(), vec![others]].concat();
        check(&ours, &both, found);
        let with = |it: &str| [ours.to_vec(), vec![member(2, it, "x2@example.org")]].concat();
        check(&with(similar), &theirs, found);
        check(&with(name), &theirs, &[]);
        let twice = [both, vec![account(9, name, "x9@example.com")]].concat();
        check(&ours, &twice, &[]);
        // Whoever has the address is not only similar.
        let married = vec![account(7, "Ana Vega", "x1@example.org")];
        check(&ours, &[theirs.to_vec(), married].concat(), &[]);
    }
}

#[test]
fn other_addresses_do_not_tell_namesakes_apart() {
    for name in ["Wei Wang", "Maria Garcia"] {
        let ours = [member(1, name, "wei.wang@example.org")];
        for second in ["wwang", "wei.w", "w.wang", "wang.wei", "wei_wang"] {
            let accounts = [
                account(7, name, "wei.wang2@example.org"),
                account(8, name, &format!("{second}@example.org")),
            ];
            check(&ours, &accounts, &[]);
            let ranked = &proposed(&ours, &accounts)[0].ranked;
            let told = ranked
                .iter()
                .filter(|it| it.clues.contains(&Clue::Ambiguous));
            assert_eq!(told.count(), 2, "of both: {ranked:?}");
        }
    }
    check(
        &[member(1, "Wei Wang", "wei.wang@example.org")],
        &[
            account(7, "Wei Wang", "wei.wang2@example.org"),
            account(8, "Wei Wang", "wei.wang@example.com"),
        ],
        &[(1, 8, Evidence::SameName)],
    );
}

#[test]
fn a_mailbox_that_is_the_members_only_name_is_no_pattern_of_another() {
    let donna = account(7, "Donna Ma", "dm@example.com");
    let madonna = account(8, "Madonna Ciccone", "mc@example.com");
    let ours = [member(1, "Madonna", "madonna@example.org")];
    check(&ours, &[donna, madonna], &[]);
    check(
        &[member(1, "jsmith", "jsmith@example.org")],
        &[account(7, "John Smith", "js@example.com")],
        &[],
    );
    check(
        &[member(1, "john.smith", "john.smith@example.org")],
        &[account(7, "John Smith", "js@example.com")],
        &[(1, 7, Evidence::SameName)],
    );
}

#[test]
fn a_surname_and_a_letter_alone_are_only_shown() {
    for (name, theirs) in [
        ("P Hill", "Pat Hill"),
        ("Hill, P.", "Paula Hill"),
        ("Hill", "Pat Hill"),
        ("Binh Nguyen", "Tom Nguyen"),
        ("Binh/Tom Nguyen", "Tran Nguyen"),
    ] {
        check(
            &[member(1, name, "x1@example.org")],
            &[account(7, theirs, "x7@example.com")],
            &[],
        );
    }
    check(
        &[member(1, "P Hill", "phill@example.org")],
        &[account(7, "Pat Hill", "x7@example.com")],
        &[(1, 7, Evidence::SimilarName)],
    );
}

#[test]
fn who_has_the_better_claim_gets_the_account_and_the_other_is_told_of_the_next() {
    let members = [
        member(1, "John Smith", "john.smith@example.org"),
        member(2, "John Smith", "jsmith2@example.org"),
    ];
    let accounts = [
        account(7, "John Smith", "john.smith@example.com"),
        account(8, "John Smith", "jsmith2@example.com"),
    ];
    check(
        &members,
        &accounts,
        &[(1, 7, Evidence::SameName), (2, 8, Evidence::SameName)],
    );
}

/// A company in which the sources disagree in every way.
fn disagreeing() -> (Vec<Member>, Vec<Account>) {
    let moved = Account {
        exported: Some(Exported {
            email: Some("ana.old@example.com".into()),
            deactivated: false,
        }),
        ..account(7, "Ana Vega", "ana@example.com")
    };
    let left = Account {
        deactivated: true,
        is_state_unclear: false,
        exported: Some(Exported {
            email: Some("bo@example.com".into()),
            deactivated: false,
        }),
        ..account(8, "Bo Lind", "bo@example.com")
    };
    let accounts = [
        moved,
        left,
        account(9, "Greenhouse API", "api@example.com"),
        account(10, "Cy Ode", "cy@example.com"),
        account(11, "Cy Ode", "cy.ode@example.com"),
        account(12, "Di Pol", "di@example.com"),
        account(13, "Di Pol", "di@example.org"),
    ];
    let members = [
        member(1, "Ana Vega", "ana@example.com"),
        member(2, "Bo Lind", "bo@example.com"),
        member(3, "Team", "api@example.com"),
        member(4, "Cy Ode", "cy@example.com"),
        member(5, "Di Pol", "di@example.com"),
        member(6, "Di Pol", "di@example.net"),
    ];
    (members.to_vec(), accounts.to_vec())
}

#[test]
fn what_the_sources_do_not_agree_about_is_named() {
    let (members, accounts) = disagreeing();
    let mut book = Book::of(members, accounts);
    let found: BTreeMap<i64, Vec<Difference>> = book
        .differences(&BTreeMap::new(), &BTreeSet::new())
        .into_iter()
        .collect();
    assert_eq!(
        found[&1],
        [Difference::EmailChanged {
            was: "ana.old@example.com".into(),
            now: "ana@example.com".into()
        }],
        "another address"
    );
    assert_eq!(found[&2], [Difference::DeactivatedSince], "left since");
    assert_eq!(
        found[&3],
        [Difference::SharedMailbox, Difference::ServiceAccount],
        "nobody"
    );
    assert_eq!(
        found[&4],
        [Difference::Namesakes { accounts: 2 }],
        "two people with one name"
    );
    assert!(
        found[&5].contains(&Difference::OtherAccounts {
            accounts: vec![UserId(13)]
        }),
        "one person with two accounts"
    );
    let left_out = BTreeSet::from([6]);
    let without: BTreeMap<i64, Vec<Difference>> = book
        .differences(&BTreeMap::new(), &left_out)
        .into_iter()
        .collect();
    assert!(
        !without.contains_key(&6),
        "nothing is named of whoever is left out"
    );
    assert!(
        found[&6].contains(&Difference::TwiceInTeam {
            emails: vec!["di@example.com".into()]
        }),
        "and twice in the team"
    );
}

#[test]
fn what_is_known_of_a_pair_is_what_a_fresh_look_says() {
    let (members, accounts) = disagreeing();
    let mut book = Book::of(members.clone(), accounts.clone());
    for (held, left_out) in [
        (BTreeMap::from([(5, UserId(13))]), BTreeSet::new()),
        (
            BTreeMap::from([(5, UserId(13)), (1, UserId(10))]),
            BTreeSet::from([6]),
        ),
        (BTreeMap::from([(1, UserId(11))]), BTreeSet::from([5])),
        (BTreeMap::new(), BTreeSet::new()),
    ] {
        let mut fresh = Book::of(members.clone(), accounts.clone());
        assert_eq!(
            book.differences(&held, &left_out),
            fresh.differences(&held, &left_out),
            "{held:?} without {left_out:?}"
        );
    }
}
