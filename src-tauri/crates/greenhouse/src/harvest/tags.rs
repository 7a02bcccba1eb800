//! Tags, and who wears which. A tag can also be given by name, with a candidate's `tags`.

use super::{Harvest, Receipt, receipt::Target};
use crate::{
    error::WriteError,
    filter::Filter,
    pages::Pages,
    wire::{CandidateTag, NewAppliedCandidateTag, NewCandidateTag},
};
use domain::ids::{ActingUser, AppliedCandidateTagId, CandidateId, CandidateTagId};

/// The tags of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Tags<'a>(pub(super) &'a Harvest);

impl Tags<'_> {
    /// Lists the tags there are.
    #[must_use]
    pub fn list(&self, filter: &Filter) -> Pages<CandidateTag> {
        self.0.list(filter)
    }

    /// Makes a tag.
    ///
    /// # Errors
    /// Says whether it was refused, not sent, or may have happened.
    pub async fn create(
        &self,
        acting: ActingUser,
        name: &str,
    ) -> Result<Receipt<CandidateTagId>, WriteError> {
        let target = Target {
            operation: "Create tag",
            path: "candidate_tags",
            member: "candidate_tag",
        };
        let body = NewCandidateTag {
            name: name.to_owned(),
        };
        let (receipt, _) = self.0.post(acting, target, &body).await?;
        Ok(receipt.map(CandidateTagId))
    }

    /// Puts a tag on a candidate.
    ///
    /// # Errors
    /// As [`Tags::create`].
    pub async fn apply(
        &self,
        acting: ActingUser,
        candidate: CandidateId,
        tag: CandidateTagId,
    ) -> Result<Receipt<AppliedCandidateTagId>, WriteError> {
        let operation = format!("Tag candidate {candidate}");
        let path = "applied_candidate_tags";
        let target = Target {
            operation: &operation,
            path,
            member: "applied_candidate_tag",
        };
        let body = NewAppliedCandidateTag {
            candidate_id: candidate,
            candidate_tag_id: tag,
        };
        let (receipt, _) = self.0.post(acting, target, &body).await?;
        Ok(receipt.map(AppliedCandidateTagId))
    }
}
