//! What was decided in each step, in words.

use super::Seen;
use crate::error::{Code, Problem};
use crate::setup::overview::title;
use crate::view::{Decided, DecidedSection};
use crate::words;
use domain::setup::{Delivery, Step};
use store::{Dialect, MappingRow};

/// So many of those whose account was chosen are named.
const NAMED: usize = 20;

pub(super) fn sections(seen: &Seen, trouble: Option<Problem>) -> Vec<DecidedSection> {
    let facts = &seen.facts;
    let broken = facts.mapping.broken;
    let mapping = (broken > 0).then(|| match broken {
        1 => Problem::of(Code::MappingIncomplete, "1 account does not work"),
        _ => Problem::of(
            Code::MappingIncomplete,
            &format!("{broken} accounts do not work"),
        ),
    });
    let partial = facts.users.is_some_and(|users| users.looks_partial);
    let users = partial.then(|| Problem::of(Code::ExportPartial, ""));
    vec![
        section(Step::Permissions, permissions(seen), None),
        section(Step::Credential, credential(seen), trouble),
        section(Step::Users, users_taken_in(seen), users),
        section(Step::Webhooks, webhooks(seen), None),
        section(Step::Mapping, mapped(seen), mapping),
    ]
}

fn section(step: Step, items: Vec<Decided>, problem: Option<Problem>) -> DecidedSection {
    DecidedSection {
        step,
        title: title(step).to_owned(),
        items,
        problem,
    }
}

fn item(label: &str, value: impl Into<String>) -> Decided {
    Decided {
        label: label.to_owned(),
        value: value.into(),
    }
}

fn permissions(seen: &Seen) -> Vec<Decided> {
    let said = |yes: bool| if yes { "Confirmed" } else { "Not confirmed" };
    let fact = seen.facts.permissions;
    vec![
        item(
            "Manage ALL organization's API Credentials",
            said(fact.api_credentials),
        ),
        item("Manage and configure webhooks", said(fact.webhooks)),
    ]
}

fn credential(seen: &Seen) -> Vec<Decided> {
    let (Some(credential), Some(fact)) = (&seen.credential, &seen.facts.credential) else {
        return vec![item("Credential", "None yet")];
    };
    let mut items = Vec::new();
    if let Some(organisation) = &credential.organisation {
        items.push(item("Organisation", organisation));
    }
    items.push(match (credential.dialect, &credential.client_id) {
        (Dialect::V3, Some(id)) => item("Client ID", id),
        (Dialect::V3, None) => item("Kind", "Harvest V3 (OAuth)"),
        (Dialect::V1, _) => item("Kind", "Key of the retired Harvest v1"),
    });
    items.push(item("Secret", format!("Kept in {}", credential.kept_in)));
    if credential.harvest_url != greenhouse::endpoints::HARVEST {
        items.push(item("Address", &credential.harvest_url));
    }
    items.push(match (fact.missing, fact.limits_accepted) {
        (0, _) => item("Permissions", "All that are needed"),
        (1, true) => item("Permissions", "1 missing; you chose to go on without"),
        (missing, true) => item(
            "Permissions",
            format!("{missing} missing; you chose to go on without"),
        ),
        (missing, false) => item("Permissions", format!("{missing} missing")),
    });
    items
}

fn users_taken_in(seen: &Seen) -> Vec<Decided> {
    let Some(import) = &seen.import else {
        return vec![item("Users", "None yet")];
    };
    let file = import.payload.get("file").and_then(|it| it.as_str());
    let from = match file {
        Some(file) if !file.is_empty() => file,
        _ => "Greenhouse itself",
    };
    vec![
        item("Users", import.users.to_string()),
        item("Read from", from),
    ]
}

fn webhooks(seen: &Seen) -> Vec<Decided> {
    let Some(choice) = &seen.delivery else {
        return vec![item("Webhooks", "Not decided")];
    };
    let how = match choice.delivery {
        Delivery::OwnAddress => "To an address of yours that leads to this computer",
        Delivery::Headhuntr => "To Headhuntr's own endpoint",
        Delivery::None => {
            return vec![item(
                "Webhooks",
                "None; Greenhouse is asked every few minutes",
            )];
        }
    };
    let mut items = vec![item("Webhooks", how)];
    if let Some(address) = &choice.address {
        items.push(item("Address", address));
    }
    items.extend(seen.slots.iter().map(|slot| {
        let state = match (slot.disabled, slot.pinged_at) {
            (true, _) => "Switched off",
            (false, Some(_)) => "Live",
            (false, None) => "Not arrived yet",
        };
        item(&slot.name, format!("{}: {state}", slot.event_label))
    }));
    items
}

fn mapped(seen: &Seen) -> Vec<Decided> {
    let mapping = seen.facts.mapping;
    let mut items = vec![item(
        "Confirmed",
        format!("{} of {} people", mapping.confirmed, mapping.team),
    )];
    if mapping.left_out > 0 {
        items.push(item("Left out on purpose", mapping.left_out.to_string()));
    }
    let open = mapping
        .team
        .saturating_sub(mapping.confirmed + mapping.left_out);
    if open > 0 {
        items.push(item(
            "Without a confirmed account",
            format!("{open}; what they source waits"),
        ));
    }
    items.extend(seen.chosen.iter().take(NAMED).map(whose));
    let more = seen.chosen.len().saturating_sub(NAMED);
    if more > 0 {
        items.push(item("And", format!("{more} more who were chosen")));
    }
    items
}

/// Says whom somebody was confirmed to be, and what speaks against it.
fn whose(row: &MappingRow) -> Decided {
    let id = row.user.map(|it| it.to_string()).unwrap_or_default();
    let name = row
        .user_name
        .as_deref()
        .unwrap_or("Not in the list of users");
    let against = row.clues.iter().find(|it| it.is_against());
    let against = against.map(|it| format!(". {}", words::mapping::clue(*it)));
    let value = format!("{name}, {id}{}", against.unwrap_or_default());
    item(&row.member.name, value)
}
