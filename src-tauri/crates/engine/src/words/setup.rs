//! The words for what keeps a step of the set-up from being done.

use crate::error::Words;

/// Says that an address leads somewhere, and not to Harvest.
pub(crate) fn no_harvest() -> Words {
    Words {
        title: "Harvest is not at this address".to_owned(),
        why: "Greenhouse gave a token, but the address of Harvest knows none of its lists."
            .to_owned(),
        now: "Where an address of your own was given, check it: it ends in /v3. Otherwise try again later."
            .to_owned(),
    }
}

/// Says that a credential is another organisation's than everything that is kept.
pub(crate) fn other_organisation(was: Option<&str>, now: Option<&str>) -> Words {
    let title = match now {
        Some(name) => format!("This credential is of another organisation: {name}"),
        None => "This credential is of another organisation".to_owned(),
    };
    let was = was.unwrap_or("the organisation this was set up for");
    Words {
        title,
        why: format!(
            "What is kept here - ids, who is who, who was sent - is of {was}, and would be wrong there. Nothing is sent, \
             and nothing was changed."
        ),
        now: format!(
            "Use a credential of {was}. For the other one begin anew in a data folder of its own, or remove everything \
             here first."
        ),
    }
}

/// Says that only the review is missing.
pub(crate) fn not_reviewed() -> Words {
    Words {
        title: "The review is not approved as it is now".to_owned(),
        why: "What is sent, and on whose behalf, is looked over by a person first, and again after a change."
            .to_owned(),
        now: "Look it over and approve it, then activate.".to_owned(),
    }
}

/// Says that Greenhouse listed no user at all.
pub(crate) fn nobody_listed() -> Words {
    Words {
        title: "Greenhouse listed no user".to_owned(),
        why: "There is at least the one behind the credential, so the answer cannot be right. What was taken in before \
              is still there."
            .to_owned(),
        now: "Try again in a while, or hand over the Excel export.".to_owned(),
    }
}

/// Says which of the users that Greenhouse listed could not be used.
pub(crate) fn unusable(ids: &[String]) -> Words {
    const NAMED: usize = 10;
    let more = ids.len().saturating_sub(NAMED);
    let mut named = ids
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if more > 0 {
        named = format!("{named} and {more} more");
    }
    Words {
        title: format!("Some users of Greenhouse\u{2019}s list were not understood: {named}"),
        why: "They are sent in a way this app does not know, so they were left out.".to_owned(),
        now: "Take the Excel export if one of them is needed.".to_owned(),
    }
}
