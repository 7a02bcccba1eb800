//! The switches in words, for people: what each one is about, and its choices with the usual one first.

/// Every switch: its name, its choices with the usual one first, and what it is about. A number or a
/// list stands for itself.
pub const SWITCHES: &[(&str, &[&str], &str)] = &[
    (
        "expiry",
        &["at", "in", "unsaid", "garbled"],
        "how a token answer says when the token ends",
    ),
    (
        "token_life",
        &["3600"],
        "how long a token lives, in seconds",
    ),
    (
        "token_scope",
        &["false", "true"],
        "whether a token answer says which scopes it has",
    ),
    (
        "replacement",
        &["none", "same_user", "everybody"],
        "whose older tokens a new one ends",
    ),
    (
        "refused_sub",
        &[
            "invalid_grant",
            "unauthorized_client",
            "forbidden",
            "at_use",
            "unauthorized_at_use",
        ],
        "what a token for an unknown or deactivated user meets: 400, 401, 403, or a token that meets 403 or 401",
    ),
    ("token_limit", &["120"], "token requests per minute"),
    (
        "new_scope_needs_new_token",
        &["true", "false"],
        "whether a scope granted later is missing from tokens that are there",
    ),
    (
        "introspection",
        &["true", "false"],
        "whether /introspect exists",
    ),
    (
        "introspection_claims",
        &["true", "false"],
        "whether introspection tells of organisation and role",
    ),
    (
        "introspection_scope",
        &["true", "false"],
        "whether introspection tells of scopes",
    ),
    (
        "forbidden_body",
        &["message", "message_and_errors", "empty", "html"],
        "what the body of a 403 is",
    ),
    (
        "list_without_site_admin",
        &["forbidden", "no_records"],
        "what a list brings when the acting user is no Site Admin",
    ),
    (
        "date_filter",
        &["pipe", "one_sided_pipe", "bracket", "either", "refused"],
        "which date filters lists understand",
    ),
    (
        "no_date_filter_on",
        &[],
        "lists that refuse every date filter: names with + between them",
    ),
    (
        "empty_link",
        &["false", "true"],
        "whether a last page says `Link:` with nothing in it",
    ),
    (
        "created_candidate",
        &["wrapped", "bare"],
        "what creating a candidate answers",
    ),
    (
        "created_status",
        &["201", "200"],
        "the status of a creation",
    ),
    (
        "command_status",
        &["204", "200", "201"],
        "the status of a command: move, reject, hire",
    ),
    (
        "unknown_members_refused",
        &["true", "false"],
        "whether a member that is not documented makes a write fail",
    ),
    (
        "error_entries",
        &["texts", "objects"],
        "how the errors of a 422 are spelt",
    ),
    (
        "rate_limit",
        &["50"],
        "requests per window; only the headers tell",
    ),
    ("rate_window", &["30"], "seconds per window"),
    (
        "rate_start",
        &["clock", "first_request"],
        "when a window begins",
    ),
    (
        "rate_headers",
        &["all", "no_limit", "no_remaining", "no_reset", "none"],
        "which of the three budget headers are sent",
    ),
    (
        "request_id",
        &["x_request_id", "x_greenhouse_request_id", "none"],
        "which header numbers an answer",
    ),
    (
        "read_lag",
        &["0"],
        "milliseconds until a new record can be seen in lists",
    ),
    (
        "fills_in_source",
        &["false", "true"],
        "whether an application without a source gets the partner's",
    ),
    (
        "stable_event_id",
        &["true", "false"],
        "whether all tries of one webhook delivery share one event id",
    ),
    (
        "delivers_twice",
        &["false", "true"],
        "whether every webhook delivery comes a second time",
    ),
    (
        "source_name",
        &["public_name", "name"],
        "what webhooks call the name of a source",
    ),
    (
        "harvest_v1",
        &["true", "false"],
        "whether the retired Harvest v1 still answers",
    ),
    (
        "v1_without_user",
        &["invalid", "unauthorized"],
        "what v1 says to a write without On-Behalf-Of: 422 or 401",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quirks::{Quirks, Switch};

    #[test]
    fn every_switch_is_told_of_with_all_its_choices() {
        let usual = serde_json::to_value(Quirks::default()).unwrap();
        let mut names: Vec<_> = usual.as_object().unwrap().keys().cloned().collect();
        let mut told: Vec<_> = SWITCHES
            .iter()
            .map(|(name, ..)| (*name).to_owned())
            .collect();
        names.sort();
        told.sort();
        assert_eq!(told, names, "no more and no fewer");
        for (name, choices, _) in SWITCHES {
            for (place, choice) in choices.iter().enumerate() {
                let switch: Switch = format!("{name}={choice}").parse().unwrap();
                let is_usual = usual[name] == switch.choice;
                assert_eq!(
                    is_usual,
                    place == 0,
                    "{name}={choice}: the usual one is first"
                );
            }
        }
    }
}
