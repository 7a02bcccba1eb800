//! How the practice Greenhouse behaves where documents disagree or are silent. The defaults are the
//! stricter reading, or the better supported one where neither is stricter.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Every switch. Each field's type says what can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// How a token answer says when the token ends.
    pub expiry: Expiry,
    /// How long a token lives, in seconds.
    pub token_life: u32,
    /// Which older tokens a new one ends.
    pub replacement: Replacement,
    /// What asking for a token of an unknown or deactivated user brings.
    pub refused_sub: RefusedSub,
    /// Whether a scope that is granted later is missing from tokens that are there already.
    pub new_scope_needs_new_token: bool,
    /// Whether `/introspect` exists.
    pub introspection: bool,
    /// What a 403 says.
    pub forbidden_body: ForbiddenBody,
    /// What a list brings when the acting user is no Site Admin.
    pub list_without_site_admin: NotSiteAdmin,
    /// Which forms of date filters are understood.
    pub date_filter: DateFilter,
    /// Lists that refuse every date filter, whatever the documents promise.
    pub no_date_filter_on: BTreeSet<String>,
    /// Whether the last page says `Link:` with nothing in it, instead of leaving it out.
    pub empty_link: bool,
    /// What creating a candidate answers.
    pub created_candidate: CreatedBody,
    /// The status of a creation.
    pub created_status: u16,
    /// The status of a command: move, reject, hire and so on.
    pub command_status: u16,
    /// Whether a member that is not documented makes a write fail.
    pub unknown_members_refused: bool,
    /// How errors of a 422 are spelt.
    pub error_entries: ErrorEntries,
    /// Requests per window. Only the headers tell.
    pub rate_limit: u32,
    /// Seconds per window.
    pub rate_window: u32,
    /// Which of the three budget headers are sent.
    pub rate_headers: RateHeaders,
    /// Token requests per minute.
    pub token_limit: u32,
    /// Milliseconds until a write can be seen in lists.
    pub read_lag: u32,
    /// Whether the tries of one webhook delivery share one event id.
    pub stable_event_id: bool,
    /// Whether Harvest v1 still answers, for people who keep an old key.
    pub harvest_v1: bool,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            expiry: Expiry::At,
            token_life: 3_600,
            replacement: Replacement::None,
            refused_sub: RefusedSub::InvalidGrant,
            new_scope_needs_new_token: true,
            introspection: true,
            forbidden_body: ForbiddenBody::Message,
            list_without_site_admin: NotSiteAdmin::Forbidden,
            date_filter: DateFilter::Pipe,
            no_date_filter_on: BTreeSet::new(),
            empty_link: false,
            created_candidate: CreatedBody::Wrapped,
            created_status: 201,
            command_status: 204,
            unknown_members_refused: true,
            error_entries: ErrorEntries::Texts,
            rate_limit: 50,
            rate_window: 30,
            rate_headers: RateHeaders::All,
            token_limit: 120,
            read_lag: 0,
            stable_event_id: true,
            harvest_v1: true,
        }
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$why:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$why])* $variant),+ }
    )+};
}

choices! {
    /// How a token answer says when the token ends.
    Expiry {
        /// `expires_at`, a time.
        At,
        /// `expires_in`, seconds.
        In,
        /// Not at all; the token itself carries `exp`.
        Unsaid,
        /// `expires_at` with something that is no time.
        Garbled,
    }
    /// Which older tokens a new one ends.
    Replacement {
        /// None: all live on.
        None,
        /// Those of the same acting user.
        SameUser,
        /// All of the credential.
        Everybody,
    }
    /// What asking for a token of an unknown or deactivated user brings.
    RefusedSub {
        /// 400 `invalid_grant`.
        InvalidGrant,
        /// 401 `unauthorized_client`.
        UnauthorizedClient,
        /// 403 with a message.
        Forbidden,
        /// A token that is then refused everywhere.
        AtUse,
    }
    /// What a 403 says.
    ForbiddenBody {
        /// `message`.
        Message,
        /// `message` and `errors`.
        MessageAndErrors,
        /// Nothing.
        Empty,
        /// A page for people.
        Html,
    }
    /// What a list brings when the acting user is no Site Admin.
    NotSiteAdmin {
        /// 403.
        Forbidden,
        /// 200 and no records.
        NoRecords,
    }
    /// Which forms of date filters are understood.
    DateFilter {
        /// `updated_at=gte|A` and `gte|A|lte|B`.
        Pipe,
        /// `updated_at=gte|A` alone; two sides are refused.
        OneSidedPipe,
        /// `updated_at[gte]=A&updated_at[lte]=B`.
        Bracket,
        /// Either.
        Either,
        /// None: 422 to each.
        Refused,
    }
    /// What creating a candidate answers.
    CreatedBody {
        /// `{"candidate": …, "application": …}`.
        Wrapped,
        /// The candidate.
        Bare,
    }
    /// How errors of a 422 are spelt.
    ErrorEntries {
        /// As texts.
        Texts,
        /// As objects with message and field.
        Objects,
    }
    /// Which of the three budget headers are sent.
    RateHeaders {
        /// All three.
        All,
        /// No `X-RateLimit-Limit`.
        NoLimit,
        /// No `X-RateLimit-Remaining`.
        NoRemaining,
        /// No `X-RateLimit-Reset`.
        NoReset,
        /// None of them.
        None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_switches_one_quirk_and_keeps_the_rest() {
        let quirks: Quirks = serde_json::from_str(r#"{"expiry":"in","rate_limit":75}"#).unwrap();
        let expected = Quirks {
            expiry: Expiry::In,
            rate_limit: 75,
            ..Quirks::default()
        };
        assert_eq!(quirks, expected, "what is not named stays as usual");
        let misspelt = serde_json::from_str::<Quirks>(r#"{"expirey":"in"}"#);
        assert!(
            misspelt.is_err(),
            "a misspelt switch would silently do nothing"
        );
    }
}
