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

/// Says that only the review is missing.
pub(crate) fn not_reviewed() -> Words {
    Words {
        title: "The review is not approved as it is now".to_owned(),
        why: "What is sent, and on whose behalf, is looked over by a person first, and again after a change."
            .to_owned(),
        now: "Look it over and approve it, then activate.".to_owned(),
    }
}
