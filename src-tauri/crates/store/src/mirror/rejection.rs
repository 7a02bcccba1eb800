//! Why applications were rejected.

use super::record;
use domain::ids::{ApplicationId, RejectionDetailId, RejectionReasonId, UserId};
use jiff::Timestamp;

record! {
    /// A reason applications are rejected for.
    RejectionReason in "gh_rejection_reason", id RejectionReasonId,
    {
        /// Its name.
        name: String,
        /// The name of its kind.
        kind: Option<String>,
    }
    derived {}
    emptied "name = ''"
}

record! {
    /// How an application was rejected.
    RejectionDetail in "gh_rejection_detail", id RejectionDetailId,
    {
        /// The application.
        application_id: ApplicationId,
        /// The reason.
        rejection_reason_id: Option<RejectionReasonId>,
        /// When.
        rejected_at: Option<Timestamp>,
        /// By whom.
        rejected_by_id: Option<UserId>,
    }
    derived {}
    emptied ""
    wanted |it, wish| wish.of_application(it.application_id.get())
}
