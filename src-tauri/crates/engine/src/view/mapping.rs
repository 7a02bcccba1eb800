//! Step 5: the team and who they are in Greenhouse.

use crate::call::PasteRow;
use crate::error::Problem;
use domain::ids::UserId;
use domain::mapping::Evidence;
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// Step 5 as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MappingView {
    /// People of the team.
    pub team: u32,
    /// Confirmed.
    pub confirmed: u32,
    /// Proposed with certainty, waiting for a click.
    pub certain: u32,
    /// Proposed by likeness, waiting for a look.
    pub likely: u32,
    /// Without a proposal.
    pub unmatched: u32,
    /// Left out on purpose.
    pub left_out: u32,
    /// Confirmed once, and not working now.
    pub broken: u32,
    /// What was noticed in the last import: rows not understood, twins.
    pub problems: Vec<Problem>,
    /// Words for the change that `UndoMapping` would take back, if there is one.
    pub undo: Option<String>,
}

/// One page of the mapping table.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MappingPage {
    /// Rows, those that need a person first.
    pub rows: Vec<MappingRow>,
    /// All that match.
    pub total: u32,
}

/// How the mapping stands after several decisions.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidedMapping {
    /// How it stands.
    pub view: MappingView,
    /// What was changed, in words; nothing where nothing was.
    pub words: Option<String>,
}

/// One person of the team.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct MappingRow {
    /// Our row.
    pub member: i64,
    /// Their name in Headhuntr.
    pub name: String,
    /// Their address in Headhuntr.
    pub email: String,
    /// Their id in Headhuntr, if handed over.
    pub headhuntr_id: Option<String>,
    /// The *ATS id*.
    pub user: Option<UserId>,
    /// The name of that account.
    pub user_name: Option<String>,
    /// The address of that account.
    pub user_email: Option<String>,
    /// How it stands.
    pub state: MappingState,
    /// Why it was proposed.
    pub evidence: Option<Evidence>,
    /// Whether acting as that user works.
    pub proof: Proof,
    /// When that was last tried.
    #[ts(type = "string | null")]
    pub proved_at: Option<Timestamp>,
    /// What is the matter: deactivated, used twice, not in the list.
    pub problem: Option<Problem>,
    /// What speaks for the account and against it, in words.
    pub reasons: Vec<String>,
    /// What of that speaks against it first.
    pub doubt: Option<String>,
    /// How many accounts they may be, where none stands out.
    pub choices: u32,
    /// In what the export, Greenhouse and the team do not agree, in words.
    pub differences: Vec<String>,
}

/// The accounts somebody may be.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ProposalsView {
    /// The likeliest first.
    pub rows: Vec<ProposalRow>,
}

/// An account somebody may be.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ProposalRow {
    /// The *ATS id*.
    pub user: UserId,
    /// Its name.
    pub name: String,
    /// Its main address.
    pub email: Option<String>,
    /// Why, in one word.
    pub evidence: Evidence,
    /// What speaks for it and against it, in words.
    pub reasons: Vec<String>,
}

/// What pasting would do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PasteView {
    /// Row by row.
    pub lines: Vec<PasteLine>,
    /// Rows that set an ATS id.
    pub set: u32,
    /// Rows that add somebody to the team.
    pub added: u32,
    /// Rows that change somebody's name or Headhuntr id.
    pub changed: u32,
    /// Rows that change nothing.
    pub same: u32,
    /// Rows that are not understood.
    pub not_understood: u32,
}

impl PasteView {
    /// Returns the rows that change something, to be applied.
    #[must_use]
    pub fn changes(&self) -> Vec<PasteRow> {
        let changing = self.lines.iter().filter(|line| line.what.changes());
        changing.map(PasteLine::row).collect()
    }
}

/// What one pasted row would do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PasteLine {
    /// Who it is for, where they are in the team.
    pub member: Option<i64>,
    /// Their name; the row itself where it is not understood.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Headhuntr's id of them, where it was pasted.
    pub headhuntr_id: Option<String>,
    /// The *ATS id* pasted.
    pub user: Option<UserId>,
    /// The name of that account.
    pub user_name: Option<String>,
    /// What becomes of it.
    pub what: PasteWhat,
    /// What there is to say about it, in words.
    pub note: String,
}

impl PasteLine {
    /// Returns the row as it is applied.
    #[must_use]
    pub fn row(&self) -> PasteRow {
        PasteRow {
            member: self.member,
            name: self.name.clone(),
            email: self.email.clone(),
            headhuntr_id: self.headhuntr_id.clone(),
            user: self.user,
        }
    }
}

/// What becomes of a pasted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PasteWhat {
    /// It sets an ATS id.
    Set,
    /// It adds somebody to the team.
    Add,
    /// It changes their name or their Headhuntr id.
    Change,
    /// It changes nothing.
    Same,
    /// It is not understood.
    NotUnderstood,
}

impl PasteWhat {
    /// Returns whether there is something to apply.
    #[must_use]
    pub const fn changes(self) -> bool {
        matches!(self, Self::Set | Self::Add | Self::Change)
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedFile {
    /// Where.
    pub path: String,
    /// Rows in it.
    pub rows: u32,
}

/// How a mapping stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MappingState {
    /// No account is known.
    Unmatched,
    /// An account is proposed or typed, and not confirmed.
    Proposed,
    /// Confirmed by a person.
    Confirmed,
    /// Left out on purpose.
    LeftOut,
}

/// Whether acting as the mapped user works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Not tried.
    Untried,
    /// Greenhouse gave a token for them (v3), or knows them (v1).
    Works,
    /// Greenhouse refused.
    Refused,
}
