//! The mapping measured on labelled sets of made-up people: whom it selects in advance has to be right, always, and whom
//! it proposes nearly always. `first` was looked at while the rules were made; `second` is only measured.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "what is shared by the tests is test as well, which clippy does not see"
)]

use domain::ids::UserId;
use domain::mapping::{Account, Address, Book, Decisions, Member, Proposals};
use std::collections::BTreeMap;
use std::path::Path;

/// A member with the account that is right, and the trouble the pair is about.
struct Labelled {
    member: Member,
    right: Option<UserId>,
    trouble: String,
}

#[derive(Default)]
struct Score {
    people: u32,
    with_account: u32,
    certain: u32,
    certain_wrong: u32,
    first: u32,
    set: u32,
    set_wrong: u32,
}

fn lines(set: &str, file: &str) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/mapping");
    let text = std::fs::read_to_string(folder.join(set).join(file)).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

fn members(set: &str) -> Vec<Labelled> {
    let read = |cells: Vec<String>| Labelled {
        member: Member {
            id: cells[0].parse().unwrap(),
            name: cells[1].clone(),
            email: cells[2].clone(),
        },
        right: cells[3].parse().ok(),
        trouble: cells[4].clone(),
    };
    lines(set, "members.tsv").into_iter().map(read).collect()
}

fn accounts(set: &str) -> Vec<Account> {
    let address = |text: &str| Address {
        email: text.trim_start_matches('?').to_owned(),
        verified: !text.starts_with('?'),
    };
    let read = |cells: Vec<String>| Account {
        id: cells[0].parse().unwrap(),
        name: cells[1].clone(),
        addresses: cells[2].split(';').map(address).collect(),
        deactivated: cells[3] == "yes",
        is_state_unclear: false,
        exported: None,
    };
    lines(set, "accounts.tsv").into_iter().map(read).collect()
}

/// Measures a set, prints how each trouble fared, and returns the sum.
fn measure(set: &str) -> Score {
    let labelled = members(set);
    let accounts = accounts(set);
    let team: Vec<Member> = labelled.iter().map(|it| it.member.clone()).collect();
    let all = Book::of(team, accounts).propose(Decisions::default());
    let proposals: BTreeMap<i64, Proposals> = all.into_iter().map(|it| (it.member, it)).collect();
    let mut by_trouble: BTreeMap<&str, Score> = BTreeMap::new();
    let mut sum = Score::default();
    for one in &labelled {
        let found = proposals.get(&one.member.id);
        for score in [by_trouble.entry(&one.trouble).or_default(), &mut sum] {
            score.add(one, found);
        }
        let first = found.map(|it| (it.ranked[0].account, it.ranked[0].evidence));
        if one.right.is_some()
            && first.map(|it| it.0) != one.right
            && std::env::var_os("SHOW").is_some()
        {
            println!(
                "  {}: {:?} wants {:?}: {found:?}",
                one.trouble, one.member, one.right
            );
        }
    }
    println!("{set}: trouble | people | certain (wrong) | set (wrong) | right first");
    for (trouble, score) in by_trouble {
        println!("{set}: {trouble} | {}", score.line());
    }
    println!("{set}: together | {}", sum.line());
    sum
}

impl Score {
    fn add(&mut self, one: &Labelled, found: Option<&Proposals>) {
        let first = found.map(|it| &it.ranked[0]);
        let is_right = first.is_some_and(|it| Some(it.account) == one.right);
        self.people += 1;
        self.with_account += u32::from(one.right.is_some());
        self.first += u32::from(is_right);
        if first.is_some_and(|it| it.evidence.is_certain()) {
            self.certain += 1;
            self.certain_wrong += u32::from(!is_right);
        }
        if found.is_some_and(|it| it.stands_out) {
            self.set += 1;
            self.set_wrong += u32::from(!is_right);
        }
    }

    fn line(&self) -> String {
        format!(
            "{} | {} ({}) | {} ({}) | {} of {}",
            self.people,
            self.certain,
            self.certain_wrong,
            self.set,
            self.set_wrong,
            self.first,
            self.with_account
        )
    }

    fn hold(&self) {
        assert!(
            self.people >= 2_000,
            "a set worth measuring: {}",
            self.people
        );
        assert!(self.certain > 0, "something is certain");
        assert_eq!(
            self.certain_wrong, 0,
            "nobody is selected in advance who is somebody else"
        );
        assert!(
            self.first * 100 >= self.with_account * 97,
            "97 of 100 right answers are first: {}",
            self.line()
        );
    }
}

#[test]
fn nobody_certain_is_somebody_else() {
    measure("first").hold();
}

#[test]
fn what_was_never_looked_at_fares_as_well() {
    measure("second").hold();
}
