//! What screens and scripts are shown: values made for looking, converted at this edge and nowhere else.
//!
//! Times are RFC 3339 in UTC; the one who shows them says "4 minutes ago". Counts are whole numbers.

mod completeness;
mod credential;
mod diagnosis;
mod history;
mod home;
mod jobs;
mod mapping;
mod outcomes;
mod overview;
mod review;
mod runs;
mod users;
mod webhooks;

pub use completeness::{Completeness, ListedWhole, ListedWindow, PrivacyView, WatchView};
pub use credential::{
    AcceptedCredential, Count, CredentialView, Dialect, PastedView, PermissionRow,
};
pub use diagnosis::{Check, Diagnosis, Repair, SupportFile};
pub use history::{AttemptRow, ChangeHistory, MadePage, MadeRow, PersonHistory};
pub use home::{
    Attention, Bar, BudgetView, CandidatesImport, CapView, Choice, HomeView, PeoplePage, PersonRow,
    PersonState, RowTrouble,
};
pub use jobs::{JobRow, JobsPage};
pub use mapping::{
    DecidedMapping, MappingPage, MappingRow, MappingState, MappingView, PasteLine, PasteView,
    PasteWhat, Proof, ProposalRow, ProposalsView, SavedFile,
};
pub use outcomes::{HandedOver, HandoverView, OutcomeRow, OutcomesPage};
pub use overview::{FileKind, FileVerdict, Overview, PermissionItem, PermissionsView, StepView};
pub use review::{Decided, DecidedSection, DryRun, DryRunRow, FirstRun, ReviewView};
pub use runs::{
    AuditPage, AuditRow, RunOutcome, RunProgress, RunRow, RunsPage, StreamProgress, Wait,
};
pub use users::{
    ColumnView, ImportDiff, UserChange, UserRow, UsersImport, UsersPage, UsersSource, UsersView,
};
pub use webhooks::{AddressState, EventChoice, SecretView, SlotState, SlotView, WebhooksView};
