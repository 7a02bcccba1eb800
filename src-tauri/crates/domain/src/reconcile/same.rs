//! Several sourced people who are one: whoever shares an e-mail address or a LinkedIn profile with somebody who is about
//! to be made in Greenhouse joins them there instead of being made a second time.

use super::{KnownApplication, Situation};
use crate::candidate::{SourcedCandidate, folded_profile};
use crate::ids::ApplicationId;
use crate::mapping::folded_email;
use crate::plan::{Arm, IntentKey};
use std::collections::BTreeMap;

/// Who is about to be made, by each of their addresses.
#[derive(Default)]
pub(super) struct Leads(BTreeMap<String, Lead>);

/// Somebody who is about to be made.
#[derive(Clone)]
pub(super) struct Lead {
    /// The intent that makes them.
    pub(super) key: IntentKey,
    /// How they are put into Greenhouse by it.
    arm: Option<Arm>,
}

impl Leads {
    /// Returns who else of those planned before is this person.
    pub(super) fn of(&self, s: &Situation) -> Option<Lead> {
        let own = s.person_key();
        if s.known.contains(&own) {
            return None;
        }
        let mut leads = addresses(&s.candidate).filter_map(|address| self.0.get(&address));
        leads.find(|lead| lead.key != own).cloned()
    }

    /// Keeps that somebody is about to be made.
    pub(super) fn put(&mut self, s: &Situation, arm: Option<&Arm>) {
        let lead = Lead {
            key: s.person_key(),
            arm: arm.cloned(),
        };
        self.follow(s, &lead);
    }

    /// Keeps that somebody joins `lead`: whoever shares an address with them joins as well.
    pub(super) fn follow(&mut self, s: &Situation, lead: &Lead) {
        for address in addresses(&s.candidate) {
            self.0.entry(address).or_insert_with(|| lead.clone());
        }
    }
}

impl Lead {
    /// Returns the application they will have, where it can be told.
    pub(super) fn application(&self) -> Option<KnownApplication> {
        self.arm.as_ref().map(|arm| KnownApplication {
            id: ApplicationId(0),
            jobs: arm.job().into_iter().collect(),
            prospect: matches!(arm, Arm::Prospect { .. }),
            rejected: false,
            ours: true,
        })
    }
}

/// Addresses that belong to one person alone. A phone is shared too often.
fn addresses(candidate: &SourcedCandidate) -> impl Iterator<Item = String> + '_ {
    let emails = candidate.emails.iter().map(|email| folded_email(email));
    let profile = candidate.linkedin.as_deref().map(folded_profile);
    emails.chain(profile).filter(|address| !address.is_empty())
}
