//! The surface: everything a window or a script may ask of the engine, declared once.
//!
//! Each line names a call, its arguments, what it answers with, and the method of [`crate::Engine`] it stands for. From
//! this table come the [`Call`] enum that the window sends, the dispatch that answers it, and the TypeScript types it is
//! checked against. Rust callers use the methods themselves.

use crate::Engine;
use crate::error::{Code, Error};
use crate::table::{Form, TableText};
use crate::view::{
    AuditPage, CandidatesImport, Completeness, CredentialView, FileVerdict, HandoverView, HomeView,
    JobsPage, MadePage, MappingPage, MappingView, OutcomesPage, Overview, PasteView, PastedView,
    PeoplePage, PermissionsView, PersonHistory, PrivacyView, ProposalsView, ReviewView, RunsPage,
    SavedFile, SecretView, SupportFile, UsersPage, UsersView, WatchView, WebhooksView,
};
use domain::ids::{CandidateId, JobId, UserId};
use domain::secret::Secret;
use domain::setup::{Delivery, Step};
use futures_util::TryFutureExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::future::ready;
use ts_rs::TS;

macro_rules! surface {
    ($engine:ident; $($(#[$doc:meta])+ $name:ident { $($(#[$field_doc:meta])* $field:ident : $type:ty),* $(,)? } -> $reply:ty = $answer:expr;)+) => {
        /// One request to the engine.
        #[derive(Debug, Clone, Deserialize, TS)]
        #[serde(tag = "call", rename_all = "snake_case", rename_all_fields = "snake_case")]
        pub enum Call {
            $($(#[$doc])+ $name { $($(#[$field_doc])* #[allow(missing_docs)] $field: $type),* }),+
        }

        /// Answers a call by the method it stands for. What a method returns is what the table declares, or this does not compile.
        #[allow(clippy::too_many_lines)] // One arm per call: the table.
        pub(crate) async fn answer($engine: &Engine, call: Call) -> Result<Value, Error> {
            match call {
                $(Call::$name { $($field),* } => {
                    let reply: $reply = $answer.await?;
                    json(&reply)
                })+
            }
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

surface! { engine;
    // -- the whole
    /// The seven steps, who is connected, and what needs a person: what every screen shows around itself.
    Overview {} -> Overview = engine.overview();
    /// Notes which step is being looked at, so that a restart lands there.
    Visit { step: Step } -> Overview = engine.visit(step);
    /// Says what a file is, without taking anything in.
    RecogniseFile { path: String } -> FileVerdict = engine.recognise_file(&path);

    // -- 1 permissions
    /// The checklist, and the message to send to whoever can grant what is missing.
    Permissions {} -> PermissionsView = engine.permissions();
    /// Ticks or unticks the two developer permissions.
    ConfirmPermissions { api_credentials: bool, webhooks: bool } -> PermissionsView = engine.confirm_permissions(api_credentials, webhooks);

    // -- 2 credential
    /// What Greenhouse said of the credential when it was last asked.
    Credential {} -> CredentialView = engine.credential();
    /// Looks at what was pasted into a field, asks nobody and keeps nothing.
    LookAtPasted { field: PastedField, #[ts(type = "string")] text: Secret } -> PastedView = ready(Ok::<_, Error>(engine.look_at_pasted(field, &text)));
    /// Checks a Harvest v3 credential with Greenhouse, and keeps it if it is accepted.
    SubmitCredential { client_id: String, #[ts(type = "string")] client_secret: Secret, harvest_url: Option<String>, auth_url: Option<String> } -> CredentialView = engine.submit_credential(&client_id, client_secret, harvest_url.as_deref(), auth_url.as_deref());
    /// Checks a retired Harvest v1 key, and keeps it if it is accepted.
    SubmitApiKey { #[ts(type = "string")] api_key: Secret, harvest_url: Option<String> } -> CredentialView = engine.submit_api_key(api_key, harvest_url.as_deref());
    /// Asks Greenhouse again what the credential may do.
    CheckCredential {} -> CredentialView = engine.check_credential();
    /// Goes on without the missing permissions; what depends on them stays off.
    AcceptLimits {} -> CredentialView = engine.accept_limits();
    /// Opens an encrypted file for secrets, where there is no keychain.
    OpenVault { path: String, #[ts(type = "string")] passphrase: Secret } -> CredentialView = engine.open_vault(&path, passphrase);

    // -- 3 users
    /// The Greenhouse users taken in, and what was noticed about the file.
    Users {} -> UsersView = engine.users();
    /// Reads a user export. Applied at once the first time; later, what would change waits for `ApplyUsers`.
    ImportUsers { path: String } -> UsersView = engine.import_users(&path);
    /// Reads the users from Greenhouse itself.
    ReadUsersLive {} -> UsersView = engine.read_users_live();
    /// Applies the import that waits.
    ApplyUsers {} -> UsersView = engine.apply_users();
    /// Drops the import that waits.
    DiscardUsers {} -> UsersView = engine.discard_users();
    /// Lists users, for looking and for picking.
    ListUsers { search: String, offset: u32, limit: u32 } -> UsersPage = engine.list_users(&search, offset, limit);

    // -- 4 webhooks
    /// The slots, the address, and what has arrived.
    Webhooks {} -> WebhooksView = engine.webhooks();
    /// Chooses how Greenhouse's calls reach us. `address` is the public https address, or Headhuntr's endpoint.
    ChooseDelivery { delivery: Delivery, address: Option<String> } -> WebhooksView = engine.choose_delivery(delivery, address.as_deref());
    /// Calls the chosen address and sees whether the call comes back in.
    ProveAddress {} -> WebhooksView = engine.prove_address();
    /// Adds a slot for an event (an action string such as `reject_candidate`).
    AddWebhook { action: String } -> WebhooksView = engine.add_webhook(&action);
    /// Changes a slot.
    SaveWebhook { slot: i64, name: String, action: String, error_email: String, disabled: bool } -> WebhooksView = engine.save_webhook(slot, &name, &action, &error_email, disabled);
    /// Removes a slot and its secret.
    RemoveWebhook { slot: i64 } -> WebhooksView = engine.remove_webhook(slot);
    /// Replaces a slot's secret key by a new one.
    RenewWebhookSecret { slot: i64 } -> WebhooksView = engine.renew_webhook_secret(slot);
    /// Hands out a slot's secret key, to be shown or copied.
    WebhookSecret { slot: i64 } -> SecretView = engine.webhook_secret(slot);

    // -- 5 mapping
    /// How the mapping stands.
    Mapping {} -> MappingView = engine.mapping();
    /// One page of the mapping table.
    ListMapping { search: String, filter: MappingFilter, offset: u32, limit: u32 } -> MappingPage = engine.list_mapping(&search, filter, offset, limit);
    /// Takes in the Headhuntr team from a file.
    ImportTeam { path: String } -> MappingView = engine.import_team(&path).map_ok(|it| it.view);
    /// Adds one person of the team.
    AddMember { name: String, email: String } -> MappingView = engine.add_member(&name, &email);
    /// Adds people of the team by ticking their Greenhouse accounts; their mapping is by hand.
    AddMembersFromUsers { users: Vec<UserId> } -> MappingView = engine.add_members_from_users(&users);
    /// Removes somebody from the team.
    RemoveMember { member: i64 } -> MappingView = engine.remove_member(member);
    /// Sets (or clears) a person's ATS id by hand. It is confirmed with `ConfirmMapping`.
    SetMapping { member: i64, user: Option<UserId> } -> MappingView = engine.set_mapping(member, user);
    /// Confirms people, and proves each with Greenhouse. Empty means all whose proposal is certain.
    ConfirmMapping { members: Vec<i64> } -> MappingView = engine.confirm_mapping(&members);
    /// Confirms somebody whose account somebody else of the team has too: a choice made on purpose.
    ConfirmShared { member: i64 } -> MappingView = engine.confirm_shared(member);
    /// The accounts somebody may be, the likeliest first.
    ListProposals { member: i64 } -> ProposalsView = engine.list_proposals(member);
    /// What pasting would do; changes nothing: people of the team, with name, e-mail, Headhuntr id and ATS id in any order.
    /// A column of ids goes into the rows shown, from the row `from` on.
    PreviewPaste { text: String, search: String, filter: MappingFilter, from: Option<u32> } -> PasteView = engine.preview_paste(&text, &search, filter, from);
    /// Applies what `PreviewPaste` showed.
    ApplyPaste { rows: Vec<PasteRow> } -> MappingView = engine.apply_paste(&rows);
    /// Writes the mapping as CSV into a folder, or to a file that is not there yet.
    ExportMapping { path: String } -> SavedFile = engine.export_mapping(&path);
    /// Leaves people out on purpose, or takes them back in.
    LeaveOut { members: Vec<i64>, leave_out: bool } -> MappingView = engine.leave_out(&members, leave_out);
    /// Forgets what was decided about people, or about everybody where none is named: proposals stand again.
    ResetMapping { members: Vec<i64> } -> MappingView = engine.reset_mapping(&members);
    /// Takes the last change of the mapping back.
    UndoMapping {} -> MappingView = engine.undo_mapping();

    // -- 6 review, 7 activate
    /// Everything decided, and what the first run will do.
    Review {} -> ReviewView = engine.review();
    /// Approves what was shown, by its fingerprint.
    ApproveReview { fingerprint: String } -> ReviewView = engine.approve_review(&fingerprint);
    /// Allows pushing, after checking everything once more. All or nothing.
    Activate {} -> Overview = engine.activate();
    /// Forbids pushing. Leaves nothing running.
    Deactivate {} -> Overview = engine.deactivate();

    // -- afterwards
    /// The home screen.
    Home {} -> HomeView = engine.home();
    /// Takes in sourced candidates from files or folders.
    ImportCandidates { paths: Vec<String> } -> CandidatesImport = engine.import_candidates(&paths);
    /// Starts a run; progress comes as events.
    StartRun { kind: RunKind, full: bool } -> HomeView = engine.start_run(kind, full);
    /// Stops the run that is going on, after the request in hand.
    CancelRun {} -> HomeView = engine.cancel_run();
    /// Stops starting runs by the clock, until resumed.
    Pause {} -> HomeView = engine.pause();
    /// Starts runs by the clock again.
    Resume {} -> HomeView = engine.resume();
    /// One page of sourced candidates with where each stands.
    ListPeople { search: String, filter: PeopleFilter, offset: u32, limit: u32 } -> PeoplePage = engine.list_people(&search, filter, offset, limit);
    /// One page of the jobs that were read from Greenhouse, for choosing one.
    ListJobs { search: String, offset: u32, limit: u32 } -> JobsPage = engine.list_jobs(&search, offset, limit);
    /// Decides a trouble: link to this person in Greenhouse, go on regardless, choose the job, or leave the person out.
    DecidePerson { person: i64, decision: Decision } -> PeoplePage = engine.decide_person(person, decision);
    /// Everything that was tried for one person, with what came of it.
    PersonHistory { person: i64 } -> PersonHistory = engine.person_history(person);
    /// One page of what was made in Greenhouse, oldest first: for undoing by hand.
    ListMade { offset: u32, limit: u32 } -> MadePage = engine.list_made(offset, limit);
    /// Agrees to send everybody who waits now, beyond the number an hour.
    ConfirmSending {} -> HomeView = engine.confirm_sending();
    /// Chooses how many people are sent within an hour before a person is asked.
    SetCap { people_per_hour: u32 } -> HomeView = engine.set_cap(people_per_hour);
    /// One page of where the people sent stand.
    Outcomes { offset: u32, limit: u32 } -> OutcomesPage = engine.outcomes(offset, limit);
    /// Where everybody sent stands, as a table to be pasted into a spreadsheet.
    OutcomesTable {} -> TableText = engine.outcomes_table(Form::Pasted);
    /// Everything made in Greenhouse, as a table to be pasted into a spreadsheet.
    MadeTable {} -> TableText = engine.made_table(Form::Pasted);
    /// Where programs on this computer hand people over, and the key they need.
    Handover {} -> HandoverView = engine.handover();
    /// One page of runs, newest first.
    ListRuns { offset: u32, limit: u32 } -> RunsPage = engine.list_runs(offset, limit);
    /// What the last reading of everything came to: listed by Greenhouse, kept, left out, missing.
    Completeness {} -> Completeness = engine.completeness();
    /// What is kept of what few may see in Greenhouse.
    Privacy {} -> PrivacyView = engine.privacy();
    /// Says whether private candidates and confidential jobs are kept. What no longer is goes at once.
    ChoosePrivacy { private_candidates: bool, confidential_jobs: bool } -> PrivacyView = engine.choose_privacy(private_candidates, confidential_jobs);
    /// The folder that is watched for lists of sourced candidates.
    Watch {} -> WatchView = engine.watch();
    /// Watches a folder in place of any other, or none.
    WatchFolder { folder: Option<String> } -> WatchView = engine.watch_folder(folder.as_deref());
    /// One page of the audit log, newest first.
    ListAudit { offset: u32, limit: u32 } -> AuditPage = engine.list_audit(offset, limit);
    /// Looks at everything once, and returns the file for support for the person to read. Nothing is sent or written.
    SupportFile {} -> SupportFile = engine.support_file();
    /// Removes everything this app keeps: store, secrets, files of its own.
    Wipe {} -> Overview = engine.wipe();
}

fn json(view: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(view).map_err(|error| {
        Error::new(Code::Unexpected, "An answer could not be written").caused_by(error)
    })
}

/// Which field something was pasted into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PastedField {
    /// The client id of a credential.
    ClientId,
    /// Its secret.
    ClientSecret,
    /// A key of Harvest v1.
    ApiKey,
    /// Harvest's address.
    HarvestUrl,
    /// The token's address.
    AuthUrl,
    /// The public address that leads to this computer.
    OwnAddress,
    /// Headhuntr's own endpoint.
    HeadhuntrAddress,
}

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
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
    /// The *ATS id* pasted.
    pub user: Option<UserId>,
}

/// What is decided about the mapping at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MappingDecisions {
    /// Rows pasted. They come first, so that the rest may be about people who come with them.
    pub pasted: Vec<PasteRow>,
    /// ATS ids set by hand, by the addresses of members of the team. Whoever was left out is taken back in with it.
    pub set: Vec<(String, UserId)>,
    /// The addresses of members left out on purpose.
    pub left_out: Vec<String>,
    /// Whether what was set and pasted is confirmed.
    pub confirm: bool,
    /// Whether everybody whose proposal is certain is confirmed.
    pub confirm_certain: bool,
    /// Whether it is meant where two of the team have one account.
    pub shared: bool,
    /// Whether it is meant where nothing speaks for an account that was set or pasted, and something against it.
    pub doubtful: bool,
}

impl MappingDecisions {
    /// Returns whether there is nothing in it that changes anything.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.set.is_empty()
            && self.pasted.is_empty()
            && self.left_out.is_empty()
            && !self.confirm_certain
    }
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
