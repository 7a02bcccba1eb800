//! E-mail addresses as they are compared: the mailbox without tags and points, whose name it is made of, and whether
//! several people read it.

use super::name::Name;

/// Returns an address in the form addresses are compared in: trimmed, lower case.
#[must_use]
pub fn folded_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// An address, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mailbox {
    /// The whole address, folded.
    pub whole: String,
    /// What stands before the sign, without a tag.
    pub user: String,
    /// Its letters alone: no points, no figures at the end.
    pub letters: String,
    /// Its domain.
    pub domain: String,
    /// Whether it carried a tag.
    pub tagged: bool,
}

impl Mailbox {
    pub fn read(email: &str) -> Self {
        let whole = folded_email(email);
        let (before, domain) = whole.rsplit_once('@').unwrap_or((&whole, ""));
        let (user, tag) = before.split_once('+').unwrap_or((before, ""));
        let joined: String = user.chars().filter(|it| it.is_alphanumeric()).collect();
        let letters = joined
            .trim_end_matches(|it: char| it.is_ascii_digit())
            .to_owned();
        Self {
            user: user.to_owned(),
            letters,
            domain: domain.to_owned(),
            tagged: !tag.is_empty(),
            whole,
        }
    }

    /// Returns whether several people, or a program, read it: *jobs@*, *no-reply@*.
    pub fn is_shared(&self) -> bool {
        let mut words = self
            .user
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty());
        let Some(first) = words.next() else {
            return true;
        };
        let known =
            |word: &str| SHARED.contains(&word.trim_end_matches(|it: char| it.is_ascii_digit()));
        let regional = |word: &str| word.len() <= 4 || known(word);
        known(first) && words.all(regional)
    }

    /// Returns how it is made of a name.
    pub fn made_of(&self, name: &Name) -> Made {
        let mut best = Made::No;
        each_pattern(name, &mut |parts, made| {
            if made > best && is_joined(&self.letters, parts) {
                best = made;
            }
        });
        best
    }
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
    let plain: Vec<&str> = name
        .words
        .iter()
        .map(|it| it.plain.as_str())
        .take(MOST_WORDS)
        .collect();
    each_pattern_of(&plain, show);
    if name.words.iter().any(|it| it.spelt_out.is_some()) {
        let spelt = name
            .words
            .iter()
            .map(|it| it.spelt_out.as_deref().unwrap_or(&it.plain));
        each_pattern_of(&spelt.take(MOST_WORDS).collect::<Vec<_>>(), show);
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
    let initials: Vec<&str> = words.iter().filter_map(|it| it.get(..letter(it))).collect();
    show(&initials, Made::Initials);
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
    "bot",
    "calendar",
    "candidates",
    "career",
    "careers",
    "contact",
    "donotreply",
    "employment",
    "everyone",
    "greenhouse",
    "hello",
    "help",
    "helpdesk",
    "hi",
    "hiring",
    "hr",
    "info",
    "integration",
    "integrations",
    "interview",
    "interviews",
    "it",
    "job",
    "jobs",
    "mail",
    "mailer",
    "no",
    "noreply",
    "notifications",
    "office",
    "onboarding",
    "people",
    "peopleops",
    "postmaster",
    "recruit",
    "recruiter",
    "recruiters",
    "recruiting",
    "recruitment",
    "reception",
    "referrals",
    "reply",
    "resumes",
    "scheduling",
    "service",
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
    use super::*;

    #[test]
    fn mailboxes_that_several_people_read_are_known() {
        for shared in [
            "jobs@example.com",
            "no-reply@example.com",
            "talent.acquisition@example.com",
            "jobs-de@example.com",
            "hr2@example.com",
        ] {
            assert!(Mailbox::read(shared).is_shared(), "{shared}");
        }
        for own in [
            "ana.vega@example.com",
            "jobst@example.com",
            "hr.muller@example.com",
            "tao@example.com",
        ] {
            assert!(!Mailbox::read(own).is_shared(), "{own}");
        }
    }

    #[test]
    fn a_mailbox_is_made_of_a_name_in_the_usual_ways() {
        let check = |email: &str, name: &str, expected: Made| {
            let found = Mailbox::read(email).made_of(&Name::read(name));
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
