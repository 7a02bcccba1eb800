//! The surface: everything a window or a script may ask of the engine, declared once.
//!
//! Each line names a call, its arguments and what it answers with. From this table come the [`Call`] enum that
//! the window sends, and the TypeScript types it is checked against. Rust callers use the methods of
//! [`crate::Engine`] that the calls stand for.

use crate::view::{
    AuditPage, CandidatesImport, Completeness, CredentialView, FileVerdict, HandoverView, HomeView,
    MadePage, MappingPage, MappingView, OutcomesPage, Overview, PasteView, PeoplePage,
    PermissionsView, PersonHistory, PrivacyView, ProposalsView, ReviewView, RunsPage, SavedFile,
    SecretView, SupportFile, UsersPage, UsersView, WatchView, WebhooksView,
};
use domain::ids::{CandidateId, JobId, UserId};
use domain::secret::Secret;
use domain::setup::{Delivery, Step};
use serde::Deserialize;
use ts_rs::TS;

macro_rules! surface {
    ($($(#[$doc:meta])+ $name:ident { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? } -> $reply:ty;)+) => {
        /// One request to the engine.
        #[derive(Debug, Clone, Deserialize, TS)]
        #[serde(tag = "call", rename_all = "snake_case", rename_all_fields = "snake_case")]
        pub enum Call {
            $($(#[$doc])+ $name { $($(#[$field_doc])* #[allow(missing_docs)] $field: $type),* }),+
        }

        /// Returns each call's Rust name with the TypeScript name of its answer, in the order declared.
        #[must_use]
        pub fn replies(config: &ts_rs::Config) -> Vec<(&'static str, String)> {
            vec![$((stringify!($name), <$reply as TS>::name(config))),+]
        }

        /// Writes the TypeScript types of all answers.
        ///
        /// # Errors
        /// When a file cannot be written.
        pub fn export_replies(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
            $(<$reply as TS>::export_all(config)?;)+
            Ok(())
        }
    };
}

surface! {
    // -- the whole
    /// The seven steps, who is connected, and what needs a person: what every screen shows around itself.
    Overview {} -> Overview;
    /// Notes which step is being looked at, so that a restart lands there.
    Visit { step: Step } -> Overview;
    /// Says what a file is, without taking anything in.
    RecogniseFile { path: String } -> FileVerdict;

    // -- 1 permissions
    /// The checklist, and the message to send to whoever can grant what is missing.
    Permissions {} -> PermissionsView;
    /// Ticks or unticks the two developer permissions.
    ConfirmPermissions { api_credentials: bool, webhooks: bool } -> PermissionsView;

    // -- 2 credential
    /// What Greenhouse said of the credential when it was last asked.
    Credential {} -> CredentialView;
    /// Checks a Harvest v3 credential with Greenhouse, and keeps it if it is accepted.
    SubmitCredential { client_id: String, #[ts(type = "string")] client_secret: Secret, harvest_url: Option<String>, auth_url: Option<String> } -> CredentialView;
    /// Checks a retired Harvest v1 key, and keeps it if it is accepted.
    SubmitApiKey { #[ts(type = "string")] api_key: Secret, harvest_url: Option<String> } -> CredentialView;
    /// Asks Greenhouse again what the credential may do.
    CheckCredential {} -> CredentialView;
    /// Goes on without the missing permissions; what depends on them stays off.
    AcceptLimits {} -> CredentialView;
    /// Opens an encrypted file for secrets, where there is no keychain.
    OpenVault { path: String, #[ts(type = "string")] passphrase: Secret } -> CredentialView;

    // -- 3 users
    /// The Greenhouse users taken in, and what was noticed about the file.
    Users {} -> UsersView;
    /// Reads a user export. Applied at once the first time; later, what would change waits for `ApplyUsers`.
    ImportUsers { path: String } -> UsersView;
    /// Reads the users from Greenhouse itself.
    ReadUsersLive {} -> UsersView;
    /// Applies the import that waits.
    ApplyUsers {} -> UsersView;
    /// Drops the import that waits.
    DiscardUsers {} -> UsersView;
    /// Lists users, for looking and for picking.
    ListUsers { search: String, offset: u32, limit: u32 } -> UsersPage;

    // -- 4 webhooks
    /// The slots, the address, and what has arrived.
    Webhooks {} -> WebhooksView;
    /// Chooses how Greenhouse's calls reach us. `address` is the public https address, or Headhuntr's endpoint.
    ChooseDelivery { delivery: Delivery, address: Option<String> } -> WebhooksView;
    /// Calls the chosen address and sees whether the call comes back in.
    ProveAddress {} -> WebhooksView;
    /// Adds a slot for an event (an action string such as `reject_candidate`).
    AddWebhook { action: String } -> WebhooksView;
    /// Changes a slot.
    SaveWebhook { slot: i64, name: String, action: String, error_email: String, disabled: bool } -> WebhooksView;
    /// Removes a slot and its secret.
    RemoveWebhook { slot: i64 } -> WebhooksView;
    /// Replaces a slot's secret key by a new one.
    RenewWebhookSecret { slot: i64 } -> WebhooksView;
    /// Hands out a slot's secret key, to be shown or copied.
    WebhookSecret { slot: i64 } -> SecretView;

    // -- 5 mapping
    /// How the mapping stands.
    Mapping {} -> MappingView;
    /// One page of the mapping table.
    ListMapping { search: String, filter: MappingFilter, offset: u32, limit: u32 } -> MappingPage;
    /// Takes in the Headhuntr team from a file.
    ImportTeam { path: String } -> MappingView;
    /// Adds one person of the team.
    AddMember { name: String, email: String } -> MappingView;
    /// Adds people of the team by ticking their Greenhouse accounts; their mapping is by hand.
    AddMembersFromUsers { users: Vec<UserId> } -> MappingView;
    /// Removes somebody from the team.
    RemoveMember { member: i64 } -> MappingView;
    /// Sets (or clears) a person's ATS id by hand. It is confirmed with `ConfirmMapping`.
    SetMapping { member: i64, user: Option<UserId> } -> MappingView;
    /// Confirms people, and proves each with Greenhouse. Empty means all whose proposal is certain.
    ConfirmMapping { members: Vec<i64> } -> MappingView;
    /// Confirms somebody whose account somebody else of the team has too: a choice made on purpose.
    ConfirmShared { member: i64 } -> MappingView;
    /// The accounts somebody may be, the likeliest first.
    ListProposals { member: i64 } -> ProposalsView;
    /// What pasting would do; changes nothing: people of the team, with name, e-mail, Headhuntr id and ATS id in any order.
    /// A column of ids goes into the rows shown, from the row `from` on.
    PreviewPaste { text: String, search: String, filter: MappingFilter, from: Option<u32> } -> PasteView;
    /// Applies what `PreviewPaste` showed.
    ApplyPaste { rows: Vec<PasteRow> } -> MappingView;
    /// Writes the mapping as CSV into a folder, or to a file that is not there yet.
    ExportMapping { path: String } -> SavedFile;
    /// Leaves people out on purpose, or takes them back in.
    LeaveOut { members: Vec<i64>, leave_out: bool } -> MappingView;
    /// Forgets what was decided about people, or about everybody where none is named: proposals stand again.
    ResetMapping { members: Vec<i64> } -> MappingView;
    /// Takes the last change of the mapping back.
    UndoMapping {} -> MappingView;

    // -- 6 review, 7 activate
    /// Everything decided, and what the first run will do.
    Review {} -> ReviewView;
    /// Approves what was shown, by its fingerprint.
    ApproveReview { fingerprint: String } -> ReviewView;
    /// Allows pushing, after checking everything once more. All or nothing.
    Activate {} -> Overview;
    /// Forbids pushing. Leaves nothing running.
    Deactivate {} -> Overview;

    // -- afterwards
    /// The home screen.
    Home {} -> HomeView;
    /// Takes in sourced candidates from files or folders.
    ImportCandidates { paths: Vec<String> } -> CandidatesImport;
    /// Starts a run; progress comes as events.
    StartRun { kind: RunKind, full: bool } -> HomeView;
    /// Stops the run that is going on, after the request in hand.
    CancelRun {} -> HomeView;
    /// Stops starting runs by the clock, until resumed.
    Pause {} -> HomeView;
    /// Starts runs by the clock again.
    Resume {} -> HomeView;
    /// One page of sourced candidates with where each stands.
    ListPeople { search: String, filter: PeopleFilter, offset: u32, limit: u32 } -> PeoplePage;
    /// Decides a trouble: link to this person in Greenhouse, go on regardless, choose the job, or leave the person out.
    DecidePerson { person: i64, decision: Decision } -> PeoplePage;
    /// Everything that was tried for one person, with what came of it.
    PersonHistory { person: i64 } -> PersonHistory;
    /// One page of what was made in Greenhouse, oldest first: for undoing by hand.
    ListMade { offset: u32, limit: u32 } -> MadePage;
    /// Agrees to send everybody who waits now, beyond the number an hour.
    ConfirmSending {} -> HomeView;
    /// Chooses how many people are sent within an hour before a person is asked.
    SetCap { people_per_hour: u32 } -> HomeView;
    /// One page of where the people sent stand.
    Outcomes { offset: u32, limit: u32 } -> OutcomesPage;
    /// Where programs on this computer hand people over, and the key they need.
    Handover {} -> HandoverView;
    /// One page of runs, newest first.
    ListRuns { offset: u32, limit: u32 } -> RunsPage;
    /// What the last reading of everything came to: listed by Greenhouse, kept, left out, missing.
    Completeness {} -> Completeness;
    /// What is kept of what few may see in Greenhouse.
    Privacy {} -> PrivacyView;
    /// Says whether private candidates and confidential jobs are kept. What no longer is goes at once.
    ChoosePrivacy { private_candidates: bool, confidential_jobs: bool } -> PrivacyView;
    /// The folder that is watched for lists of sourced candidates.
    Watch {} -> WatchView;
    /// Watches a folder in place of any other, or none.
    WatchFolder { folder: Option<String> } -> WatchView;
    /// One page of the audit log, newest first.
    ListAudit { offset: u32, limit: u32 } -> AuditPage;
    /// Looks at everything once, and returns the file for support for the person to read. Nothing is sent or written.
    SupportFile {} -> SupportFile;
    /// Removes everything this app keeps: store, secrets, files of its own.
    Wipe {} -> Overview;
}

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Greenhouse to mirror.
    Pull,
    /// Workspace to Greenhouse.
    Push,
    /// Pull, then reconcile and push.
    Sync,
}

/// Which rows of the mapping table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MappingFilter {
    /// All, those that need a person first.
    #[default]
    All,
    /// Those that need a person.
    Open,
    /// Those confirmed.
    Confirmed,
}

/// One pasted row that is to be applied.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct PasteRow {
    /// Who it is for, where they are in the team.
    pub member: Option<i64>,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Headhuntr's id of them, where it was pasted.
    pub headhuntr_id: Option<String>,
    /// The *ATS Id* pasted.
    pub user: Option<UserId>,
}

/// Which sourced candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeopleFilter {
    /// All, those that need a person first.
    #[default]
    All,
    /// Those that need a person.
    NeedsYou,
    /// Those waiting to be sent.
    Waiting,
    /// Those in Greenhouse.
    Sent,
}

/// What a person decided about a sourced candidate in trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "decide", rename_all = "snake_case")]
pub enum Decision {
    /// It is this person in Greenhouse.
    Link {
        /// Them.
        candidate: CandidateId,
    },
    /// It is somebody else, or it should be done all the same.
    GoOn,
    /// They are wanted on this job, or without one.
    UseJob {
        /// The job; none for a prospect without one.
        job: Option<JobId>,
    },
    /// Try what was stuck once more.
    TryAgain,
    /// Do not send this person.
    LeaveOut,
}
