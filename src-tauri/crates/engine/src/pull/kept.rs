//! What is kept of each record Harvest sends: the columns the product uses, and the whole of it as sent.

use super::lean;
use crate::setup::users::gh_user;
use greenhouse::page::Row;
use greenhouse::wire;
use jiff::Timestamp;
use store::mirror::{self, GoneAs};
use store::{GhUser, Reader, StoreError, Tx};

/// A list that is mirrored.
pub(crate) trait Mirrored: Row {
    /// What is kept of a record.
    type Kept: Send + Sync + 'static;

    /// Whether a pull says who of the list is gone.
    const GONE_IS_OURS: bool = true;

    /// Returns what is kept; nothing where what it hangs on is not said.
    fn kept(self, raw: String) -> Option<Self::Kept>;

    /// Returns when a record was made, where that is kept.
    fn created_at(kept: &Self::Kept) -> Option<Timestamp>;

    /// Returns the id of what a record is one of several of, where it is that.
    fn belongs_to(kept: &Self::Kept) -> Option<i64>;

    /// Stores records.
    fn put(tx: &Tx<'_>, kept: &[Self::Kept]) -> Result<(), StoreError>;

    /// Returns ids that are there, in order.
    fn ids_after(reader: &Reader, after: i64, limit: u32) -> Result<Vec<i64>, StoreError>;

    /// Marks a record as no longer there.
    fn mark_gone(tx: &Tx<'_>, id: i64, why: GoneAs, at: Timestamp) -> Result<(), StoreError>;
}

impl Mirrored for wire::User {
    type Kept = GhUser;

    // Who is missing from the list of users is the import's to say: leavers stay in it.
    const GONE_IS_OURS: bool = false;

    fn kept(self, raw: String) -> Option<GhUser> {
        Some(gh_user(self, raw))
    }

    fn created_at(_: &GhUser) -> Option<Timestamp> {
        None
    }

    fn belongs_to(_: &GhUser) -> Option<i64> {
        None
    }

    fn put(tx: &Tx<'_>, kept: &[GhUser]) -> Result<(), StoreError> {
        tx.users().put_live(kept).map(|_| ())
    }

    fn ids_after(reader: &Reader, after: i64, limit: u32) -> Result<Vec<i64>, StoreError> {
        reader.users().ids_after(after, limit)
    }

    fn mark_gone(_: &Tx<'_>, _: i64, _: GoneAs, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Declares how a record is kept in its table of the mirror, and in which of its columns stands what it belongs to.
macro_rules! mirrored {
    ($($record:path => $kept:ident $(of $of:ident)?, |$it:ident, $raw:ident| $keep:expr;)+) => {$(
        impl Mirrored for $record {
            type Kept = mirror::$kept;

            fn kept(self, $raw: String) -> Option<mirror::$kept> {
                #[allow(unused_mut)] // One of them takes something out.
                let mut $it = self;
                Some($keep)
            }

            fn created_at(kept: &mirror::$kept) -> Option<Timestamp> {
                kept.created_at
            }

            fn belongs_to(kept: &mirror::$kept) -> Option<i64> {
                let _ = kept;
                None$(.or_else(|| Some(kept.$of.get())))?
            }

            fn put(tx: &Tx<'_>, kept: &[mirror::$kept]) -> Result<(), StoreError> {
                tx.mirror().put(kept).map(|_| ())
            }

            fn ids_after(reader: &Reader, after: i64, limit: u32) -> Result<Vec<i64>, StoreError> {
                reader.mirror().ids_after::<mirror::$kept>(after, limit)
            }

            fn mark_gone(tx: &Tx<'_>, id: i64, why: GoneAs, at: Timestamp) -> Result<(), StoreError> {
                tx.mirror().mark_gone::<mirror::$kept>(id, why, at).map(|_| ())
            }
        }
    )+};
}

mirrored! {
    wire::UserEmail => UserEmail, |it, raw| mirror::UserEmail {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        user_id: it.user_id?,
        email: it.email?,
        verified: it.verified,
        raw,
    };
    wire::Department => Department, |it, raw| mirror::Department {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name.unwrap_or_default(),
        parent_id: it.parent_id,
        raw,
    };
    wire::Job => Job, |it, raw| mirror::Job {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name.unwrap_or_default(),
        requisition_id: it.requisition_id,
        status: it.status.map(|status| status.word().to_owned()).unwrap_or_default(),
        department_id: it.department_id,
        confidential: it.confidential.unwrap_or_default(),
        is_template: it.is_template.unwrap_or_default(),
        opened_at: it.opened_at,
        closed_at: it.closed_at,
        raw,
    };
    wire::JobPost => JobPost, |it, raw| mirror::JobPost {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        job_id: it.job_id,
        title: it.title.unwrap_or_default(),
        live: it.live.unwrap_or_default(),
        public_url: it.public_url,
        raw,
    };
    wire::JobInterviewStage => JobStage, |it, raw| mirror::JobStage {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        job_id: it.job_id,
        name: it.name.unwrap_or_default(),
        sort_order: it.sort_order.unwrap_or_default(),
        active: it.active.unwrap_or(true),
        raw,
    };
    wire::Source => Source, |it, raw| mirror::Source {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name.unwrap_or_default(),
        kind: it.kind.and_then(|kind| kind.name),
        raw,
    };
    wire::ProspectPool => ProspectPool, |it, raw| mirror::ProspectPool {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name.unwrap_or_default(),
        active: it.active.unwrap_or(true),
        raw,
    };
    wire::ProspectPoolStage => ProspectPoolStage, |it, raw| mirror::ProspectPoolStage {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        prospect_pool_id: it.prospect_pool_id,
        name: it.name.unwrap_or_default(),
        sort_order: it.sort_order.unwrap_or_default(),
        raw,
    };
    wire::RejectionReason => RejectionReason, |it, raw| mirror::RejectionReason {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        name: it.name.unwrap_or_default(),
        kind: it.kind.and_then(|kind| kind.name),
        raw,
    };
    wire::RejectionDetail => RejectionDetail, |it, raw| mirror::RejectionDetail {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        application_id: it.application_id?,
        rejection_reason_id: it.rejection_reason_id,
        rejected_at: it.rejected_at,
        rejected_by_id: it.rejected_by_id,
        raw,
    };
    wire::CustomFieldOption => CustomFieldOption, |it, raw| mirror::CustomFieldOption {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        custom_field_id: it.custom_field_id,
        name: it.name.unwrap_or_default(),
        active: it.active.unwrap_or(true),
        raw,
    };
    lean::Candidate => Candidate, |it, raw| mirror::Candidate {
        emails: it.take_emails(),
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        first_name: it.first_name.unwrap_or_default(),
        last_name: it.last_name.unwrap_or_default(),
        company: it.company,
        title: it.title,
        private: it.private.unwrap_or_default(),
        last_activity_at: it.last_activity_at,
        raw,
    };
    lean::Application => Application of candidate_id, |it, raw| mirror::Application {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        candidate_id: it.candidate_id?,
        job_id: it.job_id,
        prospect: it.prospect.unwrap_or_default(),
        prospective_job_ids: it.prospective_job_ids.unwrap_or_default(),
        status: it.status.map(|status| status.query_word().to_owned()).unwrap_or_default(),
        stage_id: it.stage_id,
        stage_name: it.stage_name,
        job_stage_id: it.job_interview_stage_id,
        source_id: it.source_id,
        recruiter_id: it.recruiter_id,
        rejected_at: it.rejected_at,
        rejection_reason_id: it.rejection_reason_id,
        last_activity_at: it.last_activity_at,
        raw,
    };
    wire::ApplicationStage => ApplicationStage of application_id, |it, raw| mirror::ApplicationStage {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        application_id: it.application_id?,
        job_stage_id: it.job_interview_stage_id,
        entered_at: it.entered_at,
        exited_at: it.exited_at,
        current: it.current.unwrap_or_default(),
        raw,
    };
    wire::ProspectDetail => ProspectDetail, |it, raw| mirror::ProspectDetail {
        id: it.id,
        created_at: it.created_at,
        updated_at: it.updated_at,
        application_id: it.application_id?,
        pool_id: it.pool_id,
        pool_stage_id: it.pool_stage_id,
        prospect_owner_id: it.prospect_owner_id,
        raw,
    };
    // Those that push reads on its way are read whole.
    wire::Candidate => Candidate, |it, raw| lean::Candidate::from(it).kept(raw)?;
    wire::Application => Application, |it, raw| lean::Application::from(it).kept(raw)?;
}
