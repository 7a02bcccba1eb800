//! The words for everything that holds a sourced candidate back: what, why, and what to do now.

use crate::error::{Code, Place, Problem};
use domain::plan::Conflict;

impl Problem {
    /// Returns the words for what holds a sourced candidate back. Addresses handed over go into the detail alone.
    #[must_use]
    pub fn of_conflict(conflict: &Conflict) -> Self {
        let (code, title, why, now) = words(conflict);
        let place = match code {
            // What is missing is a file, and what is decided is what becomes of the person.
            Code::FileUnreadable => Some(Place::People),
            code => code.place(),
        };
        Self {
            detail: detail(conflict),
            ..Self::saying(code, title, why, now).in_place(place)
        }
    }
}

type Words = (Code, &'static str, &'static str, &'static str);

#[rustfmt::skip]
fn words(conflict: &Conflict) -> Words {
    const IN_HEADHUNTR: &str = "Correct it in Headhuntr and hand the person over again, or leave them out.";
    match conflict {
        Conflict::OwnerMissing => (Code::Conflict, "Nobody is named as the owner",
            "Without an owner it is not known on whose behalf to send.", IN_HEADHUNTR),
        Conflict::OwnerUnknown { .. } => (Code::MappingIncomplete, "The owner is not in your team list",
            "Work is only sent on behalf of people whose Greenhouse account is confirmed.",
            "Add the owner to the team and confirm their account, or leave the person out."),
        Conflict::OwnerUnmapped { .. } => (Code::MappingIncomplete, "The owner has no confirmed Greenhouse account",
            "We never guess on whose behalf something is sent.",
            "Choose and confirm the owner's account; take them back in first where they were left out."),
        Conflict::OwnerBroken { .. } => (Code::ActingUserUnknown, "The owner's Greenhouse account does not work",
            "It is deactivated, somebody else's by now, or Greenhouse does not let us act for it.",
            "Choose another account, or have it reactivated in Greenhouse."),
        Conflict::Twins { .. } => (Code::Conflict, "Several people in Greenhouse share this e-mail",
            "The address alone does not tell which of them is meant.",
            "Choose the one it is, add another, or leave the person out. Better still, merge them in Greenhouse."),
        Conflict::NameOnly { .. } => (Code::Conflict, "Somebody of this name is in Greenhouse already",
            "Their e-mail does not tell whether it is the same person.",
            "Say that it is them, or that it is somebody else."),
        Conflict::JobMissing => (Code::Conflict, "No job is named",
            "Somebody qualified or interested is put on a job, and none was handed over.", IN_HEADHUNTR),
        Conflict::JobNotFound { .. } => (Code::Conflict, "The job is not in Greenhouse",
            "There is no job of this id, requisition id or name, or the credential may not see it.",
            "Choose another job or none, correct it in Headhuntr, or open it in Greenhouse; then try again."),
        Conflict::JobAmbiguous { .. } => (Code::Conflict, "Several jobs have this name",
            "It is not known which of them is meant.",
            "Choose the one that is meant, or use its requisition id in Headhuntr and hand the person over again."),
        Conflict::JobClosed { .. } => (Code::Conflict, "The job is closed",
            "Greenhouse takes nobody on a closed job.",
            "Choose another job or none, or reopen it in Greenhouse; then try again."),
        Conflict::PoolNotFound { .. } => (Code::Conflict, "The prospect pool is not in Greenhouse",
            "No pool in use has this id or name, or the credential may not see it.",
            "Add them without a pool, or create it in Greenhouse or correct it in Headhuntr; then try again."),
        Conflict::SourceNotFound { .. } => (Code::Conflict, "The source is not in Greenhouse",
            "No source has this id or name, or the credential may not see it. They are sent without it.",
            "Set it in Greenhouse by hand, or correct it in Headhuntr; then put this away."),
        Conflict::RejectedOnJob { .. } => (Code::Conflict, "They were rejected on this job before",
            "Adding them once more would put a decided case back on the table.",
            "Add them again if that is meant, or leave them out."),
        Conflict::NotPermitted { .. } => (Code::ScopeMissing, "The credential lacks a permission for this",
            "What needs it stays off until it is granted.",
            "Tick it in Greenhouse under Configure › Dev Center › API Credentials › Manage scopes, then check again."),
        Conflict::KeptTheirs { .. } => (Code::Conflict, "Headhuntr and Greenhouse both changed this",
            "A recruiter changed the same in Greenhouse, and theirs stays.",
            "Nothing was overwritten. Correct it in Greenhouse if Headhuntr is right, then put this away."),
        Conflict::ResumeGone => (Code::FileUnreadable, "There is no résumé to send",
            "Its file is not where it was said to be, is larger than 20 MB, or has changed since the person was handed over.",
            "Put it there and hand the person over again, or send them without it."),
    }
}

fn detail(conflict: &Conflict) -> String {
    match conflict {
        Conflict::OwnerUnknown { email }
        | Conflict::OwnerUnmapped { email }
        | Conflict::OwnerBroken { email } => email.clone(),
        Conflict::Twins { candidates } | Conflict::NameOnly { candidates } => {
            let ids: Vec<String> = candidates.iter().map(ToString::to_string).collect();
            format!("In Greenhouse: {}", ids.join(", "))
        }
        Conflict::JobNotFound { job } | Conflict::JobAmbiguous { job } => job.clone(),
        Conflict::PoolNotFound { pool } => pool.clone(),
        Conflict::SourceNotFound { source } => source.clone(),
        Conflict::JobClosed { job } | Conflict::RejectedOnJob { job } => format!("Job {job}"),
        Conflict::NotPermitted { scope } => scope.clone(),
        Conflict::KeptTheirs { fields } => {
            let fields: Vec<String> = fields.iter().map(|it| it.replace('_', " ")).collect();
            format!("Left as it is in Greenhouse: {}", fields.join(", "))
        }
        Conflict::OwnerMissing | Conflict::JobMissing | Conflict::ResumeGone => String::new(),
    }
}
