//! How much speaks for an account being a member's, and what.

use super::address::{Made, Mailbox};
use super::name::{Level, Lexicon, Likeness, Name};
use super::{Account, Clue, Evidence, Member};

/// A member, ready to be compared.
pub(super) struct Here {
    pub name: Name,
    pub mailbox: Mailbox,
    /// Whether several people, or a program, read the address.
    pub is_shared: bool,
    /// Whether the name is only the mailbox again, letter for letter, as programs fill it in. Whoever has one name and
    /// writes it with a capital is called so.
    pub echoes: bool,
}

/// An account, ready to be compared.
pub(super) struct There {
    pub name: Name,
    /// Its addresses, and whether each is verified.
    pub mailboxes: Vec<(Mailbox, bool)>,
    /// Whether it is a program's or a group's, and no person's.
    pub is_service: bool,
    /// Whether it is not known whether they can log in.
    pub is_state_unclear: bool,
}

/// What speaks for a pair, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weight {
    pub points: i32,
    /// So many of them were taken off for the addresses.
    pub lost_by_address: i32,
    pub evidence: Evidence,
    pub clues: Vec<Clue>,
    /// Whether the names leave no doubt, given that the address is the same.
    pub is_beyond_doubt: bool,
}

impl Here {
    pub fn new(member: &Member, lexicon: &mut Lexicon) -> Self {
        let mailbox = Mailbox::of(&member.email, &member.name);
        // A name that is only the address again says nothing more.
        let name = if member.name.contains('@') {
            Name::default()
        } else {
            Name::read(&member.name, lexicon)
        };
        Self {
            echoes: is_echo(&member.name, &member.email),
            name,
            is_shared: mailbox.is_shared(),
            mailbox,
        }
    }
}

fn is_echo(name: &str, email: &str) -> bool {
    let rest = email.trim().strip_prefix(name.trim());
    rest.is_some_and(|it| it.starts_with(['@', '+']))
}

impl There {
    pub fn new(account: &Account, lexicon: &mut Lexicon) -> Self {
        let name = Name::read(&account.name, lexicon);
        let mailboxes: Vec<(Mailbox, bool)> = account
            .addresses
            .iter()
            .map(|it| (Mailbox::of(&it.email, &account.name), it.verified))
            .collect();
        let is_service =
            is_no_person(&account.name) || mailboxes.first().is_some_and(|(it, _)| it.is_shared());
        Self {
            name,
            mailboxes,
            is_service,
            is_state_unclear: account.is_state_unclear,
        }
    }
}

/// Returns what speaks for an account being a member's and against it, however it was chosen.
#[must_use]
pub fn clues(member: &Member, account: &Account) -> Vec<Clue> {
    let mut lexicon = Lexicon::default();
    let here = Here::new(member, &mut lexicon);
    weigh(&here, &There::new(account, &mut lexicon)).clues
}

/// Words that no person is called by, in order.
const NO_PERSON: &[&str] = &[
    "acquisition",
    "admin",
    "api",
    "automation",
    "bot",
    "careers",
    "deactivated",
    "greenhouse",
    "inactive",
    "inbox",
    "integration",
    "integrations",
    "jobs",
    "noreply",
    "okta",
    "recruiting",
    "service",
    "sso",
    "svc",
    "sync",
    "system",
    "team",
    "test",
    "webhook",
    "webhooks",
    "workday",
    "zapier",
];

/// What is set beside the name of an account that is nobody's any more, in order. Some of it is a surname where it is not.
const NOBODYS: &[&str] = &[
    "deactivated",
    "disabled",
    "duplicate",
    "former",
    "inactive",
    "leaver",
    "left",
    "obsolete",
    "old",
    "test",
    "unused",
];

/// What sets a part of a name apart, beside a hyphen with a space.
const APART: [char; 9] = ['(', ')', '[', ']', '{', '}', '–', '—', '|'];

/// Returns whether a name is of a program or a group, or says that the account is nobody's any more.
fn is_no_person(name: &str) -> bool {
    let name = name.to_lowercase();
    let outside = name.split(['(', '[']).next().unwrap_or_default();
    words(outside).any(|it| NO_PERSON.binary_search(&it).is_ok())
        || is_not_to_be_used(&name)
        || is_set_aside(&name)
}

fn is_not_to_be_used(name: &str) -> bool {
    name.contains("use") && {
        let letters: String = name.chars().filter(|it| it.is_alphanumeric()).collect();
        letters.contains("donotuse")
    }
}

/// Returns whether a part of a name that brackets or a dash set apart says that the account is nobody's any more: one
/// behind the name by any word, one before it by all.
fn is_set_aside(name: &str) -> bool {
    // Most names have no such part.
    if !name.contains(|it: char| it == '-' || APART.contains(&it)) {
        return false;
    }
    let parts = name.split(APART);
    let parts = parts.flat_map(|it| it.split(" -"));
    let parts = parts.flat_map(|it| it.split("- "));
    let mut parts = parts.filter(|it| words(it).next().is_some());
    let first = parts.next().unwrap_or_default();
    let says_so = |word: &str| NOBODYS.binary_search(&word).is_ok();
    let mut rest = parts.peekable();
    (rest.peek().is_some() && words(first).all(says_so))
        || rest.any(|part| words(part).any(says_so))
}

/// Returns the words of a text, without figures behind them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(|it| it.trim_end_matches(|it: char| it.is_ascii_digit()))
        .filter(|it| !it.is_empty())
}

/// Returns whether an account is a program's or a group's, by its name or its main address.
pub(super) fn is_service(account: &Account) -> bool {
    let main = account.addresses.first();
    is_no_person(&account.name)
        || main.is_some_and(|it| Mailbox::of(&it.email, &account.name).is_shared())
}

/// Weighs an account for a member.
pub(super) fn weigh(here: &Here, there: &There) -> Weight {
    let names = Likeness::of(&here.name, &there.name);
    let mut clues = Vec::with_capacity(8);
    let by_address = address_points(here, there, &mut clues);
    let by_name = name_points(&names, &mut clues);
    let (by_pattern, fits) = pattern_points(here, there, by_address, &names, by_name);
    clues.extend(fits.then_some(Clue::EmailPattern));
    let by_person = against(here, there, &names, &mut clues);
    let lost_by_address = against_address(here, there, &mut clues);
    let is_made = || here.mailbox.made_of(&there.name) >= Made::WordAndInitial;
    Weight {
        points: by_address + by_name + by_pattern - by_person - lost_by_address,
        lost_by_address,
        evidence: evidence(&clues),
        is_beyond_doubt: names.is_beyond_doubt() || (is_silent(here, there, &names) && is_made()),
        clues,
    }
}

/// Returns whether the names cannot tell anything, for or against.
fn is_silent(here: &Here, there: &There, names: &Likeness) -> bool {
    let echo = here.echoes && names.pairs.is_empty();
    names.incomparable || echo || here.name.is_empty() || there.name.is_empty()
}

impl Weight {
    /// Returns whether addresses speak for the pair.
    pub fn has_address(&self) -> bool {
        self.clues.iter().any(|it| {
            matches!(
                it,
                Clue::SameEmail
                    | Clue::UnverifiedEmail
                    | Clue::TaggedEmail
                    | Clue::OtherDomain
                    | Clue::EmailPattern
            )
        })
    }
}

fn evidence(clues: &[Clue]) -> Evidence {
    let has = |clue: &Clue| clues.contains(clue);
    if has(&Clue::SameEmail) {
        Evidence::DoubtfulEmail
    } else if has(&Clue::UnverifiedEmail) || has(&Clue::TaggedEmail) {
        Evidence::SimilarEmail
    } else if has(&Clue::SameName) {
        Evidence::SameName
    } else if has(&Clue::OtherDomain) {
        Evidence::SameMailboxOtherDomain
    } else if clues.iter().any(Clue::is_of_the_name) {
        Evidence::SimilarName
    } else {
        Evidence::EmailPattern
    }
}

fn address_points(here: &Here, there: &There, clues: &mut Vec<Clue>) -> i32 {
    let ours = &here.mailbox;
    let mut best: Option<(i32, Clue)> = None;
    for (theirs, verified) in &there.mailboxes {
        let found = if ours.whole == theirs.whole && *verified {
            (60, Clue::SameEmail)
        } else if ours.whole == theirs.whole {
            (50, Clue::UnverifiedEmail)
        } else if ours.user() == theirs.user() && ours.domain() == theirs.domain() {
            (52, Clue::TaggedEmail)
        } else if ours.user() == theirs.user() && !ours.user().is_empty() {
            (mailbox_points(here, there), Clue::OtherDomain)
        } else if ours.letters == theirs.letters
            && ours.domain() == theirs.domain()
            && !ours.letters.is_empty()
        {
            continue;
        } else if ours.letters == theirs.letters
            && has_no_number(ours, theirs)
            && ours.letters.len() >= 4
        {
            (mailbox_points(here, there) - 4, Clue::OtherDomain)
        } else {
            continue;
        };
        if best.as_ref().is_none_or(|it| it.0 < found.0) {
            best = Some(found);
        }
    }
    let Some((points, clue)) = best.filter(|_| !here.is_shared) else {
        return 0;
    };
    clues.push(clue);
    points
}

fn has_no_number(one: &Mailbox, other: &Mailbox) -> bool {
    let ends_plainly = |it: &Mailbox| !it.user().ends_with(|c: char| c.is_ascii_digit());
    ends_plainly(one) && ends_plainly(other)
}

/// A mailbox that is only a first name is found in many companies.
fn mailbox_points(here: &Here, there: &There) -> i32 {
    let ours = if here.echoes {
        Made::No
    } else {
        here.mailbox.made_of(&here.name)
    };
    match here.mailbox.made_of(&there.name).max(ours) {
        Made::OneWord | Made::Initials => 14,
        Made::No if here.mailbox.letters.len() < 4 => 10,
        _ => 34,
    }
}

fn name_points(names: &Likeness, clues: &mut Vec<Clue>) -> i32 {
    let Some(worst) = names.worst() else {
        return 0;
    };
    let lost = names
        .pairs
        .each()
        .map(|(it, count)| lost_by(it) * i32::from(count));
    let lost: i32 = lost.sum();
    let left = i32::try_from(names.left_here + names.left_there).unwrap_or(i32::MAX);
    let alike = names.pairs.count();
    if names.contradicts() {
        clues.push(Clue::PartOfName);
        return (alike * 10 - lost / 2 - left * 2).clamp(0, 20);
    }
    clues.push(match worst {
        _ if left > 0 => Clue::PartOfName,
        Level::Same => Clue::SameName,
        Level::Sound | Level::Script => Clue::OtherLetters,
        Level::Form => Clue::Nickname,
        Level::Spelling => Clue::Spelling,
        Level::Initial => Clue::Initials,
    });
    let whole = if alike > 1 {
        60
    } else if left == 0 {
        46
    } else {
        26
    };
    let exact = if names.is_exact && alike > 1 {
        EXACT
    } else {
        0
    };
    (whole + exact - lost - (left * 5).min(15)).max(0)
}

/// A full name that is the same to the letter is that far ahead of those that are only similar.
const EXACT: i32 = 8;

const fn lost_by(level: Level) -> i32 {
    match level {
        Level::Same => 0,
        Level::Sound => 2,
        Level::Form => 5,
        Level::Spelling => 6,
        Level::Script => 7,
        // A letter and a surname alone are not enough to be set.
        Level::Initial => 16,
    }
}

/// A mailbox made of the other side's name says more where the name itself says less.
fn pattern_points(
    here: &Here,
    there: &There,
    by_address: i32,
    names: &Likeness,
    by_name: i32,
) -> (i32, bool) {
    // A name that is the same makes the same mailbox: that is no news.
    let is_known = by_name >= 40 && !names.pairs.contains(Level::Initial);
    if by_address > 0 || is_known || here.is_shared {
        return (0, false);
    }
    let ours = here.mailbox.made_of(&there.name);
    let theirs = there.mailboxes.iter().filter(|(it, _)| !it.is_shared());
    let made = theirs
        .map(|(it, _)| it.made_of(&here.name))
        .max()
        .unwrap_or(Made::No)
        .max(ours);
    let points = match made {
        Made::Words => 36,
        Made::WordAndInitial => 22,
        Made::OneWord => 8,
        Made::Initials => 6,
        Made::No => 0,
    };
    let points = if is_silent(here, there, names) {
        points + 12
    } else {
        points
    };
    (points, made >= Made::WordAndInitial)
}

/// Returns how much speaks against a pair, but for other addresses.
fn against(here: &Here, there: &There, names: &Likeness, clues: &mut Vec<Clue>) -> i32 {
    let mut points = 0;
    if names.other_generation {
        clues.push(Clue::OtherGeneration);
        points += 70;
    } else if names.one_generation {
        points += 8;
    }
    if !is_silent(here, there, names)
        && !names.agrees()
        && names
            .worst()
            .is_none_or(|it| it != Level::Initial || names.contradicts())
    {
        clues.push(Clue::OtherName);
        points += 12;
    }
    if there.is_service {
        clues.push(Clue::NoPerson);
        points += 30;
    }
    if here.is_shared {
        clues.push(Clue::SharedMailbox);
    }
    if there.is_state_unclear {
        clues.push(Clue::UnclearState);
    }
    points
}

/// Returns how much other addresses speak against a pair.
fn against_address(here: &Here, there: &There, clues: &mut Vec<Clue>) -> i32 {
    let mut points = 0;
    let same = |clue: &Clue| {
        matches!(
            clue,
            Clue::SameEmail | Clue::UnverifiedEmail | Clue::TaggedEmail
        )
    };
    if !clues.iter().any(same) && has_other_address_there(here, there) {
        clues.push(Clue::OtherEmail);
        points += 12;
        let numbered = |it: &Mailbox| {
            it.letters == here.mailbox.letters && it.domain() == here.mailbox.domain()
        };
        if there.mailboxes.iter().any(|(it, _)| numbered(it)) {
            clues.push(Clue::NumberedEmail);
            points += 15;
        }
    }
    points
}

/// One person seldom has two addresses at one domain: another one there is most likely somebody else's.
fn has_other_address_there(here: &Here, there: &There) -> bool {
    let mut domains = there.mailboxes.iter().map(|(it, _)| it.domain());
    !here.mailbox.is_common() && domains.any(|it| it == here.mailbox.domain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_no_person_says_so() {
        for name in [
            "Greenhouse API",
            "Talent Acquisition",
            "Workday Sync",
            "Zapier",
            "Okta",
            "Test Pat Hill",
            "TEST 1",
            "Pat Hill (test2)",
            "Pat Hill (do not use)",
            "DO NOT USE",
            "DO-NOT-USE Pat Hill",
            "Pat Hill - left",
            "Pat Hill -left 2021",
            "Pat Hill – old account",
            "Pat Hill (inactive)",
            "Pat Hill [old]",
            "OLD - Pat Hill",
            "(left) Pat Hill",
        ] {
            assert!(is_no_person(name), "{name}");
        }
        for name in [
            "Maria Old",
            "Maria Testa",
            "Old, Maria",
            "Ana Left",
            "Ana Vega-Old",
            "Ana Vega (she/her)",
            "Ana Vega - Berlin",
            "Fernando Note",
            "",
        ] {
            assert!(!is_no_person(name), "{name}");
        }
    }
}
