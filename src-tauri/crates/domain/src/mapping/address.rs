//! E-mail addresses as they are compared: the mailbox without tags and points, whose name it is made of, and whether
//! several people read it.

use super::name::{Lexicon, Name, Part};
use unicode_normalization::UnicodeNormalization as _;

/// Returns an address in the form addresses are compared in: trimmed, lower case, marks joined to their letters.
#[must_use]
pub fn folded_email(email: &str) -> String {
    let lower = email.trim().to_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    lower.nfc().collect()
}

/// An address, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mailbox {
    /// The whole address, folded.
    pub whole: String,
    /// Its letters alone: no points, no figures at the end.
    pub letters: String,
    /// Where in the whole its user ends and its domain begins.
    user_ends: usize,
    domain_begins: usize,
    shared: bool,
    common: bool,
}

impl Mailbox {
    pub fn read(email: &str) -> Self {
        let whole = folded_email(email);
        let (before, domain) = whole.rsplit_once('@').unwrap_or((&whole, ""));
        let user = before.split_once('+').map_or(before, |it| it.0);
        let mut letters: String = user.chars().filter(|it| it.is_alphanumeric()).collect();
        let digits = |it: char| it.is_ascii_digit();
        letters.truncate(letters.trim_end_matches(digits).len());
        Self {
            letters,
            user_ends: user.len(),
            domain_begins: whole.len() - domain.len(),
            shared: is_shared(user),
            common: COMMON.contains(&domain),
            whole,
        }
    }

    /// Reads the address of whoever is called so. What several people seem to read is a person's where their name stands
    /// in it: *kim.hr@* is Kim Harris's.
    pub fn of(email: &str, name: &str) -> Self {
        let mut mailbox = Self::read(email);
        mailbox.shared = mailbox.shared && !names_a_person(mailbox.user(), name);
        mailbox
    }

    /// Returns what stands before the sign, without a tag.
    pub fn user(&self) -> &str {
        self.whole.get(..self.user_ends).unwrap_or_default()
    }

    /// Returns its domain.
    pub fn domain(&self) -> &str {
        self.whole.get(self.domain_begins..).unwrap_or_default()
    }

    /// Returns whether everybody may have as many addresses at its domain as they like.
    pub const fn is_common(&self) -> bool {
        self.common
    }

    /// Returns whether several people, or a program, read it: *jobs@*, *no-reply@*.
    pub const fn is_shared(&self) -> bool {
        self.shared
    }

    /// Returns how it is made of a name.
    pub fn made_of(&self, name: &Name) -> Made {
        let mut best = Made::No;
        // Every pattern begins as a word of the name does.
        let Some(first) = self.letters.chars().next() else {
            return best;
        };
        let begins = |word: &Part| {
            let spelt_out = word.spelt_out.as_ref();
            word.plain.starts_with(first) || spelt_out.is_some_and(|it| it.starts_with(first))
        };
        if !name.words.iter().any(begins) {
            return best;
        }
        each_pattern(name, &mut |parts, made| {
            if made > best && is_joined(&self.letters, parts) {
                best = made;
            }
        });
        best
    }
}

/// Returns whether it is made of words for what several people read, and of short ones, as of places.
fn is_shared(user: &str) -> bool {
    let mut says_so = words_of(user).next().is_none();
    let is_all = words_of(user).enumerate().all(|(at, word)| {
        let shared = is_for_several(word);
        says_so |= shared && (at == 0 || !SURNAMES.contains(&word));
        shared || word.len() <= 4
    });
    is_all && says_so
}

/// Returns whether a word of a mailbox is one of a name in which no word is for what several people read.
fn names_a_person(user: &str, name: &str) -> bool {
    let name = Name::read(name, &mut Lexicon::default());
    let has = |word: &str| name.words.iter().any(|it| &*it.plain == word);
    !name.words.iter().any(|it| is_for_several(&it.plain))
        && words_of(user).any(|it| it.len() > 1 && !is_for_several(it) && has(it))
}

/// Returns the words of a mailbox, without figures behind them.
fn words_of(user: &str) -> impl Iterator<Item = &str> {
    user.split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(|it| it.trim_end_matches(|it: char| it.is_ascii_digit()))
}

fn is_for_several(word: &str) -> bool {
    let known = |word: &str| SHARED.binary_search(&word).is_ok();
    known(word) || word.strip_suffix("team").is_some_and(known)
}

/// Returns whether a text is these parts in a row.
fn is_joined(text: &str, parts: &[&str]) -> bool {
    let rest = parts
        .iter()
        .try_fold(text, |rest, part| rest.strip_prefix(part));
    rest == Some("")
}

/// How a mailbox is made of a name, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Made {
    /// Not at all.
    No,
    /// Of first letters.
    Initials,
    /// Of one word of it.
    OneWord,
    /// Of one word and the first letter of another.
    WordAndInitial,
    /// Of two words or more.
    Words,
}

/// Shows every mailbox that is commonly made of a name, as the parts of its letters.
pub(super) fn each_pattern(name: &Name, show: &mut impl FnMut(&[&str], Made)) {
    let mut words = [""; MOST_WORDS];
    let count = name.words.len().min(MOST_WORDS);
    for (place, word) in words.iter_mut().zip(&name.words) {
        *place = &word.plain;
    }
    each_pattern_of(words.get(..count).unwrap_or_default(), show);
    if name.words.iter().any(|it| it.spelt_out.is_some()) {
        for (place, word) in words.iter_mut().zip(&name.words) {
            *place = word.spelt_out.as_ref().unwrap_or(&word.plain);
        }
        each_pattern_of(words.get(..count).unwrap_or_default(), show);
    }
}

/// More words than this are left out: nobody's mailbox is made of them.
const MOST_WORDS: usize = 5;

fn each_pattern_of(words: &[&str], show: &mut impl FnMut(&[&str], Made)) {
    let letter = |word: &&str| -> usize { word.chars().next().map_or(0, char::len_utf8) };
    for (at, one) in words.iter().enumerate() {
        show(&[one], Made::OneWord);
        for (_, other) in words.iter().enumerate().filter(|(it, _)| *it != at) {
            let first = other.get(..letter(other)).unwrap_or_default();
            show(&[one, other], Made::Words);
            show(&[one, first], Made::WordAndInitial);
            show(&[first, one], Made::WordAndInitial);
        }
    }
    let Some((first, rest)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return;
    };
    let mut initials = [""; MOST_WORDS];
    for (place, word) in initials.iter_mut().zip(words) {
        *place = word.get(..letter(word)).unwrap_or_default();
    }
    show(
        initials.get(..words.len()).unwrap_or_default(),
        Made::Initials,
    );
    let mut rest = rest;
    while rest.len() > 1 {
        // The surname with its particles, behind the first name, its first letter, or before either.
        let initial = first.get(..letter(first)).unwrap_or_default();
        show(&[&[*first], rest].concat(), Made::Words);
        show(&[&[initial], rest].concat(), Made::WordAndInitial);
        show(&[rest, &[*first]].concat(), Made::Words);
        rest = rest.get(1..).unwrap_or_default();
    }
}

/// Where everybody may have as many addresses as they like.
const COMMON: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "gmx.de",
    "web.de",
];

/// Words for what several people read that are surnames as well: behind a first name they say nothing.
const SURNAMES: &[&str] = &["bot", "hi", "it", "job", "no", "ta"];

/// In alphabetical order.
const SHARED: &[&str] = &[
    "acquisition",
    "admin",
    "administrator",
    "agency",
    "api",
    "applicants",
    "applications",
    "apply",
    "automation",
    "bewerber",
    "bewerbung",
    "bewerbungen",
    "bot",
    "calendar",
    "candidates",
    "career",
    "careers",
    "contact",
    "donotreply",
    "empleo",
    "emploi",
    "employment",
    "everyone",
    "greenhouse",
    "hello",
    "help",
    "helpdesk",
    "hi",
    "hiring",
    "hr",
    "humanresources",
    "info",
    "integration",
    "integrations",
    "interview",
    "interviews",
    "it",
    "job",
    "jobs",
    "karriere",
    "mail",
    "mailer",
    "no",
    "noreply",
    "notifications",
    "office",
    "onboarding",
    "people",
    "peopleops",
    "personal",
    "postmaster",
    "reception",
    "recruit",
    "recruiter",
    "recruiters",
    "recruiting",
    "recruitment",
    "recrutement",
    "referrals",
    "reply",
    "resumes",
    "rh",
    "rrhh",
    "scheduling",
    "service",
    "shared",
    "sourcing",
    "sso",
    "staffing",
    "support",
    "svc",
    "system",
    "ta",
    "talent",
    "talentacquisition",
    "team",
    "test",
    "webhook",
    "webhooks",
];

#[cfg(test)]
mod tests {
    use super::super::name::Lexicon;
    use super::*;

    #[test]
    fn an_address_is_the_same_however_its_marks_are_written() {
        for (one, other) in [
            ("jos\u{e9}@example.com", "jose\u{301}@example.com"),
            ("JOS\u{c9}@example.com", " JOSE\u{301}@example.com "),
            ("ng\u{1ecd}c@example.com", "ngo\u{323}c@example.com"),
        ] {
            assert_eq!(folded_email(one), folded_email(other), "{one} and {other}");
        }
        assert_ne!(
            folded_email("jos\u{e9}@example.com"),
            folded_email("jose@example.com"),
            "marks tell addresses apart"
        );
    }

    #[test]
    fn mailboxes_that_several_people_read_are_known() {
        assert!(SHARED.is_sorted(), "they are searched as sorted ones");
        for shared in [
            "jobs@example.com",
            "no-reply@example.com",
            "talent.acquisition@example.com",
            "jobs-de@example.com",
            "hr2@example.com",
            "bewerbung@example.com",
            "karriere@example.com",
            "rrhh@example.com",
            "rh@example.com",
            "emploi@example.com",
            "recrutement@example.com",
            "humanresources@example.com",
            "uk-recruiting@example.com",
            "emea.hr@example.com",
            "recruiting-shared@example.com",
            "hrteam@example.com",
            "shared@example.com",
            "personal@example.com",
            "jobs2@example.com",
            "@example.com",
        ] {
            assert!(Mailbox::read(shared).is_shared(), "{shared}");
        }
        for own in [
            "ana.vega@example.com",
            "jobst@example.com",
            "hr.muller@example.com",
            "rh.jones@example.com",
            "linh.ta@example.com",
            "tao@example.com",
        ] {
            assert!(!Mailbox::read(own).is_shared(), "{own}");
        }
    }

    #[test]
    fn a_mailbox_with_a_persons_name_in_it_is_theirs() {
        let check = |email: &str, name: &str, is_shared: bool| {
            let found = Mailbox::of(email, name).is_shared();
            assert_eq!(found, is_shared, "{email} of {name}");
        };
        check("hr.kim@example.com", "Hana Rae Kim", false);
        check("kim.hr@example.com", "Kim Harris", false);
        check("rh.jo2@example.com", "Jo, Rhea", false);
        check("hr.kim@example.com", "Ana Vega", true);
        check("emea.hr@example.com", "EMEA HR", true);
        check("uk-recruiting@example.com", "Recruiting UK", true);
        check("rh@example.com", "Rosa Hill", true);
        check("jobs@example.com", "Ana Vega", true);
        check("emea.hr@example.com", "", true);
    }

    #[test]
    fn a_mailbox_is_made_of_a_name_in_the_usual_ways() {
        let check = |email: &str, name: &str, expected: Made| {
            let name_read = Name::read(name, &mut Lexicon::default());
            let found = Mailbox::read(email).made_of(&name_read);
            assert_eq!(found, expected, "{email} of {name}");
        };
        check("ana.vega@example.com", "Ana Vega", Made::Words);
        check("vega_ana+ats@example.com", "Ana Vega", Made::Words);
        check("avega2@example.com", "Ana Vega", Made::WordAndInitial);
        check(
            "j.mueller@example.com",
            "Jürgen Müller",
            Made::WordAndInitial,
        );
        check(
            "vandenberg.jan@example.com",
            "Jan van den Berg",
            Made::Words,
        );
        check(
            "jvandenberg@example.com",
            "Jan van den Berg",
            Made::WordAndInitial,
        );
        check("ana@example.com", "Ana Vega", Made::OneWord);
        check("av@example.com", "Ana Vega", Made::Initials);
        check("bo@example.com", "Ana Vega", Made::No);
    }
}
