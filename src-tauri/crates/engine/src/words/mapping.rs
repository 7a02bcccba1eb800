//! The words for what speaks for an account and against it, for what the sources do not agree about, and for what may
//! not be decided.

use crate::error::{Code, Problem, Words};
use domain::ids::UserId;
use domain::mapping::{Clue, Difference, Estrangement};

/// Returns a clue in words.
#[must_use]
pub(crate) const fn clue(clue: Clue) -> &'static str {
    match clue {
        Clue::SameEmail => "Same e-mail address",
        Clue::UnverifiedEmail => {
            "Same e-mail address, but Greenhouse has not checked that it is theirs"
        }
        Clue::TaggedEmail => "Same e-mail address but for what stands behind the plus",
        Clue::OtherDomain => "Same mailbox at another domain",
        Clue::EmailPattern => "The e-mail address is made of this name",
        Clue::SameName => "Same name",
        Clue::OtherLetters => "Same name in other letters",
        Clue::Nickname => "A short or foreign form of the same name",
        Clue::Spelling => "Names a letter or two apart",
        Clue::Initials => "The initials fit",
        Clue::PartOfName => "A part of the name is the same",
        Clue::OtherName => "But the names differ",
        Clue::OtherGeneration => "But one is the elder and one the younger",
        Clue::NoPerson => "But the account seems to be no person\u{2019}s",
        Clue::SharedMailbox => "But several people read this address",
        Clue::OtherEmail => "But they have another address at the same domain",
        Clue::NumberedEmail => "But the addresses differ by a number, as those of namesakes do",
        Clue::Ambiguous => "But others fit as well",
        Clue::AddressElsewhere => "But their address belongs to another account",
        Clue::UnclearState => {
            "But whether they can log in is said in words that are not understood"
        }
    }
}

/// Returns a difference in words.
#[must_use]
pub(crate) fn difference(difference: &Difference) -> String {
    match difference {
        Difference::EmailChanged { was, now } => {
            format!("E-mail changed since the export: {was} is now {now}")
        }
        Difference::DeactivatedSince => "Deactivated since the export".to_owned(),
        Difference::Deactivated => "The account with this address is deactivated".to_owned(),
        Difference::ServiceAccount => {
            "The account seems to be a program\u{2019}s or a group\u{2019}s".to_owned()
        }
        Difference::SharedMailbox => "Several people seem to read this address".to_owned(),
        Difference::Namesakes { accounts } => {
            format!("{accounts} people in Greenhouse have this name")
        }
        Difference::OtherAccounts { accounts } => {
            let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
            format!("Seems to have another account: {}", ids.join(", "))
        }
        Difference::TwiceInTeam { emails } => {
            format!("Seems to be in the team twice: {}", emails.join(", "))
        }
    }
}

/// What somebody is called who was to be added by what was refused.
pub(crate) const SOMEBODY_NEW: &str = "Somebody new";

/// Says that nobody of the team has an address.
pub(crate) fn nobody_at(email: &str) -> Words {
    Words {
        title: format!("Nobody of the team has the address {email}"),
        why: "People of the team are known by the address that was handed over for them. Nothing was changed."
            .to_owned(),
        now: "Look at the addresses in the mapping.".to_owned(),
    }
}

/// Says that two people would have one account.
pub(crate) fn taken(member: &str, by: &str, account: UserId) -> Words {
    Words {
        title: format!("{member} and {by} would share one Greenhouse account"),
        why: format!(
            "Both would be confirmed to be {account}, and what both send would appear under one name. Nothing was \
             changed."
        ),
        now: "Choose another account for one of them, or confirm both on purpose.".to_owned(),
    }
}

/// Says that everything speaks against an account.
pub(crate) fn doubtful(member: &str, account: UserId, against: Clue) -> Words {
    let against = match against {
        Clue::AddressElsewhere => {
            "Their e-mail address belongs to another account in Greenhouse.".to_owned()
        }
        other => format!("Neither name nor address speak for it. {}.", clue(other)),
    };
    Words {
        title: format!("{account} does not seem to be {member}\u{2019}s account"),
        why: format!(
            "{against} A wrong id puts somebody else\u{2019}s name on what {member} sources, so nothing was changed."
        ),
        now: "Look the id up once more; or say that it is meant.".to_owned(),
    }
}

/// Says why a confirmed account is held.
pub(crate) fn estranged(why: Estrangement, member: &str, account: &str) -> Words {
    let now = "Choose their account; or this one again, if it is theirs.".to_owned();
    match why {
        Estrangement::OtherAccount => Words {
            title: match account {
                "" => "This account seems to be somebody else\u{2019}s now".to_owned(),
                name => format!("This account seems to be {name}\u{2019}s"),
            },
            why: "When it was confirmed, name or address fitted, or nobody knew whose it is. What Greenhouse or the \
                  latest export says by now speaks against it, so nothing is sent on its behalf."
                .to_owned(),
            now,
        },
        Estrangement::AddressElsewhere => Words {
            title: "Their e-mail address belongs to another account now".to_owned(),
            why: "What Greenhouse or the latest export says by now leads to another account by this address, so \
                  nothing is sent on behalf of the one that was confirmed."
                .to_owned(),
            now,
        },
        Estrangement::OtherMember => Words {
            title: format!("{member} is not who was confirmed"),
            why: "The team knew somebody else under this address when the account was confirmed, so nothing is sent on \
                  its behalf."
                .to_owned(),
            now,
        },
    }
}

/// Says that somebody stays the account they are confirmed to be, though a list says another.
pub(crate) fn stays(name: &str, account: UserId, other: UserId) -> Problem {
    Problem::saying(
        Code::RowsInvalid,
        format!("{name} stays confirmed to be {account}"),
        format!("The list says {other}. A list does not replace what a person confirmed."),
        "If the other id is the right one, set it by hand and confirm it.",
    )
}

/// Says that one id of Headhuntr's is two people of the team.
pub(crate) fn twice(id: &str, emails: &[String]) -> Problem {
    Problem::saying(
        Code::RowsInvalid,
        format!("{id} is in the team more than once: {}", emails.join(", ")),
        "One id in Headhuntr is one person. When an address changes, the old one stays in the team.",
        "Confirm the account of the one that is right, and remove the other from the team.",
    )
}

/// Says that an account can no longer log in.
pub(crate) fn deactivated(member: &str, account: UserId) -> Words {
    Words {
        title: format!("The account chosen for {member} is deactivated"),
        why: format!(
            "{account} can no longer log in to Greenhouse, so nothing can be sent on its behalf. Nothing was changed."
        ),
        now: Code::ActingUserDeactivated.now().to_owned(),
    }
}
