//! Which permissions a credential needs, why, and what stops working without each: one line of data per permission.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// A thing the product does, which can lack a permission of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Reading users, departments, jobs, posts, stages, sources and pools.
    ReadJobs,
    /// Reading candidates and applications: nothing works without.
    ReadPeople,
    /// Adding people and putting them on jobs.
    AddPeople,
    /// Updating people and applications that are there already.
    UpdatePeople,
    /// Sending résumés.
    Resumes,
    /// Sending notes.
    Notes,
    /// Sending educations and employments.
    Background,
    /// Showing where each person stands, with stages and rejection reasons.
    Outcomes,
    /// Matching people of the team by their other addresses.
    Matching,
    /// Finding out after a lost answer whether something arrived.
    Certainty,
}

/// Whether something stops without a permission, or only gets less good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The product cannot be activated without.
    Core,
    /// One feature stops without.
    Required,
    /// One feature gets less good without.
    Optional,
}

/// One permission on a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// The scope's name in v3, as introspection prints it.
    pub scope: &'static str,
    /// Its name in Greenhouse's *Manage scopes* list.
    pub label: &'static str,
    /// Its name in the published v1 guide.
    pub v1_label: &'static str,
    /// Why it is asked for.
    pub reason: &'static str,
    /// What stops working without it.
    pub without: &'static str,
    /// The feature it belongs to.
    pub feature: Feature,
    /// How much hangs on it.
    pub need: Need,
}

macro_rules! permissions {
    ($($scope:literal, $label:literal, $v1:literal, $feature:ident, $need:ident, $reason:literal, $without:literal;)+) => {
        /// Every permission the product can use. There is no delete permission among them, on purpose.
        pub const PERMISSIONS: &[Permission] = &[$(Permission {
            scope: $scope, label: $label, v1_label: $v1, reason: $reason, without: $without,
            feature: Feature::$feature, need: Need::$need,
        }),+];
    };
}

permissions! {
    "harvest:candidates:list", "Candidates › List candidates", "Candidates: Retrieve, List", ReadPeople, Core,
        "Finds people before adding them, so nobody is added twice", "Nothing can be read or sent";
    "harvest:applications:list", "Applications › List applications", "Applications: Retrieve", ReadPeople, Core,
        "Follows where each person stands", "Nothing can be read or sent";
    "harvest:jobs:list", "Jobs › List jobs", "Jobs: List, Retrieve", ReadJobs, Core,
        "Finds the job a person is meant for", "Nobody can be put on a job";
    "harvest:users:list", "Users › List users", "Users: List", ReadJobs, Required,
        "Matches your team to their Greenhouse accounts and notices who has left", "Accounts can only be read from the Excel export, and go stale";
    "harvest:candidates:create", "Candidates › Create candidate", "Candidates: Add Candidate, Add Prospect", AddPeople, Required,
        "Adds the people you sourced", "Nobody new is added";
    "harvest:applications:create", "Applications › Create application", "Candidates: Add Application", AddPeople, Required,
        "Puts people who are in Greenhouse already on a job", "People already in Greenhouse are not put on jobs";
    "harvest:candidates:update", "Candidates › Update candidate", "Candidates: Edit", UpdatePeople, Required,
        "Adds tags to people who are in Greenhouse already", "People already in Greenhouse get no tags";
    "harvest:applications:update", "Applications › Update application", "Applications: Update", UpdatePeople, Required,
        "Sets the source and pool of an application", "Source and pool stay as Greenhouse chose them";
    "harvest:attachments:create", "Attachments › Create attachment", "Candidates: Add Attachment", Resumes, Required,
        "Sends the résumé along with the candidate", "Résumés do not reach Greenhouse";
    "harvest:notes:create", "Notes › Create note", "Candidates: Add Note", Notes, Required,
        "Adds the recruiter's note to the profile", "Notes do not reach Greenhouse";
    "harvest:candidate_educations:create", "Candidate educations › Create education", "Candidates: Add Education", Background, Required,
        "Adds where a person studied", "Educations do not reach Greenhouse";
    "harvest:candidate_employments:create", "Candidate employments › Create employment", "Candidates: Add Employment", Background, Required,
        "Adds where a person worked", "Employments do not reach Greenhouse";
    "harvest:departments:list", "Departments › List departments", "Departments: List, Retrieve", ReadJobs, Required,
        "Shows jobs under their departments", "Jobs are shown without departments";
    "harvest:job_posts:list", "Job posts › List job posts", "Job Posts: List, Retrieve", ReadJobs, Required,
        "Knows a job by the title candidates see", "Jobs are known by their internal name alone";
    "harvest:job_interview_stages:list", "Job interview stages › List stages", "Job Stages: List, Retrieve", ReadJobs, Required,
        "Names the stage each person is in", "Stages are shown without their order";
    "harvest:sources:list", "Sources › List sources", "Sources (the guide prints “List Job Stages” here)", ReadJobs, Required,
        "Credits Headhuntr.io as the source", "People arrive without a source";
    "harvest:prospect_pools:list", "Prospect pools › List prospect pools", "Prospect Pool: List, Retrieve", ReadJobs, Required,
        "Finds the pool a prospect belongs in", "Prospects arrive outside their pool";
    "harvest:prospect_pool_stages:list", "Prospect pool stages › List stages", "Prospect Pool: List, Retrieve", ReadJobs, Required,
        "Knows the steps of each pool", "Prospects arrive without a pool stage";
    "harvest:user_emails:list", "User emails › List user emails", "–", Matching, Optional,
        "Matches people of your team by their other addresses", "Only the main address of an account is compared";
    "harvest:application_stages:list", "Application stages › List application stages", "–", Outcomes, Optional,
        "Shows when a person entered each stage", "Stages are shown by name only";
    "harvest:prospect_details:list", "Prospect details › List prospect details", "–", Outcomes, Optional,
        "Shows which pool a prospect is in", "The pool of a prospect is not shown";
    "harvest:custom_field_options:list", "Custom field options › List options", "–", Background, Optional,
        "Finds schools, degrees and disciplines in Greenhouse's lists", "Educations are sent with their dates only";
    "harvest:rejection_reasons:list", "Rejection reasons › List reasons", "–", Outcomes, Optional,
        "Says why somebody was rejected", "Rejections are shown without a reason";
    "harvest:rejection_details:list", "Rejection details › List rejection details", "–", Outcomes, Optional,
        "Says why somebody was rejected", "Rejections are shown without a reason";
    "harvest:attachments:list", "Attachments › List attachments", "–", Certainty, Optional,
        "Checks after a lost answer whether a résumé arrived", "After a lost answer a person has to check by hand";
    "harvest:notes:list", "Notes › List notes", "–", Certainty, Optional,
        "Checks after a lost answer whether a note arrived", "After a lost answer a person has to check by hand";
    "harvest:candidate_educations:list", "Candidate educations › List educations", "–", Certainty, Optional,
        "Checks after a lost answer whether an education arrived", "After a lost answer a person has to check by hand";
    "harvest:candidate_employments:list", "Candidate employments › List employments", "–", Certainty, Optional,
        "Checks after a lost answer whether an employment arrived", "After a lost answer a person has to check by hand";
}

/// How one permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Asked for and there.
    Granted,
    /// Asked for and not there; something stops.
    Missing,
    /// Would help and is not there; nothing stops.
    NotGranted,
    /// There and not asked for. Can be switched off.
    Unneeded,
    /// Cannot be known before the first write (v1, or no introspection).
    NotKnowable,
}

/// One line of a permission check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The scope's name.
    pub scope: String,
    /// What we know of it; `None` for a scope we never ask for.
    pub permission: Option<&'static Permission>,
    /// How it stands.
    pub standing: Standing,
}

/// What is known of a credential's scopes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case")]
pub enum Granted {
    /// Introspection named them all.
    All {
        /// Scope names.
        scopes: BTreeSet<String>,
    },
    /// Reads were tried one by one; writes cannot be known.
    ReadsOnly {
        /// Scopes whose reads answered.
        scopes: BTreeSet<String>,
    },
}

impl Granted {
    /// Returns whether a scope may be used: granted, or not knowable before it is tried.
    #[must_use]
    pub fn may_try(&self, scope: &str) -> bool {
        match self {
            Self::All { scopes } => scopes.contains(scope),
            Self::ReadsOnly { scopes } => !scope.ends_with(":list") || scopes.contains(scope),
        }
    }
}

/// Compares what is granted with what the switched-on features need: missing first, then what is granted, then
/// what is unneeded.
#[must_use]
pub fn check(granted: &Granted, features: &BTreeSet<Feature>) -> Vec<Checked> {
    let (scopes, writes_known) = match granted {
        Granted::All { scopes } => (scopes, true),
        Granted::ReadsOnly { scopes } => (scopes, false),
    };
    let mut lines: Vec<Checked> = PERMISSIONS
        .iter()
        .filter_map(|permission| {
            let asked = features.contains(&permission.feature) || permission.need == Need::Core;
            let there = scopes.contains(permission.scope);
            let standing = match (asked, there) {
                (true, true) => Standing::Granted,
                (false, true) => Standing::Unneeded,
                (false, false) => return None,
                (true, false) if !writes_known && !permission.scope.ends_with(":list") => {
                    Standing::NotKnowable
                }
                (true, false) if permission.need == Need::Optional => Standing::NotGranted,
                (true, false) => Standing::Missing,
            };
            Some(Checked {
                scope: permission.scope.to_owned(),
                permission: Some(permission),
                standing,
            })
        })
        .collect();
    lines.extend(
        scopes
            .iter()
            .filter(|scope| !PERMISSIONS.iter().any(|p| p.scope == scope.as_str()))
            .map(|scope| Checked {
                scope: scope.clone(),
                permission: None,
                standing: Standing::Unneeded,
            }),
    );
    let rank = |line: &Checked| match line.standing {
        Standing::Missing => 0,
        Standing::NotKnowable => 1,
        Standing::Granted => 2,
        Standing::NotGranted => 3,
        Standing::Unneeded => 4,
    };
    lines.sort_by_key(rank);
    lines
}

/// Returns every feature there is: what is switched on until somebody says otherwise.
#[must_use]
pub fn all_features() -> BTreeSet<Feature> {
    PERMISSIONS.iter().map(|p| p.feature).collect()
}

/// Returns a name for a scope that is not in our list, as Greenhouse's list would print it.
#[must_use]
pub fn label_of(scope: &str) -> String {
    let mut parts = scope.strip_prefix("harvest:").unwrap_or(scope).split(':');
    let title = |word: &str| {
        let spaced = word.replace('_', " ");
        let mut letters = spaced.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(letters).collect()
        })
    };
    let resource = title(parts.next().unwrap_or_default());
    parts.next().map_or(resource.clone(), |verb| {
        format!("{resource} › {}", title(verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(scopes: &[&str]) -> Granted {
        Granted::All {
            scopes: scopes.iter().map(|s| (*s).to_owned()).collect(),
        }
    }

    #[test]
    fn no_delete_permission_is_ever_asked_for() {
        assert!(
            PERMISSIONS
                .iter()
                .all(|p| !p.scope.ends_with(":destroy") && !p.scope.contains("delete")),
            "least privilege: we promise never to ask for a delete"
        );
    }

    #[test]
    fn a_destroy_scope_is_named_as_unneeded() {
        let lines = check(&granted(&["harvest:candidates:destroy"]), &all_features());
        let line = lines
            .iter()
            .find(|l| l.scope == "harvest:candidates:destroy")
            .expect("a line for it");
        assert_eq!(
            line.standing,
            Standing::Unneeded,
            "what we do not need we say so"
        );
        assert_eq!(
            label_of(&line.scope),
            "Candidates › Destroy",
            "named as Greenhouse would"
        );
    }

    #[test]
    fn a_feature_switched_off_asks_for_nothing() {
        let features = BTreeSet::from([Feature::ReadPeople, Feature::ReadJobs]);
        let lines = check(&granted(&[]), &features);
        assert!(
            lines.iter().all(|l| !l.scope.contains("attachments")),
            "résumés are off, so is their scope"
        );
        assert!(
            lines.iter().any(|l| l.standing == Standing::Missing),
            "the reads are still asked for"
        );
    }

    #[test]
    fn writes_are_not_guessed_without_introspection() {
        let reads = Granted::ReadsOnly {
            scopes: BTreeSet::from(["harvest:jobs:list".to_owned()]),
        };
        let standing = |scope: &str| {
            check(&reads, &all_features())
                .into_iter()
                .find(|l| l.scope == scope)
                .map(|l| l.standing)
        };
        assert_eq!(
            standing("harvest:notes:create"),
            Some(Standing::NotKnowable),
            "no probe writes"
        );
        assert_eq!(
            standing("harvest:jobs:list"),
            Some(Standing::Granted),
            "the probe answered"
        );
        assert_eq!(
            standing("harvest:users:list"),
            Some(Standing::Missing),
            "the probe was refused"
        );
    }
}
