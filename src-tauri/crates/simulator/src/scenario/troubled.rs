//! What is wrong in the troubled scenario.

use crate::world::{Act, World};
use domain::ids::CandidateId;
use greenhouse::wire::{Contact, NewCandidate};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Permissions that somebody forgot to tick.
const MISSING: [&str; 4] = [
    "harvest:notes:create",
    "harvest:job_posts:list",
    "harvest:sources:list",
    "harvest:user_emails:list",
];

/// Permissions that nobody needs.
const NEEDLESS: [&str; 2] = ["harvest:candidates:destroy", "harvest:candidates:merge"];

/// The address that two people share.
pub(crate) const SHARED_ADDRESS: &str = "robin.ortiz@example.com";

/// Spoils a tidy world.
pub(crate) fn disturb(world: &mut World, scopes: &mut BTreeSet<String>, at: Timestamp) {
    for scope in MISSING {
        scopes.remove(scope);
    }
    scopes.extend(NEEDLESS.map(str::to_owned));
    let own = world.own_user;
    world
        .users
        .update(own.get(), at, |it| it.site_admin = Some(false));
    let recruiter = world
        .users
        .records()
        .find(|it| it.last_name.as_deref() == Some("Mensah"));
    if let Some(recruiter) = recruiter {
        world
            .users
            .update(recruiter.id.get(), at, |it| it.deactivated = Some(true));
    }
    for last_name in ["Ortiz", "Ortiz-Blake"] {
        twin(world, last_name, at);
    }
}

fn twin(world: &mut World, last_name: &str, at: Timestamp) -> Option<CandidateId> {
    let new = NewCandidate {
        first_name: "Robin".to_owned(),
        last_name: last_name.to_owned(),
        email_addresses: vec![Contact::new(SHARED_ADDRESS, "personal")],
        ..NewCandidate::default()
    };
    let made = world.create_candidate(Act { at, by: None }, new);
    made.ok().map(|(candidate, _)| candidate.id)
}
