//! What every screen shows around itself, and step 1.

use crate::error::Problem;
use domain::setup::{Reason, Step, StepState};
use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// The whole in one look.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Overview {
    /// The seven steps.
    pub steps: Vec<StepView>,
    /// The step to show: where the person left off, or the first that is not done.
    pub current: Step,
    /// The organisation's name, once Greenhouse said it.
    pub organisation: Option<String>,
    /// Since when pushing is allowed, if it is.
    #[ts(type = "string | null")]
    pub activated_at: Option<Timestamp>,
    /// How many things need a person.
    pub attention: u32,
    /// When something was last put down.
    #[ts(type = "string | null")]
    pub saved_at: Option<Timestamp>,
    /// Whether a person has seen the welcome page: false until a first step was visited.
    pub begun: bool,
    /// The app's version.
    pub version: String,
}

/// A step in the rail.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// Its name.
    pub title: String,
    /// How it stands.
    pub state: StepState,
    /// One line under the name, such as “148 from Excel, today”; empty where there is nothing to say.
    pub summary: String,
    /// Why it is not simply done.
    pub reasons: Vec<Reason>,
}

/// Step 1: the two developer permissions of the person who sets this up.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PermissionsView {
    /// The two.
    pub items: Vec<PermissionItem>,
    /// Where they are found in Greenhouse: the parts of the path, in order.
    pub path: Vec<String>,
    /// Who can grant them.
    pub granted_by: String,
    /// A message to send to that person, with exactly what is not confirmed; empty when all are.
    pub message: String,
}

/// One developer permission.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PermissionItem {
    /// `api_credentials` or `webhooks`.
    pub key: String,
    /// Its name as Greenhouse shows it.
    pub label: String,
    /// What it is for, in this set-up.
    pub reason: String,
    /// Whether the person says they have it.
    pub confirmed: bool,
}

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FileVerdict {
    /// Its name, without the folder.
    pub file: String,
    /// What it is.
    pub kind: FileKind,
    /// What is the matter, where it cannot be used at all.
    pub problem: Option<Problem>,
}

/// What a file can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The Greenhouse user export.
    UserExport,
    /// The Headhuntr team list.
    Team,
    /// Sourced candidates.
    Candidates,
    /// A folder, which may hold sourced candidates and résumés.
    Folder,
    /// Nothing we know.
    Unknown,
}
