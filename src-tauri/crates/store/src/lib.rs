//! SQLite, and the only SQL in the house.
//!
//! **Invariant:** nothing in here awaits, speaks HTTP, reads other files or knows what time it is. Times are handed
//! in; they are kept as milliseconds since 1970 in UTC.
//!
//! A tour: [`Store::open`] takes hold of a file, brings it forward and refuses what it must not touch. One table is
//! one file, with a row type, a read handle and a write handle. Read handles are had from a [`Store`] or a
//! [`Reader`] (`store.outbox().counts()`), write handles inside [`Store::transaction`] alone
//! (`tx.outbox().put(…)`), so that changes that belong together commit together. `setup` derives the facts of the
//! wizard; `people`, `team` and `mapping` are the left side, [`mirror`] and `watermarks` the right;
//! `situations` lays both side by side for reconcile; `outbox`, `ledger` and `links` are the way out; `inbox`
//! is the way in; `runs` and `audit` are the record.

mod audit;
mod column;
mod credential;
mod details;
mod error;
mod facts;
mod forget;
mod handle;
mod home;
mod inbox;
mod ledger;
mod link;
mod listed;
mod lock;
mod mapping;
mod migration;
pub mod mirror;
mod outbox;
mod outcome;
mod people;
mod private;
mod proof;
mod repair;
mod run;
mod setting;
mod setup;
mod situation;
mod sql;
mod store;
mod team;
mod trouble;
mod users;
mod watermark;
mod webhook_slot;

pub use audit::{Audit, AuditWrite, Chain, Entry, NewEntry};
pub use credential::{Credential, Credentials, CredentialsWrite, Dialect};
pub use error::StoreError;
pub use home::{Home, MirrorCounts, PeopleCounts};
pub use inbox::{Accepted, Delivery, Inbox, InboxState, InboxWrite, NewDelivery};
pub use ledger::{Ledger, LedgerWrite, Made, Receipt};
pub use link::{Link, LinkedApplication, LinkedHow, Links, LinksWrite};
pub use lock::{Holder, holder};
pub use mapping::{
    ListedProposal, Mapping, MappingCounts, MappingFilter, MappingRow, MappingState, Mappings,
    MappingsWrite, Proof, Sharing,
};
pub use outbox::{
    Answer, Attempt, AttemptOutcome, Cap, Claim, Outbox, OutboxCounts, OutboxRow, OutboxState,
    OutboxWrite,
};
pub use outcome::{FunnelBar, Outcome, Outcomes, Standing};
pub use people::{
    ChosenJob, Intake, People, PeopleFilter, PeopleWrite, Person, PersonRow, PersonState,
    ResumeFile, Stuck,
};
pub use proof::{PullProof, PullProofs, PullProofsWrite};
pub use repair::Repaired;
pub use run::{Run, RunCounts, RunKind, RunOutcome, Runs, RunsWrite};
pub use setting::{Settings, SettingsWrite};
pub use setup::{DeliveryChoice, Setup, SetupWrite};
pub use situation::Situations;
pub use sql::{Page, Slice};
pub use store::{Reader, Store, Tx};
pub use team::{NewMember, Taken, Team, TeamMember, TeamWrite};
pub use trouble::{TroubleKind, Troubles, TroublesWrite};
pub use users::{
    Absent, GhUser, ImportSlot, ListedUser, UserBatch, UserChange, Users, UsersDiff, UsersImport,
    UsersSource, UsersWrite,
};
pub use watermark::{
    About, NO_ID, PageStored, PullWindow, ReadPage, Watermark, Watermarks, WatermarksWrite,
};
pub use webhook_slot::{NewSlot, WebhookSlot, WebhookSlots, WebhookSlotsWrite};
