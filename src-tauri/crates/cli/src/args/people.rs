//! What is said about people: which to show, and what is decided.

use domain::ids::{CandidateId, JobId};

/// Which people to show.
#[derive(Debug, clap::Args)]
pub struct People {
    /// Part of a name, an e-mail address or an id.
    #[arg(default_value = "")]
    pub search: String,
    /// Only those who need a person.
    #[arg(long)]
    pub needs_you: bool,
}

/// What is decided about somebody.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub struct Decide {
    /// Headhuntr's id of the person.
    pub person: String,
    /// They are this candidate in Greenhouse.
    #[arg(long = "use", value_name = "CANDIDATE", group = "what")]
    pub candidate: Option<CandidateId>,
    /// They are somebody else, or it is to be done all the same: go on.
    #[arg(long, group = "what")]
    pub go_on: bool,
    /// They are wanted on this job, by its id in Greenhouse: `headhuntr jobs` lists them.
    #[arg(long, value_name = "JOB", group = "what")]
    pub job: Option<JobId>,
    /// They are wanted without a job, as a prospect.
    #[arg(long, group = "what")]
    pub without_job: bool,
    /// Try what was stuck once more, or take somebody back in.
    #[arg(long, group = "what")]
    pub again: bool,
    /// Leave them out.
    #[arg(long, group = "what")]
    pub skip: bool,
}

/// How to list what was made.
#[derive(Debug, clap::Args)]
pub struct Made {
    /// As a table for a spreadsheet.
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}
