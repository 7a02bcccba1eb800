//! How the practice Greenhouse behaves where documents disagree or are silent. The defaults are the
//! stricter reading, or the better supported one where neither is stricter.

mod table;

pub use table::SWITCHES;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::BTreeSet, str::FromStr};

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
    /// Whether introspection tells of organisation and role as well.
    pub introspection_claims: bool,
    /// Whether introspection tells of scopes.
    pub introspection_scope: bool,
    /// Whether a token answer says which scopes it has.
    pub token_scope: bool,
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
    /// When a window begins.
    pub rate_start: RateStart,
    /// Which of the three budget headers are sent.
    pub rate_headers: RateHeaders,
    /// Token requests per minute.
    pub token_limit: u32,
    /// Milliseconds until a write can be seen in lists.
    pub read_lag: u32,
    /// The header that numbers an answer.
    pub request_id: RequestId,
    /// Whether an application without a source gets the partner's.
    pub fills_in_source: bool,
    /// Whether the tries of one webhook delivery share one event id.
    pub stable_event_id: bool,
    /// Whether every webhook delivery that was answered 200 comes a second time.
    pub delivers_twice: bool,
    /// What webhooks call the name of a source.
    pub source_name: SourceName,
    /// Whether Harvest v1 still answers, for people who keep an old key.
    pub harvest_v1: bool,
    /// What Harvest v1 says to a write that names no acting user.
    pub v1_without_user: V1WithoutUser,
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
            introspection_claims: true,
            introspection_scope: true,
            token_scope: false,
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
            rate_start: RateStart::Clock,
            rate_headers: RateHeaders::All,
            token_limit: 120,
            read_lag: 0,
            request_id: RequestId::XRequestId,
            fills_in_source: false,
            stable_event_id: true,
            delivers_twice: false,
            source_name: SourceName::PublicName,
            harvest_v1: true,
            v1_without_user: V1WithoutUser::Invalid,
        }
    }
}

/// Why a switch was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}. A switch reads like `expiry=in`; `headhuntr practice --list` names all of them")]
pub struct NotASwitch(String);

/// One switch and a choice for it, as one types it.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// The name of a field of [`Quirks`].
    pub name: String,
    /// What it is to be.
    pub choice: Value,
}

impl FromStr for Switch {
    type Err = NotASwitch;

    /// Reads `name=choice`. A list is typed with `+` between its members.
    fn from_str(text: &str) -> Result<Self, NotASwitch> {
        let Some((name, choice)) = text.split_once('=') else {
            return Err(NotASwitch(format!("`{text}` has no `=`")));
        };
        let usual = serde_json::to_value(Quirks::default()).unwrap_or_default();
        let choice = match usual.get(name.trim()) {
            Some(Value::Array(_)) => choice.split('+').map(str::trim).collect(),
            Some(Value::String(_)) => Value::String(choice.trim().to_owned()),
            _ => serde_json::from_str(choice.trim())
                .map_err(|_| NotASwitch(format!("`{choice}` is no choice for `{name}`")))?,
        };
        let switch = Self {
            name: name.trim().to_owned(),
            choice,
        };
        Quirks::default().with([switch.clone()])?;
        Ok(switch)
    }
}

impl Quirks {
    /// Returns the quirks with some switches changed and the rest as they are.
    ///
    /// # Errors
    ///
    /// Says which switch there is not, or which choice it does not have.
    pub fn with(&self, switches: impl IntoIterator<Item = Switch>) -> Result<Self, NotASwitch> {
        let mut all = serde_json::to_value(self).unwrap_or_default();
        if let Value::Object(members) = &mut all {
            members.extend(switches.into_iter().map(|it| (it.name, it.choice)));
        }
        serde_json::from_value(all).map_err(|error| NotASwitch(error.to_string()))
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
        /// A token whose every use is forbidden.
        AtUse,
        /// A token whose every use is a 401.
        UnauthorizedAtUse,
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
    /// When a window begins.
    RateStart {
        /// At whole multiples of its length since 1970.
        Clock,
        /// With the first request after the one before ended.
        FirstRequest,
    }
    /// The header that numbers an answer.
    RequestId {
        /// `x-request-id`.
        XRequestId,
        /// `x-greenhouse-request-id`.
        XGreenhouseRequestId,
        /// None.
        None,
    }
    /// What webhooks call the name of a source.
    SourceName {
        /// `public_name`.
        PublicName,
        /// `name`.
        Name,
    }
    /// What Harvest v1 says to a write that names no acting user.
    V1WithoutUser {
        /// 422.
        Invalid,
        /// 401.
        Unauthorized,
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
        let typed = |text: &str| text.parse::<Switch>();
        let typed_one =
            Quirks::default().with([typed("expiry=in").unwrap(), typed("rate_limit=75").unwrap()]);
        assert_eq!(typed_one, Ok(expected), "typed, it is the same");
        for wrong in [
            "expiry",
            "expiry=soon",
            "expirey=in",
            "rate_limit=many",
            "introspection=1",
        ] {
            assert!(typed(wrong).is_err(), "{wrong} would do nothing");
        }
        let lists = typed("no_date_filter_on=notes+jobs").unwrap();
        assert_eq!(
            Quirks::default()
                .with([lists])
                .unwrap()
                .no_date_filter_on
                .len(),
            2,
            "lists are named one after the other"
        );
        let misspelt = serde_json::from_str::<Quirks>(r#"{"expirey":"in"}"#);
        assert!(
            misspelt.is_err(),
            "a misspelt switch would silently do nothing"
        );
    }
}
